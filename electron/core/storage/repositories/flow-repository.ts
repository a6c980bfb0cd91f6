import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  addDays,
  addMonths,
  daysBetween,
  endOfMonth,
  type IsoDate,
  monthOf,
  startOfMonth,
} from '../../../../shared/domain/iso-date.ts'
import { money, safeMinor } from '../../../../shared/domain/money.ts'
import {
  type Flow,
  type FlowCell,
  type FlowFilter,
  countedFlow,
  type CountedFlow,
  type FlowGroup,
  type FlowSheet,
  type UnfiledAccount,
} from '../../../../shared/model/flow.ts'
import { periodOf } from '../../analysis/account/flow/flow-period.ts'
import type { RateNote } from '../../../../shared/model/figures.ts'
import { createConverter } from '../../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../open-vault.ts'
import { loadAccounts, type StoredAccount } from './account-repository.ts'
import { idList, prepared, type SqlValue, sqlRows } from './query.ts'
import { loadRateSource } from './rate-repository.ts'
import { loadVaultSettings } from './settings-repository.ts'

export interface FlowQuery extends FlowFilter {
  readonly from: IsoDate
  /** The last day that counts. */
  readonly to: IsoDate
  readonly group: FlowGroup
}

/** A rate this many days older than the day it stands in for is told: weekends and holidays pass in silence. */
const TOLD_AFTER_DAYS = 7

const INVESTED: ReadonlySet<string> = new Set(['investment', 'insurance', 'property', 'receivable'])

/** How an unfiled amount on this account is judged. */
export function unfiledAccountOf({ kind }: Pick<StoredAccount, 'kind'>): UnfiledAccount {
  if (kind.class === 'credit-card') return 'card'
  if (kind.side === 'liability') return 'debt'
  return INVESTED.has(kind.class) ? 'investment' : 'ordinary'
}

/** The categories with all below them; 0 stays: none. */
export function withSubcategories(vault: Vault, categoryIds: readonly number[]): number[] {
  const below = sqlRows<{ id: number }>(
    vault,
    `with recursive tree (id) as (
       select value from json_each(?)
       union select categories.id from categories join tree on categories.parent_id = tree.id
     ) select id from tree`,
    idList(categoryIds),
  )
  return below.map(({ id }) => id)
}

class Cells {
  readonly #cells = new Map<string, FlowCell>()

  add(period: IsoDate, flow: CountedFlow, categoryId: number, inMinor: number, outMinor: number, count: number): void {
    const key = `${period} ${flow} ${categoryId}`
    const known = this.#cells.get(key)
    if (known === undefined) this.#cells.set(key, { period, flow, categoryId, inMinor, outMinor, count })
    else {
      known.inMinor = safeMinor(known.inMinor + inMinor)
      known.outMinor = safeMinor(known.outMinor + outMinor)
      known.count += count
    }
  }

