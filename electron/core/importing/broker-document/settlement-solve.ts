import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  addDecimal,
  type Decimal,
  absoluteDecimal,
  multiplyDecimal,
  parseDecimal,
  roundDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { type Charge, convertedNear, isProduct, settle, type Settled } from './settlement-arithmetic.ts'
import { isDate } from './settlement-dates.ts'
import { isMoney, type Labelled, type Money, moneyOf } from './settlement-figures.ts'
import { tradeOf } from './settlement-security.ts'
import { type DocumentKind, type LabelName, statementWords } from './vocabulary.ts'

const ONE_CENT = parseDecimal('0.01')
/** Amounts of one sort that are tried, and charges that are added up: a settlement has a handful. */
const MOST_CANDIDATES = 12
const MOST_CHARGES = 40

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
    if (charges.length >= MOST_CHARGES) break
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
  /** Fees or taxes are listed, and nothing shows which of them lie in the amount. */
  readonly unexplained: boolean
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
  accrued: Money | null,
  charges: readonly Charge[],
  rate: Decimal | null,
  direction: 1 | -1,
  sure: boolean,
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
  const question = {
    mayIgnore: sure,
    direction,
    net: net.value,
    gross: base,
    charges: converted,
    tolerance: same ? ONE_CENT : TWO_CENTS,
  }
  const plain = settle(question)
  if (plain !== null || accrued === null) return plain
  // the seller of a bond is paid the interest that has run up, the buyer pays it
  const interest =
    accrued.currency === net.currency || accrued.currency === null
      ? accrued.value
      : rate === null
        ? null
        : convertedLike(accrued.value, rate, gross.value, base)
  return interest === null ? null : settle({ ...question, gross: addDecimal(base, interest) })
}

function convertedLike(value: Decimal, rate: Decimal, from: Decimal, to: Decimal): Decimal | null {
  const multiplied = roundDecimal(multiplyDecimal(from, rate), 2)
  return convertedNear(value, rate, multiplied === to ? roundDecimal(multiplyDecimal(value, rate), 2) : ZERO)
}

/** A value date with an amount behind it is the line that tells what was booked. */
export function isNet(entry: Labelled, tier: LabelName): boolean {
  if (entry.label === tier) return true
  return (
    tier === 'net1' &&
    entry.label === 'valueDate' &&
    entry.figures.some(isDate) &&
    entry.figures.findLast(({ type }) => type === 'number' || type === 'date')?.type === 'number'
  )
}

const amountsOf = (labelled: readonly Labelled[], label: LabelName): Money[] =>
  labelled
    .filter((entry) => entry.label === label && !entry.after)
    .map(moneyOf)
    .filter((money) => money !== null)
    .slice(0, MOST_CANDIDATES)

/** Candidates for what was booked, the surest tier first; in each, what stands last comes first. */
function netCandidates(labelled: readonly Labelled[], lines: readonly DocumentLine[]): Money[][] {
  const balances = new Set(
    lines.flatMap((line, at) =>
      phrasesIn(line, statementWords).some(({ meaning }) => meaning === 'opening' || meaning === 'closing') ? [at] : [],
    ),
  )
  return (['net1', 'net2', 'net3'] as const).map((tier) => {
    // what stands under a title may be a balance as well
    const entries = labelled.filter(
      (entry) => isNet(entry, tier) && !balances.has(entry.line) && !(entry.below && balances.has(entry.line + 1)),
    )
    const inside = entries
      .filter(({ after }) => !after)
      .map(moneyOf)
      .filter((money) => money !== null)
    const found = inside.length > 0 ? inside : entries.map(moneyOf).filter((money) => money !== null)
    return found.toReversed().slice(0, MOST_CANDIDATES)
  })
}

