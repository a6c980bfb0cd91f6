import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { daysBetween, dayNumber } from '../../../shared/domain/iso-date.ts'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { MatchAccount, MatchLine } from '../analysis/matching/match-line.ts'
import { DUPLICATE_DAYS } from '../analysis/matching/score-duplicate.ts'
import { isRefund, REFUND_DAYS, withoutRefundWord } from '../analysis/matching/score-refund.ts'
import { RATE_TOLERANCE, TRANSFER_DAYS } from '../analysis/matching/score-transfer.ts'
import { SoughtPurchases } from '../analysis/matching/sought-purchases.ts'
import { statedFee } from '../analysis/matching/stated-fee.ts'
import { hasRole, type LineWords, namesProcessor } from '../analysis/matching/words.ts'
import { monthOf } from '../../../shared/domain/iso-date.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'
import {
  amountsBetween,
  amountsWithin,
  type FoundAmount,
  idsNear,
  purchasesLike,
  rangesAround,
  refundsBetween,
  transfersBetween,
} from './find-amounts.ts'

type Convert = (minor: number, from: CurrencyCode, to: CurrencyCode, on: IsoDate) => number | null

function byAccount(lines: readonly MatchLine[]): Map<number, MatchLine[]> {
  const groups = new Map<number, MatchLine[]>()
  for (const line of lines) {
    const group = groups.get(line.accountId)
    if (group === undefined) groups.set(line.accountId, [line])
    else group.push(line)
  }
  return groups
}

/** Lines of the new ones' own accounts with the same amount, a few days apart at most. */
export function duplicateCandidates(vault: Vault, fresh: readonly MatchLine[]): number[] {
  return [...byAccount(fresh)].flatMap(([accountId, lines]) =>
    idsNear(vault, accountId, lines, DUPLICATE_DAYS, DUPLICATE_DAYS),
  )
}

/** A wallet keeps at most this part of what is taken out. */
const LARGEST_FEE = 0.05

/** What left this wallet a few days from these arrivals and is more by a fee at most. */
function withdrawnFrom(vault: Vault, walletId: number, arrivals: readonly MatchLine[]): number[] {
  return rangesAround(arrivals, TRANSFER_DAYS, TRANSFER_DAYS).flatMap((range) => {
    const left = transfersBetween(vault, walletId, range).filter(([, , minor]) => minor < 0)
    if (left.length === 0) return []
    const sizes = range.items.map(({ minor }) => minor)
    return left.flatMap(([id, , minor]) =>
      sizes.some((size) => -minor > size && -minor * (1 - LARGEST_FEE) <= size) ? [id] : [],
    )
  })
}

/**
 * Lines of other accounts in the same currency with the opposite amount, less a fee that the line states, and for
 * wallets' purchases with the same.
 */
export function oppositeCandidates(
  vault: Vault,
  fresh: readonly MatchLine[],
  accounts: ReadonlyMap<number, MatchAccount>,
  wordsOf: (line: MatchLine) => LineWords,
): number[] {
  const currencies = new Map<CurrencyCode, MatchLine[]>()
  for (const line of fresh) {
    const currency = accounts.get(line.accountId)?.currency
    if (currency === undefined || line.minor === 0) continue
    const list = currencies.get(currency)
    if (list === undefined) currencies.set(currency, [line])
    else list.push(line)
  }
  const found: number[] = []
  for (const [currency, lines] of currencies) {
    const fees = new Map(
      lines.flatMap((line) => {
        const fee = statedFee(line, wordsOf(line), currency)
        return fee === 0 ? [] : [[line.id, fee]]
      }),
    )
    for (const account of accounts.values()) {
      if (account.currency !== currency) continue
      const sought = lines.flatMap(({ id, accountId, bookedOn, minor }) => {
        if (accountId === account.id) return []
        const minors = [-minor]
        const fee = fees.get(id)
        if (fee !== undefined) minors.push(-(minor + fee))
        if (minor < 0 && accounts.get(accountId)?.isWallet !== account.isWallet) minors.push(minor)
        return minors.map((one) => ({ bookedOn, minor: one }))
      })
      if (sought.length > 0) found.push(...idsNear(vault, account.id, sought, TRANSFER_DAYS, TRANSFER_DAYS))
      if (!account.isWallet) continue
      const arrivals = lines.filter((line) => {
        if (line.minor <= 0 || line.accountId === account.id) return false
        const words = wordsOf(line)
        return hasRole(words, 'wallet') || account.platforms.some((key) => namesProcessor(words, key))
      })
      if (arrivals.length > 0) found.push(...withdrawnFrom(vault, account.id, arrivals))
    }
  }
  return found
}

