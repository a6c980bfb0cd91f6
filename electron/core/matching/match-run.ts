import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchCounts } from '../../../shared/model/matching.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import { DUPLICATE_DAYS, type Period } from '../analysis/matching/score-duplicate.ts'
import { TRANSFER_DAYS } from '../analysis/matching/score-transfer.ts'
import { maySpeakOfRefund } from '../analysis/matching/words.ts'
import type { Recorder } from '../changes/record.ts'
import type { Job } from '../handler.ts'
import { CategoryMatcher } from '../importing/committing/category-matcher.ts'
import { idList, prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { type FoundMatch, MatchSearch } from './match-search.ts'
import { type MergeOutcome, mergeRunLines } from './merge-run-lines.ts'
import { RunOrder } from './run-order.ts'
import { type MatchOfRun, writeMatchesOfRun, writeMergesOfRun } from './write-match.ts'

/** Lines that are matched at once: a bound on memory. */
const AT_ONCE = 10_000

/** New lines that are matched at once at least: so few that the pages of what is near them are read once. */
const PART = 2500

/** So near may lie what a line and its rival both may belong to. */
export const BESIDE_DAYS = 2 * Math.max(DUPLICATE_DAYS, TRANSFER_DAYS)

/** Lines that are merged by one statement each: a bound on memory. */
const MERGED_AT_ONCE = 500

export interface RunAccount {
  readonly id: number
  readonly imported: number
  /** It had no lines before this file: none can be duplicates. */
  readonly wasEmpty: boolean
  /** What the file covers of it, known lines included. */
  readonly period: Period | null
}

export interface RunToMatch {
  readonly vault: WritableVault
  readonly recorder: Recorder
  readonly runId: number
  readonly importer: string
  readonly accounts: readonly RunAccount[]
  readonly job: Job
  /** Told of the new lines that turned out to be ones that the vault had, part by part. */
  readonly onMerged: (merges: readonly { readonly line: MatchLine; readonly keptId: number }[]) => void
  /** New lines that are matched at once, for tests to make few. */
  readonly atOnce?: number
}

/**
 * Looks for what the new lines of an import belong to, and applies what is certain: duplicates of other sources are
 * merged, halves of transfers linked, refunds linked to their purchases. What is less than certain is kept to be asked.
 * All of it goes with the import when that is undone. Throws CoreError('cancelled'): the transaction is then the caller's
 * to roll back.
 */
export async function matchRun(run: RunToMatch): Promise<MatchCounts> {
  const counts = { merged: 0, linked: 0, toReview: 0 }
  const { vault, accounts } = run
  const imported = accounts.reduce((sum, account) => sum + account.imported, 0)
  if (imported === 0) return counts
  const matcher = new RunMatcher(run, counts)
  if (isAlone(vault, accounts)) {
    // nothing can be a duplicate or a transfer: only money that came in may be a refund
    for (const lines of matcher.incoming()) {
      await run.job.breathe()
      matcher.link(lines, [])
    }
    return counts
  }
  const { parts } = matcher
  // all are merged before any is linked: what is one with a stored line is nobody's other half beside it
  const keptIds: (readonly number[])[] = []
  for (const [at, part] of parts.entries()) {
    run.job.progress('matching', at, 2 * parts.length)
    await run.job.breathe()
    keptIds.push(matcher.merge(part))
  }
  for (const [at, part] of parts.entries()) {
    run.job.progress('matching', parts.length + at, 2 * parts.length)
    await run.job.breathe()
    matcher.link(part.lines(keptIds[at]), part.beside())
  }
  run.job.progress('matching', 1, 1)
  return counts
}

/** Whether the vault held no lines but those of this run, all in one account. */
function isAlone(vault: WritableVault, accounts: readonly RunAccount[]): boolean {
  if (accounts.length !== 1 || accounts[0]?.wasEmpty !== true) return false
  const sql = 'select 1 from account_balances where transaction_count > 0 and account_id <> ? limit 1'
  return prepared(vault, sql).get(accounts[0].id) === undefined
}

/** New lines that are looked at together, as they are in the vault by now. */
interface Part {
  /** Those of them that are left, and other lines of these numbers. */
  readonly lines: (more?: readonly number[]) => MatchLine[]
  /** New lines of other parts that lie so near that a stored line may be theirs or one of these. */
  readonly beside: () => MatchLine[]
}

function byDay(left: MatchLine, right: MatchLine): number {
  return left.bookedOn < right.bookedOn ? -1 : left.bookedOn > right.bookedOn ? 1 : left.id - right.id
}

class RunMatcher {
  readonly #run: RunToMatch
  readonly #counts: MatchCounts
  readonly #search: MatchSearch
  readonly #categories: CategoryMatcher
  readonly #importers = new Map<number, string>()
  readonly #found = new Set<string>()
  #claimed: Set<number> | null = null

  constructor(run: RunToMatch, counts: MatchCounts) {
    this.#run = run
    this.#counts = counts
    this.#search = new MatchSearch(run.vault)
    this.#search.loader.nameRun(run.runId, run.importer)
    this.#categories = new CategoryMatcher(run.vault)
    for (const { id, importer } of sqlRows<{ id: number; importer: string }>(
      run.vault,
      'select id, importer from import_runs',
    )) {
      this.#importers.set(id, importer)
    }
    this.#importers.set(run.runId, run.importer)
  }

  /** The new lines in the order of their days, so many of them at once. */
  get parts(): Part[] {
    const { vault, runId, accounts, atOnce } = this.#run
    const imported = accounts.reduce((sum, account) => sum + account.imported, 0)
    const order = RunOrder.of(vault, runId, imported)
    const { loader } = this.#search
    // where many lines lie beside a part, larger ones, or the same lines would be read over and over
    const size = atOnce ?? Math.min(Math.max(PART, Math.ceil(2 * BESIDE_DAYS * order.perDay)), AT_ONCE)
    return Array.from({ length: Math.ceil(order.count / size) }, (_, index) => {
      const from = index * size
      const to = Math.min(from + size, order.count)
      return {
        lines: (more = []) => loader.byIds([...order.idsOf(from, to), ...more]).sort(byDay),
        beside: () => loader.byIds(order.idsBeside(from, to, BESIDE_DAYS, AT_ONCE)),
      }
    })
  }

  /** The new lines by which money came in, where no others can be matched. */
  *incoming(): Generator<MatchLine[]> {
    const { vault, runId, accounts } = this.#run
    for (const { id } of accounts) {
      for (const month of this.#months()) {
        const rows = sqlRows<{ id: number; kind: string; payee: string; memo: string }>(
          vault,
          `select id, kind, payee, memo from transactions indexed by transactions_account
           where account_id = ? and booked_on between ? and ? and amount_minor > 0 limit ${AT_ONCE}`,
          id,
          `${month}-01`,
          `${month}-31`,
        )
        const ids = rows.flatMap(({ id: row, kind, payee, memo }) =>
          kind === 'refund' || maySpeakOfRefund(payee, memo) ? [row] : [],
        )
        if (ids.length > 0) yield this.#search.loader.byIds(ids).filter((line) => line.runId === runId)
      }
    }
  }

  #months(): string[] {
    const { vault, accounts } = this.#run
    const rows = sqlRows<{ month: string }>(
      vault,
      'select distinct month from account_months where account_id in (select value from json_each(?)) order by month',
      idList(accounts.map(({ id }) => id)),
    )
    const periods = accounts.flatMap(({ period }) => (period === null ? [] : [period]))
    const from = periods.map((period) => period.from.slice(0, 7)).toSorted()[0] ?? ''
    const to =
      periods
        .map((period) => period.to.slice(0, 7))
        .toSorted()
        .at(-1) ?? '9999-12'
    return rows.flatMap(({ month }) => (month >= from && month <= to ? [month] : []))
  }

  readonly #periodOf = (accountId: number): Period | null =>
    this.#run.accounts.find(({ id }) => id === accountId)?.period ?? null

  /** Lines that the file's own rows were found to be, by their meaning or by an earlier part of it: they are taken. */
  readonly #isClaimed = (id: number): boolean => {
    if (this.#claimed === null) {
      const rows = sqlRows<{ id: number }>(
        this.#run.vault,
        `select transaction_id as id from import_records where import_run_id = ? and transaction_id is not null`,
        this.#run.runId,
      )
      this.#claimed = new Set(rows.map((row) => row.id))
    }
    return this.#claimed.has(id)
  }

  /**
   * Merges the certain duplicates; answers the numbers of the stored lines whose links are to be looked for, too: an
   * import that brought a line has looked, and one that now says nothing else has no new ones but to new lines.
   */
  merge(part: Part): number[] {
    const { vault, recorder, runId, accounts, onMerged } = this.#run
    const held = new Set(accounts.flatMap(({ id, wasEmpty }) => (wasEmpty ? [] : [id])))
    if (held.size === 0) return []
    const fresh = part.lines().filter(({ accountId }) => held.has(accountId))
    if (fresh.length === 0) return []
    const options = { freshPeriod: this.#periodOf, isClaimed: this.#isClaimed, beside: part.beside() }
    const duplicates = this.#search.duplicates(fresh, options)
    const mode = {
      runId,
      importerOf: (id: number | null) => (id === null ? '' : (this.#importers.get(id) ?? '')),
      categories: this.#categories,
    }
    // in the order in which the lines lie in the file of the vault
    const certain = duplicates
      .flatMap((found) => (found.certain ? [{ keptId: found.first.id, goneId: found.second.id, found }] : []))
      .sort((left, right) => left.keptId - right.keptId)
    const outcomes = new Map<number, MergeOutcome>()
    const merges: FoundMatch[] = []
    for (let at = 0; at < certain.length; at += MERGED_AT_ONCE) {
      const chunk = certain.slice(at, at + MERGED_AT_ONCE)
      for (const [id, outcome] of mergeRunLines(vault, recorder, chunk, mode)) outcomes.set(id, outcome)
      const merged = chunk.flatMap(({ goneId, found }) => (outcomes.has(goneId) ? [found] : []))
      // now, while the pages of the lines are in memory still
      writeMergesOfRun(vault, merged, runId)
      merges.push(...merged)
    }
    for (const { first } of merges) this.#claimed?.add(first.id)
    onMerged(merges.map(({ first, second }) => ({ line: second, keptId: first.id })))
    this.#counts.merged += merges.length
    const asked = duplicates.filter(({ second }) => !outcomes.has(second.id))
    writeMatchesOfRun(
      vault,
      asked.map((found) => ({ found, status: 'proposed' })),
      runId,
    )
    this.#counts.toReview += asked.length
    return merges.flatMap(({ first, second }) =>
      first.runId === null || outcomes.get(second.id) === 'changed' ? [first.id] : [],
    )
  }

  /** Links the certain transfers and refunds among these lines and what the vault held. */
  link(lines: readonly MatchLine[], beside: readonly MatchLine[]): void {
    const { vault, runId } = this.#run
    const options = { freshPeriod: this.#periodOf, isClaimed: () => false, beside }
    const news = this.#search.links(lines, options).filter((found) => this.#isNew(found))
    const matches = news.map((found): MatchOfRun => {
      const applied = found.certain && this.#apply(found)
      if (applied) this.#counts.linked += 1
      else this.#counts.toReview += 1
      return { found, status: applied ? 'confirmed' : 'proposed' }
    })
    writeMatchesOfRun(vault, matches, runId)
  }

  /** Whether another part has not found it already: two lines of the run may lie in two parts. */
  #isNew({ kind, first, second }: FoundMatch): boolean {
    const key = `${kind} ${first.id} ${second.id}`
    if (this.#found.has(key)) return false
    this.#found.add(key)
    return true
  }

  #apply({ kind, first, second }: FoundMatch): boolean {
    const { vault, recorder, runId } = this.#run
    const isNew = first.runId === runId || second.runId === runId
    if (kind === 'refund') return true
    if (kind !== 'transfer') return false
    if (isNew) {
      prepared(vault, 'insert into transfers (from_transaction_id, to_transaction_id) values (?, ?)').run(
        first.id,
        second.id,
      )
    } else recorder.insert('transfers', { from_transaction_id: first.id, to_transaction_id: second.id })
    return true
  }
}

/** The first and last day that a file's statements cover of an account. */
export function coveredPeriod(days: readonly (IsoDate | null)[]): Period | null {
  const known = days.filter((day) => day !== null).toSorted()
  const [from] = known
  const to = known.at(-1)
  return from === undefined || to === undefined ? null : { from, to }
}