  /** By period, flow and category. */
  sorted(): FlowCell[] {
    return [...this.#cells].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, cell]) => cell)
  }
}

/** What is summed where: whole months from the maintained sums, the days before and after them line by line. */
function spansOf(
  from: IsoDate,
  to: IsoDate,
  group: FlowGroup,
): { months: [string, string] | null; days: [IsoDate, IsoDate][] } {
  if (group === 'day' || group === 'week') return { months: null, days: [[from, to]] }
  const first = startOfMonth(from) === from ? from : addMonths(startOfMonth(from), 1)
  const end = endOfMonth(to) === to ? to : addDays(startOfMonth(to), -1)
  if (first > end) return { months: null, days: [[from, to]] }
  const days: [IsoDate, IsoDate][] = []
  if (from < first) days.push([from, addDays(first, -1)])
  if (end < to) days.push([addDays(end, 1), to])
  return { months: [monthOf(first), monthOf(end)], days }
}

/** Which lines: a condition on `flow_lines l`, with its parameters, and what it is joined with. */
interface LineSource {
  readonly from: string
  readonly where: string
  readonly parameters: readonly SqlValue[]
}

/** Lines by payee or tag are reached through their transactions; all others in the order they lie in. */
function lineSource(filter: FlowFilter, accountIds: readonly number[], from: IsoDate, to: IsoDate): LineSource {
  const { payee, tagIds } = filter
  const tagged = 'select transaction_id from transaction_tags where tag_id in (select value from json_each(?))'
  const lines = `cross join flow_lines l
    on l.account_id = t.account_id and l.booked_on = t.booked_on and l.transaction_id = t.id`
  const inAccounts = 'l.account_id in (select value from json_each(?))'
  if (payee !== undefined) {
    const tags =
      tagIds === undefined
        ? { sql: '', parameters: [] }
        : { sql: ` and t.id in (${tagged})`, parameters: [idList(tagIds)] }
    return {
      from: `transactions t indexed by transactions_payee ${lines}`,
      where: `t.payee = ? and t.booked_on between ? and ? and ${inAccounts}${tags.sql}`,
      parameters: [payee, from, to, idList(accountIds), ...tags.parameters],
    }
  }
  if (tagIds !== undefined) {
    return {
      from: `(select distinct transaction_id as id from (${tagged})) g cross join transactions t on t.id = g.id ${lines}`,
      where: `t.booked_on between ? and ? and ${inAccounts}`,
      parameters: [idList(tagIds), from, to, idList(accountIds)],
    }
  }
  return {
    from: 'json_each(?) chosen cross join flow_lines l on l.account_id = chosen.value',
    where: 'l.booked_on between ? and ?',
    parameters: [idList(accountIds), from, to],
  }
}

type LineRow = [on: IsoDate, flow: Flow, categoryId: number, accountId: number, minor: number]

function* linesOf(vault: Vault, source: LineSource, categories: readonly number[] | undefined): Generator<LineRow> {
  const inCategories = categories === undefined ? '' : ' and l.category_id in (select value from json_each(?))'
  const sql = `select l.booked_on, l.flow, l.category_id, l.account_id, l.amount_minor from ${source.from}
    where ${source.where}${inCategories}`
  const parameters = categories === undefined ? source.parameters : [...source.parameters, idList(categories)]
  yield* prepared(vault, sql)
    .raw()
    .iterate(...parameters) as Iterable<LineRow>
}

type MonthRow = [
  month: string,
  flow: Flow,
  categoryId: number,
  accountId: number,
  ins: number,
  outs: number,
  count: number,
]

/** Whole months: summed over the accounts, but for the account by account where that decides what a line is. */
function* monthsOf(
  vault: Vault,
  [first, last]: readonly [string, string],
  accountIds: readonly number[],
  categories: readonly number[] | undefined,
): Generator<MonthRow> {
  const inCategories = categories === undefined ? '' : ' and category_id in (select value from json_each(?))'
  const more = categories === undefined ? [] : [idList(categories)]
  const where = `month between ? and ? and account_id in (select value from json_each(?))${inCategories}`
  const parameters = [first, last, idList(accountIds), ...more]
  // in the order of the key: nothing is sorted
  const sums = `select month, flow, category_id, 0, sum(inflow_minor), sum(outflow_minor), sum(line_count)
    from flow_months where ${where} and flow not in ('unfiled-in', 'unfiled-out') group by month, flow, category_id`
  yield* prepared(vault, sums)
    .raw()
    .iterate(...parameters) as Iterable<MonthRow>
  if (categories !== undefined && !categories.includes(0)) return
  const months: string[] = []
  for (let month = `${first}-01` as IsoDate; monthOf(month) <= last; month = addMonths(month, 1))
    months.push(monthOf(month))
  const unfiled = `select month, flow, category_id, account_id, inflow_minor, outflow_minor, line_count
    from json_each(?) asked cross join flow_months on month = asked.value and flow in ('unfiled-in', 'unfiled-out')
    where account_id in (select value from json_each(?))`
  yield* prepared(vault, unfiled).raw().iterate(JSON.stringify(months), idList(accountIds)) as Iterable<MonthRow>
}

/** Amounts in other currencies by day, flow and category, until they are converted. */
class ForeignSums {
  readonly #sums = new Map<string, { on: IsoDate; currency: CurrencyCode; cell: FlowCell }>()

