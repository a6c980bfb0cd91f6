import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { decimalFromMinor } from '../../../../shared/domain/money.ts'
import { amountText } from '../plain-text.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import type { PrintedAmount } from './journal-entry.ts'
import type { JournalNames } from './journal-names.ts'

/** Minor units with all digits of the currency: 1234 fen is "12.34", also where the last digit is 0. */
export function printedMinor(minor: number, currency: CurrencyCode): PrintedAmount {
  return printedDecimal(decimalFromMinor(minor, currency), currency)
}

/** The same of a decimal. */
export function printedDecimal(value: Decimal, currency: CurrencyCode): PrintedAmount {
  return { quantity: amountText(value, currency), commodity: currency }
}

/** What an account counts: minor units of its currency, or points, of which each is one whole unit. */
export function printedOf(
  { id, currency }: Pick<StoredAccount, 'id' | 'currency'>,
  minor: number,
  { points }: Pick<JournalNames, 'points'>,
): PrintedAmount {
  const commodity = points.get(id)
  return commodity === undefined
    ? printedMinor(minor, currency)
    : { quantity: decimalFromMinor(minor, currency), commodity }
}
