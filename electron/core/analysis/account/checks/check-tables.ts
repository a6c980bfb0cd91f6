import { z } from 'zod'
import kindTable from '../../../../../resources/check-kinds.json' with { type: 'json' }
import insuranceTable from '../../../../../resources/deposit-insurance.json' with { type: 'json' }
import rateTable from '../../../../../resources/reference-rates.json' with { type: 'json' }
import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { currencySchema, decimalSchema, isoDateSchema, minorSchema } from '../../../../../shared/model/primitives.ts'

const limitSchema = z.strictObject({ validFrom: isoDateSchema, limitMinor: minorSchema.positive().nullable() })
const insuranceSchema = z.strictObject({
  about: z.string(),
  asOf: isoDateSchema,
  schemes: z.array(
    z.strictObject({
      key: z.string().regex(/^[a-z-]+$/),
      type: z.enum(['deposits', 'securities', 'insurance']),
      nameZh: z.string().min(1),
      nameEn: z.string().min(1),
      currency: currencySchema,
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
      jointApart: z.boolean(),
      limits: z.array(limitSchema).min(1),
      source: z.string().min(1),
      confirmed: z.boolean(),
    }),
  ),
})
const rateSchema = z.strictObject({
  about: z.string(),
  rates: z.array(
    z.strictObject({
      currency: currencySchema,
      kind: z.enum(['money-fund', 'overnight', 'deposit']),
      rate: decimalSchema,
      asOf: isoDateSchema,
      source: z.string().min(1),
      confirmed: z.boolean(),
    }),
  ),
})
const keysSchema = z.array(z.string().regex(/^[a-z-]+$/)).transform((keys): ReadonlySet<string> => new Set(keys))
const kindsSchema = z.strictObject({
  about: z.string(),
  source: z.string(),
  cash: keysSchema,
  days: keysSchema,
  deposits: keysSchema,
  securities: keysSchema,
  uncovered: keysSchema,
  essential: keysSchema,
})

export const insurance = insuranceSchema.parse(insuranceTable)
export type Scheme = (typeof insurance)['schemes'][number]
export const referenceRates = rateSchema.parse(rateTable).rates
/** What the checks take an account of a kind, and a category, for. */
export const checkKinds = kindsSchema.parse(kindTable)

/** The scheme of this type that banks or brokers of the country belong to. */
export function schemeOf(country: string, type: Scheme['type']): Scheme | null {
  return insurance.schemes.find((scheme) => scheme.type === type && scheme.countries.includes(country)) ?? null
}

/** The limit in force on the day; that of the first one before any. */
export function limitOn(scheme: Scheme, day: IsoDate): Scheme['limits'][number] {
  const limit = scheme.limits.findLast(({ validFrom }) => validFrom <= day) ?? scheme.limits[0]
  if (limit === undefined) throw new Error(`${scheme.key} has no limit`)
  return limit
}
