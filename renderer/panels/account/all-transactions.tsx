import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { usePersonView } from '../../app/person-view.tsx'
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
  const { person } = usePersonView()
  if (baseCurrency === null) return null
  const asked = baseFilterOf(search)
  const base = person === null ? asked : { ...asked, person: person.id }
  return (
    <Page wide fill>
      <PageHeader
        title={t('account.all')}
        subtitle={person === null ? undefined : t('person.wholeTransactions', { name: person.name })}
      />
      <AccountTabs />
      <TransactionsView key={`${search} ${person?.id ?? ''}`} base={base} manyAccounts currency={baseCurrency} />
    </Page>
  )
}