/** A gross amount without a label: net amount less all charges is a number that the document prints. */
function printedGross(
  lines: readonly DocumentLine[],
  net: Money,
  charges: readonly Charge[],
  direction: 1 | -1,
): { settled: Settled; gross: Money } | null {
  const listed = charges.filter(
    ({ sort, currency }) => sort !== 'discount' && (currency === net.currency || currency === null),
  )
  if (listed.length === 0) return null
  const sum = listed.reduce((total, { value }) => addDecimal(total, value), ZERO)
  const gross = direction === 1 ? subtractDecimal(net.value, sum) : addDecimal(net.value, sum)
  const isPrinted = lines.some(({ figures }) =>
    figures.some((figure) => isMoney(figure) && absoluteDecimal(figure.value) === gross),
  )
  if (!isPrinted) return null
  const settled = settle({ direction, net: net.value, gross, charges: listed, tolerance: ZERO, mayIgnore: false })
  return settled === null ? null : { settled, gross: { value: gross, currency: net.currency, sign: 0, line: -1 } }
}

/**
 * The amount that was booked and how gross amount, fees and taxes lead to it. Of several candidates the one that adds
 * up is taken; where none does, the likeliest stands unverified. `begun` is the amount in the words that begin the
 * settlement. Null where the document names no amount.
 */
export function solve(
  labelled: readonly Labelled[],
  lines: readonly DocumentLine[],
  kind: DocumentKind,
  begun: Money | null = null,
): Solved | null {
  const named = netCandidates(labelled, lines)
  // the amount that a settlement begins with is surer than what may be one
  const tiers = begun !== null && named[0]?.length === 0 ? [[begun], ...named.slice(1)] : named
  const candidates = tiers.find((tier) => tier.length > 0) ?? []
  const sure = candidates === tiers[0]
  const first = candidates.find(({ value }) => signOfDecimal(value) !== 0) ?? candidates[0]
  if (first === undefined) return null
  // a tax or fee that is settled for itself is the amount, nothing within it
  if (kind === 'tax' || kind === 'fee') return { ...NONE, net: first, gross: null, verified: false, unexplained: false }
  const accrued = amountsOf(labelled, 'accrued')[0]
  const grosses = amountsOf(labelled, 'gross')
  let product: Money | null = null
  if (grosses.length === 0) {
    const { quantity, price } = tradeOf(lines, labelled, first.value, false)
    if (quantity !== null && price !== null) {
      const value = roundDecimal(multiplyDecimal(quantity, price.value), 2)
      grosses.push({ value, currency: price.currency, sign: 0, line: -1 })
      if (isProduct(quantity, price.value, first.value)) product = { ...first, line: -1 }
    }
    // "Betrag" above "Zu Ihren Gunsten": what is not the net amount may be the gross one
    grosses.push(
      ...tiers
        .slice(1)
        .flatMap((tier) => (tier === candidates ? [] : tier))
        .filter(({ value }) => value !== first.value),
    )
  }
  const rateFigure = labelled
    .filter(({ label }) => label === 'rate')
    .flatMap(({ figures }) => figures)
    .find((figure) => figure.type === 'number' && signOfDecimal(figure.value) !== 0 && figure.decimals >= 2)
  const rate = rateFigure?.type === 'number' ? absoluteDecimal(rateFigure.value) : null
  const direction = kind === 'buy' ? 1 : -1
  for (const net of candidates) {
    for (const gross of grosses) {
      const solved = explain(net, gross, accrued ?? null, chargesOf(labelled, net), rate, direction, sure)
      if (solved !== null && (signOfDecimal(net.value) !== 0 || signOfDecimal(solved.tax) !== 0))
        return { ...solved, net, gross, verified: true, unexplained: false }
    }
  }
  const printed = printedGross(lines, first, chargesOf(labelled, first), direction)
  if (printed !== null && sure)
    return { ...printed.settled, net: first, gross: printed.gross, verified: true, unexplained: false }
  // units are rounded: quantity × price may miss the amount by a few cents
  if (product !== null) return { ...NONE, net: first, gross: product, verified: true, unexplained: false }
  const unexplained = chargesOf(labelled, first).some(({ sort }) => sort !== 'discount')
  return { ...NONE, net: first, gross: grosses[0] ?? null, verified: false, unexplained }
}
