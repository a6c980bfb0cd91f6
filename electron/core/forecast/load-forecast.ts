import {
  addDays,
  addMonths,
  dateFromDayNumber,
  dayNumber,
  daysBetween,
  type IsoDate,
  isIsoDate,
} from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { z } from 'zod'
import type { Forecast, ForecastEventView, forecastQuerySchema } from '../../../shared/model/forecast.ts'
import type { RecurringItem } from '../../../shared/model/recurring.ts'
import {
  type CardStatement,
  computeForecast,
  type ForecastAccount,
  type ForecastEvent,
} from '../analysis/account/forecast/compute-forecast.ts'
import { liquidTierOf } from '../analysis/account/checks/money-at-hand.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { slotsBetween } from '../analysis/account/recurring/period.ts'
import { anchorAt } from '../analysis/account/recurring/schedule.ts'
import { loadRecurringItems } from '../recurring/list-items.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccountDates, loadAccounts, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { idList, sqlRows } from '../storage/repositories/query.ts'
import { instalmentsOf, loadPayers, type Payer, statementsOf } from './payment-plans.ts'

const MONTHS_AHEAD = 12
/** Everyday spending is learnt from two years, from 54 weeks where that is very much. */
const DAYS_BACK = 728
const FEWER_DAYS_BACK = 378
const MANY_ROWS = 40_000

/** Days from today on which a payment is; null where it lies outside. */
type Days = (on: IsoDate) => number | null

export interface Plan extends ForecastEventView {
  readonly spread: number
  readonly chance: number
}

/** What accounts hold today, without what is entered ahead of its day; signed, in each one's minor units. */
function balancesToday(
  vault: Vault,
  accounts: readonly StoredAccount[],
  today: IsoDate,
): (account: StoredAccount) => number {
  const datesOf = loadAccountDates(
    vault,
    accounts.map(({ id }) => id),
    today,
  )
  return ({ id, openingMinor, changeMinor }) => openingMinor + changeMinor - datesOf(id).aheadMinor
}

/** Booked ahead of their day: what is known for certain. */
function loadAhead(
  vault: Vault,
  ids: readonly number[],
  today: IsoDate,
  until: IsoDate,
): { accountId: number; on: IsoDate; minor: number }[] {
  return sqlRows(
    vault,
    `select account_id as accountId, booked_on as "on", sum(amount_minor) as minor from transactions
     where account_id in (select value from json_each(?)) and booked_on > ? and booked_on <= ? group by 1, 2`,
    idList(ids),
    today,
    until,
  )
}

/** Sums of everyday spending by account and day: no transfers, no trades, none of the series that go on or have ended. */
function loadHistories(
  vault: Vault,
  ids: readonly number[],
  today: IsoDate,
): { from: IsoDate; lines: ReadonlyMap<number, Float64Array> } {
  const [size] = sqlRows<{ rows: number }>(
    vault,
    `select coalesce(sum(transaction_count), 0) as rows from account_months
     where account_id in (select value from json_each(?)) and month >= ?`,
    idList(ids),
    addDays(today, -DAYS_BACK).slice(0, 7),
  )
  const back = (size?.rows ?? 0) > MANY_ROWS ? FEWER_DAYS_BACK : DAYS_BACK
  const [first] = sqlRows<{ on: IsoDate | null }>(
    vault,
    `select min(month) || '-01' as "on" from account_months where account_id in (select value from json_each(?))`,
    idList(ids),
  )
  const known = first?.on ?? today
  const days = Math.min(back, Math.max(0, daysBetween(known, today)))
  const from = addDays(today, 1 - days)
  const lines = new Map<number, Float64Array>()
  const add = (accountId: number, on: IsoDate, minor: number): void => {
    let line = lines.get(accountId)
    if (line === undefined) {
      line = new Float64Array(days)
      lines.set(accountId, line)
    }
    const at = daysBetween(from, on)
    if (at >= 0 && at < days) line[at] = (line[at] ?? 0) + minor
  }
  const everyday = sqlRows<{ account_id: number; booked_on: IsoDate; minor: number }>(
    vault,
    `select account_id, booked_on, sum(amount_minor) as minor from flow_lines
     where account_id in (select value from json_each(?1)) and booked_on between ?2 and ?3
       and flow in ('income', 'expense', 'unfiled-in', 'unfiled-out')
     group by account_id, booked_on`,
    idList(ids),
    from,
    today,
  )
  for (const { account_id, booked_on, minor } of everyday) add(account_id, booked_on, minor)
  const planned = sqlRows<{ account_id: number; booked_on: IsoDate; minor: number }>(
    vault,
    `select l.account_id, l.booked_on, l.amount_minor as minor
     from recurring_rows r join recurring_series s on s.id = r.series_id
     join transactions t on t.id = r.transaction_id
     join flow_lines l on l.account_id = t.account_id and l.booked_on = t.booked_on and l.transaction_id = t.id
     where t.booked_on between ?2 and ?3 and t.account_id in (select value from json_each(?1))
       and l.flow in ('income', 'expense', 'unfiled-in', 'unfiled-out')
       and not exists (select 1 from recurring_decisions d where d.series_key = s.key and d.status = 'dismissed')`,
    idList(ids),
    from,
    today,
  )
  for (const { account_id, booked_on, minor } of planned) add(account_id, booked_on, -minor)
  return { from, lines }
}

