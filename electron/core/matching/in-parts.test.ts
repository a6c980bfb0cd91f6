import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { decimalFromMinor } from '../../../shared/domain/money.ts'
import { type IsoDate, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchCounts } from '../../../shared/model/matching.ts'
import { standJob } from '../../../test/support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { beginChange } from '../changes/record.ts'
import { seedVault } from '../handlers/seed-vault.ts'
import { AccountDirectory, type TargetAccount } from '../importing/committing/account-directory.ts'
import { BalanceChain } from '../importing/committing/balance-chain.ts'
import type { FileResult } from '../importing/committing/file-task.ts'
import { FindingList, noCounts, type StatementState } from '../importing/committing/statement-state.ts'
import { matchRun } from './match-run.ts'
import { PreviewMatches } from './preview-matches.ts'

interface Line {
  readonly account: 1 | 2 | 3
  readonly on: IsoDate
  readonly minor: number
  readonly payee: string
  readonly kind?: 'transfer' | 'refund'
}
const line = (account: 1 | 2 | 3, on: string, minor: number, payee: string, kind?: Line['kind']): Line => ({
  account,
  on: parseIsoDate(on),
  minor,
  payee,
  ...(kind !== undefined && { kind }),
})

const EUR = parseCurrencyCode('EUR')
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']
const PERIOD = { from: parseIsoDate('2026-01-01'), to: parseIsoDate('2026-06-30') }

/** Told by both files: four purchases a month. */
const told = MONTHS.flatMap((month, at) =>
  [3, 9, 15, 21].map((day, of) =>
    line(1, `${month}-${String(day).padStart(2, '0')}`, -1000 - 100 * at - of, `Shop ${at * 4 + of}`),
  ),
)
/** In the new file alone. */
const moved = [
  line(1, '2026-01-31', -70_001, 'Transfer to account B 87654321', 'transfer'),
  line(2, '2026-02-01', 70_001, 'Transfer from account A 12345678', 'transfer'),
]
const returned = [line(1, '2026-02-20', -4321, 'Book Shop'), line(1, '2026-03-25', 4321, 'Book Shop', 'refund')]
/** One stored line, and two new ones near it on both sides of the end of a month: which of them it is, is asked. */
const coffee = line(1, '2026-04-01', -350, 'Café Central')
const coffees = [line(1, '2026-03-31', -350, 'CAFÉ CENTRAL'), line(1, '2026-04-01', -350, 'CAFÉ CENTRAL')]

/** Of two that left, the one of the day on which the money came is its other half: asked, for there are two, and once. */
const rivals = [
  line(1, '2026-05-29', -5000, 'Transfer to account B 87654321', 'transfer'),
  line(1, '2026-06-02', -5000, 'Transfer to account B 87654321', 'transfer'),
  line(2, '2026-06-02', 5000, 'Transfer from account A 12345678', 'transfer'),
]

/** Its other half is told by both files: one line, once it is merged. */
const saved = line(1, '2026-06-10', -60_000, 'Transfer to account C 55556666', 'transfer')
const arrived = line(3, '2026-06-12', 60_000, 'Transfer from account A 12345678', 'transfer')
const arrivedToo = line(3, '2026-06-12', 60_000, 'TRANSFER FROM ACCOUNT A 12345678', 'transfer')

const stored = [...told, coffee, arrived]
const shouted = told.map(({ account, on, minor, payee }): Line => ({ account, on, minor, payee: payee.toUpperCase() }))
const added = [...shouted, ...moved, ...returned, ...coffees, ...rivals, saved, arrivedToo]

let temporary: TemporaryVault
beforeAll(async () => {
  temporary = await createTemporaryVault()
  const { driver } = temporary.vault
  seedVault(temporary.vault, { baseCurrency: EUR })
  driver.exec(`insert into accounts (id, name, kind, currency, number, created_at) values
    (1, 'A', 'checking', 'EUR', '12345678', 0), (2, 'B', 'savings', 'EUR', '87654321', 0),
    (3, 'C', 'savings', 'EUR', '55556666', 0)`)
  addRun('csv', stored)
})
afterAll(() => temporary.close())

