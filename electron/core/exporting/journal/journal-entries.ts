import { type CurrencyCode, exponentOf } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  roundDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { decimalFromMinor, minorFromDecimal } from '../../../../shared/domain/money.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import type {
  ExportedPosition,
  ExportedSplit,
  ExportedTrade,
  ExportedTransaction,
  TransferLeg,
} from '../../storage/repositories/export-repository.ts'
import { type ExportBook, isMergedElsewhere, mergedPart, mergedTransfer } from '../export-book.ts'
import { amountText } from '../plain-text.ts'
import type { Fact, JournalEntry, Posting, PrintedAmount } from './journal-entry.ts'
import type { FixedAccount, JournalNames } from './journal-names.ts'
import { LotQueue } from './lots.ts'

/** Minor units with all digits of the currency: 1234 fen is "12.34", also where the last digit is 0. */
export function printedMinor(minor: number, currency: CurrencyCode): PrintedAmount {
  return printedDecimal(decimalFromMinor(minor, currency), currency)
}

function printedDecimal(value: Decimal, currency: CurrencyCode): PrintedAmount {
  return { quantity: amountText(value, currency), commodity: currency }
}

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

/** The facts that an entry may carry, in their order. */
export const factKeys = [
  'id',
  'other-id',
  'time',
  'value-on',
  'reference',
  'check-number',
  'counterparty',
  'original',
  'kind',
  'security',
  'price',
  'fee',
  'tax',
  'file-category',
  'notes',
] as const

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
  readonly #queues = new Map<string, LotQueue>()
  /** Running balances of what is valued by dated values. */
  readonly #valued = new Map<number, number>()
  #last: IsoDate | null = null

  constructor(book: ExportBook, names: JournalNames, options: JournalOptions) {
    this.#book = book
    this.#names = names
    this.#lots = options.lots
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

  #queue(accountId: number, securityId: number): LotQueue {
    const key = `${accountId}/${securityId}`
    const queue = this.#queues.get(key) ?? new LotQueue()
    this.#queues.set(key, queue)
    return queue
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

  #plainEntry(on: IsoDate, narration: string, postings: readonly Posting[], facts: readonly Fact[] = []): JournalEntry {
    return { on, pending: false, payee: '', narration, code: null, tags: [], facts, postings }
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
        { account: this.#own(account.id), amount: printedMinor(minor, account.currency) },
        { account: this.#fixed('opening'), amount: printedMinor(-minor, account.currency) },
      )
    }
    if (from !== null) {
      for (const { securityId } of this.#heldBy(account.id)) {
        const queue = this.#queue(account.id, securityId)
        for (const lot of queue.lots) {
          postings.push(...this.#lotPostings(account, securityId, lot.quantity, lot.cost, 'opening', lot.on))
        }
      }
    }
    const balanced = this.#lots && postings.some(({ lot }) => lot !== undefined)
    if (balanced) postings.push({ account: this.#fixed('opening'), amount: null })
    return this.#plainEntry(on, this.#words('Opening balance', '期初余额'), postings)
  }

  #heldBy(accountId: number): { securityId: number }[] {
    return [...this.#queues.keys()].flatMap((key) => {
      const [account, security] = key.split('/')
      return Number(account) === accountId ? [{ securityId: Number(security) }] : []
    })
  }

  #addValued(accountId: number, minor: number): void {
    const balance = this.#valued.get(accountId)
    if (balance !== undefined) this.#valued.set(accountId, balance + minor)
  }

  #valuation(accountId: number, on: IsoDate, minor: number): JournalEntry | null {
    const change = minor - (this.#valued.get(accountId) ?? 0)
    if (change === 0) return null
    this.#addValued(accountId, change)
    const currency = this.#currency(accountId)
    return this.#plainEntry(on, this.#words('Valuation', '估值'), [
      { account: this.#own(accountId), amount: printedMinor(change, currency) },
      { account: this.#fixed('valuations'), amount: printedMinor(-change, currency) },
    ])
  }

  /** A security in or out at a cost, without lots balanced here; with lots by an open posting that the caller adds. */
  #lotPostings(
    account: StoredAccount,
    securityId: number,
    quantity: Decimal,
    cost: Decimal,
    counter: FixedAccount,
    on?: IsoDate,
  ): Posting[] {
    const own = this.#own(account.id)
    const amount = this.#units(quantity, securityId)
    const total = printedDecimal(cost, account.currency)
    if (this.#lots) return [{ account: own, amount, lot: { type: 'added', cost: total, ...(on && { on }) } }]
    if (signOfDecimal(cost) === 0) {
      return [
        { account: own, amount },
        { account: this.#fixed(counter), amount: this.#units(negateDecimal(quantity), securityId) },
      ]
    }
    const other = signOfDecimal(quantity) > 0 ? negateDecimal(cost) : cost
    return [
      { account: own, amount, total },
      { account: this.#fixed(counter), amount: printedDecimal(other, account.currency) },
    ]
  }

  #units(quantity: Decimal, securityId: number): PrintedAmount {
    return { quantity, commodity: this.#names.security.get(securityId) ?? `SECURITY-${securityId}` }
  }

  /** Moves a security without cash: what goes out, oldest first; what comes in, at its worth where that is known. */
  #moved(
    account: StoredAccount,
    securityId: number,
    change: Decimal,
    worth: Decimal,
    counter: FixedAccount,
    on: IsoDate,
  ): Posting[] {
    const queue = this.#queue(account.id, securityId)
    const { taken, added } = queue.divide(change)
    queue.take(taken)
    queue.add({ quantity: added, cost: worth, on })
    if (!this.#lots) return this.#lotPostings(account, securityId, change, worth, counter)
    const postings: Posting[] = []
    if (signOfDecimal(taken) !== 0) {
      postings.push({ account: this.#own(account.id), amount: this.#units(taken, securityId), lot: { type: 'taken' } })
    }
    if (signOfDecimal(added) !== 0) postings.push(...this.#lotPostings(account, securityId, added, worth, counter))
    postings.push({ account: this.#fixed(counter), amount: null })
    return postings
  }

  /** The number of shares changes, what was paid for them does not. */
  #split(account: StoredAccount, securityId: number, change: Decimal): Posting[] {
    const queue = this.#queue(account.id, securityId)
    const held = queue.quantity
    const cost = queue.cost
    const on = queue.lots[0]?.on
    const after = addDecimal(held, change)
    queue.clear()
    if (on !== undefined) queue.add({ quantity: after, cost, on })
    const own = this.#own(account.id)
    // nothing was held: what comes is new
    if (on === undefined)
      return this.#moved(account, securityId, change, ZERO, 'adjustments', this.#last ?? this.firstDay())
    if (!this.#lots) return this.#lotPostings(account, securityId, change, ZERO, 'adjustments')
    const postings: Posting[] = [
      { account: own, amount: this.#units(negateDecimal(held), securityId), lot: { type: 'taken' } },
    ]
    if (signOfDecimal(after) !== 0) {
      postings.push(...this.#lotPostings(account, securityId, after, cost, 'adjustments', on))
    }
    postings.push({ account: this.#fixed('adjustments'), amount: null })
    return postings
  }

  #position(position: ExportedPosition): JournalEntry | null {
    const { accountId, securityId, on, quantity, price, costMinor } = position
    const account = this.#accounts.get(accountId)
    if (account === undefined) return null
    const queue = this.#queue(accountId, securityId)
    const change = subtractDecimal(quantity, queue.quantity)
    if (signOfDecimal(change) === 0) return null
    const { added } = queue.divide(change)
    const known = costMinor === null ? null : subtractDecimal(decimalFromMinor(costMinor, account.currency), queue.cost)
    const worth =
      signOfDecimal(added) === 0
        ? ZERO
        : known !== null && signOfDecimal(known) >= 0
          ? known
          : price === null
            ? ZERO
            : roundDecimal(absoluteDecimal(multiplyDecimal(added, price)), exponentOf(account.currency))
    const postings = this.#moved(account, securityId, change, worth, 'adjustments', on)
    return this.#plainEntry(on, this.#words('Holding as the statement says', '按对账单调整持仓'), postings)
  }

  /** The security's side of a trade and, where there is one, the cash. */
  #trade(transaction: ExportedTransaction, trade: ExportedTrade): Posting[] {
    const { accountId, amountMinor, kind, bookedOn } = transaction
    const account = this.#accounts.get(accountId)
    if (account === undefined) return []
    const { currency } = account
    const { securityId, quantity, price } = trade
    const cash: Posting[] =
      amountMinor === 0 ? [] : [{ account: this.#own(accountId), amount: printedMinor(amountMinor, currency) }]
    const sign = signOfDecimal(quantity)
    if (sign !== 0 && sign * amountMinor < 0 && kind !== 'split') {
      return [...this.#exchanged(account, securityId, quantity, amountMinor, bookedOn), ...cash]
    }
    // securities and cash go the same way, or only one of them moves: each has its own other side
    if (amountMinor !== 0) {
      cash.push({ account: this.#counter(transaction), amount: printedMinor(-amountMinor, currency) })
    }
    if (sign === 0) return cash
    if (kind === 'split') return [...cash, ...this.#split(account, securityId, quantity)]
    const { added } = this.#queue(accountId, securityId).divide(quantity)
    const worth =
      price === null || signOfDecimal(added) <= 0 || signOfDecimal(price) <= 0
        ? ZERO
        : roundDecimal(multiplyDecimal(added, price), exponentOf(currency))
    const counter = kind === 'reinvestment' ? 'dividends' : 'transfers'
    return [...cash, ...this.#moved(account, securityId, quantity, worth, counter, bookedOn)]
  }

  /** A purchase or sale for cash. */
  #exchanged(account: StoredAccount, securityId: number, quantity: Decimal, cash: number, on: IsoDate): Posting[] {
    const { currency } = account
    const own = this.#own(account.id)
    const queue = this.#queue(account.id, securityId)
    const { taken, added } = queue.divide(quantity)
    const total = decimalFromMinor(Math.abs(cash), currency)
    const share =
      signOfDecimal(taken) === 0
        ? total
        : roundDecimal(divideDecimal(multiplyDecimal(total, added), quantity, 10), exponentOf(currency))
    queue.take(taken)
    queue.add({ quantity: added, cost: share, on })
    if (!this.#lots) {
      return [{ account: own, amount: this.#units(quantity, securityId), total: printedDecimal(total, currency) }]
    }
    const postings: Posting[] = []
    if (signOfDecimal(taken) !== 0) {
      const got = printedMinor(minorFromDecimal(subtractDecimal(total, share), currency).minor, currency)
      postings.push({ account: own, amount: this.#units(taken, securityId), lot: { type: 'taken' }, total: got })
    }
    if (signOfDecimal(added) !== 0) {
      const cost = printedDecimal(share, currency)
      postings.push({ account: own, amount: this.#units(added, securityId), lot: { type: 'added', cost } })
    }
    if (signOfDecimal(taken) !== 0) postings.push({ account: this.#fixed('gains'), amount: null })
    return postings
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
      amount: printedMinor(amountMinor, this.#currency(accountId)),
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
      facts: this.#facts(transaction, other),
      postings,
    }
  }

  #minus({ accountId, amountMinor }: ExportedTransaction): PrintedAmount {
    return printedMinor(-amountMinor, this.#currency(accountId))
  }

  /** The other own account of a transfer; what does not arrive in the same currency goes to the transfers' account. */
  #otherSide(transaction: ExportedTransaction, minor: number, other: TransferLeg, memo: string): Posting[] {
    const [from, to] = [this.#currency(transaction.accountId), this.#currency(other.accountId)]
    this.#addValued(other.accountId, other.amountMinor)
    const side: Posting = {
      account: this.#own(other.accountId),
      amount: printedMinor(other.amountMinor, to),
      ...(other.bookedOn === transaction.bookedOn ? {} : { on: other.bookedOn }),
      ...(memo === '' ? {} : { memo }),
    }
    if (from !== to) return [{ ...side, total: printedMinor(Math.abs(minor), from) }]
    const rest = -(minor + other.amountMinor)
    return rest === 0 ? [side] : [side, { account: this.#fixed('transfers'), amount: printedMinor(rest, from) }]
  }

  #parts(transaction: ExportedTransaction): Posting[] {
    const currency = this.#currency(transaction.accountId)
    let left = transaction.amountMinor
    const postings = transaction.splits.flatMap((part): Posting[] => {
      left -= part.amountMinor
      const other = mergedPart(this.#book.scope, transaction, part)
      if (other !== null) return this.#otherSide(transaction, part.amountMinor, other, part.memo)
      const amount = printedMinor(-part.amountMinor, currency)
      return [
        { account: this.#partAccount(transaction, part), amount, ...(part.memo === '' ? {} : { memo: part.memo }) },
      ]
    })
    if (left !== 0) postings.push({ account: this.#fixed('adjustments'), amount: printedMinor(-left, currency) })
    return postings
  }

  #partAccount(transaction: ExportedTransaction, part: ExportedSplit): string {
    if (part.other !== null) return this.#fixed('transfers')
    const category = part.categoryId === null ? undefined : this.#names.category.get(part.categoryId)
    return category ?? this.#counter({ ...transaction, categoryId: null, amountMinor: part.amountMinor })
  }

  #facts(transaction: ExportedTransaction, other: TransferLeg | null): Fact[] {
    const { trade, original } = transaction
    const currency = this.#currency(transaction.accountId)
    const security = trade === null ? undefined : this.#names.security.get(trade.securityId)
    const facts: (readonly [(typeof factKeys)[number], string | null])[] = [
      ['id', String(transaction.id)],
      ['other-id', other === null ? null : String(other.id)],
      ['time', transaction.time],
      ['value-on', transaction.valueOn],
      ['reference', transaction.reference],
      ['check-number', transaction.checkNumber],
      ['counterparty', transaction.counterparty],
      ['original', original === null ? null : factText(printedMinor(original.minor, original.currency))],
      ['kind', transaction.kind === 'payment' || transaction.kind === 'other' ? null : transaction.kind],
      ['security', security ?? null],
      ['price', trade?.price ?? null],
      ['fee', trade === null || trade.feeMinor === 0 ? null : factText(printedMinor(trade.feeMinor, currency))],
      ['tax', trade === null || trade.taxMinor === 0 ? null : factText(printedMinor(trade.taxMinor, currency))],
      ['file-category', transaction.sourceCategory],
      ['notes', transaction.notes],
    ]
    return facts.flatMap(([key, value]) => (value === null || value === '' ? [] : [[key, value] as const]))
  }
}

const factText = ({ quantity, commodity }: PrintedAmount): string => `${quantity} ${commodity}`

/** What each account holds at the end: a line for its cash, and one for each security. */
export function closingBalances(
  book: ExportBook,
  names: JournalNames,
): { readonly account: string; readonly amount: PrintedAmount }[] {
  const lines: { account: string; amount: PrintedAmount }[] = []
  for (const account of book.accounts) {
    const name = names.own.get(account.id) ?? ''
    const minor = book.values.get(account.id)?.at(-1)?.minor ?? book.closingMinor.get(account.id) ?? 0
    lines.push({ account: name, amount: printedMinor(minor, account.currency) })
    for (const { accountId, securityId, quantity } of book.closingHoldings) {
      if (accountId !== account.id) continue
      const commodity = names.security.get(securityId) ?? `SECURITY-${securityId}`
      lines.push({ account: name, amount: { quantity, commodity } })
    }
  }
  return lines
}
