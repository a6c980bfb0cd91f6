import { type Kysely, sql } from 'kysely'

/**
 * The few rows that are no payments (trades, opening balances, pending ones) or were charged in another currency: with it
 * the search for payments that come again reads a whole history in indexes alone, which are a third of its table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create index transactions_unlike_payments on transactions (kind, status, original_minor)
       where status <> 'booked' or original_minor is not null or kind in
         ('buy', 'sell', 'reinvestment', 'security-in', 'security-out', 'split', 'return-of-capital', 'opening')`,
    )
    .execute(db)
}
