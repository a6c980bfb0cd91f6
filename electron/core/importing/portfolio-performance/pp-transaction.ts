import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  addDecimal,
  type Decimal,
  divideDecimal,
  negateDecimal,
  ONE,
  signOfDecimal,
  subtractDecimal,
  tryParseDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { type IsoDate, isIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedSecurity, ParsedTransaction, Reason, ReasonCode, TransactionKind } from '../importer.ts'
import { inMajorUnits, type QuotedCurrency, quotedCurrency } from '../text/quoted-currency.ts'
import type { ObjectNode } from './object-tree.ts'
import type { PpHolder, PpModel } from './pp-model.ts'
import { scaled } from './pp-scale.ts'

const PRICE_DIGITS = 8

/** Thrown while one transaction is read; becomes its record's reason. */
export class PpFault extends Error {
  readonly reason: Reason
  constructor(code: ReasonCode, message: string) {
    super(message)
    this.reason = { code, message }
  }
}

/** A row for one account in one currency. */
export interface PpRow {
  readonly holder: PpHolder
  readonly currency: CurrencyCode | null
  readonly transaction: ParsedTransaction
}

/** Cash accounts: the sign of the amount, which the file states without one. */
const CASH: ReadonlyMap<string, readonly [TransactionKind, 1 | -1]> = new Map<
  string,
  readonly [TransactionKind, 1 | -1]
>([
  ['DEPOSIT', ['deposit', 1]],
  ['REMOVAL', ['transfer', -1]],
  ['INTEREST', ['interest', 1]],
  ['INTEREST_CHARGE', ['interest', -1]],
  ['DIVIDENDS', ['dividend', 1]],
  ['FEES', ['fee', -1]],
  ['FEES_REFUND', ['fee', 1]],
  ['TAXES', ['tax', -1]],
  ['TAX_REFUND', ['tax', 1]],
  ['BUY', ['buy', -1]],
  ['SELL', ['sell', 1]],
  ['TRANSFER_IN', ['transfer', 1]],
  ['TRANSFER_OUT', ['transfer', -1]],
])

/** Securities accounts: the sign of the units. */
const UNITS: ReadonlyMap<string, readonly [TransactionKind, 1 | -1]> = new Map<
  string,
  readonly [TransactionKind, 1 | -1]
>([
  ['BUY', ['buy', 1]],
  ['SELL', ['sell', -1]],
  ['DELIVERY_INBOUND', ['security-in', 1]],
  ['DELIVERY_OUTBOUND', ['security-out', -1]],
  ['TRANSFER_IN', ['security-in', 1]],
  ['TRANSFER_OUT', ['security-out', -1]],
])

const signed = (amount: Decimal, sign: 1 | -1): Decimal => (sign < 0 ? negateDecimal(amount) : amount)

/** What a transaction says of itself, apart from what it moves. */
interface Facts {
  readonly type: string
  readonly date: IsoDate
  readonly time?: string
  readonly amount: Decimal
  readonly currency: CurrencyCode | null
  readonly security: ParsedSecurity | null
  readonly note?: string
  readonly reference?: string
  readonly fee: Decimal
  readonly tax: Decimal
  readonly foreign?: { readonly amount: Decimal; readonly currency: CurrencyCode; readonly rate?: Decimal }
}

/** Reads the transactions of one file. Each answers the rows that it makes; a fault is thrown as `PpFault`. */
export class PpTransactions {
  readonly #model: PpModel

  constructor(model: PpModel) {
    this.#model = model
  }

  /** The rows of one transaction: its own first. Throws `PpFault`. */
  rows(node: ObjectNode, holder: PpHolder): PpRow[] {
    const facts = this.#facts(node, holder)
    return holder.kind === 'account' ? this.#cash(node, holder, facts) : [this.#units(node, holder, facts)]
  }

