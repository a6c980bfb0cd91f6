import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { normaliseText } from '../fingerprint.ts'

/** One half of a transfer: a whole transaction, or one part of it. */
export interface TransferHalf {
  readonly transactionId: number
  readonly splitId: number | null
}

/** Money left `from` and came to `to`; at most one of them is a part. */
export interface TransferPair {
  readonly from: TransferHalf
  readonly to: TransferHalf
}

/** What a half says of itself. */
export interface HalfTraits {
  readonly on: IsoDate
  readonly currency: CurrencyCode
  readonly amountMinor: number
  /** The name of its own account, as the file says. */
  readonly own: string | undefined
  /** The name of the other account. */
  readonly other: string
  /** The source record that both halves come from, where the file is a double-entry book; else null. */
  readonly record: number | null
}

/** Halves of so many kinds wait for their others: a file of any size passes through bounded memory. */
const MOST_WAITING = 200_000

/**
 * Finds the two halves of a transfer within one file: each names the other's account, on the same day, with opposite
 * amounts in one currency; or both come from one record, which may change the currency between. Anything less exact is
 * left for the user.
 */
export class TransferPairs {
  readonly #waiting = new Map<string, TransferHalf[]>()

  /** Takes a new half; answers the pair when its other half has passed before. */
  match(traits: HalfTraits, half: TransferHalf): TransferPair | undefined {
    const { on, currency, amountMinor, record } = traits
    const own = normaliseText(traits.own)
    const other = normaliseText(traits.other)
    if (own === '' || other === '' || own === other || amountMinor === 0) return undefined
    const key = (amount: number, mine: string, theirs: string): string =>
      record === null
        ? [on, currency, amount, mine, theirs].join('\u001f')
        : ['record', record, amount < 0 ? 'out' : 'in', mine, theirs].join('\u001f')
    const waiting = this.#waiting.get(key(-amountMinor, other, own)) ?? []
    // two parts would each need a transaction to point to
    const at = waiting.findIndex(({ splitId }) => splitId === null || half.splitId === null)
    const [partner] = at < 0 ? [] : waiting.splice(at, 1)
    if (partner !== undefined) return amountMinor < 0 ? { from: half, to: partner } : { from: partner, to: half }
    const ownKey = key(amountMinor, own, other)
    const list = this.#waiting.get(ownKey)
    if (this.#waiting.size >= MOST_WAITING) this.#waiting.clear()
    if (list === undefined) this.#waiting.set(ownKey, [half])
    else list.push(half)
    return undefined
  }
}
