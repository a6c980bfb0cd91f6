import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { ParsedAccount, ParsedItem } from '../importer.ts'
import type { BookAccount } from './book.ts'
import { debtKindByName } from './book-words.ts'
import type { Chart } from './chart.ts'

/** One own account in one currency. */
export interface BookStatement {
  readonly index: number
  readonly name: string
  readonly currency: CurrencyCode | null
}

/** Where transactions go that move no own money: income that was spent at once. */
const CLEARING = 'Clearing'

/** The statements of a book: one for each own account and currency, announced when something first happens on it. */
export class BookStatements {
  readonly #chart: Chart
  readonly #byKey = new Map<string, BookStatement>()
  /** What trades of a security are counted in: the currency of the first of them, for a holding lies in one account. */
  readonly #tradedIn = new Map<string, CurrencyCode | null>()
  /** The currency that a security was first traded for in any account: where it only arrives, no row says one. */
  readonly #pricedIn = new Map<string, CurrencyCode>()
  readonly #announced: ParsedItem[] = []

  constructor(chart: Chart) {
    this.#chart = chart
  }

  /** Announcements since the last call: they go before the rows that made them. */
  takeAnnouncements(): readonly ParsedItem[] {
    return this.#announced.splice(0)
  }

  of(account: BookAccount, currency: CurrencyCode | null): BookStatement {
    const key = `${account.id}\u0000${currency ?? ''}`
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const isFirst = ![...this.#byKey.keys()].some((other) => other.startsWith(`${account.id}\u0000`))
    const plain = this.#chart.nameOf(account)
    const name = isFirst || currency === null ? plain : `${plain} ${currency}`
    const kind = this.#chart.kindOf(account)
    const debt = kind === 'liability' ? debtKindByName(plain) : undefined
    return this.#open(key, currency, {
      name,
      ...(account.number === undefined ? {} : { number: account.number }),
      ...(account.institution === undefined ? {} : { institution: account.institution }),
      ...(kind === undefined ? {} : { kind: debt ?? kind }),
      ...(account.isClosed === true ? { isClosed: true } : {}),
    })
  }

  /** The statement of an account in a currency, if something happened on it. */
  known(account: BookAccount, currency: CurrencyCode): BookStatement | undefined {
    return this.#byKey.get(`${account.id}\u0000${currency}`)
  }

  /** The statement that a security of an account is traded on; `security` tells it from the others. */
  ofTrades(account: BookAccount, security: string, currency: CurrencyCode | null): BookStatement {
    const key = `${account.id}\u0000${security}`
    const known = this.#tradedIn.get(key)
    if (currency !== null && !this.#pricedIn.has(security)) this.#pricedIn.set(security, currency)
    const settled = known === undefined ? (currency ?? this.#pricedIn.get(security) ?? null) : known
    if (known === undefined) this.#tradedIn.set(key, settled)
    const isPlain = account.kind === undefined || account.kind === 'asset'
    return this.of(isPlain ? { ...account, kind: 'brokerage' } : account, settled)
  }

  clearing(currency: CurrencyCode | null): BookStatement {
    const key = `\u0000${currency ?? ''}`
    return this.#byKey.get(key) ?? this.#open(key, currency, { name: CLEARING, kind: 'cash' })
  }

  #open(key: string, currency: CurrencyCode | null, account: ParsedAccount): BookStatement {
    const statement: BookStatement = { index: this.#byKey.size, name: account.name ?? '', currency }
    this.#byKey.set(key, statement)
    this.#announced.push({ type: 'statement', statement: statement.index, account, currency })
    return statement
  }
}
