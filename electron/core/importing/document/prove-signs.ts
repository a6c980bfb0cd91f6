import { signOfDecimal } from '../../../../shared/domain/decimal.ts'
import { rolesOf } from '../delimited/detect-layout.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import type { Reconciliation } from './portion.ts'

export interface SignVerdict {
  readonly layout: DelimitedLayout
  /** −1 where balances are written as what is owed. */
  readonly balanceFactor: 1 | -1
  /** The balances prove the signs. */
  readonly proven: boolean
}

const inverse = (layout: DelimitedLayout): DelimitedLayout => ({
  ...layout,
  sign: layout.sign === 'inverted' ? 'as-written' : 'inverted',
})

export interface SignHints {
  /** The layout is the user's word. */
  readonly settled: boolean
  readonly card: boolean
  /** Headings say that what is spent is written as positive. */
  readonly mirrored: boolean
  /** As written, no more rows are positive than negative. */
  readonly spending: boolean
}

/** A card's balances below zero over rows that are so, too: "199,08-" is owed already as it stands. */
function isWrittenAsOwed({ opening, closing, factor }: Reconciliation, spending: boolean): boolean {
  const signs = [signOfDecimal(opening.amount), signOfDecimal(closing.amount)]
  return factor === 1 && spending && signs.every((sign) => sign <= 0) && signs.some((sign) => sign < 0)
}

/**
 * The signs that opening balance, rows and closing balance agree on. Of a card, what the balance states is owed; of any
 * other account it is owned, and rows that lead away from it have been read the wrong way round.
 */
export function provenSigns(
  proof: Reconciliation | null,
  layout: DelimitedLayout,
  { settled, card, mirrored, spending }: SignHints,
): SignVerdict {
  const at = rolesOf(layout.columns)
  // with a column for each direction, or one that names it, nothing is left to turn
  const single = at.amount !== undefined && at.direction === undefined
  if (proof === null) {
    const owed = mirrored || (card && single && layout.sign === 'inverted')
    return { layout, balanceFactor: owed ? -1 : 1, proven: false }
  }
  const { factor } = proof
  if (!single || settled) return { layout, balanceFactor: factor, proven: true }
  if (card && isWrittenAsOwed(proof, spending)) return { layout, balanceFactor: 1, proven: true }
  if (card) {
    return factor === 1 && layout.sign === 'as-written'
      ? { layout: inverse(layout), balanceFactor: -1, proven: true }
      : { layout, balanceFactor: factor, proven: true }
  }
  return { layout: factor === 1 ? layout : inverse(layout), balanceFactor: 1, proven: true }
}
