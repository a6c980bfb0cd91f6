import { dayNumber } from '../../../shared/domain/iso-date.ts'
import type { MatchPreview } from '../../../shared/model/matching.ts'
import { confidenceOf } from '../analysis/matching/confidence.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import type { Period } from '../analysis/matching/score-duplicate.ts'
import type { Job } from '../handler.ts'
import type { TargetAccount } from '../importing/committing/account-directory.ts'
import type { FileResult } from '../importing/committing/file-task.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'
import { type FreshRow, FreshRows, keyOfFresh, MOST_PREVIEWED } from './fresh-rows.ts'
import { matchAccountOf } from './load-accounts.ts'
import { BESIDE_DAYS, coveredPeriod } from './match-run.ts'
import { type FoundMatch, MatchSearch, type SearchOptions } from './match-search.ts'

/** What a preview knows of a file once it has passed. */
export interface PreviewedFile {
  readonly result: FileResult
  readonly fresh: FreshRows
  /** Rows of the vault that rows of the file were found to be. */
  readonly claimed: ReadonlySet<number>
  /** Rows of earlier files of the batch that it tells of again: by `keyOf`. */
  readonly repeated: ReadonlySet<string>
}

/** What its rows belong to, and those that are merged; `matches` is null where there are too many to say it beforehand. */
interface PreviewedMatches {
  readonly matches: MatchPreview | null
  readonly merged: readonly FreshRow[]
}

/** Rows that are looked at together: a bound on memory. */
const AT_ONCE = 5000

/** How a preview is bounded; for tests to make small. */
export interface PreviewBounds {
  readonly mostRows: number
  readonly atOnce: number
}

/** Says, file by file of a batch, what a commit would find its new rows to belong to. */
export class PreviewMatches {
  readonly #vault: Vault
  readonly #bounds: PreviewBounds
  /** Rows of earlier files. */
  readonly #others: FreshRow[] = []
  /** There were more of them than are remembered: what comes behind cannot be compared with all. */
  #isFull = false
  readonly #linked = new Set<number>()
  readonly #seen = new Set<string>()
  readonly #ids = new Map<TargetAccount, number>()
  #search: MatchSearch | null = null
  #lastId = 0
  #lastRun = 0

  constructor(vault: Vault, bounds: PreviewBounds = { mostRows: MOST_PREVIEWED, atOnce: AT_ONCE }) {
    this.#vault = vault
    this.#bounds = bounds
  }

