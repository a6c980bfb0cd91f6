import { Combobox, Loader, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { SearchSuggestion } from '../../../shared/model/search.ts'
import { failureOf } from '../../app/failure.ts'
import { usePersonView } from '../../app/person-view.tsx'
import { KeyHint } from '../../components/small.tsx'
import { ErrorState } from '../../components/states.tsx'
import { HitLine } from './hit-line.tsx'
import { groupsOf, type Hit, type HitGroup, nextChoice, placesMatching, searchAddress } from './results.ts'
import { usePlaces } from './use-places.ts'
import { SuggestionRow } from './suggestion-row.tsx'
import { UnderstoodTerms } from './understood-terms.tsx'
import { LONGEST_QUERY, useSearchFor, useSuggestions } from './use-search.ts'
import { WhoseResults } from './whose-results.tsx'

/** Few enough of each to be read at a glance; the search page has more. */
const shownOfEach = 6
const suggested = 6

/**
 * One field and what it finds, by the combobox pattern of WAI-ARIA: the focus stays in the field, arrow keys choose,
 * Enter goes there.
 */
export function PaletteBox({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const store = useCombobox({ opened: true })
  const [, navigate] = useLocation()
  const places = usePlaces()
  const { person } = usePersonView()
  const [text, setText] = useState('')
  const [caret, setCaret] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState(0)
  const typed = text.trim()
  const search = useSearchFor(text, shownOfEach)
  const suggestions = useSuggestions(text, caret, suggested)
  const groups = useMemo<readonly HitGroup[]>(() => {
    if (typed === '') return placesMatching(places.main, '')
    const more: HitGroup = {
      name: 'more',
      hits: [{ key: 'all', to: searchAddress(typed), title: t('search.all', { text: typed }), marks: [] }],
    }
    return [...(search.found === null ? [] : groupsOf(search.found)), ...placesMatching(places.all, typed), more]
  }, [places, search.found, typed, t])
  const hits = groups.flatMap((group) => group.hits)
  const current = Math.min(chosen, hits.length - 1)
  const optionId = (index: number) => `${id}-${index}`

  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, current])

  const take = ({ text: next, caret: at }: Pick<SearchSuggestion, 'text' | 'caret'>) => {
    setText(next.slice(0, LONGEST_QUERY))
    setCaret(at)
    setChosen(0)
    field.current?.focus()
    // once the field has its new text
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at))
  }
  const go = (hit: Hit | undefined) => {
    if (hit === undefined) return
    navigate(hit.to)
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setChosen(nextChoice(current, event.key === 'ArrowDown' ? 1 : -1, hits.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      // results of an earlier text are no answer to this one
      if (typed !== '' && search.waiting) navigate(searchAddress(typed))
      else go(hits[current])
      if (typed !== '' && search.waiting) onClose()
    }
  }

  // the way to the search page is no result
  const foundCount = groups.reduce((sum, one) => sum + (one.name === 'more' ? 0 : one.hits.length), 0)
  const nothing = typed !== '' && !search.waiting && search.found !== null && foundCount === 0
  const said =
    typed === '' || search.waiting
      ? ''
      : nothing
        ? t('search.nothing', { text: typed })
        : t('search.found', { count: foundCount })
  return (
    <div className="palette">
      <div className="palette-field">
        <IconSearch size={18} stroke={1.7} aria-hidden="true" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={t('search.label')}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={current >= 0 ? optionId(current) : undefined}
          aria-autocomplete="list"
          placeholder={t('search.hint')}
          value={text}
          maxLength={LONGEST_QUERY}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
        {typed !== '' && search.waiting ? <Loader size={14} aria-hidden="true" /> : null}
      </div>
      <div className="palette-below">
        {person === null ? null : <WhoseResults />}
        <SuggestionRow suggestions={suggestions} onTake={take} />
        {search.found === null || typed === '' ? null : (
          <UnderstoodTerms
            found={search.found}
            text={search.settled}
            onChange={(next) => take({ text: next, caret: next.length })}
          />
        )}
      </div>
      <output className="visually-hidden">{said}</output>
      {search.error === null || search.error === undefined ? null : (
        <ErrorState failure={failureOf(search.error)} onRetry={search.retry} />
      )}
      {nothing ? <p className="palette-nothing">{t('search.nothing', { text: typed })}</p> : null}
      <Combobox store={store}>
        <Combobox.Options id={`${id}-list`} className="palette-list" aria-label={t('search.title')}>
          {groups.map((group, groupIndex) => {
            const before = groups.slice(0, groupIndex).reduce((sum, one) => sum + one.hits.length, 0)
            return (
              <Combobox.Group
                key={group.name}
                label={group.name === 'more' ? undefined : t(`search.${group.name}`)}
                classNames={{ groupLabel: 'palette-group' }}
              >
                {group.hits.map((hit, hitIndex) => {
                  const place = before + hitIndex
                  return (
                    <Combobox.Option
                      key={hit.key}
                      id={optionId(place)}
                      value={hit.key}
                      className="hit"
                      aria-selected={place === current}
                      onMouseMove={() => setChosen(place)}
                      onClick={() => go(hit)}
                    >
                      <HitLine hit={hit} group={group.name} />
                    </Combobox.Option>
                  )
                })}
              </Combobox.Group>
            )
          })}
        </Combobox.Options>
      </Combobox>
      <div className="palette-keys" aria-hidden="true">
        <span>
          <KeyHint keys={['↑', '↓']} /> {t('search.keyMove')}
        </span>
        <span>
          <KeyHint keys={['↵']} /> {t('search.keyOpen')}
        </span>
        <span>
          <KeyHint keys={['Esc']} /> {t('search.keyClose')}
        </span>
      </div>
    </div>
  )
}
