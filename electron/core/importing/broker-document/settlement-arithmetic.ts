import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'

/** A fee or tax as the document lists it: a magnitude, the sign that is printed, and where. */
export interface Charge {
  readonly sort: 'fee' | 'tax' | 'discount'
  readonly phrase: string
  readonly value: Decimal
  readonly sign: -1 | 0 | 1
  readonly currency: CurrencyCode | null
  readonly line: number
}

export interface Settled {
  readonly fee: Decimal
  readonly tax: Decimal
  /** What was given back: a magnitude that is a booking of its own, for a fee or tax cannot be negative. */
  readonly refund: { readonly amount: Decimal; readonly sort: 'fee' | 'tax' } | null
}

export interface Question {
  /** +1 where charges make the amount larger (a purchase), −1 where they make it smaller. */
  readonly direction: 1 | -1
  readonly net: Decimal
  readonly gross: Decimal
  readonly charges: readonly Charge[]
  /** Whether listed charges may lie outside of the amount: taxes that are booked apart. */
  readonly mayIgnore: boolean
  /** Largest difference that rounding explains. */
  readonly tolerance: Decimal
}

const CENT = parseDecimal('0.01')
const MOST_SUBSETS = 10

const sumOf = (charges: readonly Charge[]): Decimal => charges.reduce((sum, { value }) => addDecimal(sum, value), ZERO)

function adds({ net, gross, direction, tolerance }: Question, charged: Decimal): boolean {
  const expected = direction === 1 ? addDecimal(gross, charged) : subtractDecimal(gross, charged)
  return compareDecimal(absoluteDecimal(subtractDecimal(net, expected)), tolerance) <= 0
}

function settled(charges: readonly Charge[], refunds: readonly Charge[]): Settled {
  const refunded = sumOf(refunds)
  return {
    fee: sumOf(charges.filter(({ sort }) => sort !== 'tax')),
    tax: sumOf(charges.filter(({ sort }) => sort === 'tax')),
    refund:
      signOfDecimal(refunded) === 0
        ? null
        : { amount: refunded, sort: refunds.some(({ sort }) => sort === 'tax') ? 'tax' : 'fee' },
  }
}

/** The same label with the same amount twice: the second copy of a page. */
function withoutCopies(charges: readonly Charge[]): Charge[] {
  return charges.filter(
    (charge, at) =>
      !charges
        .slice(0, at)
        .some(({ phrase, value, line }) => phrase === charge.phrase && value === charge.value && line !== charge.line),
  )
}

/** Parts that add up, the fewest left out first; only for a handful of charges. */
function subsetThatAdds(question: Question): readonly Charge[] | null {
  const charges = question.charges.slice(0, MOST_SUBSETS)
  let best: readonly Charge[] | null = null
  for (let mask = 1; mask < 1 << charges.length; mask += 1) {
    const chosen = charges.filter((_, at) => (mask & (1 << at)) !== 0)
    if ((best === null || chosen.length > best.length) && adds(question, sumOf(chosen))) best = chosen
  }
  return best
}

/**
 * Which of the listed charges lie between gross and net: gross ± charges = net decides, for documents also list parts
 * of a charge, copies, and taxes that are booked apart. Null where no reading adds up.
 */
export function settle(question: Question): Settled | null {
  // an exact reading before one that rounding explains
  return settleWithin({ ...question, tolerance: ZERO }) ?? settleWithin(question)
}

function settleWithin(question: Question): Settled | null {
  const { charges } = question
  const charged = charges.filter(({ sort }) => sort !== 'discount')
  const attempts: readonly (readonly [readonly Charge[], readonly Charge[]])[] = [
    [charged, []],
    [charged, charges.filter(({ sort }) => sort === 'discount')],
    [withoutCopies(charged), []],
    // one sign is that of a charge, the other that of what comes back
    [charged.filter(({ sign }) => sign >= 0), charged.filter(({ sign }) => sign < 0)],
    [withoutCopies(charged).filter(({ sign }) => sign >= 0), withoutCopies(charged).filter(({ sign }) => sign < 0)],
    [charged.filter(({ sign }) => sign <= 0), charged.filter(({ sign }) => sign > 0)],
    ...(question.mayIgnore || charged.length === 0 ? [[[], []] as const] : []),
  ]
  for (const [listed, refunds] of attempts) {
    if (adds(question, subtractDecimal(sumOf(listed), sumOf(refunds)))) return settled(listed, refunds)
  }
  const signed = withoutCopies(charged)
  for (const back of signed) {
    const others = signed.filter((charge) => charge !== back)
    if (adds(question, subtractDecimal(sumOf(others), back.value)) || adds(question, negateDecimal(back.value))) {
      const alone = !adds(question, subtractDecimal(sumOf(others), back.value))
      return settled(alone ? [] : others, [back])
    }
  }
  const subset = subsetThatAdds({ ...question, charges: signed })
  return subset === null ? null : settled(subset, [])
}

/** An amount in the currency of the account, by the document's rate, whichever way that is quoted; null where neither fits. */
export function convertedNear(value: Decimal, rate: Decimal, near: Decimal): Decimal | null {
  if (signOfDecimal(rate) === 0) return null
  const candidates = [roundDecimal(multiplyDecimal(value, rate), 2), divideDecimal(value, rate, 2)]
  let best: Decimal | null = null
  let distance = ZERO
  for (const candidate of candidates) {
    const difference = absoluteDecimal(subtractDecimal(candidate, near))
    if (best === null || compareDecimal(difference, distance) < 0) {
      best = candidate
      distance = difference
    }
  }
  return best
}

/** quantity × price within what rounding of the printed price explains. */
export function isProduct(quantity: Decimal, price: Decimal, amount: Decimal): boolean {
  const difference = absoluteDecimal(subtractDecimal(multiplyDecimal(quantity, price), amount))
  const allowance = addDecimal(CENT, divideDecimal(absoluteDecimal(amount), parseDecimal('2000'), 6))
  return compareDecimal(difference, allowance) <= 0
}
