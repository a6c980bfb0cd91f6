import { daysBetween, type IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { medianMinor, middleOf } from '../budget/suggest-budgets.ts'

/** A payment out, magnitudes in its account's minor units. */
export interface Payment {
  readonly id: number
  readonly accountId: number
  readonly on: IsoDate
  readonly payee: string
  readonly minor: number
}

/** Fewer earlier payments say nothing about what is usual. */
export const LEAST_PAYEE_HISTORY = 6
export const LEAST_CATEGORY_HISTORY = 12
/** Days within which the same charge looks like a mistake. */
export const TWICE_WITHIN_DAYS = 3

/**
 * Whether an amount stands out above earlier ones: its modified z-score 0.6745 × (amount − median) ÷ MAD is above 3.5
 * (B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers, 1993), and it is at least half as large again as the
 * median. The spread counts as at least a twentieth of the median: of payments that never differ a cent more is no news.
 */
export function standsOut(minor: number, earlier: readonly number[]): { usualMinor: number } | null {
  if (earlier.length === 0) return null
  const usualMinor = medianMinor(earlier)
  const spread = Math.max(
    medianMinor(earlier.map((amount) => Math.abs(amount - usualMinor))),
    Math.abs(usualMinor) / 20,
    1,
  )
  const score = (0.6745 * (minor - usualMinor)) / spread
  return score > 3.5 && minor * 2 >= usualMinor * 3 ? { usualMinor } : null
}

/** As `standsOut`, against a whole category, where amounts differ widely: it must be three times the median and the largest. */
export function standsOutInCategory(minor: number, earlier: readonly number[]): { usualMinor: number } | null {
  // the cheap question first: few payments are the largest
  if (!earlier.every((amount) => amount < minor)) return null
  const found = standsOut(minor, earlier)
  return found === null || minor < found.usualMinor * 3 ? null : found
}

/** Whether this payee is paid so often that two payments within days are nothing special: three times or more in the history. */
export function paidOftenWithinDays(days: readonly IsoDate[]): boolean {
  const sorted = days.toSorted()
  let close = 0
  for (const [index, day] of sorted.entries()) {
    const before = sorted[index - 1]
    if (before !== undefined && daysBetween(before, day) <= TWICE_WITHIN_DAYS) close += 1
  }
  return close >= 3
}

/**
 * Pairs of payments of the same amount to the same payee from the same account within three days, the earlier first.
 * A payment is in at most one pair as the later one. Payments without a payee are no pair.
 */
export function chargedTwice(payments: readonly Payment[]): { readonly earlier: Payment; readonly later: Payment }[] {
  const groups = Map.groupBy(
    payments.filter(({ payee }) => payee !== ''),
    ({ accountId, minor, payee }) => `${accountId} ${minor} ${payee}`,
  )
  return [...groups.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => (a.on === b.on ? a.id - b.id : a.on < b.on ? -1 : 1))
    return sorted.flatMap((later, index) => {
      const earlier = sorted[index - 1]
      return earlier !== undefined && daysBetween(earlier.on, later.on) <= TWICE_WITHIN_DAYS ? [{ earlier, later }] : []
    })
  })
}

/** From what amount on a payment is large for this household: five times the middle one, and above nineteen in twenty. */
export function largeFrom(amounts: readonly number[] | Float64Array): number | null {
  if (amounts.length < 20) return null
  const sorted = new Float64Array(amounts).sort()
  const high = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0
  return Math.max(high, middleOf(sorted) * 5)
}
