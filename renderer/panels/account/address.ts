import type { TransactionFilter } from '../../../shared/model/transaction.ts'

/** A filter from an address such as `?text=tea` or `?run=12`: other screens link here with them. */
export function baseFilterOf(search: string): TransactionFilter {
  const parameters = new URLSearchParams(search)
  const filter: TransactionFilter = {}
  const text = parameters.get('text')
  if (text !== null && text.trim() !== '') filter.text = text.trim().slice(0, 200)
  const run = Number(parameters.get('run'))
  if (Number.isInteger(run) && run > 0) filter.importRunId = run
  return filter
}
