import { type Kysely, sql } from 'kysely'

/**
 * What the last forecast said of each account that it covers, so that a reminder need not forecast again: made anew from
 * the history. `below_on`: the first day below the floor; null: none in sight. Amounts as balances: credit positive.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table account_outlook (
        account_id integer primary key references accounts (id) on delete cascade,
        computed_on text not null,
        floor_minor integer not null,
        below_on text,
        lowest_minor integer not null,
        lowest_on text not null
      ) strict`,
    )
    .execute(db)
}
