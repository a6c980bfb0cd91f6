import { z } from 'zod'
import { addDays, daysBetween, type IsoDate, partsOfDate, weekdayOf } from '../../../shared/domain/iso-date.ts'
import { isoDateSchema } from '../../../shared/model/primitives.ts'
import { type CalendarFacts, type CalendarKey, calendarKeys, type RollRule } from '../../../shared/model/reminder.ts'
import cn from '../../../resources/calendars/cn.json' with { type: 'json' }
import de from '../../../resources/calendars/de.json' with { type: 'json' }
import hk from '../../../resources/calendars/hk.json' with { type: 'json' }
import india from '../../../resources/calendars/in.json' with { type: 'json' }
import target2 from '../../../resources/calendars/target2.json' with { type: 'json' }
import uk from '../../../resources/calendars/uk.json' with { type: 'json' }
import usBanks from '../../../resources/calendars/us-banks.json' with { type: 'json' }
import usFederal from '../../../resources/calendars/us-federal.json' with { type: 'json' }
import { datesOfRule, holidayRuleSchema } from './holiday-rules.ts'

const noticeSchema = z.strictObject({
  source: z.string().min(3),
  confirmed: z.boolean(),
  /** Pairs of first and last day. */
  daysOff: z.array(z.tuple([isoDateSchema, isoDateSchema])),
  /** Days of a weekend that are worked on (调休). */
  workdays: z.array(isoDateSchema),
})

const calendarSchema = z.strictObject({
  key: z.enum(calendarKeys),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  source: z.string().min(10),
  confirmed: z.boolean(),
  /** ISO weekdays. */
  weekend: z.array(z.int().min(1).max(7)),
  /** What becomes of a holiday on a weekend. */
  observe: z.enum(['none', 'nearest-weekday', 'sunday-to-monday', 'next-free-weekday', 'sunday-to-next-free']),
  /** Days off are announced year by year: without the notice of its year a day is not certain. */
  needsNotice: z.boolean().default(false),
  holidays: z.array(
    z.strictObject({
      nameZh: z.string().min(1),
      nameEn: z.string().min(1),
      on: holidayRuleSchema,
      validFrom: z.int().optional(),
      exceptYears: z.array(z.int()).default([]),
    }),
  ),
  /** Notices of single years: in place of the rules, or added to them. */
  years: z.record(z.string().regex(/^\d{4}$/), noticeSchema).default({}),
  yearsAdd: z.boolean().default(false),
})
type CalendarData = z.infer<typeof calendarSchema>

interface Year {
  readonly off: ReadonlySet<string>
  readonly worked: ReadonlySet<string>
  readonly certain: boolean
}

/** At most this far is a day moved; no calendar has so many days off in a row. */
const LONGEST_BREAK = 30

/** Which days are business days, by the rules and notices of one place. */
export class HolidayCalendar {
  readonly #data: CalendarData
  readonly #years = new Map<number, Year>()

  constructor(raw: unknown) {
    this.#data = calendarSchema.parse(raw)
  }

  get facts(): CalendarFacts {
    const { key, nameZh, nameEn, source, confirmed, needsNotice, years } = this.#data
    const known = needsNotice ? Object.keys(years).map(Number) : null
    return { key, nameZh, nameEn, source, confirmed, years: known }
  }

  isBusinessDay(date: IsoDate): boolean {
    const year = this.#year(partsOfDate(date).year)
    if (year.worked.has(date)) return true
    return !this.#data.weekend.includes(weekdayOf(date)) && !year.off.has(date)
  }

  /** False where days off of that year are announced and the notice is not known. */
  isCertain(date: IsoDate): boolean {
    return this.#year(partsOfDate(date).year).certain
  }

  /** The day itself where it is a business day or the rule is `none`; else the next or previous one. */
  roll(date: IsoDate, rule: RollRule): { readonly on: IsoDate; readonly certain: boolean } {
    if (rule === 'none') return { on: date, certain: true }
    const step = rule === 'next' ? 1 : -1
    let on = date
    let certain = this.isCertain(on)
    while (!this.isBusinessDay(on) && Math.abs(daysBetween(date, on)) < LONGEST_BREAK) {
      on = addDays(on, step)
      certain &&= this.isCertain(on)
    }
    return { on, certain }
  }

  /** Days off of a year beside weekends, rising, as they are observed. */
  daysOff(year: number): IsoDate[] {
    return ([...this.#year(year).off] as IsoDate[]).sort()
  }

  #year(year: number): Year {
    const known = this.#years.get(year)
    if (known !== undefined) return known
    const made = this.#makeYear(year)
    this.#years.set(year, made)
    return made
  }

  #makeYear(year: number): Year {
    const { years, yearsAdd, needsNotice } = this.#data
    const notice = years[String(year)]
    const off = new Set<string>()
    if (notice === undefined || yearsAdd) for (const date of this.#observed(year)) off.add(date)
    for (const [first, last] of notice?.daysOff ?? []) {
      for (let date = first; date <= last; date = addDays(date, 1)) off.add(date)
    }
    return { off, worked: new Set(notice?.workdays), certain: !needsNotice || notice !== undefined }
  }

  /** The holidays by rule, moved as they are observed. A holiday of next year may be taken in this one. */
  #observed(year: number): IsoDate[] {
    const { weekend, observe } = this.#data
    const named = [year - 1, year, year + 1].flatMap((each) => this.#named(each)).sort()
    const taken = new Set<string>(named.filter((date) => !weekend.includes(weekdayOf(date))))
    const result: IsoDate[] = []
    for (const date of named) {
      const weekday = weekdayOf(date)
      let on = date
      if (observe === 'nearest-weekday' && weekday === 6) on = addDays(date, -1)
      else if (weekday === 7 && (observe === 'nearest-weekday' || observe === 'sunday-to-monday')) on = addDays(date, 1)
      else if (
        (observe === 'next-free-weekday' && weekday >= 6) ||
        (observe === 'sunday-to-next-free' && weekday === 7)
      ) {
        do on = addDays(on, 1)
        while ((observe === 'next-free-weekday' ? weekdayOf(on) >= 6 : weekdayOf(on) === 7) || taken.has(on))
      }
      taken.add(on)
      result.push(on)
    }
    return [...new Set(result)].filter((date) => partsOfDate(date).year === year)
  }

  #named(year: number): IsoDate[] {
    return this.#data.holidays
      .filter(({ validFrom, exceptYears }) => (validFrom ?? 0) <= year && !exceptYears.includes(year))
      .flatMap(({ on }) => datesOfRule(on, year))
  }
}

const raw: Readonly<Record<CalendarKey, unknown>> = {
  cn,
  'us-federal': usFederal,
  'us-banks': usBanks,
  uk,
  de,
  hk,
  in: india,
  target2,
}
const made = new Map<CalendarKey, HolidayCalendar>()

export function holidayCalendar(key: CalendarKey): HolidayCalendar {
  const known = made.get(key)
  if (known !== undefined) return known
  const calendar = new HolidayCalendar(raw[key])
  made.set(key, calendar)
  return calendar
}

/** Where a currency is at home. */
const ofCurrency = new Map<string, CalendarKey>([
  ['CNY', 'cn'],
  ['USD', 'us-federal'],
  ['GBP', 'uk'],
  ['EUR', 'target2'],
  ['HKD', 'hk'],
  ['INR', 'in'],
])

/** The calendar of a currency, else that of the euro, which has the fewest days off. */
export function calendarOfCurrency(currency: string): CalendarKey {
  return ofCurrency.get(currency) ?? 'target2'
}