  #facts(node: ObjectNode, holder: PpHolder): Facts {
    const { references, scale } = this.#model
    const label = `A transaction of ${holder.name}`
    const type = references.text(node, 'type') ?? ''
    const when = references.text(node, 'date')
    if (when === undefined) throw new PpFault('missing-date', `${label} (${type}) has no date.`)
    const [, day = '', time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?/.exec(when) ?? []
    if (!isIsoDate(day)) throw new PpFault('bad-date', `${label} (${type}) has "${when.slice(0, 40)}" for its date.`)
    const written = references.text(node, 'amount')
    const amount = written === undefined ? null : scaled(written, scale.amount)
    if (amount === null || signOfDecimal(amount) < 0) {
      const code = written === undefined ? 'missing-amount' : 'bad-amount'
      throw new PpFault(code, `${label} of ${day} (${type}) has "${(written ?? '').slice(0, 40)}" for its amount.`)
    }
    const code = references.text(node, 'currencyCode')
    const quoted = code === undefined ? null : quotedCurrency(code)
    if (code !== undefined && quoted === null) {
      throw new PpFault('bad-currency', `${label} of ${day} (${type}) has the unknown currency "${code.slice(0, 20)}".`)
    }
    const note = references.text(node, 'note')
    const reference = references.text(node, 'uuid')
    const units = this.#unitsOf(node, quoted, label)
    return {
      type,
      date: day,
      ...(time === undefined || /^00:00(?::00)?$/.test(time) ? {} : { time }),
      amount: quoted === null ? amount : inMajorUnits(amount, quoted),
      currency: quoted?.currency ?? holder.currency,
      security: this.#model.securityOf(node),
      ...(note === undefined ? {} : { note }),
      ...(reference === undefined ? {} : { reference }),
      ...units,
    }
  }

