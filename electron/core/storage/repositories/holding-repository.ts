import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  createHoldingTimeline,
  type HoldingTimeline,
  type QuotedPrice,
  type StatedPosition,
  type Trade,
} from '../../analysis/wealth/holdings.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

export interface HeldSecurity {
  readonly accountId: number
  readonly securityId: number
  readonly timeline: HoldingTimeline
}

interface PositionRow {
  account_id: number
  security_id: number
  on: IsoDate
  quantity: Decimal
  price: Decimal | null
  value_minor: number | null
  cost_minor: number | null
}
interface TradeRow {
  account_id: number
  security_id: number
  on: IsoDate
  kind: string
  quantity: Decimal
  price: Decimal | null
  amount_minor: number
}

function loadPrices(vault: Vault, securityId: number, from: IsoDate, to: IsoDate): QuotedPrice[] {
  return sqlRows<QuotedPrice>(
    vault,
    `select as_of as "on", price, currency from prices
     where security_id = ?1 and as_of <= ?3 and as_of >=
       coalesce((select max(as_of) from prices where security_id = ?1 and as_of <= ?2), ?2)
     order by as_of`,
    securityId,
    from,
    to,
  )
}

/**
 * Every security that an account has or had, with its prices from `from` to `to` (the two days between which it will be
 * valued). Accounts without securities cost nothing here.
 */
export function loadHeldSecurities(
  vault: Vault,
  currencies: ReadonlyMap<number, CurrencyCode>,
  from: IsoDate,
  to: IsoDate,
): HeldSecurity[] {
  const facts = new Map<
    string,
    { accountId: number; securityId: number; positions: StatedPosition[]; trades: Trade[] }
  >()
  const factsOf = (accountId: number, securityId: number) => {
    const key = `${accountId}/${securityId}`
    const known = facts.get(key) ?? { accountId, securityId, positions: [], trades: [] }
    facts.set(key, known)
    return known
  }
  const positions = sqlRows<PositionRow>(
    vault,
    `select account_id, security_id, as_of as "on", quantity, price, value_minor, cost_minor from positions
     where as_of <= ? order by account_id, security_id, as_of`,
    to,
  )
  for (const { account_id, security_id, on, quantity, price, value_minor, cost_minor } of positions) {
    const position = { on, quantity, price, valueMinor: value_minor, costMinor: cost_minor }
    factsOf(account_id, security_id).positions.push(position)
  }
  const trades = sqlRows<TradeRow>(
    vault,
    `select trades.account_id, security_id, trades.booked_on as "on", kind, quantity, price, amount_minor
     from trades join transactions on transactions.id = trades.transaction_id
     where trades.booked_on <= ? order by trades.account_id, security_id, trades.booked_on, trades.transaction_id`,
    to,
  )
  for (const { account_id, security_id, on, kind, quantity, price, amount_minor } of trades) {
    factsOf(account_id, security_id).trades.push({ on, kind, quantity, price, amountMinor: amount_minor })
  }
  const prices = new Map<number, QuotedPrice[]>()
  const held: HeldSecurity[] = []
  for (const { accountId, securityId, ...events } of facts.values()) {
    const currency = currencies.get(accountId)
    if (currency === undefined) continue
    const quoted = prices.get(securityId) ?? loadPrices(vault, securityId, from, to)
    prices.set(securityId, quoted)
    held.push({ accountId, securityId, timeline: createHoldingTimeline({ currency, prices: quoted, ...events }) })
  }
  return held
}
