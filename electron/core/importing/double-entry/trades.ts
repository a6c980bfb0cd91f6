import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedTransaction, TransactionKind } from '../importer.ts'
import type { BookTransaction } from './book.ts'
import { isDividendName, isInterestName, isTaxName } from './book-words.ts'
import type { CategoryShare, OwnShare, Shares, TradeLine } from './shares.ts'

/** Digits of a price that is worked out of a value and a quantity. */
const PRICE_DIGITS = 10

/** What is around a trade. */
export interface TradeContext {
  readonly shares: Shares
  readonly currency: CurrencyCode | null
  /** All that was paid or received for the only line of the transaction, in its currency; undefined otherwise. */
  readonly worth: Decimal | undefined
}

/** The lines of a transaction whose units move. */
export function movingLines({ own }: Shares): readonly TradeLine[] {
  return own.flatMap(({ trades }) => [...trades.values()]).filter(({ quantity }) => signOfDecimal(quantity) !== 0)
}

/** Whether a category is what a sale gained or lost: Onebook works gains out itself, from what was paid. */
export function isGain({ role, path }: CategoryShare, shares: Shares): boolean {
  if (role !== 'income' || !movingLines(shares).some(({ quantity }) => signOfDecimal(quantity) < 0)) return false
  return path === undefined || (!isDividendName(path) && !isInterestName(path))
}

function kindOfLine(line: TradeLine, { shares }: TradeContext): TransactionKind {
  const lines = movingLines(shares)
  const sign = signOfDecimal(line.quantity)
  if (sign === 0) return 'other'
  const others = lines.filter((other) => other !== line)
  const hasMoney = shares.own.some(({ cash }) => cash !== null && signOfDecimal(cash) !== 0)
  const isWorthless = line.value !== null && signOfDecimal(line.value) === 0
  if (isWorthless && others.length === 0 && !hasMoney && shares.categories.length === 0) return 'split'
  // shares that only change their account or their name
  const isMoved = others.some(({ quantity }) => signOfDecimal(quantity) === -sign)
  if (hasMoney && !isMoved) return sign > 0 ? 'buy' : 'sell'
  if (sign < 0) return 'security-out'
  const earned = shares.categories.some(({ role, path = '' }) => role === 'income' && isDividendName(path))
  return earned ? 'reinvestment' : 'security-in'
}

/** What one unit of the transaction's currency is in another, as its own postings tell; undefined where they do not. */
function rateTo(transaction: BookTransaction, currency: CurrencyCode | null): Decimal | undefined {
  if (transaction.currency === currency) return undefined
  for (const { commodity, quantity, value } of transaction.postings) {
    if (commodity.type !== 'currency' || commodity.currency !== currency) continue
    if (value !== null && signOfDecimal(value) !== 0) return divideDecimal(quantity, value, PRICE_DIGITS)
  }
  return undefined
}

function priceOf(line: TradeLine, share: OwnShare, transaction: BookTransaction, worth?: Decimal): Decimal | undefined {
  const size = absoluteDecimal(line.quantity)
  if (size === ZERO) return undefined
  const value = worth ?? line.value ?? undefined
  const found =
    line.price ?? (value === undefined ? undefined : divideDecimal(absoluteDecimal(value), size, PRICE_DIGITS))
  if (found === undefined || found === ZERO || share.statement.currency === transaction.currency) return found
  const rate = rateTo(transaction, share.statement.currency)
  return rate === undefined ? undefined : absoluteDecimal(multiplyDecimal(found, rate))
}

/** Costs of a trade that is paid on its own account: expenses beside it, taxes apart. */
function costsOf(
  { shares, currency }: TradeContext,
  share: OwnShare,
): { readonly fee?: Decimal; readonly tax?: Decimal } {
  if (share.statement.currency !== currency) return {}
  let [fee, tax] = [ZERO, ZERO]
  for (const { role, path = '', value } of shares.categories) {
    if (role !== 'expense' || value === null) continue
    if (isTaxName(path)) tax = addDecimal(tax, value)
    else fee = addDecimal(fee, value)
  }
  return { ...(signOfDecimal(fee) > 0 && { fee }), ...(signOfDecimal(tax) > 0 && { tax }) }
}

type TradeFields = Pick<ParsedTransaction, 'amount' | 'kind' | 'security' | 'quantity' | 'price' | 'fee' | 'tax'>

/**
 * The fields of a trade's row. Its amount is its cash effect on the account it is on: the account's own money for the
 * first line, zero where it was paid from another account.
 */
export function tradeFields(
  line: TradeLine,
  share: OwnShare,
  transaction: BookTransaction,
  context: TradeContext,
  amount: Decimal,
): TradeFields {
  const kind = kindOfLine(line, context)
  const price = kind === 'split' ? undefined : priceOf(line, share, transaction, context.worth)
  return {
    amount,
    kind,
    security: line.security,
    ...(signOfDecimal(line.quantity) === 0 ? {} : { quantity: line.quantity }),
    ...(price === undefined || price === ZERO ? {} : { price }),
    ...(amount === ZERO ? {} : costsOf(context, share)),
  }
}
