import { type Kysely, sql } from 'kysely'

/**
 * The household's people, and who owns which part of an account. `share`: hundredths of a per cent; those of an account
 * add up to 10,000 (`verify` checks it). An account without owners is the whole household's. `colour`: a name that the
 * window knows. `born_on` may be unknown; rules that go by age then say so.
 */
const statements: readonly string[] = [
  `create table persons (
    id integer primary key autoincrement,
    name text not null check (name <> ''),
    short_name text not null default '',
    colour text not null,
    role text not null check (role in ('adult', 'child', 'other')),
    born_on text,
    position integer not null,
    archived integer not null default 0 check (archived in (0, 1)),
    created_at integer not null
  ) strict`,
  `create table account_owners (
    account_id integer not null references accounts (id) on delete cascade,
    person_id integer not null references persons (id) on delete cascade,
    share integer not null check (share between 1 and 10000),
    primary key (account_id, person_id)
  ) strict, without rowid`,
  `create index account_owners_person on account_owners (person_id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
