import type { Mover } from '../../../../../shared/model/flow.ts'

/** What one category came to in the period, and in the like periods before it, oldest first. */
export interface MoverHistory {
  readonly categoryId: number
  readonly flow: 'income' | 'expense'
  readonly minor: number
  readonly before: readonly number[]
}

/** Fewer periods than these say nothing of what is usual. */
export const FEWEST_PERIODS = 6
export const FEWEST_YEARS = 3
/** A change below this share of the usual, or of all income or expense of the period, is not worth a word. */
const SMALLEST_FRACTION = 0.1
const SMALLEST_SHARE = 0.01
/** Something new is told from this share of all income or expense. */
const SMALLEST_NEW_SHARE = 0.03
/** How far a normal variable may stray in median absolute deviations: 1.4826 of them are one standard deviation. */
const SPREADS = 2 * 1.4826
const MOST = 6

/** The middle value, the mean of the middle two rounded to a whole minor unit. */
export function medianMinor(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  const [lower, upper] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle] ?? 0, sorted[middle] ?? 0]
  return Math.round((lower + upper) / 2)
}

/**
 * The categories that are far from their usual, those that moved most money first. The usual is the median of the like
 * periods before, which one extraordinary month does not move; a change is told where it is beyond two standard deviations
 * as estimated from the median absolute deviation (Rousseeuw & Croux 1993), a tenth of the usual, and a hundredth of all
 * that came in or went out. A category that occurs in fewer than half of the periods has no usual.
 */
export function findMovers(histories: readonly MoverHistory[]): Mover[] {
  const totals = { income: 0, expense: 0 }
  for (const { flow, minor } of histories) totals[flow] += Math.max(0, minor)
  const found: (Mover & { moved: number })[] = []
  for (const { categoryId, flow, minor, before } of histories) {
    const total = totals[flow]
    const periods = before.length
    const seen = before.filter((one) => one !== 0).length
    const entry = { categoryId, flow, minor, periods }
    if (seen <= periods / 12) {
      if (minor > 0 && minor >= total * SMALLEST_NEW_SHARE)
        found.push({ ...entry, kind: 'new', usualMinor: 0, fraction: null, moved: minor })
      continue
    }
    const usualMinor = medianMinor(before)
    if (seen < periods / 2 || usualMinor <= 0) continue
    const moved = Math.abs(minor - usualMinor)
    const spread = medianMinor(before.map((one) => Math.abs(one - usualMinor)))
    if (moved <= spread * SPREADS || moved < usualMinor * SMALLEST_FRACTION || moved < total * SMALLEST_SHARE) continue
    const fraction = (minor - usualMinor) / usualMinor
    found.push({ ...entry, kind: minor > usualMinor ? 'above' : 'below', usualMinor, fraction, moved })
  }
  return found
    .toSorted((left, right) => right.moved - left.moved || left.categoryId - right.categoryId)
    .slice(0, MOST)
    .map(({ moved: _moved, ...mover }) => mover)
}
