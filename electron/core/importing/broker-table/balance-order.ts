import { type Decimal, subtractDecimal } from '../../../../shared/domain/decimal.ts'

/** A row's cash and the balance that stands beside it. */
export interface Running {
  /** Account and currency: balances run within these. */
  readonly key: string
  readonly amount: Decimal
  readonly balance: Decimal
}

const FEWEST = 2

/**
 * Whether the rows run from the oldest to the newest or back, proven by the balance moving by each amount; null where
 * the balances follow neither way in most rows (another account's balance, or none of cash).
 */
export function balanceOrder(rows: readonly Running[]): 'forward' | 'reverse' | null {
  const previous = new Map<string, Running>()
  let compared = 0
  let forward = 0
  let reverse = 0
  for (const row of rows) {
    const before = previous.get(row.key)
    previous.set(row.key, row)
    if (before === undefined) continue
    compared += 1
    const change = subtractDecimal(row.balance, before.balance)
    if (change === row.amount) forward += 1
    if (subtractDecimal(before.balance, row.balance) === before.amount) reverse += 1
  }
  const best = Math.max(forward, reverse)
  if (best < FEWEST || best * 2 < compared || forward === reverse) return null
  return forward > reverse ? 'forward' : 'reverse'
}
