import { z } from 'zod'

export const institutionKinds = [
  'bank',
  'credit-union',
  'broker',
  'fund',
  'insurer',
  'lender',
  'wallet',
  'card-issuer',
  'telecom',
  'utility',
] as const
export type InstitutionKind = (typeof institutionKinds)[number]

/** An institution that can be chosen without having been used. */
export const institutionChoiceSchema = z.strictObject({
  nameZh: z.string(),
  nameEn: z.string(),
  aliases: z.array(z.string()),
  /** First letters of the Chinese name's syllables. */
  initials: z.string(),
  /** ISO 3166. */
  country: z.string(),
  kind: z.enum(institutionKinds),
})
export type InstitutionChoice = z.infer<typeof institutionChoiceSchema>
