import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  addDays,
  addMonths,
  endOfMonth,
  type IsoDate,
  monthOf,
  startOfMonth,
} from '../../../../shared/domain/iso-date.ts'
import {
  type Flow,
  type FlowFilter,
  countedFlow,
  type FlowGroup,
  type FlowSheet,
  type FlowSpan,
  type UnfiledAccount,
} from '../../../../shared/model/flow.ts'
import { mergeNotes } from '../../analysis/account/flow/merge-notes.ts'
import { endOfPeriod, periodOf, periodsBetween } from '../../analysis/account/flow/flow-period.ts'
import { type Converter, createConverter } from '../../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../open-vault.ts'
import { loadAccounts, type StoredAccount } from './account-repository.ts'
import { FlowCells, ForeignSums, type PeriodNote } from './flow-cells.ts'
import { idList, prepared, type SqlValue, sqlRows } from './query.ts'
import { loadOwnershipView } from './person-repository.ts'
import { loadRateSourceBetween } from './rate-repository.ts'
import { loadVaultSettings } from './settings-repository.ts'

export interface FlowQuery extends FlowFilter {
  readonly from: IsoDate
  /** The last day that counts. */
  readonly to: IsoDate
  readonly group: FlowGroup
  /** Only this person's part of each account; null or absent: the household's whole. */
  readonly person?: number | null
}

const INVESTED: ReadonlySet<string> = new Set(['investment', 'insurance', 'property', 'receivable'])

/** How an unfiled amount on this account is judged. */
export function unfiledAccountOf({ kind }: Pick<StoredAccount, 'kind'>): UnfiledAccount {
  if (kind.class === 'credit-card') return 'card'
  if (kind.side === 'liability') return 'debt'
  return INVESTED.has(kind.class) ? 'investment' : 'ordinary'
}

