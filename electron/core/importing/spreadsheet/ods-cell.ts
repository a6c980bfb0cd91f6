import { canonicalNumber } from './cell-text.ts'
import { attributesOf } from '../text/xml-file.ts'

const DATE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2}))?)?/
const DURATION = /^PT(\d{1,9})H(\d{1,2})M(\d{1,2})/

function dateText(value: string): string | null {
  const match = DATE.exec(value)
  if (match === null) return null
  const [, date = '', time, seconds = '00'] = match
  if (time === undefined || (time === '00:00' && seconds === '00')) return date
  return `${date} ${time}:${seconds}`
}

/** A duration as a time of day; one of a day or longer is none. */
function timeText(value: string): string | null {
  const match = DURATION.exec(value)
  if (match === null) return null
  const [, hours = '', minutes = '', seconds = ''] = match
  if (Number(hours) > 23) return null
  return [hours, minutes, seconds].map((part) => part.slice(-2).padStart(2, '0')).join(':')
}

/**
 * The text of a cell of an OpenDocument table by its typed value (ODF 1.3 part 3, 19.385 office:value-type): numbers
 * in plain decimal form, dates and times as `TableRow` promises; null where what is shown is all there is.
 */
export function typedCellText(attributes: string): string | null {
  if (!attributes.includes('value')) return null
  const found = attributesOf(attributes)
  switch (found.get('value-type') ?? '') {
    case 'float':
    case 'percentage':
    case 'currency':
      return canonicalNumber(found.get('value') ?? '')
    case 'date':
      return dateText(found.get('date-value') ?? '')
    case 'time':
      return timeText(found.get('time-value') ?? '')
    case 'boolean':
      return (found.get('boolean-value') ?? '').toUpperCase() || null
    default:
      return found.get('string-value') ?? null
  }
}
