import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  kindDefaults,
  type OwnReminder,
  type Reminder,
  type ReminderSettings,
} from '../../../../shared/model/reminder.ts'
import { type HostLanguage, hostWord, reminderKindName } from '../../../../shared/model/reminder-words.ts'
import type { CalendarEvent } from './calendar-writer.ts'
import { firstOccurrence, repeatRule } from './repeat-rule.ts'

export interface ReminderCalendar {
  /** Open and settled ones: what is settled tells where a rule has a gap. */
  readonly reminders: readonly Reminder[]
  readonly own: readonly OwnReminder[]
  readonly settings: ReminderSettings
  readonly today: IsoDate
  readonly language: HostLanguage
  /** Whether amounts are written. */
  readonly amounts: boolean
  /** Whether the calendar program shall remind, too. */
  readonly alarms: boolean
  readonly formatAmount: (reminder: Reminder) => string | null
  readonly formatDate: (date: IsoDate) => string
  readonly title: (reminder: Reminder) => string
}

const MINUTES_A_DAY = 1440

/** An address of ours for what has one key: only what a UID may hold without escapes. */
function uidOf(key: string): string {
  return `${key.replaceAll(/[^\w.:-]/g, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}`)}@onebook`
}

const isOpen = ({ status }: Reminder): boolean => status === 'open' || status === 'snoozed'

/** Minutes from midnight of the day to each telling, the earliest first. */
function alarmsOf(reminder: Reminder, own: OwnReminder | undefined, settings: ReminderSettings): number[] {
  const choice = settings.kinds[reminder.kind]
  if (choice?.told === false) return []
  const leads = own?.leadDays ?? choice?.leadDays ?? kindDefaults[reminder.kind].leadDays
  const tellAt = own?.tellAt ?? settings.tellAt
  return [...new Set(leads)].sort((left, right) => right - left).map((lead) => tellAt - lead * MINUTES_A_DAY)
}

function describe(reminder: Reminder, amount: string | null, calendar: ReminderCalendar, notes: string): string {
  const { language, formatDate } = calendar
  const lines: string[] = []
  if (amount !== null) lines.push(amount)
  if (reminder.nominalOn !== reminder.on) {
    lines.push(hostWord('moved', language, { date: formatDate(reminder.nominalOn) }))
  }
  if (!reminder.dayCertain) lines.push(hostWord('uncertain', language))
  if (notes !== '') lines.push(notes)
  return lines.join('\n')
}

/**
 * What falls due as entries of a calendar. An own reminder that comes again, and whose day never moves, is one entry with
 * its rule, from its first open day on; days that are done already are left out of it. All others are single days.
 */
export function reminderEvents(calendar: ReminderCalendar): CalendarEvent[] {
  const { reminders, own, settings, language, amounts, alarms, formatAmount } = calendar
  const owned = new Map(own.map((each) => [each.id, each]))
  const series = Map.groupBy(reminders, (reminder) => reminder.series)
  const events: CalendarEvent[] = []
  for (const [name, group] of series) {
    const open = group.filter(isOpen)
    const [first] = open
    if (first === undefined) continue
    const mine =
      first.subject.type === 'reminder' && first.subject.id !== null ? owned.get(first.subject.id) : undefined
    const event = (
      reminder: Reminder,
      repeated: Pick<CalendarEvent, 'rule' | 'except'>,
      uid: string,
    ): CalendarEvent => {
      const amount = amounts ? formatAmount(reminder) : null
      const kind = reminderKindName(reminder.kind, language)
      const title = calendar.title(reminder)
      return {
        uid: uidOf(uid),
        on: reminder.on,
        summary: amount === null ? title : `${title} · ${amount}`,
        description: describe(reminder, amount, calendar, mine?.notes ?? ''),
        category: kind,
        ...repeated,
        alarms: alarms ? alarmsOf(reminder, mine, settings) : [],
      }
    }
    const rule = mine === undefined || !hasFixedDays(mine, settings) ? null : ruleOf(mine)
    if (rule === null) {
      for (const reminder of open) events.push(event(reminder, { rule: null, except: [] }, reminder.key))
    } else {
      const except = group.filter((reminder) => !isOpen(reminder) && reminder.on > first.on).map(({ on }) => on)
      events.push(event(first, { rule, except }, name))
    }
  }
  return events
}

/** Whether the day never moves for a weekend or holiday. */
function hasFixedDays(own: OwnReminder, settings: ReminderSettings): boolean {
  return (settings.kinds.own?.roll ?? own.roll) === 'none'
}

function ruleOf({ firstOn, recurrence }: OwnReminder): string | null {
  return recurrence === null ? null : repeatRule(firstOccurrence(firstOn, recurrence), recurrence)
}
