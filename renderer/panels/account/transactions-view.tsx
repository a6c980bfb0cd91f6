import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { TransactionFilter } from '../../../shared/model/transaction.ts'
import { useClient } from '../../app/client-context.tsx'
import { failureOf } from '../../app/failure.ts'
import { useOpenedRow } from '../../app/opened-row.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { ImportAction } from '../../components/import-action.tsx'
import { Money } from '../../components/money.tsx'
import { EmptyState, ErrorState, Waiting } from '../../components/states.tsx'
import { formatCount } from '../../format/number-format.ts'
import { AddTransaction } from './add-transaction.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { filterCount } from './filter.ts'
import { TransactionDrawer } from './transaction-drawer.tsx'
import { TransactionFilters } from './transaction-filters.tsx'
import { TransactionRows, useTransactionRows } from './transaction-rows.tsx'

interface TransactionsViewProps {
  /** What cannot be filtered away: the account of its page. */
  readonly base: TransactionFilter
  /** Rows may be of several accounts, so each says its own. */
  readonly manyAccounts: boolean
  readonly currency: CurrencyCode
  readonly accountId?: number
}

const nothing: ReadonlySet<number> = new Set()

/** Transactions of any number: filtered, summed, selected, edited in place, opened. */
export function TransactionsView({ base, manyAccounts, currency, accountId }: TransactionsViewProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useClient()
  const [filter, setFilter] = useState<TransactionFilter>(base)
  const [selected, setSelected] = useState<ReadonlySet<number>>(nothing)
  const [opened, setOpened] = useOpenedRow()
  const [adding, setAdding] = useState(false)
  const { total, error, refetch } = useTransactionRows(filter, 0, 0)
  const sums = useCall('transaction.sums', { filter }, { keepPrevious: true })
  const change = (next: TransactionFilter) => {
    setFilter(next)
    setSelected(nothing)
  }
  const toggle = useCallback((id: number) => {
    setSelected((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const selectAll = useCallback(
    async (all: boolean) =>
      setSelected(all ? new Set((await client.call('transaction.ids', { filter })).ids) : nothing),
    [client, filter],
  )
  const filtered = filterCount(filter) > 0 || filter.text !== undefined || filter.direction !== undefined
  const count = total ?? 0
  return (
    <div className="transactions">
      <div className="transactions-bar">
        <TransactionFilters filter={filter} currency={currency} onChange={change} />
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          {t('account.addTransaction')}
        </Button>
      </div>
      {selected.size > 0 ? (
        <BulkBar ids={selected} onClear={() => setSelected(nothing)} />
      ) : (
        <div className="transactions-sums muted small">
          <span className="numeric">{t('account.found', { count, formatted: formatCount(count, language) })}</span>
          {(sums.data ?? []).map((sum) => (
            <span key={sum.in.currency} className="inline">
              {sum.in.minor === 0 ? null : (
                <span>
                  {t('account.sumIn')} <Money value={sum.in} />
                </span>
              )}
              {sum.out.minor === 0 ? null : (
                <span>
                  {t('account.sumOut')} <Money value={{ ...sum.out, minor: Math.abs(sum.out.minor) }} />
                </span>
              )}
            </span>
          ))}
        </div>
      )}
      {error !== null && total === null ? (
        <ErrorState failure={failureOf(error)} onRetry={refetch} />
      ) : total === null ? (
        <Waiting />
      ) : total === 0 ? (
        <EmptyState
          title={t(filtered ? 'account.nothingFound' : 'account.emptyList')}
          action={filtered ? undefined : <ImportAction />}
        >
          {filtered ? '' : t(manyAccounts ? 'account.emptyAllText' : 'account.emptyListText')}
        </EmptyState>
      ) : (
        <TransactionRows
          total={total}
          filter={filter}
          manyAccounts={manyAccounts}
          selected={selected}
          onToggle={toggle}
          onSelectAll={selectAll}
          onOpen={setOpened}
        />
      )}
      <TransactionDrawer id={opened} onClose={() => setOpened(null)} onOpen={setOpened} />
      <AddTransaction opened={adding} accountId={accountId} onClose={() => setAdding(false)} />
    </div>
  )
}
