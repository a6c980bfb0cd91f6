import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  parseDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { valueOf } from '../../../../shared/domain/money.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import type { ExportedTrade, ExportedTransaction, TransferLeg } from '../../storage/repositories/export-repository.ts'
import type { ExportBook } from '../export-book.ts'
import type { ExportReports } from '../export-reports.ts'
import { categoryPaths, minorText } from '../plain-text.ts'

const TEN = parseDecimal('10')
const RATIO_DIGITS = 8

/** One line of text. */
const line = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
const field = (code: string, text: string | null): string => {
  const clean = line(text ?? '')
  return clean === '' ? '' : `${code}${clean}\n`
}
/** A name within an L line: its brackets, slash and colon have a meaning there. */
const named = (text: string): string =>
  line(text)
    .replaceAll(/[[\]/^|]/g, '-')
    .replaceAll(':', '-')
const day = (on: IsoDate): string => `${on.slice(5, 7)}/${on.slice(8, 10)}/${on.slice(0, 4)}`

function typeOf({ kind, kindKey }: StoredAccount): string {
  if (kind.valuedBy === 'holdings') return 'Invst'
  if (kind.class === 'credit-card') return 'CCard'
  if (kind.side === 'liability') return 'Oth L'
  if (kindKey === 'cash') return 'Cash'
  return kind.class === 'cash' ? 'Bank' : 'Oth A'
}

/** Points are no money, and QIF says nothing of what an amount is in. */
const isPoints = ({ kind }: StoredAccount): boolean => kind.valuedBy === 'points'
const isWritten = (account: StoredAccount): boolean => account.kind.valuedBy !== 'valuation' && !isPoints(account)

