import { IconArrowDownRight, IconArrowUpRight, IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { FlowReport, Mover } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { Defined } from '../../../components/defined.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { formatPercent } from '../../../format/number-format.ts'
import { spanName, useCategoryNames } from './flow-names.ts'
import { rowsAddress } from './flow-range.ts'

/** One sentence: "Restaurants is 23 % above your usual: ¥1,230 instead of ¥1,000". */
export function useMoverSentence(currency: CurrencyCode): (mover: Mover) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf } = useCategoryNames()
  const text = useMoneyText()
  return ({ categoryId, kind, minor, usualMinor, fraction, periods }) => {
    const name = nameOf(categoryId)
    const amount = text.exact(money(minor, currency))
    if (kind === 'new') return t('flow.mover.new', { name, amount, count: periods })
    const usual = text.exact(money(usualMinor, currency))
    if (minor <= 0) return t('flow.mover.gone', { name, usual })
    // beyond twice the usual, "3.2 times" says more than "220 %"
    if (fraction !== null && fraction >= 1) {
      const times = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(fraction + 1)
      return t('flow.mover.times', { name, times, amount, usual })
    }
    const percent = formatPercent(Math.abs(fraction ?? 0), language, 0)
    return t(kind === 'above' ? 'flow.mover.above' : 'flow.mover.below', { name, percent, amount, usual })
  }
}

/** The categories that are far from their usual, in words. */
export function Movers({ report }: { report: FlowReport }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const sentence = useMoverSentence(report.currency)
  const { treeOf } = useCategoryNames()
  const { movers } = report
  if (movers === null) return <p className="muted">{t('flow.moversTooEarly')}</p>
  const period = spanName(movers.period, language, movers.group)
  if (movers.list.length === 0) return <p className="muted">{t('flow.moversNone', { period })}</p>
  return (
    <>
      <p className="muted small">
        {t('flow.moversPeriod', { period })} · <Defined figure="usual" />
      </p>
      <ul className="mover-list">
        {movers.list.map((mover) => {
          const Icon =
            mover.kind === 'new' ? IconSparkles : mover.kind === 'above' ? IconArrowUpRight : IconArrowDownRight
          return (
            <li key={`${mover.flow} ${mover.categoryId}`}>
              <Icon size={16} stroke={1.8} aria-hidden="true" />
              <Link href={rowsAddress(movers.period, {}, mover.categoryId === 0 ? [0] : treeOf(mover.categoryId))}>
                {sentence(mover)}
              </Link>
            </li>
          )
        })}
      </ul>
    </>
  )
}
