import { absoluteDecimal, negateDecimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedTransaction } from '../importer.ts'
import type { DocumentLine } from './lines.ts'

const OUT = /\b(?:ausbuchung|ausgebucht|abgang|ausgang|zu lasten ihres depots|removed|old shares)\b/i
const IN = /\b(?:einbuchung|eingebucht|zugang|eingang|zu gunsten ihres depots|received|new shares|einlieferung)\b/i

/**
 * The securities that a corporate action takes and gives: a line with an ISIN and a count below "Ausbuchung" or
 * "Einbuchung" (or with a sign). No cash moves.
 */
export function readLegs(lines: readonly DocumentLine[], date: IsoDate): ParsedTransaction[] {
  const legs: ParsedTransaction[] = []
  let direction: 1 | -1 | 0 = 0
  for (const line of lines) {
    if (line.words.length <= 8) {
      if (OUT.test(line.text)) direction = -1
      else if (IN.test(line.text)) direction = 1
    }
    const isin = line.figures.find((figure) => figure.type === 'isin')
    const count = line.figures.find(
      (figure) =>
        figure.type === 'number' && figure.currency === null && !figure.percent && signOfDecimal(figure.value) !== 0,
    )
    if (isin === undefined || count?.type !== 'number' || direction === 0) continue
    const quantity = absoluteDecimal(count.value)
    const name = line.text
      .slice(count.end, isin.start)
      .replace(/\bISIN[\s:]*$/, '')
      .trim()
      .replaceAll(/\s+/g, ' ')
    legs.push({
      date,
      amount: ZERO,
      kind: direction < 0 ? 'security-out' : 'security-in',
      quantity: direction < 0 ? negateDecimal(quantity) : quantity,
      security: { isin: isin.value, ...(name === '' ? {} : { name: name.slice(0, 140) }) },
    })
    direction = 0
  }
  return legs
}
