import { z } from 'zod'
import { viewedPersonSchema } from '../../model/person.ts'
import { idSchema, isoDateSchema, nothingSchema } from '../../model/primitives.ts'
import {
  calendarFactsSchema,
  civilTimeSchema,
  ownReminderDraftSchema,
  ownReminderSchema,
  reminderKeySchema,
  reminderSchema,
  reminderSettingsSchema,
} from '../../model/reminder.ts'
import type { Channel } from '../channel.ts'

const keySchema = z.strictObject({ key: reminderKeySchema })

export const reminderChannels = {
  /**
   * Soonest first. Without `from` and `until`: what is past and still in sight, and the year ahead. Of a person: what
   * concerns accounts and documents that are at least in part theirs, and what is the household's own; amounts whole.
   */
  'reminder.list': {
    access: 'read',
    input: z.strictObject({
      from: isoDateSchema.nullable().default(null),
      until: isoDateSchema.nullable().default(null),
      /** Also what is done or dismissed. */
      includeDone: z.boolean().default(false),
      person: viewedPersonSchema,
    }),
    output: z.strictObject({ today: isoDateSchema, reminders: z.array(reminderSchema) }),
  },
  /** What to see to next: of each series what is past and open, and the next; soonest first. */
  'reminder.next': {
    access: 'read',
    input: z.strictObject({ limit: z.int().min(1).max(50).default(5), person: viewedPersonSchema }),
    output: z.strictObject({
      today: isoDateSchema,
      /** Open and due within seven days, or past. */
      count: z.int().nonnegative(),
      overdue: z.int().nonnegative(),
      reminders: z.array(reminderSchema),
    }),
  },
  /**
   * Whether there is something to tell now, and when to look again at the latest. Writes nothing: a host asks this at
   * every change and at `wakeInMs`, and calls `reminder.tell` where `count` is not 0.
   */
  'reminder.waiting': {
    access: 'read',
    input: nothingSchema,
    output: z.strictObject({
      count: z.int().nonnegative(),
      wakeAt: civilTimeSchema,
      /** Milliseconds from now, at least 1. */
      wakeInMs: z.int().positive(),
    }),
  },
  /** What to notify of now; each is told of once. `missed`: how many earlier ones of its series it stands for. */
  'reminder.tell': {
    access: 'write',
    input: nothingSchema,
    output: z.strictObject({
      told: z.array(z.strictObject({ reminder: reminderSchema, missed: z.int().nonnegative() })),
      wakeAt: civilTimeSchema,
      wakeInMs: z.int().positive(),
    }),
  },
  'reminder.done': { access: 'write', input: keySchema, output: reminderSchema },
  /** Not done and not wanted any more. */
  'reminder.dismiss': { access: 'write', input: keySchema, output: reminderSchema },
  /** Takes back done, dismissed or snoozed. */
  'reminder.reopen': { access: 'write', input: keySchema, output: reminderSchema },
  /** Told again at that time by the wall clock; `invalid-input` where it is past. */
  'reminder.snooze': {
    access: 'write',
    input: keySchema.extend({ until: civilTimeSchema }),
    output: reminderSchema,
  },
  /** The household's own reminders. */
  'reminder.own': { access: 'read', input: nothingSchema, output: z.array(ownReminderSchema) },
  'reminder.add': { access: 'write', input: ownReminderDraftSchema, output: ownReminderSchema },
  'reminder.update': {
    access: 'write',
    input: z.strictObject({ id: idSchema, reminder: ownReminderDraftSchema }),
    output: ownReminderSchema,
  },
  'reminder.remove': { access: 'write', input: z.strictObject({ id: idSchema }), output: nothingSchema },
  'reminder.settings': { access: 'read', input: nothingSchema, output: reminderSettingsSchema },
  'reminder.saveSettings': { access: 'write', input: reminderSettingsSchema, output: reminderSettingsSchema },
  /** The calendars of days off that there are, and how far they are known. */
  'reminder.calendars': { access: 'read', input: nothingSchema, output: z.array(calendarFactsSchema) },
} as const satisfies Record<string, Channel>
