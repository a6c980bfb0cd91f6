import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  multiplyDecimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedPosition, ParsedSplit, ParsedTransaction, Reason, TransactionKind } from '../importer.ts'
import {
  conversionOf,
  convertedAmount,
  dateFault,
  failed,
  labelOf,
  momentOf,
  type OfxContext,
  type OfxOutcome,
} from './ofx-context.ts'
import { parseOfxDate } from './ofx-date.ts'
import type { OfxRecord } from './ofx-record.ts'

type Shape = 'buy' | 'sell' | 'reinvestment' | 'move' | 'split' | 'option' | 'journal' | 'income' | 'cash'

/** Every investment transaction of OFX 2.1.1 §13.9.2.4. */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['BUYDEBT', 'buy'],
  ['BUYMF', 'buy'],
  ['BUYOPT', 'buy'],
  ['BUYOTHER', 'buy'],
  ['BUYSTOCK', 'buy'],
  ['SELLDEBT', 'sell'],
  ['SELLMF', 'sell'],
  ['SELLOPT', 'sell'],
  ['SELLOTHER', 'sell'],
  ['SELLSTOCK', 'sell'],
  ['CLOSUREOPT', 'option'],
  ['INCOME', 'income'],
  ['INVEXPENSE', 'cash'],
  ['JRNLFUND', 'journal'],
  ['JRNLSEC', 'journal'],
  ['MARGININTEREST', 'cash'],
  ['REINVEST', 'reinvestment'],
  ['RETOFCAP', 'cash'],
  ['SPLIT', 'split'],
  ['TRANSFER', 'move'],
])

const CASH_KINDS: ReadonlyMap<string, TransactionKind> = new Map([
  ['INVEXPENSE', 'fee'],
  ['MARGININTEREST', 'interest'],
  ['RETOFCAP', 'return-of-capital'],
])

export const INVESTMENT_GROUPS: ReadonlySet<string> = new Set(SHAPES.keys())
export const POSITION_GROUPS: ReadonlySet<string> = new Set(['POSSTOCK', 'POSMF', 'POSDEBT', 'POSOPT', 'POSOTHER'])

class BadNumber extends Error {
  readonly element: string
  readonly text: string
  constructor(element: string, text: string) {
    super(element)
    this.element = element
    this.text = text
  }
}

/** A number of the record, or undefined where the element is absent. Throws `BadNumber` where it is there and none. */
function numberIn(record: OfxRecord, context: OfxContext, name: string): Decimal | undefined {
  const text = record.values.get(name)
  if (text === undefined) return undefined
  const value = context.numbers.parse(text)
  if (value === null) throw new BadNumber(name, text.slice(0, 40))
  return value
}

function magnitudeOf(record: OfxRecord, context: OfxContext, names: readonly string[]): Decimal {
  let sum = ZERO
  for (const name of names) sum = addDecimal(sum, absoluteDecimal(numberIn(record, context, name) ?? ZERO))
  return sum
}

/** The cash effect of a purchase is negative and of a sale positive, but for reversals, which go against their units. */
function tradeSigns(group: 'buy' | 'sell', units: Decimal, total: Decimal): { quantity: Decimal; amount: Decimal } {
  const unitsSign = signOfDecimal(units)
  const totalSign = signOfDecimal(total)
  if (group === 'buy') {
    if (unitsSign < 0 && totalSign > 0) return { quantity: units, amount: total }
    return { quantity: absoluteDecimal(units), amount: negateDecimal(absoluteDecimal(total)) }
  }
  if (unitsSign > 0 && totalSign < 0) return { quantity: units, amount: total }
  // a sale whose fees eat up more than it brings keeps its negative total
  return { quantity: negateDecimal(absoluteDecimal(units)), amount: total }
}

function incomeKind(record: OfxRecord): TransactionKind {
  const type = record.values.get('INCOMETYPE')?.toUpperCase()
  if (type === 'INTEREST') return 'interest'
  return type === 'MISC' ? 'other' : 'dividend'
}

type Effect = Pick<ParsedTransaction, 'kind'> & {
  readonly written: Decimal
  readonly quantity?: Decimal
  readonly splits?: readonly ParsedSplit[]
}

function effectOf(shape: Shape, record: OfxRecord, context: OfxContext): Effect | OfxOutcome {
  const total = numberIn(record, context, 'TOTAL')
  const units = numberIn(record, context, 'UNITS')
  const missing = (): OfxOutcome => failed('missing-amount', `The ${record.name}${labelOf(record)} has no total.`)
  switch (shape) {
    case 'buy':
    case 'sell': {
      if (total === undefined) return missing()
      if (units === undefined) return { kind: shape, written: total }
      const { quantity, amount } = tradeSigns(shape, units, total)
      return { kind: shape, written: amount, quantity }
    }
    case 'reinvestment': {
      // income and purchase in one: no cash is left over; the two halves keep what was earned and spent
      const worth = absoluteDecimal(total ?? ZERO)
      const quantity = units === undefined ? {} : { quantity: absoluteDecimal(units) }
      if (worth === ZERO) return { kind: shape, written: ZERO, ...quantity }
      const income = (record.values.get('INCOMETYPE') ?? 'DIV').toUpperCase()
      const splits = [
        { amount: worth, memo: income },
        { amount: negateDecimal(worth), memo: 'REINVEST' },
      ]
      return { kind: shape, written: ZERO, ...quantity, splits }
    }
    case 'move': {
      const outward = record.values.get('TFERACTION')?.toUpperCase() === 'OUT' || signOfDecimal(units ?? ZERO) < 0
      const kind = outward ? 'security-out' : 'security-in'
      if (units === undefined) return { kind, written: ZERO }
      const size = absoluteDecimal(units)
      return { kind, written: ZERO, quantity: outward ? negateDecimal(size) : size }
    }
    case 'split': {
      const before = numberIn(record, context, 'OLDUNITS')
      const after = numberIn(record, context, 'NEWUNITS')
      const cash = numberIn(record, context, 'FRACCASH') ?? ZERO
      if (before === undefined || after === undefined) return { kind: 'split', written: cash }
      return { kind: 'split', written: cash, quantity: subtractDecimal(after, before) }
    }
    case 'option': {
      const kind = signOfDecimal(units ?? ZERO) > 0 ? 'security-in' : 'security-out'
      return units === undefined ? { kind, written: ZERO } : { kind, written: ZERO, quantity: units }
    }
    // between the parts of one account: nothing comes and nothing goes
    case 'journal':
      return { kind: 'transfer', written: ZERO }
    case 'income':
      return total === undefined ? missing() : { kind: incomeKind(record), written: total }
    case 'cash': {
      const kind = CASH_KINDS.get(record.name) ?? 'other'
      return total === undefined ? missing() : { kind, written: total }
    }
    default:
      return shape satisfies never
  }
}

