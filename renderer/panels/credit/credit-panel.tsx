import { Button } from '@mantine/core'
import { IconCreditCard } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { money } from '../../../shared/domain/money.ts'
import type { Credit } from '../../../shared/model/credit.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { usePersonView, useViewedPerson } from '../../app/person-view.tsx'
import { useCall } from '../../app/queries.ts'
import { Money } from '../../components/money.tsx'
import { NothingTheirs, Whose } from '../../components/people.tsx'
import { Defined } from '../../components/defined.tsx'
import { Headline, Page, PageHeader, Section } from '../../components/page.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { formatPercent } from '../../format/number-format.ts'
import { CardDrawer } from './card-drawer.tsx'
import { CardsTable } from './cards-table.tsx'
import { CreditReportView } from './credit-report-view.tsx'
import { LoanDrawer } from './loan-drawer.tsx'
import { LoansTable } from './loans-table.tsx'

/** Every card and loan: what is owed, what is due next, and how a loan runs off. */
export function CreditPanel() {
  const { t } = useTranslation()
  const query = useCall('credit.get', { person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Page>
      <PageHeader title={t('credit.title')} subtitle={<Whose />} />
      <Loaded query={query}>{(credit) => <CreditContent credit={credit} />}</Loaded>
    </Page>
  )
}

function CreditContent({ credit }: { credit: Credit }) {
  const { person } = usePersonView()
  const { t } = useTranslation()
  const language = useLanguage()
  const [cardId, setCardId] = useState<number | null>(null)
  const [loanId, setLoanId] = useState<number | null>(null)
  if (credit.cards.length === 0 && credit.loans.length === 0 && credit.reports.length === 0) {
    if (person !== null) return <NothingTheirs person={person} />
    return (
      <EmptyState
        icon={<IconCreditCard size={32} stroke={1.4} />}
        title={t('credit.emptyTitle')}
        action={
          <Button component={Link} href="/account">
            {t('credit.emptyAction')}
          </Button>
        }
      >
        {t('credit.emptyText')}
      </EmptyState>
    )
  }
  const of = (minor: number) => money(minor, credit.currency)
  return (
    <div className="stack">
      <Headline
        label={<Defined figure="owed" />}
        figure={<Money value={of(credit.owedMinor)} />}
        change={
          <span className="figure-row">
            <span>
              <Money value={of(credit.cardsOwedMinor)} /> <span className="muted">{t('credit.cardsOwed')}</span>
            </span>
            <span>
              <Money value={of(credit.loansOwedMinor)} /> <span className="muted">{t('credit.loansOwed')}</span>
            </span>
            {credit.utilisation === null ? null : (
              <span>
                <span className="numeric">{formatPercent(credit.utilisation, language)}</span>{' '}
                <Defined figure="utilisation" />
              </span>
            )}
          </span>
        }
      />
      <Section title={t('credit.cards')} flush={credit.cards.length > 0}>
        {credit.cards.length === 0 ? (
          <p className="muted">{t('credit.noCards')}</p>
        ) : (
          <CardsTable cards={credit.cards} onOpen={(card) => setCardId(card.accountId)} />
        )}
      </Section>
      <Section title={t('credit.loans')} flush={credit.loans.length > 0}>
        {credit.loans.length === 0 ? (
          <p className="muted">{t('credit.noLoans')}</p>
        ) : (
          <LoansTable loans={credit.loans} onOpen={(loan) => setLoanId(loan.accountId)} />
        )}
      </Section>
      {credit.reports.map((report) => (
        <CreditReportView key={report.id} report={report} />
      ))}
      <CardDrawer
        card={credit.cards.find((card) => card.accountId === cardId) ?? null}
        onClose={() => setCardId(null)}
      />
      <LoanDrawer
        loan={credit.loans.find((loan) => loan.accountId === loanId) ?? null}
        onClose={() => setLoanId(null)}
      />
    </div>
  )
}
