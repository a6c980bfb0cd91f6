import { useDebouncedValue } from '@mantine/hooks'
import { useCall } from '../../app/queries.ts'
import type { Found } from './results.ts'

export interface Search {
  /** The text that the results are of. */
  readonly settled: string
  readonly found: Found | null
  /** More is on its way: what is typed is not yet what was looked for. */
  readonly waiting: boolean
  readonly error: unknown
  readonly retry: () => void
}

/** Looks for a text once the typing rests for a moment. */
export function useSearchFor(text: string, limit: number): Search {
  const wanted = text.trim()
  const [settled] = useDebouncedValue(wanted, 150)
  const enabled = settled !== '' && wanted !== ''
  const query = useCall(
    'search.query',
    { text: settled === '' ? '?' : settled.slice(0, 200), limit },
    { enabled, keepPrevious: true },
  )
  return {
    settled,
    found: enabled ? (query.data ?? null) : null,
    waiting: wanted !== settled || (enabled && query.isFetching),
    error: enabled ? query.error : null,
    retry: () => void query.refetch(),
  }
}
