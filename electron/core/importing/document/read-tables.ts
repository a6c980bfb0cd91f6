import type { DocumentText, TextLine, TextPage } from './document-text.ts'
import { accountNumberIn, isSameAccount } from './account-headings.ts'
import { type Column, columnsOf, type Measure } from './columns.ts'
import { findHeaders, type FoundHeader, type TitleCell } from './find-headers.ts'
import { runningLines } from './running-lines.ts'
import { type RowLine, readSection } from './section-rows.ts'
import { flowAbove } from './section-flow.ts'
import { type Token, tokensOf } from './line-tokens.ts'

/** A row of a table as text cells, with the line of the document that it begins on. */
export interface DocumentRow {
  /** 1-based: the line of the document. */
  readonly record: number
  readonly cells: readonly string[]
  readonly kind: RowLine['kind']
  /** Whether the heading over it speaks of money in or out. */
  readonly flow: RowLine['flow']
  /** Which of the document's accounts it belongs to. */
  readonly account: number
}

export interface DocumentTable {
  readonly titles: readonly string[]
  readonly concerns: readonly Column['concern'][]
  /** The line of its first header, or null where it has none. */
  readonly header: number | null
  readonly rows: DocumentRow[]
}

export interface OutsideLine {
  readonly record: number
  readonly line: TextLine
  readonly tokens: readonly Token[]
}

export interface DocumentAccount {
  readonly number: string | null
  /** The lines that stand over its tables. */
  readonly heading: readonly OutsideLine[]
}

export interface DocumentTables {
  readonly tables: readonly DocumentTable[]
  readonly accounts: readonly DocumentAccount[]
  /** Lines that belong to no table, in order. */
  readonly outside: readonly OutsideLine[]
}

interface NamedAccount {
  /** The nearest above its first table comes first. */
  readonly numbers: string[]
  readonly heading: readonly OutsideLine[]
}

interface PageLines {
  readonly page: TextPage
  readonly tokens: readonly (readonly Token[])[]
  /** Record of the page's first line. */
  readonly firstRecord: number
  readonly running: ReadonlySet<number>
}

/** A stretch of a page under one header. */
interface Section {
  readonly on: PageLines
  readonly titles: readonly TitleCell[]
  readonly header: FoundHeader | null
  readonly from: number
  readonly to: number
}

interface ReadSection {
  readonly columns: readonly Column[]
  readonly rows: readonly RowLine[]
  readonly section: Section
  readonly account: number
}

/** Whether a line looks like a transaction: a day near its beginning, and a sum of money. */
export function looksLikeRow(tokens: readonly Token[]): boolean {
  const day = tokens.findIndex((token) => token.date !== null)
  if (day < 0 || day > 2) return false
  return tokens.some((token, at) => at !== day && token.amount)
}

function measureOf(document: DocumentText): Measure {
  if (document.origin === 'text') return { letter: 1 }
  const heights = document.pages
    .flatMap((page) => page.lines.map(({ height }) => height))
    .toSorted((left, right) => left - right)
  return { letter: 0.5 * (heights[Math.floor(heights.length / 2)] ?? 10) }
}

/** Two-digit years are read around it, which changes nothing here. */
const SOME_YEAR = 2020

const HEADING_LINES = 14

const keyOf = (column: Pick<Column, 'title' | 'concern'>): string => `${column.concern}:${column.title.toLowerCase()}`

/** Where the columns of another stretch of the same table go among those of the table; −1 for a new one. */
function mapping(columns: readonly Column[], table: readonly Column[]): number[] {
  const taken = new Set<number>()
  const find = (fits: (column: Column, index: number) => boolean): number => {
    const at = table.findIndex((column, index) => !taken.has(index) && fits(column, index))
    if (at >= 0) taken.add(at)
    return at
  }
  const exact = columns.map((column) => (column.title === '' ? -1 : find((known) => keyOf(known) === keyOf(column))))
  return exact.map((at, index) => {
    const column = columns[index]
    if (at >= 0 || column === undefined) return at
    if (column.title !== '') return -1
    // a nameless column is the nameless one of its kind, or belongs to the text before it
    const same = find((known) => known.title === '' && known.concern === column.concern)
    if (same >= 0 || column.concern !== 'text') return same
    return table.findLastIndex((known, place) => known.concern === 'text' && place <= index)
  })
}

