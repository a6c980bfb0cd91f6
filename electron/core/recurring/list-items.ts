import { z } from 'zod'
import type { RecurringList } from '../../../shared/ipc/channels/recurring-channels.ts'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type Money, money } from '../../../shared/domain/money.ts'
import { isoDateSchema } from '../../../shared/model/primitives.ts'
import {
  recurringAnchorSchema,
  recurringEvidenceSchema,
  type RecurringItem,
  recurringPeriodSchema,
  type RecurringPeriod,
  recurringTypes,
} from '../../../shared/model/recurring.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { periodShapes } from '../analysis/account/recurring/period.ts'
import { anchorAt, nextOfOwn, scheduleOf } from '../analysis/account/recurring/schedule.ts'
import { BaseTally, createConverter } from '../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import type { Schema } from '../storage/schema.ts'
import { isPending } from './look-through.ts'

type SeriesRow = Omit<Schema['recurring_series'], 'id'> & { currency: CurrencyCode; horizon: IsoDate | null }
export interface DecisionRow extends Omit<Schema['recurring_decisions'], 'id' | 'category_set'> {
  readonly id: number
  readonly category_set: 0 | 1
  readonly currency: CurrencyCode | null
}

const OWN = 'own:'
const pricesSchema = z.array(z.strictObject({ on: isoDateSchema, fromMinor: z.int(), toMinor: z.int() }))
const typeSchema = z.enum(recurringTypes).catch('other')

const SERIES = `select s.*, a.currency,
    (select max(booked_on) from transactions where account_id = s.account_id) as horizon
  from recurring_series s join accounts a on a.id = s.account_id`
const DECISIONS = `select d.*, a.currency from recurring_decisions d left join accounts a on a.id = d.account_id`

/** The key of one that was made by hand. */
export const ownKey = (id: number): string => `${OWN}${id}`

export function loadDecision(vault: Vault, key: string): DecisionRow | undefined {
  if (key.startsWith(OWN)) {
    return sqlRows<DecisionRow>(
      vault,
      `${DECISIONS} where d.id = ? and series_key is null`,
      Number(key.slice(OWN.length)) || 0,
    )[0]
  }
  return sqlRows<DecisionRow>(vault, `${DECISIONS} where series_key = ?`, key)[0]
}

export function hasSeries(vault: Vault, key: string): boolean {
  return sqlRows(vault, 'select 1 from recurring_series where key = ?', key).length > 0
}

const yearlyOf = (minor: number, period: RecurringPeriod): number => minor * periodShapes[period].aYear

interface Context {
  readonly today: IsoDate
  readonly tally: BaseTally
}

function detectedItem(row: SeriesRow, decision: DecisionRow | undefined, { today, tally }: Context): RecurringItem {
  const { currency } = row
  const lastOn = isoDateSchema.parse(row.last_on)
  const period = recurringPeriodSchema.parse(decision?.period ?? row.period)
  const found = recurringAnchorSchema.parse(JSON.parse(row.anchor))
  const chosenNext =
    decision?.next_on === undefined || decision.next_on === null ? null : isoDateSchema.parse(decision.next_on)
  const anchor = chosenNext !== null || period !== row.period ? anchorAt(chosenNext ?? lastOn, period) : found
  const minor = decision?.amount_minor ?? row.amount_minor
  const schedule = scheduleOf({ lastOn, period, anchor }, { today, horizon: row.horizon ?? today })
  const endedOn = decision?.ended_on ?? null
  const isEnded = endedOn !== null ? endedOn <= today : chosenNext !== null ? false : schedule.ended
  const nextOn = isEnded
    ? null
    : chosenNext !== null && chosenNext > lastOn
      ? nextOfOwn(chosenNext, period, today)
      : schedule.nextOn
  const charged = row.original_currency === null ? currency : parseCurrencyCode(row.original_currency)
  const prices = pricesSchema.parse(JSON.parse(row.prices)).map((price) => Object.assign({ currency: charged }, price))
  const last = prices.at(-1)
  const sign = row.amount_minor < 0 ? -1 : 1
  const yearly = money(yearlyOf(minor, period), currency)
  return {
    key: row.key,
    status: decision?.status ?? 'detected',
    own: false,
    name: decision?.name ?? row.payee,
    payee: row.payee,
    accountId: row.account_id,
    type: typeSchema.parse(decision?.type ?? row.type),
    categoryId: decision?.category_set === 1 ? decision.category_id : row.category_id,
    period,
    anchor,
    amount: money(minor, currency),
    fixed: row.fixed === 1,
    lowestMinor: row.lowest_minor,
    highestMinor: row.highest_minor,
    original: row.original_minor === null ? null : money(row.original_minor, charged),
    yearly,
    yearlyBase: tally.convert(yearly)?.value ?? null,
    prices,
    yearDifference: last === undefined ? null : money(sign * yearlyOf(last.toMinor - last.fromMinor, period), charged),
    firstOn: isoDateSchema.parse(row.first_on),
    lastOn,
    occurrences: row.occurrences,
    missed: row.missed,
    nextOn,
    overdueSince: isEnded || chosenNext !== null ? null : schedule.overdueSince,
    ended: isEnded,
    confidence: decision?.status === 'confirmed' ? 1000 : row.confidence,
    evidence: z.array(recurringEvidenceSchema).parse(JSON.parse(row.evidence)),
  }
}

