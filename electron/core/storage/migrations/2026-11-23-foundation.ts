import { type Kysely, sql } from 'kysely'

/**
 * The first schema. Signs: `amount_minor` is the effect on the account, credit positive; `balance` columns are what the
 * account holds, so a debt is negative here and shown as a positive liability. Dates are `YYYY-MM-DD` text.
 * Balances and monthly totals are kept by triggers: any write to `transactions`, by whatever code, keeps them right.
 * `autoincrement`: a number is never given twice, for the log of changes names rows by it, and undoing an old import must
 * not take what the user made since for its own.
 */
const statements = [
  `create table vault_meta (key text primary key, value text not null) strict`,
  `create table settings (key text primary key, value text not null check (json_valid(value))) strict`,

  `create table institutions (
    id integer primary key autoincrement,
    key text unique,
    name text not null,
    country text,
    kind text,
    unique (name)
  ) strict`,

  `create table accounts (
    id integer primary key autoincrement,
    name text not null check (length(name) > 0),
    kind text not null,
    institution_id integer references institutions (id) on delete set null,
    number text,
    currency text not null check (length(currency) = 3),
    opening_minor integer not null default 0,
    opening_on text,
    position integer not null default 0,
    closed_on text,
    hidden integer not null default 0 check (hidden in (0, 1)),
    in_net_worth integer not null default 1 check (in_net_worth in (0, 1)),
    notes text not null default '',
    terms text not null default '{}' check (json_valid(terms)),
    created_at integer not null
  ) strict`,
  `create index accounts_institution on accounts (institution_id)`,

  // what a statement called an account, so that the next statement finds it again
  `create table account_identities (
    identity text primary key,
    account_id integer not null references accounts (id) on delete cascade
  ) strict, without rowid`,
  `create index account_identities_account on account_identities (account_id)`,

  `create table categories (
    id integer primary key autoincrement,
    key text unique,
    parent_id integer references categories (id) on delete restrict,
    kind text not null check (kind in ('income', 'expense', 'transfer')),
    name_zh text not null,
    name_en text not null,
    icon text,
    position integer not null default 0,
    archived integer not null default 0 check (archived in (0, 1))
  ) strict`,
  `create index categories_parent on categories (parent_id)`,

  `create table tags (id integer primary key autoincrement, name text not null unique check (length(name) > 0)) strict`,

  `create table securities (
    id integer primary key autoincrement,
    isin text,
    symbol text,
    name text not null,
    other_scheme text,
    other_value text,
    class text not null default 'other',
    currency text
  ) strict`,
  `create unique index securities_isin on securities (isin) where isin is not null`,
  `create index securities_symbol on securities (symbol)`,
  `create index securities_other on securities (other_scheme, other_value)`,

  `create table import_runs (
    id integer primary key autoincrement,
    started_at integer not null,
    file_name text not null,
    file_sha256 text not null,
    file_bytes integer not null,
    importer text not null,
    imported integer not null,
    duplicates integer not null,
    skipped integer not null,
    failed integer not null,
    replaced integer not null,
    rates integer not null default 0,
    prices integer not null default 0,
    findings text not null default '[]' check (json_valid(findings)),
    undone_at integer
  ) strict`,
  `create index import_runs_hash on import_runs (file_sha256)`,
  `create table import_run_accounts (
    import_run_id integer not null references import_runs (id) on delete cascade,
    account_id integer not null references accounts (id) on delete cascade,
    imported integer not null,
    primary key (import_run_id, account_id)
  ) strict, without rowid`,
  `create index import_run_accounts_account on import_run_accounts (account_id)`,
  // every source record that did not become a transaction, with its reason
  `create table import_records (
    import_run_id integer not null references import_runs (id) on delete cascade,
    record integer not null,
    outcome text not null check (outcome in ('duplicate', 'skipped', 'failed', 'left-out')),
    reason text not null,
    message text not null,
    transaction_id integer
  ) strict`,
  `create index import_records_run on import_records (import_run_id, record)`,
  `create table import_layouts (fingerprint text primary key, layout text not null check (json_valid(layout))) strict, without rowid`,

  `create table transactions (
    id integer primary key autoincrement,
    account_id integer not null references accounts (id) on delete restrict,
    booked_on text not null check (length(booked_on) = 10),
    value_on text,
    booked_time text,
    amount_minor integer not null,
    kind text not null,
    status text not null default 'booked' check (status in ('booked', 'pending')),
    payee text not null default '',
    raw_payee text not null default '',
    memo text not null default '',
    reference text,
    check_number text,
    counterparty text,
    category_id integer references categories (id) on delete set null,
    source_category text,
    merchant_category text,
    original_minor integer,
    original_currency text,
    original_rate text,
    notes text not null default '',
    split_count integer not null default 0,
    import_run_id integer references import_runs (id) on delete restrict,
    source_record integer,
    fingerprint blob,
    ordinal integer not null default 0,
    settled_fingerprint blob,
    settled_ordinal integer
  ) strict`,
  // a booked line remembers the pending line whose place it took, so that a file that still lists that one is known
  `create index transactions_settled on transactions (account_id, settled_fingerprint) where settled_fingerprint is not null`,
  // covers running balances and the list of an account, newest first
  `create index transactions_account on transactions (account_id, booked_on, id, amount_minor)`,
  `create index transactions_booked on transactions (booked_on, id)`,
  `create unique index transactions_fingerprint on transactions (account_id, fingerprint, ordinal) where fingerprint is not null`,
  `create index transactions_category on transactions (category_id, booked_on, amount_minor) where category_id is not null`,
  `create index transactions_run on transactions (import_run_id) where import_run_id is not null`,
  `create index transactions_pending on transactions (account_id, booked_on) where status = 'pending'`,

  // source_category: what the imported file called it, "[Savings]" for an account; counterpart_id: the transaction on the
  // other account, where the part is a transfer
  `create table splits (
    id integer primary key,
    transaction_id integer not null references transactions (id) on delete cascade,
    position integer not null,
    amount_minor integer not null,
    category_id integer references categories (id) on delete set null,
    memo text not null default '',
    source_category text,
    counterpart_id integer references transactions (id) on delete set null
  ) strict`,
  `create unique index splits_counterpart on splits (counterpart_id) where counterpart_id is not null`,
  `create index splits_transaction on splits (transaction_id)`,
  `create index splits_category on splits (category_id) where category_id is not null`,

  `create table transaction_tags (
    transaction_id integer not null references transactions (id) on delete cascade,
    tag_id integer not null references tags (id) on delete cascade,
    primary key (transaction_id, tag_id)
  ) strict, without rowid`,
  `create index transaction_tags_tag on transaction_tags (tag_id)`,

  `create table transfers (
    id integer primary key autoincrement,
    from_transaction_id integer not null unique references transactions (id) on delete cascade,
    to_transaction_id integer not null unique references transactions (id) on delete cascade,
    check (from_transaction_id <> to_transaction_id)
  ) strict`,

  // the security side of a transaction; quantity positive into the account; fee and tax are magnitudes within the amount
  `create table trades (
    transaction_id integer primary key references transactions (id) on delete cascade,
    account_id integer not null references accounts (id) on delete cascade,
    security_id integer not null references securities (id) on delete restrict,
    booked_on text not null,
    quantity text not null,
    price text,
    fee_minor integer not null default 0,
    tax_minor integer not null default 0
  ) strict`,
  `create index trades_holding on trades (account_id, security_id, booked_on)`,
  `create index trades_security on trades (security_id)`,
  // a trade lies on the account and day of its transaction
  `create trigger transactions_trade_moved after update of account_id, booked_on on transactions begin
    update trades set account_id = new.account_id, booked_on = new.booked_on where transaction_id = new.id;
  end`,

  `create table positions (
    id integer primary key autoincrement,
    account_id integer not null references accounts (id) on delete cascade,
    security_id integer not null references securities (id) on delete restrict,
    as_of text not null,
    quantity text not null,
    price text,
    value_minor integer,
    cost_minor integer,
    import_run_id integer references import_runs (id) on delete restrict,
    unique (account_id, security_id, as_of)
  ) strict`,
  `create index positions_security on positions (security_id)`,
  `create index positions_run on positions (import_run_id) where import_run_id is not null`,

  `create table prices (
    security_id integer not null references securities (id) on delete cascade,
    as_of text not null,
    price text not null,
    currency text not null,
    import_run_id integer references import_runs (id) on delete restrict,
    primary key (security_id, as_of)
  ) strict, without rowid`,
  `create index prices_run on prices (import_run_id) where import_run_id is not null`,

  // units of the quote currency for one unit of the base currency
  `create table fx_rates (
    base text not null,
    quote text not null,
    as_of text not null,
    rate text not null,
    source text not null,
    import_run_id integer references import_runs (id) on delete restrict,
    primary key (base, quote, as_of)
  ) strict, without rowid`,
  `create index fx_rates_run on fx_rates (import_run_id) where import_run_id is not null`,

  // a statement's own balance, kept to compare with
  `create table balance_assertions (
    id integer primary key,
    account_id integer not null references accounts (id) on delete cascade,
    as_of text not null,
    kind text not null check (kind in ('opening', 'closing', 'available', 'limit')),
    balance_minor integer not null,
    import_run_id integer references import_runs (id) on delete restrict
  ) strict`,
  `create index balance_assertions_account on balance_assertions (account_id, as_of)`,
  `create index balance_assertions_run on balance_assertions (import_run_id) where import_run_id is not null`,

  // the value of something that no statement values: a home, a vehicle, a policy; positive also for a debt
  `create table valuations (
    id integer primary key autoincrement,
    account_id integer not null references accounts (id) on delete cascade,
    as_of text not null,
    value_minor integer not null,
    note text not null default '',
    unique (account_id, as_of)
  ) strict`,

  `create table documents (
    id integer primary key autoincrement,
    kind text not null,
    name text not null check (length(name) > 0),
    holder text not null default '',
    number text,
    issued_on text,
    expires_on text,
    account_id integer references accounts (id) on delete set null,
    notes text not null default ''
  ) strict`,
  `create index documents_expiry on documents (expires_on)`,
  `create index documents_account on documents (account_id)`,

  `create table attachments (
    id integer primary key autoincrement,
    account_id integer references accounts (id) on delete cascade,
    transaction_id integer references transactions (id) on delete cascade,
    document_id integer references documents (id) on delete cascade,
    name text not null,
    media_type text not null,
    bytes blob not null,
    added_at integer not null,
    check ((account_id is not null) + (transaction_id is not null) + (document_id is not null) = 1)
  ) strict`,
  `create index attachments_account on attachments (account_id) where account_id is not null`,
  `create index attachments_transaction on attachments (transaction_id) where transaction_id is not null`,
  `create index attachments_document on attachments (document_id) where document_id is not null`,

  // undo and redo: one change = one thing the user did; its rows hold each touched row before and after
  `create table changes (
    id integer primary key autoincrement,
    made_at integer not null,
    label text not null,
    facts text not null default '{}' check (json_valid(facts)),
    import_run_id integer,
    undone integer not null default 0 check (undone in (0, 1))
  ) strict`,
  `create index changes_undone on changes (undone, id)`,
  `create table change_rows (
    change_id integer not null references changes (id) on delete cascade,
    sequence integer not null,
    table_name text not null,
    row_key text not null,
    before text,
    after text,
    primary key (change_id, sequence)
  ) strict, without rowid`,

  // maintained figures
  `create table account_balances (
    account_id integer primary key references accounts (id) on delete cascade,
    change_minor integer not null default 0,
    transaction_count integer not null default 0
  ) strict`,
  `create table account_months (
    account_id integer not null references accounts (id) on delete cascade,
    month text not null,
    inflow_minor integer not null default 0,
    outflow_minor integer not null default 0,
    transaction_count integer not null default 0,
    primary key (account_id, month)
  ) strict, without rowid`,

  `create trigger accounts_balance after insert on accounts begin
    insert into account_balances (account_id) values (new.id);
  end`,
  `create trigger transactions_inserted after insert on transactions begin
    update account_balances
      set change_minor = change_minor + new.amount_minor, transaction_count = transaction_count + 1
      where account_id = new.account_id;
    insert into account_months (account_id, month, inflow_minor, outflow_minor, transaction_count)
      values (new.account_id, substr(new.booked_on, 1, 7), max(new.amount_minor, 0), max(-new.amount_minor, 0), 1)
      on conflict (account_id, month) do update set
        inflow_minor = inflow_minor + excluded.inflow_minor,
        outflow_minor = outflow_minor + excluded.outflow_minor,
        transaction_count = transaction_count + 1;
  end`,
  `create trigger transactions_deleted after delete on transactions begin
    update account_balances
      set change_minor = change_minor - old.amount_minor, transaction_count = transaction_count - 1
      where account_id = old.account_id;
    update account_months set
        inflow_minor = inflow_minor - max(old.amount_minor, 0),
        outflow_minor = outflow_minor - max(-old.amount_minor, 0),
        transaction_count = transaction_count - 1
      where account_id = old.account_id and month = substr(old.booked_on, 1, 7);
    delete from account_months
      where account_id = old.account_id and month = substr(old.booked_on, 1, 7) and transaction_count = 0;
  end`,
  `create trigger transactions_moved after update of account_id, booked_on, amount_minor on transactions begin
    update account_balances
      set change_minor = change_minor - old.amount_minor, transaction_count = transaction_count - 1
      where account_id = old.account_id;
    update account_months set
        inflow_minor = inflow_minor - max(old.amount_minor, 0),
        outflow_minor = outflow_minor - max(-old.amount_minor, 0),
        transaction_count = transaction_count - 1
      where account_id = old.account_id and month = substr(old.booked_on, 1, 7);
    delete from account_months
      where account_id = old.account_id and month = substr(old.booked_on, 1, 7) and transaction_count = 0;
    update account_balances
      set change_minor = change_minor + new.amount_minor, transaction_count = transaction_count + 1
      where account_id = new.account_id;
    insert into account_months (account_id, month, inflow_minor, outflow_minor, transaction_count)
      values (new.account_id, substr(new.booked_on, 1, 7), max(new.amount_minor, 0), max(-new.amount_minor, 0), 1)
      on conflict (account_id, month) do update set
        inflow_minor = inflow_minor + excluded.inflow_minor,
        outflow_minor = outflow_minor + excluded.outflow_minor,
        transaction_count = transaction_count + 1;
  end`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
