import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CreditReport } from '../../../shared/model/credit.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Facts, Section } from '../../components/page.tsx'
import { formatDate } from '../../format/date-format.ts'
import { unknown } from '../../format/money-format.ts'
import { formatCount } from '../../format/number-format.ts'

type Enquiry = CreditReport['enquiries'][number]
type Overdue = CreditReport['overdues'][number]

/** A reason in the reader's language where it is known, else as the report has it. */
function useReasonWords() {
  const { t } = useTranslation()
  return ({ reason, reasonKey }: Pick<Enquiry, 'reason' | 'reasonKey'>): string =>
    reasonKey === null ? reason || unknown : t(`credit.reasons.${reasonKey}`)
}

/** What the newest credit report of a person tells: who looked at it and what for, what was overdue, public records. */
export function CreditReportView({ report }: { report: CreditReport }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const reasonWords = useReasonWords()
  const { subject, reportedOn, enquiries, applications, reasons, overdues, publicRecords } = report
  const title = subject === '' ? t('credit.report') : t('credit.reportOf', { name: subject })
  const day =
    reportedOn === null ? t('credit.reportUndated') : t('credit.reportHint', { date: formatDate(reportedOn, language) })
  const spans = (applications ?? []).map(({ months, count }) => ({
    name: t('credit.applicationsIn', { months }),
    value: <span className="numeric">{formatCount(count, language)}</span>,
  }))
  const byReason = reasons.map((one) => ({
    name: reasonWords(one),
    value: <span className="numeric">{formatCount(one.count, language)}</span>,
  }))
  return (
    <>
      <Section title={title} hint={day}>
        <div className="stack">
          {spans.length === 0 ? null : <Facts rows={spans} />}
          <h3>{t('credit.byReason')}</h3>
          {byReason.length === 0 ? <p className="muted">{t('credit.noEnquiries')}</p> : <Facts rows={byReason} />}
        </div>
      </Section>
      {enquiries.length === 0 ? null : (
        <Section title={t('credit.enquiries')} flush>
          <EnquiryTable enquiries={enquiries} />
        </Section>
      )}
      {overdues.length === 0 ? null : (
        <Section title={t('credit.overdues')} hint={t('credit.overduesHint')} flush>
          <OverdueTable overdues={overdues} />
        </Section>
      )}
      {publicRecords.length === 0 ? null : (
        <Section title={t('credit.publicRecords')}>
          <Facts
            rows={publicRecords.map(({ kind, body }, index) => ({
              name: `${index + 1}. ${t(`credit.publicRecordKinds.${kind}`)}`,
              value: body,
            }))}
          />
        </Section>
      )}
    </>
  )
}

function EnquiryTable({ enquiries }: { enquiries: readonly Enquiry[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const reasonWords = useReasonWords()
  const rows = useMemo(() => enquiries.map((enquiry, index) => ({ ...enquiry, index })), [enquiries])
  const columns: readonly Column<Enquiry & { index: number }>[] = [
    {
      key: 'on',
      title: t('credit.enquiredOn'),
      width: '150px',
      sortBy: ({ on }) => on,
      cell: ({ on }) => <span className="numeric">{formatDate(on, language)}</span>,
    },
    {
      key: 'who',
      title: t('credit.enquiredBy'),
      main: true,
      sortBy: ({ institution }) => institution,
      cell: ({ institution, isOwn }) => (isOwn ? t('credit.enquiredBySelf') : institution || unknown),
    },
    { key: 'why', title: t('credit.enquiredFor'), sortBy: ({ reason }) => reason, cell: reasonWords },
  ]
  return <DataTable label={t('credit.enquiries')} columns={columns} rows={rows} rowKey={({ index }) => index} dense />
}

function OverdueTable({ overdues }: { overdues: readonly Overdue[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rows = useMemo(() => overdues.map((overdue, index) => ({ ...overdue, index })), [overdues])
  const count = (months: number | null): string => (months === null ? unknown : formatCount(months, language))
  const columns: readonly Column<Overdue & { index: number }>[] = [
    {
      key: 'what',
      title: t('credit.overdueOn'),
      main: true,
      cell: ({ lender, product, openedOn }) => (
        <span className="two-lines">
          <span className="clip" title={lender}>
            {lender}
          </span>
          <span className="faint small clip">
            {[product, openedOn === null ? '' : formatDate(openedOn, language)].filter((part) => part !== '').join(' ')}
          </span>
        </span>
      ),
    },
    { key: 'months', title: t('credit.overdueMonths'), align: 'end', cell: ({ months }) => count(months) },
    { key: 'over90', title: t('credit.overdueOver90'), align: 'end', cell: ({ monthsOver90 }) => count(monthsOver90) },
    {
      key: 'now',
      title: t('credit.overdueNow'),
      align: 'end',
      lead: true,
      cell: ({ overdue }) => (overdue === null ? unknown : <Money value={overdue} />),
    },
  ]
  return <DataTable label={t('credit.overdues')} columns={columns} rows={rows} rowKey={({ index }) => index} dense />
}
