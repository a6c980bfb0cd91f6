import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BudgetMethod, budgetMethods, type BudgetView } from '../../../../shared/model/budget.ts'
import { useChange } from '../../../app/queries.ts'
import { DateField, MoneyField } from '../../../components/fields.tsx'
import { SideDrawer } from '../../../components/side-drawer.tsx'

/** How the household budgets. */
export function PlanDrawer({ view, opened, onClose }: { view: BudgetView; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={opened} title={t('budget.plan')} onClose={onClose}>
      <PlanForm view={view} onClose={onClose} />
    </SideDrawer>
  )
}

/** Limits or envelopes, in words. */
export function MethodChoice({ value, onChange }: { value: BudgetMethod; onChange: (method: BudgetMethod) => void }) {
  const { t } = useTranslation()
  return (
    <div className="stack-tight">
      <SegmentedControl
        aria-label={t('budget.methodLabel')}
        value={value}
        data={budgetMethods.map((method) => ({ value: method, label: t(`budget.method.${method}`) }))}
        onChange={(next) => onChange(budgetMethods.find((method) => method === next) ?? 'limit')}
      />
      <p className="muted small">{t(`budget.methodText.${value}`)}</p>
    </div>
  )
}

const whole = (value: string | number, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

function PlanForm({ view, onClose }: { view: BudgetView; onClose: () => void }) {
  const { t } = useTranslation()
  const { plan } = view
  const [method, setMethod] = useState(plan.method)
  const [startsOn, setStartsOn] = useState(plan.startsOn)
  const [startDay, setStartDay] = useState(plan.startDay)
  const [opening, setOpening] = useState<number | null | undefined>(plan.openingMinor)
  const [alertPercent, setAlertPercent] = useState(plan.alertPercent)
  const save = useChange('budget.savePlan', { done: t('budget.saved'), undoable: true, onDone: onClose })
  return (
    <div className="stack">
      <MethodChoice value={method} onChange={setMethod} />
      <DateField
        label={t('budget.startsOn')}
        description={t('budget.startsOnHint')}
        value={startsOn}
        onChange={setStartsOn}
      />
      <NumberInput
        label={t('budget.startDay')}
        description={t('budget.startDayHint')}
        min={1}
        max={28}
        allowDecimal={false}
        value={startDay}
        onChange={(value) => setStartDay(whole(value, startDay))}
      />
      {method === 'envelope' ? (
        <MoneyField
          label={t('budget.opening')}
          description={t('budget.openingHint')}
          value={opening}
          currency={view.currency}
          onChange={setOpening}
        />
      ) : null}
      <NumberInput
        label={t('budget.alert')}
        description={t('budget.alertHint')}
        min={1}
        max={100}
        suffix="%"
        allowDecimal={false}
        value={alertPercent}
        onChange={(value) => setAlertPercent(whole(value, alertPercent))}
      />
      <div className="inline-end">
        <Button
          loading={save.isPending}
          disabled={startsOn === null || opening === undefined}
          onClick={() => {
            if (startsOn === null) return
            save.mutate({ method, startsOn, startDay, openingMinor: opening ?? 0, alertPercent })
          }}
        >
          {t('common.save')}
        </Button>
      </div>
    </div>
  )
}
