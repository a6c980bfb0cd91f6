import { z } from 'zod'
import resource from '../../../../resources/document-profiles/statements.json' with { type: 'json' }
import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { columnRoles, type DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { foldPhrase } from '../delimited/vocabulary-text.ts'
import type { ParsedAccount, ParsedItem } from '../importer.ts'

const decimalText = z.string().regex(/^-?\d+(?:\.\d+)?$/)

const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  institution: z.string().min(1),
  words: z.array(z.string().min(2)).min(1),
  confirmed: z.boolean(),
  /** Where the layout is known from; absent where it was seen in a statement of our own. */
  source: z.string().min(1).optional(),
  kind: z.enum(['checking', 'savings', 'credit-card', 'loan', 'e-wallet']).optional(),
  currency: z.string().length(3).optional(),
  /** Roles of columns by their titles, where those mislead. */
  columns: z.record(z.string(), z.enum(columnRoles)).optional(),
  sample: z.array(z.string()).min(3),
  expect: z.strictObject({
    transactions: z.int().positive(),
    opening: decimalText.optional(),
    closing: decimalText.optional(),
    sum: decimalText.optional(),
  }),
})

export type DocumentProfile = z.infer<typeof profileSchema>

export const documentProfiles: readonly DocumentProfile[] = z
  .strictObject({ about: z.string(), profiles: z.array(profileSchema) })
  .parse(resource).profiles

const folded = documentProfiles.map((profile) => ({ profile, words: profile.words.map(foldPhrase) }))

/** The profile whose words all stand in the text around a document's tables; the first that fits. */
export function profileFor(text: string): DocumentProfile | null {
  const plain = foldPhrase(text)
  return folded.find(({ words }) => words.every((word) => plain.includes(word)))?.profile ?? null
}

function accountOf(account: ParsedAccount, { institution, kind }: DocumentProfile): ParsedAccount {
  return { institution, ...(kind === undefined ? {} : { kind }), ...account }
}

function currencyOf({ currency }: DocumentProfile): CurrencyCode | null {
  return currency !== undefined && isCurrencyCode(currency) ? currency : null
}

/** The item with what the profile knows and the document does not say. */
export function withProfile(item: ParsedItem, profile: DocumentProfile | null): ParsedItem {
  if (profile === null || item.type !== 'statement') return item
  return { ...item, account: accountOf(item.account, profile), currency: item.currency ?? currencyOf(profile) }
}

/** The layout with the roles that the profile gives to titles. */
export function rolesByProfile(
  layout: DelimitedLayout,
  titles: readonly string[],
  profile: DocumentProfile | null,
): DelimitedLayout {
  const given = new Map(Object.entries(profile?.columns ?? {}).map(([title, role]) => [foldPhrase(title), role]))
  if (given.size === 0) return layout
  const columns = titles.flatMap((title, index) => {
    const role = given.get(foldPhrase(title)) ?? layout.columns.find((column) => column.index === index)?.role
    return role === undefined ? [] : [{ index, role }]
  })
  return { ...layout, columns }
}
