import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { BookTransaction, Posting } from '../double-entry/book.ts'
import type { JournalCommodities } from './journal-commodities.ts'
import { type Amount, type JournalEntry, JournalFault, type JournalPosting } from './journal-entry.ts'

/** Digits kept of a value that is worked out by an entry's own rate. */
const VALUE_DIGITS = 10

interface Weighed {
  readonly posting: JournalPosting
  readonly amount: Amount
  /** What it balances with; null where only the lots before it could tell. */
  readonly weight: Amount | null
  /** Of one unit, where the weight is a lot's cost and the price stands beside it. */
  readonly price: Decimal | null
}

/** Balances of the journal so far, for amounts that are given by the balance they lead to. */
export class RunningBalances {
  readonly #balances = new Map<string, Map<string, Decimal>>()

  add(account: string, { quantity, commodity }: Amount): void {
    const balances = this.#balances.get(account) ?? new Map<string, Decimal>()
    balances.set(commodity, addDecimal(balances.get(commodity) ?? ZERO, quantity))
    this.#balances.set(account, balances)
  }

  /** Commodities that the account itself holds or has held. */
  commoditiesOf(account: string): Iterable<string> {
    return this.#balances.get(account)?.keys() ?? []
  }

  of(account: string, commodity: string, withinToo: boolean): Decimal {
    let sum = this.#balances.get(account)?.get(commodity) ?? ZERO
    if (!withinToo) return sum
    for (const [name, balances] of this.#balances) {
      if (name.startsWith(`${account}:`)) sum = addDecimal(sum, balances.get(commodity) ?? ZERO)
    }
    return sum
  }
}

function timesPrice({ quantity }: Amount, price: Amount, isTotal: boolean): Amount {
  if (!isTotal) return { quantity: multiplyDecimal(quantity, price.quantity), commodity: price.commodity }
  const size = absoluteDecimal(price.quantity)
  return { quantity: signOfDecimal(quantity) < 0 ? negateDecimal(size) : size, commodity: price.commodity }
}

/** By the lot's cost where it has one and that is asked for, else by the price, else by the amount itself. */
function weigh(posting: JournalPosting, amount: Amount, byLot: boolean): Weighed {
  const { lot, price } = posting
  const priced = price === null ? null : timesPrice(amount, price.amount, price.isTotal)
  if (!byLot || lot === null) return { posting, amount, weight: priced ?? amount, price: null }
  if (lot.amount === null) return { posting, amount, weight: null, price: unitPrice(priced, amount) }
  return { posting, amount, weight: timesPrice(amount, lot.amount, lot.isTotal), price: unitPrice(priced, amount) }
}

function unitPrice(priced: Amount | null, { quantity }: Amount): Decimal | null {
  if (priced === null || signOfDecimal(quantity) === 0) return null
  return absoluteDecimal(divideDecimal(priced.quantity, quantity, VALUE_DIGITS))
}

function sumsOf(weighed: readonly Weighed[]): Map<string, Decimal> {
  const sums = new Map<string, Decimal>()
  for (const { weight } of weighed) {
    if (weight !== null) sums.set(weight.commodity, addDecimal(sums.get(weight.commodity) ?? ZERO, weight.quantity))
  }
  return sums
}

const openSums = (sums: ReadonlyMap<string, Decimal>): (readonly [string, Decimal])[] =>
  [...sums].filter(([, sum]) => signOfDecimal(sum) !== 0)

/** The postings of one group with what the open one gets. Throws JournalFault where two are open. */
function complete(postings: readonly JournalPosting[], byLot: boolean): Weighed[] {
  const open = postings.filter(({ amount }) => amount === null)
  if (open.length > 1) {
    throw new JournalFault('missing-amount', 'More than one line of the entry has no amount.')
  }
  const weighed = postings.flatMap((posting) =>
    posting.amount === null ? [] : [weigh(posting, posting.amount, byLot)],
  )
  const [posting] = open
  if (posting === undefined) return weighed
  // without the cost of what was sold nobody can tell what is left for the open line
  if (weighed.some(({ weight }) => weight === null)) return weighed
  const rest = openSums(sumsOf(weighed))
  const commodity = weighed[0]?.weight?.commodity ?? ''
  const missing = rest.length === 0 ? [[commodity, ZERO] as const] : rest
  const found = missing.map(([name, sum]): Weighed => {
    const amount = { quantity: negateDecimal(sum), commodity: name }
    return { posting, amount, weight: amount, price: null }
  })
  // where it was written
  const index = postings.indexOf(posting)
  return [...weighed.slice(0, index), ...found, ...weighed.slice(index)]
}

/** ledger and Beancount balance a sale at its lot's cost, hledger at its price: the one that adds up is meant. */
function settled(postings: readonly JournalPosting[]): Weighed[] {
  const byLot = complete(postings, true)
  if (!postings.some(({ lot, price }) => lot !== null && price !== null)) return byLot
  if (openSums(sumsOf(byLot)).length === 0) return byLot
  const byPrice = complete(postings, false)
  return openSums(sumsOf(byPrice)).length === 0 ? byPrice : byLot
}

