import { addDays, type IsoDate, startOfMonth, weekdayOf } from '../../../shared/domain/iso-date.ts'
import type { Reminder } from '../../../shared/model/reminder.ts'

/** ISO weekday that a week begins with. */
export type WeekStart = 1 | 7

export const groupKeys = ['overdue', 'today', 'week', 'later', 'settled'] as const
export type GroupKey = (typeof groupKeys)[number]

/** The last day of the week that the day lies in. */
export function endOfWeek(day: IsoDate, weekStart: WeekStart): IsoDate {
  const position = (weekdayOf(day) - weekStart + 7) % 7
  return addDays(day, 6 - position)
}

function groupOf({ status, on }: Reminder, today: IsoDate, weekEnds: IsoDate): GroupKey {
  if (status === 'done' || status === 'dismissed') return 'settled'
  if (on < today) return 'overdue'
  if (on === today) return 'today'
  return on <= weekEnds ? 'week' : 'later'
}

/** Reminders in order of their day, by month. */
export function byMonth(
  reminders: readonly Reminder[],
): { readonly first: IsoDate; readonly reminders: readonly Reminder[] }[] {
  return [...Map.groupBy(reminders, ({ on }) => startOfMonth(on))].map(([first, all]) => ({ first, reminders: all }))
}

/** Reminders by how near they are, each group in the order given; empty groups are left out. */
export function groupReminders(
  reminders: readonly Reminder[],
  today: IsoDate,
  weekStart: WeekStart,
): { readonly key: GroupKey; readonly reminders: readonly Reminder[] }[] {
  const weekEnds = endOfWeek(today, weekStart)
  return groupKeys.flatMap((key) => {
    const group = reminders.filter((reminder) => groupOf(reminder, today, weekEnds) === key)
    return group.length === 0 ? [] : [{ key, reminders: group }]
  })
}
