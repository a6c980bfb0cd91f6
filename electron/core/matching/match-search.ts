import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { addDays, dayNumber, daysBetween, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchEvidence, MatchKind } from '../../../shared/model/matching.ts'
import type { Assigned } from '../analysis/matching/assign.ts'
import { findDuplicates } from '../analysis/matching/find-duplicates.ts'
import { findRefunds } from '../analysis/matching/find-refunds.ts'
import { findFundings, findTransfers, type TransferSearch } from '../analysis/matching/find-transfers.ts'
import type { MatchAccount, MatchLine } from '../analysis/matching/match-line.ts'
import { DUPLICATE_DAYS, type Period } from '../analysis/matching/score-duplicate.ts'
import { REFUND_DAYS } from '../analysis/matching/score-refund.ts'
import { TRANSFER_DAYS } from '../analysis/matching/score-transfer.ts'
import { lineWords, type LineWords } from '../analysis/matching/words.ts'
import { type Converter, createConverter, type DayRate } from '../analysis/wealth/fx-conversion.ts'
import { idList, sqlRows } from '../storage/repositories/query.ts'
import { loadRateSource, loadRateSourceBetween } from '../storage/repositories/rate-repository.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadMatchAccounts } from './load-accounts.ts'
import { duplicateCandidates, foreignCandidates, oppositeCandidates, refundCandidates } from './load-candidates.ts'
import { LineLoader } from './load-lines.ts'
import { pairKey } from './pair-key.ts'

/** A link that was found, not yet written anywhere. */
export interface FoundMatch {
  readonly kind: MatchKind
  readonly first: MatchLine
  readonly second: MatchLine
  readonly score: number
  readonly certain: boolean
  readonly evidence: readonly MatchEvidence[]
}

export interface SearchOptions {
  /** What the new file covers of an account. */
  readonly freshPeriod: (accountId: number) => Period | null
  /** Lines that the file itself has shown to be other rows of it: they cannot be one with a new one. */
  readonly isClaimed: (id: number) => boolean
  /** Lines that are in no vault yet, for a preview: of earlier files of the batch, and of other months of the same. */
  readonly others?: readonly MatchLine[]
  /** New lines that are looked at another time, near these: what is rather theirs is left to them. */
  readonly beside?: readonly MatchLine[]
  /** The lines are not new to the vault: they may be duplicates of one another. */
  readonly isRescan?: boolean
}

/** Those of the others that lie within so many days of the days of these lines. */
function othersNear(fresh: readonly MatchLine[], { others }: SearchOptions, days: number): readonly MatchLine[] {
  const [line] = fresh
  if (others === undefined || others.length === 0 || line === undefined) return []
  let [from, to] = [line.bookedOn, line.bookedOn]
  for (const { bookedOn } of fresh) {
    if (bookedOn < from) from = bookedOn
    if (bookedOn > to) to = bookedOn
  }
  const [first, last] = [dayNumber(from) - days, dayNumber(to) + days]
  return others.filter(({ bookedOn }) => {
    const day = dayNumber(bookedOn)
    return day >= first && day <= last
  })
}

/** Lines whose words are kept: a bound on memory. */
const MOST_WORDS = 10_000

/** Looks for what new lines belong to, over the whole vault, reading only what lies near them. */
export class MatchSearch {
  readonly #vault: Vault
  readonly loader: LineLoader
  readonly accounts: Map<number, MatchAccount>
  readonly #rejected: ReadonlySet<string>
  readonly #words = new Map<number, { readonly payee: string; readonly memo: string; readonly words: LineWords }>()
  readonly #periods = new Map<string, Period | null>()
  readonly #counts = new Map<string, { readonly count: number; readonly whole: boolean }>()
  readonly #rates = new Map<string, DayRate | null>()
  #converter: Converter | null = null

  constructor(vault: Vault) {
    this.#vault = vault
    this.loader = new LineLoader(vault)
    this.accounts = loadMatchAccounts(vault)
    const rejected = sqlRows<{ pair: string }>(vault, 'select pair from match_rejections')
    this.#rejected = new Set(rejected.map(({ pair }) => pair))
  }

