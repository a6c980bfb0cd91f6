import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import type {
  ExportedPosition,
  ExportedSplit,
  ExportedTrade,
  ExportedTransaction,
  TransferLeg,
} from '../../storage/repositories/export-repository.ts'
import { type ExportBook, isMergedElsewhere, mergedPart, mergedTransfer } from '../export-book.ts'
import { factsOf } from './entry-facts.ts'
import type { JournalEntry, Posting, PrintedAmount } from './journal-entry.ts'
import type { FixedAccount, JournalNames } from './journal-names.ts'
import { printedOf } from './printed-amount.ts'
import { SecurityPostings } from './security-postings.ts'

const kindAccounts: ReadonlyMap<string, readonly [incoming: FixedAccount, outgoing: FixedAccount]> = new Map([
  ['dividend', ['dividends', 'dividends']],
  ['reinvestment', ['dividends', 'dividends']],
  ['interest', ['interest-income', 'interest-expense']],
  ['fee', ['fees', 'fees']],
  ['tax', ['taxes', 'taxes']],
  ['transfer', ['transfers', 'transfers']],
  ['opening', ['opening', 'opening']],
  ['buy', ['transfers', 'transfers']],
  ['sell', ['transfers', 'transfers']],
])

/** What happens on a day beside the transactions, before them or after. */
interface DatedEvent {
  readonly on: IsoDate
  readonly order: 0 | 2
  readonly entry: () => JournalEntry | null
}

export interface JournalOptions {
  /** Whether securities carry lots with their cost; else a price for the whole. */
  readonly lots: boolean
}

/**
 * A book as double entries, by rising day. What is written: the opening of each account, every transaction (both sides
 * of a transfer as one), what statements say of holdings where trades do not add up to it, and every dated value.
 */
export class JournalEntries {
  readonly #book: ExportBook
  readonly #names: JournalNames
  readonly #lots: boolean
  readonly #accounts: ReadonlyMap<number, StoredAccount>
  readonly #securities: SecurityPostings
  /** Running balances of what is valued by dated values. */
  readonly #valued = new Map<number, number>()
  #last: IsoDate | null = null

