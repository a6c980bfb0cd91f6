import { type CivilTime, dateOfTime, minuteOfTime } from '../../shared/domain/civil-time.ts'
import { dayNumber } from '../../shared/domain/iso-date.ts'

/** The moment of a civil time where the wall clock shows UTC, in milliseconds since the epoch. */
export function instantInUtc(time: CivilTime): number {
  return (dayNumber(dateOfTime(time)) * 1440 + minuteOfTime(time)) * 60_000
}
