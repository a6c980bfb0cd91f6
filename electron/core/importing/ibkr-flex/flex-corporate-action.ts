import {
  absoluteDecimal,
  divideDecimal,
  negateDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedTransaction, TransactionKind } from '../importer.ts'
import { inMajorUnits } from '../text/quoted-currency.ts'
import { booked, type FlexContext, type FlexOutcome, referenceOf, skipped } from './flex-context.ts'
import { momentOf, timeOn } from './flex-date.ts'
import type { FlexElement } from './flex-element.ts'

const PRICE_DIGITS = 8

/** Forward split, reverse split, and forward split by issuance: the units change, what they are worth does not. */
const SPLITS: ReadonlySet<string> = new Set(['FS', 'RS', 'FI'])

const quantityOf = (element: FlexElement): string => element.text('quantity') ?? '0'

/** What one corporate action is told by: all its rows share it. */
export function actionKey(element: FlexElement): string {
  const id = element.text('actionID')
  return id ?? `${element.text('type') ?? ''}|${element.text('dateTime', 'reportDate') ?? ''}|${element.text('symbol')}`
}

/**
 * Whether a split's rows exchange one contract for another (the usual form of a reverse split, which changes the ISIN):
 * then units go out and others come in.
 */
export function exchangesContracts(rows: readonly FlexElement[]): boolean {
  const contracts = new Set(rows.map((row) => row.text('conid', 'isin', 'symbol') ?? ''))
  const signs = new Set(rows.map((row) => quantityOf(row).startsWith('-')))
  return contracts.size > 1 && signs.size > 1
}

/**
 * Reads one row of a corporate action: a split, merger, spin-off, stock dividend, maturity, exchange …
 * `isExchange`: see `exchangesContracts`. Fields: corporate actions in the broker's reporting guide; `proceeds` is the
 * cash that came, `value` what the units are worth.
 */
export function readCorporateAction(element: FlexElement, context: FlexContext, isExchange: boolean): FlexOutcome {
  const currency = element.currency('currency')
  const { date } = momentOf(element, context.dates, ['reportDate', 'dateTime'])
  const time = timeOn(element, context.dates, date)
  const quantity = element.number('quantity') ?? ZERO
  const proceeds = inMajorUnits(element.number('proceeds') ?? ZERO, currency)
  if (quantity === ZERO && proceeds === ZERO) {
    return skipped('information-only', `The ${element.label()} moves neither units nor money.`)
  }
  const type = element.text('type') ?? ''
  const kind = kindOf(type, signOfDecimal(quantity), signOfDecimal(proceeds), isExchange)
  const security = context.securities.of(element)
  const memo = element.text('actionDescription', 'description')
  const value = element.number('value') ?? ZERO
  const price =
    value === ZERO || quantity === ZERO || kind === 'split'
      ? undefined
      : absoluteDecimal(divideDecimal(inMajorUnits(value, currency), quantity, PRICE_DIGITS))
  const transaction: ParsedTransaction = {
    date,
    ...(time === undefined ? {} : { time }),
    amount: proceeds,
    kind,
    ...(security?.name === undefined ? {} : { payee: security.name }),
    ...(memo === undefined ? {} : { memo }),
    ...referenceOf(element),
    ...(security === null ? {} : { security }),
    ...(quantity === ZERO ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
  }
  return booked({ currency: currency.currency, transaction })
}

function kindOf(type: string, units: -1 | 0 | 1, cash: -1 | 0 | 1, isExchange: boolean): TransactionKind {
  if (cash !== 0) return units < 0 ? 'sell' : units > 0 ? 'buy' : 'other'
  if (SPLITS.has(type) && !isExchange) return 'split'
  return units > 0 ? 'security-in' : 'security-out'
}

/** Reads one transfer of units or cash from or to another broker, or between the owner's accounts. */
export function readTransfer(element: FlexElement, context: FlexContext): FlexOutcome {
  const currency = element.currency('currency')
  const { date } = momentOf(element, context.dates, ['date', 'dateTime', 'reportDate', 'settleDate'])
  const isOut = element.text('direction')?.toUpperCase() === 'OUT'
  const signed = (value: ReturnType<FlexElement['number']>): typeof ZERO => {
    if (value === undefined) return ZERO
    return isOut && signOfDecimal(value) > 0 ? negateDecimal(value) : value
  }
  const isCash = element.text('assetCategory') === 'CASH'
  const cash = signed(element.number('cashTransfer') ?? (isCash ? element.number('positionAmount') : undefined))
  const quantity = isCash ? ZERO : signed(element.number('quantity'))
  if (cash === ZERO && quantity === ZERO) {
    return skipped('zero-amount', `The ${element.label()} moves neither units nor money.`)
  }
  const security = quantity === ZERO ? null : context.securities.of(element)
  const worth = element.number('positionAmount')
  const stated = element.number('transferPrice')
  const perUnit =
    quantity === ZERO || worth === undefined || worth === ZERO
      ? undefined
      : absoluteDecimal(divideDecimal(worth, quantity, PRICE_DIGITS))
  const price = stated === undefined || stated === ZERO ? perUnit : stated
  const other = element.text('account')
  const memo = [element.text('type'), element.text('description')].filter((part) => part !== undefined).join(' ')
  const transaction: ParsedTransaction = {
    date,
    amount: inMajorUnits(cash, currency),
    kind: quantity === ZERO ? 'transfer' : signOfDecimal(quantity) > 0 ? 'security-in' : 'security-out',
    ...(security?.name === undefined ? {} : { payee: security.name }),
    ...(memo === '' ? {} : { memo }),
    ...referenceOf(element),
    ...(other === undefined ? {} : { counterparty: other }),
    ...(security === null ? {} : { security, quantity }),
    ...(security === null || price === undefined ? {} : { price: inMajorUnits(price, currency) }),
  }
  return booked({ currency: currency.currency, transaction })
}
