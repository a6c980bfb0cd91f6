import { dayNumber, daysBetween } from '../../../../shared/domain/iso-date.ts'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { assign, type Assigned, type Pair, withCertainty } from './assign.ts'
import { Evidence } from './confidence.ts'
import { addOnlyCandidate } from './find-duplicates.ts'
import type { MatchLine } from './match-line.ts'
import { NearbyLines } from './nearby-lines.ts'
import { RATE_TOLERANCE, scoreTransfer, TRANSFER_DAYS, type TransferContext } from './score-transfer.ts'
import { statedFee } from './stated-fee.ts'
import { namesProcessor } from './words.ts'

export interface TransferSearch extends TransferContext {
  /** False where a line is half of a transfer already, or the user has told the two apart. */
  readonly mayBePair: (from: MatchLine, to: MatchLine) => boolean
}

/** Amounts of one currency, sign and day, the smallest first, so that those near an expected one are found. */
class AmountsByDay {
  readonly #days = new Map<string, MatchLine[]>()

  constructor(lines: readonly MatchLine[], currencyOf: (line: MatchLine) => CurrencyCode | undefined) {
    for (const line of lines) {
      const currency = currencyOf(line)
      if (currency === undefined || line.minor === 0) continue
      const key = `${currency} ${Math.sign(line.minor)} ${dayNumber(line.bookedOn)}`
      const list = this.#days.get(key)
      if (list === undefined) this.#days.set(key, [line])
      else list.push(line)
    }
    for (const list of this.#days.values()) list.sort((a, b) => Math.abs(a.minor) - Math.abs(b.minor))
  }

  *near(currency: CurrencyCode, sign: number, day: number, expected: number): Generator<MatchLine> {
    const least = expected * (1 - RATE_TOLERANCE)
    const most = expected * (1 + RATE_TOLERANCE)
    for (let offset = -TRANSFER_DAYS; offset <= TRANSFER_DAYS; offset += 1) {
      const list = this.#days.get(`${currency} ${sign} ${day + offset}`)
      if (list === undefined) continue
      let low = 0
      let high = list.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (Math.abs(list[middle]?.minor ?? 0) < least) low = middle + 1
        else high = middle
      }
      for (let at = low; at < list.length; at += 1) {
        const line = list[at]
        if (line === undefined || Math.abs(line.minor) > most) break
        yield line
      }
    }
  }
}

/** Foreign candidates that one line is compared with at most. */
const MOST_FOREIGN = 50

const tieOf = (from: MatchLine, to: MatchLine): string =>
  `${from.bookedOn} ${from.payee} ${from.memo}|${to.bookedOn} ${to.payee} ${to.memo}`

/** Pairs of a line that left one account and one that came to another, at least one of them new. */
function* pairsOf(
  fresh: readonly MatchLine[],
  stored: readonly MatchLine[],
  search: TransferSearch,
): Generator<[MatchLine, MatchLine]> {
  const currencyOf = (line: MatchLine): CurrencyCode | undefined => search.accountOf(line.accountId)?.currency
  const feeOf = (line: MatchLine, currency: CurrencyCode): number => statedFee(line, search.wordsOf(line), currency)
  const nearby = new NearbyLines()
  const all = [...fresh, ...stored]
  const currencies = new Set<CurrencyCode>()
  for (const line of all) {
    const currency = currencyOf(line)
    if (currency === undefined || line.minor === 0) continue
    currencies.add(currency)
    nearby.add(`${currency} ${line.minor}`, line)
    const fee = feeOf(line, currency)
    if (fee !== 0) nearby.add(`${currency} ${line.minor + fee}`, line)
  }
  const amounts = currencies.size > 1 ? new AmountsByDay(all, currencyOf) : null
  const isFresh = new Set(fresh.map(({ id }) => id))
  for (const line of fresh) {
    const currency = currencyOf(line)
    if (currency === undefined || line.minor === 0) continue
    const ordered = (other: MatchLine): [MatchLine, MatchLine] => (line.minor < 0 ? [line, other] : [other, line])
    // a pair of two new lines is made once, from the side that the money left
    const isTurn = (other: MatchLine): boolean => line.minor < 0 || !isFresh.has(other.id)
    const fee = feeOf(line, currency)
    for (const minor of fee === 0 ? [line.minor] : [line.minor, line.minor + fee]) {
      for (const other of nearby.near(`${currency} ${-minor}`, line, TRANSFER_DAYS, TRANSFER_DAYS)) {
        if (other.accountId !== line.accountId && isTurn(other)) yield ordered(other)
      }
    }
    if (amounts === null) continue
    for (const foreign of currencies) {
      if (foreign === currency) continue
      const expected =
        line.original?.currency === foreign
          ? Math.abs(line.original.minor)
          : search.convert(Math.abs(line.minor), currency, foreign, line.bookedOn)
      if (expected === null || expected === 0) continue
      let found = 0
      for (const other of amounts.near(foreign, -Math.sign(line.minor), dayNumber(line.bookedOn), expected)) {
        if (!isTurn(other)) continue
        yield ordered(other)
        found += 1
        if (found >= MOST_FOREIGN) break
      }
    }
  }
}

