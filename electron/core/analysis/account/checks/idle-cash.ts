import { type Decimal, multiplyDecimal } from '../../../../../shared/domain/decimal.ts'
import { decimalFromMinor, minorFromDecimal, type Money } from '../../../../../shared/domain/money.ts'

/** The least of the balances, never below zero; nothing for none. */
export function idleMinor(balances: readonly number[]): number {
  return balances.length === 0 ? 0 : Math.max(0, Math.min(...balances))
}

/**
 * What a year at the reference rate would bring on the idle amount beyond what the account earned, in its minor units,
 * rounded half to even; never negative: an account that earns more is simply none of the matter.
 */
export function yearlyDifference(idle: Money, earnedMinor: number, rate: Decimal): number {
  const could = minorFromDecimal(
    multiplyDecimal(decimalFromMinor(idle.minor, idle.currency), rate),
    idle.currency,
  ).minor
  return Math.max(0, could - Math.max(0, earnedMinor))
}
