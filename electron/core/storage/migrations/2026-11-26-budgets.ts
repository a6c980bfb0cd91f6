import { type Kysely, sql } from 'kysely'

/**
 * Budgets by category. `period`: how long a limit lasts; `rollover`: what of a period's end goes on into the next, the
 * rest, the overspending, both or neither. `budget_amounts.month` is the first month of a period (YYYY-MM) and the amount
 * (base currency, not negative for a limit) holds from it until the next one; for an envelope it is what was put into it
 * in that month alone. How the household budgets at all stands in the setting `budget`.
 * `check_dismissals`: findings that the user called right, by their stable key.
 */
const statements: readonly string[] = [
  `create table budget_lines (
    category_id integer primary key references categories (id) on delete cascade,
    period text not null check (period in ('month', 'quarter', 'year')),
    rollover text not null check (rollover in ('none', 'rest', 'overspending', 'both')),
    created_at integer not null
  ) strict`,
  `create table budget_amounts (
    category_id integer not null references budget_lines (category_id) on delete cascade,
    month text not null check (month glob '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    amount_minor integer not null,
    primary key (category_id, month)
  ) strict, without rowid`,
  `create table check_dismissals (
    finding text primary key check (finding <> ''),
    dismissed_at integer not null
  ) strict, without rowid`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