function plansOfSeries(items: readonly RecurringItem[], today: IsoDate, until: IsoDate): Plan[] {
  return items.flatMap((item): Plan[] => {
    const { nextOn, amount } = item
    if (nextOn === null || item.ended || item.status === 'dismissed') return []
    const later = slotsBetween(nextOn, item, { from: addDays(nextOn, 1), to: until })
    // one that is a few days late is expected tomorrow
    const first = nextOn <= today ? addDays(today, 1) : nextOn
    return [first, ...later]
      .filter((on) => on > today && on <= until)
      .map((on) => ({
        on,
        accountId: item.accountId,
        amount,
        name: item.name,
        kind: 'series',
        key: item.key,
        likely: item.status === 'detected',
        spread: item.fixed ? 0 : Math.round((item.highestMinor - item.lowestMinor) / 2),
        chance: item.confidence / 1000,
      }))
  })
}

/** 1 for the household's view and for what is all theirs, 0 for what is not theirs at all. */
function shareOf(view: OwnershipView, accountId: number): number {
  if (!view.includes(accountId)) return 0
  const fraction = view.fractionOf(accountId)
  return fraction === null ? 1 : fraction.weight / fraction.of
}

const paidBy = ({ payee, accountId }: RecurringItem, own: number, { accountId: payer, payees }: Payer): boolean =>
  (accountId === payer || accountId === own) && payee !== '' && payees.includes(payee)

/**
 * The next twelve months. What is at hand: open accounts that count in net worth and whose kind is money at once, by the
 * same rule as the emergency fund (`liquidTierOf`). Cards whose money can only be spent (fares, meals, gifts, prepaid) have lines
 * of their own and are in no sum. Credit cards are paid in full when they are due, loans by their schedule, each from the account that the last linked transfer came from; series
 * that are these payments are left out. Cards without a known payer or due day keep what they owe.
 * A person sees the accounts that are at least in part theirs, each as it goes for the household, and of all money at hand
 * their part, so that everybody's lines add up to the household's.
 * Throws CoreError('not-found') for an account that is not part of it.
 */
