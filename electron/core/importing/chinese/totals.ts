import { absoluteDecimal, addDecimal, type Decimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { Finding } from '../importer.ts'
import type { Preamble } from './preamble.ts'
import type { DirectionWord, RowView } from './row-view.ts'

const DIRECTION_NAMES = { in: '收入', out: '支出', neutral: '不计收支' }

/** What was found in a section, to be compared with what it says of itself. */
export class Tally {
  #rows = 0
  readonly #found = new Map<DirectionWord, { count: number; sum: Decimal }>()

  add(row: RowView): void {
    this.#rows += 1
    const { direction } = row
    if (direction === null) return
    const size = absoluteDecimal(row.amount?.value ?? ZERO)
    const found = this.#found.get(direction)
    if (found === undefined) {
      this.#found.set(direction, { count: 1, sum: size })
    } else {
      found.count += 1
      found.sum = addDecimal(found.sum, size)
    }
  }

  /** Compares what the bill says it holds with what was found in it. */
  *findings(preamble: Preamble): Generator<Finding, void, void> {
    const wrongCounts: string[] = []
    const wrongSums: string[] = []
    if (preamble.count !== null && preamble.count !== this.#rows) {
      wrongCounts.push(`the file says ${preamble.count} records and holds ${this.#rows}`)
    }
    for (const [direction, stated] of preamble.totals) {
      const found = this.#found.get(direction) ?? { count: 0, sum: ZERO }
      if (found.count !== stated.count) {
        wrongCounts.push(`${DIRECTION_NAMES[direction]}: ${stated.count} stated, ${found.count} found`)
      } else if (stated.sum !== null && stated.sum !== found.sum) {
        wrongSums.push(`${DIRECTION_NAMES[direction]}: ${stated.sum} stated, ${found.sum} found`)
      }
    }
    if (wrongCounts.length > 0) {
      yield {
        severity: 'warning',
        code: 'count-mismatch',
        message: `The totals in the file do not match its rows (${wrongCounts.join('; ')}). The file may be incomplete.`,
        values: { details: wrongCounts.join('; ') },
      }
    }
    if (wrongSums.length > 0) {
      // Wallets count refunds and discounts by rules of their own and say so; a difference alone proves nothing.
      yield {
        severity: 'info',
        code: 'count-mismatch',
        message: `Sums stated in the file differ from those of its rows (${wrongSums.join('; ')}).`,
        values: { details: wrongSums.join('; ') },
      }
    }
  }
}
