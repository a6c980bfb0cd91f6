import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { readTables as readActivities } from '../broker-table/read-tables.ts'
import { surveyRows } from '../broker-table/survey.ts'
import { parseDateText } from '../delimited/date-text.ts'
import type { ParsedItem } from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { isMovement } from './portion.ts'
import type { DocumentRow, DocumentTable } from './read-tables.ts'
import type { DocumentTime } from './table-rows.ts'

function readerOf(rows: readonly TableRow[]): TableReader {
  return {
    name: '',
    *rows() {
      yield* rows
    },
    position: () => 0,
  }
}

/**
 * What a printed table of trades holds: one with quantities and prices of securities under its titles. Null where the
 * table is any other. `rows` have whole dates.
 */
export function tradesIn(
  table: DocumentTable,
  rows: readonly DocumentRow[],
  { order }: DocumentTime,
  today: IsoDate,
): readonly ParsedItem[] | null {
  const [first] = rows
  if (table.header === null || first === undefined) return null
  const thisYear = Number(today.slice(0, 4))
  const body = rows.filter(isMovement).map(({ record, cells }): TableRow => ({
    record,
    cells: cells.map((cell, at) =>
      table.concerns[at] === 'date' ? (parseDateText(cell, order, thisYear)?.date ?? cell) : cell,
    ),
  }))
  const all = [{ record: Math.min(table.header, first.record - 1), cells: table.titles }, ...body]
  const survey = surveyRows(all, '', today)
  const [own] = survey === null ? [] : survey.tables.values()
  if (survey === null || own === undefined || survey.tables.size > 1 || survey.coins) return null
  const { at } = own.columns
  const known = at.symbol ?? at.isin ?? (at.price === undefined ? undefined : at.name)
  if (at.quantity === undefined || known === undefined) return null
  return [...readActivities(readerOf(all), survey, '', today)]
}
