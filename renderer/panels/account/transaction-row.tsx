import { IconArrowsExchange, IconPaperclip, IconSparkles } from '@tabler/icons-react'
import { memo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CallOf } from '../../../shared/ipc/contract.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { pathSeparator } from '../../components/categories.ts'
import { CategoryPicker } from '../../components/category-picker.tsx'
import { Money } from '../../components/money.tsx'
import { Badge } from '../../components/small.tsx'
import { formatDate } from '../../format/date-format.ts'

type Patch = CallOf<'transaction.update'>['patch']

interface CellsProps {
  readonly row: Transaction
  /** Null: the rows are all of one account. Empty while the names are still on their way. */
  readonly accountName: string | null
  readonly categoryName: string | null
  /** What the learner would file it under, where nobody has. */
  readonly suggestedId: number | null
  readonly suggestedName: string | null
  readonly withRunning: boolean
  readonly selected: boolean
  readonly onToggle: (id: number) => void
  readonly onPatch: (id: number, patch: Patch) => void
}

/** An account's name by its id, from the list that is already here. */
export function useAccountName(): (id: number) => string {
  const accounts = useCall('account.list', {}).data
  return (id) => accounts?.find((account) => account.id === id)?.name ?? ''
}

/**
 * One transaction as the cells of its row; category and note are edited in place. Drawn again only when something of it
 * changes, for hundreds of rows go by in a second of scrolling: nothing heavy lives in a row until it is used.
 */
export const TransactionCells = memo(function TransactionCells({
  row,
  accountName,
  categoryName,
  suggestedId,
  suggestedName,
  withRunning,
  selected,
  onToggle,
  onPatch,
}: CellsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const title = row.payee === '' ? row.memo : row.payee
  const date = formatDate(row.bookedOn, language)
  return (
    <>
      <td className="cell-check">
        <input
          type="checkbox"
          className="check"
          aria-label={t('account.selectRow', { date, payee: title })}
          checked={selected}
          onChange={() => onToggle(row.id)}
          tabIndex={-1}
        />
      </td>
      <td className="numeric cell-date">{row.bookedOn}</td>
      <td className="cell-payee" title={row.memo === '' ? title : `${title}\n${row.memo}`}>
        <span className="cell-payee-main">
          <span className="clip cell-payee-name">{title === '' ? t(`account.kinds.${row.kind}`) : title}</span>
          {row.status === 'pending' ? <Badge tone="attention">{t('account.pending')}</Badge> : null}
          {row.transfer === null ? null : (
            <IconArrowsExchange size={14} className="cell-mark" aria-label={t('account.transfer')} />
          )}
          {row.attachmentCount === 0 ? null : (
            <IconPaperclip size={14} className="cell-mark" aria-label={t('account.attachments')} />
          )}
        </span>
        {row.payee === '' || row.memo === '' ? null : <span className="clip faint cell-memo">{row.memo}</span>}
      </td>
      {accountName === null ? null : (
        <td className="cell-account clip">
          {accountName === '' ? null : (
            <Link href={`/account/${row.accountId}`} tabIndex={-1}>
              {accountName}
            </Link>
          )}
        </td>
      )}
      <td className="cell-category">
        {row.splits.length > 0 ? (
          <Badge tone="accent">{t('account.split')}</Badge>
        ) : (
          <>
            {suggestedId === null || suggestedName === null || row.categoryId !== null ? (
              <CategoryCell row={row} name={categoryName} onPatch={onPatch} />
            ) : (
              <>
                <button
                  type="button"
                  className="cell-button cell-suggestion clip"
                  aria-label={t('rule.accept', { category: suggestedName })}
                  title={t('rule.accept', { category: suggestedName })}
                  onClick={() => onPatch(row.id, { categoryId: suggestedId })}
                >
                  {t('rule.asked', { category: suggestedName })}
                </button>
                <CategoryCell brief row={row} name={categoryName} onPatch={onPatch} />
              </>
            )}
            {row.categorySource === 'learned' && row.categoryId !== null ? (
              <IconSparkles size={13} className="cell-mark" aria-label={t('rule.source.learned')} />
            ) : null}
          </>
        )}
      </td>
      <td className="cell-note">
        <NoteCell note={row.notes} onSave={(notes) => onPatch(row.id, { notes })} />
      </td>
      <td className="cell-amount">
        <span className={row.amount.minor > 0 ? 'amount-in' : ''}>
          <Money value={row.amount} sign="always" />
        </span>
      </td>
      {withRunning ? (
        <td className="cell-running">{row.runningBalance === null ? null : <Money value={row.runningBalance} />}</td>
      ) : null}
    </>
  )
})

/** The category alone where there is no room for what it is part of: its own name is the one that tells. */
function CategoryPath({ path }: { path: string }) {
  const end = path.lastIndexOf(pathSeparator)
  if (end < 0) return path
  return (
    <span className="cell-path">
      <span>{path.slice(0, end + pathSeparator.length).trimEnd()}</span>
      <span className="clip">{path.slice(end + pathSeparator.length)}</span>
    </span>
  )
}

/** The category's name; a click puts the picker in its place. */
function CategoryCell({
  row,
  name,
  onPatch,
  brief = false,
}: {
  /** Beside a suggestion: the way to another category needs no room. */
  brief?: boolean
  row: Transaction
  name: string | null
  onPatch: CellsProps['onPatch']
}) {
  const { t } = useTranslation()
  const [picking, setPicking] = useState(false)
  const returning = useRef(false)
  const shown = name ?? t('account.uncategorised')
  if (picking) {
    return (
      <CategoryPicker
        look="cell"
        opened
        label={t('account.category')}
        placeholder={t('account.uncategorised')}
        value={row.categoryId}
        onClosed={() => {
          returning.current = true
          setPicking(false)
        }}
        onChange={(categoryId) => {
          if (categoryId !== row.categoryId) onPatch(row.id, { categoryId })
        }}
      />
    )
  }
  return (
    <button
      type="button"
      className="cell-button clip"
      aria-haspopup="listbox"
      aria-label={`${t('account.category')}: ${shown}`}
      data-empty={name === null}
      ref={(element) => {
        if (element === null || !returning.current) return
        returning.current = false
        element.focus()
      }}
      onClick={() => setPicking(true)}
    >
      {brief ? '…' : <CategoryPath path={shown} />}
    </button>
  )
}

/** A note edited in its cell: Enter keeps, Escape leaves it as it was. */
function NoteCell({ note, onSave }: { note: string; onSave: (note: string) => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const leaving = useRef(false)
  if (draft === null) {
    return (
      <button
        type="button"
        className="cell-button clip"
        data-empty={note === ''}
        data-quiet={note === ''}
        aria-label={note === '' ? t('account.noteAdd') : `${t('account.note')}: ${note}`}
        onClick={() => {
          leaving.current = false
          setDraft(note)
        }}
      >
        {note === '' ? t('account.noteAdd') : note}
      </button>
    )
  }
  const keep = () => {
    if (!leaving.current && draft !== note) onSave(draft)
    setDraft(null)
  }
  return (
    <input
      className="cell-input"
      aria-label={t('account.note')}
      value={draft}
      maxLength={20_000}
      ref={(element) => element?.focus()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') {
          leaving.current = true
          setDraft(null)
        }
      }}
    />
  )
}
