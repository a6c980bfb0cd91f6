import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type DateOrder, dateEvidence, isDateText } from '../delimited/date-text.ts'
import { type DateOrderVerdict, detectDateOrder } from '../delimited/date-order.ts'
import { MarkCount } from '../delimited/decimal-mark.ts'
import { foldPhrase, trimmedCell } from '../delimited/vocabulary-text.ts'
import type { ParsedSecurity } from '../importer.ts'
import type { TableRow } from '../table/table-reader.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { isIsin } from '../delimited/conventions.ts'
import type { Overrides } from './column-links.ts'
import { assignColumns, type Columns, isActivityTable } from './columns.ts'
import { headerOfHeaderless } from './headerless.ts'
import { epochOf } from './moment.ts'
import { type Profile, profileOfHeader, sectionedProfile, type TableRules } from './profile.ts'
import { classOfCell, matchHeading, phrases } from './vocabulary.ts'

/** One table of a file: rows under one header. */
export interface Table {
  readonly header: readonly string[]
  readonly columns: Columns
  readonly rules: TableRules
  /** Rows of the sample that have a date or a number. */
  readonly rows: readonly TableRow[]
}

export interface Survey {
  readonly profile: Profile | null
  /** Tables of activities by the key of their header. */
  readonly tables: ReadonlyMap<string, Table>
  /** Headers of tables that hold something else: their rows are left out. */
  readonly others: ReadonlySet<string>
  readonly mark: DecimalMark
  readonly markSure: boolean
  readonly order: DateOrderVerdict
  /** Years of two digits that could as well be days. */
  readonly yearOpen: boolean
  readonly preamble: readonly TableRow[]
  readonly instruments: ReadonlyMap<string, ParsedSecurity>
  readonly account: string | null
  /** Whether there is a ledger, whose symbols are coins'. */
  readonly coins: boolean
  /** Whether a profile knows the layout. */
  readonly known: boolean
}

/** Clock times of the United States stand beside days that are written month first. */
const AMERICAN_ZONE = /\b[ECMP][DS]?T\b/

const NO_OVERRIDES: Overrides = new Map()
const DATA_ROWS = 2000
const LONGEST_HEADING = 80

/** What tells one header from another. */
export function headerKey(cells: readonly string[]): string {
  const folded = cells.map((cell) => foldPhrase(cell))
  while (folded.at(-1) === '') folded.pop()
  return folded.join('|')
}

/** The key of a section's header: section names may share headings. */
export const sectionKey = (section: string, cells: readonly string[]): string => `${section}\u0001${headerKey(cells)}`

/** Whether a row may be a header: words only, several of which are known over tables of activities. */
export function isHeaderRow(cells: readonly string[], thisYear: number): boolean {
  if (cells.length < 3) return false
  let filled = 0
  let known = 0
  let dated = false
  for (const raw of cells) {
    const cell = raw.trim()
    if (cell === '') continue
    filled += 1
    if (cell.length > LONGEST_HEADING) return false
    const code = cell.charCodeAt(0)
    if (code >= 48 && code <= 57 && (isDateText(cell, thisYear) || /^[\d.,\s]+$/.test(cell))) return false
    const matches = matchHeading(cell)
    const best = matches[0]
    if (best === undefined || best.score < 0.9) continue
    known += 1
    dated ||= matches.some(({ role }) => role === 'date' || role === 'settlement' || role === 'time')
  }
  if (filled < 3) return false
  if (dated && known >= 3 && (known >= 6 || known * 3 >= filled)) return true
  // words that only a profile knows
  return known > 0 && profileOfHeader(cells, '') !== null
}

