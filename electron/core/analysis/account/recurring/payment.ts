/** One booked line as the search for series sees it. */
export interface Payment {
  readonly id: number
  readonly accountId: number
  /** Days since 1970-01-01. */
  readonly day: number
  /** A magnitude in the account's currency; the direction is that of its group. */
  readonly minor: number
  /** A magnitude in the currency it was charged in, where that is another one. */
  readonly originalMinor: number | null
}

/** The amount that a price is told by: in the currency it was charged in. */
export const chargedMinor = (payment: Payment): number => payment.originalMinor ?? payment.minor
