import {
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  parseDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Finding, ParsedTransaction } from '../importer.ts'

/** Quicken writes a split as new shares for ten old ones. */
const OLD_SHARES = parseDecimal('10')
const SHARE_DIGITS = 10

interface Holding {
  quantity: Decimal
  lastOn: IsoDate
  /** Dates have only risen, so that what was held at a split is what the lines before it add up to. */
  inOrder: boolean
}

/**
 * QIF tells the ratio of a split, not how many shares came of it: that is what the file's own lines before it add up
 * to, times the ratio. Keeps the shares of each security of each statement while a file is read.
 */
export class ShareSplits {
  readonly #held = new Map<string, Holding>()

  /** The transaction as it is to be imported; with a warning where a split's shares cannot be worked out. */
  follow(
    statement: number,
    transaction: ParsedTransaction,
    newForTen: Decimal | null,
  ): { readonly transaction: ParsedTransaction; readonly finding?: Finding } {
    const name = transaction.security?.name
    if (name === undefined) return { transaction }
    const key = `${statement} ${name}`
    const known = this.#held.get(key) ?? { quantity: ZERO, lastOn: transaction.date, inOrder: true }
    this.#held.set(key, known)
    if (transaction.date < known.lastOn) known.inOrder = false
    known.lastOn = transaction.date
    if (transaction.kind !== 'split') {
      known.quantity = addDecimal(known.quantity, transaction.quantity ?? ZERO)
      return { transaction }
    }
    if (newForTen === null || signOfDecimal(newForTen) <= 0 || !known.inOrder || signOfDecimal(known.quantity) <= 0) {
      known.inOrder = false
      const message =
        'The split of a security could not be applied: the file does not show how many shares were held. ' +
        'Correct the number of shares by hand.'
      return { transaction, finding: { severity: 'warning', code: 'unsupported-record', message } }
    }
    const after = divideDecimal(multiplyDecimal(known.quantity, newForTen), OLD_SHARES, SHARE_DIGITS)
    const quantity = subtractDecimal(after, known.quantity)
    known.quantity = after
    return { transaction: { ...transaction, quantity } }
  }
}
