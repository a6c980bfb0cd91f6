import {
  absoluteDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedTransaction, TransactionKind } from '../importer.ts'
import { type Cash, cashOf, feesIn, rounded } from './cash.ts'
import { type CashConventions, totalOf, tradeValue } from './cash-conventions.ts'
import { effectFor } from './effect.ts'
import { assetOf, fiatOf } from './figure.ts'
import {
  assetSecurity,
  cashMove,
  isNear,
  legMove,
  type Move,
  originalOf,
  partiesOf,
  unitsMove,
  wordsOf,
  type Writable,
} from './move.ts'
import type { Leg, RowFacts } from './row-facts.ts'
import { twoSidedMoves } from './two-sided.ts'
import type { Effect } from './vocabulary.ts'

/** Why a row moves nothing. */
export type NoMove = { readonly missing: 'amount' }

const PRICE_DIGITS = 8

function unitsOf(facts: RowFacts, effect: Effect, amount: Decimal): Decimal | null {
  const { quantity } = facts
  if (quantity === null || effect.units === 'none' || signOfDecimal(quantity) === 0) return null
  const size = absoluteDecimal(quantity)
  let signed = quantity
  // a cancelled purchase gives units back for cash
  if (effect.units === 'in') signed = signOfDecimal(quantity) < 0 && signOfDecimal(amount) > 0 ? quantity : size
  else if (effect.units === 'out') signed = negateDecimal(size)
  const own = facts.security?.symbol
  const fee = facts.feeAssets.find(({ asset }) => assetOf(asset) === own)
  return fee === undefined ? signed : subtractDecimal(signed, fee.quantity)
}

interface Priced {
  readonly price?: Decimal
  readonly original?: NonNullable<ParsedTransaction['original']>
}

/**
 * The price in the statement's currency. One in another currency is converted where the file's rate leads from
 * quantity × price to the amount; else it is left out and only the original sum is kept.
 */
function pricedIn(facts: RowFacts, cash: Cash, quantity: Decimal | null): Priced {
  const { price, fxRate } = facts
  if (price === null || quantity === null) return {}
  if (price.currency === null || cash.currency === null || price.currency === cash.currency)
    return { price: price.value }
  const worth = tradeValue(facts)
  if (worth === null || worth === ZERO || cash.amount === ZERO) return {}
  const signed = signOfDecimal(cash.amount) < 0 ? negateDecimal(worth) : worth
  const original = { amount: rounded(signed, price.currency), currency: price.currency }
  if (fxRate === null) return { original }
  const paid = absoluteDecimal(cash.amount)
  if (isNear(multiplyDecimal(worth, fxRate), paid)) {
    return {
      price: roundDecimal(multiplyDecimal(price.value, fxRate), PRICE_DIGITS),
      original: { ...original, rate: fxRate },
    }
  }
  if (isNear(divideDecimal(worth, fxRate, PRICE_DIGITS), paid)) {
    const rate = divideDecimal(parseDecimal('1'), fxRate, 12)
    return { price: divideDecimal(price.value, fxRate, PRICE_DIGITS), original: { ...original, rate } }
  }
  return { original }
}

function kindFor(effect: Effect, quantity: Decimal | null): TransactionKind {
  if (effect.kind !== 'security-in' && effect.kind !== 'security-out') return effect.kind
  if (quantity === null) return effect.kind
  return signOfDecimal(quantity) < 0 ? 'security-out' : 'security-in'
}

/** A trade of a pair: of a coin for money, a coin for a coin, or money for money. */
function pairMoves(facts: RowFacts, effect: Effect, how: CashConventions): readonly Move[] | null {
  const { pair, quantity } = facts
  if (
    pair === null ||
    quantity === null ||
    (effect.kind !== 'buy' && effect.kind !== 'sell' && effect.kind !== 'transfer')
  )
    return null
  const base = fiatOf(pair.base)
  const quote = fiatOf(pair.quote)
  if (base === null && quote !== null) return null
  const value = facts.net?.value ?? facts.gross?.value ?? tradeValue(facts)
  if (value === null) return null
  const inward = effect.kind === 'buy' ? true : effect.kind === 'sell' ? false : signOfDecimal(quantity) > 0
  const into = inward && (!how.signedUnits || signOfDecimal(quantity) > 0)
  const size = absoluteDecimal(quantity)
  const worth = quote === null ? absoluteDecimal(value) : rounded(absoluteDecimal(value), quote)
  const legs = [
    { asset: pair.base, signed: into ? size : negateDecimal(size) },
    { asset: pair.quote, signed: into ? negateDecimal(worth) : worth },
  ]
  const charges: Leg[] = [
    ...facts.feeAssets,
    ...facts.fees.map(({ value: fee, currency }) => ({
      quantity: absoluteDecimal(fee),
      asset: currency ?? pair.quote,
    })),
  ]
  const moves: Move[] = []
  for (const { asset, signed } of legs) {
    const at = charges.findIndex((charge) => assetOf(charge.asset) === assetOf(asset))
    const fee = at < 0 ? undefined : charges.splice(at, 1)[0]
    moves.push(legMove(facts, asset, fee === undefined ? signed : subtractDecimal(signed, fee.quantity), 'transfer'))
  }
  for (const { asset, quantity: fee } of charges) moves.push(legMove(facts, asset, negateDecimal(fee), 'fee'))
  return moves
}

/** Everything a row of an ordinary table does. */
export function movesOf(facts: RowFacts, how: CashConventions): readonly Move[] | NoMove {
  if (facts.incoming !== null || facts.outgoing !== null) return twoSidedMoves(facts)
  const effect = effectFor(facts, how)
  const exchanged = pairMoves(facts, effect, how)
  if (exchanged !== null) return exchanged
  const cash = cashOf(facts, effect, how)
  if (cash === null) return { missing: 'amount' }
  const security = facts.security ?? (facts.pair === null ? null : assetSecurity(facts.pair.base))
  const bearing = effect.kind === 'transfer' && effect.units === 'none' ? null : security
  const quantity = bearing === null ? null : unitsOf({ ...facts, security: bearing }, effect, cash.amount)
  const charged = feesIn(facts.fees, cash.currency)
  const taxed = feesIn(facts.taxes, cash.currency)
  const fee = effect.kind === 'fee' ? ZERO : absoluteDecimal(totalOf(charged))
  const tax = effect.kind === 'tax' ? ZERO : absoluteDecimal(totalOf(taxed))
  const transaction: Writable = {
    date: facts.date,
    amount: cash.amount,
    kind: kindFor(effect, quantity),
    ...wordsOf(facts, bearing),
    ...(bearing === null ? {} : { security: bearing }),
    ...(quantity === null ? {} : { quantity }),
    ...pricedIn(facts, cash, quantity),
    ...(fee === ZERO || cash.amount === ZERO ? {} : { fee }),
    ...(tax === ZERO || cash.amount === ZERO ? {} : { tax }),
  }
  Object.assign(transaction, partiesOf(facts, cash.amount))
  if (transaction.original === undefined) Object.assign(transaction, originalOf(facts, cash.currency, cash.amount))
  const moves: Move[] = [{ currency: cash.currency, transaction }]
  for (const { value, currency } of cash.elsewhere) {
    moves.push(cashMove(facts, currency, negateDecimal(absoluteDecimal(value)), 'fee'))
  }
  const own = bearing?.symbol
  for (const { asset, quantity: charge } of facts.feeAssets) {
    if (assetOf(asset) !== own) moves.push(unitsMove(facts, assetSecurity(asset), negateDecimal(charge), 'fee'))
  }
  return moves
}
