import type { MatchKind } from '../../../shared/model/matching.ts'
import type { Recorder } from '../changes/record.ts'
import { prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import type { FoundMatch } from './match-search.ts'

/** Evidence that is kept of one link. */
const MOST_EVIDENCE = 8

const evidenceOf = (found: FoundMatch): string =>
  JSON.stringify(found.evidence.slice(0, MOST_EVIDENCE).map(({ code, weight, values }) => ({ code, weight, values })))

/** Writes what an import found; its rows carry the run and are not recorded. A link that is known is only weighed anew. */
export function writeMatchOfRun(
  vault: WritableVault,
  found: FoundMatch,
  runId: number,
  status: 'proposed' | 'confirmed',
): void {
  const known = knownMatch(vault, found)
  if (known !== undefined) {
    if (known.status !== 'proposed') return
    prepared(vault, 'update matches set score = ?, certain = ?, evidence = ?, status = ? where id = ?').run(
      found.score,
      found.certain ? 1 : 0,
      evidenceOf(found),
      status,
      known.id,
    )
    return
  }
  prepared(
    vault,
    `insert into matches (kind, status, first_transaction_id, second_transaction_id, score, certain, evidence, import_run_id)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    found.kind,
    status,
    found.first.id,
    found.second.id,
    found.score,
    found.certain ? 1 : 0,
    evidenceOf(found),
    runId,
  )
}

/** Rows of `matches` that one statement writes. */
const AT_ONCE = 500

/** Writes which lines of an import were merged into which stored ones; its rows carry the run and are not recorded. */
export function writeMergesOfRun(vault: WritableVault, merges: readonly FoundMatch[], runId: number): void {
  for (let at = 0; at < merges.length; at += AT_ONCE) {
    const rows = merges
      .slice(at, at + AT_ONCE)
      .map((found) => [found.kind, found.first.id, found.score, found.certain ? 1 : 0, evidenceOf(found)])
    prepared(
      vault,
      `insert into matches (kind, status, first_transaction_id, second_transaction_id, score, certain, evidence, import_run_id)
       select value->>0, 'confirmed', value->>1, null, value->>2, value->>3, value->>4, ? from json_each(?) order by key`,
    ).run(runId, JSON.stringify(rows))
  }
}

/** Records a link that a search by the user found; answers whether it is new. */
export function proposeMatch(vault: WritableVault, recorder: Recorder, found: FoundMatch): boolean {
  if (knownMatch(vault, found) !== undefined) return false
  recorder.insert('matches', {
    kind: found.kind,
    status: 'proposed',
    first_transaction_id: found.first.id,
    second_transaction_id: found.second.id,
    score: found.score,
    certain: found.certain ? 1 : 0,
    evidence: evidenceOf(found),
    import_run_id: null,
  })
  return true
}

function knownMatch(
  vault: WritableVault,
  { kind, first, second }: FoundMatch,
): { id: number; status: string } | undefined {
  return sqlRows<{ id: number; status: string }>(
    vault,
    `select id, status from matches where first_transaction_id = ? and second_transaction_id = ? and kind = ?`,
    first.id,
    second.id,
    kind,
  )[0]
}

/** Proposals that can no longer be, for one of their lines has found its place: they go. */
export function dropRivals(recorder: Recorder, matchId: number, kind: MatchKind, ids: readonly number[]): void {
  const kinds = kind === 'duplicate' ? ['duplicate'] : kind === 'refund' ? ['refund'] : ['transfer', 'funding']
  for (const id of ids) {
    recorder.deleteWhere('matches', {
      sql: `(first_transaction_id = ? or second_transaction_id = ?) and id <> ? and status = 'proposed'
        and kind in (select value from json_each(?))`,
      parameters: [id, id, matchId, JSON.stringify(kinds)],
    })
  }
}
