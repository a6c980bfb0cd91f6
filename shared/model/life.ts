import { z } from 'zod'
import {
  currencySchema,
  idSchema,
  isoDateSchema,
  lineSchema,
  minorSchema,
  moneySchema,
  notesSchema,
} from './primitives.ts'
import { shownPartSchema } from './person.ts'
import { homeFactsSchema, vehicleFactsSchema } from './terms.ts'

export const documentKinds = [
  'identity-card',
  'passport',
  'driving-licence',
  'residence-permit',
  'travel-permit',
  'property-certificate',
  'vehicle-licence',
  'marriage-certificate',
  'birth-certificate',
  'professional-certificate',
  'insurance-policy',
  'lease',
  'warranty',
  'contract',
  'other',
] as const

export const documentDraftSchema = z.strictObject({
  kind: z.enum(documentKinds),
  name: lineSchema.min(1),
  holder: lineSchema.default(''),
  number: z.string().trim().max(100).nullable().default(null),
  issuedOn: isoDateSchema.nullable().default(null),
  /** Null: does not expire. */
  expiresOn: isoDateSchema.nullable().default(null),
  accountId: idSchema.nullable().default(null),
  notes: notesSchema.default(''),
})
export const documentSchema = documentDraftSchema.extend({ id: idSchema, attachmentCount: z.int() }).strict()
export type LifeDocument = z.infer<typeof documentSchema>

export const valuationSchema = z.strictObject({
  id: idSchema,
  on: isoDateSchema,
  /** A positive magnitude in the account's currency. */
  valueMinor: minorSchema.nonnegative(),
  note: z.string(),
})

const valuedThing = {
  accountId: idSchema,
  name: z.string(),
  /** What of it is the viewed person's: the amounts are that part alone. */
  part: shownPartSchema,
  value: moneySchema.nullable(),
  valuedOn: isoDateSchema.nullable(),
  baseValue: moneySchema.nullable(),
  /** What is owed on the linked loan, a magnitude. */
  owed: moneySchema.nullable(),
  notes: z.string(),
}
export const homeSchema = z.strictObject({ ...valuedThing, facts: homeFactsSchema })
export const vehicleSchema = z.strictObject({ ...valuedThing, facts: vehicleFactsSchema })

export const lifeSchema = z.strictObject({
  currency: currencySchema,
  /** Homes and vehicles in the base currency. */
  totalMinor: minorSchema,
  homes: z.array(homeSchema),
  vehicles: z.array(vehicleSchema),
  documents: z.array(documentSchema),
  /** Everything with a date ahead or just passed, soonest first. */
  dates: z.array(
    z.strictObject({
      on: isoDateSchema,
      kind: z.enum(['document-expiry', 'vehicle-inspection', 'vehicle-insurance']),
      name: z.string(),
      accountId: idSchema.nullable(),
      documentId: idSchema.nullable(),
    }),
  ),
})
export type Life = z.infer<typeof lifeSchema>
