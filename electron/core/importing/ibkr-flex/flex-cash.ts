import { absoluteDecimal, negateDecimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { TransactionKind } from '../importer.ts'
import { inMajorUnits } from '../text/quoted-currency.ts'
import { booked, type FlexContext, type FlexOutcome, referenceOf, skipped } from './flex-context.ts'
import { momentOf, parseFlexMoment, timeOn } from './flex-date.ts'
import { type FlexElement, FlexFault } from './flex-element.ts'

/**
 * Types of cash transactions, https://www.ibkrguides.com/reportingreference/reportguide/cashtransactionsfq.htm, in small
 * letters; the sign of the amount is the file's own, so that each may be taken back.
 */
const KINDS: readonly (readonly [RegExp, TransactionKind])[] = [
  [/^deposits?\b|^withdrawals?\b|^cash receipts/, 'deposit'],
  [/^dividends?$|^payment in lieu of dividends?/, 'dividend'],
  [/^withholding tax|^871\(m\) withholding|tax$/, 'tax'],
  [/interest/, 'interest'],
  [/\bfees?\b|^commission adjustments/, 'fee'],
  [/^return of capital/, 'return-of-capital'],
]

function kindOf(type: string, isCredit: boolean): TransactionKind {
  const plain = type.toLowerCase()
  const kind = KINDS.find(([words]) => words.test(plain))?.[1] ?? 'other'
  return kind === 'deposit' && !isCredit ? 'transfer' : kind
}

/** Kinds that belong to a security where one is named. */
const OF_SECURITIES: ReadonlySet<TransactionKind> = new Set(['dividend', 'tax', 'interest', 'fee', 'return-of-capital'])

/** Reads one cash transaction: a dividend, tax, interest, fee, deposit or withdrawal, or what corrects one. */
export function readCashTransaction(element: FlexElement, context: FlexContext): FlexOutcome {
  const currency = element.currency('currency')
  const written = element.number('amount')
  if (written === undefined) throw new FlexFault('missing-amount', `The ${element.label()} has no amount.`)
  if (written === ZERO) return skipped('zero-amount', `The ${element.label()} moves no money.`)
  const amount = inMajorUnits(written, currency)
  const { dates } = context
  const { date } = momentOf(element, dates, ['reportDate', 'dateTime', 'settleDate'])
  const settles = parseFlexMoment(element.text('settleDate') ?? '', dates)?.date
  const time = timeOn(element, dates, date)
  const kind = kindOf(element.text('type') ?? '', signOfDecimal(amount) > 0)
  const security = OF_SECURITIES.has(kind) ? context.securities.of(element) : null
  const memo = element.text('description', 'type')
  return booked({
    currency: currency.currency,
    transaction: {
      date,
      ...(settles === undefined || settles === date ? {} : { valueDate: settles }),
      ...(time === undefined ? {} : { time }),
      amount,
      kind,
      ...(security?.name === undefined ? {} : { payee: security.name }),
      ...(memo === undefined ? {} : { memo }),
      ...referenceOf(element),
      ...(security === null ? {} : { security }),
    },
  })
}

/** Reads one sales tax (VAT on fees and subscriptions), which the file states as what was charged. */
export function readSalesTax(element: FlexElement, context: FlexContext): FlexOutcome {
  const currency = element.currency('currency')
  const written = element.number('salesTax')
  if (written === undefined) throw new FlexFault('missing-amount', `The ${element.label()} has no amount.`)
  if (written === ZERO) return skipped('zero-amount', `The ${element.label()} moves no money.`)
  const { date } = momentOf(element, context.dates, ['date', 'reportDate'])
  const amount = inMajorUnits(negateDecimal(absoluteDecimal(written)), currency)
  const memo = element.text('taxableDescription', 'taxType', 'description')
  const transaction = { date, amount, kind: 'tax' as const, ...referenceOf(element) }
  return booked({
    currency: currency.currency,
    transaction: memo === undefined ? transaction : { ...transaction, memo },
  })
}
