import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateFromDayNumber,
  dayNumber,
  type IsoDate,
  parseIsoDate,
} from '../../../../shared/domain/iso-date.ts'
import { recurrenceSchema } from '../../../../shared/model/reminder.ts'
import { type CalendarEvent, writeCalendar } from './calendar-writer.ts'
import { escapeText, foldLine } from './content-line.ts'
import { firstOccurrence, repeatRule } from './repeat-rule.ts'

const head = { name: '一本账 Reminders', language: 'zh-CN', writtenAt: Date.UTC(2026, 10, 25, 8, 30) }
const event = (given: Partial<CalendarEvent>): CalendarEvent => ({
  uid: 'card.12@onebook',
  on: parseIsoDate('2026-12-05'),
  summary: 'Card',
  description: '',
  category: 'Card payment',
  rule: null,
  except: [],
  alarms: [],
  ...given,
})
const write = (...events: CalendarEvent[]): string => [...writeCalendar(events, head)].join('')
const read = (text: string): ICAL.Component[] => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
const unfold = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 })
const anyDate = fc.integer({ min: dayNumber(parseIsoDate('1990-01-01')), max: dayNumber(parseIsoDate('2090-12-31')) })
const longer = { numRuns: 300 }

describe('RFC 5545 3.1: content lines', () => {
  it('no line is longer than 75 octets, every line ends in CRLF, none ends or begins within a character', () => {
    fc.assert(
      fc.property(anyText, anyText, (summary, description) => {
        const text = write(event({ summary: `账单${summary}😀`, description: description.repeat(5) }))
        expect(text.endsWith('\r\n')).toBe(true)
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line, 'utf8')).toBeLessThanOrEqual(75)
          expect(line).not.toMatch(/[\r\n]/)
          expect(line.isWellFormed()).toBe(true)
        }
      }),
      longer,
    )
  })
  it.each([
    ['75 octets stay one line', 'a'.repeat(75), 1],
    ['76 octets become two', 'a'.repeat(76), 2],
    ['a character of three octets that would end at 76 goes to the next line', `${'a'.repeat(73)}账`, 2],
    ['the space of a folded line counts: 75 + 74 octets are two lines', 'a'.repeat(149), 2],
    ['75 + 75 octets are three', 'a'.repeat(150), 3],
  ])('%s', (_, line, lines) => {
    expect(foldLine(line).split('\r\n')).toHaveLength(lines + 1)
  })
})