/** One entered by hand, or one whose series is no longer found but of which the user has said all there is to say. */
function ownItem(row: DecisionRow, { today, tally }: Context): RecurringItem | null {
  const { amount_minor: minor, account_id: accountId, currency, next_on: next, period: text } = row
  if (minor === null || accountId === null || currency === null || next === null || text === null) return null
  const period = recurringPeriodSchema.parse(text)
  const firstOn = isoDateSchema.parse(next)
  const yearly = money(yearlyOf(minor, period), currency)
  const ended = row.ended_on !== null && row.ended_on <= today
  return {
    key: row.series_key ?? ownKey(row.id),
    status: row.status,
    own: true,
    name: row.name ?? '',
    payee: '',
    accountId,
    type: typeSchema.parse(row.type),
    categoryId: row.category_id,
    period,
    anchor: anchorAt(firstOn, period),
    amount: money(minor, currency),
    fixed: true,
    lowestMinor: Math.abs(minor),
    highestMinor: Math.abs(minor),
    original: null,
    yearly,
    yearlyBase: tally.convert(yearly)?.value ?? null,
    prices: [],
    yearDifference: null,
    firstOn: null,
    lastOn: null,
    occurrences: 0,
    missed: 0,
    nextOn: ended ? null : nextOfOwn(firstOn, period, today),
    overdueSince: null,
    ended,
    confidence: 1000,
    evidence: [],
  }
}

function compareItems(left: RecurringItem, right: RecurringItem): number {
  const [a, b] = [left.nextOn ?? '9999', right.nextOn ?? '9999']
  if (a !== b) return a < b ? -1 : 1
  return left.key < right.key ? -1 : 1
}

/** All series that were found or made, the next one first. */
export function loadRecurringItems(vault: Vault, today: IsoDate): { items: RecurringItem[]; tally: BaseTally } {
  const base = loadVaultSettings(vault).baseCurrency
  const tally = new BaseTally(createConverter(loadRateSource(vault)), base, today)
  const context = { today, tally }
  const decisions = sqlRows<DecisionRow>(vault, DECISIONS)
  const byKey = new Map(decisions.flatMap((row) => (row.series_key === null ? [] : [[row.series_key, row] as const])))
  const items = sqlRows<SeriesRow>(vault, SERIES).map((row) => {
    const decision = byKey.get(row.key)
    byKey.delete(row.key)
    return detectedItem(row, decision, context)
  })
  for (const row of decisions) {
    if (row.series_key !== null && !byKey.has(row.series_key)) continue
    const own = ownItem(row, context)
    if (own !== null) items.push(own)
  }
  return { items: items.toSorted(compareItems), tally }
}

/** Magnitudes in the base currency of a year of these items: the viewed person's part of each. */
function sumOfYear(items: readonly RecurringItem[], view: OwnershipView): number {
  return items.reduce(
    (sum, { accountId, yearlyBase }) => sum + view.partOf(accountId, Math.abs(yearlyBase?.minor ?? 0)),
    0,
  )
}

/** A twelfth, rounded half away from zero. */
const twelfth = (minor: number): number => Math.floor(minor / 12 + 0.5)

export const countsInTotals = ({ status, ended, type }: RecurringItem): boolean =>
  status !== 'dismissed' && !ended && type !== 'transfer'

/**
 * What comes again on the accounts that are at least in part the person's, null: all of it. Each item is told whole, the
 * totals are the person's part.
 */
export function listRecurring(vault: Vault, today: IsoDate, person: number | null = null): RecurringList {
  const view = loadOwnershipView(vault, person)
  const { items: all, tally } = loadRecurringItems(vault, today)
  const items = all.filter(({ accountId }) => view.includes(accountId))
  const counted = items.filter(countsInTotals)
  const outYearMinor = sumOfYear(
    counted.filter(({ amount }) => amount.minor < 0),
    view,
  )
  const inYearMinor = sumOfYear(
    counted.filter(({ amount }) => amount.minor > 0),
    view,
  )
  return {
    currency: tally.base,
    items,
    totals: { outYearMinor, outMonthMinor: twelfth(outYearMinor), inYearMinor, inMonthMinor: twelfth(inYearMinor) },
    notes: tally.notes(),
    pending: isPending(vault),
  }
}

export interface RecurringRow {
  readonly transactionId: number
  readonly accountId: number
  readonly bookedOn: IsoDate
  readonly amount: Money
  readonly payee: string
}

/** The payments of a series, newest first. */
export function loadRecurringRows(vault: Vault, key: string): RecurringRow[] {
  return sqlRows<{
    id: number
    account_id: number
    booked_on: IsoDate
    minor: number
    currency: CurrencyCode
    payee: string
  }>(
    vault,
    `select t.id, t.account_id, t.booked_on, t.amount_minor as minor, a.currency,
       case when t.payee = '' then t.memo else t.payee end as payee
     from recurring_series s join recurring_rows r on r.series_id = s.id
     join transactions t on t.id = r.transaction_id join accounts a on a.id = t.account_id
     where s.key = ? order by t.booked_on desc, t.id desc`,
    key,
  ).map(({ id, account_id, booked_on, minor, currency, payee }) => ({
    transactionId: id,
    accountId: account_id,
    bookedOn: booked_on,
    amount: money(minor, currency),
    payee,
  }))
}
