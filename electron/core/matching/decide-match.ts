import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { CategorySource } from '../../../shared/model/category.ts'
import type { MatchKind } from '../../../shared/model/matching.ts'
import { madeTransaction } from '../changes/made-transaction.ts'
import type { Recorder } from '../changes/record.ts'
import { CategoryMatcher } from '../importing/committing/category-matcher.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { mergedFacts, mergeTransactions, restoreMerged } from './merge-transactions.ts'
import { pairKey } from './pair-key.ts'
import { dropRivals } from './write-match.ts'

interface MatchRow {
  id: number
  kind: MatchKind
  status: 'proposed' | 'confirmed' | 'rejected'
  first: number
  second: number | null
}

interface LineRow {
  id: number
  accountId: number
  bookedOn: IsoDate
  minor: number
  payee: string
  categoryId: number | null
  categorySource: CategorySource | null
  categoryRuleId: number | null
  runId: number | null
  meaning: string | null
  linked: 0 | 1
}

const MATCH = `select id, kind, status, first_transaction_id as first, second_transaction_id as second from matches`

function lineOf(vault: WritableVault, id: number): LineRow | undefined {
  return sqlRows<LineRow>(
    vault,
    `select id, account_id as accountId, booked_on as bookedOn, amount_minor as minor, payee, category_id as categoryId,
       category_source as categorySource, category_rule_id as categoryRuleId,
       import_run_id as runId,
       case when fingerprint is null then null else hex(fingerprint) || ':' || ordinal end as meaning,
       exists (select 1 from transfers where from_transaction_id = t.id)
         or exists (select 1 from transfers where to_transaction_id = t.id)
         or exists (select 1 from splits where counterpart_id = t.id) as linked
     from transactions t where id = ?`,
    id,
  )[0]
}

/** Confirms, rejects and takes apart links within one recorded change. */
export class MatchDecisions {
  readonly #vault: WritableVault
  readonly #recorder: Recorder
  readonly #now: number
  #categories: CategoryMatcher | null = null
  readonly #importers: ReadonlyMap<number, string>

  constructor(vault: WritableVault, recorder: Recorder, now: number) {
    this.#vault = vault
    this.#recorder = recorder
    this.#now = now
    const runs = sqlRows<{ id: number; importer: string }>(vault, 'select id, importer from import_runs')
    this.#importers = new Map(runs.map(({ id, importer }) => [id, importer]))
  }

  /** Throws CoreError('not-found'). */
  #match(id: number): MatchRow {
    const [row] = sqlRows<MatchRow>(this.#vault, `${MATCH} where id = ?`, id)
    if (row === undefined) throw new CoreError('not-found', 'there is no such link', { id })
    return row
  }

