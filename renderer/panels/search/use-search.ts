import { useDebouncedValue } from '@mantine/hooks'
import type { SearchSuggestion } from '../../../shared/model/search.ts'
import { useViewedPerson } from '../../app/person-view.tsx'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import type { Found } from './results.ts'

/** Short enough to be felt as at once; letters that come faster belong together. */
const REST_MILLISECONDS = 60
export const LONGEST_QUERY = 200

export interface Search {
  /** The text that the results are of. */
  readonly settled: string
  readonly found: Found | null
  /** More is on its way: what is typed is not yet what was looked for. */
  readonly waiting: boolean
  readonly error: unknown
  readonly retry: () => void
}

/** Looks for a text as it is typed; what was asked before it and has not been answered is dropped. */
export function useSearchFor(text: string, limit: number): Search {
  const wanted = text.trim()
  const person = useViewedPerson()
  const [settled] = useDebouncedValue(wanted, REST_MILLISECONDS)
  const enabled = settled !== '' && wanted !== ''
  const query = useCall(
    'search.query',
    { text: settled === '' ? '?' : settled.slice(0, LONGEST_QUERY), limit, person },
    { enabled, keepPrevious: true },
  )
  return {
    settled,
    found: enabled ? (query.data ?? null) : null,
    // asking again for the same text, after a change of the vault, leaves what is shown an answer to it
    waiting: wanted !== settled || (enabled && (query.isPlaceholderData || query.isPending)),
    error: enabled ? query.error : null,
    retry: () => void query.refetch(),
  }
}

/** What may come next where the caret is. Asking also readies the index, before the first letter is typed. */
export function useSuggestions(text: string, caret: number, limit: number): readonly SearchSuggestion[] {
  const language = useLanguage()
  const person = useViewedPerson()
  const [settled] = useDebouncedValue(JSON.stringify([text.slice(0, LONGEST_QUERY), caret]), REST_MILLISECONDS)
  const [asked, at] = JSON.parse(settled) as [string, number]
  const query = useCall('search.suggest', { text: asked, caret: at, language, limit, person }, { keepPrevious: true })
  // those of an earlier text would replace what has been typed since
  return asked === text ? (query.data ?? []) : []
}
