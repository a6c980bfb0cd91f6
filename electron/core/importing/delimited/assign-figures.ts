import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { readAmount, scaledOf } from './amount-text.ts'
import { isAmountColumn, isCurrencyColumn, isDateColumn, isDirectionColumn, isTimeColumn } from './column-profile.ts'
import { type Assigner, type Candidate, FAIR, SURE } from './column-candidates.ts'
import { type HeaderConcept, currencyFromText, currencyInHeader, directionOfKind } from './header-vocabulary.ts'

const DATE_RANK: Partial<Record<HeaderConcept, number>> = {
  'booking-date': 4,
  date: 3,
  'transaction-date': 2,
  time: 1.5,
  'value-date': 1,
}
const AMOUNT_RANK: Partial<Record<HeaderConcept, number>> = {
  'account-amount': 1.3,
  amount: 1,
  gross: 0.85,
  total: 0.8,
  net: 0.75,
}

export function assignDates(assigner: Assigner): void {
  const most = Math.max(0, ...assigner.candidates.map((candidate) => candidate.profile.dates))
  const ranked = assigner.candidates
    .map((candidate) => {
      let rank = 0
      for (const [concept, score] of candidate.scores) {
        const weight = DATE_RANK[concept] ?? 0
        if (concept === 'time' && !isDateColumn(candidate.profile)) continue
        if (weight * score > rank && score >= FAIR) rank = weight * score
      }
      // a column that is often blank (not yet booked) still names the booking date, one that nearly always is does not
      if (candidate.profile.filled > 0 && candidate.profile.dates < most / 3) rank /= 5
      return { candidate, rank }
    })
    .filter(({ rank }) => rank > 0)
    .toSorted((left, right) => right.rank - left.rank)
  const [first, ...others] = ranked
  if (first === undefined) {
    const shaped = assigner.candidates.filter(
      (candidate) => isDateColumn(candidate.profile) && !candidate.scores.has('other-date'),
    )
    if (assigner.set(shaped[0], 'date')) {
      assigner.byShape += 1
      assigner.set(shaped[1], 'value-date')
    }
    return
  }
  assigner.set(first.candidate, 'date')
  const valued = others.find(({ candidate }) => candidate.scores.has('value-date')) ?? others[0]
  if (valued !== undefined && valued.rank > 0.5) assigner.set(valued.candidate, 'value-date')
}

const SUMS: readonly HeaderConcept[] = [
  'amount',
  'account-amount',
  'gross',
  'net',
  'total',
  'debit',
  'credit',
  'balance',
]

/** Whether the title says that a column holds sums: "20.00" under it is no time of day. */
function isTitledSum({ scores }: Candidate): boolean {
  return SUMS.some((concept) => (scores.get(concept) ?? 0) >= FAIR)
}

export function assignTime(assigner: Assigner): void {
  const dateAt = assigner.indexOf('date')
  const timed = assigner.candidates.filter(
    (candidate) => assigner.free(candidate) && isTimeColumn(candidate.profile) && !isTitledSum(candidate),
  )
  assigner.set(
    timed.find((candidate) => candidate.scores.has('time')) ??
      timed.find((candidate) => Math.abs(candidate.index - dateAt) === 1),
    'time',
  )
}

/** Two columns of which each row fills one: money out and money in. */
function complementary(rows: readonly (readonly string[])[], left: number, right: number): boolean {
  let one = 0
  let both = 0
  for (const cells of rows) {
    const a = /[1-9]/.test(cells[left] ?? '')
    const b = /[1-9]/.test(cells[right] ?? '')
    if (a && b) both += 1
    else if (a || b) one += 1
  }
  return one > 0 && both * 10 <= one
}

/**
 * Whether a column of currencies says another one than `currency` in some rows and the same in others: under an amount
 * whose title names the currency it is then that of the purchase, not of the account.
 */
function isForeign(column: Candidate, currency: CurrencyCode, rows: readonly (readonly string[])[]): boolean {
  if (!isCurrencyColumn(column.profile)) return false
  const found = new Set(rows.map((cells) => currencyFromText(cells[column.index] ?? '')))
  found.delete(null)
  return found.has(currency) && found.size > 1
}

/** "Amount, Currency, Amount CHF": the sums of the purchases, and those that moved the account in its own currency. */
function assignHomeAmount(
  assigner: Assigner,
  amounts: readonly Candidate[],
  rows: readonly (readonly string[])[],
): boolean {
  const [best] = amounts
  if (best === undefined || currencyInHeader(best.name) !== null) return false
  for (const home of amounts) {
    const currency = home.profile.filled < home.profile.rows ? null : currencyInHeader(home.name)
    if (currency === null) continue
    const beside = assigner.candidates.find(
      (candidate) => Math.abs(candidate.index - best.index) === 1 && isForeign(candidate, currency, rows),
    )
    if (beside === undefined) continue
    assigner.set(home, 'amount')
    assigner.set(best, 'original-amount')
    assigner.set(beside, 'original-currency')
    return true
  }
  return false
}

