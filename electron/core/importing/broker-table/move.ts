import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  compareDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  ONE,
  parseDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedSecurity, ParsedTransaction, TransactionKind } from '../importer.ts'
import { assetOf, fiatOf } from './figure.ts'
import type { RowFacts } from './row-facts.ts'
import { type Action, effectOf } from './vocabulary.ts'

/** One effect of a row on the account: its cash in one currency, or its units of one security. */
export interface Move {
  /** Null where the file does not say, or where no cash moves. */
  readonly currency: CurrencyCode | null
  readonly transaction: ParsedTransaction
}

/** A transaction while it is put together. */
export type Writable = { -readonly [Key in keyof ParsedTransaction]: ParsedTransaction[Key] }

/** What a row says besides figures. */
export function wordsOf(facts: RowFacts, security: ParsedSecurity | null): Partial<Writable> {
  const texts = facts.texts.filter((text) => text !== security?.name)
  // the word for the action says little beside a name of the other side
  const named = facts.counterparty !== '' || facts.payer !== '' || facts.payee !== ''
  const memo = texts.length > 0 ? texts.join(' · ') : named ? '' : facts.actionText
  return {
    ...(facts.counterparty === '' ? {} : { payee: facts.counterparty }),
    ...(facts.category === '' ? {} : { category: facts.category }),
    ...(memo === '' ? {} : { memo }),
    ...(facts.reference === '' ? {} : { reference: facts.reference }),
    ...(facts.counterpartyAccount === '' ? {} : { counterparty: facts.counterpartyAccount }),
    ...(facts.time === undefined ? {} : { time: facts.time }),
    ...(facts.settlement === undefined ? {} : { valueDate: facts.settlement }),
  }
}

export const assetSecurity = (asset: string): ParsedSecurity => ({ symbol: assetOf(asset), class: 'crypto' })

/** A move of securities alone. */
export function unitsMove(
  facts: RowFacts,
  security: ParsedSecurity,
  quantity: Decimal,
  kind: TransactionKind | null = null,
  price: Decimal | null = null,
): Move {
  const direction = signOfDecimal(quantity) < 0 ? 'security-out' : 'security-in'
  return {
    currency: null,
    transaction: {
      date: facts.date,
      amount: ZERO,
      kind: kind ?? direction,
      ...wordsOf(facts, security),
      security,
      quantity,
      ...(price === null ? {} : { price }),
    },
  }
}

/** A move of cash alone. */
export function cashMove(facts: RowFacts, currency: CurrencyCode | null, amount: Decimal, kind: TransactionKind): Move {
  const transaction = {
    date: facts.date,
    amount,
    kind,
    ...wordsOf(facts, null),
    ...partiesOf(facts, amount),
    ...originalOf(facts, currency, amount),
  }
  return { currency, transaction }
}

/** The other side by the direction of the money, where payer and payee stand in columns of their own. */
export function partiesOf(
  { action, counterparty, payer, payee }: RowFacts,
  amount: Decimal,
): Pick<Writable, 'payee' | 'counterparty'> {
  const other = signOfDecimal(amount) < 0 ? payee || payer : payer || payee
  if (other === '') return {}
  // wallets know people by their addresses; between own accounts the address is one's own
  if (other.includes('@')) return action === 'fx' || action === 'transfer' ? {} : { counterparty: other }
  return counterparty === '' ? { payee: other } : {}
}

/** What was charged or paid in another currency, signed as the amount, with the rate that leads from one to the other. */
export function originalOf(
  facts: RowFacts,
  currency: CurrencyCode | null,
  amount: Decimal,
): Pick<Writable, 'original'> {
  const { original, fxRate } = facts
  if (original === null || original.currency === null || original.currency === currency) return {}
  if (amount === ZERO || original.value === ZERO) return {}
  const size = absoluteDecimal(original.value)
  const signed = signOfDecimal(amount) < 0 ? negateDecimal(size) : size
  const sum = { amount: signed, currency: original.currency }
  if (fxRate === null) return { original: sum }
  const paid = absoluteDecimal(amount)
  if (isNear(multiplyDecimal(size, fxRate), paid)) return { original: { ...sum, rate: fxRate } }
  const inverse = divideDecimal(ONE, fxRate, 12)
  return { original: isNear(multiplyDecimal(size, inverse), paid) ? { ...sum, rate: inverse } : sum }
}

const TOLERANCE = parseDecimal('0.02')

/** Equal to two in a hundred: rates are rounded, and charges come on top. */
export const isNear = (left: Decimal, right: Decimal): boolean =>
  compareDecimal(absoluteDecimal(subtractDecimal(left, right)), multiplyDecimal(absoluteDecimal(right), TOLERANCE)) <= 0

/** Cash in, cash out, or units of an asset: whichever the asset is. */
export function legMove(facts: RowFacts, asset: string, quantity: Decimal, kind: TransactionKind): Move {
  const currency = fiatOf(asset)
  if (currency !== null) return cashMove(facts, currency, quantity, kind)
  return unitsMove(facts, assetSecurity(asset), quantity, kind === 'fee' ? 'fee' : null)
}

/** A purchase or sale of an asset for money. */
export function tradeMove(
  facts: RowFacts,
  security: ParsedSecurity,
  quantity: Decimal,
  cash: { readonly currency: CurrencyCode | null; readonly amount: Decimal; readonly fee?: Decimal },
): Move {
  const { currency, amount, fee } = cash
  return {
    currency,
    transaction: {
      date: facts.date,
      amount,
      kind: signOfDecimal(quantity) < 0 ? 'sell' : 'buy',
      ...wordsOf(facts, security),
      security,
      quantity,
      ...(fee === undefined || fee === ZERO ? {} : { fee: absoluteDecimal(fee) }),
    },
  }
}

const CASH_KINDS: ReadonlySet<TransactionKind> = new Set([
  'transfer',
  'fee',
  'interest',
  'dividend',
  'tax',
  'payment',
  'refund',
  'cash-withdrawal',
  'return-of-capital',
  'other',
])

/** The kind of a movement of cash without securities. */
export function cashKindOf(action: Action | null): TransactionKind {
  if (action === null) return 'payment'
  if (action === 'reward') return 'other'
  const { kind } = effectOf(action)
  return CASH_KINDS.has(kind) ? kind : 'transfer'
}
