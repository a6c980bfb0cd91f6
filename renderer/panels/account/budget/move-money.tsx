import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../../../../shared/domain/money.ts'
import type { BudgetLine, BudgetView } from '../../../../shared/model/budget.ts'
import { useChange } from '../../../app/queries.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { MoneyField } from '../../../components/fields.tsx'
import { useMoneyText } from '../../../components/money.tsx'

const TO_ASSIGN = 'to-assign'

/** Covers what was overspent from another envelope, or moves what is left to one. */
export function MoveMoney({
  view,
  line,
  cover,
  onDone,
}: {
  view: BudgetView
  line: BudgetLine
  cover: boolean
  onDone: () => void
}) {
  const { t } = useTranslation()
  const { nameOf } = useCategories()
  const { exact } = useMoneyText()
  const covering = cover || line.leftMinor < 0
  const [other, setOther] = useState<string | null>(TO_ASSIGN)
  const [minor, setMinor] = useState<number | null | undefined>(Math.abs(line.leftMinor))
  const move = useChange('budget.move', { done: t('budget.moved'), undoable: true, onDone })
  const held = (id: string): number =>
    id === TO_ASSIGN
      ? (view.toAssign?.leftMinor ?? 0)
      : (view.lines.find(({ categoryId }) => String(categoryId) === id)?.leftMinor ?? 0)
  const choices = [
    TO_ASSIGN,
    ...view.lines
      .filter(({ categoryId }) => categoryId !== line.categoryId)
      .map(({ categoryId }) => String(categoryId)),
  ]
    .filter((id) => !covering || held(id) > 0 || id === TO_ASSIGN)
    .map((value) => ({
      value,
      label: `${value === TO_ASSIGN ? t('budget.toAssign') : (nameOf(Number(value)) ?? '')} · ${exact(money(held(value), view.currency))}`,
    }))
  return (
    <fieldset className="budget-move stack">
      <legend>{t(covering ? 'budget.coverTitle' : 'budget.moveTitle')}</legend>
      <Select
        label={t(covering ? 'budget.from' : 'budget.to')}
        data={choices}
        value={other}
        allowDeselect={false}
        onChange={setOther}
        data-autofocus={cover}
      />
      <MoneyField label={t('budget.amount')} value={minor} currency={view.currency} onChange={setMinor} />
      <div>
        <Button
          variant="default"
          loading={move.isPending}
          disabled={other === null || minor == null || minor <= 0}
          onClick={() => {
            if (other === null || minor == null) return
            const otherId = other === TO_ASSIGN ? null : Number(other)
            move.mutate({
              month: view.month,
              from: covering ? otherId : line.categoryId,
              to: covering ? line.categoryId : otherId,
              amountMinor: minor,
            })
          }}
        >
          {t(covering ? 'budget.cover' : 'budget.move')}
        </Button>
      </div>
    </fieldset>
  )
}
