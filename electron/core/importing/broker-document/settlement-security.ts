import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  compareDecimal,
  type Decimal,
  multiplyDecimal,
  parseDecimal,
  signOfDecimal,
  subtractDecimal,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedSecurity } from '../importer.ts'
import type { Figure, NumberFigure } from './figures.ts'
import { wordsOf } from './fold.ts'
import type { DocumentLine } from './lines.ts'
import { isProduct } from './settlement-arithmetic.ts'
import type { Labelled } from './settlement-figures.ts'
import { cryptoAssets, kindMarkers, labels, units } from './vocabulary.ts'

const WKN_IN_BRACKETS = /\(([A-Z0-9]{6})\)|\/([A-Z0-9]{6})\)|(?:^|[\s/(])([A-Z0-9]{6})(?=\s*\/\s*[A-Z]{2}[A-Z0-9]{9}\d)/
const WKN_TOKEN = /^[\s:./()]{0,20}(?:ISIN)?[\s:./()]{0,20}([A-Z0-9]{6})(?![A-Za-z0-9])/
const SYMBOL_TOKEN = /^[\s:]*([A-Z][A-Z0-9.:]{0,11})(?![a-z])/

/** A broker's number of registration may have the form of an ISIN: "SEBI Reg. No. INZ000000000". */
const REGISTERED = /\b(?:sebi|reg|regn|regd|registration)\.?\s{0,3}(?:number|no\.?|nr\.?)?[\s:.-]{0,4}$/i

type IsinFigure = Extract<Figure, { type: 'isin' }>

const isIsinFigure = (figure: Figure): figure is IsinFigure => figure.type === 'isin'

function wknOf(lines: readonly DocumentLine[], labelled: readonly Labelled[], isinLine: number): string | undefined {
  const near = lines[isinLine]?.text ?? ''
  const bracketed = WKN_IN_BRACKETS.exec(near)
  const found = bracketed?.[1] ?? bracketed?.[2] ?? bracketed?.[3]
  if (found !== undefined && /\d/.test(found)) return found
  for (const { label, rest, line, below } of labelled) {
    if (label !== 'wkn') continue
    const own = WKN_TOKEN.exec(rest)?.[1]
    if (own !== undefined && /\d/.test(own)) return own
    const under = below ? /(?:^|\s)([A-Z0-9]{6})\s*$/.exec((lines[line + 1]?.text ?? '').trimEnd())?.[1] : undefined
    if (under !== undefined && /\d/.test(under)) return under
  }
  return undefined
}

function symbolOf(labelled: readonly Labelled[]): string | undefined {
  for (const { label, rest, below } of labelled) {
    if (label !== 'symbol' || (below && rest.trim() === '')) continue
    const symbol = SYMBOL_TOKEN.exec(rest)?.[1]
    if (symbol !== undefined) return symbol.split(':')[0]
  }
  return undefined
}

/** Takes codes, units and figures out of a line; what is left may be a name, unless it consists of labels. */
function nameIn(line: DocumentLine): string | undefined {
  let text = line.text
  for (const figure of line.figures.toReversed()) {
    const money = figure.type === 'number' && (figure.start < 12 || figure.currency !== null)
    if (figure.type === 'isin' || figure.type === 'date' || figure.type === 'currency' || money) {
      text = `${text.slice(0, figure.start)}  ${text.slice(figure.end)}`
    }
  }
  const cleaned = text
    .replaceAll(/\(?\/?\s{0,3}\b[A-Z0-9]{6}\)|\(\s*\)|\b(?:ISIN|WKN|Valor|Valoren-Nr\.?|Valorennummer)\b[:.]?/g, ' ')
    .replaceAll(/(?<![\p{L}\p{N}])(?=[A-Z0-9]*\d)[A-Z0-9]{6}(?![\p{L}\p{N}])/gu, ' ')
    .replace(
      /^\s*(?:Nr\.(?:\s*(?=\S*\d)\S+)?)?\s*(?:Stück|St\.|STK|ST|Anzahl|Nominale|Titel:?|Kauf|Verkauf|für)?\s+/u,
      '',
    )
    .replaceAll(/[()]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s:;,/.-]+/, '')
    .replace(/(?<![\s:;,/-])[\s:;,/-]+$/, '')
  const all = wordsOf(cleaned)
  const title = labels.matchAt(all, 0)
  if (title !== null && title.next < all.length && (title.meaning === 'name' || title.meaning === 'quantity'))
    return named(cleaned.slice(title.end).replace(/^[\s:.-]+/, ''))
  return named(cleaned)
}

/** What was done stands in front of the name on some lines. */
const SIDE = /^(?:Kauf|Verkauf|Buy|Sell|Acquisto|Vendita|Achat|Vente|Compra|Venta|Aankoop|Verkoop)\s+(?=\p{Lu})/u

