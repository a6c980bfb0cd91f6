import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOf } from '../../../shared/ipc/contract.ts'
import type { Transaction, TransactionFilter } from '../../../shared/model/transaction.ts'
import { useClient } from '../../app/client-context.tsx'
import { useChange } from '../../app/queries.ts'
import { useCategories } from '../../components/category-picker.tsx'
import { VirtualRows } from '../../components/virtual-rows.tsx'
import { pageSize, useWindowedRows } from '../../components/windowed-rows.ts'
import { useSuggestions } from './suggestions.ts'
import { TransactionCells, useAccountName } from './transaction-row.tsx'

/** The transactions that a filter finds, by pages around rows `first` to `last`. */
export function useTransactionRows(filter: TransactionFilter, first: number, last: number) {
  const client = useClient()
  const fetchPage = useCallback(
    (offset: number, limit: number, signal: AbortSignal) =>
      client.call('transaction.list', { filter, offset, limit }, { signal }),
    [client, filter],
  )
  return useWindowedRows<Transaction>(['transaction.list', filter], fetchPage, first, last)
}

interface TransactionRowsProps {
  readonly total: number
  readonly filter: TransactionFilter
  /** Rows may be of several accounts, so each says its own; else each says the balance after it. */
  readonly manyAccounts: boolean
  readonly selected: ReadonlySet<number>
  readonly onToggle: (id: number) => void
  readonly onSelectAll: (all: boolean) => Promise<void>
  readonly onOpen: (id: number | null) => void
}

/** The long table alone: scrolling draws it and nothing around it. */
export function TransactionRows({
  total,
  filter,
  manyAccounts,
  selected,
  onToggle,
  onSelectAll,
  onOpen,
}: TransactionRowsProps) {
  const { t } = useTranslation()
  const [view, setView] = useState({ first: 0, last: 0 })
  // by whole pages: within them there is nothing to fetch
  const onWindow = useCallback((first: number, last: number) => {
    const from = Math.floor(first / pageSize) * pageSize
    const to = Math.floor(Math.max(first, last) / pageSize) * pageSize
    setView((now) => (now.first === from && now.last === to ? now : { first: from, last: to }))
  }, [])
  const { rowAt } = useTransactionRows(filter, view.first, view.last)
  const { nameOf, choices } = useCategories()
  const accountName = useAccountName()
  const { mutate } = useChange('transaction.update')
  const onPatch = useCallback(
    (id: number, patch: CallOf<'transaction.update'>['patch']) => mutate({ ids: [id], patch }),
    [mutate],
  )
  const suggestedFor = useSuggestions(rowAt, view.first, Math.min(total, view.last + pageSize))
  const withRunning = !manyAccounts
  return (
    <VirtualRows
      label={t('account.transactions')}
      total={total}
      columnCount={7}
      onWindow={onWindow}
      onOpen={(index) => onOpen(rowAt(index)?.id ?? null)}
      onToggle={(index) => {
        const id = rowAt(index)?.id
        if (id !== undefined) onToggle(id)
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
              onChange={(event) => void onSelectAll(event.currentTarget.checked)}
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
            suggestedId={suggestedFor(row.id)}
            suggestedName={choices.find(({ category }) => category.id === suggestedFor(row.id))?.name ?? null}
            withRunning={withRunning}
            selected={selected.has(row.id)}
            onToggle={onToggle}
            onPatch={onPatch}
          />
        )
      }}
    />
  )
}
