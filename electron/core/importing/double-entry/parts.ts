import { type CurrencyCode, exponentOf } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedSplit, ParsedTransaction, TransactionKind } from '../importer.ts'
import type { CategoryShare, OwnShare } from './shares.ts'
import { isDividendName, isInterestName, isOpeningName } from './book-words.ts'

/** One part of a row: where that much of it came from (positive) or went to (negative). */
export interface Part extends ParsedSplit {
  readonly role: 'transfer' | 'category' | 'equity' | 'rest'
}

/** The part that an income, expense or equity posting is of the row of `currency`; `value` is its own, debits positive. */
export function categoryPart({ path, role, value, posting }: CategoryShare): Part {
  return {
    role: role === 'equity' ? 'equity' : 'category',
    amount: negateDecimal(value ?? ZERO),
    ...(path === undefined ? {} : { category: path }),
    ...(posting.memo === undefined || posting.memo === '' ? {} : { memo: posting.memo }),
  }
}

/** The same part with another amount. */
export const withAmount = (part: Part, amount: Decimal): Part => ({ ...part, amount })

const sumOf = (parts: readonly Part[]): Decimal => parts.reduce((sum, { amount }) => addDecimal(sum, amount), ZERO)

/**
 * Parts in the transaction's currency as parts of a row of `amount` in another: each by the same rate, rounded to the
 * row's currency, and what rounding leaves on the largest. They add up to `amount` exactly.
 */
export function convertParts(parts: readonly Part[], amount: Decimal, currency: CurrencyCode | null): Part[] {
  const whole = sumOf(parts)
  if (whole === amount || whole === ZERO || parts.length === 0) return [...parts]
  const digits = currency === null ? 2 : exponentOf(currency)
  const converted = parts.map((part) =>
    withAmount(part, divideDecimal(multiplyDecimal(part.amount, amount), whole, digits)),
  )
  const rest = subtractDecimal(amount, sumOf(converted))
  if (rest === ZERO) return converted
  let largest = 0
  for (const [index, part] of converted.entries()) {
    const best = converted[largest]
    if (best !== undefined && compareDecimal(absoluteDecimal(part.amount), absoluteDecimal(best.amount)) > 0)
      largest = index
  }
  const bearer = converted[largest]
  return bearer === undefined
    ? converted
    : converted.with(largest, { ...bearer, amount: addDecimal(bearer.amount, rest) })
}

/** The parts with what they leave of the row's amount as a part without a category. */
export function completeParts(parts: readonly Part[], amount: Decimal): Part[] {
  const missing = subtractDecimal(amount, sumOf(parts))
  return missing === ZERO ? [...parts] : [...parts, { role: 'rest', amount: missing }]
}

function kindOfParts(parts: readonly Part[], amount: Decimal, payee: string): TransactionKind {
  const [first] = parts
  if (first === undefined) return 'other'
  if (parts.every(({ role }) => role === 'transfer')) return 'transfer'
  if (parts.every(({ role }) => role === 'equity')) {
    return isOpeningName(first.category ?? '') || isOpeningName(payee) ? 'opening' : 'other'
  }
  if (signOfDecimal(amount) > 0 && parts.length === 1) {
    if (isDividendName(first.category ?? '')) return 'dividend'
    if (isInterestName(first.category ?? '')) return 'interest'
  }
  return 'payment'
}

const asSplit = ({ amount, category, memo, transferAccount }: Part): ParsedSplit => ({
  amount,
  ...(category === undefined ? {} : { category }),
  ...(memo === undefined ? {} : { memo }),
  ...(transferAccount === undefined ? {} : { transferAccount }),
})

type Told = Pick<ParsedTransaction, 'amount' | 'kind' | 'category' | 'transferAccount' | 'splits' | 'memo'>

/** A money row's own fields: what its one part says, or its parts as splits. */
export function withParts(amount: Decimal, parts: readonly Part[], memos: readonly string[], payee = ''): Told {
  const [only] = parts
  const single = parts.length === 1 ? only : undefined
  const told = single?.memo === undefined || memos.includes(single.memo) ? memos : [...memos, single.memo]
  const memo = told.length === 0 ? {} : { memo: told.join('; ') }
  const kind = kindOfParts(parts, amount, payee)
  if (single === undefined) return { amount, kind, ...memo, ...(parts.length > 1 && { splits: parts.map(asSplit) }) }
  const { category, transferAccount } = single
  return {
    amount,
    kind,
    ...memo,
    ...(category === undefined ? {} : { category }),
    ...(transferAccount === undefined ? {} : { transferAccount }),
  }
}

/**
 * The own account that all else is told from: the one whose money moved most, in the transaction's currency where there
 * is one. The others become transfers from or to it, and it bears the categories.
 */
export function hubOf(shares: readonly OwnShare[], currency: CurrencyCode | null): OwnShare | undefined {
  let best: OwnShare | undefined
  const weight = (share: OwnShare): Decimal => absoluteDecimal(share.cashValue ?? share.cash ?? ZERO)
  const isNative = (share: OwnShare): boolean => share.statement.currency === currency
  for (const share of shares) {
    if (share.cash === null) continue
    if (best === undefined || (isNative(share) && !isNative(best))) best = share
    else if (isNative(share) === isNative(best) && compareDecimal(weight(share), weight(best)) > 0) best = share
  }
  return best
}
