import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { exponentOf } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  ONE,
  parseDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { decimalFromMinor, minorFromDecimal, type Money, money, valueOf } from '../../../../shared/domain/money.ts'

/** A holding as a statement reports it, in the account's currency. */
export interface StatedPosition {
  readonly on: IsoDate
  readonly quantity: Decimal
  readonly price: Decimal | null
  readonly valueMinor: number | null
  readonly costMinor: number | null
}

/** A trade, in the account's currency. */
export interface Trade {
  readonly on: IsoDate
  readonly kind: string
  /** Positive into the account. */
  readonly quantity: Decimal
  readonly price: Decimal | null
  /** The cash effect, fees and taxes contained: a purchase is negative. */
  readonly amountMinor: number
}

export interface QuotedPrice {
  readonly on: IsoDate
  readonly price: Decimal
  readonly currency: CurrencyCode
}

/** What is known of one security in one account, but for what others quote for it. */
export interface HoldingEvents {
  readonly currency: CurrencyCode
  readonly positions: readonly StatedPosition[]
  readonly trades: readonly Trade[]
}

export interface HoldingFacts extends HoldingEvents {
  readonly prices: readonly QuotedPrice[]
}

export interface HoldingState {
  readonly quantity: Decimal
  readonly price: Decimal | null
  readonly pricedOn: IsoDate | null
  readonly value: Money | null
  /** What was paid for what is held; in the account's currency. */
  readonly cost: Money | null
  readonly costFrom: 'trades' | 'statement' | null
}

interface Step {
  readonly on: IsoDate
  readonly quantity: Decimal
  readonly costMinor: number | null
  readonly costFrom: 'trades' | 'statement' | null
  /** The newest statement's figures so far. */
  readonly position: StatedPosition | null
}

/** Digits kept of a price that was worked out; the value itself is rounded once. */
const PRICE_DIGITS = 10

const START: Omit<Step, 'on'> = { quantity: ZERO, costMinor: 0, costFrom: 'trades', position: null }

const HUNDRED = parseDecimal('100')
const HUNDREDTH = parseDecimal('0.01')

/**
 * What a price is to be multiplied by to be the worth of one unit, as the newest trade's cash tells: 0.01 where prices
 * are per cent of the face (bonds), 100 where a unit is a contract over a hundred shares (options), else 1. Fees may lie
 * between the two, so a tenth more or less is let pass.
 */
function unitOf(trades: readonly Trade[], currency: CurrencyCode): Decimal {
  for (const { kind, quantity, price, amountMinor } of trades.toReversed()) {
    if ((kind !== 'buy' && kind !== 'sell') || price === null || amountMinor === 0) continue
    const plain = absoluteDecimal(multiplyDecimal(quantity, price))
    if (plain === ZERO) continue
    const ratio = divideDecimal(absoluteDecimal(decimalFromMinor(amountMinor, currency)), plain, 6)
    for (const unit of [HUNDREDTH, HUNDRED]) {
      const above = compareDecimal(ratio, multiplyDecimal(unit, parseDecimal('0.9'))) > 0
      const below = compareDecimal(ratio, multiplyDecimal(unit, parseDecimal('1.1'))) < 0
      if (above && below) return unit
    }
    return ONE
  }
  return ONE
}

/** Average cost: buying adds what was paid, selling takes away the same share of the cost as of the quantity. */
function afterTrade(before: Omit<Step, 'on'>, trade: Trade, unit: Decimal, currency: CurrencyCode): Step {
  const quantity = addDecimal(before.quantity, trade.quantity)
  const next = (costMinor: number | null): Step => ({
    on: trade.on,
    quantity,
    // a short position has no cost; one that is closed begins anew
    costMinor: signOfDecimal(quantity) < 0 ? null : signOfDecimal(quantity) === 0 ? 0 : costMinor,
    costFrom: signOfDecimal(quantity) === 0 ? 'trades' : before.costFrom,
    position: before.position,
  })
  if (before.costMinor === null || trade.kind === 'split') return next(before.costMinor)
  if (trade.kind === 'return-of-capital') return next(Math.max(0, before.costMinor - trade.amountMinor))
  const sign = signOfDecimal(trade.quantity)
  if (sign === 0 || trade.kind === 'dividend' || trade.kind === 'interest') return next(before.costMinor)
  if (sign > 0) {
    // shares that came without cash cost what they were worth, where the price is known
    const stated =
      trade.price === null ? null : valueOf(trade.quantity, multiplyDecimal(trade.price, unit), currency).minor
    const paid = trade.amountMinor < 0 ? -trade.amountMinor : stated
    return next(paid === null ? null : before.costMinor + paid)
  }
  const sold = negateDecimal(trade.quantity)
  if (compareDecimal(sold, before.quantity) >= 0) return next(0)
  const share = multiplyDecimal(decimalFromMinor(before.costMinor, currency), sold)
  const gone = divideDecimal(share, before.quantity, exponentOf(currency))
  return next(before.costMinor - minorFromDecimal(gone, currency).minor)
}

