import { addDays, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'

/** The halves of a transfer are booked within so many days. */
const DAYS = 7

const free = (id: string): string => `not exists (select 1 from transfers where from_transaction_id = ${id})
  and not exists (select 1 from transfers where to_transaction_id = ${id})
  and not exists (select 1 from splits where counterpart_id = ${id})`

export interface TransferHalves {
  readonly from: number
  readonly to: number
}

/**
 * The two halves where a transaction and exactly one other of that account fit: the opposite amount in the same
 * currency, at most seven days apart, neither of them in a transfer yet. Null where none fits or several do.
 */
export function findTransferHalves(vault: Vault, transactionId: number, accountId: number): TransferHalves | null {
  const [own] = sqlRows<{ booked_on: IsoDate; amount_minor: number; account_id: number; currency: string }>(
    vault,
    `select booked_on, amount_minor, account_id, currency from transactions join accounts on accounts.id = account_id
     where transactions.id = ? and amount_minor <> 0 and ${free('transactions.id')}`,
    transactionId,
  )
  if (own === undefined || own.account_id === accountId) return null
  const others = sqlRows<{ id: number }>(
    vault,
    `select transactions.id from transactions join accounts on accounts.id = account_id
     where account_id = ? and booked_on between ? and ? and amount_minor = ? and currency = ?
       and ${free('transactions.id')} limit 2`,
    accountId,
    own.booked_on <= '0001-01-08' ? '' : addDays(own.booked_on, -DAYS),
    own.booked_on >= '9999-12-24' ? '9999-12-31' : addDays(own.booked_on, DAYS),
    -own.amount_minor,
    own.currency,
  )
  const [other] = others
  if (other === undefined || others.length > 1) return null
  return own.amount_minor < 0 ? { from: transactionId, to: other.id } : { from: other.id, to: transactionId }
}
