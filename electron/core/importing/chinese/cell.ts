import { isIsoDate, type IsoDate, parseIsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'

/** Header and label texts evened out: full-width forms, spaces, quotes and letter case do not tell names apart. */
export function normalizeName(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s"'`\u{FEFF}\u{200B}]/gu, '')
    .toLowerCase()
}

const BLANK = /^(?:[/\\－—–_-]*|无|空|null|n\/a)$/iu
const LONGEST_BLANK = 24

/** Code units that pad cells: white space of all widths, byte order marks, zero-width spaces. */
function isPadding(code: number): boolean {
  if (code <= 32) return true
  return code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x2000 && code <= 0x200b)
}

/** A cell's content without padding, protective quotes and the marks that stand for "nothing"; '' where there is none. */
export function cleanCell(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  let start = 0
  let end = text.length
  while (start < end && isPadding(text.charCodeAt(start))) start += 1
  while (end > start && isPadding(text.charCodeAt(end - 1))) end -= 1
  if (start === end) return ''
  const first = text.charCodeAt(start)
  // Digits and Chinese characters begin most cells and none of the marks but 无 and 空, which stand alone.
  if ((first >= 48 && first <= 57) || (first > 0x4e00 && first < 0x9fff && end - start > 1))
    return text.slice(start, end)
  let cleaned = text.slice(start, end)
  if (first === 0x60 || first === 0x27) cleaned = cleaned.replace(/^[`']+|[`']+$/g, '').trim()
  // A line of dashes may be any length.
  if (cleaned.length > LONGEST_BLANK) return /^[-_—]+$/.test(cleaned) ? '' : cleaned
  return BLANK.test(cleaned) ? '' : cleaned
}

export interface Moment {
  readonly date: IsoDate
  /** HH:MM or HH:MM:SS. */
  readonly time?: string
}

/** For bills that print only month and day. */
export interface YearContext {
  readonly year: number
  /** The month of the statement: later months belong to the year before. */
  readonly month: number
}

const USUAL = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}(?::\d{2})?))?$/
const LONG = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2}[:时]\d{1,2}.*))?$/u
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:\s*(\d{6}|\d{1,2}:\d{2}.*))?$/
const DAY_FIRST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s+(\d{1,2}:\d{2}.*))?$/
const SHORT = /^(\d{1,2})[-/.月](\d{1,2})日?$/u
/** Years of the republic, as Taiwan counts them: 113/01/31, 民國113年1月31日. */
const REPUBLIC = /^(?:民[國国])?(1\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u
const BEFORE_REPUBLIC = 1911
const CLOCK = /^(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?(?:秒|\.\d+)?$/u
const COMPACT_CLOCK = /^(\d{2})(\d{2})(\d{2})$/

/** A time of day as HH:MM or HH:MM:SS; null where the text is none. Reads "9:05", "09:05:11", "090511". */
export function parseTime(text: string): string | null {
  const match = CLOCK.exec(text) ?? COMPACT_CLOCK.exec(text)
  if (match === null) return null
  const [, hour = '', minute = '', second] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? '0') > 59) return null
  const head = `${hour.padStart(2, '0')}:${minute}`
  return second === undefined ? head : `${head}:${second}`
}

/** A date, perhaps with a time of day, in the forms Chinese statements use; null where the text is none. */
export function parseMoment(text: string, order: 'ymd' | 'dmy', context: YearContext | null): Moment | null {
  const usual = USUAL.exec(text)
  if (usual !== null && isIsoDate(usual[1] ?? '')) {
    const [, day = '', clock] = usual
    const time = clock === undefined ? null : parseTime(clock)
    return time === null ? { date: parseIsoDate(day) } : { date: parseIsoDate(day), time }
  }
  const long = LONG.exec(text) ?? COMPACT.exec(text)
  const dayFirst = long === null && order === 'dmy' ? DAY_FIRST.exec(text) : null
  const [, first = '', second = '', third = '', clock] = long ?? dayFirst ?? []
  if (long !== null || dayFirst !== null) {
    const [year, day] = long === null ? [third, first] : [first, third]
    const date = tryIsoDate(Number(year), Number(second), Number(day))
    if (date === null) return null
    const time = clock === undefined ? null : parseTime(clock.trim())
    // A time that makes no sense is no reason to lose a good date.
    return time === null ? { date } : { date, time }
  }
  const republic = REPUBLIC.exec(text)
  if (republic !== null) {
    const date = tryIsoDate(BEFORE_REPUBLIC + Number(republic[1]), Number(republic[2]), Number(republic[3]))
    return date === null ? null : { date }
  }
  const short = context === null ? null : SHORT.exec(text)
  if (short === null || context === null) return null
  const month = Number(short[1])
  const date = tryIsoDate(month > context.month ? context.year - 1 : context.year, month, Number(short[2]))
  return date === null ? null : { date }
}
