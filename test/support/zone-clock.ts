import type { CivilClock } from '../../electron/core/ports.ts'
import { type CivilTime, dateOfTime, parseCivilTime } from '../../shared/domain/civil-time.ts'
import type { IsoDate } from '../../shared/domain/iso-date.ts'
import { instantInUtc } from './civil-clock.ts'

const DAY_MS = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** What the wall clock of a zone shows at a moment. */
function civilAt(zone: string, instant: number): CivilTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return parseCivilTime(`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`)
}

/** A clock that is set by hand: the true moment, the zone of the computer, and by how much it is wrong. For tests. */
export class ZoneClock implements CivilClock {
  /** Milliseconds since the epoch. */
  true: number
  /** Milliseconds that the clock is ahead of the truth. */
  skew = 0
  zone: string

  constructor(instant: number, zone: string) {
    this.true = instant
    this.zone = zone
  }

  now(): number {
    return this.true + this.skew
  }

  time(): CivilTime {
    return civilAt(this.zone, this.now())
  }

  today(): IsoDate {
    return dateOfTime(this.time())
  }

  /** As the engine of the language does it: by the offset before a change, where a time comes twice or never. */
  instantOf(time: CivilTime): number {
    const asUtc = instantInUtc(time)
    const offset = (instant: number): number => instantInUtc(civilAt(this.zone, instant)) - instant
    const [before, after] = [asUtc - offset(asUtc - DAY_MS), asUtc - offset(asUtc + DAY_MS)]
    return civilAt(this.zone, before) !== time && civilAt(this.zone, after) === time ? after : before
  }

  /** What the wall clock shows at that moment: another time where summer time skips it. */
  shownAt(time: CivilTime): CivilTime {
    return civilAt(this.zone, this.instantOf(time))
  }
}
