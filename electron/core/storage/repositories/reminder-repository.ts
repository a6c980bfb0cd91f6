import type { CivilTime } from '../../../../shared/domain/civil-time.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type OwnReminder,
  type OwnReminderDraft,
  ownReminderSchema,
  type ReminderSettings,
  reminderSettingsSchema,
  type ReminderState,
  type ReminderTelling,
} from '../../../../shared/model/reminder.ts'
import type { Vault, WritableVault } from '../open-vault.ts'
import { prepared, sqlRows } from './query.ts'

/** The name of the row of `settings` that holds them. */
export const REMINDER_SETTINGS = 'reminders'
const LOOKED_ON = 'reminders_looked_on'
/** What was told of longer ago than this about a day is forgotten. */
const KEPT_DAYS_SQL = '-800 days'

/** What is missing or unreadable takes its default. */
export function loadReminderSettings(vault: Vault): ReminderSettings {
  const [row] = sqlRows<{ value: string }>(vault, 'select value from settings where key = ?', REMINDER_SETTINGS)
  const parsed = reminderSettingsSchema.safeParse(row === undefined ? {} : JSON.parse(row.value))
  return parsed.success ? parsed.data : reminderSettingsSchema.parse({})
}

interface OwnRow {
  id: number
  title: string
  notes: string
  first_on: string
  recurrence: string | null
  amount_minor: number | null
  currency: string | null
  account_id: number | null
  lead_days: string | null
  roll: string
  calendar: string | null
  tell_at: number | null
  repeat_days: number | null
}

const parsedOr = (text: string | null): unknown => (text === null ? null : JSON.parse(text))
function ownReminderOf(row: OwnRow): OwnReminder {
  return ownReminderSchema.parse({
    id: row.id,
    title: row.title,
    notes: row.notes,
    firstOn: row.first_on,
    recurrence: parsedOr(row.recurrence),
    amount: row.amount_minor === null ? null : { minor: row.amount_minor, currency: row.currency },
    accountId: row.account_id,
    leadDays: parsedOr(row.lead_days),
    roll: row.roll,
    calendar: row.calendar,
    tellAt: row.tell_at,
    repeatDays: row.repeat_days,
  })
}

/** The household's own reminders, in the order they were made. */
export function loadOwnReminders(vault: Vault): OwnReminder[] {
  return sqlRows<OwnRow>(vault, 'select * from own_reminders order by id').map((row) => ownReminderOf(row))
}

export function loadOwnReminder(vault: Vault, id: number): OwnReminder | null {
  const [row] = sqlRows<OwnRow>(vault, 'select * from own_reminders where id = ?', id)
  return row === undefined ? null : ownReminderOf(row)
}

/** The columns of an own reminder, but its id and when it was made. */
export function ownReminderRow(draft: OwnReminderDraft) {
  return {
    title: draft.title,
    notes: draft.notes,
    first_on: draft.firstOn,
    recurrence: draft.recurrence === null ? null : JSON.stringify(draft.recurrence),
    amount_minor: draft.amount?.minor ?? null,
    currency: draft.amount?.currency ?? null,
    account_id: draft.accountId,
    lead_days: draft.leadDays === null ? null : JSON.stringify(draft.leadDays),
    roll: draft.roll,
    calendar: draft.calendar,
    tell_at: draft.tellAt,
    repeat_days: draft.repeatDays,
  }
}

interface StateRow {
  key: string
  status: ReminderState['status']
  done_on: IsoDate | null
  snoozed_until: CivilTime | null
}

/** What the user has said of reminders of these days, by key. */
export function loadReminderStates(vault: Vault, from: IsoDate, until: IsoDate): ReadonlyMap<string, ReminderState> {
  const sql = 'select key, status, done_on, snoozed_until from reminder_states where due_on between ? and ?'
  return new Map(
    sqlRows<StateRow>(vault, sql, from, until).map((row) => [
      row.key,
      { status: row.status, doneOn: row.done_on, snoozedUntil: row.snoozed_until },
    ]),
  )
}

