import { type Kysely, sql } from 'kysely'

/**
 * The index for searching: blocks of 8,192 transaction numbers, each a buffer that holds what is searched of them (see
 * `analysis/account/search/search-block.ts`). It is made in the background. `indexed_to`: every transaction up to this
 * number is in a block, except those in `search_pending`, whose block tells of them as they were. A transaction above it
 * is not indexed yet. Days are counted from 1970-01-01. `format` names what the blocks were written by; blocks of another format are made again.
 */
const changed = (table: string, event: string, row: string, columns = ''): string => `
  create trigger search_${table}_${event} after ${event} ${columns === '' ? '' : `of ${columns} `}on ${table}
  when ${row} <= (select indexed_to from search_state)
  begin
    insert or ignore into search_pending (transaction_id) values (${row});
  end`

/** Tables whose rows hang on a transaction, and the columns of theirs that are searched. */
const hanging: readonly (readonly [table: string, column: string, searched: string])[] = [
  ['splits', 'transaction_id', 'transaction_id, category_id, memo, source_category'],
  ['transaction_tags', 'transaction_id', 'transaction_id, tag_id'],
  ['attachments', 'transaction_id', 'transaction_id, name'],
  ['trades', 'transaction_id', 'transaction_id, security_id'],
  ['transfers', 'from_transaction_id', 'from_transaction_id, to_transaction_id'],
]

const statements = [
  `create table search_state (
    id integer primary key check (id = 1),
    format text not null,
    indexed_to integer not null,
    version integer not null
  ) strict`,
  `insert into search_state (id, format, indexed_to, version) values (1, '', 0, 0)`,
  `create table search_blocks (
    block integer primary key,
    version integer not null,
    first_day integer not null,
    last_day integer not null,
    content blob not null
  ) strict`,
  `create table search_pending (transaction_id integer primary key) strict`,

  changed('transactions', 'insert', 'new.id'),
  changed('transactions', 'delete', 'old.id'),
  changed(
    'transactions',
    'update',
    'new.id',
    `id, account_id, booked_on, amount_minor, kind, status, payee, raw_payee, memo, reference, check_number, counterparty,
     category_id, source_category, original_minor, original_currency, notes, split_count`,
  ),
  ...hanging.flatMap(([table, column, searched]) => [
    changed(table, 'insert', `new.${column}`),
    changed(table, 'delete', `old.${column}`),
    changed(table, 'update', `new.${column}`, searched),
  ]),
  // the other half of a transfer, and the transaction that something moved away from
  ...hanging.map(
    ([table, column, searched]) => `
    create trigger search_${table}_moved after update of ${searched} on ${table}
    when old.${column} <> new.${column} and old.${column} <= (select indexed_to from search_state)
    begin
      insert or ignore into search_pending (transaction_id) values (old.${column});
    end`,
  ),
  ...(
    [
      ['insert', 'new'],
      ['delete', 'old'],
      ['update', 'new'],
      ['update', 'old'],
    ] as const
  ).map(
    ([event, row]) => `
    create trigger search_transfers_to_${event}_${row} after ${event} on transfers
    when ${row}.to_transaction_id <= (select indexed_to from search_state)
    begin
      insert or ignore into search_pending (transaction_id) values (${row}.to_transaction_id);
    end`,
  ),
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