  /** Fees and taxes: units of the transaction, or fields of their own before version 28; and what it was in its currency. */
  #unitsOf(node: ObjectNode, quoted: QuotedCurrency | null, label: string): Pick<Facts, 'fee' | 'tax' | 'foreign'> {
    const { references, scale } = this.#model
    const field = (name: string): Decimal => scaled(references.text(node, name) ?? '0', scale.amount) ?? ZERO
    let fee = field('fees')
    let tax = field('taxes')
    let foreign: Facts['foreign']
    for (const unit of references.child(node, 'units')?.children ?? []) {
      const written = references.child(unit, 'amount')?.attributes.get('amount') ?? ''
      const amount = scaled(written, scale.amount)
      if (amount === null)
        throw new PpFault('bad-amount', `${label} has "${written.slice(0, 40)}" for a part of its amount.`)
      const type = unit.attributes.get('type')
      if (type === 'FEE') fee = addDecimal(fee, amount)
      else if (type === 'TAX') tax = addDecimal(tax, amount)
      else if (type === 'GROSS_VALUE') foreign = this.#foreign(unit)
    }
    const money = (amount: Decimal): Decimal => (quoted === null ? amount : inMajorUnits(amount, quoted))
    return { fee: money(fee), tax: money(tax), ...(foreign === undefined ? {} : { foreign }) }
  }

  #foreign(unit: ObjectNode): Facts['foreign'] {
    const { references, scale } = this.#model
    const forex = references.child(unit, 'forex')?.attributes
    const quoted = quotedCurrency(forex?.get('currency') ?? '')
    const amount = scaled(forex?.get('amount') ?? '', scale.amount)
    if (amount === null || quoted === null) return undefined
    // a rate per penny is no rate of the pound
    const stated = quoted.factor === ONE ? references.text(unit, 'exchangeRate') : undefined
    const rate = tryParseDecimal(stated ?? '')
    const { currency } = quoted
    return { amount: inMajorUnits(amount, quoted), currency, ...(rate === null || rate === ZERO ? {} : { rate }) }
  }

  #cash(node: ObjectNode, holder: PpHolder, facts: Facts): PpRow[] {
    const known = CASH.get(facts.type)
    if (known === undefined) throw unknownType(facts, holder)
    const [kind, sign] = known
    const { currency, security } = facts
    const other = this.#model.otherSide(node)
    const isTrade = kind === 'buy' || kind === 'sell'
    const named = security?.name ?? security?.symbol
    const common = {
      ...wordsOf(facts),
      ...(named === undefined ? {} : { payee: named }),
      amount: signed(facts.amount, sign),
    }
    // what a purchase costs goes to the securities account, which spends it there
    if (isTrade && other !== undefined) {
      const there = { ...common, amount: negateDecimal(common.amount), kind: 'transfer' as const }
      return [
        { holder, currency, transaction: { ...common, kind: 'transfer', transferAccount: other.name } },
        { holder: other, currency, transaction: { ...there, transferAccount: holder.name } },
      ]
    }
    const { fee, tax } = facts
    const original = originalOf(facts, sign)
    const transaction: ParsedTransaction = {
      ...common,
      kind,
      ...(kind === 'transfer' && other !== undefined ? { transferAccount: other.name } : {}),
      ...(security === null || isTrade ? {} : { security }),
      ...(original === undefined ? {} : { original }),
      ...(fee === ZERO ? {} : { fee }),
      ...(tax === ZERO ? {} : { tax }),
    }
    return [{ holder, currency, transaction }]
  }

  #units(node: ObjectNode, holder: PpHolder, facts: Facts): PpRow {
    const known = UNITS.get(facts.type)
    if (known === undefined) throw unknownType(facts, holder)
    const [kind, sign] = known
    const { references, scale } = this.#model
    const written = references.text(node, 'shares') ?? ''
    const shares = scaled(written, scale.shares)
    if (shares === null || facts.security === null) {
      const what = shares === null ? `"${written.slice(0, 40)}" for its shares` : 'no security'
      throw new PpFault('bad-record', `A transaction of ${holder.name} of ${facts.date} (${facts.type}) has ${what}.`)
    }
    const { fee, tax, security } = facts
    const isTrade = kind === 'buy' || kind === 'sell'
    const charges = addDecimal(fee, tax)
    const gross = kind === 'buy' ? subtractDecimal(facts.amount, charges) : addDecimal(facts.amount, charges)
    // what came without a purchase cost what it is said to be worth in all
    const worth = isTrade ? gross : facts.amount
    // a purchase's money comes from its cash account; without one, units alone move
    const isPaid = isTrade && this.#model.otherSide(node) !== undefined
    const original = isPaid ? originalOf(facts, sign < 0 ? 1 : -1) : undefined
    const transaction: ParsedTransaction = {
      ...wordsOf(facts),
      ...(security.name === undefined ? {} : { payee: security.name }),
      amount: isPaid ? signed(facts.amount, sign < 0 ? 1 : -1) : ZERO,
      kind,
      security,
      quantity: signed(shares, sign),
      ...(shares === ZERO || signOfDecimal(worth) <= 0 ? {} : { price: divideDecimal(worth, shares, PRICE_DIGITS) }),
      ...(original === undefined ? {} : { original }),
      ...(isPaid && fee !== ZERO ? { fee } : {}),
      ...(isPaid && tax !== ZERO ? { tax } : {}),
    }
    return { holder, currency: facts.currency, transaction }
  }
}

const wordsOf = ({
  date,
  time,
  note,
  reference,
}: Facts): Pick<ParsedTransaction, 'date' | 'time' | 'memo' | 'reference'> => ({
  date,
  ...(time === undefined ? {} : { time }),
  ...(note === undefined ? {} : { memo: note }),
  ...(reference === undefined ? {} : { reference }),
})

/** In the security's currency; the rate only where the amount is the gross itself. */
function originalOf({ foreign, fee, tax, currency }: Facts, sign: 1 | -1): ParsedTransaction['original'] {
  if (foreign === undefined || foreign.currency === currency) return undefined
  const isGross = fee === ZERO && tax === ZERO
  const { amount, rate } = foreign
  return {
    amount: signed(amount, sign),
    currency: foreign.currency,
    ...(rate !== undefined && isGross ? { rate } : {}),
  }
}

function unknownType({ type, date }: Facts, holder: PpHolder): PpFault {
  return new PpFault(
    'unsupported-record',
    `A transaction of ${holder.name} of ${date} is of the unknown type "${type.slice(0, 40)}".`,
  )
}
