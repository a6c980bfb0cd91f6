import { z } from 'zod'
import { importFindingSchema, type ImportRun } from '../../../../shared/model/importing.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { delimitedLayoutSchema } from '../../../../shared/model/delimited-layout.ts'
import type { MatchCounts } from '../../../../shared/model/matching.ts'
import { loadMatchCounts } from '../../matching/list-matches.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import { firstOf } from './first-of.ts'
import type { Vault } from '../../storage/open-vault.ts'

interface RunRow {
  id: number
  started_at: number
  file_name: string
  file_sha256: string
  file_bytes: number
  importer: string
  imported: number
  duplicates: number
  skipped: number
  failed: number
  replaced: number
  rates: number
  prices: number
  findings: string
  credit_reports: number
  undone_at: number | null
}

function runOf(row: RunRow, accounts: ImportRun['accounts'], matches: MatchCounts): ImportRun {
  return {
    id: row.id,
    startedAt: row.started_at,
    fileName: row.file_name,
    fileSha256: row.file_sha256,
    bytes: row.file_bytes,
    importer: row.importer,
    imported: row.imported,
    duplicates: row.duplicates,
    skipped: row.skipped,
    failed: row.failed,
    replaced: row.replaced,
    rates: row.rates,
    prices: row.prices,
    creditReports: row.credit_reports,
    findings: z.array(importFindingSchema).parse(JSON.parse(row.findings)),
    matches,
    accounts,
    undoneAt: row.undone_at,
  }
}

function loadRows(vault: Vault, where: string, ...parameters: number[]): ImportRun[] {
  const rows = sqlRows<RunRow>(
    vault,
    `select *, (select count(*) from credit_reports where import_run_id = import_runs.id) as credit_reports
     from import_runs ${where} order by id desc`,
    ...parameters,
  )
  const accounts = new Map<number, { id: number; name: string; imported: number }[]>()
  const sql = `select r.import_run_id as run, a.id, a.name, r.imported from import_run_accounts r
               join accounts a on a.id = r.account_id order by r.import_run_id, a.id`
  for (const { run, ...account } of sqlRows<{ run: number; id: number; name: string; imported: number }>(vault, sql)) {
    const list = accounts.get(run)
    if (list === undefined) accounts.set(run, [account])
    else list.push(account)
  }
  const matches = loadMatchCounts(vault)
  const none = { merged: 0, linked: 0, toReview: 0 }
  return rows.map((row) => runOf(row, accounts.get(row.id) ?? [], matches.get(row.id) ?? none))
}

/** Every import, the newest first. */
export function loadImportRuns(vault: Vault): ImportRun[] {
  return loadRows(vault, '')
}

export function loadImportRun(vault: Vault, id: number): ImportRun | undefined {
  return loadRows(vault, 'where id = ?', id)[0]
}

/** The standing run that brought these very bytes, if what it brought is still there to speak of. */
export function findRunOfBytes(vault: Vault, sha256: string): { runId: number; startedAt: number } | null {
  const row = firstOf(
    sqlRows<{ id: number; started_at: number }>(
      vault,
      `select id, started_at from import_runs r where file_sha256 = ? and undone_at is null
       and (imported = 0 or exists (select 1 from import_run_accounts where import_run_id = r.id))
     order by id desc limit 1`,
      sha256,
    ),
  )
  return row === undefined ? null : { runId: row.id, startedAt: row.started_at }
}

/** How files of this origin are to be read, as the user said or as an earlier file showed. */
export function loadLayout(vault: Vault, fingerprint: string): DelimitedLayout | null {
  const row = firstOf(
    sqlRows<{ layout: string }>(vault, 'select layout from import_layouts where fingerprint = ?', fingerprint),
  )
  if (row === undefined) return null
  const parsed = delimitedLayoutSchema.safeParse(JSON.parse(row.layout))
  return parsed.success ? parsed.data : null
}
