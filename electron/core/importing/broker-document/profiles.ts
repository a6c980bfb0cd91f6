import { z } from 'zod'
import resource from '../../../../resources/broker-documents/institutions.json' with { type: 'json' }
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { LinePattern } from './pattern.ts'
import { PhraseIndex } from './phrases.ts'
import { documentKinds } from './vocabulary.ts'

const pattern = z.string().transform((source) => new LinePattern(source))
const currency = z.string().transform((code, context) => {
  if (isCurrencyCode(code)) return code
  context.addIssue({ code: 'custom', message: `There is no currency ${code}.` })
  return z.NEVER
})

const rowKind = z.enum(['buy', 'sell', 'dividend', 'interest', 'tax', 'fee', 'deposit', 'transfer', 'payment', 'other'])

const profileSchema = z.strictObject({
  /** Short and stable: the importer reports `document:<id>`. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  institution: z.string(),
  /** Where the layouts are known from, and whether a document of the institution was seen. */
  source: z.string(),
  confirmed: z.boolean(),
  /** Words of which one must be in the document. */
  fingerprints: z.array(z.string()).min(1),
  /** Set where days in numbers are written with the month first. */
  monthFirst: z.boolean().optional(),
  /** Of the account where the document names none. */
  currency: currency.optional(),
  /** Lines that begin a settlement, for files that hold several; the kind where the line says it. */
  settlements: z.array(z.strictObject({ starts: pattern, kind: z.enum(documentKinds).optional() })).optional(),
  /** Lists: one line is one transaction. */
  rows: z
    .array(
      z.strictObject({
        line: pattern,
        kind: rowKind,
        /** Which way the money goes: as printed (the sign stands there), in, out, or the other way than the units. */
        money: z.enum(['printed', 'in', 'out', 'against-quantity']),
        /** Set where the sign of the quantity says whether it was bought or sold. */
        sideBy: z.enum(['quantity', 'amount']).optional(),
        /** What the money of a trade in units comes from or goes to, told in the same line: both are booked. */
        also: z.enum(['dividend', 'fee', 'tax']).optional(),
        /** Set where the fee is not yet in the amount. */
        feeApart: z.boolean().optional(),
      }),
    )
    .optional(),
  /** Lines of a list that hold for the rows below them: the security, the currency, the account. */
  context: z.array(pattern).optional(),
})

export type BrokerProfile = z.infer<typeof profileSchema>
export type ListRow = NonNullable<BrokerProfile['rows']>[number]

const schema = z.strictObject({ about: z.string(), institutions: z.array(profileSchema) })

export const institutions: readonly BrokerProfile[] = schema.parse(resource).institutions

const fingerprints = new PhraseIndex<BrokerProfile>()
for (const profile of institutions) for (const phrase of profile.fingerprints) fingerprints.add(phrase, profile)

/** The institution whose name a document carries: the one named most often, the earlier in the list of equals. */
export function profileOf(lines: readonly DocumentLine[]): BrokerProfile | null {
  const counts = new Map<BrokerProfile, number>()
  for (const line of lines) {
    for (const { meaning } of phrasesIn(line, fingerprints)) counts.set(meaning, (counts.get(meaning) ?? 0) + 1)
  }
  let best: BrokerProfile | null = null
  for (const profile of institutions) {
    const count = counts.get(profile) ?? 0
    if (count > 0 && (best === null || count > (counts.get(best) ?? 0))) best = profile
  }
  return best
}

/** The currency that a profile takes for granted. */
export const currencyOfProfile = (profile: BrokerProfile | null): CurrencyCode | null => profile?.currency ?? null
