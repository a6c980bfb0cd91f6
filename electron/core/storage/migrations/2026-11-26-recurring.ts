import { type Kysely, sql } from 'kysely'

/**
 * Payments that come again. `recurring_series` and `recurring_rows` are what was last found in the history, made anew from
 * it; `recurring_decisions` is what the user said of a series (by its key) or entered by hand (no key). Signs: as the
 * effect on the account. `recurring_state.seen_id`: rows up to it have been looked at; a row that was written below it, or
 * changed since, names its payee in `recurring_dirty`, so that importing a file costs nothing here.
 * `account_floors`: the balance that the user does not want an account to fall below.
 */
const looks = (row: string): string => `case when ${row}.payee = '' then ${row}.memo else ${row}.payee end`

const statements: readonly string[] = [
  `create table recurring_series (
    id integer primary key autoincrement,
    key text not null unique,
    payee_key text not null,
    payee text not null,
    account_id integer not null references accounts (id) on delete cascade,
    category_id integer references categories (id) on delete set null,
    type text not null,
    period text not null,
    anchor text not null check (json_valid(anchor)),
    amount_minor integer not null,
    lowest_minor integer not null,
    highest_minor integer not null,
    fixed integer not null check (fixed in (0, 1)),
    original_minor integer,
    original_currency text,
    first_on text not null,
    last_on text not null,
    occurrences integer not null,
    missed integer not null,
    confidence integer not null,
    prices text not null check (json_valid(prices)),
    evidence text not null check (json_valid(evidence))
  ) strict`,
  `create index recurring_series_account on recurring_series (account_id)`,
  `create index recurring_series_payee on recurring_series (payee_key)`,
  `create index recurring_series_category on recurring_series (category_id) where category_id is not null`,
  `create table recurring_rows (
    transaction_id integer primary key references transactions (id) on delete cascade,
    series_id integer not null references recurring_series (id) on delete cascade
  ) strict`,
  `create index recurring_rows_series on recurring_rows (series_id)`,
  `create table recurring_decisions (
    id integer primary key autoincrement,
    series_key text unique,
    status text not null check (status in ('detected', 'confirmed', 'dismissed')),
    name text,
    account_id integer references accounts (id) on delete cascade,
    category_id integer references categories (id) on delete set null,
    category_set integer not null default 0 check (category_set in (0, 1)),
    type text,
    amount_minor integer,
    period text,
    next_on text,
    ended_on text,
    created_at integer not null,
    check (series_key is not null
      or (name is not null and account_id is not null and amount_minor is not null and period is not null and next_on is not null))
  ) strict`,
  `create index recurring_decisions_account on recurring_decisions (account_id) where account_id is not null`,
  `create index recurring_decisions_category on recurring_decisions (category_id) where category_id is not null`,
  `create table account_floors (
    account_id integer primary key references accounts (id) on delete cascade,
    floor_minor integer not null
  ) strict`,
  `create table recurring_state (
    id integer primary key check (id = 1),
    seen_id integer not null,
    version integer not null
  ) strict`,
  `insert into recurring_state (id, seen_id, version) values (1, 0, 0)`,
  `create table recurring_dirty (text text primary key) strict, without rowid`,
  `create trigger recurring_row_added after insert on transactions
    when new.id <= (select seen_id from recurring_state where id = 1) begin
    insert or ignore into recurring_dirty (text) values (${looks('new')});
  end`,
  `create trigger recurring_row_deleted after delete on transactions
    when old.id <= (select seen_id from recurring_state where id = 1) begin
    insert or ignore into recurring_dirty (text) values (${looks('old')});
  end`,
  `create trigger recurring_row_changed
    after update of payee, memo, amount_minor, booked_on, account_id, original_minor, kind, category_id on transactions
    when old.id <= (select seen_id from recurring_state where id = 1) begin
    insert or ignore into recurring_dirty (text) values (${looks('old')});
    insert or ignore into recurring_dirty (text) values (${looks('new')});
  end`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
