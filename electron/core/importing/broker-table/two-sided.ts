import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { TransactionKind } from '../importer.ts'
import { assetOf, fiatOf } from './figure.ts'
import { assetSecurity, cashKindOf, cashMove, type Move, tradeMove, unitsMove } from './move.ts'
import type { Leg, RowFacts } from './row-facts.ts'

/** What is exchanged for what, in two columns each: one side alone comes or goes. */
export function twoSidedMoves(facts: RowFacts): readonly Move[] {
  const { incoming, action } = facts
  // the same coin on both sides is earned, not exchanged
  const same = incoming !== null && facts.outgoing !== null && assetOf(incoming.asset) === assetOf(facts.outgoing.asset)
  const outgoing = same ? null : facts.outgoing
  const moves: Move[] = []
  const cashFees = new Map<string | null, Decimal>()
  for (const { value, currency } of facts.fees) {
    cashFees.set(currency, addDecimal(cashFees.get(currency) ?? ZERO, absoluteDecimal(value)))
  }
  const assetFees = [...facts.feeAssets]
  const takeFee = (currency: CurrencyCode): Decimal => {
    const fee = addDecimal(cashFees.get(currency) ?? ZERO, cashFees.get(null) ?? ZERO)
    cashFees.delete(currency)
    cashFees.delete(null)
    return fee
  }
  const lessFee = (leg: Leg, signed: Decimal): Decimal => {
    const at = assetFees.findIndex(({ asset }) => assetOf(asset) === assetOf(leg.asset))
    const fee = at < 0 ? undefined : assetFees.splice(at, 1)[0]
    return fee === undefined ? signed : subtractDecimal(signed, fee.quantity)
  }
  const side = (leg: Leg | null): { leg: Leg; money: CurrencyCode | null } | null =>
    leg === null ? null : { leg, money: fiatOf(leg.asset) }
  const [into, out] = [side(incoming), side(outgoing)]
  if (into !== null && out !== null && (into.money === null) !== (out.money === null)) {
    const bought = into.money === null
    const [units, cash] = bought ? [into.leg, out.leg] : [out.leg, into.leg]
    const money = (bought ? out.money : into.money) as CurrencyCode
    const fee = takeFee(money)
    const amount = subtractDecimal(bought ? negateDecimal(cash.quantity) : cash.quantity, fee)
    const quantity = lessFee(units, bought ? units.quantity : negateDecimal(units.quantity))
    moves.push(tradeMove(facts, assetSecurity(units.asset), quantity, { currency: money, amount, fee }))
  } else {
    const kind: TransactionKind = into !== null && out !== null ? 'transfer' : cashKindOf(action)
    for (const [given, sign] of [
      [out, -1],
      [into, 1],
    ] as const) {
      if (given === null) continue
      const { leg, money } = given
      const signed = sign < 0 ? negateDecimal(leg.quantity) : leg.quantity
      if (money === null) moves.push(unitsMove(facts, assetSecurity(leg.asset), lessFee(leg, signed)))
      else moves.push(cashMove(facts, money, subtractDecimal(signed, takeFee(money)), kind))
    }
  }
  for (const [currency, fee] of cashFees)
    moves.push(cashMove(facts, currency as CurrencyCode | null, negateDecimal(fee), 'fee'))
  for (const { asset, quantity } of assetFees)
    moves.push(unitsMove(facts, assetSecurity(asset), negateDecimal(quantity), 'fee'))
  return moves
}