  /** Where the new rows of the next file are gathered. */
  gather(): FreshRows {
    this.#lastRun -= 1
    const numbers = {
      nextLine: () => (this.#lastId -= 1),
      accountOf: (target: TargetAccount) => this.#accountOf(target),
    }
    return new FreshRows(numbers, this.#lastRun, this.#bounds.mostRows)
  }

  /** Throws CoreError('cancelled'). */
  async look(file: PreviewedFile, job: Job): Promise<PreviewedMatches> {
    const { result, fresh } = file
    const { rows } = fresh
    if (rows === null || this.#isFull) {
      if (rows === null || rows.length > 0) this.#isFull = true
      return { matches: null, merged: [] }
    }
    const preview: MatchPreview = { merged: 0, linked: 0, toReview: 0, groups: [] }
    if (rows.length === 0) return { matches: preview, merged: [] }
    const search = (this.#search ??= new MatchSearch(this.#vault))
    const periods = this.#notePeriods(search, fresh.runId, result)
    const taken = new Set(file.claimed)
    if (file.repeated.size > 0) {
      for (const row of this.#others) if (file.repeated.has(keyOfFresh(row))) taken.add(row.line.id)
    }
    const gone = new Set<number>()
    const parts = partsOf(rows, this.#bounds.atOnce)
    // as a commit does: all are merged before any is linked
    const kept: (readonly number[])[] = []
    for (const [at, part] of parts.entries()) {
      job.progress('matching', at, 2 * parts.length)
      await job.breathe()
      kept.push(
        this.#merge(search, part, this.#optionsFor(part, rows, periods, { taken, gone }), { taken, gone, preview }),
      )
    }
    for (const [at, part] of parts.entries()) {
      job.progress('matching', parts.length + at, 2 * parts.length)
      await job.breathe()
      const left = part.flatMap(({ line }) => (gone.has(line.id) ? [] : [line]))
      const lines = [...left, ...this.#linesOf(search, kept[at] ?? [])].map(this.#asLinked)
      const options = this.#optionsFor(part, rows, periods, { taken, gone })
      for (const found of search.links(lines, options)) if (this.#isNew(found)) count(found, preview)
    }
    job.progress('matching', 1, 1)
    this.#remember(rows.filter(({ line }) => !gone.has(line.id)))
    return { matches: preview, merged: rows.filter(({ line }) => gone.has(line.id)) }
  }

  #optionsFor(
    part: readonly FreshRow[],
    rows: readonly FreshRow[],
    periods: ReadonlyMap<number, Period | null>,
    { taken, gone }: { readonly taken: ReadonlySet<number>; readonly gone: ReadonlySet<number> },
  ): SearchOptions {
    const own = new Set(part)
    const rest = rows.filter((row) => !own.has(row) && !gone.has(row.line.id))
    return {
      freshPeriod: (accountId: number) => periods.get(accountId) ?? null,
      isClaimed: (id: number) => taken.has(id),
      others: [...this.#others, ...rest].map(({ line }) => this.#asLinked(line)),
      beside: besideOf(part, rest).map(this.#asLinked),
    }
  }

  /** Lines by their numbers, of the vault and of earlier files: a whole file's at once would be too many to hold. */
  #linesOf(search: MatchSearch, ids: readonly number[]): MatchLine[] {
    const wanted = new Set(ids)
    const earlier = this.#others.flatMap(({ line }) => (wanted.has(line.id) ? [line] : []))
    return [...search.loader.byIds(ids.filter((id) => id > 0)), ...earlier]
  }

  /** Finds which rows would be merged, notes that they go, and answers the numbers of what they would be merged into. */
  #merge(
    search: MatchSearch,
    part: readonly FreshRow[],
    options: SearchOptions,
    noted: { readonly taken: Set<number>; readonly gone: Set<number>; readonly preview: MatchPreview },
  ): number[] {
    const told = new Set(this.#others.map(({ line }) => line.accountId))
    const duplicates = search.duplicates(
      // an account that no other file has told of holds nothing that these could be
      part.map(({ line }) => this.#asLinked(line)).filter(({ accountId }) => accountId > 0 || told.has(accountId)),
      options,
    )
    const certain = duplicates.filter((found) => found.certain)
    for (const { first, second } of certain) {
      noted.taken.add(first.id)
      noted.gone.add(second.id)
    }
    for (const found of duplicates) count(found, noted.preview)
    return certain.flatMap(({ first }) => (first.isLinked ? [] : [first.id]))
  }

  /** What the file covers of each account. */
  #notePeriods(search: MatchSearch, runId: number, result: FileResult): Map<number, Period | null> {
    const periods = new Map<number, Period | null>()
    for (const [target, accountId] of this.#ids) {
      // what a new account is, only the whole file tells
      if (target.id === null) {
        const number = target.draft?.number ?? null
        const { name, kind, currency, institution } = target
        search.accounts.set(accountId, matchAccountOf({ id: accountId, name, kind, currency, number, institution }))
      }
      const states = result.statements.filter((state) => state.target === target)
      const days = states.flatMap(({ from, to, firstBookedOn, lastBookedOn }) => [
        from,
        to,
        firstBookedOn,
        lastBookedOn,
      ])
      periods.set(accountId, coveredPeriod(days))
      search.notePeriod(runId, accountId, coveredPeriod(days))
    }
    return periods
  }

  #remember(rows: readonly FreshRow[]): void {
    for (const row of rows) {
      if (this.#others.length >= this.#bounds.mostRows) {
        this.#isFull = true
        return
      }
      this.#others.push(row)
    }
  }

  readonly #asLinked = (line: MatchLine): MatchLine => (this.#linked.has(line.id) ? { ...line, isLinked: true } : line)

  /** Whether a link was found neither by an earlier file of the batch nor by an import before. */
  #isNew({ kind, first, second, certain }: FoundMatch): boolean {
    const key = `${kind} ${first.id} ${second.id}`
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    if (kind === 'refund' && certain && this.#linked.has(second.id)) return false
    if (certain) for (const { id } of kind === 'refund' ? [second] : [first, second]) this.#linked.add(id)
    if (first.id < 0 || second.id < 0) return true
    const sql = 'select 1 from matches where first_transaction_id = ? and second_transaction_id = ? and kind = ?'
    return sqlRows(this.#vault, sql, first.id, second.id, kind).length === 0
  }

  /** Accounts that are yet to be made have numbers below zero. */
  #accountOf(target: TargetAccount): number {
    const known = this.#ids.get(target)
    if (known !== undefined) return known
    const id = target.id ?? -1 - this.#ids.size
    this.#ids.set(target, id)
    return id
  }
}

/** The rows in the order of their days; many of them by whole months, as a commit takes them. */
function partsOf(rows: readonly FreshRow[], atOnce: number): FreshRow[][] {
  const sorted = rows.toSorted(({ line: left }, { line: right }) =>
    left.bookedOn < right.bookedOn ? -1 : left.bookedOn > right.bookedOn ? 1 : 0,
  )
  if (sorted.length <= atOnce) return [sorted]
  const chunks: FreshRow[][] = []
  let waiting: FreshRow[] = []
  let month = ''
  for (const row of sorted) {
    const own = row.line.bookedOn.slice(0, 7)
    if (waiting.length >= (own === month ? 2 : 1) * atOnce) {
      chunks.push(waiting)
      waiting = []
    }
    month = own
    waiting.push(row)
  }
  return [...chunks, waiting]
}

/** Lines of the rest that lie so near that a stored line may be theirs or one of the part's. */
function besideOf(part: readonly FreshRow[], rest: readonly FreshRow[]): MatchLine[] {
  const [first, last] = [part[0]?.line.bookedOn, part.at(-1)?.line.bookedOn]
  if (first === undefined || last === undefined) return []
  const [from, to] = [dayNumber(first) - BESIDE_DAYS, dayNumber(last) + BESIDE_DAYS]
  return rest.flatMap(({ line }) => {
    const day = dayNumber(line.bookedOn)
    return day >= from && day <= to ? [line] : []
  })
}

function count({ kind, certain, score }: FoundMatch, preview: MatchPreview): void {
  const confidence = confidenceOf(score)
  if (!certain) preview.toReview += 1
  else if (kind === 'duplicate') preview.merged += 1
  else preview.linked += 1
  const group = preview.groups.find((known) => known.kind === kind && known.certain === certain)
  if (group === undefined) preview.groups.push({ kind, certain, count: 1, least: confidence, most: confidence })
  else {
    group.count += 1
    group.least = Math.min(group.least, confidence)
    group.most = Math.max(group.most, confidence)
  }
}
