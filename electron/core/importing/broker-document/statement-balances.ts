import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { isMoney } from './settlement-figures.ts'
import { balanceWordOf } from './statement-rows.ts'
import { statementWords } from './vocabulary.ts'

/** What a statement says of an account before and after its rows; null where it does not. */
export interface Balances {
  readonly opening: Decimal | null
  readonly closing: Decimal | null
}

const LONGEST_TITLE = 14

/** The text in front of which a balance's words are looked for: behind a leading day. */
function leadOf(line: DocumentLine): number {
  const from = line.figures.find(({ type }) => type === 'date' || type === 'day')
  return from !== undefined && line.text.slice(0, from.start).trim() === '' ? from.end : 0
}

/** The balance that a line states: its word, amount and day. */
function statedBy(line: DocumentLine): { word: 'opening' | 'closing'; amount: Decimal; on: IsoDate | null } | null {
  if (line.words.length > LONGEST_TITLE) return null
  const word = balanceWordOf(line, leadOf(line))
  if (word !== 'opening' && word !== 'closing') return null
  const amount = line.figures.findLast(isMoney)
  if (amount === undefined) return null
  const date = line.figures.find((figure) => figure.type === 'date')
  return { word, amount: amount.value, on: date?.type === 'date' ? date.value : null }
}

/** Titles of both balances side by side, with the amounts of one product below: the first and the last of them. */
function inSummary(lines: readonly DocumentLine[]): Balances | null {
  for (const [at, line] of lines.entries()) {
    if (line.figures.some(({ type }) => type !== 'currency')) continue
    const words = new Set(phrasesIn(line, statementWords).map(({ meaning }) => meaning))
    if (!words.has('opening') || !words.has('closing')) continue
    const monies = lines[at + 1]?.figures.filter(isMoney) ?? []
    const others = lines[at + 2]?.figures.filter(isMoney) ?? []
    const [first, last] = [monies[0], monies.at(-1)]
    // the sums of several products are not those of one account
    if (first === undefined || last === undefined || monies.length < 2 || others.length >= monies.length) continue
    return { opening: first.value, closing: last.value }
  }
  return null
}

/**
 * The balances of a section: the first opening and the last closing line; the same words twice, a day apart ("Kontostand
 * am 1.1.", "Kontostand am 31.1."), are both; else those of a summary.
 */
export function balancesOf(lines: readonly DocumentLine[]): Balances {
  let opening: Decimal | null = null
  let closing: Decimal | null = null
  let above: IsoDate | null = null
  for (const line of lines) {
    const stated = statedBy(line)
    const before = above
    above = null
    if (stated === null) continue
    if (stated.word === 'closing') closing = stated.amount
    else if (opening === null) {
      opening = stated.amount
      above = stated.on
    } else if (before !== null && stated.on !== null && before < stated.on) closing ??= stated.amount
  }
  if (opening !== null || closing !== null) return { opening, closing }
  return inSummary(lines) ?? { opening, closing }
}
