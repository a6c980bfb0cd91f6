import { type ByteSource, ImportRejection } from '../importer.ts'
import { decodeRecord, readVarint, type SqliteValue } from './record-format.ts'
import { type ColumnNames, columnsOfTable } from './table-columns.ts'

/**
 * Reads the tables of a SQLite database straight from its bytes (https://www.sqlite.org/fileformat2.html). Files of
 * other programs come from anywhere: nothing of them is executed here, neither their triggers and views nor an engine
 * written in C, and a file of any size is read page by page.
 */

/** A row by column name; columns that were added to the table after the row was written are absent. */
export type SqliteRow = ReadonlyMap<string, SqliteValue>

interface Table {
  readonly root: number
  readonly columns: ColumnNames
}

const MAGIC = Buffer.from('SQLite format 3\u0000', 'latin1')
const HEADER_LENGTH = 100
const LEAF_TABLE = 0x0d
const INTERIOR_TABLE = 0x05

/** A tree of 4-byte page numbers is far less deep. */
const DEEPEST = 40
/** Of one row, with its overflow pages. */
const LARGEST_ROW = 16 * 1024 * 1024
const PAGES_KEPT = 64

const damaged = (what: string): ImportRejection =>
  new ImportRejection('damaged', `The database is damaged: ${what}. Save a copy of it in its program and import that.`)

/** Whether bytes begin as a SQLite database does. */
export function isSqlite(bytes: Uint8Array): boolean {
  return MAGIC.equals(bytes.subarray(0, MAGIC.length))
}

export class SqliteFile {
  readonly #source: ByteSource
  readonly #pageSize: number
  readonly #usable: number
  readonly #pageCount: number
  readonly #encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly #tables = new Map<string, Table>()
  readonly #pages = new Map<number, Uint8Array>()

  /** Throws `wrong-kind` where the file is no SQLite database, `damaged` where its header or its catalogue cannot be. */
  constructor(source: ByteSource) {
    this.#source = source
    const header = source.read(0, HEADER_LENGTH)
    if (header.length < HEADER_LENGTH || !isSqlite(header)) {
      throw new ImportRejection('wrong-kind', 'The file is no SQLite database.')
    }
    const view = new DataView(header.buffer, header.byteOffset, header.length)
    const stated = view.getUint16(16)
    this.#pageSize = stated === 1 ? 65_536 : stated
    this.#usable = this.#pageSize - view.getUint8(20)
    const powerOfTwo = (this.#pageSize & (this.#pageSize - 1)) === 0
    if (this.#pageSize < 512 || !powerOfTwo || this.#usable < 480) throw damaged('its page size cannot be')
    this.#pageCount = Math.floor(source.size / this.#pageSize)
    const encoding = view.getUint32(56)
    this.#encoding = encoding === 2 ? 'utf-16le' : encoding === 3 ? 'utf-16be' : 'utf-8'
    this.#readCatalogue()
  }

  /** Names of the tables in small letters. */
  get tables(): ReadonlySet<string> {
    return new Set(this.#tables.keys())
  }

  /**
   * The rows of a table in the order of their row ids; none where there is no such table. `seen` is told how many pages
   * have been read. Throws `damaged` where the table's tree cannot be followed: a part of a book would be a wrong book.
   */
  *rows(name: string, seen: (pages: number) => void = () => {}): Generator<SqliteRow, void, void> {
    const table = this.#tables.get(name.toLowerCase())
    if (table === undefined) return
    for (const { rowId, values } of this.#walk(table.root, seen)) {
      const row = new Map<string, SqliteValue>()
      for (const [index, column] of table.columns.names.entries()) {
        const value = values[index]
        if (value === undefined) continue
        // the alias of the row id is stored as nothing
        row.set(column, value === null && index === table.columns.rowIdAt ? rowId : value)
      }
      yield row
    }
  }

  #readCatalogue(): void {
    for (const { values } of this.#walk(1, () => {})) {
      const [type, name, , root, sql] = values
      if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || typeof sql !== 'string') continue
      const columns = columnsOfTable(sql)
      // virtual tables have no tree; tables without row ids another kind of tree, which no program read here has
      if (root > 0 && columns !== null) this.#tables.set(name.toLowerCase(), { root, columns })
    }
  }

  #page(number: number): Uint8Array {
    const known = this.#pages.get(number)
    if (known !== undefined) return known
    if (number < 1 || number > this.#pageCount) throw damaged('it names a page beyond its end')
    const page = this.#source.read((number - 1) * this.#pageSize, this.#pageSize)
    if (page.length < this.#pageSize) throw damaged('it breaks off')
    if (this.#pages.size >= PAGES_KEPT) this.#pages.clear()
    this.#pages.set(number, page)
    return page
  }

  /** Every cell of a table's tree from left to right. Each page is met once: a circle is damage. */
  *#walk(
    root: number,
    seen: (pages: number) => void,
  ): Generator<{ readonly rowId: number | bigint; readonly values: readonly SqliteValue[] }, void, void> {
    const met = new Set<number>()
    const ahead: { readonly page: number; readonly depth: number }[] = [{ page: root, depth: 0 }]
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const { page: number, depth } = next
      if (met.has(number) || depth > DEEPEST) throw damaged('a table runs in a circle')
      met.add(number)
      seen(met.size)
      const page = this.#page(number)
      const view = new DataView(page.buffer, page.byteOffset, page.length)
      const start = number === 1 ? HEADER_LENGTH : 0
      const type = view.getUint8(start)
      const count = view.getUint16(start + 3)
      if (type === INTERIOR_TABLE) {
        const children: number[] = []
        for (let index = 0; index < count; index += 1) {
          const at = this.#cellAt(view, start + 12, index)
          if (at + 4 > page.length) throw damaged('a page of a table cannot be read')
          children.push(view.getUint32(at))
        }
        children.push(view.getUint32(start + 8))
        for (const child of children.toReversed()) ahead.push({ page: child, depth: depth + 1 })
      } else if (type === LEAF_TABLE) {
        for (let index = 0; index < count; index += 1) yield this.#cell(page, this.#cellAt(view, start + 8, index))
      } else throw damaged('a page of a table is of another kind')
    }
  }

  #cellAt(view: DataView, pointers: number, index: number): number {
    const pointer = pointers + index * 2
    if (pointer + 2 > view.byteLength) throw damaged('a page of a table cannot be read')
    return view.getUint16(pointer)
  }

