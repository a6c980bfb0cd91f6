import { type CivilTime, dateOfTime } from '../../../shared/domain/civil-time.ts'
import { addDays, type IsoDate, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { reminderChannels } from '../../../shared/ipc/channels/reminder-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { calendarKeys, type OwnReminder, type Reminder } from '../../../shared/model/reminder.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlerContext, HandlersOf } from '../handler.ts'
import type { CivilClock } from '../ports.ts'
import { dayOfKey } from '../reminding/due-date.ts'
import { holidayCalendar } from '../reminding/holiday-calendar.ts'
import { lookAtReminders } from '../reminding/look-at-reminders.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import {
  loadOwnReminder,
  loadOwnReminders,
  loadReminderSettings,
  ownReminderRow,
  REMINDER_SETTINGS,
  saveTellings,
} from '../storage/repositories/reminder-repository.ts'
import { requireAccount } from './account-view.ts'
import { nextReminders } from './due-view.ts'
import { reminderViewer } from './reminder-view.ts'

/** What counts as soon. */
const SOON_DAYS = 7
const isOpen = ({ status }: Reminder): boolean => status === 'open' || status === 'snoozed'

/** A timer of a day at most: the clock may be set meanwhile. */
const LONGEST_SLEEP_MS = 86_400_000

function wakeOf(clock: CivilClock, wakeAt: CivilTime): { wakeAt: CivilTime; wakeInMs: number } {
  const wait = Math.round(clock.instantOf(wakeAt) - clock.now())
  return { wakeAt, wakeInMs: Math.min(LONGEST_SLEEP_MS, Math.max(1000, wait)) }
}

function requireReminder(vault: Vault, clock: CivilClock, key: string): Reminder {
  const day = dayOfKey(key)
  let on: IsoDate | null = null
  try {
    on = day === null ? null : parseIsoDate(day)
  } catch {
    on = null
  }
  const range = on === null || on < '1800-01-01' || on > '2300-01-01' ? {} : { from: on, until: on }
  const found = lookAtReminders(vault, clock.time(), range).reminders.find((reminder) => reminder.key === key)
  if (found === undefined) throw new CoreError('not-found', 'there is no such reminder')
  return found
}

type Label = 'reminder.done' | 'reminder.dismiss' | 'reminder.reopen' | 'reminder.snooze'

function setState(
  context: HandlerContext,
  key: string,
  label: Label,
  state: { status: 'open' | 'done' | 'dismissed'; snoozedUntil?: CivilTime } | null,
): Reminder {
  const vault = context.writable()
  const { clock } = context
  const reminder = requireReminder(vault, clock, key)
  recordChange(vault, clock, { label, facts: { name: reminder.title } }, (recorder) => {
    if (state === null) {
      recorder.delete('reminder_states', [key])
      return
    }
    recorder.put('reminder_states', [key], {
      key,
      due_on: reminder.nominalOn,
      status: state.status,
      done_on: state.status === 'open' ? null : dateOfTime(clock.time()),
      snoozed_until: state.snoozedUntil ?? null,
    })
  })
  return requireReminder(vault, clock, key)
}

function requireOwn(vault: Vault, id: number): OwnReminder {
  const own = loadOwnReminder(vault, id)
  if (own === null) throw new CoreError('not-found', 'there is no such reminder', { id })
  return own
}