  readonly #convert = (minor: number, from: CurrencyCode, to: CurrencyCode, on: IsoDate): number | null => {
    const key = `${from}${to}${on}`
    let rate = this.#rates.get(key)
    if (rate === undefined) {
      this.#converter ??= createConverter(loadRateSource(this.#vault))
      rate = this.#converter.rateOf(from, to, on)
      this.#rates.set(key, rate)
    }
    return rate?.convert(minor) ?? null
  }

  /** Many lines of a short time: the rates of all its days are read at once. Others are looked up one by one. */
  #readRates(lines: readonly MatchLine[]): void {
    this.#converter = null
    const days = lines.map(({ bookedOn }) => bookedOn).sort()
    const [first, last] = [days[0], days.at(-1)]
    if (first === undefined || last === undefined || daysBetween(first, last) > lines.length) return
    const source = loadRateSourceBetween(this.#vault, addDays(first, -TRANSFER_DAYS), addDays(last, TRANSFER_DAYS))
    this.#converter = createConverter(source)
  }

  /** Tells what a file that is only previewed covers of an account. */
  notePeriod(runId: number, accountId: number, period: Period | null): void {
    this.#periods.set(`${runId} ${accountId}`, period)
  }

  /** Duplicates of the new lines in the vault: `first` is the stored one. */
  duplicates(fresh: readonly MatchLine[], options: SearchOptions): FoundMatch[] {
    this.#words.clear()
    const isRescan = options.isRescan === true
    const isOwn = new Set(fresh.map(({ id }) => id))
    const all = [...fresh, ...(options.beside ?? [])]
    const ids = duplicateCandidates(this.#vault, all)
    const candidates = this.#load(ids, isRescan ? [] : all, othersNear(all, options, DUPLICATE_DAYS))
    const found = findDuplicates(all, candidates, {
      wordsOf: this.#wordsOf,
      freshPeriod: options.freshPeriod,
      storedPeriod: (runId, accountId) => this.#storedPeriod(runId, accountId),
      storedCount: (runId, accountId, most) =>
        this.#storedCount(runId, accountId, options.freshPeriod(accountId), most),
      mayBeOne: (left, right) =>
        (!isRescan || right.id < left.id) && !options.isClaimed(right.id) && this.#isAllowed('duplicate', left, right),
    })
    const own = found.filter(({ second }) => isOwn.has(second))
    return this.#found('duplicate', own, [...fresh, ...candidates])
  }

  /** Transfers, purchases that wallets passed on, and refunds, that the new lines are part of. */
  links(fresh: readonly MatchLine[], options: SearchOptions): FoundMatch[] {
    if (this.#words.size > MOST_WORDS) this.#words.clear()
    const isOwn = new Set(fresh.map(({ id }) => id))
    const all = [...fresh, ...(options.beside ?? []).filter(({ id }) => !isOwn.has(id))]
    this.#readRates(all)
    const ids = [
      ...oppositeCandidates(this.#vault, all, this.accounts, this.#wordsOf),
      ...foreignCandidates(this.#vault, all, this.accounts, this.#wordsOf, this.#convert),
    ]
    const stored = this.#load(ids, all, othersNear(all, options, TRANSFER_DAYS))
    const search: TransferSearch = {
      wordsOf: this.#wordsOf,
      accountOf: (id) => this.accounts.get(id),
      convert: this.#convert,
      mayBePair: (from, to) => !from.isLinked && !to.isLinked && this.#isAllowed('transfer', from, to),
    }
    const lines = [...all, ...stored]
    const own = ({ first, second }: FoundMatch): boolean => isOwn.has(first.id) || isOwn.has(second.id)
    const transfers = this.#found('transfer', findTransfers(all, stored, search), lines)
    const moved = new Set(transfers.flatMap(({ first, second }) => [first.id, second.id]))
    const fundings = findFundings(all, stored, {
      ...search,
      mayBePair: (bank, wallet) =>
        !moved.has(bank.id) &&
        !moved.has(wallet.id) &&
        !bank.isLinked &&
        !wallet.isLinked &&
        this.#isAllowed('funding', bank, wallet),
    })
    const found = [...transfers, ...this.#found('funding', fundings, lines)].filter(own)
    return [...found, ...this.#refunds(fresh, options, moved)]
  }

  #refunds(fresh: readonly MatchLine[], options: SearchOptions, moved: ReadonlySet<number>): FoundMatch[] {
    const ids = refundCandidates(this.#vault, fresh, this.#wordsOf)
    const stored = this.#load(ids, fresh, othersNear(fresh, options, REFUND_DAYS))
    const lines = [...fresh, ...stored].filter(({ id, isLinked }) => !isLinked && !moved.has(id))
    if (!lines.some(({ minor }) => minor > 0)) return []
    const isFresh = new Set(fresh.map(({ id }) => id))
    const known = this.#knownRefunds(lines)
    const found = findRefunds(lines, ({ id }) => isFresh.has(id), {
      wordsOf: this.#wordsOf,
      mayBePair: (purchase, refund) => !known.refunds.has(refund.id) && this.#isAllowed('refund', purchase, refund),
      refundedOf: ({ id }) => known.amounts.get(id) ?? 0,
    })
    return this.#found('refund', found, lines)
  }

  /** What is linked already among these lines: refunds, and how much of each purchase came back. */
  #knownRefunds(lines: readonly MatchLine[]): { refunds: Set<number>; amounts: Map<number, number> } {
    const rows = sqlRows<{ purchase: number; refund: number; minor: number }>(
      this.#vault,
      `select first_transaction_id as purchase, second_transaction_id as refund, amount_minor as minor
       from matches join transactions on transactions.id = second_transaction_id
       where first_transaction_id in (select value from json_each(?)) and matches.kind = 'refund'
         and matches.status = 'confirmed'`,
      idList(lines.filter(({ minor }) => minor < 0).map(({ id }) => id)),
    )
    const amounts = new Map<number, number>()
    for (const { purchase, minor } of rows) amounts.set(purchase, (amounts.get(purchase) ?? 0) + minor)
    return { refunds: new Set(rows.map(({ refund }) => refund)), amounts }
  }

  #load(ids: readonly number[], fresh: readonly MatchLine[], others: readonly MatchLine[]): MatchLine[] {
    const own = new Set(fresh.map(({ id }) => id))
    const wanted = [...new Set(ids)].filter((id) => !own.has(id)).sort((left, right) => left - right)
    return [...this.loader.byIds(wanted), ...others.filter(({ id }) => !own.has(id))]
  }

  #isAllowed(kind: MatchKind, left: MatchLine, right: MatchLine): boolean {
    return this.#rejected.size === 0 || !this.#rejected.has(pairKey(kind, left, right))
  }

  readonly #wordsOf = (line: MatchLine): LineWords => {
    const { id, payee, memo } = line
    const known = this.#words.get(id)
    // a line that was merged meanwhile may say something else
    if (known !== undefined && known.payee === payee && known.memo === memo) return known.words
    const words = lineWords(payee, memo)
    this.#words.set(id, { payee, memo, words })
    return words
  }

  #storedPeriod(runId: number | null, accountId: number): Period | null {
    if (runId === null) return null
    const key = `${runId} ${accountId}`
    const known = this.#periods.get(key)
    if (known !== undefined) return known
    const [row] = sqlRows<{ from: IsoDate | null; to: IsoDate | null }>(
      this.#vault,
      `select first_on as "from", last_on as "to" from import_run_accounts where import_run_id = ? and account_id = ?`,
      runId,
      accountId,
    )
    const period = row === undefined || row.from === null || row.to === null ? null : { from: row.from, to: row.to }
    this.#periods.set(key, period)
    return period
  }

  #storedCount(runId: number | null, accountId: number, period: Period | null, most: number): number {
    // runs below zero are in no vault yet
    if (runId === null || runId < 0 || period === null) return Infinity
    const key = `${accountId} ${period.from} ${period.to}`
    const known = this.#counts.get(key)
    if (known !== undefined && (known.whole || known.count > most)) return known.count
    const [row] = sqlRows<{ count: number }>(
      this.#vault,
      // in the covering index alone: lines of other runs count, too, so that agreement is told too seldom, never too often
      `select count(*) as count from
         (select 1 from transactions where account_id = ? and booked_on between ? and ? limit ?)`,
      accountId,
      period.from,
      period.to,
      most + 1,
    )
    const count = row?.count ?? 0
    this.#counts.set(key, { count, whole: count <= most })
    return count
  }

  #found(kind: MatchKind, pairs: readonly Assigned[], lines: readonly MatchLine[]): FoundMatch[] {
    const byId = new Map(lines.map((line) => [line.id, line]))
    return pairs.flatMap(({ first, second, evidence, certain }) => {
      const [left, right] = [byId.get(first), byId.get(second)]
      if (left === undefined || right === undefined) return []
      return [{ kind, first: left, second: right, score: evidence.score, certain, evidence: evidence.signs }]
    })
  }
}
