import { PAGE_TEXT_MARK } from '../document/page-text.ts'
import type { Identification } from '../importer.ts'
import { isoDate } from '../../../../shared/domain/iso-date.ts'
import { readLegs } from './corporate-action.ts'
import { type DocumentLine, readDocument } from './lines.ts'
import { type BrokerProfile, profileOf } from './profiles.ts'
import { isMoney, labelledFigures } from './settlement-figures.ts'
import { cryptoOf } from './settlement-security.ts'
import { kindMarksOf } from './settlement-kind.ts'
import { isNet } from './settlement-solve.ts'
import { hasStatementTitle } from './statement.ts'
import { rowsOf } from './statement-rows.ts'
import type { DocumentKind } from './vocabulary.ts'

const OTHER_FORMATS = /^\s*(?:<|\{[^}]|\[|:\d{2}[A-Z]?:|!(?:Type|Account|Option|HDR|TRNS)|OFXHEADER|%PDF|PK|;|\(\w)/
const DUMP = /^(?:`{3}\s*)?(?:PDFBox Version:|PDF (?:Autor|Author|author):|Portfolio Performance Version:)/m
/** Lines that decide whether the text is a table of delimited values. */
const LOOKED_AT = 200

/** Most lines divided by the same mark, as often: a table, not a page. */
function isDelimited(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '').slice(0, LOOKED_AT)
  if (filled.length < 2) return false
  return [';', '\t', '|', ','].some((mark) => {
    const counts = new Map<number, number>()
    for (const line of filled) {
      const count = line.split(mark).length - 1
      if (count >= (mark === ',' ? 4 : 2)) counts.set(count, (counts.get(count) ?? 0) + 1)
    }
    return Math.max(0, ...counts.values()) * 2 >= filled.length
  })
}

const FEWEST_ROWS = 3
const WITHOUT_SECURITY: ReadonlySet<DocumentKind> = new Set(['interest', 'fee', 'tax'])

const ANY_DAY = isoDate(2000, 1, 1)

export interface Evidence {
  readonly says: Identification
  readonly profile: BrokerProfile | null
}

const hasIsin = (lines: readonly DocumentLine[]): boolean =>
  lines.some(({ figures }) => figures.some(({ type }) => type === 'isin'))

/** Whether a text says what it settles, for which security, and what was booked; surely where it says so in full. */
function settles(lines: readonly DocumentLine[], known: boolean): boolean {
  const marks = kindMarksOf(lines)
  if (!marks.some(({ strong }) => strong || known)) return false
  if (marks.some(({ kind, strong }) => strong && kind === 'corporate-action') && readLegs(lines, ANY_DAY).length > 0)
    return true
  const labelled = labelledFigures(lines)
  const booked = labelled.some(
    (entry) => (isNet(entry, 'net1') || (known && isNet(entry, 'net2'))) && entry.figures.some(isMoney),
  )
  const named = hasIsin(lines) || (known && (labelled.some(({ label }) => label === 'wkn') || cryptoOf(lines) !== null))
  // interest, fees and taxes have no security; only an institution that is known is believed
  const plain =
    known && marks.some(({ kind, strong }) => strong && WITHOUT_SECURITY.has(kind)) && !hasStatementTitle(lines)
  return booked && (named || plain)
}

/**
 * How surely a text is a broker's document: the mark of the program that took it from a PDF, an institution's name, a
 * settlement's words. Null where it is plainly something else.
 */
export function evidenceOf(text: string, linesOf: (text: string) => string[]): Evidence | null {
  const opened = text.startsWith(PAGE_TEXT_MARK)
  if (text === '' || (!opened && OTHER_FORMATS.test(text))) return null
  const texts = linesOf(text)
  if (!opened && isDelimited(texts)) return null
  const { lines } = readDocument(texts, 2000)
  const profile = profileOf(lines)
  if (!opened && DUMP.test(text.slice(0, 400))) return { says: 'yes', profile }
  const listed =
    profile?.rows !== undefined && lines.some((line) => profile.rows?.some((row) => row.line.match(line) !== null))
  const divided = profile?.settlements?.some(({ starts }) => lines.some((line) => starts.match(line) !== null)) === true
  if (listed || divided) return { says: opened ? 'yes' : 'likely', profile }
  // an opened PDF without rows of a table is read by its words or not at all
  const single = opened && profile === null && !hasStatementTitle(lines) && rowsOf(lines).length < FEWEST_ROWS
  const settled = settles(lines, profile !== null || single)
  // an opened PDF keeps its columns, and a statement of account is read by them
  const columns = opened && hasStatementTitle(lines) && rowsOf(lines).length >= FEWEST_ROWS
  if (settled) return { says: opened && !columns ? 'yes' : 'likely', profile }
  // plain text of an institution that is not known: nobody else reads a settlement, and its own arithmetic is checked
  if (profile === null) return !opened && hasIsin(lines) && settles(lines, true) ? { says: 'maybe', profile } : null
  return hasStatementTitle(lines) || kindMarksOf(lines).some(({ strong }) => strong) ? { says: 'maybe', profile } : null
}