/** Expected amounts in one currency by sign and day, each on all the days that it may be booked on, the smallest first. */
class Expected {
  readonly #days = new Map<number, number[]>()
  #sorted = true

  add(day: number, sign: number, minor: number): void {
    for (let offset = -TRANSFER_DAYS; offset <= TRANSFER_DAYS; offset += 1) {
      const key = (day + offset) * sign
      const list = this.#days.get(key)
      if (list === undefined) this.#days.set(key, [minor])
      else list.push(minor)
    }
    this.#sorted = false
  }

  isNear(day: number, minor: number): boolean {
    if (!this.#sorted) for (const list of this.#days.values()) list.sort((a, b) => a - b)
    this.#sorted = true
    const list = this.#days.get(day * Math.sign(minor))
    if (list === undefined) return false
    const size = Math.abs(minor)
    const least = size / (1 + RATE_TOLERANCE)
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((list[middle] ?? 0) < least) low = middle + 1
      else high = middle
    }
    const nearest = list[low]
    return nearest !== undefined && nearest * (1 - RATE_TOLERANCE) <= size
  }
}

/** Whether a line may be half of a transfer into another currency by what it says itself. */
function saysMoved(line: MatchLine, words: LineWords): boolean {
  return line.kind === 'transfer' || line.original !== null || hasRole(words, 'transfer') || hasRole(words, 'wallet')
}

/** Money whose other half is looked for: the sign of that half, and its size as far as the rate of the day tells. */
interface Moved {
  readonly bookedOn: IsoDate
  readonly sign: 1 | -1
  readonly size: number
}

/** To look for one line costs what reading so many days in one go does, measured with a dozen lines a day. */
const DAYS_FOR_A_SEEK = 9

/** An account's lines on the days around this money and at least those of about its size; in the covering index alone. */
function aboutMoved(vault: Vault, accountId: number, moved: readonly Moved[]): FoundAmount[] {
  const ranges = rangesAround(moved, TRANSFER_DAYS, TRANSFER_DAYS)
  const days = ranges.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)
  // where little is sought over a long time, the days between are not worth reading
  if (days < moved.length * DAYS_FOR_A_SEEK) return ranges.flatMap((range) => amountsBetween(vault, accountId, range))
  const windows = moved.map(({ bookedOn, sign, size }) => {
    const [least, most] = [Math.floor(size * (1 - RATE_TOLERANCE)), Math.ceil(size * (1 + RATE_TOLERANCE))]
    const [around] = rangesAround([{ bookedOn }], TRANSFER_DAYS, TRANSFER_DAYS)
    const { from, to } = around ?? { from: bookedOn, to: bookedOn }
    return { from, to, least: sign < 0 ? -most : least, most: sign < 0 ? -least : most }
  })
  return amountsWithin(vault, accountId, windows)
}

/**
 * Lines of accounts in other currencies with about the amount that the day's rate makes of a new one. Looked for near the
 * new lines that say they are moved money; near the others only among stored lines that say so.
 */
