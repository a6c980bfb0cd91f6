import { type Kysely, sql } from 'kysely'

/**
 * What a credit report tells of a person beside what is owed: who looked at it, what was overdue, public records. Each
 * report keeps its own, so that undoing an import takes exactly one away. `subject`: the name that the report has.
 * `overdue_minor`: a magnitude in CNY, which reports count in.
 */
const statements: readonly string[] = [
  `create table credit_reports (
    id integer primary key autoincrement,
    subject text not null,
    number text not null,
    reported_on text,
    import_run_id integer references import_runs (id) on delete restrict
  ) strict`,
  `create index credit_reports_run on credit_reports (import_run_id) where import_run_id is not null`,
  `create table credit_enquiries (
    report_id integer not null references credit_reports (id) on delete cascade,
    position integer not null,
    enquired_on text not null,
    institution text not null,
    reason text not null,
    is_own integer not null check (is_own in (0, 1)),
    primary key (report_id, position)
  ) strict, without rowid`,
  `create table credit_overdues (
    report_id integer not null references credit_reports (id) on delete cascade,
    position integer not null,
    lender text not null,
    product text not null,
    opened_on text,
    months integer,
    months_over_90 integer,
    overdue_minor integer,
    primary key (report_id, position)
  ) strict, without rowid`,
  `create table credit_public_records (
    report_id integer not null references credit_reports (id) on delete cascade,
    position integer not null,
    kind text not null check (kind in ('tax-owed', 'judgment', 'enforcement', 'penalty', 'telephone-bill')),
    body text not null,
    primary key (report_id, position)
  ) strict, without rowid`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
