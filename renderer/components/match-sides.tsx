import { useTranslation } from 'react-i18next'
import type { Match } from '../../shared/model/matching.ts'
import type { Transaction } from '../../shared/model/transaction.ts'
import { useLanguage } from '../app/preferences.tsx'
import { useCall } from '../app/queries.ts'
import { formatDate } from '../format/date-format.ts'
import { Money } from './money.tsx'
import { Badge } from './small.tsx'

type SideName = 'kept' | 'second' | 'from' | 'to' | 'bank' | 'wallet' | 'purchase' | 'refund'

const sideNames: Readonly<Record<Match['kind'], readonly [SideName, SideName]>> = {
  duplicate: ['kept', 'second'],
  transfer: ['from', 'to'],
  funding: ['bank', 'wallet'],
  refund: ['purchase', 'refund'],
}

/** Both lines of a link next to each other. */
export function MatchSides({ match }: { match: Match }) {
  const [first, second] = sideNames[match.kind]
  return (
    <div className="match-sides">
      <Side name={first} line={match.first} />
      {match.second === null ? <MergedSide match={match} /> : <Side name={second} line={match.second} />}
    </div>
  )
}

function useFileName(): (runId: number | null) => string | null {
  const history = useCall('import.history', {}).data
  return (runId) => (runId === null ? null : (history?.find(({ id }) => id === runId)?.fileName ?? ''))
}

function Side({ name, line }: { name: SideName; line: Transaction }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const accounts = useCall('account.list', {}).data
  const fileName = useFileName()
  const file = fileName(line.importRunId) ?? t('match.manual')
  return (
    <div className="match-side">
      <div className="spread">
        <span className="match-side-name">{t(`match.side.${name}`)}</span>
        <Money value={line.amount} sign="always" />
      </div>
      <p className="match-payee clip" title={line.payee}>
        {line.payee === '' ? line.memo : line.payee}
      </p>
      {line.memo === '' || line.payee === '' ? null : (
        <p className="muted small match-memo" title={line.memo}>
          {line.memo}
        </p>
      )}
      <p className="faint small">
        {formatDate(line.bookedOn, language)} · {accounts?.find(({ id }) => id === line.accountId)?.name ?? ''}
        {file === '' ? '' : ` · ${file}`}
      </p>
    </div>
  )
}

/** What a line had said of itself before it was merged. */
function MergedSide({ match }: { match: Match }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const fileName = useFileName()
  const { merged } = match
  if (merged === null) return null
  const file = fileName(merged.importRunId) ?? t('match.manual')
  return (
    <div className="match-side">
      <div className="spread">
        <span className="match-side-name">{t('match.side.second')}</span>
        <Badge>{t('match.merged')}</Badge>
      </div>
      <p className="match-payee clip" title={merged.payee}>
        {merged.payee === '' ? merged.memo : merged.payee}
      </p>
      {merged.memo === '' || merged.payee === '' ? null : <p className="muted small match-memo">{merged.memo}</p>}
      <p className="faint small">
        {formatDate(merged.bookedOn, language)}
        {file === '' ? '' : ` · ${file}`}
      </p>
    </div>
  )
}
