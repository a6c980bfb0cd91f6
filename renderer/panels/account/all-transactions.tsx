import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import { usePreferences } from '../../app/preferences.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
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
      <PageHeader
        title={t('account.all')}
        lead={
          <ActionIcon component={Link} href="/account" variant="subtle" color="gray" aria-label={t('common.back')}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        }
      />
      <TransactionsView key={search} base={baseFilterOf(search)} manyAccounts currency={baseCurrency} />
    </Page>
  )
}
