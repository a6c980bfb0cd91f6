import { z } from 'zod'
import { isCurrencyCode, type CurrencyCode } from '../domain/currency.ts'
import { isDecimal, type Decimal } from '../domain/decimal.ts'
import { isIsoDate, type IsoDate } from '../domain/iso-date.ts'

/** The border's building blocks: text from outside becomes a branded domain type here and nowhere else. */

export const isoDateSchema = z
  .string()
  .refine((text): text is IsoDate => isIsoDate(text), 'a date of the form YYYY-MM-DD')
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const currencySchema = z
  .string()
  .refine((text): text is CurrencyCode => isCurrencyCode(text), 'an ISO 4217 currency code')

export const decimalSchema = z.string().refine((text): text is Decimal => isDecimal(text), 'a canonical decimal number')

/**
 * A date as people enter it: a year that is half typed (0202) or slipped (20266) is no date of theirs. Files may bring
 * older ones.
 */
export const enteredDateSchema = isoDateSchema.refine(
  (date) => date >= '1800-01-01' && date <= '2299-12-31',
  'a date between 1800 and 2299',
)

/** Whole minor units; its sign is said where it is used. */
export const minorSchema = z.int()

/** A single amount as people enter it: far above any of theirs, and far below what sums can hold exactly. */
export const enteredMinorSchema = z.int().min(-100_000_000_000_000).max(100_000_000_000_000)

export const moneySchema = z.strictObject({ minor: minorSchema, currency: currencySchema })

export const idSchema = z.int().positive()
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
// the engine's text functions stop at this character, so that two texts could pass for one
const withoutNul = /^[^\0]*$/
/** Text of one line as people type it. */
export const lineSchema = z.string().trim().max(500).regex(withoutNul)
export const notesSchema = z.string().max(20_000).regex(withoutNul)
export const nothingSchema = z.strictObject({})
/** A file the user picked, dropped or pasted; never a path. */
export const fileTokenSchema = z.string().min(8).max(100)
/** Identifies a running job to its caller. */
export const jobIdSchema = z.string().min(8).max(64)