/**
 * Money between own accounts, also between currencies: `first` is the line it left by, `second` the one it came by. Each
 * line is in one link at most.
 */
export function findTransfers(
  fresh: readonly MatchLine[],
  stored: readonly MatchLine[],
  search: TransferSearch,
): Assigned[] {
  const scored: Pair[] = []
  for (const [from, to] of pairsOf(fresh, stored, search)) {
    if (!search.mayBePair(from, to)) continue
    const evidence = scoreTransfer(from, to, search)
    if (evidence === null) continue
    const daysApart = Math.abs(daysBetween(from.bookedOn, to.bookedOn))
    scored.push({ first: from.id, second: to.id, daysApart, evidence, tie: tieOf(from, to) })
  }
  addOnlyCandidate(scored, 6)
  return assign(scored)
}

/** A bank pays for a wallet's purchase within so many days. */
const FUNDING_DAYS = 3
const FUNDING_PRIOR = -4

/**
 * A wallet's purchase and the bank's line that paid for it, where the wallet's own file leaves out the money that came
 * in: `first` is the bank's line, `second` the wallet's. Never certain: the wallet may have paid from what it held.
 */
export function findFundings(
  fresh: readonly MatchLine[],
  stored: readonly MatchLine[],
  search: TransferSearch,
): Assigned[] {
  const nearby = new NearbyLines()
  for (const line of [...fresh, ...stored]) if (line.minor < 0) nearby.add(`${line.minor}`, line)
  const isFresh = new Set(fresh.map(({ id }) => id))
  const scored: Pair[] = []
  for (const line of fresh) {
    const own = search.accountOf(line.accountId)
    if (own === undefined || line.minor >= 0) continue
    for (const other of nearby.near(`${line.minor}`, line, FUNDING_DAYS, FUNDING_DAYS)) {
      const account = search.accountOf(other.accountId)
      if (account === undefined || account.id === own.id || account.currency !== own.currency) continue
      if (own.isWallet === account.isWallet || (isFresh.has(other.id) && !own.isWallet)) continue
      const [bank, wallet, holder] = own.isWallet ? [other, line, own] : [line, other, account]
      const words = search.wordsOf(bank)
      const named = holder.platforms.some((key) => namesProcessor(words, key))
      if (!named || wallet.kind === 'transfer' || !search.mayBePair(bank, wallet)) continue
      const apart = Math.abs(daysBetween(bank.bookedOn, wallet.bookedOn))
      const evidence = new Evidence(FUNDING_PRIOR)
      if (apart === 0) evidence.add('same-day', 6)
      else evidence.add('days-apart', 3 - apart, { days: apart })
      evidence.add('names-platform', 8)
      scored.push({ first: bank.id, second: wallet.id, daysApart: apart, evidence, tie: tieOf(bank, wallet) })
    }
  }
  addOnlyCandidate(scored, 4)
  return assign(scored).map((pair) => withCertainty(pair, false))
}