/** Each name once. */
function unique(names: Iterable<readonly [id: number, name: string]>): ReadonlyMap<number, string> {
  const taken = new Set<string>()
  const given = new Map<number, string>()
  for (const [id, name] of names) {
    const base = name === '' ? `#${id}` : name
    let free = base
    for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${base} (${count})`
    taken.add(free.toLowerCase())
    given.set(id, free)
  }
  return given
}

class QifWriter {
  readonly #book: ExportBook
  readonly #accounts: ReadonlyMap<number, string>
  readonly #securities: ReadonlyMap<number, string>
  readonly #categories: ReadonlyMap<number, string>
  readonly #held = new Map<string, Decimal>()

  constructor(book: ExportBook) {
    this.#book = book
    // a transfer to points is no transfer of money to an account
    const money = book.accounts.filter((account) => !isPoints(account))
    this.#accounts = unique(money.map(({ id, name }) => [id, named(name)] as const))
    this.#securities = unique(
      book.securities.map(({ id, name, symbol }) => [id, named(name || (symbol ?? ''))] as const),
    )
    this.#categories = new Map(
      [...categoryPaths(book)].map(([id, path]) => [id, path.split(':').map(named).join(':')] as const),
    )
  }

  /** The lists that transactions refer to. */
  *lists(): Generator<string, void, void> {
    yield '!Type:Cat\n'
    for (const { id, kind } of this.#book.categories) {
      yield `${field('N', this.#categories.get(id) ?? '')}${kind === 'income' ? 'I' : 'E'}\n^\n`
    }
    if (this.#book.securities.length === 0) return
    yield '!Type:Security\n'
    for (const { id, symbol, isin, class: kind } of this.#book.securities) {
      yield `${field('N', this.#securities.get(id) ?? '')}${field('S', symbol ?? isin)}${field('T', kind)}^\n`
    }
  }

  *account(account: StoredAccount, told: () => void): Generator<string, void, void> {
    const type = typeOf(account)
    const name = this.#accounts.get(account.id) ?? ''
    yield `!Account\n${field('N', name)}T${type}\n${field('D', account.number)}^\n!Type:${type}\n`
    const opening = this.#book.openingMinor.get(account.id) ?? 0
    if (opening !== 0) yield this.#opening(account, name, opening, type)
    for (const transaction of this.#book.transactionsOf(account.id)) {
      told()
      yield type === 'Invst' ? this.#investment(transaction, account) : this.#bank(transaction, account)
    }
  }

  #opening(account: StoredAccount, name: string, minor: number, type: string): string {
    const { scope, spans, today } = this.#book
    const first = spans.get(account.id)?.first
    const on = scope.from ?? account.openingOn ?? first ?? scope.to ?? today
    const dated = first !== undefined && first < on && scope.from === null ? first : on
    const action = type === 'Invst' ? `N${minor < 0 ? 'XOut' : 'XIn'}\n` : ''
    const amount = minorText(type === 'Invst' ? Math.abs(minor) : minor, account.currency)
    return `D${day(dated)}\n${action}T${amount}\nPOpening Balance\nL[${name}]\n^\n`
  }

  #category(transaction: ExportedTransaction): string {
    const other = transaction.transfer?.other ?? transaction.partOf?.parent
    if (other !== undefined) return this.#transfer(other)
    return transaction.categoryId === null ? '' : (this.#categories.get(transaction.categoryId) ?? '')
  }

  #transfer({ accountId }: TransferLeg): string {
    const name = this.#accounts.get(accountId)
    return name === undefined ? '' : `[${name}]`
  }

  #head({ bookedOn, payee, memo, checkNumber }: ExportedTransaction, action?: string): string {
    return `D${day(bookedOn)}\n${field('N', action ?? checkNumber)}${field('P', payee)}${field('M', memo)}`
  }

  #bank(transaction: ExportedTransaction, { currency }: StoredAccount): string {
    const parts = transaction.splits.map(({ amountMinor, categoryId, memo, other }) => {
      const where =
        other === null ? (categoryId === null ? '' : (this.#categories.get(categoryId) ?? '')) : this.#transfer(other)
      return `S${line(where)}\n${field('E', memo)}$${minorText(amountMinor, currency)}\n`
    })
    const category = parts.length > 0 ? '' : field('L', this.#category(transaction))
    const amount = `T${minorText(transaction.amountMinor, currency)}\n`
    return `${this.#head(transaction)}${amount}${category}${parts.join('')}^\n`
  }

  #investment(transaction: ExportedTransaction, account: StoredAccount): string {
    const { trade } = transaction
    const { currency } = account
    const name = trade === null ? undefined : this.#securities.get(trade.securityId)
    if (trade === null || name === undefined) return this.#cash(transaction, account)
    const { action, also } = this.#action(transaction, trade, account)
    const units =
      signOfDecimal(trade.quantity) === 0
        ? ''
        : `Q${action === 'StkSplit' ? this.#ratio(trade, account) : absoluteDecimal(trade.quantity)}\n`
    const price = trade.price === null ? '' : `I${trade.price}\n`
    const fees = trade.feeMinor + trade.taxMinor
    const commission = fees === 0 ? '' : `O${minorText(fees, currency)}\n`
    const moves = action === 'ShrsIn' || action === 'ShrsOut' || action === 'StkSplit'
    const total = moves ? '' : `T${minorText(this.#total(transaction, trade, action, currency), currency)}\n`
    const key = `${account.id}/${trade.securityId}`
    this.#held.set(key, addDecimal(this.#held.get(key) ?? ZERO, trade.quantity))
    const record = `${this.#head(transaction, action)}Y${name}\n${price}${units}${total}${commission}^\n`
    return also ? record + this.#cash(transaction, account) : record
  }

  /** New shares for ten old ones, as Quicken writes it. */
  #ratio(trade: ExportedTrade, account: StoredAccount): Decimal {
    const before = this.#held.get(`${account.id}/${trade.securityId}`) ?? ZERO
    return divideDecimal(multiplyDecimal(addDecimal(before, trade.quantity), TEN), before, RATIO_DIGITS)
  }

  #total(
    { amountMinor }: ExportedTransaction,
    { quantity, price }: ExportedTrade,
    action: string,
    currency: CurrencyCode,
  ): number {
    if (action !== 'ReinvDiv') return action === 'Buy' || action === 'Sell' ? Math.abs(amountMinor) : amountMinor
    // no cash is left over: what the new shares are worth
    return price === null ? 0 : valueOf(quantity, price, currency).minor
  }

  #action(
    { amountMinor, kind }: ExportedTransaction,
    trade: ExportedTrade,
    account: StoredAccount,
  ): { readonly action: string; readonly also: boolean } {
    const sign = signOfDecimal(trade.quantity)
    if (sign === 0) {
      const known: Readonly<Record<string, string>> = {
        dividend: 'Div',
        interest: 'IntInc',
        'return-of-capital': 'RtrnCap',
      }
      return { action: known[kind] ?? 'Cash', also: false }
    }
    const held = this.#held.get(`${account.id}/${trade.securityId}`) ?? ZERO
    if (kind === 'split' && signOfDecimal(held) !== 0) return { action: 'StkSplit', also: amountMinor !== 0 }
    if (sign > 0 && amountMinor < 0) return { action: 'Buy', also: false }
    if (sign < 0 && amountMinor > 0) return { action: 'Sell', also: false }
    if (sign > 0 && kind === 'reinvestment' && amountMinor === 0) return { action: 'ReinvDiv', also: false }
    return { action: sign > 0 ? 'ShrsIn' : 'ShrsOut', also: amountMinor !== 0 }
  }

  #cash(transaction: ExportedTransaction, { currency }: StoredAccount): string {
    const category = this.#category(transaction)
    const { amountMinor } = transaction
    if (!category.startsWith('[')) {
      return `${this.#head(transaction, 'Cash')}T${minorText(amountMinor, currency)}\n${field('L', category)}^\n`
    }
    const amount = minorText(Math.abs(amountMinor), currency)
    return `${this.#head(transaction, amountMinor < 0 ? 'XOut' : 'XIn')}T${amount}\n${field('L', category)}$${amount}\n^\n`
  }

  *prices(): Generator<string, void, void> {
    const symbols = new Map(this.#book.securities.map(({ id, symbol }) => [id, symbol]))
    for (const { securityId, on, price } of this.#book.prices()) {
      const symbol = line(symbols.get(securityId) ?? '').replaceAll('"', '')
      if (symbol !== '') yield `!Type:Prices\n"${symbol}",${price},"${day(on)}"\n^\n`
    }
  }
}

/**
 * QIF as Quicken reads it: categories, securities, and each account with its opening balance, transactions, parts and
 * transfers; dates month first, amounts with a point. QIF has no currencies and no place for what is known by its value
 * alone or counted in points: both are told.
 */
export function* writeQif(book: ExportBook, { told, note }: ExportReports): Generator<string, void, void> {
  const left = book.accounts.filter((account) => !isWritten(account))
  const written = book.accounts.filter(isWritten)
  if (left.length > 0)
    note({ code: 'accounts-left-out', values: { accounts: left.map(({ name }) => name).join(', ') } })
  const currencies = [...new Set(written.map(({ currency }) => currency))]
  if (currencies.length > 1) note({ code: 'no-currency', values: { currencies: currencies.join(', ') } })
  if (book.positions.length > 0) note({ code: 'holdings-left-out', values: {} })
  const writer = new QifWriter(book)
  yield* writer.lists()
  for (const account of written) yield* writer.account(account, told)
  yield* writer.prices()
}
