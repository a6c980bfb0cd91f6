import { z } from 'zod'
import {
  anomalyViewSchema,
  checkSettingsPatchSchema,
  checkSettingsSchema,
  depositInsuranceSchema,
  emergencyFundSchema,
  idleCashSchema,
} from '../../model/check.ts'
import { nothingSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

/** Looks at the household's money as it stands today. */
export const checkChannels = {
  'check.emergencyFund': { access: 'read', input: nothingSchema, output: emergencyFundSchema },
  /** Payments of the last sixty days that stand out; those called right come last. */
  'check.anomalies': { access: 'read', input: nothingSchema, output: anomalyViewSchema },
  'check.depositInsurance': { access: 'read', input: nothingSchema, output: depositInsuranceSchema },
  'check.idleCash': { access: 'read', input: nothingSchema, output: idleCashSchema },
  /** Calls a finding right, or asks it again. */
  'check.dismiss': {
    access: 'write',
    input: z.strictObject({ key: z.string().trim().min(1).max(200), dismissed: z.boolean() }),
    output: nothingSchema,
  },
  'check.settings': { access: 'read', input: nothingSchema, output: checkSettingsSchema },
  'check.saveSettings': { access: 'write', input: checkSettingsPatchSchema, output: checkSettingsSchema },
} as const satisfies Record<string, Channel>
