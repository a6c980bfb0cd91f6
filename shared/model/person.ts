import { z } from 'zod'
import { enteredDateSchema, idSchema, isoDateSchema, lineSchema } from './primitives.ts'

/** People of the household, and who owns which part of an account. */

export const personRoles = ['adult', 'child', 'other'] as const
export type PersonRole = (typeof personRoles)[number]

/** Names of colours that tell people apart; the window knows what they look like, light and dark. */
export const personColours = ['teal', 'amber', 'blue', 'plum', 'green', 'orange', 'sky'] as const
export type PersonColour = (typeof personColours)[number]

/** All of an account, in hundredths of a per cent. */
export const WHOLE_SHARE = 10_000

export const personSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  /** What is shown where there is little room; never empty. */
  shortName: z.string(),
  colour: z.enum(personColours),
  role: z.enum(personRoles),
  /** Null: not known. */
  bornOn: isoDateSchema.nullable(),
  /** No longer offered for new things; what they own stays theirs. */
  archived: z.boolean(),
  position: z.int(),
  /** Accounts that name them as an owner. */
  accountCount: z.int().nonnegative(),
})
export type Person = z.infer<typeof personSchema>

export const personDraftSchema = z.strictObject({
  name: lineSchema.min(1).max(100),
  /** Empty: the name. */
  shortName: lineSchema.max(40).default(''),
  /** Null: one that nobody has yet. */
  colour: z.enum(personColours).nullable().default(null),
  role: z.enum(personRoles).default('adult'),
  bornOn: enteredDateSchema.nullable().default(null),
})
export type PersonDraft = z.infer<typeof personDraftSchema>

/** Only what is present changes. */
export const personPatchSchema = z.strictObject({
  name: lineSchema.min(1).max(100).optional(),
  shortName: lineSchema.max(40).optional(),
  colour: z.enum(personColours).optional(),
  role: z.enum(personRoles).optional(),
  bornOn: enteredDateSchema.nullable().optional(),
  archived: z.boolean().optional(),
})
export type PersonPatch = z.infer<typeof personPatchSchema>

/** A person's part of an account, in hundredths of a per cent. */
export const ownerSchema = z.strictObject({ personId: idSchema, share: z.int().min(1).max(WHOLE_SHARE) })
export type Owner = z.infer<typeof ownerSchema>

/** Owners as they are entered: each once, adding up to the whole; none: the whole household's. */
export const ownersSchema = z
  .array(ownerSchema)
  .max(50)
  .refine((owners) => new Set(owners.map(({ personId }) => personId)).size === owners.length, 'each person once')
  .refine(
    (owners) => owners.length === 0 || owners.reduce((sum, { share }) => sum + share, 0) === WHOLE_SHARE,
    'shares that add up to 10,000',
  )

/** Whose figures are asked for: a person's part, or null for the whole household. */
export const viewedPersonSchema = idSchema.nullable().default(null)

/** How much of something is the viewed person's, for words: 5,000 of 10,000, or 1 of 3. */
export const fractionSchema = z.strictObject({ weight: z.int().positive(), of: z.int().positive() })
export type Fraction = z.infer<typeof fractionSchema>

/** Beside something that is shown in a person's view; null in the household's, where all is shown whole. */
export const shownPartSchema = fractionSchema.nullable()

/** What removing a person does to accounts, told before and after. */
export const removalSchema = z.strictObject({
  /** Accounts they own alone. */
  alone: z.int().nonnegative(),
  /** Accounts they own with others. */
  together: z.int().nonnegative(),
})
export type Removal = z.infer<typeof removalSchema>
