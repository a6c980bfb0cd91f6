import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { isDateText } from '../delimited/date-text.ts'
import { trimmedCell } from '../delimited/vocabulary-text.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { fiatOf, isNothing, readFigure } from './figure.ts'
import { isinIn } from './isin.ts'
import { epochOf } from './moment.ts'
import { NUMERIC, type Role } from './roles.ts'
import { actionOfText, cryptoAssets, minorUnits } from './vocabulary.ts'

/** What the cells of a column look like: how many of them are what. */
export interface Shape {
  readonly filled: number
  readonly numbers: number
  readonly dates: number
  readonly clocks: number
  readonly isins: number
  readonly codes: number
  readonly assets: number
  readonly actions: number
  /** Numbers with an asset beside them that is no currency. */
  readonly assetUnits: number
  readonly texts: number
  /** Figures with a decimal mark or a unit, as sums of money are. */
  readonly decimals: number
  /** Short words in capitals, as symbols are. */
  readonly tickers: number
  readonly negatives: number
}

const CLOCK = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?$/
const CODE = /^[A-Za-z]{3}$/
const CONTRACT = /^[A-Z.]{1,6}\s+\d{6}[CP]\d{8}$/
const TICKER = /^[A-Z0-9]{2,10}(?:[.:/-][A-Z0-9]{1,6})?$/
/** What a heading's role is worth where the column holds nothing to confirm it. */
const UNSEEN = 0.7
/** Names in a column of symbols: another column may be better. */
export const NAMES_AS_SYMBOLS = 0.6

/** By code, or in the letters of another script: 人民币. */
const namesCurrency = (text: string): boolean =>
  CODE.test(text)
    ? minorUnits.has(text) || isCurrencyCode(text.toUpperCase())
    : text.length < 8 && /[^\d\s.,-~]/.test(text) && fiatOf(text) !== null

export function shapeOf(
  index: number,
  rows: readonly (readonly string[])[],
  mark: DecimalMark,
  thisYear: number,
): Shape {
  const shape = {
    filled: 0,
    numbers: 0,
    dates: 0,
    clocks: 0,
    isins: 0,
    codes: 0,
    assets: 0,
    actions: 0,
    assetUnits: 0,
    texts: 0,
    decimals: 0,
    tickers: 0,
    negatives: 0,
  }
  for (const cells of rows) {
    const text = trimmedCell(cells, index)
    if (isNothing(text)) continue
    shape.filled += 1
    const figure = /\d/.test(text) && text.length <= 48 ? readFigure(text, mark) : null
    if (isDateText(text, thisYear) || epochOf(text) !== null) shape.dates += 1
    if (figure !== null && figure !== 'bad') {
      shape.numbers += 1
      if (figure.unit !== null || /[.,]\d/.test(text)) shape.decimals += 1
      if (figure.value.startsWith('-')) shape.negatives += 1
      if (figure.unit !== null && fiatOf(figure.unit) === null) shape.assetUnits += 1
    } else shape.texts += 1
    if (CLOCK.test(text)) shape.clocks += 1
    if (isinIn(text) !== null) shape.isins += 1
    if (namesCurrency(text)) shape.codes += 1
    const ticker = cryptoAssets.has(text) || TICKER.test(text) || CONTRACT.test(text)
    if (ticker) shape.assets += 1
    if (ticker || !/[a-z]\S{0,40}\s|\s\S{3}/.test(text)) shape.tickers += 1
    if (actionOfText(text) !== null) shape.actions += 1
  }
  return shape
}

export const share = (count: number, shape: Shape): number => (shape.filled === 0 ? 0 : count / shape.filled)

const atLeast = (least: number, count: (shape: Shape) => number) => (shape: Shape) =>
  share(count(shape), shape) < least ? 0 : 1

/** Words, and no days. */
const wordy = (shape: Shape): number => (share(shape.texts, shape) < 0.5 || share(shape.dates, shape) > 0.5 ? 0 : 1)

/** What the cells of a column must look like for a role; roles that are not here take any. */
const FITS: Partial<Record<Role, (shape: Shape) => number>> = {
  date: (shape) => (share(shape.dates, shape) < 0.5 ? 0 : share(shape.dates, shape)),
  settlement: atLeast(0.5, ({ dates }) => dates),
  time: atLeast(0.5, ({ clocks }) => clocks),
  isin: atLeast(0.3, ({ isins }) => isins),
  // words that are neither currencies nor coins: a column of currencies that are damaged
  currency: (shape) => (share(shape.codes, shape) >= 0.6 ? 1 : share(shape.assets, shape) > 0 ? 0 : 0.3),
  'price-currency': atLeast(0.6, ({ codes }) => codes),
  'net-currency': atLeast(0.6, ({ codes }) => codes),
  'original-currency': atLeast(0.6, ({ codes }) => codes),
  'fee-currency': atLeast(0.6, ({ texts }) => texts),
  'in-asset': atLeast(0.6, ({ texts }) => texts),
  'out-asset': atLeast(0.6, ({ texts }) => texts),
  symbol: (shape) => {
    if (share(shape.decimals, shape) > 0.5) return 0
    if (share(shape.dates, shape) > 0.5 || share(shape.isins, shape) > 0.7) return 0.3
    return share(shape.tickers, shape) < 0.5 ? NAMES_AS_SYMBOLS : 1
  },
  account: (shape) => (share(shape.codes, shape) > 0.6 ? 0 : 1),
  name: wordy,
  counterparty: wordy,
  'from-address': wordy,
  'to-address': wordy,
  class: wordy,
  status: wordy,
}

/** How well the cells of a column bear out a role, 0 where they deny it. */
export function fit(role: Role, shape: Shape): number {
  if (role === 'action') {
    const actions = share(shape.actions, shape)
    return actions < 0.2 ? 0 : 0.3 + 0.7 * actions
  }
  if (shape.filled === 0) return UNSEEN
  if (NUMERIC.has(role)) {
    const numbers = share(shape.numbers - Math.min(shape.dates, shape.numbers), shape)
    return numbers < (role === 'fx-rate' ? 0.2 : 0.6) ? 0 : numbers
  }
  return FITS[role]?.(shape) ?? 1
}
