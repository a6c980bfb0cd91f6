import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { CallOf } from '../../../shared/ipc/contract.ts'
import type { Transaction, TransactionFilter } from '../../../shared/model/transaction.ts'
import { useClient } from '../../app/client-context.tsx'
import { failureOf } from '../../app/failure.ts'
import { useOpenedRow } from '../../app/opened-row.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { useCategories } from '../../components/category-picker.tsx'
import { Money } from '../../components/money.tsx'
import { EmptyState, ErrorState, Waiting } from '../../components/states.tsx'
import { VirtualRows } from '../../components/virtual-rows.tsx'
import { pageSize, useWindowedRows } from '../../components/windowed-rows.ts'
import { formatCount } from '../../format/number-format.ts'
import { AddTransaction } from './add-transaction.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { filterCount } from './filter.ts'
import { TransactionDrawer } from './transaction-drawer.tsx'
import { TransactionFilters } from './transaction-filters.tsx'
import { TransactionCells, useAccountName } from './transaction-row.tsx'

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
  const [view, setView] = useState({ first: 0, last: 0 })
  // By whole pages, so that scrolling within them draws only rows and not the filters around them.
  const onWindow = useCallback((first: number, last: number) => {
    const from = Math.floor(first / pageSize) * pageSize
    const to = Math.floor(Math.max(first, last) / pageSize) * pageSize
    setView((now) => (now.first === from && now.last === to ? now : { first: from, last: to }))
  }, [])
  const fetchPage = useCallback(
    (offset: number, limit: number, signal: AbortSignal) =>
      client.call('transaction.list', { filter, offset, limit }, { signal }),
    [client, filter],
  )
  const { total, rowAt, error, refetch } = useWindowedRows<Transaction>(
    ['transaction.list', filter],
    fetchPage,
    view.first,
    view.last,
  )
  const sums = useCall('transaction.sums', { filter }, { keepPrevious: true })
  const change = (next: TransactionFilter) => {
    setFilter(next)
    setSelected(nothing)
  }
  const { nameOf } = useCategories()
  const accountName = useAccountName()
  const { mutate } = useChange('transaction.update')
  const onPatch = useCallback(
    (id: number, patch: CallOf<'transaction.update'>['patch']) => mutate({ ids: [id], patch }),
    [mutate],
  )
  const toggle = useCallback((id: number) => {
    setSelected((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const selectAll = async () => {
    const { ids } = await client.call('transaction.ids', { filter })
    setSelected(new Set(ids))
  }
  const withRunning = !manyAccounts
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
        <EmptyState title={t(filtered ? 'account.nothingFound' : 'account.emptyList')}>
          {filtered ? '' : t('account.emptyListText')}
        </EmptyState>
      ) : (
        <VirtualRows
          label={t('account.transactions')}
          total={total}
          columnCount={manyAccounts || withRunning ? 7 : 6}
          onWindow={onWindow}
          onOpen={(index) => setOpened(rowAt(index)?.id ?? null)}
          onToggle={(index) => {
            const id = rowAt(index)?.id
            if (id !== undefined) toggle(id)
          }}
          isSelected={(index) => selected.has(rowAt(index)?.id ?? -1)}
          cutNote={t('account.cut')}
          header={
            <>
              <th scope="col" className="cell-check">
                <input
                  type="checkbox"
                  className="check"
                  aria-label={t('account.selectAll')}
                  checked={selected.size > 0 && selected.size === total}
                  ref={(element) => {
                    if (element !== null) element.indeterminate = selected.size > 0 && selected.size < total
                  }}
                  onChange={(event) => {
                    if (event.currentTarget.checked) void selectAll()
                    else setSelected(nothing)
                  }}
                />
              </th>
              <th scope="col">{t('account.date')}</th>
              <th scope="col">{t('account.payee')}</th>
              {manyAccounts ? (
                <th scope="col" className="cell-account">
                  {t('account.account')}
                </th>
              ) : null}
              <th scope="col" className="cell-category">
                {t('account.category')}
              </th>
              <th scope="col" className="cell-note">
                {t('account.note')}
              </th>
              <th scope="col" className="cell-amount">
                {t('account.amount')}
              </th>
              {withRunning ? (
                <th scope="col" className="cell-running">
                  {t('account.running')}
                </th>
              ) : null}
            </>
          }
          renderRow={(index) => {
            const row = rowAt(index)
            return row === undefined ? (
              <td className="cell-loading" aria-label={t('common.loading')} />
            ) : (
              <TransactionCells
                row={row}
                accountName={manyAccounts ? accountName(row.accountId) : null}
                categoryName={nameOf(row.categoryId)}
                withRunning={withRunning}
                selected={selected.has(row.id)}
                onToggle={toggle}
                onPatch={onPatch}
              />
            )
          }}
        />
      )}
      <TransactionDrawer id={opened} onClose={() => setOpened(null)} onOpen={setOpened} />
      <AddTransaction opened={adding} accountId={accountId} onClose={() => setAdding(false)} />
    </div>
  )
}
