import { type Kysely, sql } from 'kysely'

/**
 * A balance that a file states for the end of a day ('day', from its running balance) is kept, too; and a difference
 * that the user has looked at and accepted: stated − counted, in minor units. A check cannot be changed in place.
 */
const statements: readonly string[] = [
  `create table balance_assertions_renewed (
    id integer primary key,
    account_id integer not null references accounts (id) on delete cascade,
    as_of text not null,
    kind text not null check (kind in ('opening', 'closing', 'available', 'limit', 'day')),
    balance_minor integer not null,
    accepted_minor integer,
    import_run_id integer references import_runs (id) on delete restrict
  ) strict`,
  `insert into balance_assertions_renewed (id, account_id, as_of, kind, balance_minor, import_run_id)
   select id, account_id, as_of, kind, balance_minor, import_run_id from balance_assertions`,
  `drop table balance_assertions`,
  `alter table balance_assertions_renewed rename to balance_assertions`,
  // covers the balances of an account in the order of their days
  `create index balance_assertions_account on balance_assertions (account_id, as_of, kind, balance_minor)`,
  `create index balance_assertions_run on balance_assertions (import_run_id) where import_run_id is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