const NUMBER_LIKE = /^[-+(−–]?\s?[^\d\s]{0,4}\s?[\d.,'’\s]+\s?[^\d\s]{0,10}$/u

/** The decimal mark from every number of the tables. */
function detectMark(rows: readonly TableRow[], thisYear: number): { mark: DecimalMark; sure: boolean } {
  const count = new MarkCount()
  for (const { cells } of rows.slice(0, DATA_ROWS)) {
    for (const raw of cells) {
      const cell = raw.trim()
      if (cell.length < 3 || cell.length > 40 || !NUMBER_LIKE.test(cell) || isDateText(cell, thisYear)) continue
      count.add(cell)
    }
  }
  return count.verdict()
}

interface Found {
  readonly key: string
  readonly section: string | null
  readonly header: readonly string[]
  readonly at: number
  readonly rows: TableRow[]
}

const FEWEST_CELLS = 3

/** Whether a row may be one of the table: several cells, some of them with figures. */
function isBodyRow(cells: readonly string[]): boolean {
  let filled = 0
  let figures = false
  for (const cell of cells) {
    if (cell.trim() === '') continue
    filled += 1
    figures ||= /\d/.test(cell)
    if (figures && filled >= FEWEST_CELLS) return true
  }
  return false
}

/** Splits the rows at each header; a header that comes again goes on with its table. */
function findTables(rows: readonly TableRow[], thisYear: number): Found[] {
  const found = new Map<string, Found>()
  let current: Found | null = null
  for (const [at, row] of rows.entries()) {
    if (isHeaderRow(row.cells, thisYear)) {
      const key = headerKey(row.cells)
      current = found.get(key) ?? { key, section: null, header: row.cells.map((cell) => cell.trim()), at, rows: [] }
      found.set(key, current)
    } else if (current !== null && current.rows.length < DATA_ROWS && isBodyRow(row.cells)) current.rows.push(row)
  }
  return [...found.values()]
}

/** The key of a table without a header: it begins with the file. */
export const HEADERLESS = '\u0002'

function headerlessTable(rows: readonly TableRow[], thisYear: number): Found | null {
  const { mark } = detectMark(rows, thisYear)
  const header = headerOfHeaderless(rows, mark, thisYear)
  if (header === null) return null
  const body = rows.filter(({ cells }) => isBodyRow(cells)).slice(0, DATA_ROWS)
  return { key: HEADERLESS, section: null, header, at: 0, rows: body }
}

function findSections(rows: readonly TableRow[], sections: NonNullable<Profile['sections']>): Found[] {
  const found = new Map<string, Found>()
  const current = new Map<string, Found>()
  for (const [at, { cells, record }] of rows.entries()) {
    const [name = '', kind = ''] = cells
    if (!Object.hasOwn(sections.tables, name)) continue
    const rest = cells.slice(2)
    if (kind === sections.header) {
      const key = sectionKey(name, rest)
      const table = found.get(key) ?? { key, section: name, header: rest.map((cell) => cell.trim()), at, rows: [] }
      found.set(key, table)
      current.set(name, table)
    } else if (kind === sections.data) current.get(name)?.rows.push({ record, cells: rest })
  }
  return [...found.values()]
}

function instrumentsOf(rows: readonly TableRow[], profile: Profile): Map<string, ParsedSecurity> {
  const securities = new Map<string, ParsedSecurity>()
  const rule = profile.sections?.instruments
  if (rule === undefined) return securities
  let header: readonly string[] = []
  for (const { cells } of rows) {
    if (cells[0] !== rule.section) continue
    if (cells[1] === profile.sections?.header) header = cells.map((cell) => cell.trim())
    else {
      const cell = (heading: string): string => {
        const at = header.indexOf(heading)
        return at < 0 ? '' : trimmedCell(cells, at)
      }
      const id = cell(rule.id)
      const name = cell(rule.name)
      const kind = classOfCell(cell(rule.class))
      for (const symbol of cell(rule.symbol).split(',')) {
        securities.set(symbol.trim(), {
          ...(isIsin(id) ? { isin: id } : {}),
          symbol: symbol.trim(),
          ...(name === '' ? {} : { name }),
          ...(kind === undefined ? {} : { class: kind }),
        })
      }
    }
  }
  return securities
}

/** Texts such as "Bought 10 Foo ETF (FOO)" in the table's descriptions make it one of trades. */
function speaksOfTrades(columns: Columns, rows: readonly TableRow[]): boolean {
  const { at, many } = columns
  if ((at.net === undefined && at.credit === undefined) || at.date === undefined) return false
  const texts = [...(many.description ?? []), ...(many.note ?? []), at.name, at.action].filter(
    (index) => index !== undefined,
  )
  let hits = 0
  const sample = rows.slice(0, 200)
  for (const { cells } of sample) {
    // the last of the patterns looks for a ticker in brackets alone, which many a payee has
    if (texts.some((index) => phrases.slice(0, -1).some((phrase) => phrase.test(trimmedCell(cells, index))))) hits += 1
  }
  return hits >= 1 && hits * 5 >= sample.length
}

function yearIsOpen(texts: readonly string[], order: DateOrder, thisYear: number): boolean {
  if (order === 'ymd') return false
  const firsts = new Set<number>()
  const lasts = new Set<number>()
  for (const text of texts) {
    const evidence = dateEvidence(text, thisYear)
    if (evidence === null || evidence.form === 'certain') return false
    const [first, , last] = evidence.parts
    if (first > 31 || last > 31 || first === 0) return false
    firsts.add(first)
    lasts.add(last)
  }
  return texts.length > 0 && lasts.size >= firsts.size
}

/**
 * Finds the tables of activities in the rows of any table and how their dates and numbers are written; null where there
 * is none. `rows` are all rows, or a sample that begins with the first ones.
 */
export function surveyRows(rows: readonly TableRow[], name: string, today: IsoDate): Survey | null {
  const thisYear = Number(today.slice(0, 4))
  const sectioned = sectionedProfile(rows.slice(0, 60).map(({ cells }) => cells))
  const found = sectioned?.sections === undefined ? findTables(rows, thisYear) : findSections(rows, sectioned.sections)
  const bare = found.length > 0 || sectioned !== null ? null : headerlessTable(rows, thisYear)
  if (bare !== null) found.push(bare)
  const first = found[0]
  if (first === undefined) return null
  const preamble = rows.slice(0, first.at)
  const above = [name, ...preamble.slice(-30).map(({ cells }) => cells.join(' '))].join('\n')
  let profile = sectioned
  const { mark, sure } = detectMark(
    found.flatMap((table) => table.rows),
    thisYear,
  )
  const tables = new Map<string, Table>()
  const others = new Set<string>()
  for (const { key, section, header, rows: body } of found) {
    const own = sectioned ?? profileOfHeader(header, above)
    const rules: TableRules = section === null ? (own ?? {}) : (sectioned?.sections?.tables[section] ?? {})
    const columns = assignColumns(
      header,
      body.map(({ cells }) => cells),
      { mark, thisYear, overrides: rules.columns ?? NO_OVERRIDES },
    )
    const dated = columns.at.date !== undefined || columns.at.settlement !== undefined
    const mine = own !== null ? dated : isActivityTable(columns) || speaksOfTrades(columns, body)
    if (mine) {
      tables.set(key, { header, columns, rules, rows: body })
      profile ??= own
    } else others.add(key)
  }
  if (tables.size === 0) return null
  const dates = [...tables.values()].flatMap(({ columns, rows: body }) => {
    const at = columns.at.date ?? columns.at.settlement
    return at === undefined
      ? []
      : body.map(({ cells }) => dayText(trimmedCell(cells, at))).filter((text) => text !== '')
  })
  const detected = detectDateOrder(dates, today, {
    decimalComma: mark === ',' && sure,
    dollar: profile?.currency === 'USD' || hasDollar(tables) || dates.some((text) => AMERICAN_ZONE.test(text)),
  })
  const order: DateOrderVerdict =
    profile?.dateOrder !== undefined && detected.certainty !== 'proven'
      ? { order: profile.dateOrder, certainty: 'proven' }
      : detected
  return {
    profile,
    tables,
    others,
    mark,
    markSure: sure,
    order,
    yearOpen: profile?.dateOrder === undefined && yearIsOpen(dates, order.order, thisYear),
    preamble,
    instruments: profile === null ? new Map() : instrumentsOf(rows, profile),
    account: sectioned === null ? null : sectionAccount(rows, sectioned),
    coins: [...tables.values()].some(({ columns }) => columns.ledger),
    known: profile !== null,
  }
}

function hasDollar(tables: ReadonlyMap<string, Table>): boolean {
  for (const { rows } of tables.values()) {
    if (rows.slice(0, 50).some(({ cells }) => cells.some((cell) => /(?:^|[^A-Za-z])\$/.test(cell)))) return true
  }
  return false
}

function sectionAccount(rows: readonly TableRow[], profile: Profile): string | null {
  const rule = profile.sections?.account
  if (rule === undefined) return null
  const row = rows.find(({ cells }) => cells[0] === rule.section && cells[2]?.trim() === rule.number)
  return row?.cells[3]?.trim().replace(/\s.*$/, '') || null
}

/** The day of a cell such as "10/14/2020 as of 10/13/2020". */
export function dayText(text: string): string {
  const at = text.search(/ as of /i)
  const day = at < 0 ? text : text.slice(0, at)
  return epochOf(day) === null ? day : ''
}