class TableBuilder {
  readonly columns: Column[]
  readonly header: number | null
  readonly rows: DocumentRow[] = []

  constructor(columns: readonly Column[], header: number | null) {
    this.columns = [...columns]
    this.header = header
  }

  /** Most titles of the shorter list are in the other one; without titles, the same kinds of columns. */
  fits(columns: readonly Column[]): boolean {
    const own = new Set(this.columns.filter(({ title }) => title !== '').map(keyOf))
    const other = new Set(columns.filter(({ title }) => title !== '').map(keyOf))
    if (own.size === 0 && other.size === 0) {
      return this.columns.map(({ concern }) => concern).join() === columns.map(({ concern }) => concern).join()
    }
    const shared = [...own].filter((key) => other.has(key)).length
    return shared > 1 && shared * 4 >= Math.min(own.size, other.size) * 3
  }

  add({ columns, rows, account }: ReadSection): void {
    const places = mapping(columns, this.columns).map((place, index) => {
      const column = columns[index]
      if (place >= 0 || column === undefined) return place
      this.columns.push(column)
      return this.columns.length - 1
    })
    for (const { record, cells, kind, flow } of rows) {
      const placed: string[] = []
      for (const [index, cell] of cells.entries()) {
        const place = places[index] ?? -1
        if (place < 0 || cell === '') continue
        const before = placed[place] ?? ''
        placed[place] = before === '' ? cell : `${before} ${cell}`
      }
      this.rows.push({ record, kind, flow, account, cells: Array.from(placed, (cell) => cell ?? '') })
    }
  }

  finish(): DocumentTable {
    const width = this.columns.length
    return {
      titles: this.columns.map(({ title }) => title),
      concerns: this.columns.map(({ concern }) => concern),
      header: this.header,
      rows: this.rows.map((row) => ({
        ...row,
        cells: Array.from({ length: width }, (_, index) => row.cells[index] ?? ''),
      })),
    }
  }
}

/** Stretches of the pages under their headers; one without a header goes on with the table of the page before. */
function sectionsOf(pages: readonly PageLines[], origin: DocumentText['origin'], thisYear: number): Section[] {
  const sections: Section[] = []
  const found = pages.map(({ page, tokens }) => findHeaders(page, tokens, origin, thisYear))
  // where nothing has a header, rows that line up are a table all the same
  let titles: readonly TitleCell[] | null = found.every((headers) => headers.length === 0) ? [] : null
  for (const [index, on] of pages.entries()) {
    const { page, tokens } = on
    const headers = found[index] ?? []
    const first = headers[0]?.first ?? page.lines.length
    const goesOn = tokens.slice(0, first).filter(looksLikeRow).length > 0
    if (goesOn && titles !== null) sections.push({ on, titles, header: null, from: 0, to: first })
    for (const [place, header] of headers.entries()) {
      const to = headers[place + 1]?.first ?? page.lines.length
      titles = header.titles
      sections.push({ on, titles, header, from: header.below, to })
    }
  }
  return sections
}

/**
 * The tables of transactions in a document: found by their headers, or by rows that line up; on as many pages as they
 * run, with wrapped cells joined, running headers left out, and the accounts that they belong to.
 */
