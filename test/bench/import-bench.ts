import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3-multiple-ciphers'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { ImportStand } from '../support/import-stand.ts'
import { makeTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'
import type { Bench, Measurement } from './bench.ts'
import { bankCsv } from './sample-data.ts'

type Row = Record<string, string | number | Buffer | null>

/** The rows as they are in the vault after the import, to be written again without any import. */
function rowsOf(vault: WritableVault): Row[] {
  return vault.driver.prepare<[], Row>('select * from transactions order by id').all()
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function insertAll(driver: Database.Database, rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {})
  const insert = driver.prepare(
    `insert into transactions (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  driver
    .transaction(() => {
      for (const row of rows) insert.run(...Object.values(row))
    })
    .immediate()
}

/** A vault like the other, but with nothing in its table of transactions. */
async function emptyTwin(of: WritableVault): Promise<TemporaryVault> {
  const twin = await makeTemporaryVault()
  for (const table of ['institutions', 'accounts', 'import_runs']) {
    for (const row of of.driver.prepare<[], Row>(`select * from ${table}`).all()) {
      const columns = Object.keys(row)
      twin.vault.driver
        .prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
        .run(...Object.values(row))
    }
  }
  return twin
}

/** The same rows in the same tables without encryption. */
function plainFloor(of: WritableVault, folder: string, rows: readonly Row[]): number {
  const plain = new Database(`${folder}/plain.db`)
  plain.pragma('journal_mode = WAL')
  plain.pragma('synchronous = FULL')
  const schema = of.driver
    .prepare<[], { sql: string }>(`select sql from sqlite_schema where sql is not null and name not like 'sqlite_%'`)
    .all()
  for (const { sql } of schema) plain.exec(sql)
  for (const row of of.driver.prepare<[], Row>('select * from accounts').all()) {
    const columns = Object.keys(row)
    plain.pragma('foreign_keys = OFF')
    plain
      .prepare(`insert into accounts (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
      .run(...Object.values(row))
  }
  const started = performance.now()
  insertAll(plain, rows)
  const taken = performance.now() - started
  plain.close()
  return taken
}

async function importRound(csv: Uint8Array): Promise<{ import: number; floor: number; plain: number; again: number }> {
  const temporary = await makeTemporaryVault()
  const stand = new ImportStand(temporary.vault)
  const choice = stand.add(csv, 'bank.csv')
  const taken = await timed(() => stand.commit(choice))
  const rows = rowsOf(temporary.vault)
  const twin = await emptyTwin(temporary.vault)
  const floor = await timed(() => insertAll(twin.vault.driver, rows))
  const plain = plainFloor(temporary.vault, temporary.folder, rows)
  await twin.close()
  const total = rows.length
  const overlap = stand.add(Buffer.from(bankCsv(total + 250, total - 250)), 'bank.csv')
  let counts: number[] = []
  const again = await timed(async () => {
    const [run] = await stand.commit(overlap)
    counts = [run?.imported ?? 0, run?.duplicates ?? 0]
  })
  if (counts[0] !== 250 || counts[1] !== 250)
    throw new Error(`expected 250 new and 250 known, got ${counts.join(', ')}`)
  await temporary.close()
  return { import: taken, floor, plain, again }
}

export const importBench: Bench = {
  name: 'import',
  async run(quick) {
    const rows = quick ? 5000 : 50_000
    // whole days only, so that the overlap cuts between days
    const csv = Buffer.from(bankCsv(rows))
    const rounds: Awaited<ReturnType<typeof importRound>>[] = []
    for (let round = 0; round < 3; round += 1) rounds.push(await importRound(csv))
    const best = (pick: (round: (typeof rounds)[number]) => number): number => Math.min(...rounds.map(pick))
    const taken = best((round) => round.import)
    const floor = best((round) => round.floor)
    const again = best((round) => round.again)
    const child = fileURLToPath(new URL('import-memory-child.ts', import.meta.url))
    const folder = mkdtempSync(join(tmpdir(), 'onebook-bench-'))
    writeFileSync(join(folder, 'bank.csv'), csv)
    const peakOf = (...then: readonly string[]): number =>
      Number(
        execFileSync(process.execPath, [...process.execArgv, child, join(folder, 'bank.csv'), ...then], {
          encoding: 'utf8',
        }),
      )
    const peak = peakOf()
    const previewPeak = peakOf('preview')
    rmSync(folder, { recursive: true })
    const data = `${rows} CSV rows, ${(csv.length / 1e6).toFixed(1)} MB`
    const measurements: Measurement[] = [
      {
        work: 'import a file into a fresh vault',
        data,
        milliseconds: taken,
        floor: { what: 'the same rows by prepared statements, encrypted', milliseconds: floor },
        limit: { text: '≤ 5×, ≤ 2500 ms', met: taken <= 2500 && taken <= floor * 5 },
      },
      {
        work: 'import a file into a fresh vault',
        data,
        milliseconds: taken,
        floor: { what: 'the same rows, plain SQLite', milliseconds: best((round) => round.plain) },
      },
      {
        work: 're-import 500 rows, half of them known',
        data: `into ${rows} rows`,
        milliseconds: again,
        limit: { text: '≤ 100 ms', met: again <= 100 },
      },
      {
        work: `peak memory of an import: ${peak} MB`,
        data,
        milliseconds: 0,
        limit: { text: '≤ 300 MB', met: peak <= 300 },
      },
      {
        work: `peak memory of a preview of rows that another source has told of: ${previewPeak} MB`,
        data,
        milliseconds: 0,
        limit: { text: '≤ 300 MB', met: previewPeak <= 300 },
      },
    ]
    return measurements
  },
}
