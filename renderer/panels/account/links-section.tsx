import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Match } from '../../../shared/model/matching.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { useCall, useChange } from '../../app/queries.ts'
import { Confidence, EvidenceList } from '../../components/match-words.tsx'
import { MatchSides } from '../../components/match-sides.tsx'
import { Badge } from '../../components/small.tsx'

/** What other lines this one was found to belong to, and what still waits for an answer. Nothing where there is nothing. */
export function LinksSection({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation()
  const confirmed = useCall('match.list', { status: 'confirmed', transactionId: transaction.id }).data?.rows ?? []
  const proposed = useCall('match.list', { status: 'proposed', transactionId: transaction.id }).data?.rows ?? []
  if (confirmed.length + proposed.length === 0) return null
  return (
    <section className="stack-tight">
      <h3>{t('match.links')}</h3>
      <ul className="plain-list stack-tight">
        {[...confirmed, ...proposed].map((match) => (
          <LinkRow key={match.id} match={match} />
        ))}
      </ul>
    </section>
  )
}

function LinkRow({ match }: { match: Match }) {
  const { t } = useTranslation()
  const unlink = useChange('match.unlink', { done: t('match.unlinked'), undoable: true })
  return (
    <li className="match-row">
      <div className="spread">
        <span className="inline">
          <strong>{t(`match.kindDone.${match.kind}`)}</strong>
          {match.status === 'proposed' ? <Badge tone="attention">{t('match.askedHere')}</Badge> : null}
        </span>
        <Confidence match={match} />
      </div>
      <MatchSides match={match} />
      <EvidenceList evidence={match.evidence} />
      <div className="inline-end">
        {match.status === 'proposed' ? (
          <Button component={Link} href="/import/review" size="compact-xs" variant="default">
            {t('match.open', { formatted: '' })}
          </Button>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            loading={unlink.isPending}
            onClick={() => unlink.mutate({ id: match.id })}
          >
            {t('match.unlink')}
          </Button>
        )}
      </div>
    </li>
  )
}
