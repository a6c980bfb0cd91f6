import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type DetectedSeries, detectSeries } from '../analysis/account/recurring/detect-series.ts'
import { FEWEST } from '../analysis/account/recurring/worth-trying.ts'
import { categoryWeight } from '../analysis/account/recurring/series-type.ts'
import { prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import type { LineStore, PayeeGroup } from './line-store.ts'
import { PayeeKeys } from './payee-keys.ts'
import { readChanges } from './read-changes.ts'
import { readHistory } from './read-history.ts'
import { categoryKeysOf, type CategoryKeys, saveSeries } from './save-series.ts'

/** Another number has the whole history looked at again: the search has changed. */
const VERSION = 2
/** Up to so many rows the whole history is looked at each time: it takes a tenth of a second. */
const SMALL = 60_000
const READING_CACHE_KIB = 8_192
const GROUP_ROWS_A_SLICE = 10_000

export interface FoundSeries {
  readonly payeeKey: string
  readonly group: PayeeGroup
  readonly series: DetectedSeries
}

interface State {
  readonly seen: number
  readonly version: number
  readonly last: number
}

function loadState(vault: WritableVault): State {
  const [row] = sqlRows<State>(
    vault,
    `select seen_id as seen, version, (select coalesce(max(id), 0) from transactions) as last from recurring_state`,
  )
  return row ?? { seen: 0, version: 0, last: 0 }
}

function currenciesOf(vault: WritableVault): ReadonlyMap<number, string> {
  const rows = sqlRows<{ id: number; currency: string }>(vault, 'select id, currency from accounts')
  return new Map(rows.map(({ id, currency }) => [id, currency]))
}

/** The series in rows whose payees these are, by their numbers. */
function* detectAll(
  vault: WritableVault,
  { store, payees, keys }: { store: LineStore; payees: readonly string[]; keys: CategoryKeys },
): Generator<void, FoundSeries[]> {
  const category = prepared(vault, 'select category_id from transactions where id = ?')
  const found: FoundSeries[] = []
  let count = 0
  for (const group of store.groups(FEWEST)) {
    count += group.payments.length
    if (count > GROUP_ROWS_A_SLICE) {
      count = 0
      yield
    }
    const payeeKey = payees[group.payee] ?? ''
    let weight: number | null = null
    const prior = (): number => {
      if (weight !== null) return weight
      const latest = category.get(group.latestId) as { category_id: number | null } | undefined
      weight = categoryWeight(keys(latest?.category_id ?? null))
      return weight
    }
    for (const series of detectSeries(group.payments, prior)) found.push({ payeeKey, group, series })
  }
  return found
}

/** Marks all rows as seen before they are read: whatever changes while they are names its payee. */
function begin(vault: WritableVault, last: number, version: number): void {
  prepared(vault, 'update recurring_state set seen_id = ?, version = ? where id = 1').run(last, version)
  prepared(vault, 'delete from recurring_dirty').run()
}

function* lookAtAll(vault: WritableVault, last: number, rows: number): Generator<void, number> {
  vault.driver.transaction(() => begin(vault, last, 0)).immediate()
  // each page is read once: keeping a whole history of them would only take memory
  const kept = Number(vault.driver.pragma('cache_size', { simple: true }))
  vault.driver.pragma(`cache_size = -${READING_CACHE_KIB}`)
  let history
  try {
    history = yield* readHistory(vault, { last, rows, currencies: currenciesOf(vault) })
  } finally {
    vault.driver.pragma(`cache_size = ${kept}`)
  }
  const keys = categoryKeysOf(vault)
  const found = yield* detectAll(vault, { ...history, keys })
  vault.driver
    .transaction(() => {
      saveSeries(vault, found, { payeeKeys: null, keys })
      prepared(vault, 'update recurring_state set version = ? where id = 1').run(VERSION)
    })
    .immediate()
  return history.looked
}

/** The payees that rows have come or changed of since. */
function changedKeys(vault: WritableVault, seen: number, payeeKeys: PayeeKeys): Set<string> {
  const texts = sqlRows<{ text: string }>(
    vault,
    `select text from recurring_dirty
     union select case when payee = '' then memo else payee end from transactions not indexed where id > ?`,
    seen,
  )
  return new Set(texts.map(({ text }) => payeeKeys.of(text)))
}

function* lookAtChanges(vault: WritableVault, { seen, last }: State, today: IsoDate): Generator<void, number> {
  const payeeKeys = new PayeeKeys()
  const changed = changedKeys(vault, seen, payeeKeys)
  vault.driver.transaction(() => begin(vault, last, 0)).immediate()
  const payees = [...changed].filter((key) => key !== '')
  const store = yield* readChanges(vault, { payees, keys: payeeKeys, today, currencies: currenciesOf(vault) })
  const keys = categoryKeysOf(vault)
  const found = yield* detectAll(vault, { store, payees, keys })
  vault.driver
    .transaction(() => {
      saveSeries(vault, found, { payeeKeys: changed, keys })
      prepared(vault, 'update recurring_state set version = ? where id = 1').run(VERSION)
    })
    .immediate()
  return store.size
}

/** Whether rows have come or changed since the history was last looked at. */
export function isPending(vault: Pick<WritableVault, 'driver'>): boolean {
  const row = prepared(
    vault,
    `select version <> ${VERSION} or seen_id < (select coalesce(max(id), 0) from transactions)
       or exists (select 1 from recurring_dirty) as pending from recurring_state where id = 1`,
  ).get() as { pending: 0 | 1 } | undefined
  return row?.pending === 1
}

/**
 * Looks for series in what is new or changed, or in the whole history where it never was, and keeps what it finds. Yields
 * after each slice of some tens of milliseconds, so that other work may come between: nothing is written before the end, in
 * one transaction, and what is broken off is begun again. Answers how many rows were looked at.
 */
export function* lookThrough(
  vault: WritableVault,
  { today, whole = false }: { readonly today: IsoDate; readonly whole?: boolean },
): Generator<void, number> {
  const state = loadState(vault)
  if (!whole && !isPending(vault)) return 0
  const [size] = sqlRows<{ rows: number }>(
    vault,
    'select coalesce(sum(transaction_count), 0) as rows from account_balances',
  )
  if (whole || state.version !== VERSION || (size?.rows ?? 0) <= SMALL) {
    return yield* lookAtAll(vault, state.last, size?.rows ?? 0)
  }
  return yield* lookAtChanges(vault, state, today)
}
