import { type Kysely, sql } from 'kysely'

/**
 * Cash flow, maintained. What a transaction or each of its parts is to the household (`flow`) depends on its category, on
 * the pair it belongs to, on a refund's purchase: the view `flow_facts` is the one definition of it. `flow_lines` keeps
 * its answer: a trigger on whatever a line depends on takes the transaction's lines away and asks the view anew.
 * `flow_months` keeps their sums, by triggers on `flow_lines` alone. Amounts as in `transactions`: credit positive.
 *
 * flow: income, expense; unfiled-in, unfiled-out: no category, the kind of its account decides; transfer: between own accounts;
 * unpaired: called a transfer by its file, the other half not found; trade: in securities; opening: an opening balance.
 * part: the number of the split, 0 for a whole transaction. category_id 0: none; a linked refund has its purchase's.
 */
const TRADES = `('buy', 'sell', 'reinvestment', 'security-in', 'security-out', 'split', 'return-of-capital')`

/** Without a category: what the kind says, else left to the account. */
const byKind = (row: string, amount: string, source: string): string => `
      when ${source} like '[%]' then 'unpaired'
      when ${row}.kind in ('transfer', 'cash-withdrawal') then 'unpaired'
      when ${row}.kind = 'dividend' or (${row}.kind = 'interest' and ${amount} >= 0) then 'income'
      when ${row}.kind in ('interest', 'fee', 'tax', 'refund') then 'expense'
      when ${amount} >= 0 then 'unfiled-in' else 'unfiled-out'`

const isPaired = `(exists (select 1 from transfers x where x.from_transaction_id = t.id)
      or exists (select 1 from transfers x where x.to_transaction_id = t.id)
      or exists (select 1 from splits x where x.counterpart_id = t.id))`

const refundLink = `from matches m
      join transactions p on p.id = m.first_transaction_id
      left join categories pc on pc.id = p.category_id and pc.kind = 'expense'
      where m.second_transaction_id = t.id and m.kind = 'refund' and m.status = 'confirmed'`

/** What a whole transaction is by itself; `c` is its category. */
const byItself = (row: string): string => `
      when ${row}.kind in ${TRADES} then 'trade'
      when ${row}.kind = 'opening' then 'opening'
      when c.kind = 'expense' or c.key = 'refunds' then 'expense'
      when c.kind is not null then c.kind${byKind(row, `${row}.amount_minor`, `${row}.source_category`)}
      end`

const statements: readonly string[] = [
  `create view flow_facts as
    select t.account_id, t.booked_on, t.id as transaction_id, 0 as part,
      coalesce(case when c.kind is not 'expense' then (select pc.id ${refundLink} order by pc.id is null, m.id limit 1)
        end, t.category_id, 0) as category_id,
      case
      when ${isPaired} then 'transfer'
      when t.kind not in ${TRADES} and t.kind <> 'opening' and exists (select 1 ${refundLink}) then 'expense'${byItself('t')} as flow,
      t.amount_minor
    from transactions t left join categories c on c.id = t.category_id
    where t.split_count = 0
    union all
    select t.account_id, t.booked_on, t.id, s.id, coalesce(s.category_id, 0),
      case
      when s.counterpart_id is not null then 'transfer'
      when t.kind = 'opening' then 'opening'
      when c.key = 'refunds' then 'expense'
      when c.kind is not null then c.kind
      when ${isPaired} then 'transfer'
      when t.kind in ${TRADES} then 'trade'${byKind('t', 's.amount_minor', 's.source_category')}
      end,
      s.amount_minor
    from transactions t join splits s on s.transaction_id = t.id left join categories c on c.id = s.category_id
    where t.split_count > 0`,

  `create table flow_lines (
    account_id integer not null,
    booked_on text not null,
    transaction_id integer not null,
    part integer not null,
    category_id integer not null,
    flow text not null,
    amount_minor integer not null,
    primary key (account_id, booked_on, transaction_id, part)
  ) strict, without rowid`,
  `create table flow_months (
    month text not null,
    flow text not null,
    category_id integer not null,
    account_id integer not null,
    inflow_minor integer not null,
    outflow_minor integer not null,
    line_count integer not null,
    primary key (month, flow, category_id, account_id)
  ) strict, without rowid`,
  `insert into flow_lines select * from flow_facts order by account_id, booked_on, transaction_id, part`,
  `insert into flow_months
   select substr(booked_on, 1, 7), flow, category_id, account_id, sum(max(amount_minor, 0)), sum(max(-amount_minor, 0)),
     count(*)
   from flow_lines group by 1, 2, 3, 4`,
  // everything that was paid to or came from one payee, without reading the others
  `create index transactions_payee on transactions (payee, booked_on)`,

  `create trigger flow_line_added after insert on flow_lines begin
    insert into flow_months (month, flow, category_id, account_id, inflow_minor, outflow_minor, line_count)
      values (substr(new.booked_on, 1, 7), new.flow, new.category_id, new.account_id,
        max(new.amount_minor, 0), max(-new.amount_minor, 0), 1)
      on conflict (month, flow, category_id, account_id) do update set
        inflow_minor = inflow_minor + excluded.inflow_minor,
        outflow_minor = outflow_minor + excluded.outflow_minor,
        line_count = line_count + 1;
  end`,
  `create trigger flow_line_removed after delete on flow_lines begin
    update flow_months set
        inflow_minor = inflow_minor - max(old.amount_minor, 0),
        outflow_minor = outflow_minor - max(-old.amount_minor, 0),
        line_count = line_count - 1
      where month = substr(old.booked_on, 1, 7) and flow = old.flow and category_id = old.category_id
        and account_id = old.account_id;
    delete from flow_months
      where month = substr(old.booked_on, 1, 7) and flow = old.flow and category_id = old.category_id
        and account_id = old.account_id and line_count = 0;
  end`,
]