export const reminderHandlers: HandlersOf<typeof reminderChannels> = {
  'reminder.list': ({ from, until, includeDone, person }, context) => {
    const now = context.clock.time()
    const today = dateOfTime(now)
    const vault = context.readable()
    const isTheirs = reminderViewer(vault, loadOwnershipView(vault, person))
    const { reminders, inSight } = lookAtReminders(vault, now, { from, until })
    const last = until ?? addDays(today, 366)
    return {
      today,
      reminders: reminders.filter((reminder) => {
        if (reminder.on > last || (!includeDone && !isOpen(reminder)) || !isTheirs(reminder)) return false
        return from === null ? inSight.has(reminder.key) : reminder.on >= from
      }),
    }
  },

  'reminder.next': ({ limit, person }, context) => {
    const now = context.clock.time()
    const vault = context.readable()
    const isTheirs = reminderViewer(vault, loadOwnershipView(vault, person))
    const next = nextReminders(lookAtReminders(vault, now)).filter(isTheirs)
    return {
      today: dateOfTime(now),
      count: next.filter(({ daysAway }) => daysAway <= SOON_DAYS).length,
      overdue: next.filter(({ overdue }) => overdue).length,
      reminders: next.slice(0, limit),
    }
  },

  'reminder.waiting': (_, context) => {
    const { tell, untold, wakeAt } = lookAtReminders(context.readable(), context.clock.time())
    // what a wrong clock told of is put right by telling, even where nothing is to be told of yet
    return { count: tell.length + (untold.length > 0 ? 1 : 0), ...wakeOf(context.clock, wakeAt) }
  },

  'reminder.tell': (_, context) => {
    const vault = context.writable()
    const now = context.clock.time()
    const { tell, untold, wakeAt } = lookAtReminders(vault, now)
    const told = tell.flatMap(({ reminder, leadDays, missed }) => [{ reminder, leadDays }, ...missed])
    saveTellings(
      vault,
      told.map(({ reminder, leadDays }) => ({ key: reminder.key, leadDays, dueOn: reminder.nominalOn })),
      untold,
      now,
    )
    return {
      told: tell.map(({ reminder, missed }) => ({ reminder, missed: missed.length })),
      ...wakeOf(context.clock, wakeAt),
    }
  },

  'reminder.done': ({ key }, context) => setState(context, key, 'reminder.done', { status: 'done' }),
  'reminder.dismiss': ({ key }, context) => setState(context, key, 'reminder.dismiss', { status: 'dismissed' }),
  'reminder.reopen': ({ key }, context) => setState(context, key, 'reminder.reopen', null),
  'reminder.snooze': ({ key, until }, context) => {
    if (until <= context.clock.time()) throw new CoreError('invalid-input', 'that time is past')
    return setState(context, key, 'reminder.snooze', { status: 'open', snoozedUntil: until })
  },

  'reminder.own': (_, context) => loadOwnReminders(context.readable()),

  'reminder.add': (draft, context) => {
    const vault = context.writable()
    if (draft.accountId !== null) requireAccount(vault, draft.accountId)
    const description = { label: 'reminder.add', facts: { name: draft.title } }
    const id = recordChange(vault, context.clock, description, (recorder) =>
      recorder.insert('own_reminders', { ...ownReminderRow(draft), created_at: context.clock.now() }),
    )
    return requireOwn(vault, id)
  },

  'reminder.update': ({ id, reminder }, context) => {
    const vault = context.writable()
    requireOwn(vault, id)
    if (reminder.accountId !== null) requireAccount(vault, reminder.accountId)
    recordChange(vault, context.clock, { label: 'reminder.update', facts: { name: reminder.title } }, (recorder) => {
      recorder.update('own_reminders', [id], ownReminderRow(reminder))
    })
    return requireOwn(vault, id)
  },

  'reminder.remove': ({ id }, context) => {
    const vault = context.writable()
    const { title } = requireOwn(vault, id)
    recordChange(vault, context.clock, { label: 'reminder.remove', facts: { name: title } }, (recorder) => {
      recorder.delete('own_reminders', [id])
    })
    return {}
  },

  'reminder.settings': (_, context) => loadReminderSettings(context.readable()),

  'reminder.saveSettings': (settings, context) => {
    const vault = context.writable()
    recordChange(vault, context.clock, { label: 'reminder.saveSettings' }, (recorder) => {
      const row = { key: REMINDER_SETTINGS, value: JSON.stringify(settings) }
      recorder.put('settings', [REMINDER_SETTINGS], row)
    })
    return loadReminderSettings(vault)
  },

  'reminder.calendars': () => calendarKeys.map((key) => holidayCalendar(key).facts),
}