  constructor(book: ExportBook, names: JournalNames, options: JournalOptions) {
    this.#book = book
    this.#names = names
    this.#lots = options.lots
    this.#securities = new SecurityPostings(names, options.lots)
    this.#accounts = new Map(book.accounts.map((account) => [account.id, account]))
    for (const id of book.values.keys()) if (this.#accounts.has(id)) this.#valued.set(id, 0)
  }

  /** The last day that any entry so far is of, its sides included. */
  get lastDay(): IsoDate | null {
    return this.#last
  }

  /** The day of the first entry: accounts are there from then on. */
  firstDay(): IsoDate {
    const { scope, spans, positions, values, today, accounts } = this.#book
    const days: IsoDate[] = positions.map(({ on }) => on)
    for (const { id, openingOn } of accounts) {
      if (openingOn !== null) days.push(openingOn)
      const span = spans.get(id)
      if (span !== undefined) days.push(span.first)
      for (const { on } of values.get(id) ?? []) days.push(on)
    }
    const first = days.reduce((least, on) => (on < least ? on : least), today)
    if (scope.from !== null) return scope.from
    return scope.to !== null && scope.to < first ? scope.to : first
  }

  /** `told` is called after each transaction read, for progress. */
  *entries(told: () => void): Generator<JournalEntry, void, void> {
    this.#readEarlier()
    const events = this.#events()
    let next = 0
    const emit = (entry: JournalEntry | null): JournalEntry[] => {
      if (entry === null || entry.postings.length === 0) return []
      this.#seen(entry.on)
      for (const { on } of entry.postings) if (on !== undefined) this.#seen(on)
      return [entry]
    }
    for (const transaction of this.#book.transactions()) {
      told()
      const { accountId, bookedOn } = transaction
      if (!this.#accounts.has(accountId)) continue
      for (let event = events[next]; event !== undefined; event = events[next]) {
        if (event.on > bookedOn || (event.on === bookedOn && event.order > 1)) break
        next += 1
        yield* emit(event.entry())
      }
      if (!isMergedElsewhere(this.#book.scope, transaction)) yield* emit(this.#transaction(transaction))
    }
    for (const event of events.slice(next)) yield* emit(event.entry())
    for (const [id, balance] of this.#valued) {
      const value = this.#book.values.get(id)?.at(-1)
      // transactions after the newest value do not move it
      if (value !== undefined && value.minor !== balance) {
        yield* emit(this.#valuation(id, this.#last ?? value.on, value.minor))
      }
    }
  }

  #seen(on: IsoDate): void {
    if (this.#last === null || on > this.#last) this.#last = on
  }

  #fixed(key: FixedAccount): string {
    return this.#names.fixed.get(key) ?? ''
  }

  #own(accountId: number): string {
    return this.#names.own.get(accountId) ?? ''
  }

  #currency(accountId: number): CurrencyCode {
    return this.#accounts.get(accountId)?.currency ?? this.#book.baseCurrency
  }

  /** In the account's currency, or its points. */
  #amount(accountId: number, minor: number): PrintedAmount {
    return printedOf({ id: accountId, currency: this.#currency(accountId) }, minor, this.#names)
  }

  /** Holdings as they are when the period begins. */
  #readEarlier(): void {
    const { from } = this.#book.scope
    if (from === null) return
    const positions = this.#book.positions.filter(({ on }) => on < from)
    let next = 0
    const state = (until: IsoDate | null): void => {
      for (let position = positions[next]; position !== undefined; position = positions[next]) {
        if (until !== null && position.on >= until) break
        next += 1
        this.#position(position)
      }
    }
    for (const transaction of this.#book.earlier()) {
      if (transaction.trade === null || !this.#accounts.has(transaction.accountId)) continue
      state(transaction.bookedOn)
      this.#trade(transaction, transaction.trade)
    }
    state(null)
  }

  #events(): DatedEvent[] {
    const { scope, accounts, spans, values, positions } = this.#book
    const first = this.firstDay()
    const events: DatedEvent[] = []
    for (const account of accounts) {
      const days = [
        account.openingOn,
        spans.get(account.id)?.first ?? null,
        values.get(account.id)?.[0]?.on ?? null,
      ].filter((on) => on !== null)
      const on = scope.from ?? days.reduce((least, day) => (day < least ? day : least), days[0] ?? first)
      if (scope.to === null || on <= scope.to) {
        events.push({ on, order: 0, entry: () => this.#opening(account, on) })
      } else {
        events.push({ on: scope.to, order: 2, entry: () => this.#opening(account, scope.to ?? on) })
      }
      for (const value of values.get(account.id) ?? []) {
        if (scope.from !== null && value.on < scope.from) continue
        events.push({ on: value.on, order: 2, entry: () => this.#valuation(account.id, value.on, value.minor) })
      }
    }
    for (const position of positions) {
      if (scope.from !== null && position.on < scope.from) continue
      events.push({ on: position.on, order: 2, entry: () => this.#position(position) })
    }
    return events.sort((a, b) => (a.on === b.on ? a.order - b.order : a.on < b.on ? -1 : 1))
  }

  #plainEntry(on: IsoDate, narration: string, postings: readonly Posting[]): JournalEntry {
    return { on, pending: false, payee: '', narration, code: null, tags: [], facts: [], postings }
  }

  #words(en: string, zh: string): string {
    return this.#book.language === 'zh-CN' ? zh : en
  }

  #opening(account: StoredAccount, on: IsoDate): JournalEntry | null {
    const { scope, openingMinor, values } = this.#book
    const { from } = scope
    const known = from === null ? undefined : values.get(account.id)?.findLast((value) => value.on < from)
    const minor = known?.minor ?? openingMinor.get(account.id) ?? 0
    const postings: Posting[] = []
    if (minor !== 0) {
      this.#addValued(account.id, minor)
      postings.push(
        { account: this.#own(account.id), amount: this.#amount(account.id, minor) },
        { account: this.#fixed('opening'), amount: this.#amount(account.id, -minor) },
      )
    }
    if (from !== null) {
      postings.push(...this.#securities.opening(account))
    }
    const balanced = this.#lots && postings.some(({ lot }) => lot !== undefined)
    if (balanced) postings.push({ account: this.#fixed('opening'), amount: null })
    return this.#plainEntry(on, this.#words('Opening balance', '期初余额'), postings)
  }

  #addValued(accountId: number, minor: number): void {
    const balance = this.#valued.get(accountId)
    if (balance !== undefined) this.#valued.set(accountId, balance + minor)
  }

  #valuation(accountId: number, on: IsoDate, minor: number): JournalEntry | null {
    const change = minor - (this.#valued.get(accountId) ?? 0)
    if (change === 0) return null
    this.#addValued(accountId, change)
    return this.#plainEntry(on, this.#words('Valuation', '估值'), [
      { account: this.#own(accountId), amount: this.#amount(accountId, change) },
      { account: this.#fixed('valuations'), amount: this.#amount(accountId, -change) },
    ])
  }

  #position(position: ExportedPosition): JournalEntry | null {
    const account = this.#accounts.get(position.accountId)
    const postings = account === undefined ? [] : this.#securities.toPosition(account, position)
    if (postings.length === 0) return null
    return this.#plainEntry(position.on, this.#words('Holding as the statement says', '按对账单调整持仓'), postings)
  }

  #trade(transaction: ExportedTransaction, trade: ExportedTrade): Posting[] {
    const account = this.#accounts.get(transaction.accountId)
    if (account === undefined) return []
    return this.#securities.trade(account, transaction, trade, {
      counter: () => this.#counter(transaction),
      lastDay: () => this.#last ?? this.firstDay(),
    })
  }

  /** The account that stands for the other side, where that is none of the household's. */
  #counter({ transfer, partOf, categoryId, kind, amountMinor }: ExportedTransaction): string {
    if (transfer !== null || partOf !== null) return this.#fixed('transfers')
    const category = categoryId === null ? undefined : this.#names.category.get(categoryId)
    if (category !== undefined) return category
    const known = kindAccounts.get(kind)
    const index = amountMinor > 0 ? 0 : 1
    return this.#fixed(known?.[index] ?? (index === 0 ? 'income' : 'expenses'))
  }

  #transaction(transaction: ExportedTransaction): JournalEntry {
    const { accountId, amountMinor, trade } = transaction
    const own: Posting = {
      account: this.#own(accountId),
      amount: this.#amount(accountId, amountMinor),
    }
    this.#addValued(accountId, amountMinor)
    const other = mergedTransfer(this.#book.scope, transaction)
    const postings =
      trade !== null
        ? this.#trade(transaction, trade)
        : other !== null
          ? [own, ...this.#otherSide(transaction, amountMinor, other, '')]
          : transaction.splits.length > 0
            ? [own, ...this.#parts(transaction)]
            : [own, { account: this.#counter(transaction), amount: this.#minus(transaction) }]
    return {
      on: transaction.bookedOn,
      pending: transaction.status === 'pending',
      payee: transaction.payee,
      narration: transaction.memo,
      code: transaction.checkNumber ?? transaction.reference,
      tags: transaction.tagIds.flatMap((id) => this.#book.tags.get(id) ?? []),
      facts: factsOf(transaction, other, {
        currency: this.#currency(accountId),
        security: trade === null ? undefined : this.#names.security.get(trade.securityId),
      }),
      postings,
    }
  }

  #minus({ accountId, amountMinor }: ExportedTransaction): PrintedAmount {
    return this.#amount(accountId, -amountMinor)
  }

  /** The other own account of a transfer; what does not arrive in the same currency goes to the transfers' account. */
  #otherSide(transaction: ExportedTransaction, minor: number, other: TransferLeg, memo: string): Posting[] {
    const amount = this.#amount(other.accountId, other.amountMinor)
    const given = this.#amount(transaction.accountId, Math.abs(minor))
    this.#addValued(other.accountId, other.amountMinor)
    const side: Posting = {
      account: this.#own(other.accountId),
      amount,
      ...(other.bookedOn === transaction.bookedOn ? {} : { on: other.bookedOn }),
      ...(memo === '' ? {} : { memo }),
    }
    if (given.commodity !== amount.commodity) return [{ ...side, total: given }]
    const rest = -(minor + other.amountMinor)
    return rest === 0
      ? [side]
      : [side, { account: this.#fixed('transfers'), amount: this.#amount(transaction.accountId, rest) }]
  }

  #parts(transaction: ExportedTransaction): Posting[] {
    const { accountId } = transaction
    let left = transaction.amountMinor
    const postings = transaction.splits.flatMap((part): Posting[] => {
      left -= part.amountMinor
      const other = mergedPart(this.#book.scope, transaction, part)
      if (other !== null) return this.#otherSide(transaction, part.amountMinor, other, part.memo)
      const amount = this.#amount(accountId, -part.amountMinor)
      return [
        { account: this.#partAccount(transaction, part), amount, ...(part.memo === '' ? {} : { memo: part.memo }) },
      ]
    })
    if (left !== 0) postings.push({ account: this.#fixed('adjustments'), amount: this.#amount(accountId, -left) })
    return postings
  }

  #partAccount(transaction: ExportedTransaction, part: ExportedSplit): string {
    if (part.other !== null) return this.#fixed('transfers')
    const category = part.categoryId === null ? undefined : this.#names.category.get(part.categoryId)
    return category ?? this.#counter({ ...transaction, categoryId: null, amountMinor: part.amountMinor })
  }
}
