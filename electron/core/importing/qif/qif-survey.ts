import type { ByteSource, ParsedSecurity, ParseOptions } from '../importer.ts'
import { readLines } from '../text/decode.ts'
import type { DetectedEncoding } from '../text/encoding.ts'
import { DecimalMarkVote, type DecimalMarkVerdict } from '../text/number-text.ts'
import { type QifDateVerdict, QifDateVote } from './qif-date.ts'
import { fieldOf, type QifField, readQifParts } from './qif-records.ts'
import { looksLikeTransaction, type QifSection, sectionOf } from './qif-sections.ts'

const MOST_SECURITIES = 100_000
const NUMBER_CODES: ReadonlySet<string> = new Set(['T', 'U', '$', 'Q', 'I', 'O'])

export interface QifSurvey {
  readonly dates: QifDateVerdict
  readonly numbers: DecimalMarkVerdict
  readonly securities: ReadonlyMap<string, ParsedSecurity>
  /** Headers that begin a section. */
  readonly sections: number
  /** Records with a date and an amount, in whatever section. */
  readonly transactions: number
}

const CLASSES: readonly (readonly [RegExp, NonNullable<ParsedSecurity['class']>])[] = [
  [/etf/i, 'etf'],
  [/money\s?market/i, 'money-market'],
  [/fund|mutual|fonds|opcvm|sicav/i, 'fund'],
  [/bond|obligation|anleihe|\bcd\b/i, 'bond'],
  [/option/i, 'option'],
  [/stock|share|action|aktie/i, 'equity'],
]

function securityFrom(fields: readonly QifField[]): ParsedSecurity | null {
  const name = fieldOf(fields, 'N')
  if (name === undefined) return null
  const symbol = fieldOf(fields, 'S')
  const type = fieldOf(fields, 'T') ?? ''
  const kind = CLASSES.find(([pattern]) => pattern.test(type))?.[1]
  return {
    name,
    ...(symbol === undefined ? {} : { symbol }),
    ...(kind === undefined ? {} : { class: kind }),
  }
}

/** Reads the whole file once for its conventions: no record tells the order of day and month by itself. */
export function surveyQif(source: ByteSource, encoding: DetectedEncoding, options: ParseOptions): QifSurvey {
  const dates = new QifDateVote(options.today)
  const numbers = new DecimalMarkVote()
  const securities = new Map<string, ParsedSecurity>()
  let section: QifSection = { type: 'unknown', label: '' }
  let sections = 0
  let transactions = 0
  for (const part of readQifParts(readLines(source, encoding))) {
    if (part.type === 'header') {
      const next = sectionOf(part.header)
      if (next !== null) section = next
      sections += 1
      continue
    }
    const { fields } = part
    if (section.type === 'securities') {
      const security = securityFrom(fields)
      if (security?.name !== undefined && securities.size < MOST_SECURITIES) securities.set(security.name, security)
      continue
    }
    if (section.type === 'account' || section.type === 'list' || section.type === 'prices') continue
    if (looksLikeTransaction(fields)) transactions += 1
    else if (section.type === 'unknown') continue
    for (const { code, value } of fields) {
      if (code === 'D') dates.add(value)
      else if (NUMBER_CODES.has(code)) numbers.add(value)
    }
  }
  return { dates: dates.verdict(), numbers: numbers.verdict(), securities, sections, transactions }
}
