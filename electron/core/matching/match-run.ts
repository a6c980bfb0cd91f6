import { addDays, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchCounts } from '../../../shared/model/matching.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import { DUPLICATE_DAYS, type Period } from '../analysis/matching/score-duplicate.ts'
import { maySpeakOfRefund } from '../analysis/matching/words.ts'
import type { Recorder } from '../changes/record.ts'
import type { Job } from '../handler.ts'
import { CategoryMatcher } from '../importing/committing/category-matcher.ts'
import { idList, prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { type FoundMatch, MatchSearch } from './match-search.ts'
import { type MergeOutcome, mergeRunLines } from './merge-run-lines.ts'
import { type MatchOfRun, writeMatchesOfRun, writeMergesOfRun } from './write-match.ts'

/** New lines that are matched at once: a bound on memory. */
export const AT_ONCE = 10_000

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
  /** `AT_ONCE`, for tests to make small. */
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
      matcher.link(lines)
    }
    return counts
  }
  let done = 0
  for (const lines of matcher.chunks(imported)) {
    run.job.progress('matching', done, imported)
    await run.job.breathe()
    done += lines.length
    const { rest, kept } = matcher.merge(lines)
    matcher.link([...rest, ...kept])
  }
  run.job.progress('matching', imported, imported)
  return counts
}

/** Whether the vault held no lines but those of this run, all in one account. */
function isAlone(vault: WritableVault, accounts: readonly RunAccount[]): boolean {
  if (accounts.length !== 1 || accounts[0]?.wasEmpty !== true) return false
  const sql = 'select 1 from account_balances where transaction_count > 0 and account_id <> ? limit 1'
  return prepared(vault, sql).get(accounts[0].id) === undefined
}

class RunMatcher {
  readonly #run: RunToMatch
  readonly #counts: MatchCounts
  readonly #search: MatchSearch
  readonly #categories: CategoryMatcher
  readonly #importers = new Map<number, string>()
  readonly #atOnce: number
  #isInParts = false
  #claimed: Set<number> | null = null

  constructor(run: RunToMatch, counts: MatchCounts) {
    this.#run = run
    this.#counts = counts
    this.#atOnce = run.atOnce ?? AT_ONCE
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

  /** The new lines in the order of their days; a big file month by month. */
  *chunks(imported: number): Generator<MatchLine[]> {
    const { runId, accounts } = this.#run
    this.#isInParts = imported > this.#atOnce
    if (!this.#isInParts) {
      yield this.#search.loader.ofRun(runId, this.#atOnce)
      return
    }
    let waiting: MatchLine[] = []
    for (const month of this.#months()) {
      for (const { id } of accounts) {
        let last: MatchLine | null = null
        do {
          const lines: MatchLine[] = this.#search.loader.ofRunInMonth(runId, id, month, last, this.#atOnce)
          waiting = waiting.concat(lines)
          last = lines.length < this.#atOnce ? null : (lines.at(-1) ?? null)
          // so many in one month: not all of them at once
          if (waiting.length < 2 * this.#atOnce) continue
          yield waiting
          waiting = []
        } while (last !== null)
      }
      if (waiting.length < this.#atOnce) continue
      yield waiting
      waiting = []
    }
    if (waiting.length > 0) yield waiting
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

  /** New lines of other parts of a big file that lie so near that a stored line may be theirs or one of these. */
  #beside(lines: readonly MatchLine[]): MatchLine[] {
    if (!this.#isInParts) return []
    const own = new Set(lines.map(({ id }) => id))
    const days = new Map<number, { first: IsoDate; last: IsoDate }>()
    for (const { accountId, bookedOn } of lines) {
      const known = days.get(accountId)
      if (known === undefined) days.set(accountId, { first: bookedOn, last: bookedOn })
      else if (bookedOn < known.first) known.first = bookedOn
      else if (bookedOn > known.last) known.last = bookedOn
    }
    const found = new Map<number, MatchLine>()
    for (const [accountId, { first, last }] of days) {
      const { loader } = this.#search
      const { runId } = this.#run
      for (const line of [
        ...loader.ofRunBetween(runId, accountId, addDays(first, -2 * DUPLICATE_DAYS), first, AT_ONCE),
        ...loader.ofRunBetween(runId, accountId, last, addDays(last, 2 * DUPLICATE_DAYS), AT_ONCE),
      ]) {
        if (!own.has(line.id)) found.set(line.id, line)
      }
    }
    return [...found.values()]
  }

  /**
   * Merges the certain duplicates; answers the lines that stay new, and those that others were merged into as far as
   * their links are to be looked for: an import that brought a line has looked, and one that now says nothing else has
   * no new ones but to the lines that stay new.
   */
  merge(lines: readonly MatchLine[]): { rest: MatchLine[]; kept: MatchLine[] } {
    const { vault, recorder, runId, accounts, onMerged } = this.#run
    const held = new Set(accounts.flatMap(({ id, wasEmpty }) => (wasEmpty ? [] : [id])))
    const fresh = lines.filter(({ accountId }) => held.has(accountId))
    if (fresh.length === 0) return { rest: [...lines], kept: [] }
    const options = { freshPeriod: this.#periodOf, isClaimed: this.#isClaimed, beside: this.#beside(fresh) }
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
      const part = certain.slice(at, at + MERGED_AT_ONCE)
      for (const [id, outcome] of mergeRunLines(vault, recorder, part, mode)) outcomes.set(id, outcome)
      const merged = part.flatMap(({ goneId, found }) => (outcomes.has(goneId) ? [found] : []))
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
    const changed = merges.filter(({ second }) => outcomes.get(second.id) === 'changed').map(({ first }) => first.id)
    const entered = merges
      .filter(({ first, second }) => first.runId === null && outcomes.get(second.id) === 'unchanged')
      .map(({ first }) => first)
    const kept = [...entered, ...this.#search.loader.byIds(changed)].sort((left, right) => left.id - right.id)
    return { rest: lines.filter(({ id }) => !outcomes.has(id)), kept }
  }

  /** Links the certain transfers and refunds among these lines and what the vault held. */
  link(lines: readonly MatchLine[]): void {
    const { vault, runId } = this.#run
    const options = { freshPeriod: this.#periodOf, isClaimed: () => false }
    const matches = this.#search.links(lines, options).map((found): MatchOfRun => {
      const applied = found.certain && this.#apply(found)
      if (applied) this.#counts.linked += 1
      else this.#counts.toReview += 1
      return { found, status: applied ? 'confirmed' : 'proposed' }
    })
    writeMatchesOfRun(vault, matches, runId)
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
