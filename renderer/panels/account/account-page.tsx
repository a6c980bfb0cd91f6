import { ActionIcon, Button } from '@mantine/core'
import { IconArrowLeft, IconPencil, IconScale } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { money, negateMoney } from '../../../shared/domain/money.ts'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { Range } from '../../../shared/model/figures.ts'
import { useClient } from '../../app/client-context.tsx'
import { usePersonView, useViewedPerson } from '../../app/person-view.tsx'
import { useLanguage, usePreferences } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { ChartFigure, RangeControl } from '../../components/chart-figure.tsx'
import { Money, useMoneyText } from '../../components/money.tsx'
import { rangeName } from '../../components/range-name.ts'
import { OwnerMarks, useOwnerWords } from '../../components/people.tsx'
import { Headline, Page, PageHeader, Section } from '../../components/page.tsx'
import { Badge, Notice, RateNotes } from '../../components/small.tsx'
import { Loaded } from '../../components/states.tsx'
import { dateOfInstant, formatDate } from '../../format/date-format.ts'
import { currencyName } from '../../format/money-format.ts'
import { formatPercent } from '../../format/number-format.ts'
import { AccountDrawer } from './account-drawer.tsx'
import { TransactionsView } from './transactions-view.tsx'

/** One account: what it holds, how it came to that, and every line. */
export function AccountPage({ id }: { id: number }) {
  const query = useCall('account.get', { id, person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Page wide>
      <Loaded query={query}>{(account) => <Shown account={account} />}</Loaded>
    </Page>
  )
}

function Shown({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { language, baseCurrency } = usePreferences()
  const [, navigate] = useLocation()
  const [editing, setEditing] = useState(false)
  const base = useMemo(() => ({ accountIds: [account.id] }), [account.id])
  const kind = accountKindOf(account.kind)
  const debt = account.side === 'liability'
  const rateNotes =
    account.currency === baseCurrency || (account.baseBalance !== null && account.rateOn === null)
      ? []
      : [{ currency: account.currency, usedRateOn: account.baseBalance === null ? null : account.rateOn }]
  return (
    <>
      <PageHeader
        title={account.name}
        lead={
          <ActionIcon component={Link} href="/account" variant="subtle" color="gray" aria-label={t('common.back')}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        }
        subtitle={
          <span className="inline">
            <span>
              {[language === 'zh-CN' ? kind.nameZh : kind.nameEn, account.institution?.name]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </span>
            <AccountNumber account={account} />
            <OwnersNote account={account} />
            {account.closedOn === null ? null : <Badge>{t('account.closed')}</Badge>}
            {account.hidden ? <Badge>{t('account.hidden')}</Badge> : null}
            {account.inNetWorth ? null : <Badge>{t('account.notCounted')}</Badge>}
          </span>
        }
        actions={
          <>
            {kind.valuedBy === 'valuation' ? null : (
              <Button
                component={Link}
                href={`/account/${account.id}/reconcile`}
                variant="default"
                leftSection={<IconScale size={16} />}
              >
                {t('reconcile.open')}
              </Button>
            )}
            <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
              {t('common.edit')}
            </Button>
          </>
        }
      />
      <Unreconciled account={account} />
      <div className="account-top">
        <Headline
          label={t(debt ? 'account.owed' : 'account.balance')}
          figure={<Money value={debt ? negateMoney(account.balance) : account.balance} />}
          change={
            <>
              {account.currency === baseCurrency || account.baseBalance === null ? null : (
                <span className="muted">
                  <Money value={debt ? negateMoney(account.baseBalance) : account.baseBalance} estimate />
                </span>
              )}
              {account.cash.minor === account.balance.minor ? null : <CashPart account={account} />}
            </>
          }
          notes={
            <>
              <RateNotes notes={rateNotes} />
              {account.partlyUnvalued ? <p className="muted small">{t('account.partlyUnvaluedHint')}</p> : null}
              <PersonsPart account={account} />
              <Freshness account={account} />
            </>
          }
        />
        {account.transactionCount === 0 && account.balance.minor === 0 ? null : <BalanceHistory account={account} />}
      </div>
      {account.notes === '' ? null : <p className="account-notes">{account.notes}</p>}
      <div className="account-transactions">
        <TransactionsView base={base} manyAccounts={false} currency={account.currency} accountId={account.id} />
      </div>
      <AccountDrawer
        account={account}
        opened={editing}
        onClose={() => setEditing(false)}
        onDeleted={() => navigate('/account')}
      />
    </>
  )
}

/** Said only where the latest statement states another balance than the transactions come to. */
function Unreconciled({ account }: { account: Account }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const found = useCall('reconcile.list', {}).data?.find(({ accountId }) => accountId === account.id)
  if (found === undefined) return null
  const amount = text.exact(money(Math.abs(found.differenceMinor), account.currency))
  return (
    <Notice tone="attention">
      {t('reconcile.notice', { date: formatDate(found.on, language), amount })}{' '}
      <Link href={`/account/${account.id}/reconcile`}>{t('reconcile.noticeAction')}</Link>
    </Notice>
  )
}

/** Whose the account is, in words; its page always shows it whole. */
function OwnersNote({ account }: { account: Account }) {
  const { choices } = usePersonView()
  const words = useOwnerWords()
  if (choices.length === 0) return null
  return (
    <span className="whose">
      <OwnerMarks owners={account.owners} />
      <span aria-hidden={account.owners.length > 0}>{words(account.owners)}</span>
    </span>
  )
}

/** How much of it is the viewed person's. */
function PersonsPart({ account }: { account: Account }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { person } = usePersonView()
  const text = useMoneyText()
  const { part } = account
  if (person === null || part === null) return null
  const debt = account.side === 'liability'
  return (
    <p className="muted small">
      {t('person.partHere', {
        name: person.name,
        amount: text.exact(debt ? negateMoney(part.balance) : part.balance),
        share: formatPercent(part.weight / part.of, language, 2),
      })}
    </p>
  )
}

/** How recent this is: the last import and the latest row. */
function Freshness({ account }: { account: Account }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rows = [
    account.lastImportAt === null
      ? null
      : { name: t('account.lastImport'), value: formatDate(dateOfInstant(account.lastImportAt), language) },
    account.lastBookedOn === null
      ? null
      : { name: t('account.lastBooked'), value: formatDate(account.lastBookedOn, language) },
  ].filter((row) => row !== null)
  return (
    <dl className="freshness">
      {rows.map((row) => (
        <div key={row.name}>
          <dt>{row.name}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}

function CashPart({ account }: { account: Account }) {
  const { t } = useTranslation()
  const text = useMoneyText()
  return <span className="muted">{t('account.cashPart', { amount: text.exact(account.cash) })}</span>
}

/** Masked until its owner asks. */
function AccountNumber({ account }: { account: Account }) {
  const { t } = useTranslation()
  const client = useClient()
  const [number, setNumber] = useState<string | null>(null)
  if (account.maskedNumber === null) return null
  if (number !== null) return <span className="numeric">{number}</span>
  return (
    <button
      type="button"
      className="link-button numeric"
      title={t('account.reveal')}
      aria-label={`${t('account.reveal')} ${account.maskedNumber}`}
      onClick={() => {
        client
          .call('account.revealNumber', { id: account.id })
          .then((answer) => setNumber(answer.number))
          .catch(() => undefined)
      }}
    >
      {account.maskedNumber}
    </button>
  )
}

function BalanceHistory({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const text = useMoneyText()
  const [range, setRange] = useState<Range>('1y')
  const query = useCall('account.history', { id: account.id, range }, { keepPrevious: true })
  const points = query.data?.points
  const sign = account.side === 'liability' ? -1 : 1
  const data = useMemo(
    () => ({
      kind: 'line' as const,
      dates: (points ?? []).map((point) => point.on),
      series: [{ name: t('account.balance'), minor: (points ?? []).map((point) => point.minor * sign) }],
      short: (minor: number) => text.compact(money(minor, account.currency)),
      exact: (minor: number) => text.exact(money(minor, account.currency)),
    }),
    [points, sign, account.currency, t, text],
  )
  const first = points?.[0]?.minor
  const last = points?.at(-1)?.minor
  const difference = first === undefined || last === undefined ? 0 : (last - first) * sign
  const today = points?.at(-1)?.on
  const since = query.data?.since ?? null
  const fromToday = since !== null && since === today
  const period = today === undefined ? t(`common.rangeNames.${range}`) : rangeName(range, since, today, t, language)
  const amount = text.compact(money(Math.abs(difference), account.currency))
  return (
    <Section>
      <ChartFigure
        title={
          fromToday
            ? period
            : difference === 0
              ? t('account.findingFlat', { period })
              : t(difference > 0 ? 'account.findingUp' : 'account.findingDown', { period, amount })
        }
        subtitle={t('account.measure', { currency: currencyName(account.currency, language) })}
        data={data}
        height={150}
        controls={<RangeControl value={range} onChange={setRange} />}
      />
    </Section>
  )
}
