import type { MatchPreview } from '../../../shared/model/matching.ts'
import { confidenceOf } from '../analysis/matching/confidence.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import type { Period } from '../analysis/matching/score-duplicate.ts'
import type { TargetAccount } from '../importing/committing/account-directory.ts'
import { keyOf } from '../importing/committing/batch-memory.ts'
import { tryToMinor } from '../importing/committing/minor-amount.ts'
import type { FileResult } from '../importing/committing/process-file.ts'
import type { RowToPlace } from '../importing/committing/statement-state.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'
import { matchAccountOf } from './load-accounts.ts'
import { coveredPeriod } from './match-run.ts'
import { type FoundMatch, MatchSearch } from './match-search.ts'

/** New rows of one file that a preview looks at; a commit looks at all. */
export const MOST_PREVIEWED = 20_000
/** Rows of earlier files of a batch that are compared with those of a later one. */
const MOST_REMEMBERED = 60_000

/** What a preview knows of a file once it has passed. */
export interface PreviewedFile {
  readonly result: FileResult
  /** Its new booked rows; null where there are too many to look at beforehand. */
  readonly fresh: readonly RowToPlace[] | null
  /** Rows of the vault that rows of the file were found to be. */
  readonly claimed: ReadonlySet<number>
  /** Rows of earlier files of the batch that it tells of again: by `keyOf`. */
  readonly repeated: ReadonlySet<string>
}

/** Says, file by file of a batch, what a commit would find its new rows to belong to. */
export class PreviewMatches {
  readonly #vault: Vault
  readonly #others: MatchLine[] = []
  readonly #keys = new Map<number, string>()
  readonly #linked = new Set<number>()
  readonly #seen = new Set<string>()
  readonly #ids = new Map<TargetAccount, number>()
  #search: MatchSearch | null = null
  #lastId = 0
  #lastRun = 0

  constructor(vault: Vault) {
    this.#vault = vault
  }

  /**
   * What the file's rows belong to, and the records of those that are merged. `matches` is null where the file has too
   * many rows to say it beforehand.
   */
  look({ result, fresh, claimed, repeated }: PreviewedFile): { matches: MatchPreview | null; merged: RowToPlace[] } {
    const nothing = { merged: 0, linked: 0, toReview: 0, groups: [] }
    if (fresh === null) return { matches: null, merged: [] }
    if (fresh.length === 0) return { matches: nothing, merged: [] }
    this.#search ??= new MatchSearch(this.#vault)
    this.#lastRun -= 1
    const runId = this.#lastRun
    const rows = new Map(fresh.map((row) => [this.#lineOf(row, result.importer, runId), row]))
    const lines = [...rows.keys()]
    const periods = new Map<number, Period | null>()
    for (const [target, accountId] of this.#ids) {
      const states = result.statements.filter((state) => state.target === target)
      const days = states.flatMap(({ from, to, firstBookedOn, lastBookedOn }) => [
        from,
        to,
        firstBookedOn,
        lastBookedOn,
      ])
      periods.set(accountId, coveredPeriod(days))
      this.#search.notePeriod(runId, accountId, coveredPeriod(days))
    }
    const options = {
      freshPeriod: (accountId: number) => periods.get(accountId) ?? null,
      isClaimed: (id: number) => claimed.has(id) || repeated.has(this.#keys.get(id) ?? ''),
      others: this.#others.map((line) => (this.#linked.has(line.id) ? { ...line, isLinked: true } : line)),
    }
    const duplicates = this.#search.duplicates(lines, options)
    const gone = new Set(duplicates.filter(({ certain }) => certain).map(({ second }) => second))
    const kept = duplicates.filter(({ certain, first }) => certain && !first.isLinked).map(({ first }) => first)
    const rest = lines.filter((line) => !gone.has(line))
    const links = this.#search.links([...rest, ...kept], options).filter((found) => this.#isNew(found))
    for (const line of rest) {
      const row = rows.get(line)
      if (row === undefined || this.#others.length >= MOST_REMEMBERED) break
      this.#others.push(line)
      this.#keys.set(line.id, keyOf(row))
    }
    return {
      matches: previewOf([...duplicates, ...links]),
      merged: [...gone].flatMap((line) => rows.get(line) ?? []),
    }
  }

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

  /** Lines that are in no vault yet have numbers below zero, and so have accounts that are yet to be made. */
  #lineOf(
    { target, transaction, amountMinor, fingerprint, ordinal }: RowToPlace,
    importer: string,
    runId: number,
  ): MatchLine {
    this.#lastId -= 1
    const { original, transferAccount, category } = transaction
    const foreign = original === undefined ? null : tryToMinor(original.amount, original.currency)
    return {
      id: this.#lastId,
      accountId: this.#accountOf(target),
      bookedOn: transaction.date,
      valueOn: transaction.valueDate ?? null,
      time: transaction.time ?? null,
      minor: amountMinor,
      kind: transaction.kind,
      payee: transaction.payee ?? '',
      memo: transaction.memo ?? '',
      reference: transaction.reference ?? null,
      checkNumber: transaction.checkNumber ?? null,
      counterparty: transaction.counterparty ?? null,
      sourceCategory: category ?? (transferAccount === undefined ? null : `[${transferAccount}]`),
      merchantCategory: transaction.merchantCategory ?? null,
      original: foreign === null || original === undefined ? null : { minor: foreign, currency: original.currency },
      // which security it is will be known when it is imported
      trade: transaction.quantity === undefined ? null : { securityId: 0, quantity: transaction.quantity },
      runId,
      importer,
      meaning: `${fingerprint.toString('hex').toUpperCase()}:${ordinal}`,
      isLinked: false,
    }
  }

  #accountOf(target: TargetAccount): number {
    const known = this.#ids.get(target)
    if (known !== undefined) return known
    const id = target.id ?? -1 - this.#ids.size
    this.#ids.set(target, id)
    if (target.id === null) {
      const number = target.draft?.number ?? null
      const { name, kind, currency, institution } = target
      this.#search?.accounts.set(id, matchAccountOf({ id, name, kind, currency, number, institution }))
    }
    return id
  }
}

function previewOf(found: readonly FoundMatch[]): MatchPreview {
  const preview: MatchPreview = { merged: 0, linked: 0, toReview: 0, groups: [] }
  for (const { kind, certain, score } of found) {
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
  return preview
}
