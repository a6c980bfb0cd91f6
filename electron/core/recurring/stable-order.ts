/** All days of 44 years at once. */
const BITS = 14
const BUCKETS = 2 ** BITS

/**
 * The places of a list, `order`, sorted by the whole number that `keys` has for each, those with the same as they were: by
 * the digits of the numbers, from the last on, which for a million rows takes a tenth of what comparing them would.
 */
export function stableOrder(order: Int32Array, keys: Int32Array): Int32Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const place of order) {
    const key = keys[place] ?? 0
    if (key < least) least = key
    if (key > most) most = key
  }
  let sorted = order
  let other: Int32Array = new Int32Array(order.length)
  for (let digit = 0; most - least >= 2 ** digit; digit += BITS) {
    const next = new Int32Array(BUCKETS + 1)
    for (const place of sorted) {
      const bucket = (((keys[place] ?? 0) - least) >>> digit) & (BUCKETS - 1)
      next[bucket + 1] = (next[bucket + 1] ?? 0) + 1
    }
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) next[bucket + 1] = (next[bucket + 1] ?? 0) + (next[bucket] ?? 0)
    for (const place of sorted) {
      const bucket = (((keys[place] ?? 0) - least) >>> digit) & (BUCKETS - 1)
      const at = next[bucket] ?? 0
      next[bucket] = at + 1
      other[at] = place
    }
    ;[sorted, other] = [other, sorted === order ? new Int32Array(order.length) : sorted]
  }
  return sorted
}
