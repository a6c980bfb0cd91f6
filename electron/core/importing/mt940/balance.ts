import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, negateDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { parseSwiftAmount, parseSwiftDate } from './swift-values.ts'

export interface SwiftBalance {
  /** Credit positive. */
  readonly amount: Decimal
  /** Null where the file names a day that does not exist. */
  readonly on: IsoDate | null
  readonly currency: CurrencyCode | null
}

const WHOLE = /^\s*([CD])\s?(\d{6}|\d{8})\s?([A-Z]{3})\s?(\d[\d.,]{0,29})\s*$/i
/** Written without a currency. */
const BARE = /^\s*([CD])(\d{6})(\d[\d.,]{0,29})\s*$/i

/** Reads fields 60, 62, 64 and 65: mark, date, currency, amount. Null where the field is damaged. */
export function readBalance(text: string, fallback: CurrencyCode | null, today: IsoDate): SwiftBalance | null {
  const whole = WHOLE.exec(text)
  const bare = whole === null ? BARE.exec(text) : null
  const mark = (whole ?? bare)?.[1]?.toUpperCase()
  const date = (whole ?? bare)?.[2]
  if (mark === undefined || date === undefined) return null
  const code = whole?.[3]?.toUpperCase()
  const currency = code === undefined ? fallback : isCurrencyCode(code) ? code : null
  const magnitude = parseSwiftAmount((whole === null ? bare?.[3] : whole[4]) ?? '', currency)
  if (magnitude === null) return null
  return {
    amount: mark === 'D' ? negateDecimal(magnitude) : magnitude,
    on: parseSwiftDate(date, today),
    currency,
  }
}

export interface SwiftTotal {
  readonly count: number
  readonly sum: Decimal
}

const TOTAL = /^\s*(\d{1,5})\s?([A-Z]{3})\s?(\d[\d.,]{0,29})\s*$/i

/** Reads fields 90C and 90D of MT942: number and sum of the credits or debits. */
export function readTotal(text: string): SwiftTotal | null {
  const match = TOTAL.exec(text)
  const sum = match === null ? null : parseSwiftAmount(match[3] ?? '', null)
  return match === null || sum === null ? null : { count: Number(match[1]), sum }
}
