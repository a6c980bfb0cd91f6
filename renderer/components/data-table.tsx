import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'

export interface Column<T> {
  readonly key: string
  readonly title: string
  /** Said to screen readers only, for a column of actions. */
  readonly hideTitle?: boolean
  readonly cell: (row: T) => ReactNode
  readonly align?: 'start' | 'end'
  /** Given: the column can be sorted by it. */
  readonly sortBy?: (row: T) => string | number
  readonly width?: string
  /** Left out where the table has less than 640 px, and told again where its rows are stacked. */
  readonly minor?: boolean
  /** Left out where the table has less than 900 px; the main cell may tell it there (`table-tight-only`). */
  readonly wide?: boolean
  /** Takes what room the others leave, and is cut short first. One of them; without one, `mainColumnOf` says which. */
  readonly main?: boolean
  /** Stands beside the main cell where the rows are stacked: the figure that a person looks for. */
  readonly lead?: boolean
}

/** The column that takes the room that the others leave: the one that says so, else the first text of no fixed width. */
export function mainColumnOf<T>(columns: readonly Column<T>[]): string | null {
  const main =
    columns.find((column) => column.main === true) ??
    columns.find(({ align, width, hideTitle }) => align !== 'end' && width === undefined && hideTitle !== true)
  return main?.key ?? null
}

interface DataTableProps<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string | number
  readonly onOpen?: (row: T) => void
  readonly dense?: boolean
  readonly footer?: ReactNode
}

type Sort = { key: string; descending: boolean } | null

/** Rows in the order of a column; the order they came in without one. Equal rows keep their order. */
export function sortRows<T>(rows: readonly T[], columns: readonly Column<T>[], sort: Sort): readonly T[] {
  const by = sort === null ? undefined : columns.find((column) => column.key === sort.key)?.sortBy
  if (by === undefined || sort === null) return rows
  const factor = sort.descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const left = by(a)
    const right = by(b)
    if (typeof left === 'number' && typeof right === 'number') return (left - right) * factor
    return String(left).localeCompare(String(right)) * factor
  })
}

function moveFocus(event: KeyboardEvent<HTMLTableRowElement>): void {
  const row = event.currentTarget
  const target = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  if (target instanceof HTMLElement) {
    event.preventDefault()
    target.focus()
  }
}

/**
 * A table of at most some hundred rows: sticky header, sort, arrow keys between rows, Enter opens.
 * It fits the room that it has: the main column gives way first, then the wide and the minor columns are left out,
 * and below 480 px each row becomes a short card in which every cell is named.
 */
export function DataTable<T>({ label, columns, rows, rowKey, onOpen, dense = false, footer }: DataTableProps<T>) {
  const [sort, setSort] = useState<Sort>(null)
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort])
  const mainKey = useMemo(() => mainColumnOf(columns), [columns])
  const toggle = (key: string) =>
    setSort((now) =>
      now?.key !== key ? { key, descending: false } : now.descending ? null : { key, descending: true },
    )
  return (
    <div className="table-scroll">
      <table className="table" data-fits="true" data-dense={dense} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => {
              const sorting = sort?.key === column.key ? sort : null
              const direction = sorting === null ? 'none' : sorting.descending ? 'descending' : 'ascending'
              return (
                <th
                  key={column.key}
                  scope="col"
                  data-align={column.align ?? 'start'}
                  data-minor={column.minor}
                  data-wide={column.wide}
                  data-main={column.key === mainKey || undefined}
                  style={column.width === undefined ? undefined : { width: column.width }}
                  aria-sort={column.sortBy === undefined ? undefined : direction}
                >
                  {column.sortBy === undefined ? (
                    <span className={column.hideTitle === true ? 'visually-hidden' : undefined}>{column.title}</span>
                  ) : (
                    <button type="button" className="table-sort" onClick={() => toggle(column.key)}>
                      {column.title}
                      {sorting === null ? null : sorting.descending ? (
                        <IconArrowDown size={14} aria-hidden="true" />
                      ) : (
                        <IconArrowUp size={14} aria-hidden="true" />
                      )}
                    </button>
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr
              key={rowKey(row)}
              tabIndex={onOpen === undefined ? undefined : 0}
              data-clickable={onOpen !== undefined}
              onClick={onOpen === undefined ? undefined : () => onOpen(row)}
              onKeyDown={
                onOpen === undefined
                  ? undefined
                  : (event) => {
                      if (event.target !== event.currentTarget) return
                      if (event.key === 'Enter') onOpen(row)
                      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(event)
                    }
              }
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  data-align={column.align ?? 'start'}
                  data-minor={column.minor}
                  data-wide={column.wide}
                  data-main={column.key === mainKey || undefined}
                  data-lead={column.lead}
                  data-label={column.hideTitle === true ? undefined : column.title}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {footer === undefined ? null : <tfoot>{footer}</tfoot>}
      </table>
    </div>
  )
}
