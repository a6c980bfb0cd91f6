import { type CurrencyCode, exponentOf } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  roundDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { type CashConventions, chargesOf, totalOf, tradeValue } from './cash-conventions.ts'
import { fiatOf } from './figure.ts'
import type { RowFacts } from './row-facts.ts'
import type { Sum } from './sum.ts'
import type { Effect } from './vocabulary.ts'

/** To the minor unit of the currency; cents where it is not known. */
export const rounded = (value: Decimal, currency: CurrencyCode | null): Decimal =>
  roundDecimal(value, currency === null ? 2 : exponentOf(currency))

/** Fees in money of that currency; those of an unknown currency count as of the same. */
export const feesIn = (sums: readonly Sum[], currency: CurrencyCode | null): readonly Sum[] =>
  sums.filter((sum) => sum.currency === null || currency === null || sum.currency === currency)

const feesElsewhere = (sums: readonly Sum[], currency: CurrencyCode | null): readonly Sum[] =>
  sums.filter((sum) => sum.currency !== null && currency !== null && sum.currency !== currency)

const NO_CHARGES: readonly Sum[] = []

/** A charge as it acts on cash: negative where it costs. */
function chargeEffect(sums: readonly Sum[], how: CashConventions): Decimal {
  const total = totalOf(sums)
  return how.charges === 'effect' ? total : negateDecimal(total)
}

function withSign(written: Decimal, effect: Effect, how: CashConventions): Decimal {
  if (how.sign === 'inverted') return negateDecimal(written)
  if (how.sign === 'written') return written
  return effect.cash === 'out' ? negateDecimal(absoluteDecimal(written)) : written
}

/** What a row does to the cash. */
export interface Cash {
  readonly amount: Decimal
  readonly currency: CurrencyCode | null
  /** Money charged in another currency, to be booked by itself. */
  readonly elsewhere: readonly Sum[]
}

/** What the row does to the cash, or null where it does not say. */
export function cashOf(facts: RowFacts, effect: Effect, how: CashConventions): Cash | null {
  const { net, fees, taxes, price } = facts
  if (effect.cash === 'none')
    return { amount: ZERO, currency: facts.currency ?? price?.currency ?? null, elsewhere: NO_CHARGES }
  const charges = [...fees, ...taxes]
  const trade = effect.kind === 'buy' || effect.kind === 'sell' || effect.kind === 'reinvestment'
  const worth = tradeValue(facts)
  const empty = net === null || (trade && signOfDecimal(net.value) === 0 && worth !== null && worth !== ZERO)
  if (!empty) {
    const currency = net.currency ?? facts.currency
    const amount = withSign(net.value, effect, how)
    const charged = (how.feesKnown ? null : chargesOf(facts)) ?? how.fees
    if (charged === 'contained') return { amount, currency, elsewhere: NO_CHARGES }
    const here = feesIn(charges, currency)
    return {
      amount: addDecimal(amount, chargeEffect(here, how)),
      currency,
      elsewhere: feesElsewhere(charges, currency),
    }
  }
  const base = grossOf(facts, effect, worth)
  if (base !== null) {
    const outward = effect.cash === 'out' || (effect.cash === 'written' && signOfDecimal(base.value) < 0)
    const plain = outward ? negateDecimal(absoluteDecimal(base.value)) : absoluteDecimal(base.value)
    const amount = addDecimal(plain, negateDecimal(absoluteDecimal(totalOf(feesIn(charges, base.currency)))))
    return {
      amount: rounded(amount, base.currency),
      currency: base.currency ?? facts.currency,
      elsewhere: feesElsewhere(charges, base.currency),
    }
  }
  // a fee or a tax whose figure stands in the column of fees or taxes
  if (charges.length > 0 && (effect.kind === 'fee' || effect.kind === 'tax')) {
    const currency = charges[0]?.currency ?? facts.currency
    return { amount: chargeEffect(feesIn(charges, currency), how), currency, elsewhere: NO_CHARGES }
  }
  if (net !== null) return { amount: net.value, currency: net.currency ?? facts.currency, elsewhere: NO_CHARGES }
  return effect.cash === 'written' && facts.security !== null && facts.quantity !== null
    ? { amount: ZERO, currency: facts.currency, elsewhere: NO_CHARGES }
    : null
}

/** What a trade was worth before fees: the column that says so, else quantity × price. */
function grossOf(facts: RowFacts, effect: Effect, worth: Decimal | null): Sum | null {
  const { gross, price, security, quantity } = facts
  if (gross !== null && signOfDecimal(gross.value) !== 0) return gross
  if (worth !== null && worth !== ZERO) {
    // a contract's price is of one of its hundred shares, or of how many the file does not say
    if (security?.class === 'option' && facts.multiplier === null) return null
    return { value: rounded(worth, price?.currency ?? null), currency: price?.currency ?? facts.currency }
  }
  if (quantity !== null && effect.units === 'none' && price === null) {
    // money that is counted in the column of quantities
    if (security === null) return { value: quantity, currency: facts.currency }
    const money = security.isin === undefined && security.symbol !== undefined ? fiatOf(security.symbol) : null
    if (money !== null) return { value: quantity, currency: money }
  }
  return gross
}