/** What all is counted in: the one commodity of the weights; of two without a price, that of the first that is money. */
function counted(
  weighed: readonly Weighed[],
  commodities: JournalCommodities,
): { readonly unit: string; readonly rates: ReadonlyMap<string, Decimal | null> } {
  const sums = sumsOf(weighed)
  const names = [...sums.keys()]
  const unit =
    names.find((name) => commodities.of(name).type === 'currency' && signOfDecimal(sums.get(name) ?? ZERO) !== 0) ??
    names.find((name) => commodities.of(name).type === 'currency') ??
    names[0] ??
    ''
  const open = openSums(sums)
  const rates = new Map<string, Decimal | null>()
  for (const name of names) {
    const [own, others] = [sums.get(name) ?? ZERO, open.filter(([other]) => other !== unit)]
    const whole = sums.get(unit) ?? ZERO
    const isImplied = name !== unit && others.length === 1 && others[0]?.[0] === name && signOfDecimal(whole) !== 0
    rates.set(name, isImplied ? divideDecimal(negateDecimal(whole), own, 20) : null)
  }
  return { unit, rates }
}

function valueOf({ weight }: Weighed, unit: string, rates: ReadonlyMap<string, Decimal | null>): Decimal | null {
  if (weight === null) return null
  if (weight.commodity === unit) return weight.quantity
  const rate = rates.get(weight.commodity)
  if (rate === null || rate === undefined) return null
  const exact = multiplyDecimal(weight.quantity, rate)
  return divideDecimal(exact, '1' as Decimal, VALUE_DIGITS)
}

/** Fills in what each line's balance asks for, line by line, and keeps the balances. */
function withBalances(postings: readonly JournalPosting[], balances: RunningBalances): JournalPosting[] {
  const within = new RunningBalances()
  return postings.map((posting) => {
    const { account, amount, balance } = posting
    const reached =
      amount !== null || balance === null
        ? amount
        : {
            quantity: subtractDecimal(
              subtractDecimal(
                balance.amount.quantity,
                balances.of(account, balance.amount.commodity, balance.withinToo),
              ),
              within.of(account, balance.amount.commodity, balance.withinToo),
            ),
            commodity: balance.amount.commodity,
          }
    if (reached !== null) within.add(account, reached)
    return reached === amount ? posting : { ...posting, amount: reached }
  })
}

function transactionOf(
  entry: JournalEntry,
  weighed: readonly Weighed[],
  commodities: JournalCommodities,
): BookTransaction {
  const { unit, rates } = counted(weighed, commodities)
  const { record, date, otherDate, isPending, code, payee, memo, tags } = entry
  const currency = commodities.currencyOf(unit)
  const postings = weighed.map((each): Posting => {
    const { posting, amount, price } = each
    const commodity = commodities.of(amount.commodity)
    // shares that only move from one account to another tell nothing of what they are worth
    const isUntold = commodity.type === 'security' && amount.commodity === unit
    return {
      account: posting.account,
      commodity,
      quantity: amount.quantity,
      value: isUntold ? null : valueOf(each, unit, rates),
      ...(price === null ? {} : { price }),
      ...(posting.memo === '' ? {} : { memo: posting.memo }),
      ...(posting.own === undefined ? {} : { date: posting.own.on }),
    }
  })
  return {
    record,
    date,
    ...(otherDate === null ? {} : { valueDate: otherDate }),
    ...(isPending ? { status: 'pending' } : {}),
    ...(payee === '' ? {} : { payee }),
    ...(memo === '' ? {} : { memo }),
    ...(/^\d+$/.test(code) ? { checkNumber: code } : code === '' ? {} : { reference: code }),
    ...(tags.length === 0 ? {} : { tags }),
    currency,
    postings,
  }
}

/** An entry that adds up. */
export interface BalancedEntry {
  /** The first is the entry; the others are its virtual lines and go with it. */
  readonly transactions: readonly BookTransaction[]
  /** What each line does to its account; `at` is its place among the entry's postings. */
  readonly amounts: readonly { readonly account: string; readonly amount: Amount; readonly at: number }[]
}

/**
 * An entry as transactions of a book: its real lines, those in [brackets], and each line in (parentheses), which need
 * not balance, by itself. Throws JournalFault.
 */
export function balanceEntry(
  entry: JournalEntry,
  commodities: JournalCommodities,
  balances: RunningBalances,
): BalancedEntry {
  const postings = withBalances(entry.postings, balances)
  const of = (virtual: JournalPosting['virtual']): JournalPosting[] =>
    postings.filter((each) => each.virtual === virtual)
  const [main, bracketed] = [settled(of('no')), settled(of('balanced'))]
  const loose = of('unbalanced').flatMap((posting) =>
    posting.amount === null ? [] : [weigh(posting, posting.amount, true)],
  )
  const places = new Map(postings.map((posting, at) => [posting, at]))
  const amounts = [...main, ...bracketed, ...loose].map(({ posting, amount }) => {
    return { account: posting.account, amount, at: places.get(posting) ?? 0 }
  })
  for (const { account, amount } of amounts) balances.add(account, amount)
  const groups = [main, bracketed, ...loose.map((each) => [each])].filter((group) => group.length > 0)
  const transactions = (groups.length === 0 ? [[]] : groups).map((group) => transactionOf(entry, group, commodities))
  return { transactions, amounts }
}
