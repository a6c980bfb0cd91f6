import { dateFromDayNumber } from '../../../shared/domain/iso-date.ts'
import { seriesType } from '../analysis/account/recurring/series-type.ts'
import { idList, prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import type { FoundSeries } from './look-through.ts'

/** The key of a category and that of its parent. */
export type CategoryKeys = (categoryId: number | null) => readonly (string | null)[]

export function categoryKeysOf(vault: WritableVault): CategoryKeys {
  const rows = sqlRows<{ id: number; key: string | null; parent: string | null }>(
    vault,
    'select c.id, c.key, p.key as parent from categories c left join categories p on p.id = c.parent_id',
  )
  const byId = new Map(rows.map(({ id, key, parent }) => [id, [key, parent]]))
  return (categoryId) => (categoryId === null ? [] : (byId.get(categoryId) ?? []))
}

interface Before {
  key: string
  transaction_id: number
}

/** What a series was called before, by the rows they share; a new one gets the next number of its payee. */
function* named(
  vault: WritableVault,
  found: readonly FoundSeries[],
  payeeKeys: ReadonlySet<string> | null,
): Generator<FoundSeries & { key: string }> {
  const rows = sqlRows<Before>(
    vault,
    `select key, transaction_id from recurring_series join recurring_rows on series_id = recurring_series.id
     ${payeeKeys === null ? '' : 'where payee_key in (select value from json_each(?))'}`,
    ...(payeeKeys === null ? [] : [JSON.stringify([...payeeKeys])]),
  )
  const keyOfRow = new Map(rows.map(({ key, transaction_id }) => [transaction_id, key]))
  const used = new Set<string>()
  const unnamed: FoundSeries[] = []
  for (const one of found) {
    const shared = new Map<string, number>()
    for (const { id } of one.series.members) {
      const key = keyOfRow.get(id)
      if (key !== undefined && !used.has(key)) shared.set(key, (shared.get(key) ?? 0) + 1)
    }
    const [best] = [...shared].toSorted((left, right) => right[1] - left[1])
    if (best === undefined) {
      unnamed.push(one)
      continue
    }
    used.add(best[0])
    yield { ...one, key: best[0] }
  }
  for (const one of unnamed) {
    const stem = `${one.payeeKey}|${one.group.direction < 0 ? 'out' : 'in'}`
    let number = 1
    while (used.has(`${stem}|${number}`)) number += 1
    used.add(`${stem}|${number}`)
    yield { ...one, key: `${stem}|${number}` }
  }
}

/** Puts what was found in the place of what was found of these payees before, or of all. */
export function saveSeries(
  vault: WritableVault,
  found: readonly FoundSeries[],
  { payeeKeys, keys }: { payeeKeys: ReadonlySet<string> | null; keys: CategoryKeys },
): void {
  const all = [...named(vault, found, payeeKeys)]
  if (payeeKeys === null) prepared(vault, 'delete from recurring_series').run()
  else {
    prepared(vault, 'delete from recurring_series where payee_key in (select value from json_each(?))').run(
      JSON.stringify([...payeeKeys]),
    )
  }
  const insert = prepared(
    vault,
    `insert into recurring_series (key, payee_key, payee, account_id, category_id, type, period, anchor, amount_minor,
       lowest_minor, highest_minor, fixed, original_minor, original_currency, first_on, last_on, occurrences, missed,
       confidence, prices, evidence)
     values (${Array.from({ length: 21 }, () => '?').join(', ')})`,
  )
  const link = prepared(
    vault,
    `insert or replace into recurring_rows (transaction_id, series_id)
     select value, ? from json_each(?) where exists (select 1 from transactions where id = value)`,
  )
  const facts = prepared(vault, 'select payee, memo, category_id, original_currency from transactions where id = ?')
  // a row may have been deleted while others were read; its payee is then looked at again
  const accounts = new Set(sqlRows<{ id: number }>(vault, 'select id from accounts').map(({ id }) => id))
  for (const { key, payeeKey, group, series } of all) {
    const [first, last] = [series.members[0], series.members.at(-1)]
    if (first === undefined || last === undefined || !accounts.has(series.accountId)) continue
    const latest = facts.get(last.id) as
      | { payee: string; memo: string; category_id: number | null; original_currency: string | null }
      | undefined
    if (latest === undefined) continue
    const { amount } = series
    const { lastInsertRowid } = insert.run(
      key,
      payeeKey,
      latest.payee === '' ? latest.memo : latest.payee,
      series.accountId,
      latest.category_id,
      seriesType(keys(latest.category_id), { isTransfer: group.isTransfer, income: group.direction > 0 }),
      series.period,
      JSON.stringify(series.anchor),
      group.direction * amount.expectedMinor,
      amount.lowestMinor,
      amount.highestMinor,
      amount.fixed ? 1 : 0,
      latest.original_currency === null ? null : amount.originalMinor,
      amount.originalMinor === null ? null : latest.original_currency,
      dateFromDayNumber(first.day),
      dateFromDayNumber(last.day),
      series.members.length,
      series.missed,
      series.confidence,
      JSON.stringify(amount.prices),
      JSON.stringify(series.evidence),
    )
    link.run(lastInsertRowid, idList(series.members.map(({ id }) => id)))
  }
}
