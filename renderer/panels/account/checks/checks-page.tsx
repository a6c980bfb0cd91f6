import { IconStethoscope } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePersonView } from '../../../app/person-view.tsx'
import { useCall } from '../../../app/queries.ts'
import { ImportAction } from '../../../components/import-action.tsx'
import { Page, PageHeader } from '../../../components/page.tsx'
import { NothingTheirs, Whose } from '../../../components/people.tsx'
import { EmptyState, Loaded } from '../../../components/states.tsx'
import { AccountTabs } from '../account-tabs.tsx'
import { AnomaliesSection } from './anomalies-section.tsx'
import { DepositInsuranceSection } from './deposit-insurance-section.tsx'
import { EmergencyFundSection } from './emergency-fund-section.tsx'
import { IdleCashSection } from './idle-cash-section.tsx'

/** Four calm looks: each says what it found in a sentence, with the figures behind it. */
export function ChecksPage() {
  const { t } = useTranslation()
  const { person } = usePersonView()
  const accounts = useCall('account.list', { person: person?.id ?? null }, { keepPrevious: true })
  return (
    <Page>
      <PageHeader
        title={t('check.title')}
        subtitle={
          <>
            {t('check.subtitle')}
            <Whose before=" · " />
          </>
        }
      />
      <AccountTabs />
      <Loaded query={accounts}>
        {(list) =>
          list.length === 0 && person !== null ? (
            <NothingTheirs person={person} />
          ) : list.length === 0 ? (
            <EmptyState
              icon={<IconStethoscope size={36} stroke={1.3} />}
              title={t('check.emptyTitle')}
              action={<ImportAction />}
            >
              {t('check.emptyText')}
            </EmptyState>
          ) : (
            <>
              <EmergencyFundSection />
              <AnomaliesSection />
              <DepositInsuranceSection />
              <IdleCashSection />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
