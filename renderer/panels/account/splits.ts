/** One part of a split while it is edited; `undefined`: what is typed is no amount. Magnitude as typed, sign apart. */
export interface SplitDraft {
  readonly key: number
  readonly amount: number | null | undefined
  readonly categoryId: number | null
  readonly memo: string
}

/** What is left to assign of a magnitude; null while a part is no amount. */
export function remainingOf(total: number, parts: readonly SplitDraft[]): number | null {
  let left = total
  for (const part of parts) {
    if (part.amount === undefined) return null
    left -= part.amount ?? 0
  }
  return left
}

/** The parts with the transaction's sign, or null unless there are at least two non-zero ones that add up. */
export function splitsOf(
  totalSigned: number,
  parts: readonly SplitDraft[],
): { amountMinor: number; categoryId: number | null; memo: string }[] | null {
  const sign = totalSigned < 0 ? -1 : 1
  if (parts.length < 2 || remainingOf(Math.abs(totalSigned), parts) !== 0) return null
  if (parts.some((part) => part.amount === null || part.amount === undefined || part.amount === 0)) return null
  return parts.map(({ amount, categoryId, memo }) => ({ amountMinor: (amount ?? 0) * sign, categoryId, memo }))
}

/**
 * The parts after one amount was typed. The other one of two takes the rest while nobody has typed into it, for that is
 * what it will be.
 */
export function withAmount(
  total: number,
  parts: readonly SplitDraft[],
  key: number,
  amount: number | null | undefined,
  touched: ReadonlySet<number>,
): SplitDraft[] {
  const rest = amount === null || amount === undefined || amount >= total ? null : total - amount
  return parts.map((part) => {
    if (part.key === key) return { ...part, amount }
    return parts.length === 2 && !touched.has(part.key) ? { ...part, amount: rest } : part
  })
}