/** In the statement's currency, at the record's rate if it has one. */
function inStatementCurrency(value: Decimal, rate: Decimal | null): Decimal {
  return rate === null ? value : multiplyDecimal(value, rate)
}

function build(record: OfxRecord, context: OfxContext): OfxOutcome {
  const { values } = record
  const shape = SHAPES.get(record.name)
  if (shape === undefined) {
    return failed('unsupported-record', `A record of the unknown kind ${record.name} was left out.`)
  }
  const moment = momentOf(record, context, ['DTTRADE', 'DTSETTLE', 'DTPOSTED'])
  if ('fault' in moment) return dateFault(record, moment)
  const effect = effectOf(shape, record, context)
  if ('type' in effect) return effect
  const conversion = conversionOf(record, context)
  const { rate } = conversion
  const price = numberIn(record, context, 'UNITPRICE')
  const fee = magnitudeOf(record, context, ['COMMISSION', 'FEES', 'LOAD', 'PENALTY'])
  const tax = magnitudeOf(record, context, ['TAXES', 'WITHHOLDING', 'STATEWITHHOLDING'])
  const security = context.securities.resolve(record)
  const settles = values.get('DTSETTLE')
  const valueDate = settles === undefined ? undefined : parseOfxDate(settles, context.monthFirst)?.date
  const reference = values.get('FITID')
  const memo = values.get('MEMO')
  const splits = effect.splits?.map((part) => ({ ...part, amount: inStatementCurrency(part.amount, rate) }))
  return {
    type: 'transaction',
    transaction: {
      date: moment.date,
      ...(valueDate === undefined || valueDate === moment.date ? {} : { valueDate }),
      ...(moment.time === undefined ? {} : { time: moment.time }),
      ...(effect.written === ZERO ? { amount: ZERO } : convertedAmount(effect.written, conversion, context)),
      kind: effect.kind,
      ...(memo === undefined ? {} : { memo }),
      ...(reference === undefined || reference === '0' ? {} : { reference }),
      ...(splits === undefined ? {} : { splits }),
      ...(security === null ? {} : { security }),
      ...(effect.quantity === undefined ? {} : { quantity: effect.quantity }),
      ...(price === undefined || price === ZERO ? {} : { price: inStatementCurrency(price, rate) }),
      ...(fee === ZERO ? {} : { fee: inStatementCurrency(fee, rate) }),
      ...(tax === ZERO ? {} : { tax: inStatementCurrency(tax, rate) }),
    },
  }
}

/** Reads one investment transaction. */
export function readInvestmentRecord(record: OfxRecord, context: OfxContext): OfxOutcome {
  try {
    return build(record, context)
  } catch (error) {
    if (!(error instanceof BadNumber)) throw error
    const message = `The ${record.name}${labelOf(record)} has "${error.text}" for ${error.element}.`
    return failed('bad-amount', message, { text: error.text })
  }
}

/** Reads one holding; a reason where it cannot be told what or how much is held. */
export function readPosition(
  record: OfxRecord,
  context: OfxContext,
  statementDate: ParsedPosition['on'] | null,
): ParsedPosition | Reason {
  try {
    const security = context.securities.resolve(record)
    const units = numberIn(record, context, 'UNITS')
    if (security === null || units === undefined) {
      return { code: 'bad-record', message: `A holding${labelOf(record)} names no security or no quantity.` }
    }
    const dated = record.values.get('DTPRICEASOF')
    const on = (dated === undefined ? undefined : parseOfxDate(dated, context.monthFirst)?.date) ?? statementDate
    if (on === null || on === undefined) {
      return { code: 'missing-date', message: `The holding of ${security.name ?? 'a security'} has no date.` }
    }
    const { rate } = conversionOf(record, context)
    const price = numberIn(record, context, 'UNITPRICE')
    const value = numberIn(record, context, 'MKTVAL')
    const short = record.values.get('POSTYPE')?.toUpperCase() === 'SHORT'
    return {
      security,
      quantity: short ? negateDecimal(absoluteDecimal(units)) : units,
      ...(price === undefined ? {} : { price: inStatementCurrency(price, rate) }),
      ...(value === undefined ? {} : { value: inStatementCurrency(value, rate) }),
      on,
    }
  } catch (error) {
    if (!(error instanceof BadNumber)) throw error
    return { code: 'bad-amount', message: `A holding has "${error.text}" for ${error.element}.` }
  }
}