  /** Does what the link says; answers false where it can no longer be. */
  confirm(id: number): boolean {
    const [match] = sqlRows<MatchRow>(this.#vault, `${MATCH} where id = ?`, id)
    // one that was confirmed just before in the same change may have taken its line
    if (match === undefined || match.status !== 'proposed' || match.second === null) return false
    const [first, second] = [lineOf(this.#vault, match.first), lineOf(this.#vault, match.second)]
    if (first === undefined || second === undefined || !this.#apply(match, first, second)) return false
    this.#recorder.update('matches', [id], { status: 'confirmed' })
    const ids = match.kind === 'refund' ? [second.id] : [first.id, second.id]
    dropRivals(this.#recorder, id, match.kind, ids)
    return true
  }

  #apply(match: MatchRow, first: LineRow, second: LineRow): boolean {
    if (match.kind === 'duplicate') return this.#merge(match.id, first, second)
    if (match.kind === 'transfer') return this.#link(first, second)
    if (match.kind === 'funding') return this.#fund(first, second)
    if (second.categoryId === null && first.categoryId !== null) {
      this.#recorder.update('transactions', [second.id], {
        category_id: first.categoryId,
        category_source: first.categorySource,
        category_rule_id: first.categoryRuleId,
      })
    }
    return true
  }

  #merge(matchId: number, kept: LineRow, gone: LineRow): boolean {
    if (kept.accountId !== gone.accountId || kept.minor !== gone.minor) return false
    // the link outlives the line that goes
    this.#recorder.update('matches', [matchId], { second_transaction_id: null })
    this.#categories ??= new CategoryMatcher(this.#vault)
    return mergeTransactions(this.#vault, this.#recorder, kept.id, gone.id, {
      runId: null,
      importerOf: (runId) => (runId === null ? '' : (this.#importers.get(runId) ?? '')),
      categories: this.#categories,
    })
  }

  #link(from: LineRow, to: LineRow): boolean {
    const isPair = from.linked === 0 && to.linked === 0 && from.minor < 0 && to.minor > 0
    if (!isPair || from.accountId === to.accountId) return false
    this.#recorder.insert('transfers', { from_transaction_id: from.id, to_transaction_id: to.id })
    return true
  }

  /** The wallet's file left out what came in from the bank: it is added, and is the other half of the bank's line. */
  #fund(bank: LineRow, wallet: LineRow): boolean {
    if (bank.linked === 1 || wallet.linked === 1 || bank.minor !== wallet.minor || bank.minor >= 0) return false
    const { accountId } = wallet
    const { bookedOn, payee } = bank
    const arrived = this.#recorder.insert(
      'transactions',
      madeTransaction({ accountId, bookedOn, amountMinor: -bank.minor, kind: 'transfer', payee }),
    )
    this.#recorder.insert('transfers', { from_transaction_id: bank.id, to_transaction_id: arrived })
    return true
  }

  /** Remembers that the two are not the same. Throws CoreError('not-found'); 'conflict' for one that was confirmed. */
  reject(id: number): void {
    const match = this.#match(id)
    if (match.status === 'confirmed') throw new CoreError('conflict', 'this link is confirmed: take it apart first')
    const [first, second] = [lineOf(this.#vault, match.first), lineOf(this.#vault, match.second ?? 0)]
    if (first === undefined || second === undefined) return
    this.#recorder.update('matches', [id], { status: 'rejected' })
    this.#remember(match.kind, first, second)
  }

  #remember(kind: MatchKind, first: LineRow, second: LineRow): void {
    const pair = pairKey(kind, first, second)
    const known = sqlRows(this.#vault, 'select 1 from match_rejections where pair = ?', pair)
    if (known.length === 0) this.#recorder.insert('match_rejections', { pair, kind, rejected_at: this.#now })
  }

  /** Takes a confirmed link apart. Throws CoreError: 'not-found'; 'conflict' where it is not confirmed. */
  unlink(id: number): void {
    const match = this.#match(id)
    if (match.status !== 'confirmed') throw new CoreError('conflict', 'this link is not confirmed', { id })
    const secondId = match.kind === 'duplicate' ? this.#restore(match) : match.second
    const [first, second] = [lineOf(this.#vault, match.first), lineOf(this.#vault, secondId ?? 0)]
    if (first === undefined || second === undefined) throw new CoreError('not-found', 'a line of this link is gone')
    if (match.kind === 'transfer') {
      this.#recorder.deleteWhere('transfers', {
        sql: 'from_transaction_id = ? and to_transaction_id = ?',
        parameters: [first.id, second.id],
      })
    }
    if (match.kind === 'funding') this.#removeArrival(first, second)
    this.#recorder.update('matches', [id], { status: 'rejected', second_transaction_id: second.id })
    this.#remember(match.kind, first, second)
  }

  /** The line that was merged away, brought back; that of this link is told by its evidence having been confirmed last. */
  #restore(match: MatchRow): number | null {
    const aliases = sqlRows<{ id: number; merged: string | null; runId: number | null }>(
      this.#vault,
      `select id, merged, import_run_id as runId from transaction_aliases
       where transaction_id = ? and merged is not null order by id desc`,
      match.first,
    )
    const [run] = sqlRows<{ runId: number | null }>(
      this.#vault,
      'select import_run_id as runId from matches where id = ?',
      match.id,
    )
    const alias = aliases.find(({ runId }) => runId === (run?.runId ?? null)) ?? aliases[0]
    if (alias === undefined || mergedFacts(alias.merged) === null) return null
    return restoreMerged(this.#vault, this.#recorder, alias.id)
  }

  #removeArrival(bank: LineRow, wallet: LineRow): void {
    const [arrival] = sqlRows<{ id: number }>(
      this.#vault,
      `select t.id from transfers join transactions t on t.id = to_transaction_id
       where from_transaction_id = ? and account_id = ? and amount_minor = ? and import_run_id is null`,
      bank.id,
      wallet.accountId,
      -bank.minor,
    )
    if (arrival !== undefined) this.#recorder.delete('transactions', [arrival.id])
  }
}
