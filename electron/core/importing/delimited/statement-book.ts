import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, ZERO, addDecimal, subtractDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedAccount, ParsedItem } from '../importer.ts'
import type { Preamble } from './preamble.ts'

type StatementItem = Extract<ParsedItem, { type: 'statement' }>

interface Running {
  readonly balance: Decimal
  readonly amount: Decimal
  readonly date: IsoDate
}

interface Stated {
  readonly amount: Decimal
  readonly on: IsoDate | null
}

interface Entry {
  readonly statement: number
  readonly account: string
  readonly currency: CurrencyCode | null
  first: Running | null
  last: Running | null
  /** What moved in booked rows without a balance: before the first that states one, and since the last. */
  before: Decimal
  after: Decimal
  opening: Stated | null
  closing: Stated | null
}

const MASKED = /^(?=[^\d]*(?:\d{1,2}[^\d]+)*\d{3})[*xX\d\s\-/.A-Z]{3,64}$/

/** The accounts met in a file: one statement for each pair of account and currency, with the balances seen of it. */
export class StatementBook {
  readonly #preamble: Preamble
  readonly #order: 'forward' | 'reverse' | null
  readonly #entries = new Map<string, Entry>()
  #recent: Entry | null = null
  #section: ParsedAccount
  /** Balances that were stated before any statement was opened, by account and currency. */
  readonly #early: { account: string; currency: CurrencyCode | null; kind: 'opening' | 'closing'; stated: Stated }[] =
    []
  #dated: { amount: Decimal; on: IsoDate } | null = null
  #earliest: { amount: Decimal; on: IsoDate } | null = null

  constructor(preamble: Preamble, order: 'forward' | 'reverse' | null) {
    this.#preamble = preamble
    this.#section = preamble.account
    this.#order = order
  }

  /** The currency of the statement that the current row belongs to. */
  get currencyInUse(): CurrencyCode | null {
    return this.#recent?.currency ?? null
  }

  /** A second table in the file begins, under lines that name its account. */
  beginSection(account: ParsedAccount): void {
    if (account.number === undefined && account.name === undefined) return
    this.#section = account
    this.#recent = null
  }

  /** The statement of a row; `opened` is the announcement to make first where it is new. */
  statementFor(account: string, currency: CurrencyCode | null): { statement: number; opened: StatementItem | null } {
    const code = currency ?? this.#preamble.currency
    const recent = this.#recent
    if (recent !== null && recent.account === account && recent.currency === code) {
      return { statement: recent.statement, opened: null }
    }
    const key = this.#keyOf(account, code)
    const known = this.#entries.get(key)
    if (known !== undefined) {
      this.#recent = known
      return { statement: known.statement, opened: null }
    }
    const entry: Entry = {
      statement: this.#entries.size,
      account,
      currency: code,
      first: null,
      last: null,
      before: ZERO,
      after: ZERO,
      opening: null,
      closing: null,
    }
    this.#entries.set(key, entry)
    this.#recent = entry
    return { statement: entry.statement, opened: this.#announce(entry) }
  }

  #keyOf(account: string, currency: CurrencyCode | null): string {
    const { number = '', name = '' } = this.#section
    return [number, name, account, currency ?? ''].join('\u0000')
  }

