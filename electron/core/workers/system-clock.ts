import { type CivilTime, dateOfTime, minuteOfTime, parseCivilTime } from '../../../shared/domain/civil-time.ts'
import { isIsoDate, type IsoDate, partsOfDate } from '../../../shared/domain/iso-date.ts'
import type { CivilClock } from '../ports.ts'

const two = (part: number): string => String(part).padStart(2, '0')
const dateOf = (at: Date): string =>
  `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`

/** The machine's clock in the user's zone. `fixedToday` holds the civil date still, for tests. */
export function createSystemClock(fixedToday?: string): CivilClock {
  const today = (): IsoDate => {
    const text = fixedToday ?? dateOf(new Date())
    if (!isIsoDate(text)) throw new TypeError('not a civil date')
    return text
  }
  return {
    now: () => Date.now(),
    today,
    time(): CivilTime {
      const at = new Date()
      return parseCivilTime(`${fixedToday ?? dateOf(at)}T${two(at.getHours())}:${two(at.getMinutes())}`)
    },
    instantOf(time): number {
      const { year, month, day } = partsOfDate(dateOfTime(time))
      const minute = minuteOfTime(time)
      // the engine takes the earlier of two moments, and a time in a gap as that long after the gap
      return new Date(year, month - 1, day, Math.floor(minute / 60), minute % 60).getTime()
    },
  }
}
