/** Trades in securities and opening balances are no payments, pending ones may not come. */
const NO_PAYMENTS = `('buy', 'sell', 'reinvestment', 'security-in', 'security-out', 'split', 'return-of-capital', 'opening')`
export const IS_BOOKED_PAYMENT = `status = 'booked' and kind not in ${NO_PAYMENTS}`
export const PAYMENT_CONDITION = `${IS_BOOKED_PAYMENT} and amount_minor <> 0`
/** What the index `transactions_unlike_payments` holds, in its words. */
export const UNLIKE_PAYMENTS = `status <> 'booked' or original_minor is not null or kind in ${NO_PAYMENTS}`

/** A row as it is read for the search: the text is the payee, or the memo where there is none. */
export type PaymentRow = readonly [
  id: number,
  accountId: number,
  bookedOn: string,
  amountMinor: number,
  originalMinor: number | null,
  isTransfer: 0 | 1,
  text: string,
]

export const PAYMENT_COLUMNS = `id, account_id, booked_on, amount_minor, original_minor, kind = 'transfer',
  case when payee = '' then memo else payee end`
