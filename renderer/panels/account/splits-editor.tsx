import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../../../shared/domain/money.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { useChange } from '../../app/queries.ts'
import { CategoryPicker } from '../../components/category-picker.tsx'
import { MoneyField } from '../../components/fields.tsx'
import { Money } from '../../components/money.tsx'
import { remainingOf, type SplitDraft, splitsOf, withAmount } from './splits.ts'

function draftsOf(transaction: Transaction): SplitDraft[] {
  if (transaction.splits.length === 0) {
    return [
      { key: 0, amount: null, categoryId: transaction.categoryId, memo: '' },
      { key: 1, amount: null, categoryId: null, memo: '' },
    ]
  }
  const sign = transaction.amount.minor < 0 ? -1 : 1
  return transaction.splits.map((split, key) => ({ key, ...split, amount: split.amountMinor * sign }))
}

/** Parts of one transaction for several categories; they must add up, and what is left is always in sight. */
export function SplitsEditor({ transaction, onDone }: { transaction: Transaction; onDone: () => void }) {
  const { t } = useTranslation()
  const { currency, minor } = transaction.amount
  const [parts, setParts] = useState<readonly SplitDraft[]>(() => draftsOf(transaction))
  const save = useChange('transaction.setSplits', { done: t('account.splitsSaved'), undoable: true, onDone })
  const remaining = remainingOf(Math.abs(minor), parts)
  const splits = splitsOf(minor, parts)
  const [touched, setTouched] = useState<ReadonlySet<number>>(() => new Set(transaction.splits.map((_, key) => key)))
  const set = (key: number, change: Partial<SplitDraft>) =>
    setParts((now) => now.map((part) => (part.key === key ? { ...part, ...change } : part)))
  const setAmount = (key: number, amount: number | null | undefined) => {
    setTouched((now) => new Set(now).add(key))
    setParts((now) => withAmount(Math.abs(minor), now, key, amount, touched))
  }
  const add = () =>
    setParts((now) => [
      ...now,
      {
        key: Math.max(0, ...now.map((part) => part.key)) + 1,
        amount: remaining !== null && remaining > 0 ? remaining : null,
        categoryId: null,
        memo: '',
      },
    ])
  return (
    <div className="stack-tight splits">
      {parts.map((part, index) => (
        <div key={part.key} className="split-row">
          <MoneyField
            hideLabel
            label={`${t('account.amount')} ${index + 1}`}
            currency={currency}
            value={part.amount}
            onChange={(amount) => setAmount(part.key, amount)}
          />
          <div className="split-category">
            <CategoryPicker
              look="cell"
              label={`${t('account.category')} ${index + 1}`}
              placeholder={transaction.splits[part.key]?.sourceCategory ?? t('account.uncategorised')}
              value={part.categoryId}
              onChange={(categoryId) => set(part.key, { categoryId })}
            />
          </div>
          <TextInput
            aria-label={`${t('account.splitMemo')} ${index + 1}`}
            placeholder={t('account.splitMemo')}
            value={part.memo}
            maxLength={500}
            onChange={(event) => set(part.key, { memo: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t('common.delete')} ${index + 1}`}
            onClick={() => setParts((now) => now.filter((one) => one.key !== part.key))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <div className="spread">
        <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('account.addSplit')}
        </Button>
        <span className="small" aria-live="polite" data-off={remaining !== 0}>
          {remaining === 0 ? (
            t('account.splitsMatch')
          ) : (
            <>
              {t('account.remaining')} <Money value={remaining === null ? null : money(remaining, currency)} />
            </>
          )}
        </span>
      </div>
      <div className="inline-end">
        {transaction.splits.length > 0 ? (
          <Button
            variant="subtle"
            color="red"
            size="xs"
            onClick={() => save.mutate({ id: transaction.id, splits: [] })}
          >
            {t('account.removeSplits')}
          </Button>
        ) : null}
        <Button variant="default" size="xs" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          size="xs"
          disabled={splits === null}
          loading={save.isPending}
          onClick={() => {
            if (splits !== null) save.mutate({ id: transaction.id, splits })
          }}
        >
          {t('common.save')}
        </Button>
      </div>
    </div>
  )
}
