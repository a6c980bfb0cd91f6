import { useTranslation } from 'react-i18next'
import type { BudgetLine } from '../../../../shared/model/budget.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { Badge } from '../../../components/small.tsx'
import { formatPercent } from '../../../format/number-format.ts'

const TONES = { within: 'neutral', near: 'attention', 'used-up': 'attention', over: 'negative' } as const

/** How much of a budget is used: a bar, the figure beside it, and in words where it is near its end or over. */
export function BudgetBar({ line }: { line: Pick<BudgetLine, 'usedShare' | 'state'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const share = line.usedShare === null ? null : line.usedShare / 10_000
  return (
    <span className="budget-use">
      <span className="budget-bar" data-state={line.state} aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, (share ?? (line.state === 'over' ? 1 : 0)) * 100)}%` }} />
      </span>
      <span className="budget-share numeric">{formatPercent(share, language, 0)}</span>
      {line.state === 'within' ? null : <Badge tone={TONES[line.state]}>{t(`budget.state.${line.state}`)}</Badge>}
    </span>
  )
}
