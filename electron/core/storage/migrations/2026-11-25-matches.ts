import { type Kysely, sql } from 'kysely'

/**
 * Links between transactions with the evidence for them, what the user has told apart, and the other meanings that a
 * transaction is known by: a pending line that was booked, a line of another source that was merged into it. The columns
 * `settled_fingerprint` and `settled_ordinal`, which held the first of these alone, are no longer read.
 */
const statements = [
  `create table matches (
    id integer primary key autoincrement,
    kind text not null check (kind in ('duplicate', 'transfer', 'funding', 'refund')),
    status text not null check (status in ('proposed', 'confirmed', 'rejected')),
    first_transaction_id integer not null references transactions (id) on delete cascade,
    second_transaction_id integer references transactions (id) on delete cascade,
    score integer not null,
    certain integer not null default 0 check (certain in (0, 1)),
    evidence text not null default '[]' check (json_valid(evidence)),
    import_run_id integer references import_runs (id) on delete restrict,
    check (second_transaction_id is null or first_transaction_id <> second_transaction_id)
  ) strict`,
  `create unique index matches_pair on matches (first_transaction_id, second_transaction_id, kind)`,
  `create index matches_second on matches (second_transaction_id) where second_transaction_id is not null`,
  `create index matches_run on matches (import_run_id) where import_run_id is not null`,
  // the list of those that wait for an answer, the likeliest first
  `create index matches_status on matches (status, score, id)`,

  // what the user has told apart, by the meaning of both lines, so that a file imported again does not ask again
  `create table match_rejections (
    id integer primary key autoincrement,
    pair text not null unique,
    kind text not null,
    rejected_at integer not null
  ) strict`,

  // merged: the rows of a line that was merged away, as they were, so that it can be told apart again
  `create table transaction_aliases (
    id integer primary key autoincrement,
    transaction_id integer not null references transactions (id) on delete cascade,
    account_id integer not null references accounts (id) on delete cascade,
    fingerprint blob,
    ordinal integer not null default 0,
    merged text check (merged is null or json_valid(merged)),
    import_run_id integer references import_runs (id) on delete restrict
  ) strict`,
  `create unique index transaction_aliases_meaning on transaction_aliases (account_id, fingerprint, ordinal)`,
  `create index transaction_aliases_transaction on transaction_aliases (transaction_id)`,
  `create index transaction_aliases_run on transaction_aliases (import_run_id) where import_run_id is not null`,
  `insert or ignore into transaction_aliases (transaction_id, account_id, fingerprint, ordinal)
   select id, account_id, settled_fingerprint, settled_ordinal from transactions
   where settled_fingerprint is not null and settled_ordinal is not null order by id`,
  `drop index transactions_settled`,

  // which days of an account a file has covered: two sources tell of one booking only where both cover its day
  `alter table import_run_accounts add column first_on text`,
  `alter table import_run_accounts add column last_on text`,

  // money on its way between own accounts and money given back, without reading the purchases between them
  `create index transactions_moved_money on transactions (kind, account_id, booked_on, amount_minor)
   where kind in ('transfer', 'refund')`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
