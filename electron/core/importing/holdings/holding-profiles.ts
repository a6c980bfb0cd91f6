import { z } from 'zod'
import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import resource from '../../../../resources/holding-profiles/holdings.json' with { type: 'json' }
import { specificKindSchema } from '../account-kinds.ts'
import { headingForms } from '../broker-table/profile.ts'
import { matchHeading } from '../broker-table/vocabulary.ts'
import { matchHeader } from '../delimited/header-vocabulary.ts'
import { foldPhrase } from '../delimited/vocabulary-text.ts'

/** What a column of a list of holdings can mean. `ignored-date`: a day of something else than the list. */
export const holdingRoles = [
  'symbol',
  'isin',
  'wkn',
  'cusip',
  'sedol',
  'valor',
  'name',
  'quantity',
  'price',
  'value',
  'local-value',
  'cost',
  'currency',
  'account',
  'account-name',
  'as-of',
  'ignored-date',
] as const
export type HoldingRole = (typeof holdingRoles)[number]

const pattern = z.string().transform((source) => new RegExp(source, 'iu'))
const titles = z.partialRecord(z.enum(holdingRoles), z.array(z.string()))

const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  institution: z.string().optional(),
  confirmed: z.boolean(),
  source: z.string().min(1),
  /** Titles that must all be there. */
  headers: z.array(z.string()).min(2),
  /** Must stand above the table or in the file's name. */
  text: pattern.optional(),
  currency: z.string().length(3).optional(),
  kind: specificKindSchema.optional(),
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
  columns: titles.optional(),
})
export type HoldingProfile = z.infer<typeof profileSchema>

const schema = z.strictObject({
  about: z.string(),
  columns: titles,
  cash: pattern,
  totals: pattern,
  profiles: z.array(profileSchema),
})

/** The lists of `resources/holding-profiles/holdings.json`, checked once when the module loads. */
export const holdingRules = schema.parse(resource)

function indexOf(columns: z.infer<typeof titles>): ReadonlyMap<string, HoldingRole> {
  const index = new Map<string, HoldingRole>()
  for (const role of holdingRoles) for (const title of columns[role] ?? []) index.set(foldPhrase(title), role)
  return index
}

const general = indexOf(holdingRules.columns)
const own = new Map(holdingRules.profiles.map((profile) => [profile.id, indexOf(profile.columns ?? {})]))

/** The profiles with their headers as they are compared: every row of every file is held against them. */
const byHeaders = holdingRules.profiles.map((profile) => ({ profile, headers: profile.headers.map(foldPhrase) }))

const SURE = 0.9
const IDENTITIES: readonly HoldingRole[] = ['symbol', 'isin', 'wkn', 'cusip', 'sedol', 'valor', 'name']

export interface HoldingHeader {
  readonly profile: HoldingProfile | null
  readonly at: ReadonlyMap<HoldingRole, number>
  readonly titles: readonly string[]
}

const IN_CURRENCY = /^(.{2,60}?)(?: in| en)? ([a-z]{3})$/

function roleOf(heading: string, index: ReadonlyMap<string, HoldingRole>): HoldingRole | undefined {
  for (const form of headingForms(heading)) {
    // "Marktwert in EUR", "Value USD"
    const bare = IN_CURRENCY.exec(form)
    const plain = bare?.[1] !== undefined && isCurrencyCode((bare[2] ?? '').toUpperCase()) ? bare[1] : form
    const role = index.get(form) ?? index.get(plain)
    if (role !== undefined) return role
  }
  return undefined
}

function profileOf(header: readonly string[], above: string): HoldingProfile | null {
  const present = new Set(header.flatMap(headingForms))
  const found = byHeaders.find(
    ({ profile, headers }) => profile.text?.test(above) !== false && headers.every((title) => present.has(title)),
  )
  return found?.profile ?? null
}

/** How sure the words of a bank's table must be. */
const NAMED = 0.9

/** A day and a running balance stand over the transactions of a bank, however much the other words sound of holdings. */
function isBankTable(header: readonly string[]): boolean {
  const concepts = new Set(
    header
      .flatMap((cell) => matchHeader(cell)[0] ?? [])
      .filter(({ score }) => score >= NAMED)
      .map(({ concept }) => concept),
  )
  return (
    concepts.has('balance') &&
    (concepts.has('date') || concepts.has('booking-date') || concepts.has('transaction-date'))
  )
}

/**
 * The columns of a row that is the header of a list of holdings, or null: it names securities, how many of them and what
 * they are worth, and no day on which something happened, as every list of trades does.
 */
export function holdingHeader(cells: readonly string[], above: string): HoldingHeader | null {
  const header = cells.map((cell) => cell.trim())
  if (header.filter((cell) => cell !== '').length < 3 || header.some((cell) => cell.length > 80)) return null
  const profile = profileOf(header, above)
  const at = new Map<HoldingRole, number>()
  for (const [index, heading] of header.entries()) {
    if (heading === '') continue
    const role = roleOf(heading, own.get(profile?.id ?? '') ?? new Map()) ?? roleOf(heading, general)
    if (role === undefined) {
      const isDay = matchHeading(heading).some(
        ({ role: other, score }) => score >= SURE && (other === 'date' || other === 'settlement'),
      )
      if (isDay) return null
    } else if (!at.has(role)) at.set(role, index)
  }
  if (profile === null && isBankTable(header)) return null
  const isWorth = at.has('value') || at.has('price') || at.has('local-value')
  return at.has('quantity') && isWorth && IDENTITIES.some((role) => at.has(role))
    ? { profile, at, titles: header }
    : null
}
