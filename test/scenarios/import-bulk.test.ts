import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { BulkFigures } from '../../electron/core/importing/committing/bulk-figures.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { addDays, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { ImportStand, standJob } from '../support/import-stand.ts'
import { type LedgerLine, ledgerBytes } from '../support/ledger-importer.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const ACCOUNTS = [
  { number: '11111111', currency: 'EUR' },
  { number: '22222222', currency: 'EUR' },
]

/** Rows over two accounts and four months, with repeats of one meaning and both signs. */
function linesOf(count: number, from = 0): LedgerLine[] {
  return Array.from({ length: count }, (_, index) => ({
    statement: (from + index) % 2,
    date: addDays(parseIsoDate('2026-01-15'), (from + index) % 100),
    amount: String(((from + index) % 37) - 11),
    payee: `Payee ${(from + index) % 5}`,
  }))
}

/** Some rows have a reference, some a memo, some another account. */
function mixed(line: LedgerLine, index: number): LedgerLine {
  return {
    ...line,
    ...(index % 3 === 0 ? { reference: `REF${String(index).padStart(8, '0')}` } : {}),
    ...(index % 5 === 0 ? { memo: `Memo ${index}` } : {}),
    ...(index % 7 === 0 ? { transferAccount: 'Elsewhere' } : {}),
  }
}

const triggers = (): unknown[] =>
  temporary.vault.driver.prepare(`select name, sql from sqlite_schema where type = 'trigger' order by name`).all()

