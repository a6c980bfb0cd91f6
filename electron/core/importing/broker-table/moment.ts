import { dateFromDayNumber, type IsoDate } from '../../../../shared/domain/iso-date.ts'

const EPOCH = /^(\d{10})(\d{3})?(?:\.\d{1,9})?$/
/** 2009 to 2100: what lies outside is an identifier. */
const [EARLIEST, LATEST] = [1_230_000_000, 4_102_444_800]
const DAY = 86_400

const two = (value: number): string => String(value).padStart(2, '0')

/** A moment in seconds or milliseconds since 1970 (UTC), as exchanges write it; null where the text is none. */
export function epochOf(text: string): { readonly date: IsoDate; readonly time: string } | null {
  const match = EPOCH.exec(text)
  if (match === null) return null
  const seconds = Number(match[1])
  if (seconds < EARLIEST || seconds > LATEST) return null
  const rest = seconds % DAY
  return {
    date: dateFromDayNumber(Math.floor(seconds / DAY)),
    time: `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`,
  }
}
