import type { Insertable } from 'kysely'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Schema } from '../storage/schema.ts'

interface MadeTransaction {
  readonly accountId: number
  readonly bookedOn: IsoDate
  /** Credit to the account positive. */
  readonly amountMinor: number
  readonly kind: string
  readonly payee: string
}

/** A row that no file brought: made by the user or for them. What only files know is empty. */
export function madeTransaction(made: MadeTransaction): Insertable<Schema['transactions']> {
  return {
    account_id: made.accountId,
    booked_on: made.bookedOn,
    value_on: null,
    booked_time: null,
    amount_minor: made.amountMinor,
    kind: made.kind,
    payee: made.payee,
    raw_payee: made.payee,
    reference: null,
    check_number: null,
    counterparty: null,
    category_id: null,
    source_category: null,
    merchant_category: null,
    original_minor: null,
    original_currency: null,
    original_rate: null,
    import_run_id: null,
    source_record: null,
    fingerprint: null,
  }
}