export function foreignCandidates(
  vault: Vault,
  fresh: readonly MatchLine[],
  accounts: ReadonlyMap<number, MatchAccount>,
  wordsOf: (line: MatchLine) => LineWords,
  convert: Convert,
): number[] {
  const found: number[] = []
  const groups = new Map<CurrencyCode, MatchAccount[]>()
  for (const account of accounts.values()) {
    const list = groups.get(account.currency)
    if (list === undefined) groups.set(account.currency, [account])
    else list.push(account)
  }
  if (groups.size < 2) return found
  for (const [currency, others] of groups) {
    const expected = new Expected()
    const expectedOfMoved = new Expected()
    const lines: MatchLine[] = []
    const moved: Moved[] = []
    for (const line of fresh) {
      const own = accounts.get(line.accountId)?.currency
      if (own === undefined || own === currency || line.minor === 0) continue
      const size =
        line.original?.currency === currency
          ? Math.abs(line.original.minor)
          : convert(Math.abs(line.minor), own, currency, line.bookedOn)
      if (size === null || size === 0) continue
      const day = dayNumber(line.bookedOn)
      lines.push(line)
      expected.add(day, -Math.sign(line.minor), size)
      if (!saysMoved(line, wordsOf(line))) continue
      moved.push({ bookedOn: line.bookedOn, sign: line.minor < 0 ? 1 : -1, size })
      expectedOfMoved.add(day, -Math.sign(line.minor), size)
    }
    if (lines.length === 0) continue
    const allRanges = rangesAround(lines, TRANSFER_DAYS, TRANSFER_DAYS)
    for (const account of others) {
      for (const [id, bookedOn, minor] of aboutMoved(vault, account.id, moved)) {
        if (expectedOfMoved.isNear(dayNumber(bookedOn), minor)) found.push(id)
      }
      for (const range of allRanges) {
        for (const [id, bookedOn, minor] of transfersBetween(vault, account.id, range)) {
          if (expected.isNear(dayNumber(bookedOn), minor)) found.push(id)
        }
      }
    }
  }
  return found
}

/** Purchases that are read to find what refunds were for; beyond it only those of their whole amounts are looked at. */
const MOST_PURCHASES = 20_000

function countBetween(vault: Vault, accountId: number, from: IsoDate, to: IsoDate): number {
  const sql = `select coalesce(sum(transaction_count), 0) as count from account_months
    where account_id = ? and month between ? and ?`
  return sqlRows<{ count: number }>(vault, sql, accountId, monthOf(from), monthOf(to))[0]?.count ?? 0
}

/** What purchases are called that these refunds may be for: their payees, and orders with nothing behind the number. */
function namesOf(refunds: readonly MatchLine[]): { payees: string[]; orders: string[] } {
  const payees = refunds.flatMap(({ payee }) => [payee, withoutRefundWord(payee)]).filter((payee) => payee !== '')
  const orders = refunds.flatMap(({ reference, memo }) => [
    ...(reference === null ? [] : [reference.trim(), reference.trim().split(/[_\-*]/)[0] ?? '']),
    // a word without a figure in it is no number of an order
    ...(memo.match(/[\p{L}\p{N}]{8,40}/gu) ?? []).filter((word) => /\p{N}/u.test(word)),
  ])
  return { payees: [...new Set(payees)], orders: [...new Set(orders)].filter((order) => order.length >= 6) }
}

/** Stored purchases that new refunds may be for, and stored refunds that may be for new purchases. */
export function refundCandidates(
  vault: Vault,
  fresh: readonly MatchLine[],
  wordsOf: (line: MatchLine) => LineWords,
): number[] {
  const found: number[] = []
  let read = 0
  for (const [accountId, lines] of byAccount(fresh)) {
    const refunds = lines.filter((line) => isRefund(line, wordsOf(line)))
    for (const range of rangesAround(refunds, REFUND_DAYS, 0)) {
      read += countBetween(vault, accountId, range.from, range.to)
      const few = read <= MOST_PURCHASES
      const minors = range.items.map(({ minor }) => -minor)
      const sought = range.items.map(({ bookedOn, minor }) => ({ bookedOn, minor: -minor }))
      found.push(
        ...(few
          ? purchasesLike(vault, accountId, range, { minors, ...namesOf(range.items) })
          : idsNear(vault, accountId, sought, REFUND_DAYS, 0)),
      )
    }
    const purchases = lines.filter(({ minor }) => minor < 0)
    if (purchases.length === 0) continue
    const sought = new SoughtPurchases(purchases, wordsOf)
    for (const range of rangesAround(purchases, 0, REFUND_DAYS)) {
      for (const refund of refundsBetween(vault, accountId, range)) if (sought.mayBeFor(refund)) found.push(refund.id)
    }
  }
  return found
}
