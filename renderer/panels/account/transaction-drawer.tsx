import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { money } from '../../../shared/domain/money.ts'
import { type Transaction, transactionKinds } from '../../../shared/model/transaction.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Attachments } from '../../components/attachments.tsx'
import { CategoryPicker, useCategories } from '../../components/category-picker.tsx'
import { DateField } from '../../components/fields.tsx'
import { Money } from '../../components/money.tsx'
import { numbered } from '../../components/numbered.ts'
import { Facts } from '../../components/page.tsx'
import { ConfirmInline } from '../../components/small.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { Loaded } from '../../components/states.tsx'
import { TagField } from '../../components/tag-field.tsx'
import { formatDate } from '../../format/date-format.ts'
import { formatQuantity } from '../../format/number-format.ts'
import { CategoryReason, CategorySuggestion } from './category-reason.tsx'
import { LinksSection } from './links-section.tsx'
import { SplitsEditor } from './splits-editor.tsx'
import { useAccountName } from './transaction-row.tsx'
import { TransferSection } from './transfer-section.tsx'

interface TransactionDrawerProps {
  readonly id: number | null
  readonly onClose: () => void
  readonly onOpen: (id: number) => void
}

/** All facts of one transaction, and what can be changed of it. */
export function TransactionDrawer({ id, onClose, onOpen }: TransactionDrawerProps) {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={id !== null} onClose={onClose} title={t('account.transaction')}>
      {id === null ? null : <Loader key={id} id={id} onClose={onClose} onOpen={onOpen} />}
    </SideDrawer>
  )
}

function Loader({ id, onClose, onOpen }: { id: number; onClose: () => void; onOpen: (id: number) => void }) {
  const query = useCall('transaction.get', { id })
  return (
    <Loaded query={query}>
      {(transaction) => <Details transaction={transaction} onClose={onClose} onOpen={onOpen} />}
    </Loaded>
  )
}

function Details({
  transaction,
  onClose,
  onOpen,
}: {
  transaction: Transaction
  onClose: () => void
  onOpen: (id: number) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const accountName = useAccountName()
  const remove = useChange('transaction.delete', {
    done: t('account.transactionDeleted'),
    undoable: true,
    onDone: onClose,
  })
  return (
    <div className="stack">
      <div>
        <div className="detail-amount">
          <Money value={transaction.amount} sign="always" />
        </div>
        <p className="muted">
          {formatDate(transaction.bookedOn, language, 'full')} ·{' '}
          <Link href={`/account/${transaction.accountId}`} onClick={onClose}>
            {accountName(transaction.accountId)}
          </Link>
          {transaction.status === 'pending' ? ` · ${t('account.pending')}` : ''}
        </p>
      </div>
      <CategorySuggestion transaction={transaction} />
      <EditFields transaction={transaction} />
      <CategoryReason transaction={transaction} />
      <SplitSection transaction={transaction} />
      <Part title={t('account.transfer')}>
        <TransferSection transaction={transaction} onOpen={onOpen} />
      </Part>
      <LinksSection transaction={transaction} />
      <Part title={t('account.attachments')}>
        <Attachments owner={{ type: 'transaction', id: transaction.id }} />
      </Part>
      <AllFacts transaction={transaction} />
      <div>
        <ConfirmInline
          label={t('common.delete')}
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ ids: [transaction.id] })}
        />
      </div>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="stack-tight">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function EditFields({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation()
  const [payee, setPayee] = useState(transaction.payee)
  const [memo, setMemo] = useState(transaction.memo)
  const [notes, setNotes] = useState(transaction.notes)
  const [bookedOn, setBookedOn] = useState(transaction.bookedOn)
  const update = useChange('transaction.update', { done: t('account.transactionSaved'), undoable: true })
  const patch = {
    ...(payee.trim() === transaction.payee ? {} : { payee: payee.trim() }),
    ...(memo.trim() === transaction.memo ? {} : { memo: memo.trim() }),
    ...(notes === transaction.notes ? {} : { notes }),
    ...(bookedOn === transaction.bookedOn ? {} : { bookedOn }),
  }
  const changed = Object.keys(patch).length > 0
  const now = (change: Parameters<typeof update.mutate>[0]['patch']) =>
    update.mutate({ ids: [transaction.id], patch: change })
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (changed) now(patch)
      }}
    >
      <TextInput
        label={t('account.payee')}
        value={payee}
        maxLength={500}
        onChange={(event) => setPayee(event.currentTarget.value)}
      />
      <TextInput
        label={t('account.memo')}
        value={memo}
        maxLength={500}
        onChange={(event) => setMemo(event.currentTarget.value)}
      />
      <div className="columns-2">
        <DateField
          label={t('account.date')}
          value={bookedOn}
          onChange={(date) => {
            if (date !== null) setBookedOn(date)
          }}
        />
        <Select
          label={t('account.type')}
          allowDeselect={false}
          value={transaction.kind}
          data={transactionKinds.map((kind) => ({ value: kind, label: t(`account.kinds.${kind}`) }))}
          onChange={(value) => {
            const kind = transactionKinds.find((one) => one === value)
            if (kind !== undefined && kind !== transaction.kind) now({ kind })
          }}
        />
      </div>
      {transaction.splits.length > 0 ? null : (
        <CategoryPicker
          label={t('account.category')}
          placeholder={t('account.uncategorised')}
          value={transaction.categoryId}
          onChange={(categoryId) => now({ categoryId })}
        />
      )}
      <TagField label={t('account.tags')} value={transaction.tagIds} onChange={(tagIds) => now({ tagIds })} />
      <Textarea
        label={t('account.notes')}
        value={notes}
        maxLength={20_000}
        autosize
        minRows={2}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      {changed ? (
        <div className="inline-end">
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              setPayee(transaction.payee)
              setMemo(transaction.memo)
              setNotes(transaction.notes)
              setBookedOn(transaction.bookedOn)
            }}
          >
            {t('common.cancel')}
          </Button>
          <Button type="submit" size="xs" loading={update.isPending}>
            {t('common.save')}
          </Button>
        </div>
      ) : null}
    </form>
  )
}

