import { Button, Switch } from '@mantine/core'
import { IconPlus, IconRepeat } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addMonths } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { RecurringList } from '../../../../shared/ipc/channels/recurring-channels.ts'
import type { Account } from '../../../../shared/model/account.ts'
import type { RecurringItem } from '../../../../shared/model/recurring.ts'
import { useOpenedKey } from '../../../app/opened-row.ts'
import { useViewedPerson } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall, useJob } from '../../../app/queries.ts'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { Whose } from '../../../components/people.tsx'
import { ImportAction } from '../../../components/import-action.tsx'
import { Headline, Page, PageHeader, Section } from '../../../components/page.tsx'
import { SideDrawer } from '../../../components/side-drawer.tsx'
import { Defined } from '../../../components/defined.tsx'
import { RateNotes } from '../../../components/small.tsx'
import { EmptyState, Loaded } from '../../../components/states.tsx'
import { formatDate, todayHere } from '../../../format/date-format.ts'
import { AccountTabs } from '../account-tabs.tsx'
import { SeriesDrawer } from './series-drawer.tsx'
import { SeriesForm } from './series-form.tsx'
import { SeriesTable } from './series-table.tsx'

const noAccounts: readonly Account[] = []

/** Bills, subscriptions, salaries and standing orders: what comes again, when next, and what it costs a year. */
export function BillsPage() {
  const { t } = useTranslation()
  const query = useCall('recurring.list', { person: useViewedPerson() }, { keepPrevious: true })
  const accounts = useCall('account.list', {}).data ?? noAccounts
  const [adding, setAdding] = useState(false)
  const refresh = useJob('recurring.refresh')
  const open = accounts.filter(({ closedOn }) => closedOn === null)
  return (
    <Page>
      <PageHeader
        title={t('recurring.title')}
        subtitle={<Whose wholeItems />}
        actions={
          <>
            <Button
              variant="subtle"
              color="gray"
              loading={refresh.running}
              onClick={() => void refresh.run({ whole: true })}
            >
              {t('recurring.refresh')}
            </Button>
            <Button leftSection={<IconPlus size={16} />} disabled={open.length === 0} onClick={() => setAdding(true)}>
              {t('recurring.add')}
            </Button>
          </>
        }
      />
      <AccountTabs />
      <Loaded query={query}>
        {(list) =>
          list.items.length === 0 ? (
            <EmptyState
              icon={<IconRepeat size={36} stroke={1.3} />}
              title={t(list.pending ? 'recurring.lookingTitle' : 'recurring.emptyTitle')}
              action={list.pending ? undefined : <ImportAction />}
            >
              {t('recurring.emptyText')}
            </EmptyState>
          ) : (
            <Bills list={list} accounts={accounts} />
          )
        }
      </Loaded>
      <SideDrawer opened={adding} title={t('recurring.add')} onClose={() => setAdding(false)}>
        <SeriesForm item={null} accounts={open} onDone={() => setAdding(false)} />
      </SideDrawer>
    </Page>
  )
}

type Group = 'out' | 'in' | 'transfer' | 'past'

function groupOf({ status, ended, type, amount }: RecurringItem): Group {
  if (status === 'dismissed' || ended) return 'past'
  if (type === 'transfer') return 'transfer'
  return amount.minor < 0 ? 'out' : 'in'
}

function Bills({ list, accounts }: { list: RecurringList; accounts: readonly Account[] }) {
  const { t } = useTranslation()
  const text = useMoneyText()
  const [openKey, setOpenKey] = useOpenedKey('series')
  const [showPast, setShowPast] = useState(false)
  const accountName = useCallback((id: number) => accounts.find((account) => account.id === id)?.name ?? '', [accounts])
  const groups = Map.groupBy(list.items, groupOf)
  const of = (minor: number) => money(minor, list.currency)
  const past = groups.get('past') ?? []
  const section = (group: Group) => {
    const items = groups.get(group) ?? []
    if (items.length === 0) return null
    return (
      <Section key={group} title={t(`recurring.group.${group}`)} hint={t(`recurring.groupHint.${group}`)} flush>
        <SeriesTable
          label={t(`recurring.group.${group}`)}
          items={items}
          accountName={accountName}
          onOpen={({ key }) => setOpenKey(key)}
        />
      </Section>
    )
  }
  return (
    <div className="stack">
      <Headline
        label={<Defined figure="billsMonth" />}
        figure={<Money value={of(list.totals.outMonthMinor)} estimate />}
        change={
          <span className="muted">
            {t('recurring.totals', {
              year: text.exact(of(list.totals.outYearMinor)),
              income: text.exact(of(list.totals.inMonthMinor)),
            })}
          </span>
        }
        notes={<RateNotes notes={list.notes} />}
      />
      <PriceRises items={list.items} onOpen={setOpenKey} />
      {section('out')}
      {section('in')}
      {section('transfer')}
      {past.length === 0 ? null : (
        <Switch
          size="xs"
          label={t('recurring.showPast', { count: past.length })}
          checked={showPast}
          onChange={(event) => setShowPast(event.currentTarget.checked)}
        />
      )}
      {showPast ? section('past') : null}
      <SeriesDrawer
        item={list.items.find(({ key }) => key === openKey) ?? null}
        accounts={accounts}
        onClose={() => setOpenKey(null)}
      />
    </div>
  )
}

/** What got dearer within a year, and what that makes in a year. */
function PriceRises({ items, onOpen }: { items: readonly RecurringItem[]; onOpen: (key: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const since = addMonths(todayHere(), -12)
  const dearer = items.flatMap((item) => {
    const last = item.prices.at(-1)
    const difference = item.yearDifference
    if (item.ended || item.status === 'dismissed' || item.type === 'transfer') return []
    if (last === undefined || difference === null || difference.minor >= 0 || last.on < since) return []
    return [{ item, last, difference }]
  })
  if (dearer.length === 0) return null
  return (
    <Section title={t('recurring.dearerTitle')}>
      <ul className="plain-list">
        {dearer.map(({ item, last, difference }) => (
          <li key={item.key}>
            <button type="button" className="link-button" onClick={() => onOpen(item.key)}>
              {item.name}
            </button>{' '}
            {t('recurring.dearerText', {
              from: text.exact(money(last.fromMinor, last.currency)),
              to: text.exact(money(last.toMinor, last.currency)),
              date: formatDate(last.on, language),
              amount: text.exact(money(-difference.minor, difference.currency)),
            })}
          </li>
        ))}
      </ul>
    </Section>
  )
}
