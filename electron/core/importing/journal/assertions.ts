import { compareDecimal, type Decimal } from '../../../../shared/domain/decimal.ts'
import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { RunningBalances } from './balance-entry.ts'
import type { Amount, JournalEntry, JournalEvent } from './journal-entry.ts'

/** What an account held at the end of a day, as the journal says. */
export interface Asserted {
  readonly record: number
  readonly account: string
  readonly on: IsoDate
  readonly amount: Amount
  /** The accounts below it are counted, too. */
  readonly withinToo: boolean
  /** What the entries so far lead to, where they lead to another sum. */
  readonly found: Decimal | null
}

/**
 * Balances that ledger and hledger write behind a posting ("= 100 EUR"), as balances at the end of a day: the last one of
 * the day counts, unless a posting without one follows it. ledger goes by the order of the file and hledger by the days;
 * where those differ, nothing is told, for nobody knows which was meant.
 */
export class Assertions {
  /** By account and day, then by commodity. */
  readonly #byDay = new Map<string, Map<string, Asserted>>()
  #last: IsoDate | null = null
  #isSorted = true

  /** An entry that was read, with the balances that it leads to. */
  take({ date, record, postings }: JournalEntry, balances: RunningBalances): void {
    if (this.#last !== null && date < this.#last) this.#isSorted = false
    this.#last = date
    for (const { account, amount, balance } of postings) {
      const key = `${account}\n${date}`
      const commodity = balance?.amount.commodity ?? amount?.commodity
      // a line without an amount takes whatever is missing, in whatever commodity
      if (commodity === undefined) this.#byDay.delete(key)
      else this.#byDay.get(key)?.delete(commodity)
      if (balance === null) continue
      const { withinToo } = balance
      const { quantity } = balance.amount
      const held = balances.of(account, balance.amount.commodity, withinToo)
      const found = compareDecimal(held, quantity) === 0 ? null : held
      const ofDay = this.#byDay.get(key) ?? new Map<string, Asserted>()
      ofDay.set(balance.amount.commodity, { record, account, on: date, amount: balance.amount, withinToo, found })
      this.#byDay.set(key, ofDay)
    }
  }

  all(): readonly Asserted[] {
    const all: Asserted[] = []
    if (this.#isSorted) for (const ofDay of this.#byDay.values()) for (const each of ofDay.values()) all.push(each)
    return all
  }
}

/** Beancount's balance of the beginning of a day: what the account and those below it held at the end of the day before. */
export function assertedBefore({
  record,
  account,
  date,
  amount,
}: Extract<JournalEvent, { type: 'balance' }>): Asserted {
  return { record, account, on: addDays(date, -1), amount, withinToo: true, found: null }
}
