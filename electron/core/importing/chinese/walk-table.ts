import type { ReasonCode } from '../importer.ts'
import type { TableReader } from '../table/table-reader.ts'
import { cleanCell } from './cell.ts'
import { rules } from './profile.ts'
import { RowView } from './row-view.ts'
import { findLayout, type TableLayout } from './table-layout.ts'

/** What a walk over a table meets, in order. */
export type TableStep =
  | { readonly type: 'text'; readonly cells: readonly string[] }
  | { readonly type: 'header'; readonly layout: TableLayout }
  | { readonly type: 'row'; readonly row: RowView }
  | { readonly type: 'passed'; readonly record: number; readonly code: ReasonCode; readonly text: string }

const RULE_LINE = /^[-=—_*]{5,}$/
const ROW_LIKE = 3

/** Rows to look for a header in before a table is given up as text. */
const PATIENCE = 2000

/**
 * Walks a table: text before it, its header, its rows, text after it; a table may be followed by another one with its
 * own header. Totals, carried balances and repeated headers are records passed over; notes are text.
 * `context` names the file and the sheet, for profiles that are told by them.
 */
export function* walkTable(table: TableReader, context: string, isSheet: boolean): Generator<TableStep, void, void> {
  let layout: TableLayout | null = null
  let isOpen = false
  /** Text since the last row: a heading after it begins a table of its own, though it may read like the last. */
  let isAfterText = false
  let seen = `${context}\n${table.name}`
  let rowsSeen = 0
  for (const { record, cells } of table.rows()) {
    rowsSeen += 1
    if (layout === null && rowsSeen > PATIENCE) return
    if (mayBeHeader(cells)) {
      const found = findLayout(cells, seen)
      if (found !== null) {
        if (layout !== null && isOpen && !isAfterText && isSameHeader(found, layout)) {
          yield { type: 'passed', record, code: 'repeated-header', text: cleanCell(cells[0]) }
          continue
        }
        layout = found
        isOpen = true
        isAfterText = false
        yield { type: 'header', layout: found }
        continue
      }
    }
    if (layout === null || !isOpen) {
      if (layout === null && seen.length < 20_000) seen += `\n${cells.join(' ').trim()}`
      yield { type: 'text', cells }
      continue
    }
    const row = new RowView(layout, record, cells, isSheet)
    const moment = row.get('booked') || row.get('date') || row.get('moment')
    if (!startsWithDigit(moment)) {
      const filled = cells.map(cleanCell).filter((cell) => cell !== '')
      if (RULE_LINE.test(cells.join('').trim())) {
        isOpen = false
        continue
      }
      if (filled.length === 0) continue
      const label = (filled[0] ?? '').replace(/[\s\u3000]/gu, '')
      if (rules.totals.test(label)) {
        yield { type: 'passed', record, code: 'totals-row', text: label }
        continue
      }
      if (rules.balanceRows.test(label)) {
        yield { type: 'passed', record, code: 'balance-row', text: label }
        continue
      }
      if (filled.length < ROW_LIKE) {
        isAfterText = true
        yield { type: 'text', cells }
        continue
      }
    }
    isAfterText = false
    yield { type: 'row', row }
  }
}

/** A cheap look before the thorough one: three cells that hold something, and none that starts with a digit. */
function mayBeHeader(cells: readonly string[]): boolean {
  let filled = 0
  for (const cell of cells) {
    if (startsWithDigit(cell)) return false
    if (cell.trim() !== '') filled += 1
  }
  return filled >= ROW_LIKE
}

/** Header cells are words: a cell that starts with a digit belongs to a data row. */
function startsWithDigit(cell: string): boolean {
  const code = cell.trimStart().charCodeAt(0)
  return code >= 48 && code <= 57
}

function isSameHeader(found: TableLayout, layout: TableLayout): boolean {
  return (
    found.header.length === layout.header.length && found.header.every((cell, index) => cell === layout.header[index])
  )
}
