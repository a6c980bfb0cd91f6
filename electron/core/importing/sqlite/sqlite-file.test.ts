import Database from 'better-sqlite3-multiple-ciphers'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import type { SqliteValue } from './record-format.ts'
import { SqliteFile } from './sqlite-file.ts'
import { columnsOfTable } from './table-columns.ts'

type Cell = string | number | bigint | Uint8Array | null

/** A database that SQLite itself has written. */
function written(
  pragmas: readonly string[],
  statements: readonly string[],
  rows: readonly (readonly Cell[])[],
): Buffer {
  const base = new Database(':memory:')
  try {
    for (const pragma of pragmas) base.pragma(pragma)
    for (const statement of statements) base.exec(statement)
    const insert = base.prepare('insert into t (a, b, c) values (?, ?, ?)')
    base.transaction(() => {
      for (const row of rows) insert.run(...row)
    })()
    return base.serialize()
  } finally {
    base.close()
  }
}

const read = (bytes: Uint8Array, table = 't'): SqliteValue[][] =>
  Array.from(new SqliteFile(bytesSource('x', bytes)).rows(table), (row) => Array.from(row.values()))

const normal = (cell: Cell): Cell => {
  if (cell instanceof Uint8Array) return Uint8Array.from(cell)
  if (typeof cell !== 'bigint') return cell
  return cell >= BigInt(Number.MIN_SAFE_INTEGER) && cell <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(cell) : cell
}

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 127n, -128n, 32_767n, 8_388_607n, -8_388_608n, 2n ** 31n, 2n ** 47n, -(2n ** 47n)),
  fc.double({ noNaN: true }).filter((value) => !Number.isInteger(value)),
  fc.string({ unit: fc.constantFrom('a', 'é', '支', '😀', ' '), maxLength: 40 }),
  fc.uint8Array({ maxLength: 20 }),
)

describe('a SQLite file', () => {
  it('gives back every value that SQLite has written, in any encoding and size of pages', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 }),
        fc.constantFrom('UTF-8', 'UTF-16le', 'UTF-16be'),
        fc.constantFrom(512, 1024, 4096, 65_536),
        (rows, encoding, pageSize) => {
          const pragmas = [`encoding = '${encoding}'`, `page_size = ${pageSize}`]
          const bytes = written(pragmas, ['create table t (a, b, c)'], rows)
          expect(read(bytes)).toEqual(rows.map((row) => row.map(normal)))
        },
      ),
      { numRuns: 120 },
    )
  })

  it('follows rows over many pages, and trees of several levels', () => {
    const rows = Array.from({ length: 3000 }, (_, index) => [
      BigInt(index),
      'x'.repeat((index * 37) % 3000),
      index % 500 === 0 ? new Uint8Array(50_000).fill(index % 251) : null,
    ])
    const bytes = written(['page_size = 1024'], ['create table t (a, b, c)'], rows)
    expect(read(bytes)).toEqual(rows.map((row) => row.map(normal)))
  })

  it('gives no row that was deleted', () => {
    const rows = Array.from({ length: 500 }, (_, index) => [BigInt(index), 'x'.repeat(100), null])
    const base = new Database(written([], ['create table t (a, b, c)'], rows))
    base.exec('delete from t where a % 3 <> 0')
    const bytes = base.serialize()
    base.close()
    expect(read(bytes).map(([a]) => a)).toEqual(Array.from({ length: 167 }, (_, index) => index * 3))
  })

  it('gives the row id where a column stands for it, and leaves out columns that came later', () => {
    const bytes = written([], ['create table t (a integer primary key, b, c)'], [[7n, 'x', null]])
    const base = new Database(bytes)
    base.exec('alter table t add column d')
    base.exec(`insert into t values (9, 'y', 1, 2)`)
    const file = new SqliteFile(bytesSource('x', base.serialize()))
    base.close()
    expect([...file.rows('T')].map((row) => Object.fromEntries(row))).toEqual([
      { a: 7, b: 'x', c: null },
      { a: 9, b: 'y', c: 1, d: 2 },
    ])
    expect([...file.rows('nothing')]).toEqual([])
  })

  it('knows only tables: no views, no tables without row ids, no virtual ones', () => {
    const bytes = written(
      [],
      [
        'create table t (a, b, c)',
        'create view v as select 1 as x',
        'create table w (k primary key, v) without rowid',
        'create virtual table f using fts5(x)',
      ],
      [],
    )
    const { tables } = new SqliteFile(bytesSource('x', bytes))
    expect(['t', 'v', 'w', 'f'].filter((name) => tables.has(name))).toEqual(['t'])
  })

  it('answers any damage with rows or a rejection, and never runs in a circle', { timeout: 60_000 }, () => {
    const rows = Array.from({ length: 200 }, (_, index) => [BigInt(index), 'x'.repeat((index * 31) % 900), null])
    const bytes = written(['page_size = 512'], ['create table t (a, b, c)'], rows)
    const edits = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(edits, fc.nat(bytes.length), (changes, cut) => {
        const copy = Uint8Array.from(cut % 4 === 0 ? bytes.subarray(0, cut) : bytes)
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value
        expect(outcomeOf(copy)).toBeLessThanOrEqual(200 * 60)
      }),
      { numRuns: 300 },
    )
  })

  it('is damaged where a page names itself', () => {
    const rows = Array.from({ length: 200 }, (_, index) => [BigInt(index), 'x'.repeat(200), null])
    const bytes = written(['page_size = 512'], ['create table t (a, b, c)'], rows)
    // the table's root is page 2, an interior page: its rightmost child (offset 8) becomes the root itself
    expect(bytes[512]).toBe(0x05)
    bytes.writeUInt32BE(2, 512 + 8)
    expect(() => read(bytes)).toThrow(ImportRejection)
  })
})

function outcomeOf(bytes: Uint8Array): number {
  try {
    return read(bytes).length
  } catch (error) {
    if (error instanceof ImportRejection) return 0
    throw error
  }
}

describe('the columns of a table', () => {
  it.each([
    ['create table t (a, b text, c)', ['a', 'b', 'c'], -1],
    [
      'CREATE TABLE "t"("Guid" text(32) PRIMARY KEY NOT NULL, [n m] int, `x,y` decimal(10, 2))',
      ['guid', 'n m', 'x,y'],
      -1,
    ],
    ['create table t (id integer primary key autoincrement not null, name text)', ['id', 'name'], 0],
    ['create table t (a int, b int, primary key (a, b), constraint u unique (b), check (a > 0))', ['a', 'b'], -1],
    [`create table t (a text default 'x, y (z', b -- a comment, with (\n, c)`, ['a', 'b', 'c'], -1],
  ] as const)('of %s', (sql, names, rowIdAt) => {
    expect(columnsOfTable(sql)).toEqual({ names, rowIdAt })
  })
  it.each(['create virtual table f using fts5(x)', 'create table w (k primary key) without rowid', 'create table', ''])(
    'none of %s',
    (sql) => {
      expect(columnsOfTable(sql)).toBeNull()
    },
  )
})
