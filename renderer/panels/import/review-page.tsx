import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconArrowsJoin2 } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { type Match, matchStatuses } from '../../../shared/model/matching.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange, useJob } from '../../app/queries.ts'
import { Confidence, EvidenceList } from '../../components/match-words.tsx'
import { MatchSides } from '../../components/match-sides.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { KeyHint } from '../../components/small.tsx'
import { EmptyState, ErrorState, Loaded, ProgressPanel } from '../../components/states.tsx'
import { useNotify } from '../../components/toast.tsx'
import { formatCount } from '../../format/number-format.ts'

const PAGE = 30
const MOST = 200
const EARLIEST = parseIsoDate('0001-01-01')
const LATEST = parseIsoDate('9999-12-31')

type Status = Match['status']

/** What seems to belong together, both sides next to each other with the evidence in words: yes, or no. */
export function ReviewPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const notify = useNotify()
  const [status, setStatus] = useState<Status>('proposed')
  const [limit, setLimit] = useState(PAGE)
  const query = useCall('match.list', { status, limit }, { keepPrevious: true })
  const find = useJob('match.find')
  const count = (value: number) => formatCount(value, language)
  const confirm = useChange('match.confirm', {
    done: ({ confirmed }) => t('match.confirmed', { count: confirmed, formatted: count(confirmed) }),
    undoable: true,
  })
  const certain = status === 'proposed' ? (query.data?.certain ?? 0) : 0
  const look = async () => {
    const answer = await find.run({ from: EARLIEST, to: LATEST })
    if (answer !== null) notify.done(t('match.found', { count: answer.found, formatted: count(answer.found) }))
  }
  return (
    <Page>
      <PageHeader
        title={t('match.title')}
        subtitle={t('match.subtitle')}
        lead={
          <ActionIcon component={Link} href="/import" variant="subtle" color="gray" aria-label={t('match.back')}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        }
        actions={
          <>
            <Button variant="default" loading={find.running} onClick={() => void look()}>
              {t('match.find')}
            </Button>
            {certain === 0 ? null : (
              <Button loading={confirm.isPending} onClick={() => confirm.mutate({ certain: true })}>
                {t('match.confirmCertain', { count: certain, formatted: count(certain) })}
              </Button>
            )}
          </>
        }
      />
      <div className="spread">
        <SegmentedControl
          size="xs"
          aria-label={t('match.status.label')}
          value={status}
          onChange={(value) => {
            const next = matchStatuses.find((one) => one === value)
            if (next === undefined) return
            setStatus(next)
            setLimit(PAGE)
          }}
          data={matchStatuses.map((value) => ({ value, label: t(`match.status.${value}`) }))}
        />
        {status === 'proposed' && (query.data?.total ?? 0) > 0 ? (
          <span className="faint small inline">
            <KeyHint keys={['↑', '↓']} /> {t('match.keys', { yes: 'Y', no: 'N' })}
          </span>
        ) : null}
      </div>
      {find.running ? (
        <ProgressPanel title={t('match.finding')} progress={find.progress} onCancel={find.cancel} />
      ) : null}
      {find.failure === null ? null : <ErrorState failure={find.failure} onRetry={() => void look()} />}
      <Loaded query={query}>
        {({ total, rows }) =>
          rows.length === 0 ? (
            <EmptyState icon={<IconArrowsJoin2 size={36} stroke={1.3} />} title={t(`match.empty.${status}`)}>
              {t('match.emptyText')}
            </EmptyState>
          ) : (
            <>
              <ul className="match-list">
                {rows.map((match) => (
                  <MatchCard key={match.id} match={match} />
                ))}
              </ul>
              {total > rows.length && limit < MOST ? (
                <Button variant="default" onClick={() => setLimit((now) => Math.min(MOST, now + PAGE))}>
                  {t('match.more')}
                </Button>
              ) : null}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

/** Up and down move from card to card, to the same button of the next one. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const button = event.currentTarget
  const card = button.closest('li')
  const next = event.key === 'ArrowDown' ? card?.nextElementSibling : card?.previousElementSibling
  const own = [...(card?.querySelectorAll('button') ?? [])].indexOf(button)
  const other = [...(next?.querySelectorAll('button') ?? [])][own]
  if (other === undefined) return
  event.preventDefault()
  other.focus()
}

function MatchCard({ match }: { match: Match }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const confirm = useChange('match.confirm', {
    done: ({ confirmed }) => t('match.confirmed', { count: confirmed, formatted: formatCount(confirmed, language) }),
    undoable: true,
  })
  const reject = useChange('match.reject', { done: t('match.rejected'), undoable: true })
  const unlink = useChange('match.unlink', { done: t('match.unlinked'), undoable: true })
  const title = t(match.status === 'proposed' ? `match.kind.${match.kind}` : `match.kindDone.${match.kind}`)
  const isOpen = match.status === 'proposed'
  const busy = confirm.isPending || reject.isPending
  const yes = () => confirm.mutate({ ids: [match.id] })
  const no = () => reject.mutate({ ids: [match.id] })
  const byKeys = (event: KeyboardEvent<HTMLButtonElement>) => {
    moveFocus(event)
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'y' || event.key === 'Y') yes()
    if (event.key === 'n' || event.key === 'N') no()
  }
  return (
    <li>
      <article className="match-card" aria-label={title}>
        <header className="spread">
          <h2>{title}</h2>
          <Confidence match={match} />
        </header>
        <MatchSides match={match} />
        <EvidenceList evidence={match.evidence} />
        <footer className="spread">
          <p className="faint small match-effect">{isOpen ? t(`match.effect.${match.kind}`) : ''}</p>
          <span className="inline">
            {isOpen ? (
              <>
                <Button size="xs" variant="default" disabled={busy} onClick={no} onKeyDown={byKeys}>
                  {t('match.reject')}
                </Button>
                <Button
                  size="xs"
                  loading={confirm.isPending}
                  disabled={reject.isPending}
                  onClick={yes}
                  onKeyDown={byKeys}
                >
                  {t('match.confirm')}
                </Button>
              </>
            ) : null}
            {match.status === 'confirmed' ? (
              <Button
                size="xs"
                variant="default"
                loading={unlink.isPending}
                onKeyDown={moveFocus}
                onClick={() => unlink.mutate({ id: match.id })}
              >
                {t('match.unlink')}
              </Button>
            ) : null}
          </span>
        </footer>
      </article>
    </li>
  )
}