/** The text as a name, unless it consists of labels and units. */
function named(text: string): string | undefined {
  const cleaned = text.replace(SIDE, '')
  const words = wordsOf(cleaned)
  const said = new Set(labels.find(words).flatMap(({ first, next }) => words.slice(first, next)))
  const own = words.filter((word) => !said.has(word) && !units.has(word.folded) && /\p{L}{2}/u.test(word.folded))
  if (own.length === 0 || own.length < said.size) return undefined
  // a name has a capital somewhere
  return /\p{Lu}/u.test(cleaned) && (cleaned.match(/\p{L}/gu)?.length ?? 0) >= 3 ? cleaned.slice(0, 140) : undefined
}

const LONGEST_NAMED = 18

/** "APPLE ORD ISIN: US0378331005 NASDAQ": the words that the code follows by its label. */
function nameBeforeIsin(line: DocumentLine | undefined): string | undefined {
  const isin = line?.figures.find(isIsinFigure)
  if (line === undefined || isin === undefined) return undefined
  const text = /^(.*\S)\s*\bISIN[\s:]*$/.exec(line.text.slice(0, isin.start))?.[1]
  return text === undefined || /\d/.test(text) ? undefined : nameIn({ ...line, text, figures: [] })
}

/** "Apple Inc. 10 Stk. 100,00 EUR", above the code or above the sort of share that stands there: what is counted. */
function nameBeforeCount(lines: readonly DocumentLine[], isinLine: number): string | undefined {
  for (const line of lines.slice(Math.max(0, isinLine - 2), isinLine).toReversed()) {
    const [count] = countsWithUnit(line)
    const name = count === undefined ? undefined : named(line.text.slice(0, count.start).trim())
    if (name !== undefined) return name
  }
  return undefined
}

/** A name's label stands at the beginning of its line, and what follows is no title and no other label. */
function labelledName(
  lines: readonly DocumentLine[],
  labelled: readonly Labelled[],
  isinLine: number,
): string | undefined {
  for (const { label, rest, line, phrase } of labelled) {
    const own = lines[line]
    if (
      label !== 'name' ||
      own === undefined ||
      line === isinLine ||
      own.words.length > LONGEST_NAMED ||
      own.squeezed !== null
    )
      continue
    const begins =
      own.text.trimStart().toLowerCase().startsWith(phrase.slice(0, 5).toLowerCase()) || /^\s*\p{L}+ - /u.test(own.text)
    if (
      !begins ||
      kindMarkers.find(own.words).length > 0 ||
      !/^[\s:.-]*(?:[\p{Lu}\d]|i\p{Lu})/u.test(rest) ||
      /^[-\p{L}/]/u.test(rest)
    )
      continue
    const text = rest.replace(/^[\s:.-]+/, '').trim()
    // titles of columns: the name stands below them, in front of the ISIN
    if (line === isinLine - 1 && nameBeforeIsin(lines[isinLine]) !== undefined) continue
    if ((text.match(/\p{L}/gu)?.length ?? 0) >= 4 && !/ISIN|WKN/.test(text))
      return text.replaceAll(/\s+/g, ' ').slice(0, 140)
  }
  return undefined
}

function nameOf(lines: readonly DocumentLine[], labelled: readonly Labelled[], isinLine: number): string | undefined {
  const told = labelledName(lines, labelled, isinLine)
  if (told !== undefined) return told
  const own = lines[isinLine]
  const onLine = own === undefined ? undefined : (nameBeforeIsin(own) ?? nameIn(own))
  if (onLine !== undefined) return onLine
  // the line below where it begins as names do, with a count; else the line above
  const below = lines[isinLine + 1]
  if (below !== undefined && below.words.length <= LONGEST_NAMED && countsWithUnit(below).length > 0) {
    const name = nameIn(below)
    if (name !== undefined) return name
  }
  const counted = nameBeforeCount(lines, isinLine)
  if (counted !== undefined) return counted
  const above = isinLine > 0 ? lines[isinLine - 1] : undefined
  return above === undefined || above.words.length > LONGEST_NAMED ? undefined : nameIn(above)
}

