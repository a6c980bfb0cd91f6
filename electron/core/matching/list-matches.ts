import { z } from 'zod'
import { type Match, matchEvidenceSchema, type MatchCounts, type MatchKind } from '../../../shared/model/matching.ts'
import { confidenceOf } from '../analysis/matching/confidence.ts'
import { idList, type SqlValue, sqlRows } from '../storage/repositories/query.ts'
import { loadTransactions } from '../storage/repositories/transaction-repository.ts'
import type { Vault } from '../storage/open-vault.ts'
import { mergedFacts } from './merge-transactions.ts'

interface MatchRow {
  id: number
  kind: MatchKind
  status: Match['status']
  first_transaction_id: number
  second_transaction_id: number | null
  score: number
  certain: 0 | 1
  evidence: string
  import_run_id: number | null
}

export interface MatchFilter {
  readonly status: Match['status']
  readonly kinds?: readonly MatchKind[] | undefined
  readonly transactionId?: number | undefined
  readonly importRunId?: number | undefined
}

function conditionOf(filter: MatchFilter): { sql: string; parameters: SqlValue[] } {
  const parts = ['status = ?']
  const parameters: SqlValue[] = [filter.status]
  if (filter.kinds !== undefined) {
    parts.push('kind in (select value from json_each(?))')
    parameters.push(JSON.stringify(filter.kinds))
  }
  if (filter.transactionId !== undefined) {
    // by its two indexes, not by reading all of one status
    parts.push(`id in (select id from matches where first_transaction_id = ?
      union all select id from matches where second_transaction_id = ?)`)
    parameters.push(filter.transactionId, filter.transactionId)
  }
  if (filter.importRunId !== undefined) {
    parts.push('import_run_id = ?')
    parameters.push(filter.importRunId)
  }
  return { sql: parts.join(' and '), parameters }
}

/** A window of the links that the filter matches, the likeliest first. */
export function listMatches(
  vault: Vault,
  filter: MatchFilter,
  offset: number,
  limit: number,
): { total: number; certain: number; rows: Match[] } {
  const { sql, parameters } = conditionOf(filter)
  const [counted] = sqlRows<{ total: number; certain: number | null }>(
    vault,
    `select count(*) as total, sum(certain) as certain from matches where ${sql}`,
    ...parameters,
  )
  const rows = sqlRows<MatchRow>(
    vault,
    `select * from matches where ${sql} order by score desc, id desc limit ? offset ?`,
    ...parameters,
    limit,
    offset,
  )
  const ids = rows.flatMap((row) => [row.first_transaction_id, row.second_transaction_id ?? []].flat())
  const lines = new Map(loadTransactions(vault, [...new Set(ids)]).map((line) => [line.id, line]))
  const merged = mergedLines(vault, rows)
  return {
    total: counted?.total ?? 0,
    certain: counted?.certain ?? 0,
    rows: rows.flatMap((row): Match[] => {
      const first = lines.get(row.first_transaction_id)
      if (first === undefined) return []
      const isMerged = row.kind === 'duplicate' && row.second_transaction_id === null
      return [
        {
          id: row.id,
          kind: row.kind,
          status: row.status,
          confidence: confidenceOf(row.score),
          certain: row.certain === 1,
          evidence: z.array(matchEvidenceSchema).parse(JSON.parse(row.evidence)),
          first,
          second: row.second_transaction_id === null ? null : (lines.get(row.second_transaction_id) ?? null),
          merged: isMerged ? (merged.get(row.id) ?? null) : null,
          importRunId: row.import_run_id,
        },
      ]
    }),
  }
}

/** What the lines had said that were merged, by link. */
function mergedLines(vault: Vault, rows: readonly MatchRow[]): Map<number, Match['merged']> {
  const wanted = rows.filter((row) => row.kind === 'duplicate' && row.second_transaction_id === null)
  if (wanted.length === 0) return new Map()
  const aliases = sqlRows<{ transactionId: number; merged: string | null; runId: number | null }>(
    vault,
    `select transaction_id as transactionId, merged, import_run_id as runId from transaction_aliases
     where transaction_id in (select value from json_each(?)) and merged is not null order by id desc`,
    idList(wanted.map((row) => row.first_transaction_id)),
  )
  return new Map(
    wanted.map((row) => {
      const own = aliases.filter(({ transactionId }) => transactionId === row.first_transaction_id)
      const alias = own.find(({ runId }) => runId === row.import_run_id) ?? own[0]
      return [row.id, mergedFacts(alias?.merged ?? null)]
    }),
  )
}

/** What each run found beside its rows. */
export function loadMatchCounts(vault: Vault): Map<number, MatchCounts> {
  const rows = sqlRows<{ run: number; kind: MatchKind; status: Match['status']; count: number }>(
    vault,
    `select import_run_id as run, kind, status, count(*) as count from matches
     where import_run_id is not null group by import_run_id, kind, status`,
  )
  const counts = new Map<number, MatchCounts>()
  for (const { run, kind, status, count } of rows) {
    const known = counts.get(run) ?? { merged: 0, linked: 0, toReview: 0 }
    if (status === 'proposed') known.toReview += count
    else if (status === 'confirmed' && kind === 'duplicate') known.merged += count
    else if (status === 'confirmed') known.linked += count
    counts.set(run, known)
  }
  return counts
}