export function readTables(document: DocumentText, thisYear: number): DocumentTables {
  const measure = measureOf(document)
  const running = runningLines(document)
  let firstRecord = 1
  const pages = document.pages.map((page, index): PageLines => {
    const lines = {
      page,
      tokens: page.lines.map((line) => tokensOf(line, thisYear)),
      firstRecord,
      running: running[index] ?? new Set<number>(),
    }
    firstRecord += page.lines.length
    return lines
  })
  const sections = sectionsOf(pages, document.origin, thisYear)
  const accounts: NamedAccount[] = []
  const taken = new Set<number>()
  const read: ReadSection[] = []
  let account = -1
  let headingFrom = 1
  let flow: RowLine['flow'] = null
  for (const section of sections) {
    const { on, titles, header, from, to } = section
    const lines = on.page.lines.slice(from, to)
    const tokens = on.tokens.slice(from, to)
    const record = on.firstRecord + from
    if (header !== null || account < 0) {
      const heading = outsideLines(pages, headingFrom, header === null ? record : on.firstRecord + header.first)
      account = accountOf(accounts, account, account < 0 ? heading : heading.slice(-HEADING_LINES))
      flow = flowAbove(heading)
    }
    if (header !== null) for (let at = header.first; at < header.below; at += 1) taken.add(on.firstRecord + at)
    const rows = tokens.filter(looksLikeRow)
    const columns = columnsOf(titles, rows, measure)
    const headerAt = header === null ? null : (on.page.lines[header.below - 1]?.y ?? null)
    const skip = skipIn(on, from)
    const result = readSection({ lines, tokens, firstRecord: record, columns, titles, measure, headerAt, skip, flow })
    flow = result.flow
    for (const taker of result.taken) taken.add(taker)
    if (result.rows.length > 0) {
      read.push({ columns, rows: result.rows, section, account })
      headingFrom = (result.rows.at(-1)?.record ?? record) + 1
    } else if (header !== null) headingFrom = record
  }
  return {
    tables: tablesOf(read),
    accounts: accounts.map(({ numbers, heading }) => ({ number: bestNumber(numbers), heading })),
    outside: outsideLines(pages, 1, firstRecord).filter(({ record }) => !taken.has(record)),
  }
}

const skipIn =
  (on: PageLines, from: number) =>
  (index: number): boolean =>
    on.running.has(from + index) && !looksLikeRow(on.tokens[from + index] ?? [])

function outsideLines(pages: readonly PageLines[], from: number, to: number): OutsideLine[] {
  return pages.flatMap(({ page, tokens, firstRecord }) =>
    page.lines.flatMap((line, index) => {
      const record = firstRecord + index
      return record >= from && record < to ? [{ record, line, tokens: tokens[index] ?? [] }] : []
    }),
  )
}

/** The account that a heading names: the one before where it names none, or the same. */
function accountOf(accounts: NamedAccount[], current: number, heading: readonly OutsideLine[]): number {
  const numbers = heading.flatMap(({ line }) => accountNumberIn(line.text) ?? [])
  if (current < 0) {
    // what stands nearest above the table is its own
    accounts.push({ numbers: numbers.toReversed(), heading })
    return accounts.length - 1
  }
  if (numbers.length === 0) return current
  const same = accounts.findIndex((known) =>
    known.numbers.some((own) => numbers.some((number) => isSameAccount(own, number))),
  )
  if (same >= 0) return same
  const known = accounts[current]
  if (known !== undefined && known.numbers.length === 0) {
    known.numbers.push(...numbers)
    return current
  }
  accounts.push({ numbers: numbers.toReversed(), heading })
  return accounts.length - 1
}

/** An IBAN says more than the number it holds. */
function bestNumber(numbers: readonly string[]): string | null {
  return numbers.find((number) => /^[A-Z]{2}\d{2}/.test(number)) ?? numbers[0] ?? null
}

/** Joins stretches under the same titles; those with the most titles come first, for the others are parts of them. */
function tablesOf(read: readonly ReadSection[]): DocumentTable[] {
  const builders: TableBuilder[] = []
  const named = ({ columns }: ReadSection): number => columns.filter(({ title }) => title !== '').length
  for (const own of read.toSorted(
    (left, right) => named(right) - named(left) || right.rows.length - left.rows.length,
  )) {
    if (builders.some((builder) => builder.fits(own.columns))) continue
    const { header, on } = own.section
    builders.push(new TableBuilder(own.columns, header === null ? null : on.firstRecord + header.first))
  }
  for (const own of read) builders.find((builder) => builder.fits(own.columns))?.add(own)
  return builders.map((builder) => builder.finish()).filter(({ rows }) => rows.length > 0)
}

/** Whether a document has a table of transactions under a header, or rows enough to be one without. */
export function looksLikeStatement(document: DocumentText): boolean {
  let rows = 0
  for (const page of document.pages) {
    const tokens = page.lines.map((line) => tokensOf(line, SOME_YEAR))
    const own = tokens.filter(looksLikeRow).length
    rows += own
    if (own > 0 && findHeaders(page, tokens, document.origin, SOME_YEAR).length > 0) return true
  }
  return rows >= 5
}
