import { type Kysely, sql } from 'kysely'

/**
 * Rules, and why a transaction has its category. `category_source`: 'user' also where the user took a category away;
 * null where nobody has chosen. `learner_counts`: how often the user has filed transactions that look alike, kept by
 * triggers, so that undo, deletion and whatever else writes a transaction unteach what they take back. `direction` is
 * the sign of the amount; `band` its size: three steps for each number of digits (first digit 1, 2 to 4, 5 to 9).
 */
const taught = (row: 'new' | 'old'): string =>
  `${row}.category_source = 'user' and ${row}.category_id is not null and ${row}.split_count = 0`

const look = (row: string): readonly string[] => [
  `case when ${row}payee = '' then ${row}memo else ${row}payee end`,
  `sign(${row}amount_minor)`,
  `${row}account_id`,
  `length(abs(${row}amount_minor)) * 3 + case
     when substr(abs(${row}amount_minor), 1, 1) = '1' then 0 when substr(abs(${row}amount_minor), 1, 1) < '5' then 1 else 2 end`,
  `coalesce(${row}merchant_category, '')`,
  `${row}category_id`,
]
const columns = ['payee', 'direction', 'account_id', 'band', 'merchant_category', 'category_id']

const teach = `
    insert into learner_counts (${columns.join(', ')}, count) values (${look('new.').join(', ')}, 1)
      on conflict (${columns.join(', ')}) do update set count = count + 1;
    update learner_state set version = version + 1;`
const theLook = columns.map((column, index) => `${column} = ${look('old.')[index] ?? ''}`).join(' and ')
const unteach = `
    update learner_counts set count = count - 1 where ${theLook};
    delete from learner_counts where count <= 0 and ${theLook};
    update learner_state set version = version + 1;`

/** Changes of the category that the log of changes knows as the user's own. */
const changedByUser = `
  select distinct json_extract(r.row_key, '$[0]') as id from change_rows r join changes c on c.id = r.change_id
  where r.table_name = 'transactions' and c.import_run_id is null and c.undone = 0
    and r.before is not null and r.after is not null
    and json_extract(r.before, '$.category_id') is not json_extract(r.after, '$.category_id')`

const statements: readonly string[] = [
  `create table rules (
    id integer primary key autoincrement,
    position integer not null,
    name text not null default '',
    enabled integer not null default 1 check (enabled in (0, 1)),
    conditions text not null check (json_valid(conditions)),
    actions text not null check (json_valid(actions)),
    created_at integer not null
  ) strict`,
  // how many transactions a rule has met since it was made: a tally, no part of what is undone
  `create table rule_uses (
    rule_id integer primary key references rules (id) on delete cascade,
    met integer not null default 0
  ) strict`,
  `alter table transactions add column category_source text
     check (category_source in ('user', 'rule', 'file', 'learned', 'merchant-code'))`,
  `alter table transactions add column category_rule_id integer references rules (id) on delete set null`,
  `alter table transactions add column payee_source text check (payee_source in ('user', 'rule'))`,
  `create index transactions_category_rule on transactions (category_rule_id) where category_rule_id is not null`,
  // the evidence of a guess: when the user last filed a payment to this payee so
  `create index transactions_taught on transactions (payee, category_id, booked_on) where category_source = 'user'`,

  // A category without one in the file is the user's, and so is one that the log says was changed. Where the log no
  // longer reaches back to the beginning, every category may be: then all are taken as chosen by hand.
  `update transactions set category_source = case
     when source_category is null or import_run_id is null then 'user'
     when exists (select 1 from vault_meta where key = 'changes_pruned_to') then 'user'
     else 'file' end
   where category_id is not null`,
  `update transactions set category_source = 'user' where id in (${changedByUser})`,
  `update transactions set payee_source = 'user' where payee <> raw_payee or import_run_id is null`,

  `create table learner_state (id integer primary key check (id = 1), version integer not null) strict`,
  `insert into learner_state (id, version) values (1, 1)`,
  `create table learner_counts (
    payee text not null,
    direction integer not null,
    account_id integer not null,
    band integer not null,
    merchant_category text not null,
    category_id integer not null,
    count integer not null,
    primary key (${columns.join(', ')})
  ) strict, without rowid`,
  `insert into learner_counts (${columns.join(', ')}, count)
   select ${look('').join(', ')}, count(*) from transactions
   where category_source = 'user' and category_id is not null and split_count = 0 group by 1, 2, 3, 4, 5, 6`,
  `create trigger transactions_taught after insert on transactions when ${taught('new')} begin${teach}
  end`,
  `create trigger transactions_untaught after delete on transactions when ${taught('old')} begin${unteach}
  end`,
  `create trigger transactions_retaught_before after update of
      category_id, category_source, split_count, payee, memo, amount_minor, account_id, merchant_category
    on transactions when ${taught('old')} begin${unteach}
  end`,
  `create trigger transactions_retaught_after after update of
      category_id, category_source, split_count, payee, memo, amount_minor, account_id, merchant_category
    on transactions when ${taught('new')} begin${teach}
  end`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