/** What a statement says goes before what the trades add up to; a cost that no longer fits the quantity is unknown. */
function afterPosition(before: Omit<Step, 'on'>, position: StatedPosition): Step {
  const same = compareDecimal(before.quantity, position.quantity) === 0
  const kept = same ? before.costMinor : null
  return {
    on: position.on,
    quantity: position.quantity,
    costMinor: position.costMinor ?? kept,
    costFrom: position.costMinor === null ? (kept === null ? null : before.costFrom) : 'statement',
    position,
  }
}

/** The quantity just before and just after a split: every price known before it is of the larger or smaller shares. */
interface SplitRatio {
  readonly on: IsoDate
  readonly before: Decimal
  readonly after: Decimal
}

function stepsOf(facts: HoldingEvents, unit: Decimal): { readonly steps: Step[]; readonly splits: SplitRatio[] } {
  const events = [
    ...facts.trades.map((trade) => ({ on: trade.on, order: 0, trade, position: null })),
    // a statement is of the end of its day
    ...facts.positions.map((position) => ({ on: position.on, order: 1, trade: null, position })),
  ].sort((left, right) => (left.on === right.on ? left.order - right.order : left.on < right.on ? -1 : 1))
  const steps: Step[] = []
  const splits: SplitRatio[] = []
  let state: Omit<Step, 'on'> = START
  for (const { trade, position } of events) {
    const step = trade === null ? afterPosition(state, position) : afterTrade(state, trade, unit, facts.currency)
    const [before, after] = [state.quantity, step.quantity]
    if (trade?.kind === 'split' && signOfDecimal(before) * signOfDecimal(after) > 0 && before !== after) {
      splits.push({ on: trade.on, before, after })
    }
    steps.push(step)
    state = step
  }
  return { steps, splits }
}

/** An exact fraction. */
interface Factor {
  readonly numerator: Decimal
  readonly denominator: Decimal
}

/** What a price of `since` is to be multiplied by at the end of `on`; a price of a split's own day is after the split. */
function splitFactor(splits: readonly SplitRatio[], since: IsoDate, on: IsoDate): Factor {
  let [numerator, denominator] = [ONE, ONE]
  for (const split of splits) {
    if (split.on <= since || split.on > on) continue
    numerator = multiplyDecimal(numerator, split.before)
    denominator = multiplyDecimal(denominator, split.after)
  }
  return { numerator, denominator }
}

const times = (value: Decimal, factor: Factor): Decimal =>
  factor.numerator === factor.denominator
    ? value
    : divideDecimal(multiplyDecimal(value, factor.numerator), factor.denominator, PRICE_DIGITS)

/** The last entry on or before the day, of a list by rising date. */
function lastUpTo<T extends { readonly on: IsoDate }>(list: readonly T[], on: IsoDate): T | null {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.on ?? on) <= on) low = middle + 1
    else high = middle
  }
  return list[low - 1] ?? null
}

interface Price extends QuotedPrice {
  readonly rank: number
}

/** Trades whose price is what a share was worth; a dividend's is what each share was paid. */
const PRICING_KINDS: ReadonlySet<string> = new Set(['buy', 'sell', 'reinvestment', 'security-in', 'security-out'])

/** What its statements and trades say one cost. */
function ownPricesOf({ currency, positions, trades }: HoldingEvents): Price[] {
  const prices: Price[] = []
  const add = (on: IsoDate, price: Decimal | null, rank: number): void => {
    if (price !== null && signOfDecimal(price) > 0) prices.push({ on, price, currency, rank })
  }
  for (const position of positions) add(position.on, position.price, 1)
  for (const trade of trades) if (PRICING_KINDS.has(trade.kind)) add(trade.on, trade.price, 0)
  return prices
}

