import { currencyFromText, directionOf, directionOfKind, isPointsWord } from './header-vocabulary.ts'
import { isAmountText } from './amount-text.ts'
import { isDateText, parseTimeText } from './date-text.ts'

/** What the cells of one column look like. Counts are of the sampled rows. */
export interface ColumnProfile {
  readonly index: number
  readonly rows: number
  readonly filled: number
  readonly dates: number
  readonly times: number
  readonly numbers: number
  /** Numbers with a decimal mark and one or two (rarely more) digits behind it. */
  readonly decimals: number
  readonly negatives: number
  readonly positives: number
  readonly zeros: number
  readonly currencies: number
  readonly ibans: number
  readonly directions: number
  readonly kinds: number
  readonly distinct: number
  /** Mean length of filled cells. */
  readonly length: number
  /** Number-like cells that are rather identifiers: leading zeros or ten digits without a mark. */
  readonly identifiers: number
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9 ]{10,36}$/
/** "人民币", "人民币元": currencies by name. */
const HAN_NAME = /^\p{Script=Han}{1,5}$/u
const CODE = /^[A-Za-z]{3}$/
const CLOCK = /^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?(?:\s?[AaPp][Mm])?$/
const IDENTIFIER = /^(?:0\d+|\d{9,})$/

/** Rows that a profile looks at: enough for shapes; conventions are decided on all rows. */
export const PROFILE_ROWS = 400

function profileColumn(index: number, rows: readonly (readonly string[])[], thisYear: number): ColumnProfile {
  let filled = 0
  let dates = 0
  let times = 0
  let numbers = 0
  let decimals = 0
  let negatives = 0
  let positives = 0
  let zeros = 0
  let currencies = 0
  let ibans = 0
  let directions = 0
  let kinds = 0
  let length = 0
  let identifiers = 0
  const values = new Set<string>()
  for (const cells of rows) {
    const text = (cells[index] ?? '').trim()
    if (text === '') continue
    filled += 1
    length += text.length
    values.add(text)
    if (isDateText(text, thisYear)) dates += 1
    if (CLOCK.test(text) && parseTimeText(text) !== undefined) times += 1
    if (isAmountText(text)) {
      numbers += 1
      if (/[.,]\d{1,2}(?!\d)/.test(text)) decimals += 1
      if (!/[1-9]/.test(text)) zeros += 1
      else if (/[-−–(]|dr\.?$/i.test(text)) negatives += 1
      else positives += 1
      if (IDENTIFIER.test(text)) identifiers += 1
    } else if ((CODE.test(text) || HAN_NAME.test(text)) && currencyFromText(text) !== null) currencies += 1
    else if (isPointsWord(text)) currencies += 1
    else if (IBAN.test(text)) ibans += 1
    if (text.length <= 40) {
      if (directionOf(text) !== null) directions += 1
      if (text.length > 2 && directionOfKind(text) !== null) kinds += 1
    }
  }
  return {
    index,
    rows: rows.length,
    filled,
    dates,
    times,
    numbers,
    decimals,
    negatives,
    positives,
    zeros,
    currencies,
    ibans,
    directions,
    kinds,
    distinct: values.size,
    length: filled === 0 ? 0 : length / filled,
    identifiers,
  }
}

/** At most `PROFILE_ROWS` rows, evenly spread. */
export function spread<Row>(rows: readonly Row[], limit: number = PROFILE_ROWS): readonly Row[] {
  if (rows.length <= limit) return rows
  const step = rows.length / limit
  return Array.from({ length: limit }, (_, at) => rows[Math.floor(at * step)]).filter((row) => row !== undefined)
}

export function profileColumns(
  rows: readonly (readonly string[])[],
  width: number,
  thisYear: number,
): readonly ColumnProfile[] {
  const sample = spread(rows)
  return Array.from({ length: width }, (_, index) => profileColumn(index, sample, thisYear))
}

const mostly = (count: number, profile: ColumnProfile, share = 0.6): boolean =>
  profile.filled > 0 && count >= profile.filled * share

export const isDateColumn = (profile: ColumnProfile): boolean => mostly(profile.dates, profile)
export const isTimeColumn = (profile: ColumnProfile): boolean => mostly(profile.times, profile)
/** Sums of money: a column of dates written in digits alone is none. */
export const isAmountColumn = (profile: ColumnProfile): boolean =>
  mostly(profile.numbers, profile, 0.5) && !mostly(profile.dates, profile)
export const isCurrencyColumn = (profile: ColumnProfile): boolean => mostly(profile.currencies, profile)
export const isDirectionColumn = (profile: ColumnProfile): boolean => mostly(profile.directions, profile, 0.9)