function SplitSection({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation()
  const { nameOf } = useCategories()
  const [editing, setEditing] = useState(false)
  return (
    <Part title={t('account.splits')}>
      {editing ? (
        <SplitsEditor transaction={transaction} onDone={() => setEditing(false)} />
      ) : (
        <>
          {transaction.splits.length === 0 ? null : (
            <ul className="plain-list">
              {numbered(transaction.splits).map(({ key, item: split }) => (
                <li key={key} className="spread">
                  <span className="clip">
                    {nameOf(split.categoryId) ?? t('account.uncategorised')}
                    {split.memo === '' ? '' : ` · ${split.memo}`}
                  </span>
                  <Money value={money(split.amountMinor, transaction.amount.currency)} sign="always" />
                </li>
              ))}
            </ul>
          )}
          <div>
            <Button size="xs" variant="default" onClick={() => setEditing(true)}>
              {t('account.editSplits')}
            </Button>
          </div>
        </>
      )}
    </Part>
  )
}

function AllFacts({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { trade, original } = transaction
  const rows: { name: string; value: ReactNode }[] = []
  const add = (name: string, value: ReactNode) => {
    if (value !== null && value !== '') rows.push({ name, value })
  }
  if (transaction.rawPayee !== transaction.payee) add(t('account.rawPayee'), transaction.rawPayee)
  add(t('account.counterparty'), transaction.counterparty)
  add(t('account.reference'), transaction.reference)
  if (transaction.valueOn !== transaction.bookedOn && transaction.valueOn !== null) {
    add(t('account.valueDate'), formatDate(transaction.valueOn, language))
  }
  add(t('account.time'), transaction.time)
  add(t('account.status'), t(transaction.status === 'pending' ? 'account.pending' : 'account.booked'))
  const said = transaction.splits.flatMap(({ sourceCategory }) => sourceCategory ?? [])
  add(t('account.sourceCategory'), transaction.sourceCategory ?? said.join(' · '))
  if (original !== null) {
    add(
      t('account.original'),
      <>
        <Money value={original.amount} />
        {original.rate === null ? null : ` ${t('account.originalRate', { rate: original.rate })}`}
      </>,
    )
  }
  if (trade !== null) {
    add(
      t('account.trade'),
      t('account.tradeFacts', { quantity: formatQuantity(trade.quantity), security: trade.securityName }),
    )
    if (trade.feeMinor !== 0)
      add(t('account.fee'), <Money value={money(trade.feeMinor, transaction.amount.currency)} />)
    if (trade.taxMinor !== 0)
      add(t('account.tax'), <Money value={money(trade.taxMinor, transaction.amount.currency)} />)
  }
  return <Facts rows={rows} />
}
