import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { ParsedTransaction, Reason } from '../importer.ts'
import type { FlexDates } from './flex-date.ts'
import { type FlexElement, FlexFault } from './flex-element.ts'
import type { FlexSecurities } from './flex-security.ts'

/** What the whole file says and single elements are read by. */
export interface FlexContext {
  readonly dates: FlexDates
  readonly securities: FlexSecurities
  /** See `FlexSurvey`. */
  readonly undone: ReadonlySet<string>
}

/** Money or units that move on the account of one currency. */
export interface FlexBooking {
  readonly currency: CurrencyCode
  /** `transferAccount` is the other currency's code here. */
  readonly transaction: ParsedTransaction
}

/** What becomes of one element. */
export type FlexOutcome =
  | { readonly type: 'booked'; readonly main: FlexBooking; readonly legs: readonly FlexBooking[] }
  | { readonly type: 'skipped' | 'failed'; readonly reason: Reason }

export const booked = (main: FlexBooking, legs: readonly FlexBooking[] = []): FlexOutcome => ({
  type: 'booked',
  main,
  legs,
})

export const skipped = (code: Reason['code'], message: string): FlexOutcome => ({
  type: 'skipped',
  reason: { code, message },
})

/** Reads one element; what it cannot be read for becomes the reason of this record alone. */
export function attempt(element: FlexElement, read: (element: FlexElement) => FlexOutcome): FlexOutcome {
  try {
    return read(element)
  } catch (error) {
    if (!(error instanceof FlexFault)) throw error
    return { type: 'failed', reason: error.reason }
  }
}

/** The broker's own number of a record. */
export function referenceOf(element: FlexElement): { reference?: string } {
  const reference = element.text('transactionID', 'tradeID', 'ibExecID', 'execID')
  return reference === undefined || reference === '0' ? {} : { reference }
}
