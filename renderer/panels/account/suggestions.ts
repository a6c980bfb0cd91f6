import { useMemo } from 'react'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { useCall } from '../../app/queries.ts'

/** Rows that are asked about at once. */
const MOST = 300

/** What the learner suggests for rows without a category, from `first` to before `end`. */
export function useSuggestions(
  rowAt: (index: number) => Transaction | undefined,
  first: number,
  end: number,
): (id: number) => number | null {
  const ids: number[] = []
  for (let index = first; index < end && ids.length < MOST; index += 1) {
    const row = rowAt(index)
    const isOpen = row?.categoryId === null && row.categorySource === null && row.splits.length === 0
    if (row !== undefined && isOpen) ids.push(row.id)
  }
  const { data } = useCall('category.suggest', { ids }, { enabled: ids.length > 0, keepPrevious: true })
  const byId = useMemo(() => new Map((data ?? []).map((guess) => [guess.transactionId, guess.categoryId])), [data])
  return (id) => byId.get(id) ?? null
}
