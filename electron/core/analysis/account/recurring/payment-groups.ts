import type { PaymentList } from './payment-list.ts'

/** The next group of amounts begins where one is more than a third above the one below it. */
const NEAR = 1.35

/** Which sizes of groups are wanted. */
type Fits = (size: number) => boolean

/** The groups of a size that is wanted, by their numbers; a row's may be -1 for none. */
function parted(payments: PaymentList, groupOf: Int32Array, count: number, fits: Fits): PaymentList[] {
  const starts = new Int32Array(count + 1)
  for (const group of groupOf) if (group >= 0) starts[group + 1] = (starts[group + 1] ?? 0) + 1
  for (let group = 0; group < count; group += 1) starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0)
  let isAny = false
  for (let group = 0; group < count; group += 1) isAny ||= fits((starts[group + 1] ?? 0) - (starts[group] ?? 0))
  if (!isAny) return []
  const next = starts.slice()
  const indexes = new Int32Array(groupOf.length)
  for (let index = 0; index < groupOf.length; index += 1) {
    const group = groupOf[index] ?? -1
    if (group < 0) continue
    const at = next[group] ?? 0
    next[group] = at + 1
    indexes[at] = index
  }
  const groups: PaymentList[] = []
  for (let group = 0; group < count; group += 1) {
    const [from, to] = [starts[group] ?? 0, starts[group + 1] ?? 0]
    if (fits(to - from)) groups.push(payments.pick(indexes.subarray(from, to)))
  }
  return groups
}

/** Groups of the same value, in the order in which these are first seen. */
function groupsOfSame(
  payments: PaymentList,
  values: Int32Array | Float64Array,
  { fits, among }: { fits: Fits; among?: ReadonlySet<number> },
): PaymentList[] {
  const known = new Map<number, number>()
  const groupOf = new Int32Array(values.length)
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0
    let group = known.get(value)
    if (group === undefined) {
      group = among === undefined || among.has(value) ? known.size : -1
      if (group >= 0) known.set(value, group)
    }
    groupOf[index] = group
  }
  return parted(payments, groupOf, known.size, fits)
}

/** Payments of the same amount, where there are at least so many. */
export function equalAmounts(payments: PaymentList, least: number): PaymentList[] {
  const sorted = payments.sortedAmounts()
  const common = new Set<number>()
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1
    if (to - from >= least) common.add(sorted[from] ?? 0)
  }
  return common.size === 0 ? [] : groupsOfSame(payments, payments.charged, { fits: () => true, among: common })
}

/** Payments of the same account. */
export function byAccount(payments: PaymentList, fits: Fits): PaymentList[] {
  return groupsOfSame(payments, payments.accounts, { fits })
}

/** Payments whose amounts lie near each other, the groups by their amounts. */
export function nearAmounts(payments: PaymentList, fits: Fits): PaymentList[] {
  const { charged } = payments
  const sorted = payments.sortedAmounts()
  const starts: number[] = []
  for (let index = 0; index < sorted.length; index += 1) {
    const amount = sorted[index] ?? 0
    if (index === 0 || amount > (sorted[index - 1] ?? 0) * NEAR) starts.push(amount)
  }
  const groupOf = new Int32Array(charged.length)
  for (let index = 0; index < charged.length; index += 1) {
    const amount = charged[index] ?? 0
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] ?? 0) <= amount) low = middle
      else high = middle - 1
    }
    groupOf[index] = low
  }
  return parted(payments, groupOf, starts.length, fits)
}
