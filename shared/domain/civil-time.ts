import { addDays, dayNumber, type IsoDate, isIsoDate } from './iso-date.ts'

declare const civilTimeBrand: unique symbol
/**
 * A civil date and a minute of it as the wall clock shows them, `YYYY-MM-DDTHH:MM`, without zone or seconds: what people
 * mean by "tomorrow at nine", wherever they are. Civil times compare as text.
 */
export type CivilTime = string & { readonly [civilTimeBrand]: true }

export const MINUTES_A_DAY = 1440
const SHAPE = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/
const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

/** Whether the text is `YYYY-MM-DDTHH:MM` and that day exists. */
export function isCivilTime(text: string): text is CivilTime {
  return SHAPE.test(text) && isIsoDate(text.slice(0, 10))
}

/** The text as a civil time; throws a RangeError unless it is one. */
export function parseCivilTime(text: string): CivilTime {
  if (!isCivilTime(text)) throw new RangeError(`"${text.slice(0, 40)}" is not a time of the form YYYY-MM-DDTHH:MM`)
  return text
}

/** The minute of a day, 0 … 1439; throws a RangeError beyond. */
export function civilTime(on: IsoDate, minute: number): CivilTime {
  if (!Number.isInteger(minute) || minute < 0 || minute >= MINUTES_A_DAY) {
    throw new RangeError(`a day has no minute ${minute}`)
  }
  return `${on}T${two(Math.floor(minute / 60))}:${two(minute % 60)}` as CivilTime
}

export function dateOfTime(time: CivilTime): IsoDate {
  return time.slice(0, 10) as IsoDate
}

/** Minutes since midnight by the wall clock. */
export function minuteOfTime(time: CivilTime): number {
  return Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16))
}

/** So many minutes later by the wall clock, as if every day had 24 hours. */
export function addMinutes(time: CivilTime, minutes: number): CivilTime {
  const total = minuteOfTime(time) + minutes
  const days = Math.floor(total / MINUTES_A_DAY)
  return civilTime(addDays(dateOfTime(time), days), total - days * MINUTES_A_DAY)
}

/** Minutes by the wall clock from one to the other; negative where `to` is earlier. */
export function minutesBetween(from: CivilTime, to: CivilTime): number {
  const days = dayNumber(dateOfTime(to)) - dayNumber(dateOfTime(from))
  return days * MINUTES_A_DAY + minuteOfTime(to) - minuteOfTime(from)
}
