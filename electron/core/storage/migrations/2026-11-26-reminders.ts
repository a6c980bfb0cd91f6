import { type Kysely, sql } from 'kysely'

/**
 * Own reminders, what the user has said of any reminder (by its key, `source:subject:day`), and what was told of when:
 * the telling is no change of the user's and no part of what is undone. `lead_days` of a telling: how many days before
 * the day it belonged to; negative: repeated after it; 9999: a reminder that was put off until before its first telling.
 */
const statements = [
  `create table own_reminders (
    id integer primary key autoincrement,
    title text not null,
    notes text not null default '',
    first_on text not null,
    recurrence text check (recurrence is null or json_valid(recurrence)),
    amount_minor integer,
    currency text,
    account_id integer references accounts (id) on delete set null,
    lead_days text check (lead_days is null or json_valid(lead_days)),
    roll text not null default 'none' check (roll in ('none', 'next', 'previous')),
    calendar text,
    tell_at integer,
    repeat_days integer,
    created_at integer not null,
    check ((amount_minor is null) = (currency is null))
  ) strict`,
  `create index own_reminders_account on own_reminders (account_id) where account_id is not null`,
  `create table reminder_states (
    key text primary key,
    due_on text not null,
    status text not null check (status in ('open', 'done', 'dismissed')),
    done_on text,
    snoozed_until text
  ) strict`,
  `create index reminder_states_day on reminder_states (due_on)`,
  `create table reminder_tellings (
    key text not null,
    lead_days integer not null,
    due_on text not null,
    told_at text not null,
    primary key (key, lead_days)
  ) strict, without rowid`,
  `create index reminder_tellings_day on reminder_tellings (due_on)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
