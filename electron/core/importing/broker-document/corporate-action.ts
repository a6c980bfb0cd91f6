import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedTransaction } from '../importer.ts'
import type { NumberFigure } from './figures.ts'
import type { DocumentLine } from './lines.ts'
import { countsWithUnit } from './settlement-security.ts'

const OUT =
  /\b(?:ausbuchung|ausgebucht|abgang|ausgang|zu lasten ihres depots|removed|booked out|old shares|sortie|uscita|salida|afboeking)\b/i
const IN =
  /\b(?:einbuchung|eingebucht|zugang|eingang|zu gunsten ihres depots|received|booked in|new shares|einlieferung|zuteilung|entrée|entrata|entrada|bijboeking)\b/i
const OLD =
  /\b(?:alter bestand|bisheriger bestand|bestand vor|alte stückzahl|bestand alt|old quantity|quantity before|shares before|previous quantity|ancienne quantité|quantité avant|quantità precedente|cantidad anterior|oud aantal)\b/i
const NEW =
  /\b(?:neuer bestand|bestand nach|neue stückzahl|bestand neu|new quantity|quantity after|shares after|nouvelle quantité|quantité après|nuova quantità|cantidad nueva|nueva cantidad|nieuw aantal)\b/i
const SPLIT =
  /^[^\p{L}]*(?:\p{L}+[ -]){0,3}(?:(?:aktien|reverse |stock |share |forward )?-?splits?|aktienzusammenlegung|zusammenlegung|fractionnement|regroupement|frazionamento|raggruppamento|desdoblamiento|contrasplit|aandelensplitsing|desdobramento|grupamento)\b/iu
const LONGEST_TITLE = 8

/** How many lines below a count its ISIN may stand. */
const ISIN_BELOW = 2

interface Leg {
  readonly isin: string
  readonly name: string
  /** Positive into the account, negative out of it. */
  readonly quantity: Decimal
}

const isinIn = (line: DocumentLine | undefined): string | undefined => {
  const figure = line?.figures.find(({ type }) => type === 'isin')
  return figure?.type === 'isin' ? figure.value : undefined
}

const plainCount = (line: DocumentLine): NumberFigure | undefined => {
  const figure = line.figures.find(
    (entry) => entry.type === 'number' && entry.currency === null && !entry.percent && signOfDecimal(entry.value) !== 0,
  )
  return figure?.type === 'number' ? figure : undefined
}

/** The count of a leg and the ISIN in its line; a count with its unit may have the ISIN a line or two below. */
function countedAt(
  lines: readonly DocumentLine[],
  at: number,
): { isin: string; name: string; count: NumberFigure } | null {
  const line = lines[at]
  if (line === undefined) return null
  const own = line.figures.find(({ type }) => type === 'isin')
  if (own?.type === 'isin') {
    const count = plainCount(line)
    if (count === undefined) return null
    const name = line.text.slice(count.end, own.start).replace(/\bISIN[\s:]*$/, '')
    return { isin: own.value, count, name }
  }
  const [count] = countsWithUnit(line)
  if (count === undefined) return null
  for (let below = at + 1; below <= at + ISIN_BELOW; below += 1) {
    const isin = isinIn(lines[below])
    if (isin !== undefined)
      return plainCount(lines[below] ?? line) === undefined ? { isin, count, name: nameBefore(line, count) } : null
  }
  return null
}

/** "1 Einbuchung NVIDIA CORP. 90 Stk.": what stands in front of the count, without the number of the row and its verb. */
const nameBefore = (line: DocumentLine, count: NumberFigure): string =>
  line.text
    .slice(0, count.start)
    .replace(/^\s*\d{1,2}[.)]?\s+/, '')
    .replace(OUT, '')
    .replace(IN, '')

/** The securities that a corporate action takes and gives, by the words above or beside their counts, or by a sign. */
function legsIn(lines: readonly DocumentLine[]): Leg[] {
  const legs: Leg[] = []
  let direction: 1 | -1 | 0 = 0
  for (const [at, line] of lines.entries()) {
    const counted = countedAt(lines, at)
    if (line.words.length <= 8 || counted !== null) {
      if (OUT.test(line.text)) direction = -1
      else if (IN.test(line.text)) direction = 1
    }
    if (counted === null || direction === 0) continue
    const size = absoluteDecimal(counted.count.value)
    const name = counted.name.trim().replaceAll(/\s+/g, ' ').slice(0, 140)
    legs.push({ isin: counted.isin, name, quantity: direction < 0 ? negateDecimal(size) : size })
    direction = 0
  }
  return legs
}

/** What a split adds, by the counts before and after it that the document states for its one security. */
function statedChange(lines: readonly DocumentLine[]): Leg | null {
  const isins = new Set(lines.flatMap((line) => isinIn(line) ?? []))
  const [isin] = isins
  const countAt = (words: RegExp): Decimal | undefined => {
    const line = lines.find(({ text }) => words.test(text))
    const found = line === undefined ? undefined : (countsWithUnit(line)[0] ?? plainCount(line))
    return found === undefined ? undefined : absoluteDecimal(found.value)
  }
  const [before, after] = [countAt(OLD), countAt(NEW)]
  if (isin === undefined || isins.size > 1 || before === undefined || after === undefined) return null
  return { isin, name: '', quantity: subtractDecimal(after, before) }
}

const isSplitTitle = ({ text, words }: DocumentLine): boolean => words.length <= LONGEST_TITLE && SPLIT.test(text)

/**
 * What a corporate action does to the securities of the account: no cash moves. A split of one security is one change of
 * its number, which moves no cost; what comes for another security leaves and enters.
 */
export function readLegs(lines: readonly DocumentLine[], date: IsoDate): ParsedTransaction[] {
  const legs = legsIn(lines)
  const booked = (kind: ParsedTransaction['kind'], { isin, name, quantity }: Leg): ParsedTransaction => ({
    date,
    amount: ZERO,
    kind,
    quantity,
    security: { isin, ...(name === '' ? {} : { name }) },
  })
  if (lines.some(isSplitTitle) && new Set(legs.map(({ isin }) => isin)).size <= 1) {
    const [first] = legs
    const change =
      statedChange(lines) ??
      (first === undefined
        ? null
        : { ...first, quantity: legs.reduce((sum, { quantity }) => addDecimal(sum, quantity), ZERO) })
    if (change !== null && signOfDecimal(change.quantity) !== 0) return [booked('split', change)]
  }
  return legs.map((leg) => booked(signOfDecimal(leg.quantity) < 0 ? 'security-out' : 'security-in', leg))
}
