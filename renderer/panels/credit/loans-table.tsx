import { Progress } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Credit } from '../../../shared/model/credit.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { PartOf } from '../../components/people.tsx'
import { unknown } from '../../format/money-format.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { decimalToNumber } from '../../../shared/domain/decimal.ts'
import { formatPercent } from '../../format/number-format.ts'
import { AccountName, DueDate } from './cards-table.tsx'

type Loan = Credit['loans'][number]

export function LoansTable({ loans, onOpen }: { loans: readonly Loan[]; onOpen: (loan: Loan) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const columns = useMemo<readonly Column<Loan>[]>(
    () => [
      {
        key: 'name',
        title: t('credit.loan'),
        sortBy: (loan) => loan.name,
        cell: (loan) => <AccountName name={loan.name} institution={loan.institution} />,
      },
      {
        key: 'owed',
        title: t('credit.cardOwed'),
        align: 'end',
        lead: true,
        sortBy: (loan) => loan.owed.minor,
        cell: (loan) => (
          <span className="two-lines">
            <Money value={loan.owed} />
            <PartOf part={loan.part} whole={null} />
          </span>
        ),
      },
      {
        key: 'rate',
        title: t('credit.annualRate'),
        align: 'end',
        minor: true,
        cell: (loan) =>
          loan.terms === null ? (
            <span className="link-like">{t('credit.noLoanTerms')}</span>
          ) : (
            <span className="numeric">{formatPercent(decimalToNumber(loan.terms.annualRate), language, 2)}</span>
          ),
      },
      {
        key: 'paid',
        title: t('credit.paid'),
        width: '150px',
        minor: true,
        cell: ({ paidInstalments, terms }) => {
          if (paidInstalments === null || terms === null) return unknown
          const text = t('credit.paidOf', { paid: paidInstalments, months: terms.months })
          return (
            <span className="meter">
              <Progress
                value={(paidInstalments / terms.months) * 100}
                size="sm"
                aria-label={`${t('credit.paid')}: ${text}`}
              />
              <span className="numeric small">{text}</span>
            </span>
          )
        },
      },
      {
        key: 'payment',
        title: t('credit.instalment'),
        align: 'end',
        cell: (loan) => <Money value={loan.nextPayment} />,
      },
      {
        key: 'due',
        title: t('credit.due'),
        align: 'end',
        sortBy: (loan) => loan.nextDueOn ?? '9999',
        cell: (loan) => <DueDate on={loan.nextDueOn} />,
      },
    ],
    [t, language],
  )
  return (
    <DataTable
      label={t('credit.loans')}
      columns={columns}
      rows={loans}
      rowKey={(loan) => loan.accountId}
      onOpen={onOpen}
    />
  )
}
