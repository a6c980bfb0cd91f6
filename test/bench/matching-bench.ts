import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { addDays, type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { beginChange } from '../../electron/core/changes/record.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { matchRun, type RunAccount } from '../../electron/core/matching/match-run.ts'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { standJob } from '../support/import-stand.ts'
import { makeTemporaryVault } from '../support/temporary-vault.ts'
import type { Bench, Measurement } from './bench.ts'
import { sequence } from './sample-data.ts'

const ACCOUNTS = 12
const FIRST = parseIsoDate('2006-01-01')
const DAYS = 20 * 365
const PAYEES = [
  'Supermarket',
  'Bakery',
  'Landlord',
  'Employer',
  'Railway',
  'Pharmacy',
  'Cinema',
  'Café',
  '超市',
  '书店',
]

interface Line {
  readonly accountId: number
  readonly on: IsoDate
  readonly minor: number
  readonly kind: string
  readonly payee: string
  readonly memo: string
}

/** Nine accounts in yuan and three in dollars, twenty years of lines in the order of their days. */
function* household(count: number): Generator<Line> {
  const next = sequence(11)
  for (let row = 0; row < count; row += 1) {
    const roll = next()
    const cents = Math.floor(next() * 30_000) + 100
    const payee = `${PAYEES[Math.floor(next() * PAYEES.length)] ?? ''} ${Math.floor(next() * 300)}`
    yield {
      accountId: 1 + Math.floor(next() * ACCOUNTS),
      on: addDays(FIRST, Math.floor((row * DAYS) / count)),
      minor: roll < 0.85 ? -cents : cents,
      kind: roll < 0.02 ? 'transfer' : roll > 0.99 ? 'refund' : 'payment',
      payee: roll < 0.02 ? `Transfer ${row}` : payee,
      memo: `Card payment, terminal ${row % 97}`,
    }
  }
}

/**
 * New lines from `first` day on: six of ten told by the vault already under other words, one of ten the other half of a
 * stored transfer or near to it, the rest their own.
 */
function newLines(stored: readonly Line[], count: number): Line[] {
  const next = sequence(23)
  const step = Math.max(1, Math.floor(stored.length / count))
  const lines: Line[] = []
  for (let index = 0; lines.length < count && index < stored.length; index += step) {
    const line = stored[index]
    if (line === undefined) break
    const roll = next()
    if (roll < 0.6) lines.push({ ...line, payee: line.payee.toUpperCase(), memo: '' })
    else if (roll < 0.7) {
      const accountId = (line.accountId % 9) + 1
      lines.push({
        ...line,
        accountId,
        minor: -line.minor,
        kind: 'transfer',
        payee: 'Transfer',
        on: addDays(line.on, 1),
      })
    } else lines.push({ ...line, minor: line.minor - Math.floor(next() * 900) - 1, payee: `New ${index}` })
  }
  return lines
}

function addRun(vault: WritableVault, importer: string, lines: Iterable<Line>): number {
  const { driver } = vault
  const run = driver
    .prepare(
      `insert into import_runs (started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates, skipped,
         failed, replaced) values (0, ?, '', 0, ?, 0, 0, 0, 0, 0)`,
    )
    .run(importer, importer)
  const runId = Number(run.lastInsertRowid)
  const insert = driver.prepare(
    `insert into transactions (account_id, booked_on, amount_minor, kind, payee, raw_payee, memo, import_run_id, fingerprint)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const print = Buffer.alloc(16)
  let row = 0
  for (const { accountId, on, minor, kind, payee, memo } of lines) {
    print.writeUInt32BE(runId, 0)
    print.writeUInt32BE(row, 8)
    row += 1
    insert.run(accountId, on, minor, kind, payee, payee, memo, runId, print)
  }
  return runId
}

/** Takes what was added back when it has been timed. */
async function timeRun(
  vault: WritableVault,
  lines: readonly Line[],
): Promise<{ milliseconds: number; floor: number; merged: number }> {
  const { driver } = vault
  driver.exec('begin immediate')
  try {
    const runId = addRun(vault, 'ofx', lines)
    const days = lines.map(({ on }) => on).toSorted()
    const period = { from: days[0] ?? FIRST, to: days.at(-1) ?? FIRST }
    const accounts = Array.from({ length: ACCOUNTS }, (_, index): RunAccount => {
      const id = index + 1
      return { id, imported: lines.filter(({ accountId }) => accountId === id).length, wasEmpty: false, period }
    })
    const clock = { now: () => 0, today: () => parseIsoDate('2026-11-23') }
    // the least that any way takes: one look into the index for each line and each account
    const seek = driver.prepare(
      'select count(*) from transactions where account_id = ? and booked_on between ? and ? and amount_minor = ?',
    )
    const floorStarted = performance.now()
    for (const { on, minor } of lines)
      for (const { id } of accounts) seek.get(id, addDays(on, -1), addDays(on, 1), minor)
    const floor = performance.now() - floorStarted
    const recorder = beginChange(vault, clock, { label: 'import.commit', importRunId: runId })
    const started = performance.now()
    const { merged } = await matchRun({
      vault,
      job: standJob(),
      recorder,
      runId,
      importer: 'ofx',
      accounts,
      onMerged() {},
    })
    return { milliseconds: performance.now() - started, floor, merged }
  } finally {
    driver.exec('rollback')
  }
}

export const matchingBench: Bench = {
  name: 'matching',
  async run(quick) {
    const stored = quick ? 50_000 : 1_000_000
    const added = quick ? 500 : 10_000
    const temporary = await makeTemporaryVault()
    const { vault } = temporary
    try {
      seedVault(vault, { baseCurrency: parseCurrencyCode('CNY') })
      const account = vault.driver.prepare(
        `insert into accounts (id, name, kind, currency, number, created_at) values (?, ?, 'checking', ?, ?, 0)`,
      )
      for (let id = 1; id <= ACCOUNTS; id += 1) {
        account.run(id, `Account ${id}`, id > 9 ? 'USD' : 'CNY', `62220000000${1000 + id}`)
      }
      vault.driver
        .prepare(
          `insert into fx_rates (base, quote, as_of, rate, source) values ('USD', 'CNY', '2006-01-01', '7.2', 'manual')`,
        )
        .run()
      vault.driver.exec('begin immediate')
      addRun(vault, 'csv', household(stored))
      vault.driver.exec('commit')
      // as an import has it
      vault.driver.pragma('cache_size = -98304')
      const all = [...household(stored)]
      const lastYear = all.slice(-Math.floor(stored / 10))
      const measurements: Measurement[] = []
      for (const [what, lines] of [
        ['of the last two years', newLines(lastYear, added)],
        ['spread over all twenty', newLines(all, added)],
      ] as const) {
        const rounds: Awaited<ReturnType<typeof timeRun>>[] = []
        for (let round = 0; round < 3; round += 1) rounds.push(await timeRun(vault, lines))
        const best = rounds.toSorted((left, right) => left.milliseconds - right.milliseconds)[0]
        if (best === undefined || best.merged < added / 10) throw new Error('too few were found')
        measurements.push({
          work: `duplicates, transfers and refunds, ${best.merged} merged`,
          data: `${lines.length} new lines ${what}, ${stored} stored`,
          milliseconds: best.milliseconds,
          floor: {
            what: 'one look into the index for each line and account',
            milliseconds: Math.min(...rounds.map(({ floor }) => floor)),
          },
          limit: { text: '≤ 2000 ms', met: best.milliseconds <= 2000 },
        })
      }
      return measurements
    } finally {
      await temporary.close()
    }
  },
}
