import { z } from 'zod'
import licenceTable from '../../../../../resources/bank-licences.json' with { type: 'json' }
import insuranceTable from '../../../../../resources/deposit-insurance.json' with { type: 'json' }
import essentialTable from '../../../../../resources/essential-categories.json' with { type: 'json' }
import rateTable from '../../../../../resources/reference-rates.json' with { type: 'json' }
import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { kindRegions } from '../../../../../shared/model/account-kinds.ts'
import { institutionKinds } from '../../../../../shared/model/institution.ts'
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
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
      region: z.enum(kindRegions),
      institutions: z.array(z.enum(institutionKinds)).min(1),
      notMembers: z.array(z.string()).default([]),
      jointApart: z.boolean(),
      limits: z.array(limitSchema).min(1),
      source: z.string().min(1),
      confirmed: z.boolean(),
    }),
  ),
  doubts: z.array(
    z.strictObject({
      /** A key of `resources/institutions`. */
      institution: z.string(),
      why: z.enum(['not-itself', 'depends']),
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
const essentialSchema = z.strictObject({
  about: z.string(),
  source: z.string(),
  essential: z.array(z.string().regex(/^[a-z-]+$/)),
})
const licenceSchema = z.strictObject({
  about: z.string(),
  asOf: isoDateSchema,
  licences: z.array(
    z.strictObject({
      holder: z.string().min(1),
      /** Keys of `resources/institutions`. */
      institutions: z.array(z.string()).min(2),
      source: z.string().min(1),
      confirmed: z.boolean(),
    }),
  ),
})

export const insurance = insuranceSchema.parse(insuranceTable)
export type Scheme = (typeof insurance)['schemes'][number]
export const referenceRates = rateSchema.parse(rateTable).rates
/** Keys of the categories that count as essential where the user has not chosen. */
export const essentialCategoryKeys: ReadonlySet<string> = new Set(essentialSchema.parse(essentialTable).essential)
/** Institutions that are known to work under one licence. */
export const bankLicences = licenceSchema.parse(licenceTable).licences
export type BankLicence = (typeof bankLicences)[number]

/** The limit in force on the day; that of the first one before any. */
export function limitOn(scheme: Scheme, day: IsoDate): Scheme['limits'][number] {
  const limit = scheme.limits.findLast(({ validFrom }) => validFrom <= day) ?? scheme.limits[0]
  if (limit === undefined) throw new Error(`${scheme.key} has no limit`)
  return limit
}
