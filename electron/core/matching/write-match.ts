import type { MatchKind } from '../../../shared/model/matching.ts'
import type { Recorder } from '../changes/record.ts'
import { prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import type { FoundMatch } from './match-search.ts'

/** Evidence that is kept of one link. */
const MOST_EVIDENCE = 8

const evidenceOf = (found: FoundMatch): string =>
  JSON.stringify(found.evidence.slice(0, MOST_EVIDENCE).map(({ code, weight, values }) => ({ code, weight, values })))

/** Rows of `matches` that one statement writes. */
const AT_ONCE = 500

export interface MatchOfRun {
  readonly found: FoundMatch
  readonly status: 'proposed' | 'confirmed'
}

/**
 * Writes what an import found, each pair once; its rows carry the run and are not recorded. A link that is known is only
 * weighed anew.
 */
export function writeMatchesOfRun(vault: WritableVault, matches: readonly MatchOfRun[], runId: number): void {
  for (let at = 0; at < matches.length; at += AT_ONCE) {
    const chunk = matches.slice(at, at + AT_ONCE)
    const known = knownMatches(
      vault,
      chunk.map(({ found }) => found),
    )
    for (const [place, { id, status: before }] of known) {
      const one = chunk[place]
      if (before !== 'proposed' || one === undefined) continue
      const { found, status } = one
      prepared(vault, 'update matches set score = ?, certain = ?, evidence = ?, status = ? where id = ?').run(
        found.score,
        found.certain ? 1 : 0,
        evidenceOf(found),
        status,
        id,
      )
    }
    insertMatches(
      vault,
      runId,
      chunk
        .filter((_, place) => !known.has(place))
        .map(({ found, status }) => ({ found, status, secondId: found.second.id })),
    )
  }
}

/** Writes which lines of an import were merged into which stored ones; its rows carry the run and are not recorded. */
export function writeMergesOfRun(vault: WritableVault, merges: readonly FoundMatch[], runId: number): void {
  for (let at = 0; at < merges.length; at += AT_ONCE) {
    const chunk = merges.slice(at, at + AT_ONCE)
    insertMatches(
      vault,
      runId,
      chunk.map((found) => ({ found, status: 'confirmed', secondId: null })),
    )
  }
}

/** `secondId`: null where that line has gone. */
function insertMatches(
  vault: WritableVault,
  runId: number,
  matches: readonly (MatchOfRun & { readonly secondId: number | null })[],
): void {
  if (matches.length === 0) return
  const rows = matches.map(({ found, status, secondId }) => [
    found.kind,
    status,
    found.first.id,
    secondId,
    found.score,
    found.certain ? 1 : 0,
    evidenceOf(found),
  ])
  prepared(
    vault,
    `insert into matches (kind, status, first_transaction_id, second_transaction_id, score, certain, evidence, import_run_id)
     select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, ? from json_each(?) order by key`,
  ).run(runId, JSON.stringify(rows))
}

/** Records a link that a search by the user found; answers whether it is new. */
export function proposeMatch(vault: WritableVault, recorder: Recorder, found: FoundMatch): boolean {
  if (knownMatches(vault, [found]).size > 0) return false
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

interface KnownMatch {
  readonly place: number
  readonly id: number
  readonly status: string
}

/** Those of these pairs that are written already, by their places. */
function knownMatches(vault: WritableVault, matches: readonly FoundMatch[]): Map<number, KnownMatch> {
  const rows = sqlRows<KnownMatch>(
    vault,
    `select sought.key as place, matches.id, status
     from json_each(?) sought cross join matches
       on first_transaction_id = value->>0 and second_transaction_id = value->>1 and kind = value->>2`,
    JSON.stringify(matches.map(({ kind, first, second }) => [first.id, second.id, kind])),
  )
  return new Map(rows.map((row) => [row.place, row]))
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