/** What was told of reminders of these days, by key. */
export function loadReminderTellings(
  vault: Vault,
  from: IsoDate,
  until: IsoDate,
): ReadonlyMap<string, readonly ReminderTelling[]> {
  const sql = `select key, lead_days as leadDays, told_at as toldAt from reminder_tellings where due_on between ? and ?`
  const result = new Map<string, ReminderTelling[]>()
  for (const { key, leadDays, toldAt } of sqlRows<ReminderTelling & { key: string }>(vault, sql, from, until)) {
    const list = result.get(key)
    if (list === undefined) result.set(key, [{ leadDays, toldAt }])
    else list.push({ leadDays, toldAt })
  }
  return result
}

/** The day of the last look that could tell. */
export function loadLookedOn(vault: Vault): IsoDate | null {
  const [row] = sqlRows<{ value: IsoDate }>(vault, 'select value from vault_meta where key = ?', LOOKED_ON)
  return row?.value ?? null
}

export interface NewTelling {
  readonly key: string
  readonly leadDays: number
  readonly dueOn: IsoDate
}

/**
 * Keeps, in one transaction, that these were told of and that the others were not after all. No change of the user's:
 * undo does not know of it.
 */
export function saveTellings(
  vault: WritableVault,
  told: readonly NewTelling[],
  untold: readonly Pick<NewTelling, 'key' | 'leadDays'>[],
  at: CivilTime,
): void {
  const today = at.slice(0, 10)
  vault.driver
    .transaction(() => {
      const forget = prepared(vault, 'delete from reminder_tellings where key = ? and lead_days = ?')
      for (const { key, leadDays } of untold) forget.run(key, leadDays)
      const keep = prepared(
        vault,
        `insert into reminder_tellings (key, lead_days, due_on, told_at) values (?, ?, ?, ?)
         on conflict (key, lead_days) do update set told_at = excluded.told_at, due_on = excluded.due_on`,
      )
      for (const { key, leadDays, dueOn } of told) keep.run(key, leadDays, dueOn, at)
      prepared(vault, `delete from reminder_tellings where due_on < date(?, '${KEPT_DAYS_SQL}')`).run(today)
      prepared(
        vault,
        'insert into vault_meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      ).run(LOOKED_ON, today)
    })
    .immediate()
}

export interface DayOfAccount {
  readonly on: IsoDate
  /** Sum of the day, signed. */
  readonly netMinor: number
  /** Sum of what came in on the day. */
  readonly inMinor: number
}

/** The days of an account after … up to and including …, rising: one range of the covering index. */
export function loadDaysOfAccount(vault: Vault, accountId: number, after: IsoDate, until: IsoDate): DayOfAccount[] {
  return sqlRows<DayOfAccount>(
    vault,
    `select booked_on as "on", sum(amount_minor) as netMinor, sum(max(amount_minor, 0)) as inMinor from transactions
     where account_id = ? and booked_on > ? and booked_on <= ? group by booked_on order by booked_on`,
    accountId,
    after,
    until,
  )
}

/** When accounts got rows from files since a moment, by account, rising. */
export function loadImportMoments(vault: Vault, since: number): ReadonlyMap<number, readonly number[]> {
  const rows = sqlRows<{ id: number; at: number }>(
    vault,
    `select account_id as id, started_at as at from import_runs
     join import_run_accounts on import_run_id = import_runs.id
     where started_at >= ? and undone_at is null and import_run_accounts.imported > 0 order by started_at`,
    since,
  )
  const result = new Map<number, number[]>()
  for (const { id, at } of rows) {
    const list = result.get(id)
    if (list === undefined) result.set(id, [at])
    else list.push(at)
  }
  return result
}

/** When accounts were made here, in milliseconds since the epoch. */
export function loadAccountsMadeAt(vault: Vault): ReadonlyMap<number, number> {
  const rows = sqlRows<{ id: number; at: number }>(vault, 'select id, created_at as at from accounts')
  return new Map(rows.map(({ id, at }) => [id, at]))
}
