import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { exponentOf, parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  type Decimal,
  divideDecimal,
  divideRounded,
  multiplyDecimal,
  ONE,
  signOfDecimal,
  unitsAtScale,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { decimalFromMinor, type Money, money } from '../../../../shared/domain/money.ts'
import type { RateNote } from '../../../../shared/model/figures.ts'

/** How rates entered by hand are marked. */
export const MANUAL_SOURCE = 'manual'

export interface KnownRate {
  /** Units of the quote currency for one unit of the base currency. */
  readonly rate: Decimal
  readonly on: IsoDate
  readonly source: string
}

/** Where rates come from; the vault's table behind it, or a list in a test. */
export interface RateSource {
  readonly pairs: readonly { readonly base: CurrencyCode; readonly quote: CurrencyCode }[]
  /** The newest rate of exactly this pair on or before the day. */
  latest(base: CurrencyCode, quote: CurrencyCode, on: IsoDate): KnownRate | null
}

export interface Converted {
  readonly value: Money
  /** The day of the oldest rate that was used; null where no rate was needed. */
  readonly rateOn: IsoDate | null
}

export interface Converter {
  /** The amount in the target currency at the rate of the day, rounded once (half to even); null where no rate is known. */
  convert(value: Money, target: CurrencyCode, on: IsoDate): Converted | null
  /** The same for many amounts of one day; null where no rate is known. */
  rateOf(currency: CurrencyCode, target: CurrencyCode, on: IsoDate): DayRate | null
}

/** One day's rate, for many amounts: each is what `convert` would make of it. */
export interface DayRate {
  /** The day of the oldest rate that was used; null where no rate was needed. */
  readonly on: IsoDate | null
  /** Minor units of the target currency, rounded once (half to even); null where they are absurdly many. */
  convert(minor: number): number | null
}

/** An exact rate as a fraction, so that an inverse or a cross rate loses nothing before the one rounding. */
interface Fraction {
  readonly numerator: Decimal
  readonly denominator: Decimal
  readonly on: IsoDate
  readonly manual: boolean
  readonly legs: number
}

/** Above this many minor units sums over a household could no longer be held exactly. */
const LARGEST_CONVERTED = 4_503_599_627_370_496n

const PIVOT = parseCurrencyCode('EUR')

/** "12.50" is 1250 at scale 2. */
function wholeAndScale(value: Decimal): { units: bigint; scale: number } {
  const point = value.indexOf('.')
  const scale = point === -1 ? 0 : value.length - point - 1
  return { units: BigInt(value.replace('.', '')), scale }
}

/** The newer one; on the same day the one by hand, then the one with fewer steps, then the first. */
function better(left: Fraction | null, right: Fraction | null): Fraction | null {
  if (left === null || right === null) return left ?? right
  if (left.on !== right.on) return left.on > right.on ? left : right
  if (left.manual !== right.manual) return left.manual ? left : right
  return right.legs < left.legs ? right : left
}

function chain(left: Fraction | null, right: Fraction | null): Fraction | null {
  if (left === null || right === null) return null
  return {
    numerator: multiplyDecimal(left.numerator, right.numerator),
    denominator: multiplyDecimal(left.denominator, right.denominator),
    on: left.on < right.on ? left.on : right.on,
    manual: left.manual || right.manual,
    legs: left.legs + right.legs,
  }
}

/**
 * Converts by date. A pair is found directly, inverted, or through others: first of all EUR, the base of the ECB's
 * table, then by their codes. Of several ways the one with the newest rates is taken, of equal ones the first in that
 * order, so that the order in which rates came changes no figure; a rate by hand wins on its day and until a newer one
 * is known. A day without a rate takes the last one before it.
 */
export function createConverter(rates: RateSource): Converter {
  const neighbours = new Map<CurrencyCode, Set<CurrencyCode>>()
  const join = (from: CurrencyCode, to: CurrencyCode): void => {
    const known = neighbours.get(from)
    if (known === undefined) neighbours.set(from, new Set([to]))
    else known.add(to)
  }
  for (const { base, quote } of rates.pairs) {
    join(base, quote)
    join(quote, base)
  }
  const byName = (left: CurrencyCode, right: CurrencyCode): number => (left < right ? -1 : 1)
  const euroFirst = (codes: Iterable<CurrencyCode>): CurrencyCode[] =>
    [...codes].sort((left, right) => Number(right === PIVOT) - Number(left === PIVOT) || byName(left, right))
  const ways = new Map([...neighbours].map(([from, others]) => [from, euroFirst(others)]))
  const memory = new Map<string, Fraction | null>()

  function leg(from: CurrencyCode, to: CurrencyCode, on: IsoDate): Fraction | null {
    if (neighbours.get(from)?.has(to) !== true) return null
    const direct = rates.latest(from, to, on)
    const inverse = rates.latest(to, from, on)
    const usable = (known: KnownRate | null): known is KnownRate => known !== null && signOfDecimal(known.rate) > 0
    return better(
      usable(direct)
        ? {
            numerator: direct.rate,
            denominator: ONE,
            on: direct.on,
            manual: direct.source === MANUAL_SOURCE,
            legs: 1,
          }
        : null,
      usable(inverse)
        ? {
            numerator: ONE,
            denominator: inverse.rate,
            on: inverse.on,
            manual: inverse.source === MANUAL_SOURCE,
            legs: 1,
          }
        : null,
    )
  }

  /** In at most two steps, through EUR or any other currency that has a rate with both. */
  function short(from: CurrencyCode, to: CurrencyCode, on: IsoDate): Fraction | null {
    let best = leg(from, to, on)
    for (const pivot of ways.get(from) ?? []) {
      if (pivot === to || neighbours.get(pivot)?.has(to) !== true) continue
      best = better(best, chain(leg(from, pivot, on), leg(pivot, to, on)))
    }
    return best
  }

  function find(from: CurrencyCode, to: CurrencyCode, on: IsoDate): Fraction | null {
    const near = short(from, to, on)
    // a currency that is only tied to another one by hand still reaches every other through EUR
    if (near !== null || from === PIVOT || to === PIVOT) return near
    return chain(short(from, PIVOT, on), short(PIVOT, to, on))
  }

  function rateOf(from: CurrencyCode, to: CurrencyCode, on: IsoDate): Fraction | null {
    const key = `${from}${to}${on}`
    const known = memory.get(key)
    if (known !== undefined) return known
    const found = find(from, to, on)
    memory.set(key, found)
    return found
  }

  function dayRate(currency: CurrencyCode, target: CurrencyCode, on: IsoDate): DayRate | null {
    if (currency === target) return { on: null, convert: (minor) => minor }
    const rate = rateOf(currency, target, on)
    if (rate === null) return null
    const scale = exponentOf(target) - exponentOf(currency)
    const [above, below] = [wholeAndScale(rate.numerator), wholeAndScale(rate.denominator)]
    const numerator = above.units * 10n ** BigInt(below.scale + Math.max(scale, 0))
    const denominator = below.units * 10n ** BigInt(above.scale + Math.max(-scale, 0))
    return {
      on: rate.on,
      convert(minor) {
        const units = divideRounded(BigInt(minor) * numerator, denominator, 'half-even')
        return units > LARGEST_CONVERTED || units < -LARGEST_CONVERTED ? null : Number(units)
      },
    }
  }

  return {
    rateOf: dayRate,
    convert(value, target, on) {
      if (value.currency === target) return { value, rateOn: null }
      const rate = rateOf(value.currency, target, on)
      if (rate === null) return null
      const product = multiplyDecimal(decimalFromMinor(value.minor, value.currency), rate.numerator)
      const { units } = unitsAtScale(
        divideDecimal(product, rate.denominator, exponentOf(target)),
        exponentOf(target),
        'half-even',
      )
      // an absurd rate is none: better told as missing than no figure at all
      if (units > LARGEST_CONVERTED || units < -LARGEST_CONVERTED) return null
      return { value: money(Number(units), target), rateOn: rate.on }
    },
  }
}

/** Converts amounts of one day to the base currency and remembers which rates were not of that day, or missing. */
export class BaseTally {
  readonly base: CurrencyCode
  readonly on: IsoDate
  readonly #converter: Converter
  readonly #notes = new Map<CurrencyCode, IsoDate | null>()

  constructor(converter: Converter, base: CurrencyCode, on: IsoDate) {
    this.#converter = converter
    this.base = base
    this.on = on
  }

  /** The amount in the base currency, or null where no rate is known: it is then left out and told in the notes. */
  convert(value: Money): Converted | null {
    const converted = this.#converter.convert(value, this.base, this.on)
    // nothing is nothing in any currency
    if (converted === null && value.minor === 0) return { value: money(0, this.base), rateOn: null }
    const rateOn = converted === null ? null : converted.rateOn
    if (value.currency !== this.base && value.minor !== 0 && rateOn !== this.on) this.#notes.set(value.currency, rateOn)
    return converted
  }

  /** One note for each currency, by its code. */
  notes(): RateNote[] {
    return [...this.#notes]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([currency, usedRateOn]) => ({ currency, usedRateOn }))
  }
}
