import { z } from 'zod'
import {
  anomalyViewSchema,
  checkSettingsPatchSchema,
  checkSettingsSchema,
  depositInsuranceSchema,
  emergencyFundSchema,
  idleCashSchema,
} from '../../model/check.ts'
import { viewedPersonSchema } from '../../model/person.ts'
import { nothingSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

const viewSchema = z.strictObject({ person: viewedPersonSchema })

/** Looks at the household's money, or at a person's part of it, as it stands today. */
export const checkChannels = {
  'check.emergencyFund': { access: 'read', input: viewSchema, output: emergencyFundSchema },
  /**
   * Payments of the last sixty days that stand out, whole; those called right come last. Of a person those of accounts that
   * are at least in part theirs, found as for the household.
   */
  'check.anomalies': { access: 'read', input: viewSchema, output: anomalyViewSchema },
  'check.depositInsurance': { access: 'read', input: viewSchema, output: depositInsuranceSchema },
  'check.idleCash': { access: 'read', input: viewSchema, output: idleCashSchema },
  /** Calls a finding right, or asks it again. */
  'check.dismiss': {
    access: 'write',
    input: z.strictObject({ key: z.string().trim().min(1).max(200), dismissed: z.boolean() }),
    output: nothingSchema,
  },
  'check.settings': { access: 'read', input: nothingSchema, output: checkSettingsSchema },
  'check.saveSettings': { access: 'write', input: checkSettingsPatchSchema, output: checkSettingsSchema },
} as const satisfies Record<string, Channel>
