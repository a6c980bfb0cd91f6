import { isTrustedReference } from '../../../../shared/domain/bank-reference.ts'
import { daysBetween, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { normaliseText } from '../fingerprint.ts'

/** What a pending line and the booked line it becomes have in common. */
export interface LineTraits {
  readonly bookedOn: IsoDate
  readonly amountMinor: number
  readonly payee: string
  readonly reference: string | null
}

/** A booking follows its pending line within so many days. */
export const PENDING_DAYS = 10

const wordsOf = (payee: string): Set<string> =>
  new Set(
    normaliseText(payee)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1 && !/^\d+$/.test(word)),
  )

/** Whether two payees may be one: equal, one within the other, half of the words shared, or one of them missing. */
export function similarPayees(left: string, right: string): boolean {
  const a = normaliseText(left)
  const b = normaliseText(right)
  if (a === '' || b === '' || a === b || a.includes(b) || b.includes(a)) return true
  const first = wordsOf(a)
  const second = wordsOf(b)
  const smaller = Math.min(first.size, second.size)
  return smaller > 0 && first.intersection(second).size * 2 >= smaller
}

/** Whether the booked line is what the pending one has become. Both are of one account. */
export function settles(booked: LineTraits, pending: LineTraits): boolean {
  if (booked.amountMinor !== pending.amountMinor) return false
  const days = daysBetween(pending.bookedOn, booked.bookedOn)
  if (Math.abs(days) > PENDING_DAYS) return false
  const reference = booked.reference ?? undefined
  if (isTrustedReference(reference) && reference === pending.reference) return true
  return days >= -1 && similarPayees(booked.payee, pending.payee)
}
