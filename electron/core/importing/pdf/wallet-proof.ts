import { profileOf } from '../chinese/open-statement.ts'
import { rules } from '../chinese/profile.ts'
import type { DocumentText } from '../document/document-text.ts'
import { readTables } from '../document/read-tables.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'

const wallets: ReadonlySet<string> = new Set(
  rules.profiles.flatMap(({ id, kind }) => (kind === 'e-wallet' ? [id] : [])),
)

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
 * The tables of a wallet's proof of transactions (微信支付交易明细证明, 支付宝交易流水证明), for the reader of its bills:
 * which knows rows that move no money, and the card or balance that each row was paid from. Null for other documents.
 */
export function walletTables(document: DocumentText, name: string, thisYear: number): readonly TableReader[] | null {
  const { tables, outside } = readTables(document, thisYear)
  const readers = tables.map((table) => {
    const first = table.rows[0]?.record ?? 0
    const above = outside
      .filter(({ record }) => record < first)
      .map(({ record, line }): TableRow => ({ record, cells: line.cells.map(({ text }) => text) }))
    const rows = table.rows.map(({ record, cells }): TableRow => ({ record, cells }))
    return readerOf([...above, { record: table.header ?? first, cells: table.titles }, ...rows])
  })
  const own = readers.filter((reader) => wallets.has(profileOf(reader, name, false) ?? ''))
  return own.length === 0 ? null : own
}
