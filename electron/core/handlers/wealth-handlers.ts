import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import {
  type Decimal,
  decimalOf,
  divideDecimal,
  multiplyDecimal,
  signOfDecimal,
} from '../../../shared/domain/decimal.ts'
import { type Money, money, subtractMoney } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { serviceChannels } from '../../../shared/ipc/channels/service-channels.ts'
import type { Fraction } from '../../../shared/model/person.ts'
import type { Holding } from '../../../shared/model/wealth.ts'
import { computeAllocation } from '../analysis/wealth/allocation.ts'
import { BaseTally, createConverter } from '../analysis/wealth/fx-conversion.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts } from '../storage/repositories/account-repository.ts'
import { loadHeldSecurities } from '../storage/repositories/holding-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { loadWorthToday } from './account-view.ts'

type WealthChannels = Pick<typeof serviceChannels, 'wealth.get' | 'security.update'>
type Security = Holding['security']

function loadSecurities(vault: Vault): ReadonlyMap<number, Security> {
  const rows = sqlRows<Security>(vault, 'select id, name, isin, symbol, class from securities')
  return new Map(rows.map((row) => [row.id, row]))
}

const gainOf = (value: Money | null, cost: Money | null): Money | null =>
  value === null || cost === null || value.currency !== cost.currency ? null : subtractMoney(value, cost)

/** A part of a quantity, to eight digits after the point; quantities are told, never added up. */
function quantityOf(quantity: Decimal, { weight, of }: Fraction): Decimal {
  if (weight === of) return quantity
  return divideDecimal(multiplyDecimal(quantity, decimalOf(weight)), decimalOf(of), 8)
}

/** A money fund kept as an account and one held as a security are the same class of asset. */
function allocationKeyOf(kindKey: string): string {
  return kindKey === 'money-fund' ? 'money-market' : kindKey
}

export const wealthHandlers: HandlersOf<WealthChannels> = {
  'wealth.get': ({ person }, context) => {
    const vault = context.readable()
    const view = loadOwnershipView(vault, person)
    const today = context.clock.today()
    const base = loadVaultSettings(vault).baseCurrency
    const tally = new BaseTally(createConverter(loadRateSource(vault)), base, today)
    const accounts = loadAccounts(vault).filter(({ id }) => view.includes(id))
    // all are listed; the totals agree with net worth, so that what the user took out of it is not in them
    const counted = new Set(accounts.filter(({ inNetWorth }) => inNetWorth).map(({ id }) => id))
    const names = new Map(accounts.map(({ id, name }) => [id, name]))
    const securities = loadSecurities(vault)
    const parts: { kind: string; currency: CurrencyCode; minor: number }[] = []
    const holdings: Holding[] = []
    for (const { accountId, securityId, timeline } of loadHeldSecurities(vault, new Set(names.keys()), [today])) {
      const state = timeline.at(today)
      const security = securities.get(securityId)
      if (state === null || security === undefined || signOfDecimal(state.quantity) === 0) continue
      const part = (amount: Money | null): Money | null =>
        amount === null ? null : money(view.partOf(accountId, amount.minor), amount.currency)
      const fraction = view.fractionOf(accountId)
      // converted whole, then shared: people's parts add up
      const baseValue = part(state.value === null ? null : (tally.convert(state.value)?.value ?? null))
      if (state.value !== null && baseValue !== null && counted.has(accountId)) {
        parts.push({ kind: security.class, currency: state.value.currency, minor: baseValue.minor })
      }
      holdings.push({
        accountId,
        accountName: names.get(accountId) ?? '',
        security,
        part: fraction,
        quantity: fraction === null ? state.quantity : quantityOf(state.quantity, fraction),
        price: state.price,
        pricedOn: state.pricedOn,
        value: part(state.value),
        baseValue,
        cost: part(state.cost),
        costFrom: state.costFrom,
        gain: gainOf(part(state.value), part(state.cost)),
        share: null,
      })
    }
    const valued = holdings.reduce((sum, { baseValue }) => sum + (baseValue?.minor ?? 0), 0)
    for (const holding of holdings) {
      holding.share = holding.baseValue === null || valued <= 0 ? null : holding.baseValue.minor / valued
    }
    // all that can be invested: cash everywhere, and what is invested in accounts without securities of their own
    const investable = accounts.filter(
      ({ kind, inNetWorth }) => inNetWorth && (kind.class === 'cash' || kind.class === 'investment'),
    )
    for (const { account, holdings: worth } of loadWorthToday(vault, investable, today)) {
      const own = worth.valuedOn === null ? [worth.cash] : worth.securities
      const isCash = account.kind.class === 'cash' || account.kind.valuedBy === 'holdings'
      for (const amount of own) {
        const minor = view.partOf(account.id, tally.convert(amount)?.value.minor ?? 0)
        parts.push({ kind: isCash ? 'cash' : allocationKeyOf(account.kindKey), currency: amount.currency, minor })
      }
    }
    return {
      currency: base,
      total: money(
        parts.reduce((sum, { minor }) => sum + minor, 0),
        base,
      ),
      holdings: holdings.sort((left, right) => (right.baseValue?.minor ?? -1) - (left.baseValue?.minor ?? -1)),
      byClass: computeAllocation(parts.map(({ kind, minor }) => ({ key: kind, minor }))),
      byCurrency: computeAllocation(parts.map(({ currency, minor }) => ({ key: currency, minor }))),
      notes: tally.notes(),
    }
  },

  'security.update': ({ id, name, class: securityClass }, context) => {
    const vault = context.writable()
    const security = loadSecurities(vault).get(id)
    if (security === undefined) throw new CoreError('not-found', 'there is no such security', { id })
    const facts = { name: name ?? security.name }
    recordChange(vault, context.clock, { label: 'security.update', facts }, (recorder) => {
      recorder.update('securities', [id], {
        ...(name !== undefined && { name }),
        ...(securityClass !== undefined && { class: securityClass }),
      })
    })
    return {}
  },
}
