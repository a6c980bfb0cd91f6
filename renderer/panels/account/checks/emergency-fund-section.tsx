import { useTranslation } from 'react-i18next'
import { money } from '../../../../shared/domain/money.ts'
import type { EmergencyFund } from '../../../../shared/model/check.ts'
import { useViewedPerson } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall } from '../../../app/queries.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Money, MoneyWithBase } from '../../../components/money.tsx'
import { Facts, Section } from '../../../components/page.tsx'
import { RateNotes, Term } from '../../../components/small.tsx'
import { Loaded } from '../../../components/states.tsx'
import { AccountName } from './account-name.tsx'
import { Behind } from './behind.tsx'
import { EssentialChoice } from './essential-drawer.tsx'

/** How many months money at hand lasts. */
export function EmergencyFundSection() {
  const { t } = useTranslation()
  const query = useCall('check.emergencyFund', { person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Section title={t('check.emergency.title')}>
      <Loaded query={query}>{(fund) => <Fund fund={fund} />}</Loaded>
    </Section>
  )
}

function Fund({ fund }: { fund: EmergencyFund }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf } = useCategories()
  const amount = (minor: number) => <Money value={money(minor, fund.currency)} />
  if (fund.lastsTenths === null) {
    return (
      <div className="stack-tight">
        <p className="muted">{t('check.emergency.unknown')}</p>
        <EssentialChoice fund={fund} />
      </div>
    )
  }
  const months = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(fund.lastsTenths / 10)
  const accountColumns: Column<EmergencyFund['accounts'][number]>[] = [
    { key: 'name', title: t('check.account'), cell: (row) => <AccountName {...row} /> },
    { key: 'tier', title: t('check.emergency.tier'), cell: ({ tier }) => t(`check.emergency.tiers.${tier}`) },
    {
      key: 'amount',
      title: t('check.balance'),
      align: 'end',
      lead: true,
      cell: ({ amount: own, baseMinor }) => (
        <MoneyWithBase value={own} base={baseMinor === null ? null : money(baseMinor, fund.currency)} />
      ),
    },
  ]
  const categoryColumns: Column<EmergencyFund['categories'][number]>[] = [
    { key: 'name', title: t('check.emergency.category'), cell: ({ categoryId }) => nameOf(categoryId) ?? '' },
    { key: 'middle', title: t('check.emergency.middle'), align: 'end', cell: ({ middleMinor }) => amount(middleMinor) },
  ]
  return (
    <div className="stack">
      <p className="check-finding">
        <strong>{t('check.emergency.finding', { count: fund.lastsTenths / 10, months })}</strong>{' '}
        <Term meaning={t('definition.checkEmergency.text')}>{t('check.how')}</Term>
      </p>
      <Facts
        rows={[
          { name: t('check.emergency.liquid'), value: amount(fund.liquidMinor) },
          { name: t('check.emergency.essential'), value: amount(fund.essentialMinor) },
        ]}
      />
      <Behind label={t('check.emergency.title')}>
        <Facts
          rows={[
            { name: t('check.emergency.tiers.cash'), value: amount(fund.cashMinor) },
            { name: t('check.emergency.tiers.days'), value: amount(fund.daysMinor) },
            { name: t('check.emergency.cards'), value: amount(-fund.cardsMinor) },
            { name: t('check.emergency.spending', { count: fund.months }), value: amount(fund.spendingMinor) },
            { name: t('check.emergency.instalments'), value: amount(fund.instalmentsMinor) },
          ]}
        />
        <DataTable
          label={t('check.emergency.accounts')}
          columns={accountColumns}
          rows={fund.accounts}
          rowKey={(row) => row.accountId}
          dense
        />
        <DataTable
          label={t('check.emergency.categories')}
          columns={categoryColumns}
          rows={fund.categories}
          rowKey={(row) => row.categoryId}
          dense
        />
      </Behind>
      <EssentialChoice fund={fund} />
      <RateNotes notes={fund.notes} />
    </div>
  )
}
