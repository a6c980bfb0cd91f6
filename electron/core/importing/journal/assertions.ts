import {
  compareDecimal,
  type Decimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type BalancedEntry, RunningBalances } from './balance-entry.ts'
import type { Amount, JournalEntry, JournalEvent, StatedBalance } from './journal-entry.ts'

/** What an account held at the end of a day, as the journal says. */
export interface Asserted {
  readonly account: string
  readonly on: IsoDate
  readonly amount: Amount
  /** The accounts below it are counted, too. */
  readonly withinToo: boolean
}

/** A balance behind a posting that the postings up to it do not lead to. */
export interface BrokenAssertion {
  readonly record: number
  /** The line of the file it stands on. */
  readonly line: number
  readonly account: string
  readonly on: IsoDate
  readonly stated: Amount
  readonly found: Decimal
  /** What is found less what is stated. */
  readonly difference: Decimal
}

/** One posting to an account of which some balance is stated. */
interface Step {
  readonly record: number
  readonly account: string
  readonly on: IsoDate
  readonly amounts: readonly Amount[]
  readonly stated: StatedBalance | null
}

/**
 * Balances that ledger and hledger write behind a posting. Each holds at its own place: hledger counts the postings by
 * their days, those of one day in the order of the file (its manual, "Assertions and ordering"), ledger in the order of
 * the file throughout. Where the two differ, one that holds in either way is taken to be meant in that way; where a day
 * is written as only hledger reads it (`date:`), hledger's way is meant.
 *
 *   - `= 100 EUR` is about this one commodity of this one account
 *   - `== 100 EUR` also says that the account holds nothing else
 *   - `=*` and `==*` count the accounts below it, too; the "nothing else" is then about the commodities of its own
 */
export class Assertions {
  readonly #exact = new Set<string>()
  readonly #within = new Set<string>()
  readonly #steps: Step[] = []
  #isSorted = true
  #last: IsoDate | null = null
  /** Days of their own beside an amount that a balance gives, which hledger counts in another order: nothing is told. */
  #isUncertain = false
  #hasAssigned = false
  #isHledger = false

  /** An entry of a first reading: accounts of which no balance is stated need not be remembered. */
  note({ postings }: JournalEntry): void {
    for (const { account, balance, own } of postings) {
      if (own?.byTag === true) this.#isHledger = true
      if (balance !== null) (balance.withinToo ? this.#within : this.#exact).add(account)
    }
  }

  /** An entry in the order of the file, with what each of its lines does. */
  take({ date, record, postings }: JournalEntry, { amounts }: BalancedEntry): void {
    const isAssigned = postings.some(({ amount, balance }) => amount === null && balance !== null)
    for (const [at, { account, amount, balance, own }] of postings.entries()) {
      if (!this.#exact.has(account) && this.#above(account).length === 0) continue
      if (own !== undefined && isAssigned) this.#isUncertain = true
      if (amount === null && balance !== null) this.#hasAssigned = true
      const on = own?.on ?? date
      if (this.#last !== null && on < this.#last) this.#isSorted = false
      this.#last = on
      const effects = amounts.flatMap((each) => (each.at === at ? [each.amount] : []))
      this.#steps.push({ record, account, on, amounts: effects, stated: balance })
    }
  }

  /** Those that do not hold, and those that say what an account held at the end of their day. */
  solve(): { readonly broken: readonly BrokenAssertion[]; readonly kept: readonly Asserted[] } {
    // an amount that is given by the balance it leads to depends on the order
    if (this.#isUncertain || (!this.#isSorted && this.#hasAssigned)) return { broken: [], kept: [] }
    const byFile = replayed(this.#steps)
    if (this.#isSorted) return { broken: [...byFile.values()], kept: this.#ofDays(this.#steps).map(assertedOf) }
    const byDay = this.#steps.toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
    const broken = replayed(byDay)
    if (this.#isHledger) return { broken: [...broken.values()], kept: this.#ofDays(byDay).map(assertedOf) }
    return {
      broken: [...broken].flatMap(([step, each]) => (byFile.has(step) ? [each] : [])),
      kept: this.#ofDays(byDay).flatMap((step) =>
        broken.has(step.step) && !byFile.has(step.step) ? [] : [assertedOf(step)],
      ),
    }
  }

  /** The last ones of their account, commodity and day, unless a posting of the same follows. */
  #ofDays(sorted: readonly Step[]): Ending[] {
    const endings = new Map<string, Ending>()
    for (const step of sorted) {
      const { account, on, amounts, stated } = step
      for (const { quantity, commodity } of amounts) {
        if (signOfDecimal(quantity) === 0) continue
        for (const name of [account, ...this.#above(account)]) endings.delete(`${name}\n${on}\n${commodity}`)
      }
      if (stated !== null) endings.set(`${account}\n${on}\n${stated.amount.commodity}`, { step, stated })
    }
    return [...endings.values()]
  }

  /** The accounts above this one, and itself, whose balance is stated together with those below. */
  #above(account: string): string[] {
    const found: string[] = []
    if (this.#within.size === 0) return found
    for (let name = account; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf(':')))) {
      if (this.#within.has(name)) found.push(name)
    }
    return found
  }
}

interface Ending {
  readonly step: Step
  readonly stated: StatedBalance
}

function assertedOf({ step: { account, on }, stated: { amount, withinToo } }: Ending): Asserted {
  return { account, on, amount, withinToo }
}

/** The steps whose stated balance does not hold in this order. */
function replayed(steps: readonly Step[]): Map<Step, BrokenAssertion> {
  const balances = new RunningBalances()
  const broken = new Map<Step, BrokenAssertion>()
  for (const step of steps) {
    const { record, account, on, amounts, stated } = step
    for (const amount of amounts) balances.add(account, amount)
    if (stated === null) continue
    const fault = faultOf(stated, account, balances)
    if (fault === null) continue
    const difference = subtractDecimal(fault.found, fault.stated.quantity)
    broken.set(step, { record, line: stated.line, account, on, ...fault, difference })
  }
  return broken
}

function faultOf(
  { amount, isTotal, withinToo }: StatedBalance,
  account: string,
  balances: RunningBalances,
): { stated: Amount; found: Decimal } | null {
  const found = balances.of(account, amount.commodity, withinToo)
  if (compareDecimal(found, amount.quantity) !== 0) return { stated: amount, found }
  if (!isTotal) return null
  // as hledger does: what only the accounts below hold is not looked for, even where they are counted
  for (const commodity of balances.commoditiesOf(account)) {
    if (commodity === amount.commodity) continue
    const other = balances.of(account, commodity, withinToo)
    if (signOfDecimal(other) !== 0) return { stated: { quantity: ZERO, commodity }, found: other }
  }
  return null
}

/** Beancount's balance of the beginning of a day: what the account and those below it held at the end of the day before. */
export function assertedBefore({ account, date, amount }: Extract<JournalEvent, { type: 'balance' }>): Asserted {
  return { account, on: addDays(date, -1), amount, withinToo: true }
}
