import { useTranslation } from 'react-i18next'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { Money } from '../../components/money.tsx'
import { formatDate } from '../../format/date-format.ts'
import { textOr } from '../../i18n/texts.ts'
import type { Hit, HitGroup } from './results.ts'

/** One result in a line: what it is called, what it is, and for a transaction when, where and how much. */
export function HitLine({ hit, group }: { hit: Hit; group: HitGroup['name'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const accounts = useCall('account.list', {}, { enabled: hit.transaction !== undefined }).data
  const { transaction } = hit
  if (transaction !== undefined) {
    const account = accounts?.find((one) => one.id === transaction.accountId)?.name ?? ''
    const memo = transaction.memo === hit.title ? '' : transaction.memo
    return (
      <>
        <span className="hit-title clip">{hit.title === '' ? t('search.noPayee') : hit.title}</span>
        <span className="hit-detail clip">{[memo, account].filter((part) => part !== '').join(' · ')}</span>
        <span className="hit-date numeric">{formatDate(transaction.bookedOn, language)}</span>
        <Money value={transaction.amount} sign="always" className="hit-amount" />
      </>
    )
  }
  const kind =
    hit.kind === undefined
      ? ''
      : group === 'accounts'
        ? accountKindOf(hit.kind)[language === 'zh-CN' ? 'nameZh' : 'nameEn']
        : textOr(`life.documentKinds.${hit.kind}`, hit.kind)
  return (
    <>
      <span className="hit-title clip">{hit.title}</span>
      <span className="hit-detail clip">{kind}</span>
    </>
  )
}
