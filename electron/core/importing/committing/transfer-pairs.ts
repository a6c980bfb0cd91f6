import { normaliseText } from '../fingerprint.ts'
import type { RowToPlace } from './statement-state.ts'

/**
 * Finds the two halves of a transfer within one file: each names the other's account, on the same day, with opposite
 * amounts in one currency. Anything less exact is left for the user.
 */
export class TransferPairs {
  readonly #waiting = new Map<string, number[]>()

  /** Takes a new row; answers the pair when its other half has passed before. */
  match(row: RowToPlace, transactionId: number): { from: number; to: number } | undefined {
    const { state, transaction, amountMinor, target } = row
    const own = normaliseText(state.account.name)
    const other = normaliseText(transaction.transferAccount)
    if (own === '' || other === '' || own === other || amountMinor === 0) return undefined
    const key = (amount: number, mine: string, theirs: string): string =>
      [transaction.date, target.currency, amount, mine, theirs].join('\u001f')
    const waiting = this.#waiting.get(key(-amountMinor, other, own))
    const partner = waiting?.shift()
    if (partner !== undefined) {
      return amountMinor < 0 ? { from: transactionId, to: partner } : { from: partner, to: transactionId }
    }
    const ownKey = key(amountMinor, own, other)
    const list = this.#waiting.get(ownKey)
    if (list === undefined) this.#waiting.set(ownKey, [transactionId])
    else list.push(transactionId)
    return undefined
  }
}
