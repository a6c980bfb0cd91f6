import { ActionIcon, Button } from '@mantine/core'
import { IconArrowLeft, IconScale } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { addMonths, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { money, negateMoney } from '../../../shared/domain/money.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { Checkpoint, Reconciliation } from '../../../shared/model/reconciliation.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Page, PageHeader, Section } from '../../components/page.tsx'
import { Badge, Notice } from '../../components/small.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { formatDate } from '../../format/date-format.ts'
import { formatCount } from '../../format/number-format.ts'
import { BalanceBreaks } from './balance-breaks.tsx'
import { StateBalance } from './state-balance.tsx'

const OLDER_MONTHS = 24

/** Whether an account's transactions come to what its statements say, where they part, and what to do about it. */
export function ReconcilePage({ id }: { id: number }) {
  const query = useCall('account.get', { id })
  return (
    <Page>
      <Loaded query={query}>{(account) => <Reconciled account={account} />}</Loaded>
    </Page>
  )
}

function Reconciled({ account }: { account: Account }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState<IsoDate | null>(null)
  const query = useCall(
    'reconcile.account',
    { accountId: account.id, ...(from === null ? {} : { from }) },
    { keepPrevious: true },
  )
  return (
    <>
      <PageHeader
        title={t('reconcile.title')}
        subtitle={account.name}
        lead={
          <ActionIcon
            component={Link}
            href={`/account/${account.id}`}
            variant="subtle"
            color="gray"
            aria-label={t('common.back')}
          >
            <IconArrowLeft size={18} />
          </ActionIcon>
        }
      />
      <Loaded query={query}>
        {(view) => (
          <>
            {view.compared === 0 ? (
              <EmptyState icon={<IconScale size={36} stroke={1.3} />} title={t('reconcile.emptyTitle')}>
                {t('reconcile.emptyText')}
              </EmptyState>
            ) : (
              <>
                <Verdict view={view} />
                <BalanceBreaks account={account} view={view} />
              </>
            )}
            <StateBalance account={account} />
            {view.compared === 0 ? null : (
              <Checkpoints account={account} view={view} onOlder={() => setFrom(addMonths(view.from, -OLDER_MONTHS))} />
            )}
          </>
        )}
      </Loaded>
    </>
  )
}

/** The answer in one sentence. */
function Verdict({ view }: { view: Reconciliation }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const compared = t('reconcile.compared', {
    count: view.compared,
    formatted: formatCount(view.compared, language),
    from: formatDate(view.checkpoints.at(-1)?.on ?? view.from, language),
  })
  const latest = view.checkpoints[0]
  if (view.breaks.length === 0 && latest?.status !== 'differs') {
    const on = view.agreesUntil ?? latest?.on
    return (
      <Notice tone="positive">
        {on === undefined ? '' : t('reconcile.agrees', { date: formatDate(on, language) })}{' '}
        <span className="muted">{compared}</span>
      </Notice>
    )
  }
  return (
    <Notice tone="attention">
      {view.breaks.length === 0
        ? t('reconcile.brokeEarlier')
        : view.agreesUntil === null
          ? t('reconcile.differs')
          : t('reconcile.agreesOnlyUntil', { date: formatDate(view.agreesUntil, language) })}{' '}
      <span className="muted">{compared}</span>
    </Notice>
  )
}

const TONES = { agrees: 'positive', differs: 'attention', accepted: 'neutral' } as const

function Checkpoints({ account, view, onOlder }: { account: Account; view: Reconciliation; onOlder: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const forget = useChange('reconcile.forget', { done: t('reconcile.forgotten'), undoable: true })
  const accept = useChange('reconcile.accept', {})
  const debt = account.side === 'liability'
  const shown = (minor: number) => {
    const value = money(minor, view.currency)
    return debt ? negateMoney(value) : value
  }
  const columns: Column<Checkpoint>[] = [
    {
      key: 'on',
      title: t('account.date'),
      width: '170px',
      cell: (row) => <span className="numeric">{formatDate(row.on, language)}</span>,
    },
    {
      key: 'what',
      title: t('reconcile.source'),
      cell: (row) => (
        <span className="two-lines">
          <span>{t(`reconcile.kinds.${row.run === null ? 'typed' : row.kind}`)}</span>
          {row.run === null ? null : <span className="faint small break">{row.run.fileName}</span>}
        </span>
      ),
    },
    {
      key: 'stated',
      title: t('reconcile.stated'),
      align: 'end',
      lead: true,
      cell: (row) => <Money value={shown(row.statedMinor)} />,
    },
    {
      key: 'counted',
      title: t('reconcile.counted'),
      align: 'end',
      minor: true,
      cell: (row) => <Money value={shown(row.countedMinor)} />,
    },
    {
      key: 'difference',
      title: t('reconcile.difference'),
      align: 'end',
      cell: (row) =>
        row.differenceMinor === 0 ? (
          <span className="faint">0</span>
        ) : (
          <Money value={shown(row.differenceMinor)} sign="always" />
        ),
    },
    {
      key: 'status',
      title: t('reconcile.status'),
      cell: (row) => <Badge tone={TONES[row.status]}>{t(`reconcile.statuses.${row.status}`)}</Badge>,
    },
    {
      key: 'actions',
      title: t('reconcile.actions'),
      hideTitle: true,
      align: 'end',
      cell: (row) =>
        row.run === null ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t('reconcile.forgetNamed', { date: formatDate(row.on, language) })}
            onClick={() => forget.mutate({ checkpointId: row.id })}
          >
            {t('reconcile.forget')}
          </Button>
        ) : row.status === 'accepted' ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => accept.mutate({ checkpointId: row.id, accepted: false })}
          >
            {t('reconcile.askAgain')}
          </Button>
        ) : null,
    },
  ]
  return (
    <Section title={t('reconcile.balances')} hint={t('reconcile.balancesHint')} flush>
      <DataTable label={t('reconcile.balances')} columns={columns} rows={view.checkpoints} rowKey={(row) => row.id} />
      {view.earlier ? (
        <div className="section-foot">
          <Button variant="subtle" size="xs" onClick={onOlder}>
            {t('reconcile.older')}
          </Button>
        </div>
      ) : null}
    </Section>
  )
}
