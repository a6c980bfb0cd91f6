import { divideRounded } from '../../../../../shared/domain/decimal.ts'
import { daysBetween, type IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { safeMinor } from '../../../../../shared/domain/money.ts'
import type { BudgetState, Rollover } from '../../../../../shared/model/budget.ts'

/** spent ÷ available in hundredths of a per cent, rounded down, never below 0; null where nothing is available. */
export function usedShare(spentMinor: number, availableMinor: number): number | null {
  if (availableMinor <= 0) return null
  return Number(divideRounded(BigInt(Math.max(0, spentMinor)) * 10_000n, BigInt(availableMinor), 'down'))
}

/** How far a budget is used: it is near its end from `alertPercent` on, and over only where more was spent than there was. */
export function budgetState(spentMinor: number, availableMinor: number, alertPercent: number): BudgetState {
  if (spentMinor > availableMinor) return 'over'
  const share = usedShare(spentMinor, availableMinor)
  if (share === null) return 'within'
  if (spentMinor === availableMinor) return 'used-up'
  return share >= alertPercent * 100 ? 'near' : 'within'
}

/**
 * What the period comes to if it goes on as up to today: spent × days of the period ÷ days gone, today included. Null
 * before a seventh of it has passed, for until then one rent would make a disaster of it, and outside the period.
 */
export function projectSpending(spentMinor: number, from: IsoDate, to: IsoDate, today: IsoDate): number | null {
  if (today < from || today > to) return null
  const gone = daysBetween(from, today) + 1
  const days = daysBetween(from, to) + 1
  if (gone * 7 < days) return null
  if (spentMinor <= 0) return spentMinor
  return safeMinor(divideRounded(BigInt(spentMinor) * BigInt(days), BigInt(gone), 'half-up'))
}

/** What of a period's end goes on into the next under this rule. */
export function carriedOn(leftMinor: number, rollover: Rollover): number {
  const kept =
    leftMinor > 0 ? rollover === 'rest' || rollover === 'both' : rollover === 'overspending' || rollover === 'both'
  return kept ? leftMinor : 0
}
