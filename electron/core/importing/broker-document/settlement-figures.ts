import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { absoluteDecimal, type Decimal } from '../../../../shared/domain/decimal.ts'
import type { Figure, NumberFigure } from './figures.ts'
import { type DocumentLine, type LineHit, phrasesIn } from './lines.ts'
import { endOfSettlement, type LabelName, labels } from './vocabulary.ts'

/** A label with the figures that belong to it: those behind it up to the next label, else those of the next line. */
export interface Labelled {
  readonly label: LabelName
  readonly phrase: string
  /** Index among the lines of the part that is read. */
  readonly line: number
  readonly figures: readonly Figure[]
  /** The text behind the label up to the next one. */
  readonly rest: string
  /** Whether the figures stand in the line below: a header over its column. */
  readonly below: boolean
  /** Behind a title such as "tax information". */
  readonly after: boolean
}

/** Labels of amounts end the reach of an amount's label; those of other things end the reach of their own sort. */
const AMOUNT_LABELS: ReadonlySet<LabelName> = new Set([
  'price',
  'gross',
  'net1',
  'net2',
  'fee',
  'discount',
  'tax',
  'taxInformation',
  'accrued',
  'rate',
  'quantity',
])

const isAmountLabel = (label: LabelName): boolean => AMOUNT_LABELS.has(label)

function within(figures: readonly Figure[], from: number, to: number): Figure[] {
  return figures.filter(({ start, end }) => start >= from && end <= to)
}

/** What may stand in a header: currencies, and the small numbers of footnotes. */
const isFootnote = (figure: Figure): boolean =>
  figure.type === 'currency' || (figure.type === 'number' && figure.decimals === 0 && /^-?\d$/.test(figure.value))

/** Every label of the lines with what belongs to it. */
export function labelledFigures(lines: readonly DocumentLine[]): Labelled[] {
  const found: Labelled[] = []
  const hitsOf = lines.map((line) => phrasesIn(line, labels))
  let after = false
  for (const [at, line] of lines.entries()) {
    if (line.words.length <= 9 && phrasesIn(line, endOfSettlement).some(({ before }) => before <= 1)) after = true
    const hits = hitsOf[at] ?? []
    for (const [index, hit] of hits.entries()) {
      const end = reachOf(hit, hits.slice(index + 1), line.text.length)
      const own = within(line.figures, hit.end, end)
      const next = lines[at + 1]
      const below = own.length === 0 && next !== undefined && line.figures.every(isFootnote)
      found.push({
        label: hit.meaning,
        phrase: hit.phrase,
        line: at,
        figures: below ? belowHeader(hit, hits, next.figures) : own,
        rest: line.text.slice(hit.end, end),
        below,
        after,
      })
    }
  }
  return found
}

const DATE_LABELS: ReadonlySet<LabelName> = new Set([
  'tradeDate',
  'paymentDate',
  'valueDate',
  'documentDate',
  'otherDate',
])

/** Several dates under as many labels of dates: each has its own. */
function belowHeader(
  hit: LineHit<LabelName>,
  hits: readonly LineHit<LabelName>[],
  figures: readonly Figure[],
): readonly Figure[] {
  if (!DATE_LABELS.has(hit.meaning)) return figures
  const headers = hits.filter(({ meaning }) => DATE_LABELS.has(meaning))
  const dates = figures.filter(({ type }) => type === 'date')
  if (headers.length < 2 || headers.length !== dates.length) return figures
  const own = dates[headers.indexOf(hit)]
  return figures.filter((figure) => figure.type !== 'date' || figure === own)
}

function reachOf(hit: LineHit<LabelName>, others: readonly LineHit<LabelName>[], length: number): number {
  const amount = isAmountLabel(hit.meaning)
  const next = others.find(({ meaning }) =>
    amount
      ? isAmountLabel(meaning) && !(hit.meaning.startsWith('net') && meaning.startsWith('net'))
      : meaning === hit.meaning || isAmountLabel(meaning),
  )
  return next?.start ?? length
}

export interface Money {
  readonly value: Decimal
  readonly currency: CurrencyCode | null
  readonly sign: -1 | 0 | 1
  readonly line: number
}

/** Whether a number can be an amount of money: a currency beside it, or as many digits behind the mark as money has. */
export function isMoney(figure: Figure): figure is NumberFigure {
  return figure.type === 'number' && !figure.percent && (figure.currency !== null || figure.decimals === 2)
}

/** The amount that belongs to a label: the last one in its reach, as a magnitude with the sign told apart. */
export function moneyOf(labelled: Labelled): Money | null {
  const figure = labelled.figures.findLast(isMoney)
  if (figure === undefined) return null
  return { value: absoluteDecimal(figure.value), currency: figure.currency, sign: figure.sign, line: labelled.line }
}
