import { addDecimal, type Decimal, subtractDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { readAmount } from '../delimited/amount-text.ts'
import { detectConventions, type RoleIndex } from '../delimited/conventions.ts'
import { dataRows, rolesOf } from '../delimited/detect-layout.ts'
import { type Preamble, readPreamble } from '../delimited/preamble.ts'
import { readRows } from '../delimited/read-rows.ts'
import { amountOfRow } from '../delimited/row-amount.ts'
import type { ParsedItem } from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { datesIn } from './infer-years.ts'
import type { DocumentAccount, DocumentRow, DocumentTable, OutsideLine } from './read-tables.ts'

/** What stands of one account in one table. */
export interface Portion {
  readonly table: DocumentTable
  readonly layout: DelimitedLayout
  readonly rows: readonly DocumentRow[]
  readonly account: DocumentAccount
}

export interface StatedBalance {
  readonly record: number
  /** As the columns sign it: credit positive, unless the statement writes what is owed as positive. */
  readonly amount: Decimal
  readonly on: IsoDate | null
  /** `sum`: a total, which is a closing balance only where it adds up as one. */
  readonly weight: 'said' | 'sum'
}

export interface PortionReading {
  readonly items: readonly ParsedItem[]
  readonly opening: StatedBalance | null
  /** All balances that may be the closing one, in order: the last that fits is. */
  readonly closings: readonly StatedBalance[]
}

export const isMovement = ({ kind }: DocumentRow): boolean => kind === 'row' || kind === 'undated'

const asTableRow = ({ record, line }: OutsideLine): TableRow => ({ record, cells: line.cells.map(({ text }) => text) })

function readerOf(rows: readonly TableRow[]): TableReader {
  return {
    name: '',
    *rows() {
      yield* rows
    },
    position: () => 0,
  }
}

function preambleOf(account: DocumentAccount, name: string, mark: '.' | ','): Preamble {
  const found = readPreamble(account.heading.map(asTableRow), mark, name)
  return account.number === null ? found : { ...found, account: { ...found.account, number: account.number } }
}

/** The value of a line that states a balance, as the table's columns sign it. */
function balanceIn(
  { cells }: DocumentRow,
  at: RoleIndex,
  conventions: ReturnType<typeof detectConventions>,
  layout: DelimitedLayout,
): Decimal | null {
  const stated = at.balance === undefined ? null : readAmount(cells[at.balance] ?? '', layout.decimalMark)
  if (stated !== null) return stated
  const written = amountOfRow(cells, at, conventions, { ...layout, sign: 'as-written' })
  return written === 'bad' ? null : written
}

function balancesOf(
  rows: readonly DocumentRow[],
  at: RoleIndex,
  conventions: ReturnType<typeof detectConventions>,
  layout: DelimitedLayout,
  thisYear: number,
): { row: DocumentRow; stated: StatedBalance }[] {
  return rows.flatMap((row) => {
    const { kind, record } = row
    if (isMovement(row)) return []
    const amount = balanceIn(row, at, conventions, layout)
    if (amount === null) return []
    const [on] = datesIn(row.cells.join(' '), layout.dateOrder, thisYear)
    return [{ row, stated: { record, amount, on: on ?? null, weight: kind === 'totals' ? 'sum' : 'said' } }]
  })
}

const above = (amount: Decimal | null, record: number): StatedBalance[] =>
  amount === null ? [] : [{ record, amount, on: null, weight: 'said' }]

/** Reads one portion by its layout: its rows, and the balances that stand around and above them. */
export function readPortion({ table, layout, rows, account }: Portion, name: string, today: IsoDate): PortionReading {
  const at = rolesOf(layout.columns)
  const movements = rows.filter(isMovement).map(({ record, cells }): TableRow => ({ record, cells }))
  const conventions = detectConventions(dataRows(movements, at), at, layout.decimalMark, layout.sign, layout.dateOrder)
  const preamble = preambleOf(account, name, layout.decimalMark)
  // balances above the table are weighed with those in it
  const plan = {
    layout,
    conventions,
    preamble: { ...preamble, opening: null, closing: null },
    header: table.titles,
    today,
  }
  const items = [...readRows(readerOf(movements), plan)]
  const balances = balancesOf(rows, at, conventions, layout, Number(today.slice(0, 4)))
  const firstRow = movements[0]?.record ?? Number.POSITIVE_INFINITY
  // whatever a balance before the first row calls itself, it is the one that the rows begin from
  const before = balances.filter(({ row }) => row.record < firstRow && row.kind !== 'totals')
  // a summary below the last row may state both balances
  const lastRow = movements.at(-1)?.record ?? Number.NEGATIVE_INFINITY
  const below = balances.find(({ row }) => row.kind === 'opening' && row.record > lastRow)
  const found = before.find(({ row }) => row.kind === 'opening') ?? before.at(-1) ?? below
  const opening = found?.stated ?? null
  const closings = balances.filter(({ row }) => row.record > firstRow && row.kind !== 'opening')
  return {
    items,
    opening: opening ?? above(preamble.opening, 0)[0] ?? null,
    closings: [...above(preamble.closing, Number.POSITIVE_INFINITY), ...closings.map(({ stated }) => stated)],
  }
}

export interface Reconciliation {
  readonly opening: StatedBalance
  readonly closing: StatedBalance
  /** −1 where the rows lead from opening to closing with their signs turned. */
  readonly factor: 1 | -1
}

/** The sum of the rows that stand before a record. */
export function sumBefore(items: readonly ParsedItem[], record: number): Decimal {
  return items.reduce(
    (sum, item) =>
      item.type === 'transaction' && item.record < record && item.transaction.status !== 'pending'
        ? addDecimal(sum, item.transaction.amount)
        : sum,
    ZERO,
  )
}

/** The last closing balance that follows from the opening one and the rows between; null where none does. */
export function reconcile({ items, opening, closings }: PortionReading): Reconciliation | null {
  if (opening === null) return null
  for (const closing of closings.toReversed()) {
    const sum = sumBefore(items, closing.record)
    if (sum === ZERO) continue
    const moved = subtractDecimal(closing.amount, opening.amount)
    if (moved === sum) return { opening, closing, factor: 1 }
    if (moved === subtractDecimal(ZERO, sum)) return { opening, closing, factor: -1 }
  }
  return null
}
