import { allCurrencies } from '../../../../shared/domain/currency.ts'
import type { ExportBook } from '../export-book.ts'

/**
 * Accounts and commodities under the names that a journal's grammar takes. Beancount: parts of an account begin with a
 * capital letter or a digit and hold letters, digits and hyphens (its manual, "Accounts"); hledger and ledger take
 * nearly any text without two spaces in a row. Commodities of all three: `[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]`.
 */

export type JournalDialect = 'beancount' | 'hledger' | 'ledger'

/** Accounts that stand for what is no account of the household. */
export type FixedAccount =
  | 'opening'
  | 'transfers'
  | 'adjustments'
  | 'valuations'
  | 'income'
  | 'expenses'
  | 'dividends'
  | 'interest-income'
  | 'interest-expense'
  | 'fees'
  | 'taxes'
  | 'gains'

const fixedNames: Readonly<Record<FixedAccount, readonly [root: string, en: string, zh: string]>> = {
  opening: ['Equity', 'Opening-Balances', '期初余额'],
  transfers: ['Equity', 'Transfers', '转账'],
  adjustments: ['Equity', 'Adjustments', '调整'],
  valuations: ['Equity', 'Valuations', '估值变动'],
  income: ['Income', 'Uncategorised', '未分类'],
  expenses: ['Expenses', 'Uncategorised', '未分类'],
  dividends: ['Income', 'Dividends', '分红'],
  'interest-income': ['Income', 'Interest', '利息'],
  'interest-expense': ['Expenses', 'Interest', '利息'],
  fees: ['Expenses', 'Fees', '手续费'],
  taxes: ['Expenses', 'Taxes', '税费'],
  gains: ['Income', 'Capital-Gains', '投资收益'],
}

export interface JournalNames {
  readonly own: ReadonlyMap<number, string>
  readonly category: ReadonlyMap<number, string>
  readonly fixed: ReadonlyMap<FixedAccount, string>
  /** By security; not yet quoted. */
  readonly security: ReadonlyMap<number, string>
  /** What accounts that count points count in, by account: a commodity of its own for each; not yet quoted. */
  readonly points: ReadonlyMap<number, string>
  /** Every account that the journal may use. */
  readonly all: readonly string[]
}

const LONGEST_PART = 60

/** One part of an account's name. Empty where nothing of the text can stand in one. */
export function accountPart(text: string, dialect: JournalDialect): string {
  if (dialect !== 'beancount') {
    const plain = text
      .normalize('NFC')
      .replaceAll(/[^\p{L}\p{M}\p{N}&.\-_/' ]+/gu, ' ')
      .replaceAll(/ +/g, ' ')
    return Array.from(plain.trim()).slice(0, LONGEST_PART).join('').trim()
  }
  const letters = text.normalize('NFC').replaceAll(/[^\p{L}\p{Nd}]+/gu, '-')
  const part = Array.from(letters)
    .slice(0, LONGEST_PART)
    .join('')
    .replaceAll(/^-+|-+$/g, '')
  if (part === '') return ''
  const first = Array.from(part)[0] ?? ''
  const upper = first.toUpperCase()
  if (/^\p{Nd}$/u.test(first) || /^\p{Lu}$/u.test(first)) return part
  // scripts without capitals get one before them
  return /^\p{Lu}$/u.test(upper) ? upper + part.slice(first.length) : `X-${part}`
}

/** Gives each name once: a second one gets a number. Names differ by more than their case. */
class UniqueNames {
  readonly #taken = new Set<string>()

  take(wanted: string, numbered: (count: number) => string = (count) => `${wanted}-${count}`): string {
    let name = wanted
    for (let count = 2; this.#taken.has(name.toLowerCase()); count += 1) name = numbered(count)
    this.#taken.add(name.toLowerCase())
    return name
  }
}

const LONGEST_COMMODITY = 24
const notCommodities = ['TRUE', 'FALSE', 'NULL']

/** A symbol, ISIN or name as a commodity; empty where nothing of it can stand in one. */
export function commodityName(text: string): string {
  const clean = text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9._-]+/g, '-')
    .replaceAll(/^[._-]+|(?<![._-])[._-]+$/g, '')
  if (clean === '') return ''
  const begun = /^[A-Z]./.test(clean) ? clean : `X-${clean}`
  return begun.slice(0, LONGEST_COMMODITY).replaceAll(/(?<![._-])[._-]+$/g, '')
}

/** Names of securities and of points: no two are the same, and none is a currency's. */
function commodityNames(book: ExportBook): Pick<JournalNames, 'security' | 'points'> {
  const names = new UniqueNames()
  for (const { code } of allCurrencies()) names.take(code)
  for (const word of notCommodities) names.take(word)
  const named = (texts: readonly (string | null)[], otherwise: string): string => {
    const base = texts.map((text) => commodityName(text ?? '')).find((text) => text !== '') ?? otherwise
    return names.take(base, (count) => {
      const suffix = `-${count}`
      return base.slice(0, LONGEST_COMMODITY - suffix.length).replaceAll(/(?<![._-])[._-]+$/g, '') + suffix
    })
  }
  const security = new Map(
    book.securities.map(({ id, symbol, isin, name, otherValue }) => {
      return [id, named([symbol, isin, otherValue, name], `SECURITY-${id}`)]
    }),
  )
  const points = new Map(
    book.accounts
      .filter(({ kind }) => kind.valuedBy === 'points')
      .map(({ id, name, kind }) => [id, named([name, kind.nameEn], `POINTS-${id}`)]),
  )
  return { security, points }
}

/** Names everything that the journal of this book can mention. */
export function createJournalNames(book: ExportBook, dialect: JournalDialect): JournalNames {
  const chinese = book.language === 'zh-CN'
  const names = new UniqueNames()
  const part = (text: string, otherwise: string): string => accountPart(text, dialect) || otherwise
  const fixed = new Map(
    Object.entries(fixedNames).map(([key, [root, en, zh]]) => [
      key as FixedAccount,
      names.take(`${root}:${part(chinese ? zh : en, en)}`),
    ]),
  )
  const own = new Map(
    book.accounts.map(({ id, name, kind, institution }) => {
      const root = kind.side === 'asset' ? 'Assets' : 'Liabilities'
      // always three parts, so that no account lies within another: a balance counts what lies within
      const group = part(institution?.name ?? (chinese ? kind.nameZh : kind.nameEn), 'Other')
      return [id, names.take(`${root}:${group}:${part(name, `Account-${id}`)}`)]
    }),
  )
  const byId = new Map(book.categories.map((category) => [category.id, category]))
  const roots = { income: 'Income', expense: 'Expenses', transfer: fixed.get('transfers') ?? 'Equity' }
  const category = new Map<number, string>()
  const nameCategory = (id: number, depth: number): string => {
    const known = category.get(id)
    const row = byId.get(id)
    if (known !== undefined || row === undefined) return known ?? ''
    const parent = row.parentId === null || depth > 20 ? undefined : byId.get(row.parentId)
    const above =
      parent === undefined || parent.kind !== row.kind ? roots[row.kind] : nameCategory(parent.id, depth + 1)
    const name = names.take(`${above}:${part(chinese ? row.nameZh : row.nameEn || row.nameZh, `Category-${id}`)}`)
    category.set(id, name)
    return name
  }
  for (const { id } of book.categories) nameCategory(id, 0)
  const all = [...own.values(), ...category.values(), ...fixed.values()]
  return { own, category, fixed, ...commodityNames(book), all }
}
