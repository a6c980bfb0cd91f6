import { addDays, type IsoDate, partsOfDate } from '../../../../shared/domain/iso-date.ts'
import { escapeText, joinLines } from './ics-lines.ts'

/** How a day comes again. Where a month lacks its day it is the month's last. */
export interface EventRecurrence {
  readonly every: 'day' | 'week' | 'month' | 'year'
  readonly interval: number
  /** Months and years: on the last day of the month. */
  readonly lastDay: boolean
  /** The last day that it may fall on. */
  readonly until: IsoDate | null
}

/** A day to remember, as calendar programs show it. */
export interface CalendarEvent {
  /** The same in every export, so that a program updates the event instead of doubling it. */
  readonly uid: string
  readonly on: IsoDate
  /** How it comes again, where that can be said exactly; null: once. */
  readonly recurrence: EventRecurrence | null
  readonly summary: string
  readonly description: string
  readonly category: string
  /** Days before at which the program is to tell of it, at nine in the morning. */
  readonly leadDays: readonly number[]
}

export interface CalendarFacts {
  readonly name: string
  /** Milliseconds since the epoch: when the file was made. */
  readonly madeAt: number
  readonly language: 'en' | 'zh-CN'
}

const FREQUENCIES = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const

const basic = (on: IsoDate): string => on.replaceAll('-', '')

/** An instant in UTC, `20261125T203000Z` (RFC 5545, 3.3.5, form 2). */
function utcStamp(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const day = addDays('1970-01-01' as IsoDate, Math.floor(seconds / 86_400))
  const rest = seconds - Math.floor(seconds / 86_400) * 86_400
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${basic(day)}T${two(Math.floor(rest / 3600))}${two(Math.floor(rest / 60) % 60)}${two(rest % 60)}Z`
}

/**
 * The rule of a recurrence (3.3.10). A month without the day has it on its last day: of the days from the 28th to the
 * wanted one the last that the month has is taken.
 */
export function recurrenceRule(first: IsoDate, { every, interval, lastDay, until }: EventRecurrence): string {
  const { month, day } = partsOfDate(first)
  // the 29th of February is the last day of every February, but no yearly rule says so that all programs understand
  const isLastOfFebruary = every === 'year' && month === 2 && (lastDay || day === 29)
  const monthly = every === 'month' || isLastOfFebruary
  const often = isLastOfFebruary ? 12 * interval : interval
  const parts = [`FREQ=${FREQUENCIES[monthly ? 'month' : every]}`]
  if (often > 1) parts.push(`INTERVAL=${often}`)
  if (monthly) {
    if (isLastOfFebruary || lastDay || day === 31) parts.push('BYMONTHDAY=-1')
    else if (day > 28) parts.push(`BYMONTHDAY=${day === 29 ? '28,29' : '28,29,30'}`, 'BYSETPOS=-1')
  }
  if (until !== null) parts.push(`UNTIL=${basic(until)}`)
  return parts.join(';')
}

/** Nine in the morning so many days before a day that begins at midnight. */
function trigger(leadDays: number): string {
  return leadDays === 0 ? 'PT9H' : leadDays === 1 ? '-PT15H' : `-P${leadDays - 1}DT15H`
}

function eventLines(event: CalendarEvent, stamp: string): string[] {
  const { uid, on, recurrence, summary, description, category, leadDays } = event
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${basic(on)}`,
    `DTEND;VALUE=DATE:${basic(addDays(on, 1))}`,
    ...(recurrence === null ? [] : [`RRULE:${recurrenceRule(on, recurrence)}`]),
    `SUMMARY:${escapeText(summary)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    `CATEGORIES:${escapeText(category)}`,
    'CLASS:PRIVATE',
    // the day is not taken by it
    'TRANSP:TRANSPARENT',
    ...leadDays.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escapeText(summary)}`,
      `TRIGGER:${trigger(days)}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ]
}

/** A file of type text/calendar (RFC 5545) with these days. */
export function writeCalendar(events: readonly CalendarEvent[], facts: CalendarFacts): string {
  const stamp = utcStamp(facts.madeAt)
  return joinLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Onebook//Reminders//${facts.language === 'en' ? 'EN' : 'ZH'}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(facts.name)}`,
    `X-WR-CALNAME:${escapeText(facts.name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:P1D',
    ...events.flatMap((event) => eventLines(event, stamp)),
    'END:VCALENDAR',
  ])
}
