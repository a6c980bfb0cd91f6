import { TWICE_WITHIN_DAYS } from './spending-anomalies.ts'

/**
 * Spending lines in columns, without their payees: account by account, each by day. Of a busy household two months are
 * tens of thousands, and few of them are worth a closer look.
 */
export interface SpendingLines {
  /** Numbers of their transactions. */
  readonly ids: Float64Array
  readonly accounts: Float64Array
  /** Days since 1970-01-01. */
  readonly days: Int32Array
  /** 0: none. */
  readonly categories: Float64Array
  /** Magnitudes in the accounts' minor units. */
  readonly minors: Float64Array
}

/** Indexes of the largest lines, at most so many, the largest first; of equal ones the first. */
export function largestLines({ minors }: SpendingLines, most: number): number[] {
  const least = minors.toSorted()[Math.max(0, minors.length - most)] ?? 0
  const found: number[] = []
  for (let index = 0; index < minors.length; index += 1) if ((minors[index] ?? 0) >= least) found.push(index)
  return found.toSorted((left, right) => (minors[right] ?? 0) - (minors[left] ?? 0)).slice(0, most)
}

/** Lines that share account, amount and a few days with another: candidates for a double charge, before payees are read. */
export function alikeLines({ accounts, days, minors }: SpendingLines): number[] {
  const found: number[] = []
  const isNear = (index: number, other: number | undefined): boolean =>
    other !== undefined && Math.abs((days[index] ?? 0) - (days[other] ?? 0)) <= TWICE_WITHIN_DAYS
  for (let from = 0, to = 0; from < accounts.length; from = to) {
    const groups = new Map<number, number[]>()
    for (; to < accounts.length && accounts[to] === accounts[from]; to += 1) {
      const minor = minors[to] ?? 0
      const group = groups.get(minor)
      if (group === undefined) groups.set(minor, [to])
      else group.push(to)
    }
    for (const group of groups.values()) {
      for (const [place, index] of group.entries()) {
        if (isNear(index, group[place - 1]) || isNear(index, group[place + 1])) found.push(index)
      }
    }
  }
  return found
}
