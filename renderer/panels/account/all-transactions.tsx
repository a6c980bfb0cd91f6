import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { usePreferences } from '../../app/preferences.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { AccountTabs } from './account-tabs.tsx'
import { baseFilterOf } from './address.ts'
import { TransactionsView } from './transactions-view.tsx'

/** Every transaction of every account. */
export function AllTransactions() {
  const { t } = useTranslation()
  const { baseCurrency } = usePreferences()
  const search = useSearch()
  if (baseCurrency === null) return null
  return (
    <Page wide fill>
      <PageHeader title={t('account.all')} />
      <AccountTabs />
      <TransactionsView key={search} base={baseFilterOf(search)} manyAccounts currency={baseCurrency} />
    </Page>
  )
}
