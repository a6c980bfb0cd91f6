import './search.css'
import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearch } from 'wouter'
import { failureOf } from '../../app/failure.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useMoneyText } from '../../components/money.tsx'
import { Page, PageHeader, Section } from '../../components/page.tsx'
import { EmptyState, ErrorState, Waiting } from '../../components/states.tsx'
import { HitLine } from './hit-line.tsx'
import { exactAmount, type Found, groupsOf, type HitGroup, searchAddress, transactionsAddress } from './results.ts'
import { useSearchFor } from './use-search.ts'

const shownOfEach = 50

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
  const [seen, setSeen] = useState(question)
  const written = useRef(question)
  const keep = useDebouncedCallback((next: string) => {
    written.current = next
    navigate(next === '' ? '/search' : searchAddress(next), { replace: true })
  }, 300)
  if (seen !== question) {
    // another address from outside, as from the palette; what this field wrote itself is no news
    setSeen(question)
    if (question !== text.trim()) setText(question)
  }
  const search = useSearchFor(text, shownOfEach)
  return (
    <Page>
      <PageHeader title={t('search.title')} />
      <div className="search-page stack" onKeyDown={moveFocus} role="presentation">
        <search>
          <TextInput
            size="md"
            type="search"
            aria-label={t('search.label')}
            placeholder={t('search.hint')}
            leftSection={<IconSearch size={18} stroke={1.7} aria-hidden="true" />}
            classNames={{ input: 'search-text' }}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={text}
            ref={(element) => {
              if (element !== null && document.activeElement === document.body) element.focus()
            }}
            onChange={(event) => {
              setText(event.currentTarget.value)
              keep(event.currentTarget.value.trim())
            }}
          />
        </search>
        {text.trim() === '' ? (
          <EmptyState icon={<IconSearch size={28} stroke={1.4} />} title={t('search.start')}>
            {t('search.startText')}
          </EmptyState>
        ) : search.error !== null && search.error !== undefined ? (
          <ErrorState failure={failureOf(search.error)} onRetry={search.retry} />
        ) : search.found === null ? (
          <Waiting />
        ) : (
          <Results found={search.found} text={search.settled} waiting={search.waiting} />
        )}
      </div>
    </Page>
  )
}

function Results({ found, text, waiting }: { found: Found; text: string; waiting: boolean }) {
  const { t } = useTranslation()
  const { baseCurrency } = usePreferences()
  const amount = useMoneyText()
  const groups = groupsOf(found)
  const count = groups.reduce((sum, group) => sum + group.hits.length, 0)
  const exact = baseCurrency === null ? null : exactAmount(found, baseCurrency)
  if (count === 0) {
    return waiting ? (
      <Waiting />
    ) : (
      <EmptyState title={t('search.nothing', { text })}>{t('search.nothingText')}</EmptyState>
    )
  }
  return (
    <>
      <output className="visually-hidden">{waiting ? '' : t('search.found', { count })}</output>
      {groups.map((group) => (
        <Section
          key={group.name}
          title={group.name === 'more' ? '' : t(`search.${group.name}`)}
          flush
          {...(group.name === 'transactions' && exact !== null
            ? { hint: t('search.exactly', { amount: amount.exact(exact) }) }
            : {})}
          actions={
            group.name === 'transactions' ? (
              <Link href={transactionsAddress(text)}>{t('search.allTransactions', { text })}</Link>
            ) : undefined
          }
        >
          <HitList group={group} />
          {group.name === 'transactions' && group.hits.length >= shownOfEach ? (
            <p className="muted small hit-note">{t('search.newest', { count: shownOfEach })}</p>
          ) : null}
        </Section>
      ))}
    </>
  )
}

function HitList({ group }: { group: HitGroup }) {
  return (
    <ul className="hit-list">
      {group.hits.map((hit) => (
        <li key={hit.key}>
          <Link href={hit.to} className="hit">
            <HitLine hit={hit} group={group.name} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