  add(
    currency: CurrencyCode,
    on: IsoDate,
    group: FlowGroup,
    flow: CountedFlow,
    categoryId: number,
    minor: number,
  ): void {
    const key = `${currency}${on}${flow} ${categoryId}`
    let sum = this.#sums.get(key)
    if (sum === undefined) {
      const cell = { period: periodOf(on, group), flow, categoryId, inMinor: 0, outMinor: 0, count: 0 }
      sum = { on, currency, cell }
      this.#sums.set(key, sum)
    }
    if (minor > 0) sum.cell.inMinor = safeMinor(sum.cell.inMinor + minor)
    else sum.cell.outMinor = safeMinor(sum.cell.outMinor - minor)
    sum.cell.count += 1
  }

  /** Adds all of them, each at its day's rate; answers what is to be told of the rates. */
  addTo(cells: Cells, vault: Vault, base: CurrencyCode): RateNote[] {
    const notes = new Map<CurrencyCode, IsoDate | null>()
    if (this.#sums.size === 0) return []
    const converter = createConverter(loadRateSource(vault))
    for (const { on, currency, cell } of this.#sums.values()) {
      const ins = converter.convert(money(cell.inMinor, currency), base, on)
      const outs = converter.convert(money(cell.outMinor, currency), base, on)
      if (ins === null || outs === null) {
        notes.set(currency, null)
        continue
      }
      const { rateOn } = ins
      if (rateOn !== null && daysBetween(rateOn, on) > TOLD_AFTER_DAYS) {
        const told = notes.get(currency)
        if (told === undefined || (told !== null && rateOn < told)) notes.set(currency, rateOn)
      }
      cells.add(cell.period, cell.flow, cell.categoryId, ins.value.minor, outs.value.minor, cell.count)
    }
    return [...notes]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([currency, usedRateOn]) => ({ currency, usedRateOn }))
  }
}

/**
 * Sums by period, flow and category in the base currency, of the accounts that count in net worth or the given ones.
 * Each day's amounts of an account in another currency count at that day's rate, or the last one known before it, rounded
 * once for each day, flow and category; those without any rate are left out and told. Whole months of accounts in the
 * base currency come from the maintained sums, so that the cost does not grow with the history.
 */
export function loadFlow(vault: Vault, query: FlowQuery): FlowSheet {
  const { from, to, group } = query
  const currency = loadVaultSettings(vault).baseCurrency
  const accounts = loadAccounts(vault).filter((account) =>
    query.accountIds === undefined ? account.inNetWorth : query.accountIds.includes(account.id),
  )
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const judged = new Map(accounts.map((account) => [account.id, unfiledAccountOf(account)]))
  const categories = query.categoryIds === undefined ? undefined : withSubcategories(vault, query.categoryIds)
  const cells = new Cells()
  const foreign = new ForeignSums()
  const byLine = query.payee !== undefined || query.tagIds !== undefined
  const ids = (of: readonly StoredAccount[]): number[] => of.map(({ id }) => id)

  const addLines = (chosen: readonly StoredAccount[], first: IsoDate, last: IsoDate): void => {
    if (chosen.length === 0 || first > last) return
    for (const [on, flow, categoryId, accountId, minor] of linesOf(
      vault,
      lineSource(query, ids(chosen), first, last),
      categories,
    )) {
      const counted = countedFlow(flow, judged.get(accountId) ?? 'ordinary')
      if (counted === null) continue
      const own = byId.get(accountId)?.currency ?? currency
      if (own === currency)
        cells.add(periodOf(on, group), counted, categoryId, Math.max(minor, 0), Math.max(-minor, 0), 1)
      else foreign.add(own, on, group, counted, categoryId, minor)
    }
  }

  if (byLine) addLines(accounts, from, to)
  else {
    const [own, others] = [
      accounts.filter((one) => one.currency === currency),
      accounts.filter((one) => one.currency !== currency),
    ]
    const { months, days } = spansOf(from, to, group)
    if (months !== null && own.length > 0) {
      for (const [month, flow, categoryId, accountId, ins, outs, count] of monthsOf(
        vault,
        months,
        ids(own),
        categories,
      )) {
        const counted = countedFlow(flow, judged.get(accountId) ?? 'ordinary')
        if (counted !== null)
          cells.add(periodOf(`${month}-01` as IsoDate, group), counted, categoryId, ins, outs, count)
      }
    }
    for (const [first, last] of days) addLines(own, first, last)
    addLines(others, from, to)
  }
  const notes = foreign.addTo(cells, vault, currency)
  return { currency, cells: cells.sorted(), notes }
}