describe('RFC 5545 3.3.11: TEXT', () => {
  it.each([
    ['a;b,c', 'a\\;b\\,c'],
    ['back\\slash', 'back\\\\slash'],
    ['two\r\nlines', 'two\\nlines'],
    ['an old\rend', 'an old\\nend'],
    ['bell\u0007 and half \ud83d', 'bell and half '],
    ['"quoted": 12', '"quoted": 12'],
  ])('%j is written %j', (text, written) => {
    expect(escapeText(text)).toBe(written)
  })
  it('what a parser reads is what was written: parse ∘ write = id', () => {
    fc.assert(
      fc.property(anyText, anyText, anyDate, (summary, description, days) => {
        const on = dateFromDayNumber(days)
        const [found] = read(write(event({ summary, description, on })))
        const clean = (text: string): string =>
          Array.from(text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'))
            .filter((c) => (c >= ' ' && c !== '\u007f') || c === '\n' || c === '\t')
            .join('')
        expect(found?.getFirstPropertyValue('summary')).toBe(clean(summary))
        expect(found?.getFirstPropertyValue('description') ?? '').toBe(clean(description))
        expect(String(found?.getFirstPropertyValue('dtstart'))).toBe(on)
        expect(String(found?.getFirstPropertyValue('dtend'))).toBe(addDays(on, 1))
      }),
      longer,
    )
  })
})

describe('RFC 5545 3.6: what must be there', () => {
  it('a calendar has VERSION and PRODID once, before its components', () => {
    const lines = unfold(write(event({})))
    expect(lines[0]).toBe('BEGIN:VCALENDAR')
    expect(lines.at(-1)).toBe('END:VCALENDAR')
    for (const name of ['VERSION:2.0', 'PRODID:', 'METHOD:PUBLISH', 'CALSCALE:GREGORIAN']) {
      const at = lines.flatMap((line, index) => (line.startsWith(name) ? [index] : []))
      expect(at).toHaveLength(1)
      expect(at[0]).toBeLessThan(lines.indexOf('BEGIN:VEVENT'))
    }
  })
  it('an event has UID, DTSTAMP in UTC and DTSTART as a date once; an alarm ACTION, DESCRIPTION and TRIGGER', () => {
    const lines = unfold(write(event({ alarms: [540] })))
    for (const line of [
      'UID:card.12@onebook',
      'DTSTAMP:20261125T083000Z',
      'DTSTART;VALUE=DATE:20261205',
      'DTEND;VALUE=DATE:20261206',
      'ACTION:DISPLAY',
      'TRIGGER:PT9H',
    ]) {
      expect(lines.filter((each) => each === line)).toHaveLength(1)
    }
    const alarm = lines.slice(lines.indexOf('BEGIN:VALARM'), lines.indexOf('END:VALARM'))
    expect(alarm).toContain('DESCRIPTION:Card')
  })
  it('a later export has a higher SEQUENCE: minutes since 2020', () => {
    // 2020-01-01 → 2020-01-03T00:02Z: 2 × 1440 + 2
    const text = [...writeCalendar([event({})], { ...head, writtenAt: Date.UTC(2020, 0, 3, 0, 2) })].join('')
    expect(unfold(text)).toContain('SEQUENCE:2882')
  })
})

describe('alarms: minutes from the midnight that begins the day', () => {
  it.each([
    [0, 'PT0S'],
    [540, 'PT9H'],
    [570, 'PT9H30M'],
    // three days before, at nine: 3 × 1440 − 540 = 3780 minutes = 2 days 15 hours
    [-3780, '-P2DT15H'],
    [-1440, '-P1D'],
    [-1, '-PT1M'],
  ])('%i minutes are %s', (minutes, trigger) => {
    expect(unfold(write(event({ alarms: [minutes] })))).toContain(`TRIGGER:${trigger}`)
    const value = read(write(event({ alarms: [minutes] })))[0]
      ?.getFirstSubcomponent('valarm')
      ?.getFirstPropertyValue('trigger')
    expect((value as ICAL.Duration).toSeconds()).toBe(minutes * 60)
  })
})

/** The days that a peer's expansion of the rule gives. */
function expand(firstOn: IsoDate, rule: string, count: number): string[] {
  const start = ICAL.Time.fromDateString(firstOn)
  const iterator = ICAL.Recur.fromString(rule).iterator(start)
  const days: string[] = []
  for (let index = 0; index < count; index += 1) {
    const next = iterator.next() as ICAL.Time | null
    if (next === null) break
    days.push(next.toString())
  }
  return days
}

describe('RFC 5545 3.3.10: rules mean the same as ours', () => {
  it.each([
    ['weekly', '2026-11-25', { every: 'week', interval: 2 }, ['2026-11-25', '2026-12-09', '2026-12-23']],
    [
      'the 31st, or the last day',
      '2026-01-31',
      { every: 'month' },
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'],
    ],
    [
      'the last day from a 15th',
      '2026-02-15',
      { every: 'month', lastDay: true },
      ['2026-02-28', '2026-03-31', '2026-04-30'],
    ],
    [
      '29 February',
      '2024-02-29',
      { every: 'year' },
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
    ],
    ['every quarter', '2026-11-28', { every: 'month', interval: 3 }, ['2026-11-28', '2027-02-28', '2027-05-28']],
    ['until, the day included', '2026-11-25', { every: 'day', until: '2026-11-26' }, ['2026-11-25', '2026-11-26']],
  ])('%s', (_, first, given, days) => {
    const recurrence = recurrenceSchema.parse(given)
    const on = firstOccurrence(parseIsoDate(first), recurrence)
    const count = 'until' in given ? days.length + 1 : days.length
    expect(expand(on, repeatRule(parseIsoDate(first), recurrence) ?? '', count)).toEqual(days)
  })
  it('the 29th or 30th of each month has none that programs agree on', () => {
    const monthly = recurrenceSchema.parse({ every: 'month' })
    expect(repeatRule(parseIsoDate('2026-11-30'), monthly)).toBeNull()
    expect(repeatRule(parseIsoDate('2027-01-29'), monthly)).toBeNull()
  })
})
