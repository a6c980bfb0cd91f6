import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { money } from '../../../../shared/domain/money.ts'
import type { FlowFilter, FlowReport } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { Defined } from '../../../components/defined.tsx'
import { Change, Money } from '../../../components/money.tsx'
import { type CategoryRow, categoryRows } from './category-rows.ts'
import { useCategoryNames } from './flow-names.ts'
import { comparisonsOf, isKnown, rowsAddress, type SpanKind } from './flow-range.ts'
import { formatShare } from '../../../format/number-format.ts'

interface CategoryTableProps {
  readonly report: FlowReport
  readonly flow: 'income' | 'expense'
  readonly kind: SpanKind
  readonly filter: FlowFilter
  readonly label: string
}

/** By category, with the change against the time before and the year before; a main category opens to those below it. */
export function CategoryTable({ report, flow, kind, filter, label }: CategoryTableProps) {
  const { t } = useTranslation()
  const names = useCategoryNames()
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(
    () => categoryRows(report.categories.filter((row) => row.flow === flow), names), // prettier-ignore
    [report.categories, flow, names],
  )
  const compared = comparisonsOf(kind)
  const total = flow === 'income' ? report.now.incomeMinor : report.now.expenseMinor
  const shown = rows.flatMap((row) => {
    const members = open.has(row.id) ? row.members : []
    return [{ row, group: row.id, depth: 0 }].concat(
      members.map((member) => ({ row: member, group: row.id, depth: 1 })),
    )
  })
  if (rows.length === 0) return <p className="muted">{t(flow === 'income' ? 'flow.noIncome' : 'flow.noExpense')}</p>
  const toggle = (id: number) =>
    setOpen((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <div className="table-scroll">
      <table className="table flow-table" data-stacks="true" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('flow.columnCategory')}</th>
            <th scope="col">{t('flow.columnShare')}</th>
            <th scope="col" data-align="end">
              {t('flow.columnAmount')}
            </th>
            {compared.map((figure) => (
              <th key={figure} scope="col" data-align="end">
                <Defined figure={figure === 'previousPeriod' ? 'changeBefore' : 'changeLastYear'} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, group, depth }) => (
            <CategoryLine
              key={`${group} ${row.id} ${depth}`}
              row={row}
              depth={depth}
              total={total}
              report={report}
              compared={compared}
              flow={flow}
              address={rowsAddress(report.now, filter, row.ids)}
              opened={row.members.length === 0 ? null : open.has(group)}
              onToggle={() => toggle(group)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CategoryLine({
  row,
  depth,
  total,
  report,
  compared,
  flow,
  address,
  opened,
  onToggle,
}: {
  row: CategoryRow
  depth: number
  total: number
  report: FlowReport
  compared: readonly ('previousPeriod' | 'lastYear')[]
  flow: 'income' | 'expense'
  address: string
  opened: boolean | null
  onToggle: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const share = total > 0 ? row.minor / total : 0
  const most = Math.max(1, ...row.periods.map(Math.abs))
  return (
    <tr data-depth={depth}>
      <th scope="row">
        <span className="flow-category" data-depth={depth}>
          {opened === null ? (
            <span className="flow-toggle" />
          ) : (
            <button
              type="button"
              className="flow-toggle"
              aria-expanded={opened}
              aria-label={t('flow.openCategory', { name: row.name })}
              onClick={onToggle}
            >
              {opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
            </button>
          )}
          <Link href={address} className="clip">
            {row.name}
          </Link>
        </span>
      </th>
      <td data-cell="bar">
        <span className="flow-share">
          {formatShare(Math.max(0, share), language)}
          <span className="flow-spark" aria-hidden="true">
            {report.periods.map(({ from }, index) => (
              <span
                key={from}
                style={{ height: `${Math.max(6, (Math.max(0, row.periods[index] ?? 0) / most) * 100)}%` }}
              />
            ))}
          </span>
        </span>
      </td>
      <td data-align="end" data-cell="lead" className="numeric">
        <Money value={money(row.minor, report.currency)} />
      </td>
      {compared.map((figure) => {
        const isBefore = figure === 'previousPeriod'
        const known = isKnown(report, isBefore ? report.before : report.lastYear)
        const then = isBefore ? row.beforeMinor : row.lastYearMinor
        return (
          <td
            key={figure}
            data-align="end"
            data-label={t(`definition.${isBefore ? 'changeBefore' : 'changeLastYear'}.name`)}
            className="numeric"
          >
            <Change
              value={known ? money(row.minor - then, report.currency) : null}
              fraction={known && then > 0 ? (row.minor - then) / then : null}
              inverse={flow === 'expense'}
            />
          </td>
        )
      })}
    </tr>
  )
}