/** Asks the view anew for the transactions with these numbers, a list or a query. */
const refresh = (ids: string): string => `
    delete from flow_lines where (account_id, booked_on, transaction_id) in (
      select account_id, booked_on, id from transactions where id in (${ids}));
    insert into flow_lines select * from flow_facts where transaction_id in (${ids});`

const removeOld = `
    delete from flow_lines
      where account_id = old.account_id and booked_on = old.booked_on and transaction_id = old.id;`
const addNew = `
    insert into flow_lines select * from flow_facts where transaction_id = new.id;`

const refundsOf = `
      select second_transaction_id from matches
      where first_transaction_id = new.id and kind = 'refund' and second_transaction_id is not null`

/** A row that is written after what is linked to it: the log of changes brings rows back in any order. */
const isLinked = `new.split_count > 0
      or exists (select 1 from transfers where from_transaction_id = new.id)
      or exists (select 1 from transfers where to_transaction_id = new.id)
      or exists (select 1 from splits where counterpart_id = new.id)
      or exists (select 1 from matches where first_transaction_id = new.id)
      or exists (select 1 from matches where second_transaction_id = new.id)`

const inCategory = `
      select id from transactions where category_id = new.id
      union select transaction_id from splits where category_id = new.id
      union select m.second_transaction_id from matches m join transactions p on p.id = m.first_transaction_id
        where p.category_id = new.id and m.kind = 'refund' and m.second_transaction_id is not null`

const columnsRead = ['account_id', 'booked_on', 'amount_minor', 'kind', 'category_id', 'source_category', 'split_count']
const changed = columnsRead.map((column) => `old.${column} is not new.${column}`).join(' or ')

const triggers: readonly (readonly [name: string, on: string, body: string])[] = [
  // Nearly every row arrives whole and with nothing linked to it: what it is by itself, without asking the view. Which
  // of the two triggers comes first is not for us to say.
  [
    'transactions_flow_added',
    'after insert on transactions when new.split_count = 0',
    `
    insert into flow_lines
      select new.account_id, new.booked_on, new.id, 0, coalesce(new.category_id, 0),
      case${byItself('new')},
      new.amount_minor
      from (select 1) left join categories c on c.id = new.category_id
      where not exists (select 1 from flow_lines
        where account_id = new.account_id and booked_on = new.booked_on and transaction_id = new.id);`,
  ],
  [
    'transactions_flow_linked',
    `after insert on transactions when ${isLinked}`,
    refresh(`select new.id union all ${refundsOf}`),
  ],
  ['transactions_flow_removed', 'after delete on transactions', removeOld],
  [
    'transactions_flow_changed',
    `after update of ${columnsRead.join(', ')} on transactions when ${changed}`,
    removeOld + addNew,
  ],
  // a refund counts under its purchase's category
  [
    'transactions_flow_refiled',
    `after update of category_id on transactions when old.category_id is not new.category_id
       and exists (${refundsOf})`,
    refresh(refundsOf),
  ],
  ['splits_flow_added', 'after insert on splits', refresh('new.transaction_id, new.counterpart_id')],
  ['splits_flow_removed', 'after delete on splits', refresh('old.transaction_id, old.counterpart_id')],
  [
    'splits_flow_changed',
    'after update on splits',
    refresh('old.transaction_id, old.counterpart_id, new.transaction_id, new.counterpart_id'),
  ],
  ['transfers_flow_added', 'after insert on transfers', refresh('new.from_transaction_id, new.to_transaction_id')],
  ['transfers_flow_removed', 'after delete on transfers', refresh('old.from_transaction_id, old.to_transaction_id')],
  [
    'transfers_flow_changed',
    'after update on transfers',
    refresh('old.from_transaction_id, old.to_transaction_id, new.from_transaction_id, new.to_transaction_id'),
  ],
  [
    'matches_flow_added',
    `after insert on matches when new.kind = 'refund' and new.status = 'confirmed'`,
    refresh('new.second_transaction_id'),
  ],
  ['matches_flow_removed', `after delete on matches when old.kind = 'refund'`, refresh('old.second_transaction_id')],
  [
    'matches_flow_changed',
    `after update of kind, status, first_transaction_id, second_transaction_id on matches
     when old.kind = 'refund' or new.kind = 'refund'`,
    refresh('old.second_transaction_id, new.second_transaction_id'),
  ],
  ['categories_flow_added', 'after insert on categories', refresh(inCategory)],
  [
    'categories_flow_changed',
    'after update of kind, key on categories when old.kind is not new.kind or old.key is not new.key',
    refresh(inCategory),
  ],
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const [name, on, body] of triggers) {
    await sql
      .raw(`create trigger ${name} ${on} begin${body}
  end`)
      .execute(db)
  }
}