/** Whether each net is the amount less the fee, and some rows have one: then the net is what moved. */
function isLessFee(amount: Candidate, fee: Candidate, net: Candidate, rows: readonly (readonly string[])[]): boolean {
  return (['.', ','] as const).some((mark) => {
    let charged = 0
    const fits = rows.every((cells) => {
      const [written, charge, rest] = [amount, fee, net].map(({ index }) => {
        const value = readAmount((cells[index] ?? '').trim(), mark)
        return value === null ? Number.NaN : scaledOf(value)
      }) as [number, number, number]
      if (Number.isNaN(written) || Number.isNaN(rest)) return false
      const fees = Math.abs(charge || 0)
      if (fees > 0) charged += 1
      return rest === written - fees
    })
    return fits && charged > 0
  })
}

export function assignAmounts(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  const debits = assigner.meaning('debit')
  const credits = assigner.meaning('credit')
  const [debit] = debits
  const [credit] = credits
  const amounts = assigner.candidates
    .map((candidate) => {
      let rank = 0
      for (const [concept, score] of candidate.scores) {
        const weight = AMOUNT_RANK[concept]
        if (weight === undefined || score < FAIR) continue
        // a likelier numeric meaning ("Amount (fee)", "Сумма в валюте операции") keeps the column from being the amount
        if (
          score < candidate.best &&
          [...candidate.scores].some(([other, value]) => value > score && !(other in AMOUNT_RANK))
        ) {
          continue
        }
        rank = Math.max(rank, weight * score)
      }
      if (candidate.profile.filled === 0) rank /= 10
      return { candidate, rank }
    })
    .filter(({ candidate, rank }) => rank > 0 && assigner.free(candidate))
    .toSorted((left, right) => right.rank - left.rank)
  const pair = debit !== undefined && credit !== undefined && debit !== credit
  if (pair && (rows.length === 0 || amounts.length === 0 || complementary(rows, debit.index, credit.index))) {
    assigner.set(debit, 'debit')
    assigner.set(credit, 'credit')
    return
  }
  const isMoved = ({ scores }: Candidate): boolean => scores.has('amount') || scores.has('account-amount')
  if (assignHomeAmount(assigner, amounts.map(({ candidate }) => candidate).filter(isMoved), rows)) {
    return
  }
  const [best, second] = amounts
  // gross, fee and net side by side: what moved is the net
  const net = assigner.meaning('net')[0]
  const [fee] = assigner.meaning('fee')
  if (
    net !== undefined &&
    net.profile.filled > 0 &&
    fee !== undefined &&
    best !== undefined &&
    (best.candidate.scores.has('gross') || isLessFee(best.candidate, fee, net, rows))
  ) {
    assigner.set(net, 'amount')
    return
  }
  const total = assigner.meaning('total').find((candidate) => candidate !== best?.candidate)
  if (best !== undefined && fee !== undefined && total !== undefined && isLessFee(best.candidate, fee, total, rows)) {
    assigner.set(total, 'amount')
    return
  }
  if (best !== undefined && (best.candidate.profile.filled > 0 || (debit === undefined && credit === undefined))) {
    assigner.set(best.candidate, 'amount')
    if (second !== undefined && second.rank >= best.rank * 0.95 && second.candidate.profile.filled > 0) {
      assigner.rivals += 1
    }
    return
  }
  assigner.set(debit, 'debit')
  assigner.set(credit, 'credit')
}

