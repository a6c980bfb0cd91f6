import { useTranslation } from 'react-i18next'
import type { Match, MatchCounts, MatchEvidence, MatchPreview } from '../../shared/model/matching.ts'
import { useLanguage } from '../app/preferences.tsx'
import { useCall } from '../app/queries.ts'
import { formatCount, formatPercent } from '../format/number-format.ts'
import { Badge } from './small.tsx'

/** From here on a link is called likely; certain is what the core calls so. */
const LIKELY = 0.9

/** How sure a link is, in a word and in percent. */
export function Confidence({ match }: { match: Pick<Match, 'confidence' | 'certain'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const word = match.certain ? 'certain' : match.confidence >= LIKELY ? 'likely' : 'possible'
  const tone = match.certain ? 'positive' : word === 'likely' ? 'information' : 'attention'
  return (
    <span className="inline">
      <Badge tone={tone}>{t(`match.sure.${word}`)}</Badge>
      <span className="faint small numeric">
        {t('match.confidence', { percent: formatPercent(match.confidence, language) })}
      </span>
    </span>
  )
}

/** Why two lines are thought to belong together, in words, the weightiest first; what speaks against it is marked. */
export function EvidenceList({ evidence }: { evidence: readonly MatchEvidence[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const accounts = useCall('account.list', {}).data
  return (
    <ul className="evidence" aria-label={t('match.why')}>
      {evidence.map(({ code, weight, values }) => {
        const account = accounts?.find(({ id }) => id === values['account'])?.name ?? ''
        const permille = Number(values['permille'] ?? 0)
        const filled = {
          ...values,
          account,
          percent: formatPercent(Math.max(permille, 1) / 1000, language),
          count: Number(values['days'] ?? values['sides'] ?? 1),
        }
        return (
          <li key={code} data-against={weight < 0}>
            {t(`match.evidence.${code}`, filled)}
          </li>
        )
      })}
    </ul>
  )
}

/** What an import found, or will find, beside its rows; nothing where it found nothing. */
export function MatchCountsLine({ counts }: { counts: MatchCounts }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const keys = ['merged', 'linked', 'toReview'] as const
  const shown = keys.filter((key) => counts[key] > 0)
  if (shown.length === 0) return null
  return (
    <ul className="counts">
      {shown.map((key) => (
        <li key={key} data-kind={key}>
          {t(`match.preview.${key}`, { count: counts[key], formatted: formatCount(counts[key], language) })}
        </li>
      ))}
    </ul>
  )
}

/** What a file's rows belong to, before it is saved: how many, how sure, and what will become of them. */
export function MatchPreviewLine({ preview }: { preview: MatchPreview | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (preview === null) return <p className="muted small">{t('match.preview.later')}</p>
  if (preview.groups.length === 0) return null
  const percent = (value: number) => formatPercent(value, language)
  return (
    <div className="stack-tight">
      <MatchCountsLine counts={preview} />
      <ul className="evidence-kinds">
        {preview.groups.map(({ kind, certain, count, least, most }) => (
          <li key={`${kind} ${String(certain)}`}>
            {t('match.preview.group', {
              kind: t(`match.kindDone.${kind}`),
              formatted: formatCount(count, language),
              percent: least === most ? percent(least) : `${percent(least)}–${percent(most)}`,
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}
