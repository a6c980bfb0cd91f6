import { type Kysely, sql } from 'kysely'

/**
 * Money given back, with what tells whose it is: whether a refund belongs to a new purchase is seen in the index alone,
 * where each row lay on a page of its own. Few rows are refunds, so it is small.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create index transactions_refunds on transactions
         (account_id, booked_on, amount_minor, payee, raw_payee, memo, reference) where kind = 'refund'`,
    )
    .execute(db)
}
