import { absoluteDecimal, type Decimal, negateDecimal, signOfDecimal } from '../../../../shared/domain/decimal.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { isMoney } from './settlement-figures.ts'
import { chargeWords } from './vocabulary.ts'

export interface Charge {
  readonly record: number
  readonly text: string
  /** Negative: it is taken from the account. */
  readonly amount: Decimal
}

const REACH = 16

/** Charges that are listed among a row's details and booked beside it: its own amount is without them. */
export function chargesBelow(lines: readonly DocumentLine[], from: number, to: number): readonly Charge[] {
  const charges: Charge[] = []
  let within = false
  for (const line of lines.slice(from, Math.min(to, from + REACH))) {
    const word = phrasesIn(line, chargeWords)[0]?.meaning
    if (word === 'charges') within = true
    else if (word === 'end') break
    else if (within) {
      const money = line.figures.findLast(isMoney)
      if (money === undefined) break
      if (signOfDecimal(money.value) === 0) continue
      const text = line.text.slice(0, money.start).trim()
      charges.push({ record: line.number, text, amount: negateDecimal(absoluteDecimal(money.value)) })
    }
  }
  return charges
}
