import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { Money } from '../../components/money.tsx'
import { formatDate } from '../../format/date-format.ts'
import { type Hit, hitsOf } from './results.ts'

const places = ['home', 'account', 'wealth', 'credit', 'life', 'import', 'settings'] as const

/** One field, everything found as it is typed; arrow keys choose, Enter goes there. */
export function SearchBox({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text.trim(), 120)
  const [chosen, setChosen] = useState(0)
  const query = useCall(
    'search.query',
    { text: settled === '' ? ' ' : settled, limit: 20 },
    { enabled: settled !== '', keepPrevious: true },
  )
  const words = text.trim().toLowerCase()
  const places_ = places
    .filter((place) => words !== '' && t(`common.${place}`).toLowerCase().includes(words))
    .map((place): Hit => ({
      key: `place ${place}`,
      group: 'places',
      to: place === 'home' ? '/' : `/${place}`,
      title: t(`common.${place}`),
    }))
  const found =
    settled === '' || query.data === undefined
      ? []
      : hitsOf(query.data, (all) => t('search.all', { text: all }), settled)
  const hits = words === '' ? [] : [...places_, ...found]
  const current = Math.min(chosen, Math.max(0, hits.length - 1))
  const go = (hit: Hit | undefined) => {
    if (hit === undefined) return
    navigate(hit.to)
    onGo?.()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setChosen((current + step + hits.length) % Math.max(1, hits.length))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      go(hits[current])
    }
  }
  const empty = settled !== '' && !query.isFetching && hits.length === 0
  return (
    <div className="search-box">
      <div className="search-field">
        <IconSearch size={18} stroke={1.7} aria-hidden="true" />
        <input
          type="search"
          role="combobox"
          aria-label={t('search.label')}
          aria-expanded={hits.length > 0}
          aria-controls={id}
          aria-activedescendant={hits.length > 0 ? `${id}-${current}` : undefined}
          aria-autocomplete="list"
          placeholder={t('search.hint')}
          value={text}
          maxLength={200}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="search-results" id={id} role="listbox" aria-label={t('search.title')}>
        {hits.map((hit, index) => (
          <div key={hit.key} role="presentation">
            {hits[index - 1]?.group === hit.group ? null : (
              <div className="search-group" role="presentation">
                {t(`search.${hit.group}`)}
              </div>
            )}
            <div
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              className="search-hit"
              onMouseMove={() => setChosen(index)}
              onClick={() => go(hit)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') go(hit)
              }}
            >
              <HitLine hit={hit} />
            </div>
          </div>
        ))}
      </div>
      {empty ? <p className="search-empty muted">{t('search.nothing', { text: settled })}</p> : null}
    </div>
  )
}

function HitLine({ hit }: { hit: Hit }) {
  const { language } = usePreferences()
  const transaction = hit.transaction
  if (transaction === undefined) return <span className="clip">{hit.title}</span>
  return (
    <>
      <span className="clip">{hit.title}</span>
      <span className="faint small clip search-memo">{transaction.memo === hit.title ? '' : transaction.memo}</span>
      <span className="faint small numeric">{formatDate(transaction.bookedOn, language)}</span>
      <Money value={transaction.amount} sign="always" />
    </>
  )
}
