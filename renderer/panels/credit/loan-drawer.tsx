import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Credit } from '../../../shared/model/credit.ts'
import { useCall } from '../../app/queries.ts'
import { Money } from '../../components/money.tsx'
import { Facts } from '../../components/page.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { Loaded } from '../../components/states.tsx'
import { DueDate } from './cards-table.tsx'
import { LoanScheduleView } from './loan-schedule-view.tsx'
import { LoanTermsForm } from './loan-terms-form.tsx'

type Loan = Credit['loans'][number]

/** One loan: its schedule where the terms are known, and the form for them. */
export function LoanDrawer({ loan, onClose }: { loan: Loan | null; onClose: () => void }) {
  return (
    <SideDrawer opened={loan !== null} title={loan?.name ?? ''} onClose={onClose} size={640}>
      {loan === null ? null : <Content key={loan.accountId} loan={loan} />}
    </SideDrawer>
  )
}

function Content({ loan }: { loan: Loan }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(loan.terms === null)
  return (
    <div className="stack">
      <Facts
        rows={[
          { name: t('credit.cardOwed'), value: <Money value={loan.owed} /> },
          { name: t('credit.instalment'), value: <Money value={loan.nextPayment} /> },
          { name: t('credit.due'), value: <DueDate on={loan.nextDueOn} /> },
        ]}
      />
      {editing || loan.terms === null ? (
        <LoanTermsForm loan={loan} onDone={() => setEditing(false)} />
      ) : (
        <>
          <SavedSchedule accountId={loan.accountId} />
          <div className="spread">
            <Link href={`/account/${loan.accountId}`}>{t('credit.openAccount')}</Link>
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('credit.editTerms')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

function SavedSchedule({ accountId }: { accountId: number }) {
  const query = useCall('loan.schedule', { accountId })
  return <Loaded query={query}>{(schedule) => <LoanScheduleView schedule={schedule} />}</Loaded>
}
