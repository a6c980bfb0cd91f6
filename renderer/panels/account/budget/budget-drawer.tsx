import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type BudgetPeriod,
  budgetPeriods,
  type BudgetView,
  type Rollover,
  rollovers,
} from '../../../../shared/model/budget.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useChange } from '../../../app/queries.ts'
import { CategoryPicker, useCategories } from '../../../components/category-picker.tsx'
import { MoneyField } from '../../../components/fields.tsx'
import { SideDrawer } from '../../../components/side-drawer.tsx'
import { ConfirmInline } from '../../../components/small.tsx'
import { monthName } from './budget-words.ts'
import { MoveMoney } from './move-money.tsx'

/** Which budget is edited; null: a new one. `move`: money for it is looked for first. */
export interface BudgetToEdit {
  readonly categoryId: number | null
  readonly move: 'cover' | null
}

/** One budget: its amount, how long it lasts, what goes on into the next period, and money moved to and from it. */
export function BudgetDrawer({
  view,
  editing,
  onClose,
}: {
  view: BudgetView
  editing: BudgetToEdit | null
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { nameOf } = useCategories()
  const name = editing === null || editing.categoryId === null ? null : nameOf(editing.categoryId)
  return (
    <SideDrawer
      opened={editing !== null}
      title={name === null ? t('budget.add') : t('budget.editTitle', { name })}
      onClose={onClose}
    >
      {editing === null ? null : (
        <BudgetForm key={`${editing.categoryId} ${editing.move}`} view={view} editing={editing} onClose={onClose} />
      )}
    </SideDrawer>
  )
}

function BudgetForm({ view, editing, onClose }: { view: BudgetView; editing: BudgetToEdit; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [categoryId, setCategoryId] = useState(editing.categoryId)
  const line = view.lines.find((entry) => entry.categoryId === categoryId)
  const envelope = view.toAssign !== null
  const [minor, setMinor] = useState<number | null | undefined>(line?.budgetedMinor ?? null)
  const [period, setPeriod] = useState<BudgetPeriod>(line?.period ?? 'month')
  const [rollover, setRollover] = useState<Rollover>(line?.rollover ?? (envelope ? 'rest' : 'none'))
  const save = useChange('budget.set', { done: t('budget.saved'), undoable: true, onDone: onClose })
  const remove = useChange('budget.remove', { done: t('budget.removed'), undoable: true, onDone: onClose })
  const ready = categoryId !== null && minor !== undefined && (envelope || (minor ?? 0) >= 0)
  return (
    <div className="stack">
      {line !== undefined && envelope ? (
        <MoveMoney view={view} line={line} cover={editing.move === 'cover'} onDone={onClose} />
      ) : null}
      {editing.categoryId === null ? (
        <CategoryPicker
          label={t('budget.category')}
          placeholder={t('budget.chooseCategory')}
          value={categoryId}
          clearable={false}
          onChange={setCategoryId}
        />
      ) : null}
      <MoneyField
        first={editing.categoryId !== null && editing.move === null}
        label={t(envelope ? 'budget.assigned' : 'budget.budgeted')}
        description={t(envelope ? 'budget.assignedHint' : 'budget.budgetedHint', {
          month: monthName(view.month, language),
        })}
        value={minor}
        currency={view.currency}
        onChange={setMinor}
      />
      {envelope ? null : (
        <Select
          label={t('budget.periodLabel')}
          allowDeselect={false}
          value={period}
          data={budgetPeriods.map((value) => ({ value, label: t(`budget.period.${value}`) }))}
          onChange={(value) => setPeriod(budgetPeriods.find((known) => known === value) ?? 'month')}
        />
      )}
      <Select
        label={t('budget.rolloverLabel')}
        description={t(envelope ? 'budget.rolloverEnvelope' : 'budget.rolloverLimit')}
        allowDeselect={false}
        value={rollover}
        data={rollovers.map((value) => ({ value, label: t(`budget.rollover.${value}`) }))}
        onChange={(value) => setRollover(rollovers.find((known) => known === value) ?? 'none')}
      />
      <div className="drawer-foot">
        <Button
          disabled={!ready}
          loading={save.isPending}
          onClick={() => {
            if (categoryId === null || minor === undefined) return
            save.mutate({ month: view.month, categoryId, amountMinor: minor ?? 0, period, rollover })
          }}
        >
          {t('common.save')}
        </Button>
        {line === undefined ? null : (
          <ConfirmInline
            label={t('budget.remove')}
            question={t('budget.removeQuestion')}
            busy={remove.isPending}
            onConfirm={() => remove.mutate({ categoryId: line.categoryId })}
          />
        )}
      </div>
    </div>
  )
}