/** "Quantity Security Code …" over "25 UMAX …": the word behind the first number. */
function symbolBelow(lines: readonly DocumentLine[], labelled: readonly Labelled[]): string | undefined {
  const header = labelled.find(({ label, below }) => label === 'symbol' && below)
  if (header === undefined) return undefined
  return /^\s*[\d.,']+\s+([A-Z][A-Z0-9.]{0,9})(?=\s)/.exec(lines[header.line + 1]?.text ?? '')?.[1]
}

/** A crypto asset's symbol, in brackets behind its name ("Bitcoin (BTC)") or behind a number ("0,005 BTC"). */
const ASSET_IN_BRACKETS = /(\p{Lu}[\p{L}\d .-]{1,40}) ?\(([A-Z]{3,5})\)/u
const ASSET_BEHIND_NUMBER = /\d ?([A-Z]{3,5})(?![\p{L}\p{N}])/gu

/** The crypto asset that a document names, by its symbol; null where it names none. */
export function cryptoOf(lines: readonly DocumentLine[]): ParsedSecurity | null {
  for (const { text } of lines) {
    const [, name, symbol] = ASSET_IN_BRACKETS.exec(text) ?? []
    if (name !== undefined && symbol !== undefined && cryptoAssets.has(symbol))
      return { symbol, name: name.trim(), class: 'crypto' }
  }
  for (const { text } of lines) {
    for (const [, symbol] of text.matchAll(ASSET_BEHIND_NUMBER))
      if (symbol !== undefined && cryptoAssets.has(symbol)) return { symbol, class: 'crypto' }
  }
  return null
}

/**
 * The security that a document is about: by ISIN, WKN, symbol or name, whichever it has; else a crypto asset; null where
 * it has none.
 */
export function securityOf(lines: readonly DocumentLine[], labelled: readonly Labelled[]): ParsedSecurity | null {
  const isinOf = (line: DocumentLine | undefined): IsinFigure | undefined =>
    line?.figures.filter(isIsinFigure).find(({ start }) => !REGISTERED.test(line.text.slice(0, start)))
  const isinLine = lines.findIndex((line) => isinOf(line) !== undefined)
  const isin = isinOf(lines[isinLine])?.value
  const wkn = wknOf(lines, labelled, isinLine)
  const symbol = symbolOf(labelled) ?? symbolBelow(lines, labelled)
  const name = nameOf(lines, labelled, isinLine)
  if (isin === undefined && wkn === undefined && symbol === undefined) {
    const crypto = cryptoOf(lines)
    if (crypto !== null || name === undefined) return crypto
  }
  return {
    ...(isin === undefined ? {} : { isin }),
    ...(wkn === undefined ? {} : { otherId: { scheme: 'WKN', value: wkn } }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(name === undefined ? {} : { name }),
  }
}

const PER_UNIT: ReadonlySet<string> = new Set(
  'pro je per par por p a the each compte dossier depot conto cuenta rekening konto'.split(' '),
)

/** Digits of a count of whole units. */
const MOST_DIGITS = 7

const isCount = (figure: Figure): figure is NumberFigure =>
  figure.type === 'number' && figure.currency === null && !figure.percent && signOfDecimal(figure.value) !== 0

/** Counts beside a unit: "Stück 3", "0,707 ST", "8,205431 St."; not "0,08 pro Stück". */
export function countsWithUnit(line: DocumentLine): NumberFigure[] {
  return line.figures.filter(isCount).filter((figure) => {
    const following = line.words.find(({ start }) => start >= figure.end)
    const preceding = line.words.findLast(({ end }) => end <= figure.start)
    // account and order numbers stand beside such words, too
    if (figure.decimals === 0 && absoluteDecimal(figure.value).length > MOST_DIGITS) return false
    const follows = following !== undefined && following.start - figure.end <= 2 && units.has(following.folded)
    const precedes =
      preceding !== undefined &&
      /^[\s:.)]*$/.test(line.text.slice(preceding.end, figure.start)) &&
      units.has(preceding.folded)
    if (!follows && !precedes) return false
    // "9001 St. Gallen"
    if (
      follows &&
      !precedes &&
      following.folded === 'st' &&
      figure.decimals === 0 &&
      /^\. ?\p{Lu}/u.test(line.text.slice(following.end))
    )
      return false
    if (!precedes || follows) return true
    const before = line.words[line.words.indexOf(preceding) - 1]
    return before === undefined || !PER_UNIT.has(before.folded)
  })
}

export interface Trade {
  readonly quantity: Decimal | null
  readonly price: { readonly value: Decimal; readonly currency: CurrencyCode | null } | null
}

const HUNDREDTH = parseDecimal('0.01')
const NEAR = parseDecimal('0.05')
/** Numbers that the search for a product looks at: a settlement has some dozens. */
const MOST_NUMBERS = 150
const MOST_IN_LINE = 24
const MOST_LABELLED = 40

const isNumber = (figure: Figure): figure is NumberFigure =>
  figure.type === 'number' && signOfDecimal(figure.value) !== 0

function unitPrice(count: NumberFigure, price: NumberFigure, each: Decimal = absoluteDecimal(price.value)): Trade {
  return { quantity: absoluteDecimal(count.value), price: { value: each, currency: price.currency } }
}

/** The price of one unit that makes quantity × price the amount; London quotes in pence what it settles in pounds. */
function fittingPrice(count: NumberFigure, price: NumberFigure, target: Decimal): Decimal | null {
  const [quantity, each] = [absoluteDecimal(count.value), absoluteDecimal(price.value)]
  if (isProduct(quantity, each, target)) return each
  const pounds = price.currency === 'GBP' ? multiplyDecimal(each, HUNDREDTH) : null
  return pounds !== null && isProduct(quantity, pounds, target) ? pounds : null
}

function firstPair(counts: readonly NumberFigure[], prices: readonly NumberFigure[], target: Decimal): Trade | null {
  for (const price of prices) {
    for (const count of counts) {
      const each = count === price ? null : fittingPrice(count, price, target)
      if (each !== null) return unitPrice(count, price, each)
    }
  }
  return null
}

/** Two numbers of one line whose product is the amount; of two bare ones the one with more digits counts units. */
function pairInLine(lines: readonly DocumentLine[], target: Decimal): Trade | null {
  for (const { figures } of lines) {
    const numbers = figures
      .filter(isNumber)
      .filter(({ value, percent }) => !percent && absoluteDecimal(value) !== target)
      .slice(0, MOST_IN_LINE)
    for (const count of numbers) {
      if (count.currency !== null) continue
      const price = numbers.find((other) => other !== count && fittingPrice(count, other, target) !== null)
      if (price === undefined) continue
      const swapped = price.currency === null && price.decimals > count.decimals
      return swapped
        ? unitPrice(price, count)
        : unitPrice(count, price, fittingPrice(count, price, target) ?? undefined)
    }
  }
  return null
}

/** A bond: nominal amount × price in percent. */
function bondOf(lines: readonly DocumentLine[], target: Decimal): Trade | null {
  const numbers = lines.flatMap(({ figures }) => figures.filter(isNumber)).slice(0, MOST_NUMBERS)
  for (const price of numbers) {
    if (!price.percent) continue
    const rate = multiplyDecimal(absoluteDecimal(price.value), HUNDREDTH)
    const nominal = numbers.find(
      (other) =>
        !other.percent &&
        absoluteDecimal(other.value) !== target &&
        isProduct(absoluteDecimal(other.value), rate, target),
    )
    if (nominal !== undefined)
      return { quantity: absoluteDecimal(nominal.value), price: { value: rate, currency: nominal.currency } }
  }
  return null
}

/**
 * Number of units and price of one. Where quantity × price makes the gross amount (or, without one, the net amount),
 * that decides which numbers they are; else units beside a count come first, then labels.
 */
export function tradeOf(
  lines: readonly DocumentLine[],
  labelled: readonly Labelled[],
  target: Decimal | null,
  exact: boolean,
): Trade {
  const prices = labelled
    .filter(({ label }) => label === 'price')
    .flatMap(({ figures, below }) =>
      figures
        .filter(isNumber)
        .filter(({ percent, currency, decimals }) => !percent && (currency !== null || decimals > 0))
        .slice(0, below ? 4 : 1),
    )
    .slice(0, MOST_LABELLED)
  const beside = lines.flatMap(countsWithUnit)
  const labels = labelled
    .filter(({ label }) => label === 'quantity')
    .flatMap(({ figures, below }) => figures.filter(isCount).slice(0, below ? 4 : 1))
  // an amount of money below a header such as "units" is no number of units
  const counts = [...beside, ...labels]
    .filter(({ value, decimals }) => decimals !== 2 || absoluteDecimal(value) !== target)
    .slice(0, MOST_LABELLED)
  if (target !== null && signOfDecimal(target) !== 0) {
    const every = lines.flatMap(({ figures }) => figures.filter(isNumber)).slice(0, MOST_NUMBERS)
    const priced = every.filter(({ currency, value }) => currency !== null && absoluteDecimal(value) !== target)
    const found =
      firstPair(counts, prices, target) ??
      firstPair(every.filter(isCount), prices, target) ??
      pairInLine(lines, target) ??
      firstPair(counts, priced, target) ??
      bondOf(lines, target) ??
      firstPair(
        lines.flatMap(({ figures }) =>
          figures
            .slice(0, 1)
            .filter(isNumber)
            .filter(isCount)
            .filter(({ start }) => start <= 2),
        ),
        priced,
        target,
      )
    if (found !== null) return found
    if (!exact) {
      const allowed = multiplyDecimal(target, NEAR)
      for (const price of prices) {
        const count = counts.find(
          (figure) =>
            figure !== price &&
            compareDecimal(
              absoluteDecimal(
                subtractDecimal(multiplyDecimal(absoluteDecimal(figure.value), absoluteDecimal(price.value)), target),
              ),
              allowed,
            ) <= 0,
        )
        if (count !== undefined) return unitPrice(count, price)
      }
    }
  }
  const [count] = counts
  const [price] = prices
  return {
    quantity: count === undefined ? null : absoluteDecimal(count.value),
    price:
      price === undefined || price === count ? null : { value: absoluteDecimal(price.value), currency: price.currency },
  }
}
