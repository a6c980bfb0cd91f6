import { type HeaderConcept, matchHeader } from '../delimited/header-vocabulary.ts'
import { scoreHeader } from '../delimited/locate-table.ts'
import type { DocumentText, TextLine, TextPage } from './document-text.ts'
import { isWide } from './plain-document.ts'
import type { Token } from './line-tokens.ts'

/** A column's title: its words may stand on several lines. */
export interface TitleCell {
  readonly text: string
  readonly x: number
  readonly right: number
  readonly concern: 'date' | 'money' | 'text'
}

export interface FoundHeader {
  /** Indices of the page's lines: the first of the header, and the first below it. */
  readonly first: number
  readonly below: number
  readonly titles: readonly TitleCell[]
}

const LINES = 4
/** Lines of one header follow each other within this many heights of a letter; text keeps blank lines between. */
const PITCH = { pdf: 2.6, text: 8 } as const
const FAIR = 0.6

const DATES: ReadonlySet<HeaderConcept> = new Set(['booking-date', 'date', 'transaction-date', 'value-date'])
const MONEY: ReadonlySet<HeaderConcept> = new Set([
  'amount',
  'account-amount',
  'net',
  'gross',
  'total',
  'debit',
  'credit',
  'balance',
  'fee',
  'tax',
  'original-amount',
])

/** What a title is over: days, sums of money or anything else. */
export function concernOf(title: string): TitleCell['concern'] {
  for (const { concept, score } of matchHeader(title)) {
    if (score < FAIR) break
    if (DATES.has(concept)) return 'date'
    if (MONEY.has(concept)) return 'money'
    return 'text'
  }
  return 'text'
}

/** Words of one title, those of different lines joined as its script does. */
function joinTitles(upper: string, lower: string): string {
  const wide = isWide(upper.codePointAt(upper.length - 1) ?? 0) && isWide(lower.codePointAt(0) ?? 0)
  return wide ? upper + lower : `${upper} ${lower}`
}

interface Piece {
  text: string
  x: number
  right: number
}

const overlap = (a: Piece, b: Piece): number => Math.min(a.right, b.right) - Math.max(a.x, b.x)

/** The titles of a block of lines: what stands under one another is one title. */
function piecesOf(lines: readonly TextLine[]): Piece[] {
  const pieces: Piece[] = []
  for (const line of lines) {
    for (const cell of line.cells) {
      const piece: Piece = { text: cell.text, x: cell.x, right: cell.x + cell.width }
      const under = pieces
        .filter((known) => overlap(known, piece) > 0)
        .toSorted((left, right) => overlap(right, piece) - overlap(left, piece))
      const [best] = under
      if (best === undefined) {
        pieces.push(piece)
        continue
      }
      best.text = joinTitles(best.text, piece.text)
      best.x = Math.min(best.x, piece.x)
      best.right = Math.max(best.right, piece.right)
    }
  }
  return pieces.toSorted((left, right) => left.x - right.x)
}

/** A cell that holds two titles ("OPERATION VALEUR", "Debit Credit") is divided between them. */
function dividedLine(line: TextLine): TextLine {
  const cells = line.cells.flatMap((cell) => {
    const { words } = cell
    if (words.length < 2 || words.length > 6) return [cell]
    const whole = matchHeader(cell.text)[0]?.score ?? 0
    if (whole >= 1) return [cell]
    for (let cut = 1; cut < words.length; cut += 1) {
      const left = words.slice(0, cut)
      const right = words.slice(cut)
      const text = (part: typeof words): string => part.map((word) => word.text).join(' ')
      const known = [text(left), text(right)].every((part) => (matchHeader(part)[0]?.score ?? 0) >= 1)
      const concerns = [concernOf(text(left)), concernOf(text(right))]
      if (!known || concerns.every((concern) => concern === 'text')) continue
      return [left, right].map((part) => {
        const first = part[0]
        const last = part.at(-1)
        const x = first?.x ?? 0
        return { text: text(part), x, width: (last?.x ?? 0) + (last?.width ?? 0) - x, words: part }
      })
    }
    return [cell]
  })
  return { ...line, cells }
}

const UNKNOWN_COST = 0.25

/** How well the titles are known: words that belong to none of them (a heading above) make them less so. */
function qualityOf(titles: readonly string[]): number {
  return titles.reduce((sum, title) => sum + (matchHeader(title)[0]?.score ?? -UNKNOWN_COST), 0)
}

/** Codes along the margin, which text taken from a PDF mixes into the lines. */
const MARGIN_CODE = /^[\w*/-]{16,}$/

function isNoise(line: TextLine): boolean {
  return (
    line.cells.length === 1 &&
    ((MARGIN_CODE.test(line.text) && /(?:\d.{0,9}){6}/.test(line.text)) || /^\d{4} \d{4}$/.test(line.text))
  )
}

interface Candidate {
  readonly header: FoundHeader
  readonly score: number
}

function candidateAt(
  page: TextPage,
  tokens: readonly (readonly Token[])[],
  at: number,
  pitch: number,
  thisYear: number,
): Candidate | null {
  let best: Candidate | null = null
  const block: TextLine[] = []
  for (let next = at; next < page.lines.length && block.length < LINES; next += 1) {
    const line = page.lines[next]
    const above = block.at(-1)
    if (line === undefined) break
    if (isNoise(line)) {
      if (block.length === 0) return null
      continue
    }
    if (above !== undefined && line.y - above.y > pitch * Math.max(line.height, above.height)) break
    if (tokens[next]?.some((token) => token.amount || token.date === 'full') === true) break
    block.push(dividedLine(line))
    const titles = piecesOf(block)
    if (titles.length < 2 || titles.some(({ text }) => text.length > 60)) continue
    const found = scoreHeader(
      titles.map(({ text }) => text),
      thisYear,
    )
    if (!found.hasDate || !(found.hasAmount || found.hasBalance)) continue
    const score = qualityOf(titles.map(({ text }) => text))
    // a further line belongs to the header as long as its titles stay as well known with it
    if (best !== null && score < best.score) continue
    const cells = titles.map(({ text, x, right }): TitleCell => ({ text, x, right, concern: concernOf(text) }))
    best = { header: { first: at, below: next + 1, titles: cells }, score }
  }
  return best
}

/** The headers of tables of transactions on a page, from top to bottom. */
export function findHeaders(
  page: TextPage,
  tokens: readonly (readonly Token[])[],
  origin: DocumentText['origin'],
  thisYear: number,
): FoundHeader[] {
  const pitch = PITCH[origin]
  const found: FoundHeader[] = []
  for (let at = 0; at < page.lines.length; at += 1) {
    const here = candidateAt(page, tokens, at, pitch, thisYear)
    if (here === null) continue
    // what stands right above a header is no part of it: a later start may know more
    let best = here
    for (let later = at + 1; later < here.header.below; later += 1) {
      const other = candidateAt(page, tokens, later, pitch, thisYear)
      if (other !== null && other.score > best.score) best = other
    }
    found.push(best.header)
    at = best.header.below - 1
  }
  return found
}