/** Of one day a quoted price goes before a statement's, and that before a trade's. */
function withQuotes(own: readonly Price[], quoted: readonly QuotedPrice[]): Price[] {
  const quotes = quoted.map(({ on, price, currency }) => ({ on, price, currency, rank: 2 }))
  return [...quotes, ...own].sort((left, right) =>
    left.on === right.on ? left.rank - right.rank : left.on < right.on ? -1 : 1,
  )
}

/**
 * The value by the statement's own figures, moved with the price and the quantity since: so that a bond quoted per cent
 * of its face, or a price per hundred, is valued as its statement values it.
 */
function valueFromPosition(
  position: StatedPosition,
  quantity: Decimal,
  price: Price | null,
  splits: readonly SplitRatio[],
  on: IsoDate,
  currency: CurrencyCode,
): Money | null {
  if (position.valueMinor === null || signOfDecimal(position.quantity) === 0) return null
  const newer = price !== null && price.on > position.on
  if (newer && (position.price === null || signOfDecimal(position.price) === 0 || price.currency !== currency))
    return null
  if (!newer && compareDecimal(quantity, position.quantity) === 0) return money(position.valueMinor, currency)
  const factor = splitFactor(splits, newer ? price.on : position.on, on)
  const value = multiplyDecimal(
    multiplyDecimal(decimalFromMinor(position.valueMinor, currency), quantity),
    factor.numerator,
  )
  const moved = newer ? multiplyDecimal(value, price.price) : value
  const whole = multiplyDecimal(position.quantity, factor.denominator)
  const divisor = newer && position.price !== null ? multiplyDecimal(whole, position.price) : whole
  return money(minorFromDecimal(divideDecimal(moved, divisor, exponentOf(currency)), currency).minor, currency)
}

function valueAt(quantity: Decimal, { price, currency }: Price, { numerator, denominator }: Factor): Money {
  const value = multiplyDecimal(multiplyDecimal(quantity, price), numerator)
  return money(minorFromDecimal(divideDecimal(value, denominator, exponentOf(currency)), currency).minor, currency)
}

export interface HoldingTimeline {
  /** The state at the end of the day, or null before the first event. */
  at(on: IsoDate): HoldingState | null
}

/** One security in one account over time: quantities and costs, which do not depend on what is quoted. */
export interface HoldingBook {
  /** Valued by these prices, in any order; each day by the last one up to it. */
  quotedAt(prices: readonly QuotedPrice[]): HoldingTimeline
}

export function createHoldingTimeline({ prices, ...events }: HoldingFacts): HoldingTimeline {
  return createHoldingBook(events).quotedAt(prices)
}

export function createHoldingBook(facts: HoldingEvents): HoldingBook {
  const unit = unitOf(facts.trades, facts.currency)
  const { steps, splits } = stepsOf(facts, unit)
  const own = ownPricesOf(facts)
  return { quotedAt: (prices) => createTimeline(facts.currency, unit, steps, splits, withQuotes(own, prices)) }
}

function createTimeline(
  currency: CurrencyCode,
  unit: Decimal,
  steps: readonly Step[],
  splits: readonly SplitRatio[],
  prices: readonly Price[],
): HoldingTimeline {
  let remembered: { step: Step; price: Price | null; state: HoldingState } | null = null
  return {
    at(on) {
      const step = lastUpTo(steps, on)
      if (step === null) return null
      const price = lastUpTo(prices, on)
      if (remembered !== null && remembered.step === step && remembered.price === price) return remembered.state
      const stated =
        step.position === null ? null : valueFromPosition(step.position, step.quantity, price, splits, on, currency)
      const factor = price === null ? null : splitFactor(splits, price.on, on)
      const quoted =
        price === null || factor === null ? null : valueAt(multiplyDecimal(step.quantity, unit), price, factor)
      const positionOn = stated === null ? null : (step.position?.on ?? null)
      const state: HoldingState = {
        quantity: step.quantity,
        price: price === null || factor === null ? null : times(price.price, factor),
        pricedOn: price === null || (positionOn !== null && positionOn > price.on) ? positionOn : price.on,
        value: stated ?? quoted,
        cost: step.costMinor === null ? null : money(step.costMinor, currency),
        costFrom: step.costMinor === null ? null : step.costFrom,
      }
      remembered = { step, price, state }
      return state
    },
  }
}
