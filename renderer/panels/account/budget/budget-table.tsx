import { ActionIcon, Button } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { money } from '../../../../shared/domain/money.ts'
import type { BudgetLine, BudgetTotal, BudgetView } from '../../../../shared/model/budget.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useChange } from '../../../app/queries.ts'
import { categoryName } from '../../../components/categories.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { Money } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import { Term } from '../../../components/small.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { BudgetAmount } from './budget-amount.tsx'
import { BudgetBar } from './budget-bar.tsx'
import type { BudgetToEdit } from './budget-drawer.tsx'
import { byMainCategory, monthName, paidBy, rowsAddress } from './budget-words.ts'

/** Budgets of one period length, by main category, with their total. */
export function BudgetTable({
  view,
  total,
  onEdit,
}: {
  view: BudgetView
  total: BudgetTotal
  onEdit: (editing: BudgetToEdit) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { choices } = useCategories()
  const lines = view.lines.filter(({ period }) => period === total.period)
  const envelope = view.toAssign !== null
  const carries = lines.some(({ carriedMinor }) => carriedMinor !== 0)
  const label = t(`budget.table.${total.period}`)
  const range =
    total.period === 'month'
      ? undefined
      : t('budget.days', { from: formatDate(total.from, language), to: formatDate(total.to, language) })
  return (
    <Section title={label} hint={range} flush>
      <div className="table-scroll">
        <table className="table budget-table" data-stacks="true" aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t('budget.category')}</th>
              <th scope="col">
                <Term meaning={t('definition.budgetUsed.text')}>{t('budget.used')}</Term>
              </th>
              <th scope="col" data-align="end">
                <Term meaning={t(envelope ? 'definition.budgetAssigned.text' : 'definition.budgetBudgeted.text')}>
                  {t(envelope ? 'budget.assigned' : 'budget.budgeted')}
                </Term>
              </th>
              {carries ? (
                <th scope="col" data-align="end" data-minor="true">
                  <Term meaning={t('definition.budgetCarried.text')}>{t('budget.carried')}</Term>
                </th>
              ) : null}
              <th scope="col" data-align="end">
                <Term meaning={t('definition.budgetSpent.text')}>{t('budget.spent')}</Term>
              </th>
              <th scope="col" data-align="end">
                <Term meaning={t('definition.budgetLeft.text')}>{t('budget.left')}</Term>
              </th>
              {total.projectedMinor === null ? null : (
                <th scope="col" data-align="end" data-wide="true">
                  <Term meaning={t('definition.budgetProjected.text')}>{t('budget.projected')}</Term>
                </th>
              )}
              <th scope="col">
                <span className="visually-hidden">{t('budget.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {byMainCategory(choices, lines).map(({ main, lines: own }) => (
              <Fragment key={main?.id ?? 0}>
                {own.some(({ categoryId }) => categoryId === main?.id) ? null : (
                  <tr className="budget-group">
                    <th scope="rowgroup" colSpan={5 + Number(carries) + Number(total.projectedMinor !== null) + 1}>
                      {main === null ? '' : categoryName(main, language)}
                    </th>
                  </tr>
                )}
                {own.map((line) => (
                  <Row
                    key={line.categoryId}
                    view={view}
                    line={line}
                    indented={line.categoryId !== main?.id}
                    rest={line.categoryId === main?.id && own.length > 1}
                    columns={{ carries, projected: total.projectedMinor !== null }}
                    onEdit={onEdit}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('budget.total')}</th>
              <td data-cell="bar">
                <BudgetBar line={total} />
              </td>
              <td data-align="end" data-label={t(envelope ? 'budget.assigned' : 'budget.budgeted')}>
                <Money value={money(total.budgetedMinor, view.currency)} />
              </td>
              {carries ? (
                <td data-align="end" data-minor="true" data-label={t('budget.carried')}>
                  <Money value={money(total.carriedMinor, view.currency)} />
                </td>
              ) : null}
              <td data-align="end" data-label={t('budget.spent')}>
                <Money value={money(total.spentMinor, view.currency)} />
              </td>
              <td data-align="end" data-cell="lead" data-label={t('budget.left')}>
                <Money value={money(total.leftMinor, view.currency)} />
              </td>
              {total.projectedMinor === null ? null : (
                <td data-align="end" data-wide="true">
                  <Money value={money(total.projectedMinor, view.currency)} estimate />
                </td>
              )}
              <td data-cell="actions">{'\u00a0'}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Section>
  )
}

function Row({
  view,
  line,
  indented,
  rest,
  columns,
  onEdit,
}: {
  view: BudgetView
  line: BudgetLine
  indented: boolean
  /** Categories inside have budgets of their own, beneath: this one is for what they leave. */
  rest: boolean
  columns: { carries: boolean; projected: boolean }
  onEdit: (editing: BudgetToEdit) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { choices } = useCategories()
  const set = useChange('budget.set')
  const choice = choices.find(({ category }) => category.id === line.categoryId)
  const name = choice?.name ?? ''
  const amount = (minor: number) => money(minor, view.currency)
  const envelope = view.toAssign !== null
  return (
    <tr>
      <th scope="row" className="budget-name" data-indented={indented}>
        {name}
        {rest ? <span className="budget-rest"> · {t('budget.rest')}</span> : null}
      </th>
      <td data-cell="bar">
        <BudgetBar line={line} />
      </td>
      <td data-align="end" data-label={t(envelope ? 'budget.assigned' : 'budget.budgeted')}>
        <BudgetAmount
          key={`${view.month} ${line.budgetedMinor}`}
          label={t('budget.amountOf', { name, month: monthName(view.month, language) })}
          minor={line.budgetedMinor}
          currency={view.currency}
          negative={envelope}
          onSave={(amountMinor) => set.mutate({ month: view.month, categoryId: line.categoryId, amountMinor })}
        />
      </td>
      {columns.carries ? (
        <td data-align="end" data-minor="true" data-label={t('budget.carried')}>
          {line.carriedMinor === 0 ? (
            <span className="faint">0</span>
          ) : (
            <Money value={amount(line.carriedMinor)} sign="always" />
          )}
        </td>
      ) : null}
      <td data-align="end" data-label={t('budget.spent')}>
        <Link href={rowsAddress(paidBy(choices, line, view.lines), line.from, line.to)} className="budget-link">
          <Money value={amount(line.spentMinor)} />{' '}
          <span className="visually-hidden">{t('budget.showRows', { name })}</span>
        </Link>
      </td>
      <td data-align="end" data-cell="lead" data-label={t('budget.left')}>
        {envelope && line.leftMinor < 0 ? (
          <Button
            variant="subtle"
            color="red"
            size="compact-xs"
            aria-label={t('budget.coverNamed', { name })}
            onClick={() => onEdit({ categoryId: line.categoryId, move: 'cover' })}
          >
            {t('budget.cover')}
          </Button>
        ) : null}{' '}
        <Money value={amount(line.leftMinor)} />
      </td>
      {columns.projected ? (
        <td data-align="end" data-wide="true">
          <Money
            value={line.projectedMinor === null ? null : amount(line.projectedMinor)}
            estimate={line.projectedMinor !== null}
            title={t('definition.budgetProjected.text')}
          />
        </td>
      ) : null}
      <td data-align="end" data-cell="actions">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('budget.editNamed', { name })}
          onClick={() => onEdit({ categoryId: line.categoryId, move: null })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </td>
    </tr>
  )
}
