import type { AccountKind } from '../../../../../shared/model/account-kinds.ts'

/**
 * Whether an account of the kind is money that an emergency can be met with, by the table of kinds: at once, or within
 * days; null: neither. Money with a bank, a wallet or in a fund that keeps its value; not what is worth its price of the
 * day (gold, cars), what others owe, nor cards whose money can only be spent, at some places (fares, meals, gifts, prepaid).
 */
export function liquidTierOf({ side, group, valuedBy, liquidity }: AccountKind): 'cash' | 'days' | null {
  if (side !== 'asset' || valuedBy !== 'balance' || (group !== 'bank' && group !== 'securities')) return null
  return liquidity === 'cash' || liquidity === 'days' ? liquidity : null
}

/** Money that could be elsewhere and earn something: at a bank or in a wallet, at once, not in notes and coins or in a fund. */
export function canLieIdle(kind: AccountKind): boolean {
  return liquidTierOf(kind) === 'cash' && kind.class === 'cash' && !kind.inHand
}
