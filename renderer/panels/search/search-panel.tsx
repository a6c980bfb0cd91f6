import './search.css'
import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconHelpCircle, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { SearchSuggestion } from '../../../shared/model/search.ts'
import { failureOf } from '../../app/failure.ts'
import { usePersonView } from '../../app/person-view.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState, ErrorState, Waiting } from '../../components/states.tsx'
import { FoundGroups } from './found-groups.tsx'
import { searchAddress } from './results.ts'
import { SearchHelp } from './search-help.tsx'
import { SuggestionRow } from './suggestion-row.tsx'
import { UnderstoodTerms } from './understood-terms.tsx'
import { LONGEST_QUERY, useSearchFor, useSuggestions } from './use-search.ts'
import { WhoseResults } from './whose-results.tsx'

const shownOfEach = 50
const suggested = 8

/** Arrow keys go from the field to the first result and on from one to the next. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('.search-text, a.hit')]
  const from = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[from + (event.key === 'ArrowDown' ? 1 : -1)]
  if (from < 0 || next === undefined) return
  event.preventDefault()
  next.focus()
}

/** Everything that has a text, by group; the text is in the address, so that going back finds it again. */
export function SearchPanel() {
  const question = new URLSearchParams(useSearch()).get('q') ?? ''
  return <Searching question={question} />
}

function Searching({ question }: { question: string }) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const [text, setText] = useState(question)
  const [caret, setCaret] = useState(question.length)
  const [helping, setHelping] = useState(false)
  const [seen, setSeen] = useState(question)
  const written = useRef(question)
  const field = useRef<HTMLInputElement>(null)
  const helpId = useId()
  const { choices } = usePersonView()
  const keep = useDebouncedCallback((next: string) => {
    // whoever has followed a result meanwhile is not brought back
    if (field.current === null) return
    written.current = next
    navigate(next === '' ? '/search' : searchAddress(next), { replace: true })
  }, 300)
  if (seen !== question) {
    // another address from outside, as from the palette; what this field wrote itself is no news
    setSeen(question)
    if (question !== text.trim()) setText(question)
  }
  const change = (next: string, at: number) => {
    setText(next)
    setCaret(at)
    keep(next.trim())
  }
  const take = ({ text: next, caret: at }: Pick<SearchSuggestion, 'text' | 'caret'>) => {
    change(next.slice(0, LONGEST_QUERY), at)
    field.current?.focus()
    // once the field has its new text
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at))
  }
  const search = useSearchFor(text, shownOfEach)
  const suggestions = useSuggestions(text, caret, suggested)
  const empty = text.trim() === ''
  return (
    <Page>
      <PageHeader title={t('search.title')} subtitle={choices.length === 0 ? undefined : <WhoseResults />} />
      <div className="search-page stack" onKeyDown={moveFocus} role="presentation">
        <search className="search-head">
          <TextInput
            size="md"
            type="search"
            aria-label={t('search.label')}
            placeholder={t('search.hint')}
            leftSection={<IconSearch size={18} stroke={1.7} aria-hidden="true" />}
            classNames={{ input: 'search-text' }}
            autoComplete="off"
            spellCheck={false}
            maxLength={LONGEST_QUERY}
            value={text}
            ref={(element) => {
              field.current = element
              if (element !== null && document.activeElement === document.body) element.focus()
            }}
            onChange={(event) =>
              change(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length)
            }
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          />
          <div className="search-below">
            <SuggestionRow suggestions={suggestions} onTake={take} />
            {empty ? null : (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                leftSection={<IconHelpCircle size={14} aria-hidden="true" />}
                aria-expanded={helping}
                aria-controls={helpId}
                onClick={() => setHelping(!helping)}
              >
                {t('search.help')}
              </Button>
            )}
          </div>
          {search.found === null || empty ? null : (
            <UnderstoodTerms
              found={search.found}
              text={search.settled}
              onChange={(next) => take({ text: next, caret: next.length })}
            />
          )}
        </search>
        <div id={helpId}>
          {helping && !empty ? <SearchHelp onTake={(next) => take({ text: next, caret: next.length })} /> : null}
        </div>
        {empty ? (
          <>
            <EmptyState icon={<IconSearch size={28} stroke={1.4} />} title={t('search.start')}>
              {t('search.startText')}
            </EmptyState>
            <SearchHelp onTake={(next) => take({ text: next, caret: next.length })} />
          </>
        ) : search.error !== null && search.error !== undefined ? (
          <ErrorState failure={failureOf(search.error)} onRetry={search.retry} />
        ) : search.found === null ? (
          <Waiting />
        ) : (
          <FoundGroups found={search.found} text={search.settled} waiting={search.waiting} pageSize={shownOfEach} />
        )}
      </div>
    </Page>
  )
}
