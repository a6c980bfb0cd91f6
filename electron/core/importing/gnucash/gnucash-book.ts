import { isCurrencyCode, type CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, signOfDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { AccountRole, BookAccount, Commodity, Posting } from '../double-entry/book.ts'
import { BookItems } from '../double-entry/book-items.ts'
import { assetKindByName, isBalancingName } from '../double-entry/book-words.ts'
import { Chart } from '../double-entry/chart.ts'
import type { AccountKindHint, ParsedItem, ParsedSecurity, ReasonCode } from '../importer.ts'

/** What a GnuCash file says, whether it is XML or SQLite. */

export interface GnucashCommodity {
  /** "CURRENCY" (old files: "ISO4217"), or an exchange or a list of the user's own. */
  readonly space: string
  readonly id: string
  readonly name?: string
  /** The exchange's code: an ISIN or a CUSIP, where the user has filled it in. */
  readonly code?: string
}

export interface GnucashAccount {
  readonly guid: string
  readonly name: string
  readonly type: string
  readonly parent: string | null
  readonly commodity: GnucashCommodity | null
  readonly isHidden: boolean
  /** The bank's number, from the online banking set up for it. */
  readonly number?: string
}

export interface GnucashSplit {
  readonly account: string
  readonly value: Decimal | null
  readonly quantity: Decimal | null
  readonly memo?: string
  /** The bank's own id of the line, kept by GnuCash's imports. */
  readonly onlineId?: string
}

export interface GnucashTransaction {
  readonly record: number
  readonly guid: string
  readonly date: IsoDate | null
  readonly dateText: string
  readonly currency: GnucashCommodity | null
  readonly number?: string
  readonly description?: string
  readonly notes?: string
  readonly splits: readonly GnucashSplit[]
}

export interface GnucashPrice {
  readonly record: number
  readonly commodity: GnucashCommodity | null
  readonly currency: GnucashCommodity | null
  readonly on: IsoDate | null
  readonly value: Decimal | null
}

interface TypeTraits {
  readonly role: AccountRole
  readonly kind?: AccountKindHint
  readonly isHolding?: true
}

/** GnuCash's account types (`GNCAccountType` in its libgnucash/engine/Account.h). */
const TYPES: ReadonlyMap<string, TypeTraits> = new Map<string, TypeTraits>([
  ['BANK', { role: 'asset' }],
  ['CASH', { role: 'asset', kind: 'cash' }],
  ['ASSET', { role: 'asset', kind: 'asset' }],
  ['CREDIT', { role: 'liability', kind: 'credit-card' }],
  ['LIABILITY', { role: 'liability' }],
  ['STOCK', { role: 'asset', isHolding: true }],
  ['MUTUAL', { role: 'asset', isHolding: true }],
  ['CURRENCY', { role: 'asset' }],
  ['INCOME', { role: 'income' }],
  ['EXPENSE', { role: 'expense' }],
  ['EQUITY', { role: 'equity' }],
  ['RECEIVABLE', { role: 'asset', kind: 'receivable' }],
  ['PAYABLE', { role: 'liability', kind: 'liability' }],
  ['TRADING', { role: 'none' }],
  ['CHECKING', { role: 'asset', kind: 'checking' }],
  ['SAVINGS', { role: 'asset', kind: 'savings' }],
  ['MONEYMRKT', { role: 'asset', kind: 'money-market' }],
  ['CREDITLINE', { role: 'liability', kind: 'line-of-credit' }],
])

const CURRENCY_SPACES: ReadonlySet<string> = new Set(['CURRENCY', 'ISO4217', 'ISO4217_CURRENCY'])
const ISIN = /^[A-Z]{2}[A-Z0-9]{9}\d$/
const CUSIP = /^[A-Z0-9]{8}\d$/

/** The currency that a commodity is; null for securities and for currencies that ISO 4217 does not list. */
export function currencyOfCommodity(commodity: GnucashCommodity | null): CurrencyCode | null {
  if (commodity === null || !CURRENCY_SPACES.has(commodity.space.toUpperCase())) return null
  const code = commodity.id.trim().toUpperCase()
  return isCurrencyCode(code) ? code : null
}

function classOf({ space }: GnucashCommodity, holderType: string | undefined): ParsedSecurity['class'] {
  const list = space.toUpperCase()
  if (list.includes('CRYPTO')) return 'crypto'
  if (list.includes('FUND') || holderType === 'MUTUAL') return 'fund'
  if (list.includes('BOND')) return 'bond'
  if (CURRENCY_SPACES.has(list)) return 'other'
  return holderType === 'STOCK' ? 'equity' : 'other'
}

function securityOf(commodity: GnucashCommodity, holderType: string | undefined): ParsedSecurity {
  const { id, name, code = '' } = commodity
  const bare = code.replaceAll(' ', '').toUpperCase()
  const kind = classOf(commodity, holderType)
  return {
    ...(ISIN.test(bare) ? { isin: bare } : {}),
    ...(CUSIP.test(bare) ? { otherId: { scheme: 'CUSIP', value: bare } } : {}),
    ...(id.trim() === '' ? {} : { symbol: id.trim() }),
    name: name === undefined || name.trim() === '' ? id.trim() : name.trim(),
    ...(kind === undefined ? {} : { class: kind }),
  }
}

const keyOf = ({ space, id }: GnucashCommodity): string => `${space}\u0000${id}`

function commonest(currencies: readonly (CurrencyCode | null)[]): CurrencyCode | null {
  const counts = new Map<CurrencyCode, number>()
  for (const currency of currencies) if (currency !== null) counts.set(currency, (counts.get(currency) ?? 0) + 1)
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? null
}

function failed(record: number, code: ReasonCode, message: string, text?: string): ParsedItem {
  return { type: 'failed', record, reason: { code, message, ...(text === undefined ? {} : { values: { text } }) } }
}

/** The accounts and commodities of a GnuCash book, and what becomes of its transactions and prices. */
export class GnucashBook {
  readonly #items: BookItems
  readonly #types: ReadonlyMap<string, string>
  readonly #commodityOf: ReadonlyMap<string, GnucashCommodity | null>
  readonly #commodities: ReadonlyMap<string, GnucashCommodity>
  readonly #holderTypes = new Map<string, string>()
  readonly #securities = new Map<string, ParsedSecurity>()
  readonly #mainCurrency: CurrencyCode | null

  /** `commodities` may tell more of a commodity (its name, its code) than the accounts that name it. */
  constructor(accounts: readonly GnucashAccount[], commodities: readonly GnucashCommodity[]) {
    this.#types = new Map(accounts.map(({ guid, type }) => [guid, type.toUpperCase()]))
    this.#commodityOf = new Map(accounts.map(({ guid, commodity }) => [guid, commodity]))
    this.#commodities = new Map(commodities.map((commodity) => [keyOf(commodity), commodity]))
    for (const { commodity, type } of accounts) {
      if (commodity !== null) this.#holderTypes.set(keyOf(commodity), type.toUpperCase())
    }
    this.#mainCurrency = commonest(accounts.map(({ commodity }) => currencyOfCommodity(commodity)))
    this.#items = new BookItems(new Chart(accounts.flatMap((account) => this.#accountOf(account))))
  }

  /** Accounts of a type that GnuCash does not have are none: their transactions fail by name. */
  #accountOf({ guid, name, type, parent, isHidden, number }: GnucashAccount): BookAccount[] {
    const traits = TYPES.get(type.toUpperCase())
    if (traits === undefined) return []
    const isBalancing = traits.role === 'asset' && isBalancingName(name)
    return [
      {
        id: guid,
        name: name.trim() === '' ? guid.slice(0, 8) : name.trim(),
        parent: parent !== null && this.#types.get(parent) === 'ROOT' ? null : parent,
        ...(isBalancing ? { role: 'none' } : traits),
        ...(traits.kind === 'asset' ? { kind: assetKindByName(name) ?? 'asset' } : {}),
        ...(number === undefined ? {} : { number }),
        ...(isHidden ? { isClosed: true } : {}),
      },
    ]
  }

  #commodity(commodity: GnucashCommodity): Commodity {
    const currency = currencyOfCommodity(commodity)
    return currency === null
      ? { type: 'security', security: this.#security(commodity) }
      : { type: 'currency', currency }
  }

  #security(commodity: GnucashCommodity): ParsedSecurity {
    const key = keyOf(commodity)
    const known = this.#securities.get(key)
    const security = known ?? securityOf(this.#commodities.get(key) ?? commodity, this.#holderTypes.get(key))
    if (known === undefined) this.#securities.set(key, security)
    return security
  }

  /** A transaction's items: its rows, or why it has none. */
  *transaction(raw: GnucashTransaction): Generator<ParsedItem, void, void> {
    const { record, date, dateText } = raw
    if (date === null) {
      const shown = dateText.slice(0, 40)
      yield dateText === ''
        ? failed(record, 'missing-date', 'The transaction has no date.')
        : failed(record, 'bad-date', `"${shown}" is no date.`, shown)
      return
    }
    const postings: Posting[] = []
    for (const split of raw.splits) {
      const posting = this.#posting(split)
      if (posting === 'trading') continue
      if (posting === 'bad-amount') {
        yield failed(record, 'bad-amount', `An amount of the transaction of ${date} is no number.`)
        return
      }
      postings.push(posting)
    }
    const { guid, number, description, notes } = raw
    yield* this.#items.take({
      record,
      date,
      ...this.#weighed(currencyOfCommodity(raw.currency), postings),
      ...(guid === '' ? {} : { reference: guid }),
      ...(number === undefined ? {} : { checkNumber: number }),
      ...(description === undefined ? {} : { payee: description }),
      ...(notes === undefined ? {} : { memo: notes }),
    })
  }

  /**
   * The currency that values are counted in, and the postings. Old versions gave a share as the currency of a trade:
   * then it is that of the money moved, whose value is its quantity; where no money moves, values are units of shares.
   */
  #weighed(
    stated: CurrencyCode | null,
    postings: readonly Posting[],
  ): { readonly currency: CurrencyCode | null; readonly postings: readonly Posting[] } {
    if (stated !== null) return { currency: stated, postings }
    for (const { commodity, quantity, value } of postings) {
      if (commodity.type === 'currency' && quantity === value) return { currency: commodity.currency, postings }
    }
    return {
      currency: this.#mainCurrency,
      postings: postings.map((posting) => Object.assign({}, posting, { value: null })),
    }
  }

  #posting({ account, value, quantity, memo, onlineId }: GnucashSplit): Posting | 'trading' | 'bad-amount' {
    if (value === null || quantity === null) return 'bad-amount'
    // trading accounts balance each commodity by itself: among the other accounts the values add up without them
    if (this.#types.get(account) === 'TRADING') return 'trading'
    const commodity = this.#commodityOf.get(account) ?? null
    return {
      account,
      commodity: commodity === null ? { type: 'security', security: { name: '?' } } : this.#commodity(commodity),
      quantity,
      value,
      ...(memo === undefined || memo === '' ? {} : { memo }),
      ...(onlineId === undefined || onlineId === '' ? {} : { reference: onlineId }),
    }
  }

  /** A price of the book's price list: of a security, or of one currency in another. */
  price({ record, commodity, currency, on, value }: GnucashPrice): ParsedItem {
    const money = currencyOfCommodity(currency)
    if (commodity === null || money === null || on === null || value === null || signOfDecimal(value) <= 0) {
      const message = 'A price of the price list cannot be read: it was left out.'
      return { type: 'finding', finding: { severity: 'warning', code: 'bad-record', message, record } }
    }
    const base = currencyOfCommodity(commodity)
    if (base !== null) return { type: 'exchange-rate', base, quote: money, rate: value, on, source: 'book' }
    return { type: 'price', security: this.#security(commodity), price: value, currency: money, on }
  }
}