  #cell(page: Uint8Array, at: number): { readonly rowId: number | bigint; readonly values: readonly SqliteValue[] } {
    const length = readVarint(page, at)
    const rowId = length === null ? null : readVarint(page, length.next)
    if (length === null || rowId === null) throw damaged('a row cannot be read')
    const size = Number(length.value)
    if (size < 0 || size > LARGEST_ROW) throw damaged('a row is larger than it can be')
    const payload = this.#payload(page, rowId.next, size)
    const values = decodeRecord(payload, this.#encoding)
    if (values === null) throw damaged('a row cannot be read')
    const id = rowId.value
    return { rowId: id >= Number.MIN_SAFE_INTEGER && id <= Number.MAX_SAFE_INTEGER ? Number(id) : id, values }
  }

  /** A row's bytes: what fits is on the page, the rest on a chain of pages ("Cell Payload Overflow Pages"). */
  #payload(page: Uint8Array, at: number, size: number): Uint8Array {
    const most = this.#usable - 35
    if (size <= most) {
      if (at + size > page.length) throw damaged('a row cannot be read')
      return page.subarray(at, at + size)
    }
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23
    const fitting = least + ((size - least) % (this.#usable - 4))
    const here = fitting <= most ? fitting : least
    if (at + here + 4 > page.length) throw damaged('a row cannot be read')
    const whole = new Uint8Array(size)
    whole.set(page.subarray(at, at + here))
    let filled = here
    let next = new DataView(page.buffer, page.byteOffset).getUint32(at + here)
    const met = new Set<number>()
    while (filled < size) {
      if (met.has(next)) throw damaged('a row runs in a circle')
      met.add(next)
      const overflow = this.#page(next)
      const part = Math.min(this.#usable - 4, size - filled)
      whole.set(overflow.subarray(4, 4 + part), filled)
      filled += part
      next = new DataView(overflow.buffer, overflow.byteOffset).getUint32(0)
    }
    return whole
  }
}