export function loadForecast(vault: Vault, query: z.output<typeof forecastQuerySchema>, today: IsoDate): Forecast {
  const until = addMonths(today, MONTHS_AHEAD)
  const days = daysBetween(today, until)
  const stored = loadAccounts(vault).filter(({ closedOn }) => closedOn === null || closedOn > today)
  const cash = stored.filter(
    ({ kind }) => kind.side === 'asset' && kind.liquidity === 'cash' && kind.valuedBy === 'balance',
  )
  const atHand = new Set(
    cash.filter(({ kind, inNetWorth }) => inNetWorth && liquidTierOf(kind) === 'cash').map(({ id }) => id),
  )
  const cards = stored.filter(({ kind }) => kind.class === 'credit-card')
  const loans = stored.filter(({ kind, terms }) => kind.class === 'loan' && terms.loan !== undefined)
  const accounts = [...cash, ...cards]
  const index = new Map(accounts.map(({ id }, at) => [id, at]))
  const view = loadOwnershipView(vault, query.person)
  if (query.accountId !== null && !(index.has(query.accountId) && view.includes(query.accountId))) {
    throw new CoreError('not-found', 'this account has no forecast', { id: query.accountId })
  }
  const payers = loadPayers(
    vault,
    [...cards, ...loans].map(({ id }) => id),
    today,
  )
  const { items, tally } = loadRecurringItems(vault, today)
  const day: Days = (on) => (on > today && on <= until ? daysBetween(today, on) : null)

  const statements: CardStatement[] = []
  const plans: Plan[] = []
  const settled = new Map<number, Payer>()
  for (const card of cards) {
    const payer = payers.get(card.id)
    const [at, from] = [index.get(card.id), payer === undefined ? undefined : index.get(payer.accountId)]
    if (payer === undefined || at === undefined || from === undefined || accounts[from]?.currency !== card.currency)
      continue
    const found = statementsOf(card, today, until)
    if (found.length > 0) settled.set(card.id, payer)
    for (const { statementOn, dueOn } of found) {
      statements.push({
        card: at,
        payer: from,
        statementDay: daysBetween(today, statementOn),
        dueDay: daysBetween(today, dueOn),
      })
    }
  }
  for (const loan of loans) {
    const payer = payers.get(loan.id)
    const account = payer === undefined ? undefined : stored.find(({ id }) => id === payer.accountId)
    if (payer === undefined || account === undefined || account.currency !== loan.currency) continue
    settled.set(loan.id, payer)
    for (const { on, paymentMinor } of instalmentsOf(loan, today, until)) {
      plans.push({
        on,
        accountId: payer.accountId,
        amount: money(-paymentMinor, loan.currency),
        name: loan.name,
        kind: 'loan',
        key: null,
        likely: false,
        spread: 0,
        chance: 1,
      })
    }
  }
  const depositBalance = balancesToday(vault, stored, today)
  for (const deposit of stored) {
    const { maturesOn, renewal } = deposit.terms.details ?? {}
    if (
      deposit.kind.liquidity !== 'term' ||
      renewal !== 'none' ||
      typeof maturesOn !== 'string' ||
      !isIsoDate(maturesOn)
    )
      continue
    // it is paid out at its own bank; where there is no account for it, the money stays where it is
    const into = cash.find(
      ({ kind, institution, currency }) =>
        liquidTierOf(kind) === 'cash' &&
        currency === deposit.currency &&
        institution !== null &&
        institution.id === deposit.institution?.id,
    )
    const minor = depositBalance(deposit)
    if (into === undefined || minor <= 0) continue
    plans.push({
      on: maturesOn,
      accountId: into.id,
      amount: money(minor, deposit.currency),
      name: deposit.name,
      kind: 'deposit',
      key: null,
      likely: false,
      spread: 0,
      chance: 1,
    })
  }
  const without = new Set(query.without)
  const series = items.filter(
    (item) => !without.has(item.key) && ![...settled].some(([own, payer]) => paidBy(item, own, payer)),
  )
  plans.push(...plansOfSeries(series, today, until))
  for (const { name, accountId, amountMinor, on, period } of query.extra) {
    const account = stored.find(({ id }) => id === accountId)
    if (account === undefined) throw new CoreError('not-found', 'there is no such account', { id: accountId })
    const later =
      period === null
        ? []
        : slotsBetween(on, { period, anchor: anchorAt(on, period) }, { from: addDays(on, 1), to: until })
    for (const one of [on, ...later]) {
      plans.push({
        on: one,
        accountId,
        amount: money(amountMinor, account.currency),
        name,
        kind: 'extra',
        key: null,
        likely: false,
        spread: 0,
        chance: 1,
      })
    }
  }

  const ids = accounts.map(({ id }) => id)
  const { from, lines } = loadHistories(vault, ids, today)
  const seriesNumbers = new Map<string, number>()
  const numberOf = (key: string): number => {
    const known = seriesNumbers.get(key)
    if (known !== undefined) return known
    seriesNumbers.set(key, seriesNumbers.size)
    return seriesNumbers.size - 1
  }
  const events = plans.flatMap((plan): ForecastEvent[] => {
    const [account, on] = [index.get(plan.accountId), day(plan.on)]
    if (account === undefined || on === null) return []
    const number = numberOf(plan.key ?? `${plan.kind} ${plan.name}`)
    return [{ account, day: on, minor: plan.amount.minor, spread: plan.spread, series: number, chance: plan.chance }]
  })
  const ahead = loadAhead(vault, ids, today, until)
  for (const { accountId, on, minor } of ahead) {
    const [account, at] = [index.get(accountId), day(on)]
    if (account !== undefined && at !== null)
      events.push({ account, day: at, minor, spread: 0, series: numberOf('ahead'), chance: 1 })
  }
  const floors = new Map(
    sqlRows<{ id: number; minor: number }>(
      vault,
      'select account_id as id, floor_minor as minor from account_floors',
    ).map(({ id, minor }) => [id, minor]),
  )
  const balanceOf = balancesToday(vault, accounts, today)
  const inputs = accounts.map((account): ForecastAccount => {
    const unit = tally.convert(money(1_000_000, account.currency))
    const line = lines.get(account.id)
    return {
      balance: balanceOf(account),
      toBase: !atHand.has(account.id) || unit === null ? 0 : (unit.value.minor / 1_000_000) * shareOf(view, account.id),
      // a credit card is to owe, a fare card to be used up; they have no floor unless the user gives them one
      floor: floors.get(account.id) ?? (atHand.has(account.id) ? 0 : Number.NEGATIVE_INFINITY),
      history: line === undefined ? null : { minor: line, firstDay: dayNumber(from) },
    }
  })
  const subject = query.accountId === null ? null : (index.get(query.accountId) ?? null)
  const result = computeForecast({ today: dayNumber(today), days, accounts: inputs, events, statements, subject })
  const dateOf = (offset: number | null): IsoDate | null =>
    offset === null ? null : dateFromDayNumber(dayNumber(today) + offset)
  const rounded = (line: Float64Array): number[] => Array.from(line, (minor) => Math.round(minor))

  for (const statement of statements) {
    const [card, payer] = [accounts[statement.card], accounts[statement.payer]]
    const line = result.accounts[statement.card]?.expected
    if (card === undefined || payer === undefined || line === undefined) continue
    // what the card's balance rises by on its day, beside what is spent on it
    const paid = result.paid.get(statement) ?? 0
    if (paid <= 0) continue
    plans.push({
      on: dateFromDayNumber(dayNumber(today) + statement.dueDay),
      accountId: payer.id,
      amount: money(-Math.round(paid), card.currency),
      name: card.name,
      kind: 'card',
      key: null,
      likely: false,
      spread: 0,
      chance: 1,
    })
  }
  const listed = new Set([...atHand, ...cards.map(({ id }) => id)])
  const shown = plans
    .filter(
      ({ on, accountId }) =>
        on > today &&
        on <= until &&
        (query.accountId === null ? listed.has(accountId) && view.includes(accountId) : accountId === query.accountId),
    )
    .toSorted((left, right) =>
      left.on === right.on ? left.amount.minor - right.amount.minor : left.on < right.on ? -1 : 1,
    )
    .map(({ spread: _spread, chance: _chance, ...event }) => event)
  return {
    currency: subject === null ? tally.base : (accounts[subject]?.currency ?? tally.base),
    accountId: query.accountId,
    days: Array.from({ length: days + 1 }, (_, offset) => dateFromDayNumber(dayNumber(today) + offset)),
    expectedMinor: rounded(result.expected),
    lowMinor: rounded(result.low),
    highMinor: rounded(result.high),
    accounts: accounts.flatMap((account, at) => {
      if (!view.includes(account.id)) return []
      const outlook = result.accounts[at]
      const line = outlook?.expected ?? new Float64Array(1)
      let lowest = 0
      for (let offset = 1; offset < line.length; offset += 1)
        if ((line[offset] ?? 0) < (line[lowest] ?? 0)) lowest = offset
      return {
        accountId: account.id,
        part: view.fractionOf(account.id),
        balance: money(inputs[at]?.balance ?? 0, account.currency),
        floorMinor: floors.get(account.id) ?? 0,
        floorSet: floors.has(account.id),
        counted: (inputs[at]?.toBase ?? 0) !== 0,
        belowOn: dateOf(outlook?.belowDay ?? null),
        riskOn: dateOf(outlook?.riskDay ?? null),
        lowestMinor: Math.round(line[lowest] ?? 0),
        lowestOn: dateOf(lowest) ?? today,
      }
    }),
    events: shown,
    historyDays: Math.max(0, ...[...lines.values()].map(({ length }) => length)),
    notes: tally.notes(),
  }
}
