import { z } from 'zod'
import table from '../../../../resources/book-words.json' with { type: 'json' }
import type { AccountKindHint } from '../importer.ts'

const listSchema = z.strictObject({ confirmed: z.array(z.string()), unconfirmed: z.array(z.string()) })
const debtSchema = z.tuple([z.string(), z.enum(['loan', 'credit-card', 'line-of-credit'])])
const assetSchema = z.tuple([
  z.string(),
  z.enum(['checking', 'savings', 'cash', 'retirement', 'brokerage', 'receivable', 'e-wallet']),
])
const words = z
  .strictObject({
    about: z.string(),
    headings: listSchema,
    opening: listSchema,
    balancing: listSchema,
    dividend: listSchema,
    interest: listSchema,
    tax: listSchema,
    assets: z.strictObject({ confirmed: z.array(assetSchema), unconfirmed: z.array(assetSchema) }),
    debts: z.strictObject({ confirmed: z.array(debtSchema), unconfirmed: z.array(debtSchema) }),
  })
  .parse(table)

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim()
const allOf = ({ confirmed, unconfirmed }: z.infer<typeof listSchema>): readonly string[] =>
  [...confirmed, ...unconfirmed].map(fold)

const headings: ReadonlySet<string> = new Set(allOf(words.headings))
const balancing = allOf(words.balancing)
const assets = [...words.assets.confirmed, ...words.assets.unconfirmed]
const debts = [...words.debts.confirmed, ...words.debts.unconfirmed]

/** Shorter words count only where they stand alone: "tax" is in "taxi". */
const MAY_END_COMPOUNDS = 5
const LETTER = /\p{L}/u
const CHINESE = /\p{Script=Han}/u

/** Whether a folded text has the word; at the end of a compound ("Lohnsteuer") where the word is long enough. */
function hasWord(text: string, word: string): boolean {
  if (CHINESE.test(word)) return text.includes(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.charAt(at - 1)
    const after = text.charAt(at + word.length)
    if (LETTER.test(after)) continue
    if (!LETTER.test(before) || word.length >= MAY_END_COMPOUNDS) return true
  }
  return false
}

const within = (list: z.infer<typeof listSchema>): ((text: string) => boolean) => {
  const folded = allOf(list)
  return (text) => {
    const name = fold(text)
    return folded.some((word) => hasWord(name, word))
  }
}

/** Whether a name is one for all income or all expenses ("Expenses", "Erträge"). */
export function isHeading(name: string): boolean {
  return headings.has(fold(name))
}

/** Whether an equity account is the one that opening balances come from. */
export const isOpeningName = within(words.opening)
/** Whether a category's path speaks of dividends. */
export const isDividendName = within(words.dividend)
/** Whether a category's path speaks of interest. */
export const isInterestName = within(words.interest)
/** Whether a category's path speaks of taxes. */
export const isTaxName = within(words.tax)

/** Whether a program made the account for what does not balance: "Imbalance-USD", "Orphan-EUR". */
export function isBalancingName(name: string): boolean {
  const folded = fold(name)
  return balancing.some((word) => folded === word || folded.startsWith(`${word}-`))
}

/** What kind of debt the name of a liability says; undefined where it says nothing. */
export function debtKindByName(name: string): AccountKindHint | undefined {
  const folded = fold(name)
  return debts.find(([word]) => hasWord(folded, word))?.[1]
}

/** What kind of account the name of an asset says; undefined where it says nothing. */
export function assetKindByName(name: string): AccountKindHint | undefined {
  const folded = fold(name)
  return assets.find(([word]) => hasWord(folded, word))?.[1]
}
