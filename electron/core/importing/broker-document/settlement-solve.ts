import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  type Decimal,
  absoluteDecimal,
  multiplyDecimal,
  parseDecimal,
  roundDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { type Charge, convertedNear, settle, type Settled } from './settlement-arithmetic.ts'
import { isDate } from './settlement-dates.ts'
import { type Labelled, type Money, moneyOf } from './settlement-figures.ts'
import { tradeOf } from './settlement-security.ts'
import { type DocumentKind, type LabelName, statementWords } from './vocabulary.ts'

const ONE_CENT = parseDecimal('0.01')
const TWO_CENTS = parseDecimal('0.02')

function chargesOf(labelled: readonly Labelled[], net: Money): Charge[] {
  const informed = new Set(labelled.filter(({ label }) => label === 'taxInformation').map(({ line }) => line))
  const charges: Charge[] = []
  for (const entry of labelled) {
    const { label, phrase, line, after, below } = entry
    if (
      (label !== 'fee' && label !== 'tax' && label !== 'discount') ||
      after ||
      informed.has(line) ||
      line === net.line ||
      below
    )
      continue
    const money = moneyOf(entry)
    if (money === null || signOfDecimal(money.value) === 0) continue
    charges.push({
      sort: label,
      phrase,
      value: money.value,
      sign: money.sign,
      currency: money.currency ?? net.currency,
      line,
    })
  }
  return charges
}

export interface Solved extends Settled {
  readonly net: Money
  readonly gross: Money | null
  readonly verified: boolean
}

const NONE: Settled = { fee: ZERO, tax: ZERO, refund: null }

function inCurrency(
  value: Decimal,
  currency: CurrencyCode | null,
  wanted: Money,
  rate: Decimal | null,
  near: Decimal,
): Decimal | null {
  if (currency === wanted.currency || currency === null || wanted.currency === null) return value
  return rate === null ? null : convertedNear(value, rate, near)
}

/** Tries to explain one candidate for the net amount by one for the gross amount and the charges. */
function explain(
  net: Money,
  gross: Money,
  charges: readonly Charge[],
  rate: Decimal | null,
  direction: 1 | -1,
): Settled | null {
  const base = inCurrency(gross.value, gross.currency, net, rate, net.value)
  if (base === null) return null
  const same = gross.currency === net.currency || gross.currency === null
  const converted: Charge[] = []
  for (const charge of charges) {
    if (charge.line === gross.line && charge.value === gross.value) continue
    const value =
      charge.currency === net.currency || charge.currency === null
        ? charge.value
        : // a charge is converted the way the gross amount was
          rate === null
          ? null
          : convertedLike(charge.value, rate, gross.value, base)
    if (value !== null) converted.push({ ...charge, value })
  }
  return settle({ direction, net: net.value, gross: base, charges: converted, tolerance: same ? ONE_CENT : TWO_CENTS })
}

function convertedLike(value: Decimal, rate: Decimal, from: Decimal, to: Decimal): Decimal | null {
  const multiplied = roundDecimal(multiplyDecimal(from, rate), 2)
  return convertedNear(value, rate, multiplied === to ? roundDecimal(multiplyDecimal(value, rate), 2) : ZERO)
}

/** A value date with an amount behind it is the line that tells what was booked. */
function isNet(entry: Labelled, tier: LabelName): boolean {
  if (entry.label === tier) return true
  return (
    tier === 'net1' &&
    entry.label === 'valueDate' &&
    entry.figures.some(isDate) &&
    entry.figures.findLast(({ type }) => type === 'number' || type === 'date')?.type === 'number'
  )
}

/**
 * The amount that was booked and how gross amount, fees and taxes lead to it. Of several candidates the one that adds
 * up is taken; where none does, the likeliest stands unverified. Null where the document names no amount.
 */
export function solve(
  labelled: readonly Labelled[],
  lines: readonly DocumentLine[],
  kind: DocumentKind,
): Solved | null {
  const candidates: Money[] = []
  const balances = new Set(
    lines.flatMap((line, at) =>
      phrasesIn(line, statementWords).some(({ meaning }) => meaning === 'opening' || meaning === 'closing') ? [at] : [],
    ),
  )
  for (const tier of ['net1', 'net2', 'net3'] as const) {
    for (const after of [false, true]) {
      if (after && candidates.length > 0) continue
      const found = labelled
        .filter((entry) => isNet(entry, tier) && entry.after === after && !balances.has(entry.line))
        .map(moneyOf)
      // what is booked stands last
      candidates.push(...found.filter((money) => money !== null).toReversed())
    }
    if (tier === 'net2' && candidates.length > 0) break
  }
  const first = candidates.find(({ value }) => signOfDecimal(value) !== 0) ?? candidates[0]
  if (first === undefined) return null
  const grosses = labelled
    .filter(({ label, after }) => label === 'gross' && !after)
    .map(moneyOf)
    .filter((money) => money !== null)
  if (grosses.length === 0) {
    const { quantity, price } = tradeOf(lines, labelled, first.value, false)
    if (quantity !== null && price !== null) {
      const value = roundDecimal(multiplyDecimal(quantity, price.value), 2)
      grosses.push({ value, currency: price.currency, sign: 0, line: -1 })
    }
  }
  const rateFigure = labelled
    .filter(({ label }) => label === 'rate')
    .flatMap(({ figures }) => figures)
    .find((figure) => figure.type === 'number' && signOfDecimal(figure.value) !== 0 && figure.decimals >= 2)
  const rate = rateFigure?.type === 'number' ? absoluteDecimal(rateFigure.value) : null
  const direction = kind === 'buy' ? 1 : -1
  for (const net of candidates) {
    for (const gross of grosses) {
      const solved = explain(net, gross, chargesOf(labelled, net), rate, direction)
      if (solved !== null && (signOfDecimal(net.value) !== 0 || signOfDecimal(solved.tax) !== 0))
        return { ...solved, net, gross, verified: true }
    }
  }
  return { ...NONE, net: first, gross: grosses[0] ?? null, verified: false }
}
