import { Button, Checkbox, Select } from '@mantine/core'
import { IconChartPie } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../../../../shared/domain/money.ts'
import type { OutputOf } from '../../../../shared/ipc/contract.ts'
import {
  type BudgetMethod,
  type BudgetPeriod,
  budgetPeriods,
  type BudgetSuggestion,
} from '../../../../shared/model/budget.ts'
import { useCall, useChange } from '../../../app/queries.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { MoneyField } from '../../../components/fields.tsx'
import { Money } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import { Term } from '../../../components/small.tsx'
import { EmptyState, Loaded } from '../../../components/states.tsx'
import { MethodChoice } from './plan-drawer.tsx'

/** Before there are budgets: what the last twelve months suggest, to be taken as it is or changed. */
export function BudgetStart() {
  const query = useCall('budget.suggest', {})
  return (
    <Loaded query={query}>
      {(suggested) => <Suggested key={suggested.suggestions.length} suggested={suggested} />}
    </Loaded>
  )
}

interface Draft {
  readonly minor: number | null | undefined
  readonly period: BudgetPeriod
  readonly taken: boolean
}

function Suggested({ suggested }: { suggested: OutputOf<'budget.suggest'> }) {
  const { t } = useTranslation()
  const { nameOf } = useCategories()
  const [method, setMethod] = useState<BudgetMethod>('limit')
  const [opening, setOpening] = useState<number | null | undefined>(Math.max(0, suggested.atHandMinor))
  const [drafts, setDrafts] = useState(
    () =>
      new Map<number, Draft>(
        suggested.suggestions.map(({ categoryId, amountMinor, period }) => [
          categoryId,
          { minor: amountMinor, period, taken: true },
        ]),
      ),
  )
  const start = useChange('budget.start', { done: t('budget.begun'), undoable: true })
  const change = (id: number, patch: Partial<Draft>) =>
    setDrafts((now) => {
      const draft = now.get(id)
      return draft === undefined ? now : new Map(now).set(id, { ...draft, ...patch })
    })
  const taken = [...drafts].filter(([, draft]) => draft.taken)
  // an envelope is filled each month: a year's sum in twelve parts
  const amountOf = ({ minor, period }: Draft): number =>
    method === 'envelope' && period !== 'month' ? Math.ceil((minor ?? 0) / 12) : (minor ?? 0)
  const columns: Column<BudgetSuggestion>[] = [
    {
      key: 'category',
      title: t('budget.category'),
      cell: ({ categoryId }) => (
        <Checkbox
          size="xs"
          label={nameOf(categoryId) ?? ''}
          checked={drafts.get(categoryId)?.taken ?? false}
          onChange={(event) => change(categoryId, { taken: event.currentTarget.checked })}
        />
      ),
    },
    {
      key: 'why',
      title: t('budget.why'),
      cell: ({ months, monthsSpent }) => (
        <span className="muted">{t('budget.spentIn', { count: months, spent: monthsSpent })}</span>
      ),
    },
    {
      key: 'amount',
      title: t('budget.amount'),
      align: 'end',
      width: '180px',
      cell: ({ categoryId }) => (
        <MoneyField
          hideLabel
          label={t('budget.amountFor', { name: nameOf(categoryId) ?? '' })}
          value={drafts.get(categoryId)?.minor}
          currency={suggested.currency}
          onChange={(minor) => change(categoryId, { minor })}
        />
      ),
    },
    {
      key: 'period',
      title: t('budget.periodLabel'),
      width: '150px',
      cell: ({ categoryId }) => (
        <Select
          aria-label={t('budget.periodFor', { name: nameOf(categoryId) ?? '' })}
          allowDeselect={false}
          value={drafts.get(categoryId)?.period ?? 'month'}
          data={budgetPeriods.map((value) => ({ value, label: t(`budget.period.${value}`) }))}
          onChange={(value) =>
            change(categoryId, { period: budgetPeriods.find((known) => known === value) ?? 'month' })
          }
        />
      ),
    },
  ]
  const begin = () =>
    start.mutate({
      plan: { method, ...(method === 'envelope' ? { openingMinor: opening ?? 0 } : {}) },
      budgets: taken.map(([categoryId, draft]) => ({
        categoryId,
        amountMinor: amountOf(draft),
        period: method === 'envelope' ? 'month' : draft.period,
      })),
    })
  const ready = opening !== undefined && taken.every(([, { minor }]) => minor !== undefined && (minor ?? 0) >= 0)
  if (suggested.suggestions.length === 0) {
    return (
      <EmptyState
        icon={<IconChartPie size={36} stroke={1.3} />}
        title={t('budget.emptyTitle')}
        action={
          <Button loading={start.isPending} onClick={begin}>
            {t('budget.beginEmpty')}
          </Button>
        }
      >
        {t('budget.emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <Section title={t('budget.startTitle')} hint={t('budget.startText')}>
        <div className="stack">
          <MethodChoice value={method} onChange={setMethod} />
          {method === 'envelope' ? (
            <MoneyField
              label={t('budget.opening')}
              description={t('budget.openingHint')}
              value={opening}
              currency={suggested.currency}
              onChange={setOpening}
            />
          ) : null}
        </div>
      </Section>
      <Section
        title={t('budget.suggested')}
        flush
        hint={
          <>
            <Term meaning={t('definition.budgetSuggested.text')}>{t('budget.suggestedHow')}</Term>
            {suggested.incomeMinor > 0 ? (
              <>
                {' '}
                {t('budget.usualIncome')} <Money value={money(suggested.incomeMinor, suggested.currency)} estimate />
              </>
            ) : null}
          </>
        }
        actions={
          <Button disabled={!ready} loading={start.isPending} onClick={begin}>
            {t('budget.begin', { count: taken.length })}
          </Button>
        }
      >
        <DataTable
          label={t('budget.suggested')}
          columns={columns}
          rows={suggested.suggestions}
          rowKey={({ categoryId }) => categoryId}
        />
      </Section>
    </>
  )
}
