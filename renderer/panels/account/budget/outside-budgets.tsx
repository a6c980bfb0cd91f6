import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { money } from '../../../../shared/domain/money.ts'
import type { BudgetView } from '../../../../shared/model/budget.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Money } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import type { BudgetToEdit } from './budget-drawer.tsx'
import { rowsAddress } from './budget-words.ts'

type Outside = BudgetView['outside'][number]

/** What was spent this month under no budget, the most first. */
export function OutsideBudgets({ view, onEdit }: { view: BudgetView; onEdit: (editing: BudgetToEdit) => void }) {
  const { t } = useTranslation()
  const { nameOf } = useCategories()
  const rows = view.outside.filter(({ spentMinor }) => spentMinor !== 0).toSorted((a, b) => b.spentMinor - a.spentMinor)
  if (rows.length === 0) return null
  const name = ({ categoryId }: Outside): string =>
    categoryId === 0 ? t('budget.noCategory') : (nameOf(categoryId) ?? '')
  const columns: Column<Outside>[] = [
    { key: 'category', title: t('budget.category'), cell: name },
    {
      key: 'spent',
      title: t('budget.spent'),
      align: 'end',
      lead: true,
      cell: (row) => (
        <Link
          href={rowsAddress(row.categoryId === 0 ? [] : [row.categoryId], view.from, view.to)}
          className="budget-link"
        >
          <Money value={money(row.spentMinor, view.currency)} />{' '}
          <span className="visually-hidden">{t('budget.showRows', { name: name(row) })}</span>
        </Link>
      ),
    },
    {
      key: 'actions',
      title: t('budget.actions'),
      hideTitle: true,
      align: 'end',
      width: '160px',
      cell: (row) =>
        row.categoryId === 0 ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('budget.addNamed', { name: name(row) })}
            onClick={() => onEdit({ categoryId: row.categoryId, move: null })}
          >
            {t('budget.add')}
          </Button>
        ),
    },
  ]
  return (
    <Section title={t('budget.outside')} hint={t('budget.outsideHint')} flush>
      <DataTable label={t('budget.outside')} columns={columns} rows={rows} rowKey={(row) => row.categoryId} dense />
    </Section>
  )
}
