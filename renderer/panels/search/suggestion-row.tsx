import { useTranslation } from 'react-i18next'
import type { SearchSuggestion } from '../../../shared/model/search.ts'

/** What may come next, as buttons under the field. */
export function SuggestionRow({
  suggestions,
  onTake,
}: {
  suggestions: readonly SearchSuggestion[]
  onTake: (suggestion: SearchSuggestion) => void
}) {
  const { t } = useTranslation()
  if (suggestions.length === 0) return null
  return (
    <ul className="search-suggestions" aria-label={t('search.suggestions')}>
      {suggestions.map((one) => (
        <li key={one.text}>
          <button
            type="button"
            className="search-suggestion"
            title={one.of === 'operator' ? t(`search.operatorHelp.${one.operator}`) : undefined}
            onClick={() => onTake(one)}
          >
            {one.label}
          </button>
        </li>
      ))}
    </ul>
  )
}
