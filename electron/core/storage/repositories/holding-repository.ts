import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  createHoldingBook,
  type HoldingBook,
  type HoldingTimeline,
  type QuotedPrice,
  type StatedPosition,
  type Trade,
} from '../../analysis/wealth/holdings.ts'
import type { Vault } from '../open-vault.ts'
import { untilChange } from '../until-change.ts'
import { idList, prepared, sqlRows } from './query.ts'

export interface HeldSecurity {
  readonly accountId: number
  readonly securityId: number
  readonly timeline: HoldingTimeline
}

interface Held {
  readonly accountId: number
  readonly securityId: number
  readonly book: HoldingBook
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

/** Looking up the price of a day costs about as much as reading so many prices in their order. */
const PRICES_PER_LOOKUP = 5

type PriceRow = [securityId: number, on: IsoDate, price: Decimal, currency: CurrencyCode]

/** What these securities were last quoted at by each of the days (rising), in any order; more than that may be told. */
function loadPrices(
  vault: Vault,
  securityIds: readonly number[],
  dates: readonly IsoDate[],
): ReadonlyMap<number, readonly QuotedPrice[]> {
  const [first, last] = [dates[0], dates.at(-1)]
  if (first === undefined || last === undefined || securityIds.length === 0) return new Map()
  const ids = idList(securityIds)
  const between = `from json_each(?1) asked cross join prices p on p.security_id = asked.value and p.as_of <= ?3
    and p.as_of >= coalesce((select max(as_of) from prices where security_id = asked.value and as_of <= ?2), ?2)`
  const known = prepared(vault, `select count(*) ${between}`).pluck().get({ 1: ids, 2: first, 3: last })
  // daily quotes of many years for a chart by month: only those that it shows
  const lookUp = Number(known) > PRICES_PER_LOOKUP * securityIds.length * dates.length
  const rows = lookUp
    ? prepared(
        vault,
        `select p.security_id, p.as_of, p.price, p.currency
         from json_each(?1) asked cross join json_each(?2) day cross join prices p on p.security_id = asked.value
           and p.as_of = (select max(as_of) from prices where security_id = asked.value and as_of <= day.value)`,
      )
        .raw()
        .all({ 1: ids, 2: JSON.stringify(dates) })
    : prepared(vault, `select p.security_id, p.as_of, p.price, p.currency ${between}`)
        .raw()
        .all({ 1: ids, 2: first, 3: last })
  const prices = new Map<number, QuotedPrice[]>()
  for (const [securityId, on, price, currency] of rows as PriceRow[]) {
    const list = prices.get(securityId)
    if (list === undefined) prices.set(securityId, [{ on, price, currency }])
    else list.push({ on, price, currency })
  }
  return prices
}

/** Every security that an account has or had, worked out once between two changes. */
function loadBooks(vault: Vault): readonly Held[] {
  return untilChange(vault, 'held securities', '', () => {
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
       order by account_id, security_id, as_of`,
    )
    for (const { account_id, security_id, on, quantity, price, value_minor, cost_minor } of positions) {
      const position = { on, quantity, price, valueMinor: value_minor, costMinor: cost_minor }
      factsOf(account_id, security_id).positions.push(position)
    }
    const trades = sqlRows<TradeRow>(
      vault,
      `select trades.account_id, security_id, trades.booked_on as "on", kind, quantity, price, amount_minor
       from trades join transactions on transactions.id = trades.transaction_id
       order by trades.account_id, security_id, trades.booked_on, trades.transaction_id`,
    )
    for (const { account_id, security_id, on, kind, quantity, price, amount_minor } of trades) {
      factsOf(account_id, security_id).trades.push({ on, kind, quantity, price, amountMinor: amount_minor })
    }
    const currencies = new Map(
      sqlRows<{ id: number; currency: CurrencyCode }>(vault, 'select id, currency from accounts').map(
        ({ id, currency }) => [id, currency],
      ),
    )
    return [...facts.values()].flatMap(({ accountId, securityId, ...events }) => {
      const currency = currencies.get(accountId)
      return currency === undefined ? [] : [{ accountId, securityId, book: createHoldingBook({ currency, ...events }) }]
    })
  })
}

/**
 * Every security that these accounts have or had, to be valued on the given days (rising), and on no others: there only
 * are the prices of these. Accounts without securities cost nothing here.
 */
export function loadHeldSecurities(
  vault: Vault,
  accountIds: ReadonlySet<number>,
  dates: readonly IsoDate[],
): HeldSecurity[] {
  const held = loadBooks(vault).filter(({ accountId }) => accountIds.has(accountId))
  const prices = loadPrices(vault, [...new Set(held.map(({ securityId }) => securityId))], dates)
  return held.map(({ accountId, securityId, book }) => ({
    accountId,
    securityId,
    timeline: book.quotedAt(prices.get(securityId) ?? []),
  }))
}
