import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { money } from '../../../../shared/domain/money.ts'
import type { FlowReport } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { Notice } from '../../../components/small.tsx'
import { formatCount } from '../../../format/number-format.ts'

/** What is in no figure because its file calls it a transfer and nobody knows where to; nothing where there is none. */
export function UnpairedNote({ report: { unpaired, currency } }: { report: FlowReport }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  if (unpaired.count === 0) return null
  return (
    <Notice tone="attention">
      {t('flow.unpaired', {
        count: unpaired.count,
        formattedCount: formatCount(unpaired.count, language),
        out: text.exact(money(unpaired.outMinor, currency)),
        in: text.exact(money(unpaired.inMinor, currency)),
      })}{' '}
      <Link href="/import/review">{t('flow.unpairedReview')}</Link>
    </Notice>
  )
}
