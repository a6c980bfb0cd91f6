import { ActionIcon, Button, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconBuildingBank, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearch } from 'wouter'
import { money } from '../../../shared/domain/money.ts'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import { type Account, accountClasses } from '../../../shared/model/account.ts'
import { usePersonView } from '../../app/person-view.tsx'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Money, MoneyWithBase } from '../../components/money.tsx'
import { NothingTheirs, OwnerMarks, PartOf, Whose } from '../../components/people.tsx'
import { Page, PageHeader, Section } from '../../components/page.tsx'
import { Badge } from '../../components/small.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { accountAge } from './account-age.ts'
import { AccountTabs } from './account-tabs.tsx'
import { AccountDrawer } from './account-drawer.tsx'
import { OwnersDrawer } from './owners-drawer.tsx'
import { movedIds } from './reorder.ts'

/** All accounts by class. */
export function AccountsPanel() {
  const { t } = useTranslation()
  const [location, navigate] = useLocation()
  const search = useSearch()
  const { choices, person } = usePersonView()
  const query = useCall('account.list', { person: person?.id ?? null }, { keepPrevious: true })
  const [owning, setOwning] = useState(false)
  const [showHidden, setShowHidden] = useState(false)
  const [showClosed, setShowClosed] = useState(false)
  const [reordering, setReordering] = useState(false)
  const [adding, setAdding] = useState(search.includes('new') || location.includes('?new'))
  const all = query.data ?? []
  return (
    <Page>
      <PageHeader
        title={t('account.title')}
        subtitle={
          query.data === undefined ? undefined : (
            <>
              <Whose after=" · " />
              {t('account.accountCount', { count: all.length })}
            </>
          )
        }
        actions={
          <>
            {all.some((account) => account.hidden) ? (
              <Switch
                size="xs"
                label={t('account.showHidden')}
                checked={showHidden}
                onChange={(event) => setShowHidden(event.currentTarget.checked)}
              />
            ) : null}
            {all.some((account) => account.closedOn !== null) ? (
              <Switch
                size="xs"
                label={t('account.showClosed')}
                checked={showClosed}
                onChange={(event) => setShowClosed(event.currentTarget.checked)}
              />
            ) : null}
            {choices.length > 0 && all.length > 0 ? (
              <Button variant="subtle" color="gray" onClick={() => setOwning(true)}>
                {t('person.owners')}
              </Button>
            ) : null}
            {all.length > 1 && person === null ? (
              <Button variant="subtle" color="gray" onClick={() => setReordering((now) => !now)}>
                {t(reordering ? 'account.reorderDone' : 'account.reorder')}
              </Button>
            ) : null}
            <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
              {t('account.add')}
            </Button>
          </>
        }
      />
      <AccountTabs />
      <Loaded query={query}>
        {(accounts) =>
          accounts.length === 0 && person !== null ? (
            <NothingTheirs person={person} />
          ) : accounts.length === 0 ? (
            <EmptyState
              icon={<IconBuildingBank size={36} stroke={1.3} />}
              title={t('account.emptyTitle')}
              action={<Button onClick={() => setAdding(true)}>{t('account.add')}</Button>}
            >
              {t('account.emptyText')}
            </EmptyState>
          ) : (
            <ByClass
              accounts={accounts.filter(
                (account) => (showHidden || !account.hidden) && (showClosed || account.closedOn === null),
              )}
              all={accounts}
              reordering={reordering && person === null}
            />
          )
        }
      </Loaded>
      <OwnersDrawer accounts={all} opened={owning} onClose={() => setOwning(false)} />
      <AccountDrawer
        account={null}
        opened={adding}
        onClose={() => setAdding(false)}
        onCreated={(account) => navigate(`/account/${account.id}`)}
      />
    </Page>
  )
}

function ByClass({
  accounts,
  all,
  reordering,
}: {
  accounts: readonly Account[]
  all: readonly Account[]
  reordering: boolean
}) {
  const { t } = useTranslation()
  const reorder = useChange('account.reorder')
  return accountClasses.map((accountClass) => {
    const rows = accounts.filter((account) => account.class === accountClass)
    if (rows.length === 0) return null
    return (
      <Section
        key={accountClass}
        flush
        title={t(`home.class.${accountClass}`)}
        actions={<ClassTotal accounts={rows} />}
      >
        <ul className="account-list">
          {rows.map((account, index) => (
            <li key={account.id} className="account-item">
              <AccountRow account={account} />
              {reordering ? (
                <span className="account-move">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('account.moveUp', { name: account.name })}
                    disabled={index === 0}
                    onClick={() => reorder.mutate({ ids: movedIds(all, rows, index, -1) })}
                  >
                    <IconArrowUp size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('account.moveDown', { name: account.name })}
                    disabled={index === rows.length - 1}
                    onClick={() => reorder.mutate({ ids: movedIds(all, rows, index, 1) })}
                  >
                    <IconArrowDown size={16} />
                  </ActionIcon>
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </Section>
    )
  })
}

/** What of an account is on view: the person's part, or all of it. */
function shownOf({ part, balance, baseBalance }: Account) {
  return part === null ? { value: balance, base: baseBalance } : { value: part.balance, base: part.baseBalance }
}

/** The sum of what counts, in the base currency; nothing where a rate is missing, for a part is not a total. */
function ClassTotal({ accounts }: { accounts: readonly Account[] }) {
  const { baseCurrency } = usePreferences()
  const counted = accounts.filter((account) => account.inNetWorth)
  if (baseCurrency === null || counted.some((account) => shownOf(account).base === null)) return <Money value={null} />
  const sum = counted.reduce((total, account) => total + (shownOf(account).base?.minor ?? 0), 0)
  return <Money value={money(sum, baseCurrency)} className="section-total" />
}

function AccountRow({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const kind = accountKindOf(account.kind)
  const age = accountAge(account, t, language)
  const details = [language === 'zh-CN' ? kind.nameZh : kind.nameEn, account.institution?.name, account.maskedNumber]
  return (
    <Link href={`/account/${account.id}`} className="account-row">
      <span className="account-names">
        <span className="inline account-name">
          <span className="clip">{account.name}</span>
          <OwnerMarks owners={account.owners} />
          {account.closedOn === null ? null : <Badge>{t('account.closed')}</Badge>}
          {account.hidden ? <Badge>{t('account.hidden')}</Badge> : null}
          {account.inNetWorth ? null : <Badge>{t('account.notCounted')}</Badge>}
          {account.partlyUnvalued ? (
            <span title={t('account.partlyUnvaluedHint')}>
              <Badge tone="attention">{t('account.partlyUnvalued')}</Badge>
            </span>
          ) : null}
        </span>
        <span className="faint small clip">{details.filter((part) => part != null && part !== '').join(' · ')}</span>
      </span>
      <span className="account-when faint small numeric" title={age?.meaning}>
        {age?.text}
      </span>
      <span className="money-with-part">
        <MoneyWithBase {...shownOf(account)} />
        <PartOf part={account.part} whole={account.balance} />
      </span>
    </Link>
  )
}
