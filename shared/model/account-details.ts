import { compareDecimal, tryParseDecimal } from '../domain/decimal.ts'
import { isIsoDate } from '../domain/iso-date.ts'
import { type AccountField, accountFieldOf } from './account-fields.ts'
import { accountKindOf } from './account-kinds.ts'
import type { AccountDetails } from './terms.ts'

/** What is wrong with one fact. */
export interface DetailFault {
  readonly field: string
  readonly fault:
    | 'unknown-field'
    | 'not-text'
    | 'not-a-date'
    | 'not-a-day'
    | 'not-a-number'
    | 'out-of-range'
    | 'no-choice'
}

const MONTH_DAY = /^--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isMonthDay(text: string): boolean {
  const parts = MONTH_DAY.exec(text)
  return parts !== null && Number(parts[2]) <= (DAYS_OF_MONTHS[Number(parts[1]) - 1] ?? 0)
}

function isWithin(value: string, { min, max }: AccountField): boolean {
  const number = tryParseDecimal(value)
  if (number === null) return false
  const [least, most] = [min, max].map((bound) => (bound === undefined ? null : tryParseDecimal(bound)))
  return (
    (least === null || least === undefined || compareDecimal(number, least) >= 0) &&
    (most === null || most === undefined || compareDecimal(number, most) <= 0)
  )
}

function faultOf(field: AccountField, value: string | number): DetailFault['fault'] | null {
  switch (field.type) {
    case 'money':
      return typeof value === 'number' ? null : 'not-a-number'
    case 'integer':
      if (typeof value !== 'number') return 'not-a-number'
      return isWithin(String(value), field) ? null : 'out-of-range'
    case 'day-of-month':
      return typeof value === 'number' && value >= 1 && value <= 31 ? null : 'not-a-day'
    case 'rate':
    case 'decimal':
      if (typeof value !== 'string' || tryParseDecimal(value) === null) return 'not-a-number'
      return isWithin(value, field) ? null : 'out-of-range'
    case 'date':
      return typeof value === 'string' && isIsoDate(value) ? null : 'not-a-date'
    case 'month-day':
      return typeof value === 'string' && isMonthDay(value) ? null : 'not-a-date'
    case 'choice':
      return field.choices?.some(({ key }) => key === value) === true ? null : 'no-choice'
    case 'text':
    default:
      return typeof value === 'string' ? null : 'not-text'
  }
}

/** Everything that is wrong with the facts of an account of this kind; empty where nothing is. */
export function faultsOfDetails(kindKey: string, details: AccountDetails): DetailFault[] {
  const { fields } = accountKindOf(kindKey)
  return Object.entries(details).flatMap(([key, value]): DetailFault[] => {
    if (!fields.includes(key)) return [{ field: key, fault: 'unknown-field' }]
    const fault = faultOf(accountFieldOf(key), value)
    return fault === null ? [] : [{ field: key, fault }]
  })
}

/** The facts that are right for an account of this kind; others (of another kind, of a newer version) are left out. */
export function usableDetails(kindKey: string, details: AccountDetails): AccountDetails {
  const wrong = new Set(faultsOfDetails(kindKey, details).map(({ field }) => field))
  return Object.fromEntries(Object.entries(details).filter(([key]) => !wrong.has(key)))
}
