import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '../../../components/page.tsx'
import { Whose } from '../../../components/people.tsx'
import { AccountTabs } from '../account-tabs.tsx'
import { AnomaliesSection } from './anomalies-section.tsx'
import { DepositInsuranceSection } from './deposit-insurance-section.tsx'
import { EmergencyFundSection } from './emergency-fund-section.tsx'
import { IdleCashSection } from './idle-cash-section.tsx'

/** Four calm looks: each says what it found in a sentence, with the figures behind it. */
export function ChecksPage() {
  const { t } = useTranslation()
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
      <EmergencyFundSection />
      <AnomaliesSection />
      <DepositInsuranceSection />
      <IdleCashSection />
    </Page>
  )
}
