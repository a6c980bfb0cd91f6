import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, divideRounded, signOfDecimal, unitsAtScale } from '../../../../shared/domain/decimal.ts'
import { addMonths, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { safeMinor } from '../../../../shared/domain/money.ts'
import type { LoanSchedule } from '../../../../shared/model/credit.ts'
import type { LoanTerms } from '../../../../shared/model/terms.ts'

/** The monthly rate as an exact fraction. */
interface MonthlyRate {
  readonly numerator: bigint
  readonly denominator: bigint
}

function monthlyRate(annualRate: Decimal): MonthlyRate {
  const point = annualRate.indexOf('.')
  const scale = point < 0 ? 0 : annualRate.length - point - 1
  return { numerator: unitsAtScale(annualRate, scale, 'half-up').units, denominator: 12n * 10n ** BigInt(scale) }
}

const share = (amount: bigint, rate: MonthlyRate): bigint =>
  divideRounded(amount * rate.numerator, rate.denominator, 'half-up')

/** 等额本息: A = P·r(1+r)ⁿ ÷ ((1+r)ⁿ − 1), worked out exactly and rounded once. */
function annuityPayment(principal: bigint, rate: MonthlyRate, months: bigint): bigint {
  const { numerator, denominator } = rate
  if (numerator === 0n) return divideRounded(principal, months, 'half-up')
  const grown = (denominator + numerator) ** months
  const plain = denominator ** months
  return divideRounded(principal * numerator * grown, denominator * (grown - plain), 'half-up')
}

/**
 * Every instalment of a loan, in whole minor units rounded half up as banks do; the principal adds up to the loan
 * exactly.
 * - `annuity` (等额本息): equal payments; interest on what remains; the last instalment absorbs the rounding.
 * - `equal-principal` (等额本金): payₖ = P/n + (P − (k−1)·P/n)·r. What is repaid after k instalments is k·P/n rounded, so
 *   no instalment is off by more than one minor unit and the last needs no correction.
 * - `interest-only`: interest each month, the principal with the last instalment.
 * Throws a RangeError where the rate is negative or a date or sum leaves what can be counted.
 * Formulas: the standard ones, as in the People's Bank's explanations of both methods.
 */
export function computeLoanSchedule(terms: LoanTerms, currency: CurrencyCode): LoanSchedule {
  const rate = monthlyRate(terms.annualRate)
  if (signOfDecimal(terms.annualRate) < 0) throw new RangeError('the rate of a loan cannot be negative')
  const principal = BigInt(terms.principalMinor)
  const months = BigInt(terms.months)
  const level = annuityPayment(principal, rate, months)
  const instalments: LoanSchedule['instalments'] = []
  let remaining = principal
  let totalInterest = 0n
  for (let number = 1; number <= terms.months; number += 1) {
    const last = number === terms.months
    let interest = share(remaining, rate)
    let repaid = 0n
    if (terms.method === 'annuity') repaid = level - interest
    if (terms.method === 'equal-principal') {
      const left = months - BigInt(number)
      interest = divideRounded(principal * (left + 1n) * rate.numerator, months * rate.denominator, 'half-up')
      repaid = remaining - divideRounded(principal * left, months, 'half-up')
    }
    if (last) repaid = remaining
    if (repaid > remaining) repaid = remaining
    remaining -= repaid
    totalInterest += interest
    instalments.push({
      number,
      dueOn: addMonths(terms.firstDueOn, number - 1),
      paymentMinor: safeMinor(repaid + interest),
      principalMinor: safeMinor(repaid),
      interestMinor: safeMinor(interest),
      remainingMinor: safeMinor(remaining),
    })
  }
  return {
    currency,
    annualRate: terms.annualRate,
    instalments,
    totalInterestMinor: safeMinor(totalInterest),
    totalPaymentMinor: safeMinor(principal + totalInterest),
  }
}

/** As `computeLoanSchedule`; null where dates or sums leave what can be counted, or the rate is negative. */
export function tryLoanSchedule(terms: LoanTerms, currency: CurrencyCode): LoanSchedule | null {
  try {
    return computeLoanSchedule(terms, currency)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The next instalment on or after the day, and how many fell due before it; null when all are past. */
export function nextInstalment(
  schedule: LoanSchedule,
  today: IsoDate,
): { instalment: LoanSchedule['instalments'][number] | null; past: number } {
  const past = schedule.instalments.filter(({ dueOn }) => dueOn < today).length
  return { instalment: schedule.instalments[past] ?? null, past }
}
