import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { absoluteDecimal, type Decimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
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
  const memo = texts.length > 0 ? texts.join(' · ') : facts.actionText
  return {
    ...(facts.counterparty === '' ? {} : { payee: facts.counterparty }),
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
  return { currency, transaction: { date: facts.date, amount, kind, ...wordsOf(facts, null) } }
}

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
