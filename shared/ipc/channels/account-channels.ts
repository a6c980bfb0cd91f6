import { z } from 'zod'
import { accountDraftSchema, accountPatchSchema, accountSchema } from '../../model/account.ts'
import { institutionChoiceSchema } from '../../model/institution.ts'
import { viewedPersonSchema } from '../../model/person.ts'
import { netWorthSchema, overviewSchema, ranges } from '../../model/figures.ts'
import {
  currencySchema,
  decimalSchema,
  enteredDateSchema,
  enteredMinorSchema,
  idSchema,
  isoDateSchema,
  lineSchema,
  nothingSchema,
} from '../../model/primitives.ts'
import { valuationSchema } from '../../model/life.ts'
import { vaultSettingsPatchSchema, vaultSettingsSchema } from '../../model/settings.ts'
import type { Channel } from '../channel.ts'

const doneSchema = nothingSchema

export const accountChannels = {
  'overview.get': {
    access: 'read',
    input: z.strictObject({ range: z.enum(ranges), person: viewedPersonSchema }),
    output: overviewSchema,
  },
  'netWorth.on': {
    access: 'read',
    input: z.strictObject({ on: isoDateSchema, person: viewedPersonSchema }),
    output: netWorthSchema,
  },
  /** Accounts that are at least in part the person's. */
  'account.list': {
    access: 'read',
    input: z.strictObject({ person: viewedPersonSchema }),
    output: z.array(accountSchema),
  },
  'account.get': {
    access: 'read',
    input: z.strictObject({ id: idSchema, person: viewedPersonSchema }),
    output: accountSchema,
  },
  /** The whole account number, for its owner to copy. */
  'account.revealNumber': {
    access: 'read',
    input: z.strictObject({ id: idSchema }),
    output: z.strictObject({ number: z.string().nullable() }),
  },
  'account.history': {
    access: 'read',
    input: z.strictObject({ id: idSchema, range: z.enum(ranges) }),
    output: z.strictObject({
      currency: currencySchema,
      /** The first day that anything is known of, where the records begin within the range: it begins there then. */
      since: isoDateSchema.nullable(),
      points: z.array(z.strictObject({ on: isoDateSchema, minor: z.int() })),
    }),
  },
  'account.create': { access: 'write', input: accountDraftSchema, output: accountSchema },
  'account.update': {
    access: 'write',
    input: z.strictObject({ id: idSchema, patch: accountPatchSchema }),
    output: accountSchema,
  },
  /** Deletes the account with its transactions; can be undone. */
  'account.delete': { access: 'write', input: z.strictObject({ id: idSchema }), output: doneSchema },
  'account.reorder': { access: 'write', input: z.strictObject({ ids: z.array(idSchema) }), output: doneSchema },
  'institution.list': {
    access: 'read',
    input: nothingSchema,
    output: z.array(z.strictObject({ id: idSchema, name: z.string(), accountCount: z.int() })),
  },
  /** Those that can be chosen without having been used. */
  'institution.known': { access: 'read', input: nothingSchema, output: z.array(institutionChoiceSchema) },
  'valuation.list': {
    access: 'read',
    input: z.strictObject({ accountId: idSchema }),
    output: z.array(valuationSchema),
  },
  'valuation.set': {
    access: 'write',
    input: z.strictObject({
      accountId: idSchema,
      on: enteredDateSchema,
      valueMinor: enteredMinorSchema.nonnegative(),
      note: lineSchema.default(''),
    }),
    output: valuationSchema,
  },
  'valuation.delete': { access: 'write', input: z.strictObject({ id: idSchema }), output: doneSchema },
  'vaultSettings.get': { access: 'read', input: nothingSchema, output: vaultSettingsSchema },
  'vaultSettings.set': { access: 'write', input: vaultSettingsPatchSchema, output: vaultSettingsSchema },
  'fx.list': {
    access: 'read',
    input: nothingSchema,
    /** The newest rate of each pair. */
    output: z.array(
      z.strictObject({
        base: currencySchema,
        quote: currencySchema,
        rate: decimalSchema,
        on: isoDateSchema,
        source: z.string(),
        count: z.int(),
      }),
    ),
  },
  /** A rate by hand: units of `quote` for one `base`. */
  'fx.set': {
    access: 'write',
    input: z.strictObject({ base: currencySchema, quote: currencySchema, on: enteredDateSchema, rate: decimalSchema }),
    output: doneSchema,
  },
} as const satisfies Record<string, Channel>
