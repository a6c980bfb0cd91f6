import { useTranslation } from 'react-i18next'
import { daysBetween } from '../../../shared/domain/iso-date.ts'
import type { Life } from '../../../shared/model/life.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { Badge } from '../../components/small.tsx'
import { formatDate, formatDaysAway, todayHere } from '../../format/date-format.ts'

/** Within this many days something counts as soon. */
const SOON_DAYS = 30

/** Everything with a date, soonest first; what has passed or is near says so in words. */
export function DueList({ life }: { life: Life }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const today = todayHere()
  if (life.dates.length === 0) return <p className="muted">{t('life.noDates')}</p>
  return (
    <ol className="stack-tight">
      {life.dates.map((due) => {
        const days = daysBetween(today, due.on)
        const away = formatDaysAway(days, language)
        return (
          <li key={`${due.kind}-${due.accountId ?? ''}-${due.documentId ?? ''}`} className="spread">
            <span className="two-lines">
              <span className="clip" title={due.name}>
                {due.name}
              </span>
              <span className="faint small">{t(`life.dueKinds.${due.kind}`)}</span>
            </span>
            <span className="due-when">
              <span className="numeric">{formatDate(due.on, language)}</span>
              <Badge tone={days < 0 ? 'negative' : days <= SOON_DAYS ? 'attention' : 'neutral'}>{away}</Badge>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
