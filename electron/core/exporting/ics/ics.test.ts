import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dayNumber,
  endOfMonth,
  type IsoDate,
  parseIsoDate,
} from '../../../../shared/domain/iso-date.ts'
import { type CalendarEvent, type EventRecurrence, recurrenceRule, writeCalendar } from './ics-calendar.ts'
import { escapeText, foldLine } from './ics-lines.ts'

const facts = { name: '一本账 Onebook', madeAt: Date.UTC(2026, 10, 25, 20, 30, 5), language: 'en' } as const
const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'card:1:2026-12-01@vault.onebook',
  on: parseIsoDate('2026-12-01'),
  recurrence: null,
  summary: 'Card payment: 招商银行',
  description: '',
  category: 'Card payment',
  leadDays: [],
  ...change,
})
const octets = (line: string): number => Buffer.byteLength(line, 'utf8')
const parse = (text: string) => new ICAL.Component(ICAL.parse(text) as never)

describe('content lines (RFC 5545, 3.1)', () => {
  it.each([
    ['a;b,c\\d', String.raw`a\;b\,c\\d`],
    ['two\r\nlines', String.raw`two\nlines`],
    ['tab\tstays, \u0007bell goes', 'tab\tstays\\, bell goes'],
  ])('%j is written %j', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped)
  })

  it('folds at 75 octets, never within a character', () => {
    const folded = foldLine(`SUMMARY:${'账'.repeat(60)}`).split('\r\n')
    // 8 + 22 × 3 = 74; then a space and 24 × 3 = 73; the last 14 × 3 + 1 = 43
    expect(folded.map(octets)).toEqual([74, 73, 43])
    expect(folded.join('\n').replaceAll('\n ', '')).toBe(`SUMMARY:${'账'.repeat(60)}`)
  })

  it('property: any text survives, in lines of at most 75 octets that end with CRLF', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const file = writeCalendar([event({ summary: `x${text}` })], facts)
        expect(file.endsWith('\r\n')).toBe(true)
        const lines = file.slice(0, -2).split('\r\n')
        for (const line of lines) {
          expect(octets(line)).toBeLessThanOrEqual(75)
          expect(/[\r\n]/.test(line)).toBe(false)
        }
        const [found] = parse(file).getAllSubcomponents('vevent')
        const plain = `x${text}`.replaceAll(/\r\n|\r|\u2028|\u2029/g, '\n').replaceAll(/(?![\t\n])\p{Cc}/gu, '')
        expect(found?.getFirstPropertyValue('summary')).toBe(plain)
      }),
    )
  })
})

describe('a calendar', () => {
  it('has what the standard demands of a calendar and of each event (3.6, 3.6.1)', () => {
    const calendar = parse(writeCalendar([event(), event({ uid: 'other' })], facts))
    expect(calendar.name).toBe('vcalendar')
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(String(calendar.getFirstPropertyValue('prodid'))).toContain('Onebook')
    const events = calendar.getAllSubcomponents('vevent')
    expect(events.map((one) => one.getFirstPropertyValue('uid'))).toEqual(['card:1:2026-12-01@vault.onebook', 'other'])
    for (const one of events) {
      expect(String(one.getFirstPropertyValue('dtstamp'))).toBe('2026-11-25T20:30:05Z')
      expect(String(one.getFirstPropertyValue('dtstart'))).toBe('2026-12-01')
      // a day without a time ends with the beginning of the next (3.6.1)
      expect(String(one.getFirstPropertyValue('dtend'))).toBe('2026-12-02')
    }
  })

  it.each([
    // nine in the morning of the day, of the day before, of the third day before
    [0, 'PT9H'],
    [1, '-PT15H'],
    [3, '-P2DT15H'],
  ])('an alarm %i days before is at %s from midnight', (days, expected) => {
    const [found] = parse(writeCalendar([event({ leadDays: [days] })], facts)).getAllSubcomponents('vevent')
    const [alarm] = found?.getAllSubcomponents('valarm') ?? []
    expect(String(alarm?.getFirstPropertyValue('trigger'))).toBe(expected)
    expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY')
    expect(alarm?.getFirstPropertyValue('description')).toBe('Card payment: 招商银行')
  })
})

const recurrence = (change: Partial<EventRecurrence>): EventRecurrence => ({
  every: 'month',
  interval: 1,
  lastDay: false,
  until: null,
  ...change,
})

describe('what comes again', () => {
  it.each<[string, Partial<EventRecurrence>, string]>([
    ['2026-01-15', {}, 'FREQ=MONTHLY'],
    ['2026-01-15', { interval: 3 }, 'FREQ=MONTHLY;INTERVAL=3'],
    ['2026-01-31', {}, 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['2026-01-30', {}, 'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1'],
    ['2026-02-28', { lastDay: true }, 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['2028-02-29', { every: 'year' }, 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1'],
    ['2026-07-31', { every: 'year' }, 'FREQ=YEARLY'],
    ['2026-01-05', { every: 'week', interval: 2 }, 'FREQ=WEEKLY;INTERVAL=2'],
    ['2026-01-05', { every: 'day', until: parseIsoDate('2026-01-09') }, 'FREQ=DAILY;UNTIL=20260109'],
  ])('from %s %j is %s', (first, change, rule) => {
    expect(recurrenceRule(parseIsoDate(first), recurrence(change))).toBe(rule)
  })

  it('property: a calendar program finds the days that the rule means, month ends clamped', () => {
    const start = dayNumber(parseIsoDate('2024-01-01'))
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1500 }),
        fc.constantFrom<EventRecurrence['every']>('day', 'week', 'month', 'year'),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        (offset, every, interval, last) => {
          const any = addDays(parseIsoDate('2024-01-01'), dayNumber(parseIsoDate('2024-01-01')) - start + offset)
          const first = last && (every === 'month' || every === 'year') ? endOfMonth(any) : any
          const rule = recurrence({ every, interval, lastDay: last && (every === 'month' || every === 'year') })
          const [found] = parse(writeCalendar([event({ on: first, recurrence: rule })], facts)).getAllSubcomponents(
            'vevent',
          )
          const days = new ICAL.Event(found).iterator()
          for (let index = 0; index < 8; index += 1) {
            const expected = occurrence(first, rule, index)
            expect(String(days.next())).toBe(expected)
          }
        },
      ),
    )
  })
})

/** The day of an occurrence by plain civil arithmetic: the day of the first, clamped to the month. */
function occurrence(first: IsoDate, { every, interval, lastDay }: EventRecurrence, index: number): IsoDate {
  const steps = index * interval
  if (every === 'day') return addDays(first, steps)
  if (every === 'week') return addDays(first, 7 * steps)
  const moved = addMonths(first, every === 'year' ? 12 * steps : steps)
  return lastDay ? endOfMonth(moved) : moved
}