export function assignNumbersByShape(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  if (assigner.has('amount') || assigner.has('debit') || assigner.has('credit')) return
  const currencyAt = new Set(
    assigner.candidates.filter((candidate) => isCurrencyColumn(candidate.profile)).map((candidate) => candidate.index),
  )
  const numeric = assigner.candidates.filter(
    (candidate) =>
      assigner.free(candidate) &&
      isAmountColumn(candidate.profile) &&
      candidate.best < SURE &&
      candidate.profile.identifiers * 2 < candidate.profile.filled,
  )
  if (numeric.length === 0) return
  // date, text, money out, money in, balance: the order that files without a header keep
  for (const left of numeric) {
    const right = assigner.candidates[left.index + 1]
    // some leave columns for other kinds of accounts blank before the balance
    const balance = assigner.candidates.slice(left.index + 2).find(({ profile }) => profile.filled > 0)
    if (right === undefined || balance === undefined || !numeric.includes(balance)) continue
    if (right.profile.filled > 0 && !numeric.includes(right)) continue
    if (
      balance.profile.filled < balance.profile.rows ||
      left.profile.filled + right.profile.filled !== left.profile.rows
    ) {
      continue
    }
    if ((left.profile.negatives > 0 && left.profile.positives > 0) || !complementary(rows, left.index, right.index))
      continue
    assigner.set(left, 'debit')
    assigner.set(right, 'credit')
    assigner.set(balance, 'balance')
    assigner.byShape += 1
    return
  }
  // date, text, money out, money in, and nothing behind them
  for (const left of numeric) {
    const right = numeric.find(({ index }) => index === left.index + 1)
    if (right === undefined || numeric.length > 2) continue
    if (left.profile.negatives + right.profile.negatives > 0) continue
    if (left.profile.filled + right.profile.filled !== left.profile.rows) continue
    if (!complementary(rows, left.index, right.index)) continue
    assigner.set(left, 'debit')
    assigner.set(right, 'credit')
    assigner.byShape += 1
    return
  }
  const rank = (candidate: Candidate): number => {
    const { profile, index } = candidate
    const beside = currencyAt.has(index + 1) || currencyAt.has(index - 1)
    return (
      (profile.negatives > 0 && profile.positives > 0 ? 3 : profile.negatives > 0 ? 1 : 0) +
      (2 * profile.decimals) / profile.filled +
      (2 * profile.filled) / profile.rows +
      (beside ? 1.5 : 0) -
      (profile.distinct === 1 && profile.filled > 2 ? 2 : 0)
    )
  }
  const ranked = numeric.toSorted((left, right) => rank(right) - rank(left) || left.index - right.index)
  assigner.set(ranked[0], 'amount')
  assigner.byShape += 1
  if (ranked.length > 1) assigner.rivals += 1
}

export function assignCurrency(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  const [original] = assigner.meaning('original-currency')
  if (!assigner.has('original-currency')) assigner.set(original, 'original-currency')
  const titled = assigner.candidates.find(({ index }) => index === assigner.indexOf('amount'))
  const home = titled === undefined ? null : currencyInHeader(titled.name)
  const money = Math.max(assigner.indexOf('amount'), assigner.indexOf('credit'), assigner.indexOf('debit'))
  const coded = assigner.candidates.filter(
    (candidate) =>
      assigner.free(candidate) &&
      (candidate.profile.filled === 0 ? candidate.scores.has('currency') : isCurrencyColumn(candidate.profile)) &&
      !candidate.scores.has('ignore'),
  )
  // of several the one beside the amount; ties go to the right-hand side ("-2,90;EUR")
  const distance = (candidate: Candidate): number => {
    const score = candidate.scores.get('currency') ?? 0
    const named = score >= SURE ? 10 * (1 - score) : 20
    const off = candidate.index - money
    return named + (off > 0 ? off : 0.5 - off)
  }
  const [nearest] = coded.toSorted((left, right) => distance(left) - distance(right))
  if (nearest !== undefined && home !== null && isForeign(nearest, home, rows)) {
    if (!assigner.has('original-currency')) assigner.set(nearest, 'original-currency')
    return
  }
  assigner.set(nearest, 'currency')
}

/** Whether the signs of the amounts already say what the column's words say. */
function signsAgree(rows: readonly (readonly string[])[], directionAt: number, amountAt: number): boolean {
  let agree = 0
  let all = 0
  for (const cells of rows) {
    const direction = directionOfKind((cells[directionAt] ?? '').trim())
    const amount = cells[amountAt] ?? ''
    if (direction === null || !/[1-9]/.test(amount)) continue
    all += 1
    if ((direction === 'debit') === /[-−–(]/.test(amount)) agree += 1
  }
  return all > 0 && agree * 20 >= all * 19
}

export function assignDirection(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  const [named] = assigner.meaning('direction')
  if (named !== undefined) {
    assigner.set(named, 'direction')
    return
  }
  const money = assigner.candidates.find((candidate) => candidate.index === assigner.indexOf('amount'))
  if (money === undefined) return
  const shaped = assigner.candidates.find(
    (candidate) =>
      assigner.free(candidate) &&
      (candidate.best < SURE || candidate.scores.has('kind')) &&
      isDirectionColumn(candidate.profile) &&
      candidate.profile.filled * 10 >= candidate.profile.rows * 9 &&
      !signsAgree(rows, candidate.index, money.index),
  )
  if (shaped !== undefined) {
    assigner.set(shaped, 'direction')
    return
  }
  // "Purchase", "Top-up" … say the direction where the amounts do not
  if (money.profile.negatives > 0) return
  const kinds = assigner.candidates.find(
    (candidate) =>
      assigner.free(candidate) &&
      candidate.profile.filled === candidate.profile.rows &&
      candidate.profile.filled > 0 &&
      candidate.profile.kinds === candidate.profile.filled &&
      (candidate.best < SURE || candidate.scores.has('kind') || candidate.scores.has('description')),
  )
  assigner.set(kinds, 'direction')
}
