import { isIsoDate, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Clock } from '../ports.ts'

/** The machine's clock in the user's zone. `fixedToday` holds the civil date still, for tests. */
export function createSystemClock(fixedToday?: string): Clock {
  return {
    now: () => Date.now(),
    today(): IsoDate {
      const now = new Date()
      const two = (part: number): string => String(part).padStart(2, '0')
      const text =
        fixedToday ?? `${String(now.getFullYear()).padStart(4, '0')}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
      if (!isIsoDate(text)) throw new TypeError('not a civil date')
      return text
    },
  }
}
