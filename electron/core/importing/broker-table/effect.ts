import { signOfDecimal } from '../../../../shared/domain/decimal.ts'
import type { CashConventions } from './cash-conventions.ts'
import { fiatOf } from './figure.ts'
import type { RowFacts } from './row-facts.ts'
import { type Effect, effectOf } from './vocabulary.ts'

/** The action where no word says it: by the signs of cash and units. */
function guessed(facts: RowFacts, how: CashConventions): Effect {
  const { quantity, net, price, gross } = facts
  if (facts.security === null && facts.pair === null) return { kind: 'payment', cash: 'written', units: 'none' }
  if (quantity === null || signOfDecimal(quantity) === 0) {
    const cash = net === null || facts.action === null ? 0 : signOfDecimal(net.value)
    return { kind: cash < 0 ? 'buy' : cash > 0 ? 'sell' : 'other', cash: 'written', units: 'none' }
  }
  if (net === null && price === null && gross === null) return { kind: 'security-in', cash: 'none', units: 'written' }
  const inward = how.signedUnits
    ? signOfDecimal(quantity) > 0
    : net === null || signOfDecimal(net.value) === 0
      ? signOfDecimal(quantity) > 0
      : how.sign === 'written' && signOfDecimal(net.value) !== 0
        ? signOfDecimal(net.value) < 0
        : signOfDecimal(quantity) > 0
  return effectOf(inward ? 'buy' : 'sell')
}

/** What a word means for this row: a deposit of coins moves units, a "transfer in" without a security moves cash. */
export function effectFor(facts: RowFacts, how: CashConventions): Effect {
  const { action, security, quantity } = facts
  if (action === null) return guessed(facts, how)
  const effect = effectOf(action)
  const holds = security !== null && quantity !== null && signOfDecimal(quantity) !== 0
  switch (action) {
    case 'deposit':
    case 'withdrawal': {
      const symbol = security?.symbol
      if (!holds || (security.isin === undefined && symbol !== undefined && fiatOf(symbol) !== null)) {
        return { ...effect, units: 'none' }
      }
      return effectOf(action === 'deposit' ? 'security-in' : 'security-out')
    }
    case 'security-in':
      return security !== null ? effect : { kind: 'transfer', cash: 'in', units: 'none' }
    case 'security-out':
      return security !== null ? effect : { kind: 'transfer', cash: 'out', units: 'none' }
    case 'reward':
      return holds ? { ...effect, cash: 'none' } : { kind: 'other', cash: 'in', units: 'none' }
    case 'transfer':
      // units against cash are a trade, whatever it is called
      if (holds && facts.net !== null && signOfDecimal(facts.net.value) * signOfDecimal(quantity) < 0) {
        return guessed(facts, how)
      }
      return holds && (security.isin ?? security.symbol ?? security.otherId) !== undefined
        ? { kind: 'security-in', cash: 'written', units: 'written' }
        : { kind: 'transfer', cash: 'written', units: 'none' }
    case 'swap':
      return security !== null ? guessed(facts, how) : { kind: 'transfer', cash: 'written', units: 'none' }
    case 'reinvestment':
      // the income beside it is often a row of the same words without units
      return holds ? effect : { kind: 'dividend', cash: 'in', units: 'none' }
    case 'buy':
    case 'sell':
      return security !== null || facts.pair !== null ? effect : { kind: 'other', cash: effect.cash, units: 'none' }
    case 'split':
    case 'corporate':
    case 'expiry':
    case 'assignment':
      return holds || security !== null ? effect : { kind: 'other', cash: 'written', units: 'none' }
    // the income never became cash: units alone
    case 'reinvested':
    case 'dividend':
    case 'interest':
    case 'fee':
    case 'tax':
    case 'return-of-capital':
    case 'stake':
    case 'fx':
    case 'rebate':
    case 'cancelled':
    case 'payment':
    case 'refund':
    case 'cash':
      return effect
    default:
      return action satisfies never
  }
}
