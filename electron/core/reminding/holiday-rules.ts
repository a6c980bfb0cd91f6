import { z } from 'zod'
import {
  addDays,
  daysInMonth,
  isoDate,
  type IsoDate,
  partsOfDate,
  tryIsoDate,
  weekdayOf,
} from '../../../shared/domain/iso-date.ts'
import { isoDateSchema } from '../../../shared/model/primitives.ts'
import festivalTable from '../../../resources/calendars/lunar-festivals.json' with { type: 'json' }

export const festivalKeys = ['new-year', 'qingming', 'dragon-boat', 'mid-autumn'] as const

/** When a holiday falls: a day of the year, the nth weekday of a month (−1: the last), days from Easter Sunday or a Chinese festival. */
export const holidayRuleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('date'), month: z.int().min(1).max(12), day: z.int().min(1).max(31) }),
  z.strictObject({
    type: z.literal('weekday'),
    month: z.int().min(1).max(12),
    weekday: z.int().min(1).max(7),
    nth: z.int().min(-1).max(5),
  }),
  z.strictObject({
    type: z.literal('monthly-weekday'),
    weekday: z.int().min(1).max(7),
    nth: z.int().min(-1).max(5),
  }),
  z.strictObject({ type: z.literal('easter'), offset: z.int().min(-60).max(60) }),
  z.strictObject({
    type: z.literal('festival'),
    festival: z.enum(festivalKeys),
    offset: z.int().min(-3).max(3),
  }),
])
export type HolidayRule = z.infer<typeof holidayRuleSchema>

const festivals = z
  .strictObject({
    source: z.string().min(10),
    confirmed: z.boolean(),
    festivals: z.record(z.enum(festivalKeys), z.record(z.string().regex(/^\d{4}$/), isoDateSchema)),
  })
  .parse(festivalTable).festivals

/**
 * Easter Sunday of the western churches (the anonymous Gregorian algorithm, Meeus, Astronomical Algorithms, ch. 8).
 */
export function easterSunday(year: number): IsoDate {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const correction = Math.floor((century + 8) / 25)
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - correction + 1) / 3) + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - moon - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * weekday) / 451)
  const sum = moon + weekday - 7 * late + 114
  return isoDate(year, Math.floor(sum / 31), (sum % 31) + 1)
}

/** The nth such weekday of a month, −1 the last; null where the month has no fifth. */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): IsoDate | null {
  if (nth < 0) {
    const last = isoDate(year, month, daysInMonth(year, month))
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7))
  }
  const first = isoDate(year, month, 1)
  const day = 1 + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7
  return tryIsoDate(year, month, day)
}

/** The days of a year that the rule names: none where it cannot be told. */
export function datesOfRule(rule: HolidayRule, year: number): IsoDate[] {
  const one = (date: IsoDate | null): IsoDate[] => (date === null ? [] : [date])
  switch (rule.type) {
    case 'date':
      return one(tryIsoDate(year, rule.month, rule.day))
    case 'weekday':
      return one(nthWeekday(year, rule.month, rule.weekday, rule.nth))
    case 'monthly-weekday':
      return Array.from({ length: 12 }, (_, index) => nthWeekday(year, index + 1, rule.weekday, rule.nth)).filter(
        (date) => date !== null,
      )
    case 'easter':
      return [addDays(easterSunday(year), rule.offset)]
    case 'festival': {
      const date = festivals[rule.festival][String(year)]
      return date === undefined ? [] : [addDays(date, rule.offset)].filter((day) => partsOfDate(day).year === year)
    }
    default:
      return rule satisfies never
  }
}
