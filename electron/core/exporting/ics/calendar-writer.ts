import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { contentLine, escapeText } from './content-line.ts'
import { icsDate } from './repeat-rule.ts'

/** One entry of a calendar: a whole day, or one that comes again. */
export interface CalendarEvent {
  /** The same in every export of the same thing. */
  readonly uid: string
  readonly on: IsoDate
  readonly summary: string
  readonly description: string
  readonly category: string
  /** An RRULE, or null for a single day. */
  readonly rule: string | null
  /** Days on which it does not come again. */
  readonly except: readonly IsoDate[]
  /** Minutes from the midnight that begins the day to each alarm; negative: before. */
  readonly alarms: readonly number[]
}

export interface CalendarHead {
  readonly name: string
  /** BCP 47, of the texts. */
  readonly language: string
  /** Milliseconds since the epoch: when it is written. */
  readonly writtenAt: number
}

const PRODUCT = '-//Onebook//Reminders//EN'
/** 2020-01-01T00:00Z, in milliseconds. SEQUENCE counts minutes from here, so that a later export always has a higher one. */
const SEQUENCE_BEGINS = 1_577_836_800_000

/** `20261125T083000Z`. */
function icsInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

/** A DURATION: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.6. */
function icsDuration(minutes: number): string {
  const magnitude = Math.abs(minutes)
  const days = Math.floor(magnitude / 1440)
  const hours = Math.floor((magnitude % 1440) / 60)
  const rest = magnitude % 60
  const time = `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`
  // an hour and no minutes is fine, a "T" without anything after it is not
  const written = `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`
  return `${minutes < 0 ? '-' : ''}${written === 'P' ? 'PT0S' : written}`
}

function* alarmLines(minutes: number, summary: string): Generator<string> {
  yield contentLine('BEGIN', 'VALARM')
  yield contentLine('ACTION', 'DISPLAY')
  yield contentLine('DESCRIPTION', escapeText(summary))
  yield contentLine('TRIGGER', icsDuration(minutes))
  yield contentLine('END', 'VALARM')
}

function* eventLines(event: CalendarEvent, { writtenAt }: CalendarHead): Generator<string> {
  yield contentLine('BEGIN', 'VEVENT')
  yield contentLine('UID', escapeText(event.uid))
  yield contentLine('DTSTAMP', icsInstant(writtenAt))
  yield contentLine('SEQUENCE', String(Math.max(0, Math.floor((writtenAt - SEQUENCE_BEGINS) / 60_000))))
  yield contentLine('DTSTART;VALUE=DATE', icsDate(event.on))
  // the end of a whole day is the next day, which is not part of it
  yield contentLine('DTEND;VALUE=DATE', icsDate(addDays(event.on, 1)))
  if (event.rule !== null) yield contentLine('RRULE', event.rule)
  if (event.except.length > 0) yield contentLine('EXDATE;VALUE=DATE', event.except.map(icsDate).join(','))
  yield contentLine('SUMMARY', escapeText(event.summary))
  if (event.description !== '') yield contentLine('DESCRIPTION', escapeText(event.description))
  yield contentLine('CATEGORIES', escapeText(event.category))
  // a day to pay by does not make anybody busy
  yield contentLine('TRANSP', 'TRANSPARENT')
  yield contentLine('CLASS', 'PRIVATE')
  for (const minutes of event.alarms) yield* alarmLines(minutes, event.summary)
  yield contentLine('END', 'VEVENT')
}

/** An iCalendar object, in pieces: https://www.rfc-editor.org/rfc/rfc5545. UTF-8, lines end in CRLF. */
export function* writeCalendar(events: Iterable<CalendarEvent>, head: CalendarHead): Generator<string> {
  yield contentLine('BEGIN', 'VCALENDAR')
  yield contentLine('VERSION', '2.0')
  yield contentLine('PRODID', PRODUCT)
  yield contentLine('CALSCALE', 'GREGORIAN')
  yield contentLine('METHOD', 'PUBLISH')
  // https://www.rfc-editor.org/rfc/rfc7986#section-5.1, and what programs knew before it
  yield contentLine(`NAME;LANGUAGE=${head.language}`, escapeText(head.name))
  yield contentLine('X-WR-CALNAME', escapeText(head.name))
  for (const event of events) yield* eventLines(event, head)
  yield contentLine('END', 'VCALENDAR')
}
