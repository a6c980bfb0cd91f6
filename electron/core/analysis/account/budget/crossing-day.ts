import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { safeMinor } from '../../../../../shared/domain/money.ts'

/**
 * The day on which what was spent by then reached the amount and has stayed there since; null: it is below it. A refund
 * that brings it below and a purchase that takes it there again make it the later day. Days may come in any order.
 */
export function crossingDay(
  spent: readonly { readonly on: IsoDate; readonly minor: number }[],
  amountMinor: number,
): IsoDate | null {
  let sum = 0
  let crossed: IsoDate | null = null
  const byDay = Map.groupBy(spent, ({ on }) => on)
  for (const day of [...byDay.keys()].sort()) {
    for (const { minor } of byDay.get(day) ?? []) sum = safeMinor(sum + minor)
    if (sum < amountMinor) crossed = null
    else crossed ??= day
  }
  return crossed
}
