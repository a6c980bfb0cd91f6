import { useTranslation } from 'react-i18next'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { useCategories } from '../../components/category-picker.tsx'
import { Money } from '../../components/money.tsx'
import { formatDate } from '../../format/date-format.ts'
import { textOr } from '../../i18n/texts.ts'
import { MarkedText } from './marked-text.tsx'
import type { Hit, HitGroup } from './results.ts'

/** One result in a line: what it is called, what it is, and for a transaction when, where and how much. */
export function HitLine({ hit, group }: { hit: Hit; group: HitGroup['name'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const accountId = hit.transaction?.accountId ?? hit.accountId
  const accounts = useCall('account.list', {}, { enabled: accountId !== undefined }).data
  const account = accounts?.find(({ id }) => id === accountId)?.name ?? ''
  const { nameOf } = useCategories()
  const { transaction } = hit
  if (transaction !== undefined) {
    const marks = hit.transactionMarks
    const other = marks?.other ?? null
    const memo = transaction.memo === hit.title ? '' : transaction.memo
    return (
      <>
        <span className="hit-title clip">
          {hit.title === '' ? t('search.noPayee') : <MarkedText text={hit.title} marks={hit.marks} />}
        </span>
        <span className="hit-detail clip">
          {other === null ? (
            <MarkedText text={memo} marks={memo === '' ? [] : (marks?.memo ?? [])} />
          ) : (
            <>
              {t(`search.operator.${other.field}`)}: <MarkedText text={other.text} marks={other.marks} />
            </>
          )}
          {account === '' ? null : `${memo === '' && other === null ? '' : ' · '}${account}`}
        </span>
        <span className="hit-date numeric">{formatDate(transaction.bookedOn, language)}</span>
        <Money value={transaction.amount} sign="always" className="hit-amount" />
      </>
    )
  }
  const path = hit.categoryId === undefined ? null : nameOf(hit.categoryId)
  const detail =
    path !== null
      ? path === hit.title
        ? ''
        : path
      : hit.kind === undefined
        ? account
        : group === 'accounts'
          ? accountKindOf(hit.kind)[language === 'zh-CN' ? 'nameZh' : 'nameEn']
          : textOr(`life.documentKinds.${hit.kind}`, hit.kind)
  return (
    <>
      <span className="hit-title clip">
        <MarkedText text={hit.title} marks={hit.marks} />
      </span>
      <span className="hit-detail clip">{detail}</span>
    </>
  )
}