/** The accounts of a report: those asked for, else those that count in net worth. Points are no money. */
export function chosenAccounts(vault: Vault, { accountIds }: FlowFilter): StoredAccount[] {
  const chosen = accountIds === undefined ? null : new Set(accountIds)
  return loadAccounts(vault).filter(
    ({ id, inNetWorth, kind }) => kind.valuedBy !== 'points' && (chosen === null ? inNetWorth : chosen.has(id)),
  )
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
export interface LineSource {
  readonly from: string
  readonly where: string
  readonly parameters: readonly SqlValue[]
}

/** Lines by payee or tag are reached through their transactions; all others in the order they lie in. */
export function lineSource(filter: FlowFilter, accountIds: readonly number[], from: IsoDate, to: IsoDate): LineSource {
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

type SumRow = [flow: Flow, categoryId: number, ins: number, outs: number, count: number]

/** What a few days of these accounts come to by flow and category. */
function sumsOf(vault: Vault, source: LineSource, categories: readonly number[] | undefined): SumRow[] {
  const inCategories = categories === undefined ? '' : ' and l.category_id in (select value from json_each(?))'
  const sql = `select l.flow, l.category_id, sum(max(l.amount_minor, 0)), sum(max(-l.amount_minor, 0)), count(*)
    from ${source.from} where ${source.where}${inCategories} group by l.flow, l.category_id`
  const parameters = categories === undefined ? source.parameters : [...source.parameters, idList(categories)]
  return prepared(vault, sql)
    .raw()
    .all(...parameters) as SumRow[]
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

/** More runs of numbers than these are looked up instead. */
const MOST_RUNS = 8

/** A condition on `account_id`: numbers mostly follow each other, and comparing is several times faster than looking up. */
function inAccounts(accountIds: readonly number[]): { sql: string; parameters: readonly SqlValue[] } {
  const runs: [first: number, last: number][] = []
  for (const id of accountIds.toSorted((left, right) => left - right)) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === id - 1) run[1] = id
    else runs.push([id, id])
  }
  if (runs.length > MOST_RUNS) {
    return { sql: 'account_id in (select value from json_each(?))', parameters: [idList(accountIds)] }
  }
  return { sql: `(${runs.map(() => 'account_id between ? and ?').join(' or ')})`, parameters: runs.flat() }
}

/** Whole months: summed over the accounts, but for the account by account where that decides what a line is. */
function* monthsOf(
  vault: Vault,
  [first, last]: readonly [string, string],
  accountIds: readonly number[],
  categories: readonly number[] | undefined,
): Generator<MonthRow> {
  const inCategories = categories === undefined ? '' : ' and category_id in (select value from json_each(?))'
  const more = categories === undefined ? [] : [idList(categories)]
  const accounts = inAccounts(accountIds)
  const where = `month between ? and ? and ${accounts.sql}${inCategories}`
  const parameters = [first, last, ...accounts.parameters, ...more]
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

/** Converts the days of a span; several sheets within it can share one. */
export function flowConverter(vault: Vault, { from, to }: FlowSpan): Converter {
  return createConverter(loadRateSourceBetween(vault, from, to))
}

/**
 * Sums by period, flow and category in the base currency, of the accounts that count in net worth or the given ones.
 * Each day's amounts of an account in another currency count at that day's rate, or the last one known before it, rounded
 * once for each day, flow and category; those without any rate are left out and told. Whole months of accounts in the
 * base currency come from the maintained sums, so that the cost does not grow with the history.
 */
export function loadFlow(
  vault: Vault,
  query: FlowQuery,
  converter: () => Converter = () => flowConverter(vault, query),
): FlowSheet {
  const sheet = loadFlowByPeriod(vault, query, converter)
  return { ...sheet, notes: mergeNotes(sheet.notes) }
}

/** The same with what is to be told of rates by period. */
export interface PeriodSheet extends Omit<FlowSheet, 'notes'> {
  readonly notes: readonly PeriodNote[]
}

export function loadFlowByPeriod(vault: Vault, query: FlowQuery, converter: () => Converter): PeriodSheet {
  const currency = loadVaultSettings(vault).baseCurrency
  const accounts = chosenAccounts(vault, query)
  const view = loadOwnershipView(vault, query.person ?? null)
  // by who shares them also for the whole household: its figures are then those of its people to the last cent
  const alike = [...Map.groupBy(accounts, ({ id }) => view.ownership.patternOf(id)).values()]
  const cells = new FlowCells()
  const notes: PeriodNote[] = []
  for (const members of alike) {
    const [first] = members
    if (first === undefined || !view.includes(first.id)) continue
    const sums = sumAccounts(vault, query, members, currency, converter)
    for (const { period, flow, categoryId, inMinor, outMinor, count } of sums.cells.all()) {
      cells.add(period, flow, categoryId, view.partOf(first.id, inMinor), view.partOf(first.id, outMinor), count)
    }
    notes.push(...sums.notes)
  }
  return { currency, cells: cells.sorted(), notes }
}

/** The sums of accounts that are shared alike, whole. */
function sumAccounts(
  vault: Vault,
  query: FlowQuery,
  accounts: readonly StoredAccount[],
  currency: CurrencyCode,
  converter: () => Converter,
): { cells: FlowCells; notes: PeriodNote[] } {
  const { from, to, group } = query
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const judged = new Map(accounts.map((account) => [account.id, unfiledAccountOf(account)]))
  const categories = query.categoryIds === undefined ? undefined : withSubcategories(vault, query.categoryIds)
  const cells = new FlowCells()
  const foreign = new ForeignSums()
  const ids = (of: readonly StoredAccount[]): number[] => of.map(({ id }) => id)

  const addLines = (chosen: readonly StoredAccount[]): void => {
    if (chosen.length === 0) return
    for (const [on, flow, categoryId, accountId, minor] of linesOf(
      vault,
      lineSource(query, ids(chosen), from, to),
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
  /** Days that are no whole months, period by period: summed where they lie, for lines are many and sums few. */
  const addDaysOf = (chosen: readonly StoredAccount[], first: IsoDate, last: IsoDate): void => {
    const parts = Map.groupBy(chosen, unfiledAccountOf)
    for (const period of periodsBetween(first, last, group)) {
      const end = endOfPeriod(period, group)
      const [since, until] = [period < first ? first : period, end > last ? last : end]
      for (const [unfiled, members] of parts) {
        for (const [flow, categoryId, ins, outs, count] of sumsOf(
          vault,
          lineSource({}, ids(members), since, until),
          categories,
        )) {
          const counted = countedFlow(flow, unfiled)
          if (counted !== null) cells.add(period, counted, categoryId, ins, outs, count)
        }
      }
    }
  }

  if (query.payee !== undefined || query.tagIds !== undefined) addLines(accounts)
  else {
    const [own, others] = [
      accounts.filter((account) => account.currency === currency),
      accounts.filter((account) => account.currency !== currency),
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
    for (const [first, last] of days) addDaysOf(own, first, last)
    addLines(others)
  }
  return { cells, notes: foreign.addTo(cells, currency, converter) }
}
