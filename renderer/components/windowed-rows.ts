import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'

export const pageSize = 100

/** The pages that cover rows `first` to `last`, both inclusive. */
export function pagesOf(first: number, last: number): number[] {
  if (last < first || last < 0) return []
  const pages: number[] = []
  for (let page = Math.floor(Math.max(0, first) / pageSize); page <= Math.floor(last / pageSize); page += 1) {
    pages.push(page)
  }
  return pages
}

interface WindowPage<T> {
  readonly total: number
  readonly rows: readonly T[]
}

/** The pages that cover these rows, the first page (which knows the total), and those next to them: scrolling finds them there. */
function pagesAround(first: number, last: number): number[] {
  return [...new Set([0, ...pagesOf(first - pageSize, last + pageSize)])]
}

/** Rows of a long list, fetched in pages as they come into view; the same page is fetched once until something changes. */
export function useWindowedRows<T>(
  key: readonly unknown[],
  fetchPage: (offset: number, limit: number, signal: AbortSignal) => Promise<WindowPage<T>>,
  first: number,
  last: number,
): {
  total: number | null
  rowAt: (index: number) => T | undefined
  error: unknown
  refetch: () => void
} {
  const pages = useMemo(() => pagesAround(first, last), [first, last])
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, 'page', page],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(page * pageSize, pageSize, signal),
    })),
  })
  const byPage = new Map(pages.map((page, index) => [page, results[index]?.data]))
  const total = results.find((result) => result.data !== undefined)?.data?.total ?? null
  const rowAt = (index: number): T | undefined => byPage.get(Math.floor(index / pageSize))?.rows[index % pageSize]
  const error = results.find((result) => result.error !== null)?.error ?? null
  const refetch = useCallback(() => {
    for (const result of results) void result.refetch()
  }, [results])
  return { total, rowAt, error, refetch }
}
