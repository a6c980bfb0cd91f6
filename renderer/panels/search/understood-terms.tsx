import { IconInfoCircle, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/preferences.tsx'
import { formatCount } from '../../format/number-format.ts'
import type { Found } from './results.ts'
import { isWorthTelling, termInWords, withoutTerm } from './term-words.ts'

/** What a query was understood as, part by part, each to be taken away; and what was not understood. */
export function UnderstoodTerms({
  found,
  text,
  onChange,
}: {
  found: Found
  /** The text that the parts are of. */
  text: string
  onChange: (text: string) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { understood, hints, behind } = found
  return (
    <>
      {isWorthTelling(understood) ? (
        <ul className="search-terms" aria-label={t('search.understood')}>
          {understood.map((term) => {
            const words = termInWords(term, t, language)
            return (
              <li key={`${term.from}`} className="search-term" data-negated={term.negated}>
                <span className="clip">{words}</span>
                <button
                  type="button"
                  aria-label={t('search.remove', { what: words })}
                  onClick={() => onChange(withoutTerm(text, term))}
                >
                  <IconX size={12} aria-hidden="true" />
                </button>
              </li>
            )
          })}
        </ul>
      ) : null}
      {hints.length === 0 && behind === 0 ? null : (
        <ul className="search-hints small">
          {hints.map(({ code, text: what }) => (
            <li key={`${code} ${what}`}>
              <IconInfoCircle size={14} stroke={1.7} aria-hidden="true" />
              {t(`search.hints.${code}`, { text: what })}
            </li>
          ))}
          {behind === 0 ? null : (
            <li>
              <IconInfoCircle size={14} stroke={1.7} aria-hidden="true" />
              {t('search.behind', { count: behind, formatted: formatCount(behind, language) })}
            </li>
          )}
        </ul>
      )}
    </>
  )
}
