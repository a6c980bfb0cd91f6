import { addDecimal, type Decimal, negateDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { readAmount } from './amount-text.ts'
import { type Conventions, type RoleIndex, directionIn, isBare } from './conventions.ts'
import { trimmedCell } from './vocabulary-text.ts'

/** What a row's cells say of money: an amount, nothing at all, or something that is no amount. */
export type RowAmount = Decimal | null | 'bad'

function directed(
  cells: readonly string[],
  at: RoleIndex,
  amountAt: number,
  how: Conventions,
  layout: DelimitedLayout,
): RowAmount {
  const text = trimmedCell(cells, amountAt)
  if (text === '') return null
  const written = readAmount(text, layout.decimalMark)
  if (written === null) return 'bad'
  if (!how.useDirection || at.direction === undefined) {
    return how.bareFactor < 0 && isBare(text) ? negateDecimal(written) : written
  }
  const direction = directionIn(trimmedCell(cells, at.direction), how.isCargo) ?? how.blankDirection
  if (direction === null) return written
  return (direction === 'debit' ? how.debitFactor : how.creditFactor) < 0 ? negateDecimal(written) : written
}

function divided(cells: readonly string[], at: RoleIndex, how: Conventions, layout: DelimitedLayout): RowAmount {
  const debit = at.debit === undefined ? '' : trimmedCell(cells, at.debit)
  const credit = at.credit === undefined ? '' : trimmedCell(cells, at.credit)
  if (debit === '' && credit === '') return null
  const out = debit === '' ? null : readAmount(debit, layout.decimalMark)
  const inward = credit === '' ? null : readAmount(credit, layout.decimalMark)
  // a dash in the column that does not apply is no damage; a figure that cannot be read is
  if ((out === null && /\d/.test(debit)) || (inward === null && /\d/.test(credit))) return 'bad'
  if (out === null && inward === null) return debit.length + credit.length > 2 ? 'bad' : null
  const paid = out !== null && how.debitFactor < 0 ? negateDecimal(out) : (out ?? ZERO)
  const received = inward !== null && how.creditFactor < 0 ? negateDecimal(inward) : (inward ?? ZERO)
  return out === null ? received : inward === null ? paid : addDecimal(paid, received)
}

/** The effect of a row on the account: credit positive, exact. */
export function amountOfRow(
  cells: readonly string[],
  at: RoleIndex,
  conventions: Conventions,
  layout: DelimitedLayout,
): RowAmount {
  const value =
    at.amount === undefined
      ? divided(cells, at, conventions, layout)
      : directed(cells, at, at.amount, conventions, layout)
  if (value === null || value === 'bad') return value
  return layout.sign === 'inverted' ? negateDecimal(value) : value
}