  #announce(entry: Entry): StatementItem {
    return {
      type: 'statement',
      statement: entry.statement,
      account: this.#accountOf(entry.account),
      currency: entry.currency,
    }
  }

  #accountOf(text: string): ParsedAccount {
    if (text === '') return this.#section
    const rest = { ...this.#section }
    return MASKED.test(text) ? { ...rest, number: text } : { ...rest, name: text }
  }

  /** The balance that stands in a transaction's row. */
  sawRunning(statement: number, balance: Decimal, amount: Decimal, date: IsoDate): void {
    const entry = this.#recent
    if (entry === null || entry.statement !== statement) return
    const running = { balance, amount, date }
    entry.first ??= running
    entry.last = running
    entry.after = ZERO
  }

  /** A booked row that states no balance, as all but the last of a day at some banks. */
  sawUnstated(statement: number, amount: Decimal): void {
    const entry = this.#recent
    if (entry === null || entry.statement !== statement) return
    if (entry.first === null) entry.before = addDecimal(entry.before, amount)
    else entry.after = addDecimal(entry.after, amount)
  }

  /** A balance that a row of its own states. */
  sawStated(
    account: string,
    currency: CurrencyCode | null,
    kind: 'opening' | 'closing',
    amount: Decimal,
    on: IsoDate | null,
  ): void {
    this.#early.push({ account, currency, kind, stated: { amount, on } })
  }

  /** How many balances rows of their own have stated so far. */
  get statedCount(): number {
    return this.#early.length
  }

  /** Those stated since turn out to be of a table that is not read. */
  forgetStated(since: number): void {
    this.#early.length = Math.min(this.#early.length, since)
  }

  /** A day's balance in a file of balances: the latest counts. */
  sawDated(amount: Decimal, on: IsoDate): void {
    if (this.#dated === null || on > this.#dated.on) this.#dated = { amount, on }
    if (this.#earliest === null || on < this.#earliest.on) this.#earliest = { amount, on }
  }

  /** Announcements that are still due and the balances of each statement. */
  *close(): Generator<ParsedItem, void, void> {
    if (this.#entries.size === 0 && this.#early.length === 0) {
      const { opened } = this.statementFor('', null)
      if (opened !== null) yield opened
    }
    for (const { account, currency, kind, stated } of this.#early) {
      const entry = this.#entryFor(account, currency)
      if (entry === null) {
        const { opened } = this.statementFor(account, currency)
        if (opened !== null) yield opened
      }
      const target = entry ?? this.#recent
      if (target === null) continue
      if (kind === 'opening') target.opening ??= stated
      else target.closing = stated
    }
    const single = this.#entries.size === 1
    for (const entry of this.#entries.values()) yield* this.#balancesOf(entry, single)
  }

  /** The statement a balance row belongs to: its own account and currency, or the only one where it names none. */
  #entryFor(account: string, currency: CurrencyCode | null): Entry | null {
    const exact = this.#entries.get(this.#keyOf(account, currency ?? this.#preamble.currency))
    if (exact !== undefined) return exact
    const fitting = [...this.#entries.values()].filter(
      (entry) => (account === '' || entry.account === account) && (currency === null || entry.currency === currency),
    )
    return fitting.length === 1 ? (fitting[0] ?? null) : null
  }

  *#balancesOf(entry: Entry, single: boolean): Generator<ParsedItem, void, void> {
    const { statement, first, last } = entry
    const { opening, closing } = single ? this.#preamble : { opening: null, closing: null }
    // one row alone has no neighbour that proves the order, and needs none
    const order = first !== null && first === last ? 'forward' : this.#order
    const oldest = order === 'forward' ? first : order === 'reverse' ? last : null
    const newest = order === 'forward' ? last : order === 'reverse' ? first : null
    if (entry.opening !== null) {
      yield { type: 'balance', statement, kind: 'opening', amount: entry.opening.amount, on: entry.opening.on }
    } else if (opening !== null) yield { type: 'balance', statement, kind: 'opening', amount: opening, on: null }
    else if (oldest !== null) {
      const earlier = order === 'forward' ? entry.before : entry.after
      const amount = subtractDecimal(subtractDecimal(oldest.balance, oldest.amount), earlier)
      yield { type: 'balance', statement, kind: 'opening', amount, on: null }
    }
    if (entry.closing !== null) {
      yield { type: 'balance', statement, kind: 'closing', amount: entry.closing.amount, on: entry.closing.on }
    } else if (closing !== null) yield { type: 'balance', statement, kind: 'closing', amount: closing, on: null }
    else if (newest !== null) {
      yield { type: 'balance', statement, kind: 'closing', amount: newest.balance, on: newest.date }
    } else if (this.#dated !== null && single) {
      yield { type: 'balance', statement, kind: 'closing', amount: this.#dated.amount, on: this.#dated.on }
    }
  }
}
