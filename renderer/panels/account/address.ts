import { isIsoDate } from '../../../shared/domain/iso-date.ts'
import type { TransactionFilter } from '../../../shared/model/transaction.ts'

/** A filter from an address such as `?text=tea`, `?query=category:food`, `?run=12` or `?account=3&from=2026-04-01&to=2026-04-03`: other screens link here with them. */
export function baseFilterOf(search: string): TransactionFilter {
  const parameters = new URLSearchParams(search)
  const filter: TransactionFilter = {}
  const text = parameters.get('text')
  if (text !== null && text.trim() !== '') filter.text = text.trim().slice(0, 200)
  const query = parameters.get('query')
  if (query !== null && query.trim() !== '') filter.query = query.trim().slice(0, 200)
  const run = Number(parameters.get('run'))
  if (Number.isInteger(run) && run > 0) filter.importRunId = run
  const account = Number(parameters.get('account'))
  if (Number.isInteger(account) && account > 0) filter.accountIds = [account]
  const categories = (parameters.get('category') ?? '').split(',').map(Number).filter((id) => Number.isInteger(id) && id > 0) // prettier-ignore
  if (categories.length > 0) filter.categoryIds = categories.slice(0, 500)
  if (parameters.has('uncategorised')) filter.uncategorised = true
  const tag = Number(parameters.get('tag'))
  if (Number.isInteger(tag) && tag > 0) filter.tagIds = [tag]
  for (const end of ['from', 'to'] as const) {
    const day = parameters.get(end)
    if (day !== null && isIsoDate(day)) filter[end] = day
  }
  return filter
}
