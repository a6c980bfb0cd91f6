import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { addDecimal, type Decimal, subtractDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { kindOfCode } from '../account-kinds.ts'
import type { ParsedAccount } from '../importer.ts'
import { accountNumber, type CamtOwner, ownerOf } from './camt-detail.ts'
import { type CamtElement, elementAt, findElement, textAt } from './camt-element.ts'
import type { BookedEntry } from './camt-entry.ts'
import { amountOf, currencyIn, dayOf, directionOf, parseMoment, signed } from './camt-values.ts'

export interface CamtBalance {
  readonly amount: Decimal
  readonly currency: CurrencyCode | null
  readonly on: IsoDate | null
}

/** An entry whose currency is not its account's: whether it is to be converted shows when the statement has ended. */
export interface ForeignEntry {
  readonly record: number
  readonly entry: BookedEntry
}

const later = (left: CamtBalance, right: CamtBalance): boolean => (left.on ?? '') > (right.on ?? '')

/** One statement, report or notification while it is read. */
export class CamtStatement {
  readonly index: number
  #account: CamtElement | undefined
  #currency: CurrencyCode | null = null
  #owner: CamtOwner | undefined
  readonly #balances = new Map<string, CamtBalance>()
  limit: CamtBalance | undefined
  isAnnounced = false
  from: IsoDate | null = null
  to: IsoDate | null = null
  created: IsoDate | null = null
  /** Entries of any fate. */
  entries = 0
  booked = 0
  /** Sum of the booked entries in the account's currency. */
  sum: Decimal = ZERO
  statedEntries: number | undefined
  readonly foreign: ForeignEntry[] = []

  constructor(index: number) {
    this.index = index
  }

  get currency(): CurrencyCode | null {
    return this.#currency
  }

  get owner(): CamtOwner {
    this.#owner ??= ownerOf(
      accountNumber(this.#account),
      textAt(this.#account, 'Ownr', 'Nm') ?? textAt(this.#account, 'Ownr', 'Pty', 'Nm'),
    )
    return this.#owner
  }

  /** The day for an entry that has none. */
  get day(): IsoDate | null {
    return this.closing?.on ?? this.to ?? this.created
  }

  takeAccount(account: CamtElement): void {
    if (this.#account !== undefined) return
    this.#account = account
    this.suggestCurrency(currencyIn(textAt(account, 'Ccy')))
  }

  /** The first to say it decides: the account, its balances, its entries. */
  suggestCurrency(currency: CurrencyCode | null): void {
    if (!this.isAnnounced) this.#currency ??= currency
  }

  takePeriod(period: CamtElement): void {
    const day = (...names: readonly string[]): IsoDate | null => {
      for (const name of names) {
        const text = textAt(period, name)
        const date = text === undefined ? undefined : parseMoment(text)?.date
        if (date !== undefined) return date
      }
      return null
    }
    this.from ??= day('FrDtTm', 'FrDt')
    this.to ??= day('ToDtTm', 'ToDt')
  }

  takeSummary(summary: CamtElement): void {
    const text = textAt(summary, 'TtlNtries', 'NbOfNtries')
    if (text !== undefined && /^\d{1,9}$/.test(text)) this.statedEntries = Number(text)
  }

  /** Reads Bal. Answers what is wrong with it, if something is. */
  takeBalance(element: CamtElement): string | null {
    const type = elementAt(element, 'Tp')
    const choice = elementAt(type, 'CdOrPrtry') ?? type
    const code = (textAt(choice, 'Cd') ?? textAt(choice, 'Prtry') ?? '').toUpperCase()
    const amountElement = elementAt(element, 'Amt')
    const stated = amountOf(amountElement)
    if (stated === null) return (textAt(amountElement) ?? '').slice(0, 40)
    const on = dayOf(elementAt(element, 'Dt'))
    const direction = directionOf(textAt(element, 'CdtDbtInd')) ?? 'credit'
    const balance: CamtBalance = { amount: signed(stated.amount, direction), currency: stated.currency, on }
    this.suggestCurrency(stated.currency)
    this.#keep(code, balance)
    const limit = amountOf(findElement(elementAt(element, 'CdtLine'), 'Amt'))
    if (limit !== null && limit.amount !== ZERO) this.limit ??= { ...limit, on }
    return null
  }

  /** A statement over several days may repeat a balance for each: the first opening and the last closing count. */
  #keep(code: string, balance: CamtBalance): void {
    if (balance.currency !== null && this.#currency !== null && balance.currency !== this.#currency) return
    const known = this.#balances.get(code)
    const isOpening = code === 'OPBD' || code === 'PRCD'
    const isBetter = known !== undefined && (isOpening ? later(known, balance) : later(balance, known))
    if (known === undefined || isBetter) this.#balances.set(code, balance)
  }

  get opening(): CamtBalance | undefined {
    return this.#balances.get('OPBD') ?? this.#balances.get('PRCD')
  }

  get closing(): CamtBalance | undefined {
    return this.#balances.get('CLBD') ?? this.#balances.get('ITBD')
  }

  get available(): CamtBalance | undefined {
    return this.#balances.get('CLAV') ?? this.#balances.get('ITAV')
  }

  /** Closing less opening less booked entries; null where a balance is missing. Zero is a statement that adds up. */
  difference(): Decimal | null {
    const { opening, closing } = this
    if (opening === undefined || closing === undefined) return null
    return subtractDecimal(subtractDecimal(closing.amount, opening.amount), this.sum)
  }

  addBooked(amount: Decimal): void {
    this.booked += 1
    this.sum = addDecimal(this.sum, amount)
  }

  describe(): ParsedAccount {
    const account = this.#account
    const number = accountNumber(account)
    const name = textAt(account, 'Nm') ?? textAt(account, 'Ownr', 'Nm') ?? textAt(account, 'Ownr', 'Pty', 'Nm')
    const servicer = elementAt(account, 'Svcr', 'FinInstnId')
    const institution =
      textAt(servicer, 'Nm') ??
      textAt(servicer, 'CmbndId', 'Nm') ??
      textAt(servicer, 'BICFI') ??
      textAt(servicer, 'BIC') ??
      textAt(servicer, 'CmbndId', 'BIC') ??
      textAt(servicer, 'ClrSysMmbId', 'MmbId') ??
      textAt(servicer, 'Othr', 'Id')
    const kind = kindOfCode('camt-account-type', textAt(account, 'Tp', 'Cd') ?? '')
    return {
      ...(number === undefined ? {} : { number }),
      ...(name === undefined ? {} : { name }),
      ...(institution === undefined ? {} : { institution }),
      ...(kind === undefined ? {} : { kind }),
    }
  }
}