async function faults(): Promise<string[]> {
  const findings = await verifyVault(temporary.vault)
  return findings.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`)
}

describe('many rows at once', () => {
  it('leave the same figures and triggers as rows that come one by one', async () => {
    const before = triggers()
    const [run] = await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: linesOf(1500) })))
    expect(run?.imported).toBe(1500)
    expect(await faults()).toEqual([])
    expect(triggers()).toEqual(before)
    // the trigger counts what is written after that
    temporary.vault.driver.exec(
      `insert into transactions (account_id, booked_on, amount_minor, kind) values (1, '2026-01-20', 5, 'payment')`,
    )
    expect(await faults()).toEqual([])
  })

  it('keep the order of the file and all that each row has, whatever others have', async () => {
    const lines = linesOf(700).map(mixed)
    const pending = { date: '2026-01-15', amount: '-3', payee: 'Shop', status: 'pending' as const }
    await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: [...lines, pending] })))
    const rows = temporary.vault.driver
      .prepare<[], { record: number; reference: string | null; memo: string; source: string | null; status: string }>(
        `select source_record as record, reference, memo, source_category as source, status from transactions order by id`,
      )
      .all()
    expect(rows).toEqual(
      [...lines, pending].map(({ reference, memo, transferAccount, status }: LedgerLine, index) => ({
        record: index + 2,
        reference: reference ?? null,
        memo: memo ?? '',
        source: transferAccount === undefined ? null : '[Elsewhere]',
        status: status ?? 'booked',
      })),
    )
    expect(await faults()).toEqual([])
    // numbers go on where they ended
    temporary.vault.driver.exec(
      `insert into transactions (account_id, booked_on, amount_minor, kind) values (1, '2026-01-20', 5, 'payment')`,
    )
    expect(temporary.vault.driver.prepare('select max(id) from transactions').pluck().get()).toBe(702)
  })

  it('are counted right where some are known, some replace pending lines, and several files follow each other', async () => {
    const pending: LedgerLine[] = [
      { date: '2026-01-10', amount: '-777', payee: 'Hotel', status: 'pending' },
      { date: '2026-03-10', amount: '-888', payee: 'Railway', status: 'pending' },
    ]
    await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: [...pending, ...linesOf(300)] })))
    const booked: LedgerLine[] = [
      { date: '2026-02-01', amount: '-12', payee: 'Kiosk' },
      { date: '2026-01-12', amount: '-777', payee: 'Hotel' },
    ]
    const railway: LedgerLine = { date: '2026-03-10', amount: '-888', payee: 'Railway' }
    const first = { accounts: ACCOUNTS, lines: [...linesOf(1200), ...booked], closing: ['5000', '2026-05-30'] as const }
    const second = { accounts: ACCOUNTS, lines: [...linesOf(2000), railway] }
    const runs = await stand.commit(stand.add(ledgerBytes(first)), stand.add(ledgerBytes(second)))
    expect(runs.map(({ imported, duplicates, replaced }) => [imported, duplicates, replaced])).toEqual([
      [901, 300, 1],
      [800, 1200, 1],
    ])
    expect(await faults()).toEqual([])
  })

  it('leave a record of each that was known, in the order of the file, whatever order that is', async () => {
    await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: linesOf(600) })))
    // new and known rows in turn, the newest first
    const known = linesOf(600).toReversed()
    const lines = linesOf(600, 600).flatMap((line, index) => [line, known[index] ?? line])
    const [run] = await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines }), 'again.ledger'))
    expect([run?.imported, run?.duplicates]).toEqual([600, 600])
    const records = temporary.vault.driver
      .prepare<[], { record: number; outcome: string; day: string; payee: string }>(
        `select record, outcome, booked_on as day, payee from import_records r join transactions on id = r.transaction_id
         where r.import_run_id = 2 order by r.rowid`,
      )
      .all()
    expect(records).toEqual(
      // a record is a line of the file, whose first one names the accounts
      known.map(({ date, payee }, index) => ({ record: 2 * index + 3, outcome: 'duplicate', day: date, payee })),
    )
    expect(await faults()).toEqual([])
  })

  it('are undone and done again with their figures', async () => {
    await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: linesOf(20) })))
    const before = dumpUserTables(temporary.vault)
    await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: linesOf(1300) })))
    const after = dumpUserTables(temporary.vault)
    undoChange(temporary.vault, stand.context.clock)
    expect(dumpUserTables(temporary.vault)).toBe(before)
    expect(await faults()).toEqual([])
    redoChange(temporary.vault)
    expect(dumpUserTables(temporary.vault)).toBe(after)
    expect(await faults()).toEqual([])
  })

  it.each([
    ['a file that breaks', { breaks: true }, Infinity],
    ['a cancellation', {}, 1],
  ])('leave no trace after %s', async (_name, more, breaths) => {
    await stand.commit(stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: linesOf(20) })))
    const before = [dumpUserTables(temporary.vault), JSON.stringify(triggers())]
    stand.job = standJob(breaths)
    const choice = stand.add(ledgerBytes({ accounts: ACCOUNTS, lines: linesOf(5000), ...more }))
    await expect(stand.commit(choice)).rejects.toThrow(/cancel|breaks off|ends in the middle/i)
    expect([dumpUserTables(temporary.vault), JSON.stringify(triggers())]).toEqual(before)
    expect(await faults()).toEqual([])
  })

  it('any rows, from any row on, give the figures of the trigger', async () => {
    const { driver } = temporary.vault
    driver.exec(`insert into accounts (id, name, kind, currency, created_at) values
      (1, 'a', 'checking', 'EUR', 0), (2, 'b', 'checking', 'EUR', 0)`)
    const row = fc.record({
      account: fc.constantFrom(1, 2),
      day: fc.constantFrom('2026-01-31', '2026-02-01', '2026-02-28', '2025-12-31'),
      // sums beyond 2^53 on the way, which the engine adds exactly
      amount: fc.oneof(fc.integer(), fc.constantFrom(2 ** 53 - 1, 1 - 2 ** 53, 0)),
    })
    const insert = driver.prepare(
      `insert into transactions (account_id, booked_on, amount_minor, kind) values (?, ?, ?, 'payment')`,
    )
    const figures = (): string =>
      JSON.stringify(
        ['account_balances', 'account_months'].map((table) =>
          driver.prepare(`select * from ${table}`).safeIntegers().raw().all().map(String),
        ),
      )
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.nat(10), (rows, byTrigger) => {
        const counted = (bulk: BulkFigures | null): string => {
          driver.exec('begin immediate')
          for (const { account, day, amount } of rows) {
            bulk?.expect(1)
            insert.run(account, day, amount)
            bulk?.inserted(account, day, amount)
          }
          bulk?.finish()
          const found = figures()
          driver.exec('rollback')
          return found
        }
        expect(counted(new BulkFigures(temporary.vault, byTrigger))).toBe(counted(null))
      }),
      { numRuns: 60 },
    )
  })
})
