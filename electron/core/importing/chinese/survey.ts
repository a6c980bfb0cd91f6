import { ZERO } from '../../../../shared/domain/decimal.ts'
import { Preamble } from './preamble.ts'
import { rules } from './profile.ts'
import { statusOf } from './status.ts'
import type { RowView } from './row-view.ts'
import type { TableStep } from './walk-table.ts'

/** How the sign of single amounts is to be read. */
export type SignReading = 'as-written' | 'inverted' | 'by-words'

interface SignCount {
  positive: number
  negative: number
}

const signCount = (): SignCount => ({ positive: 0, negative: 0 })

/** The order a refund row belongs to: its own number is the order's with something behind "_" or "*". */
export function orderOfRefund(reference: string): string | null {
  const end = reference.search(/[_*]/)
  return end > 0 ? reference.slice(0, end) : null
}

/** What a first look over a whole table teaches about single rows. */
export class Survey {
  readonly preamble = new Preamble()
  readonly #refunded = new Set<string>()
  readonly #worded = { in: signCount(), out: signCount() }
  readonly #directed = signCount()
  readonly #any = signCount()

  add(step: TableStep): void {
    if (step.type === 'row') this.#addRow(step.row)
  }

  #addRow(row: RowView): void {
    const { profile } = row.layout
    if (!row.has('amount') || (profile.amount === 'magnitude' && profile.closed !== 'evidence')) return
    if (profile.closed === 'evidence') {
      this.#addOrder(row)
      return
    }
    const { amount } = row
    if (amount === null || amount.value === ZERO) return
    const sign = amount.value.startsWith('-') ? 'negative' : 'positive'
    this.#any[sign] += 1
    if (row.direction === 'out') this.#directed[sign] += 1
    const words = `${row.get('type')} ${row.all('item').join(' ')}`
    if (rules.cardWords.in.test(words)) this.#worded.in[sign] += 1
    else if (rules.cardWords.out.test(words)) this.#worded.out[sign] += 1
  }

  #addOrder(row: RowView): void {
    if (!statusOf(row.get('status')).isRefund) return
    const order = orderOfRefund(row.get('reference'))
    if (order !== null) this.#refunded.add(order)
  }

  /** Whether this file holds a refund of the order: then it had been paid. */
  isRefunded(order: string): boolean {
    return this.#refunded.has(order)
  }

  /** Whether rows that say "spent" carry a minus of their own, so that the word must not turn the sign again. */
  get directionIsInSign(): boolean {
    return this.#directed.negative > this.#directed.positive
  }

  /** Whether no amount is negative: where no direction is given either, the sign is a guess. */
  get isOneSided(): boolean {
    return this.#any.positive === 0 || this.#any.negative === 0
  }

  /** On a card's bill, whether spending is positive: from the rows that say what they are, else the majority. */
  get cardSign(): SignReading {
    const { in: received, out: spent } = this.#worded
    const sideOf = (count: SignCount): number => Math.sign(count.positive - count.negative)
    const receivedSide = sideOf(received)
    const spentSide = sideOf(spent)
    if (receivedSide > 0 && spentSide > 0 && received.negative + spent.negative === 0) return 'by-words'
    if (receivedSide !== 0) return receivedSide > 0 ? 'as-written' : 'inverted'
    if (spentSide !== 0) return spentSide > 0 ? 'inverted' : 'as-written'
    return sideOf(this.#any) >= 0 ? 'inverted' : 'as-written'
  }
}
