import { ImportRejection } from '../importer.ts'
import type { Portion, Reconciliation } from './portion.ts'
import type { DocumentRow, DocumentTable } from './read-tables.ts'

/** Below this share of rows, rows without a day are an accident and not the bank's habit. */
const HABIT = 12

/** Some banks print a day once for all its rows: those that follow take it over. */
function withInheritedDays(rows: readonly DocumentRow[], table: DocumentTable): DocumentRow[] {
  const main = table.concerns.indexOf('date')
  let day = ''
  let account = -1
  return rows.map((row) => {
    if (row.account !== account) day = ''
    account = row.account
    if (row.kind === 'row') day = row.cells[main] ?? ''
    if (row.kind !== 'undated' || day === '') return row
    return { ...row, kind: 'row', cells: row.cells.with(main, day) }
  })
}

const withoutUndated = (rows: readonly DocumentRow[]): DocumentRow[] =>
  rows.map((row) => (row.kind === 'undated' ? { ...row, kind: 'totals' } : row))

/** How one account's rows lead from its opening balance to its closing one, by the layout that the rows show. */
export type Proving = (portion: Pick<Portion, 'table' | 'rows'>, account: number) => Reconciliation | null

function isProven(
  rows: readonly DocumentRow[],
  table: DocumentTable,
  accounts: readonly number[],
  prove: Proving,
): boolean {
  try {
    return accounts.every(
      (account) =>
        prove({ table, rows: rows.filter((row) => row.account === account) }, account)?.closing.weight === 'said',
    )
  } catch (error) {
    if (error instanceof ImportRejection) return false
    throw error
  }
}

/**
 * What rows without a day are. Where the balances are led to without them, they add up or explain; where they are led to
 * with them, they are bookings of the day above. Where no balances tell, many such rows are a habit of the bank's.
 */
export function settleUndated(
  rows: readonly DocumentRow[],
  table: DocumentTable,
  prove: Proving,
): readonly DocumentRow[] {
  const undated = rows.filter(({ kind }) => kind === 'undated')
  if (undated.length === 0 || !table.concerns.includes('date')) return rows
  const accounts = [...new Set(undated.map(({ account }) => account))]
  const without = withoutUndated(rows)
  if (isProven(without, table, accounts, prove)) return without
  const inherited = withInheritedDays(rows, table)
  if (isProven(inherited, table, accounts, prove)) return inherited
  return undated.length < 2 || undated.length * HABIT < rows.length ? rows : inherited
}