function addRun(importer: string, lines: readonly Line[]): number {
  const { driver } = temporary.vault
  const run = driver
    .prepare(
      `insert into import_runs
        (started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates, skipped, failed, replaced)
       values (0, '', '', 0, ?, 0, 0, 0, 0, 0)`,
    )
    .run(importer)
  const runId = Number(run.lastInsertRowid)
  for (const [at, { account, on, minor, payee, kind }] of lines.entries()) {
    driver
      .prepare(
        `insert into transactions (account_id, booked_on, amount_minor, kind, payee, raw_payee, import_run_id, fingerprint)
         values (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(account, on, minor, kind ?? 'payment', payee, payee, runId, Buffer.from(`${runId} ${at}`))
  }
  return runId
}

/** What a commit finds, looking at so many lines at once; taken back afterwards. */
async function committed(atOnce: number): Promise<{ counts: MatchCounts; keptTwice: number; asked: unknown[] }> {
  const { vault } = temporary
  vault.driver.exec('begin immediate')
  try {
    const runId = addRun('ofx', added)
    const clock = { now: () => 0, today: () => parseIsoDate('2026-07-01') }
    const recorder = beginChange(vault, clock, { label: 'import.commit', importRunId: runId })
    const kept: number[] = []
    const counts = await matchRun({
      vault,
      job: standJob(),
      recorder,
      runId,
      importer: 'ofx',
      accounts: [1, 2, 3].map((id) => ({
        id,
        imported: added.filter(({ account }) => account === id).length,
        wasEmpty: id === 2,
        period: PERIOD,
      })),
      onMerged: (merges) => void kept.push(...merges.map(({ keptId }) => keptId)),
      atOnce,
    })
    const asked = vault.driver
      .prepare(
        `select m.kind, a.booked_on as left_on, b.booked_on as came_on, abs(a.amount_minor) as minor
         from matches m join transactions a on a.id = first_transaction_id join transactions b on b.id = second_transaction_id
         where m.status = 'proposed' order by 2`,
      )
      .all()
    return { counts, keptTwice: kept.length - new Set(kept).size, asked }
  } finally {
    vault.driver.exec('rollback')
  }
}

function stateOf(target: TargetAccount): StatementState {
  const { from, to } = PERIOD
  const nothing = { opening: null, closing: null, available: null, limit: null, identity: null, occurrences: null }
  return {
    ...nothing,
    number: target.id ?? 0,
    importer: 'ofx',
    account: {},
    statedCurrency: EUR,
    currency: EUR,
    target,
    why: null,
    chain: new BalanceChain(),
    days: [],
    from,
    to,
    firstBookedOn: from,
    lastBookedOn: to,
    bookedMinor: 0,
    bookedRows: 0,
    transactions: 0,
    positions: 0,
    counts: noCounts(),
  }
}

/** What a preview says of the same lines. */
async function previewed(bounds: { mostRows: number; atOnce: number }, breaths = Infinity) {
  const directory = new AccountDirectory(temporary.vault)
  const states = [1, 2, 3].map((accountId) => {
    const origin = { importer: 'ofx', fileName: '', layout: null }
    const { target } = directory.resolve({}, EUR, origin, { type: 'existing', accountId }, () => undefined)
    return stateOf(target)
  })
  const preview = new PreviewMatches(temporary.vault, bounds)
  const fresh = preview.gather()
  for (const [record, { account, on, minor, payee, kind = 'payment' }] of added.entries()) {
    const state = states[account - 1]
    if (state?.target == null) throw new Error('no such account')
    const transaction = { date: on, amount: decimalFromMinor(minor, EUR), kind, payee } as const
    const fingerprint = Buffer.from(`preview ${record}`)
    fresh.add({
      state,
      target: state.target,
      record,
      transaction,
      side: null,
      amountMinor: minor,
      fingerprint,
      ordinal: 0,
    })
  }
  const result: FileResult = {
    importer: 'ofx',
    statements: states,
    counts: noCounts(),
    findings: new FindingList(),
    layout: null,
    rates: 0,
    prices: 0,
    creditReports: 0,
    occurrences: new Map(),
  }
  const file = { result, fresh, claimed: new Set<number>(), repeated: new Set<string>() }
  return preview.look(file, standJob(breaths))
}

// 24 purchases and an arrival are known, two transfers and the refund are found; the coffee of the same day may be the stored one, and
// of the two rivals the nearer one may be the transfer
const EXPECTED = { merged: 25, linked: 3, toReview: 2 }

const ASKED = [
  { kind: 'duplicate', left_on: '2026-04-01', came_on: '2026-04-01', minor: 350 },
  { kind: 'transfer', left_on: '2026-06-02', came_on: '2026-06-02', minor: 5000 },
]

describe('a file that is looked at in parts', () => {
  it.each([1000, 7, 1])('finds the same when it is imported, %d lines at once', async (atOnce) => {
    const { counts, keptTwice, asked } = await committed(atOnce)
    expect(keptTwice).toBe(0)
    expect(counts).toEqual(EXPECTED)
    expect(asked).toEqual(ASKED)
  })

  it.each([1000, 7, 1])('finds the same in a preview, %d lines at once', async (atOnce) => {
    const { matches, merged } = await previewed({ mostRows: 1000, atOnce })
    expect(matches).toMatchObject(EXPECTED)
    expect(merged.length).toBe(EXPECTED.merged)
  })

  it('of more rows than a preview looks at says that it did not look', async () => {
    expect(await previewed({ mostRows: added.length, atOnce: 1000 })).toMatchObject({ matches: EXPECTED })
    expect(await previewed({ mostRows: added.length - 1, atOnce: 1000 })).toEqual({ matches: null, merged: [] })
  })

  it('can be cancelled between its parts', async () => {
    await expect(previewed({ mostRows: 1000, atOnce: 7 }, 2)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
