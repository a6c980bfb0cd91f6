import type { ColumnRole, DelimitedLayout } from '../../../shared/model/delimited-layout.ts'

export function roleOf(layout: DelimitedLayout, index: number): ColumnRole | null {
  return layout.columns.find((column) => column.index === index)?.role ?? null
}

/** Roles that several columns may have. */
const repeatable: ReadonlySet<ColumnRole> = new Set(['memo'])

/** The layout with a column's role set or taken away; a role that only one column can have leaves the other. */
export function withRole(layout: DelimitedLayout, index: number, role: ColumnRole | null): DelimitedLayout {
  const others = layout.columns.filter(
    (column) => column.index !== index && (role === null || repeatable.has(role) || column.role !== role),
  )
  const columns = role === null ? others : [...others, { index, role }]
  return { ...layout, columns: columns.toSorted((a, b) => a.index - b.index) }
}
