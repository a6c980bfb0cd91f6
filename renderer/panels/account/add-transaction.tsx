import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useChange } from '../../app/queries.ts'
import { CategoryPicker } from '../../components/category-picker.tsx'
import { DateField, MoneyField } from '../../components/fields.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { todayHere } from '../../format/date-format.ts'

interface AddTransactionProps {
  readonly opened: boolean
  readonly accountId: number | undefined
  readonly onClose: () => void
}

export function AddTransaction({ opened, accountId, onClose }: AddTransactionProps) {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={opened} onClose={onClose} title={t('account.addTransaction')} size={420}>
      <AddForm accountId={accountId} onClose={onClose} />
    </SideDrawer>
  )
}

function AddForm({ accountId, onClose }: { accountId: number | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const accounts = useCall('account.list', {}).data ?? []
  const open = accounts.filter((account) => account.closedOn === null || account.id === accountId)
  const [chosen, setChosen] = useState<number | null>(accountId ?? null)
  const [direction, setDirection] = useState<'in' | 'out'>('out')
  const [amount, setAmount] = useState<number | null | undefined>(null)
  const [bookedOn, setBookedOn] = useState(todayHere)
  const [payee, setPayee] = useState('')
  const [memo, setMemo] = useState('')
  const [notes, setNotes] = useState('')
  const [categoryId, setCategoryId] = useState<number | null>(null)
  const create = useChange('transaction.create', {
    done: t('account.transactionAdded'),
    undoable: true,
    onDone: onClose,
  })
  const account = open.find((one) => one.id === chosen) ?? open[0]
  const usable = account !== undefined && amount !== null && amount !== undefined && amount > 0
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!usable) return
        create.mutate({
          accountId: account.id,
          bookedOn,
          amountMinor: direction === 'out' ? -amount : amount,
          payee,
          memo,
          notes,
          categoryId,
        })
      }}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('account.direction')}
        value={direction}
        data={[
          { value: 'out', label: t('account.moneyOut') },
          { value: 'in', label: t('account.moneyIn') },
        ]}
        onChange={(value) => setDirection(value === 'in' ? 'in' : 'out')}
      />
      {accountId === undefined ? (
        <Select
          label={t('account.account')}
          searchable
          allowDeselect={false}
          data={open.map((one) => ({ value: String(one.id), label: one.name }))}
          value={account === undefined ? null : String(account.id)}
          onChange={(value) => setChosen(value === null ? null : Number(value))}
        />
      ) : null}
      {account === undefined ? null : (
        <MoneyField
          key={account.currency}
          first
          label={t('account.amount')}
          currency={account.currency}
          value={amount}
          onChange={setAmount}
          required
        />
      )}
      <DateField
        label={t('account.date')}
        value={bookedOn}
        onChange={(date) => {
          if (date !== null) setBookedOn(date)
        }}
      />
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
      <CategoryPicker
        label={t('account.category')}
        placeholder={t('account.uncategorised')}
        value={categoryId}
        onChange={setCategoryId}
      />
      <Textarea
        label={t('account.notes')}
        value={notes}
        maxLength={20_000}
        autosize
        minRows={2}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      <div className="inline-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={!usable} loading={create.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
