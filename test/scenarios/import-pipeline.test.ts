import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { loadHistory, redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { undoImport } from '../../electron/core/changes/undo-import.ts'
import type { FileChoice, ImportRun } from '../../shared/model/importing.ts'
import { ImportStand, standJob } from '../support/import-stand.ts'
import { type LedgerFile, ledgerBytes } from '../support/ledger-importer.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const file = (content: LedgerFile, name?: string): FileChoice => stand.add(ledgerBytes(content), name)

const countsOf = (run: ImportRun | undefined): number[] =>
  run === undefined ? [] : [run.imported, run.duplicates, run.skipped, run.failed, run.replaced]

interface BalanceRow {
  name: string
  balance: number
  opening: number
  opening_on: string | null
}

function balances(): BalanceRow[] {
  return temporary.vault.driver
    .prepare<[], BalanceRow>(
      `select a.name, a.opening_minor + b.change_minor as balance, a.opening_minor as opening, a.opening_on
       from accounts a join account_balances b on b.account_id = a.id order by a.id`,
    )
    .all()
}

/** All that is the user's. Which runs saw an account is a report, like the runs themselves. */
const dump = (of: TemporaryVault): string[] =>
  dumpUserTables(of.vault)
    .split('\n')
    .filter((line) => !line.startsWith('import_run_accounts'))

const rows = (): unknown[] =>
  temporary.vault.driver
    .prepare('select booked_on, amount_minor, payee, status from transactions order by account_id, booked_on, id')
    .all()

const january: LedgerFile = {
  lines: [
    { date: '2026-01-05', amount: '-12.5', payee: 'Bakery' },
    { date: '2026-01-05', amount: '-12.5', payee: 'Bakery' },
    { date: '2026-01-20', amount: '100', payee: 'Employer' },
  ],
  opening: ['50', '2026-01-01'],
  closing: ['125', '2026-01-31'],
}
const february: LedgerFile = {
  lines: [{ date: '2026-02-03', amount: '-25', payee: 'Rent' }],
  opening: ['125', '2026-02-01'],
  closing: ['100', '2026-02-28'],
}
const march: LedgerFile = {
  lines: [{ date: '2026-03-03', amount: '-40', payee: 'Rent' }],
  opening: ['100', '2026-03-01'],
  closing: ['60', '2026-03-31'],
}

describe('importing a statement', () => {
  it('accounts for every record: imported, duplicate, skipped, failed, replaced', async () => {
    const [first] = await stand.commit(file({ ...january, skipped: 2, failed: 1 }))
    expect(countsOf(first)).toEqual([3, 0, 2, 1, 0])
    const [again] = await stand.commit(
      file({ ...january, lines: [...january.lines, { date: '2026-01-21', amount: '1' }] }),
    )
    expect(countsOf(again)).toEqual([1, 3, 0, 0, 0])
    const kept = temporary.vault.driver
      .prepare('select outcome, count(*) as count from import_records group by outcome order by outcome')
      .all()
    expect(kept).toEqual([
      { outcome: 'duplicate', count: 3 },
      { outcome: 'failed', count: 1 },
      { outcome: 'skipped', count: 2 },
    ])
  })

  it('opens a new account at its closing balance less its transactions', async () => {
    const [run] = await stand.commit(file(january))
    // 125 − (−12.50 − 12.50 + 100) = 50
    expect(balances()).toEqual([{ name: 'Checking ··5678', balance: 12_500, opening: 5000, opening_on: '2026-01-05' }])
    expect(run?.findings).toEqual([])
  })

  it('keeps the balance right whatever the order in which months arrive', async () => {
    for (const order of [
      [january, february, march],
      [march, february, january],
      [march, january, february],
      [february, march, january],
    ]) {
      const own = await createTemporaryVault()
      const ownStand = new ImportStand(own.vault)
      for (const month of order) await ownStand.commit(ownStand.add(ledgerBytes(month)))
      const found = own.vault.driver
        .prepare(
          'select opening_minor + change_minor as balance, opening_minor as opening, opening_on from accounts join account_balances on account_id = id',
        )
        .all()
      expect(found).toEqual([{ balance: 6000, opening: 5000, opening_on: '2026-01-05' }])
      await own.close()
    }
  })

  it('tells of a missing statement between two and of one that does not add up, and imports both', async () => {
    await stand.commit(file(january))
    const [gap] = await stand.commit(file(march))
    expect(gap?.imported).toBe(1)
    expect(gap?.findings.map(({ code }) => code)).toEqual(['balance-gap', 'balance-mismatch'])
    const [wrong] = await stand.commit(
      file({ accounts: [{ number: '99999999', currency: 'EUR' }], ...january, closing: ['130', '2026-01-31'] }),
    )
    expect(wrong?.findings.map(({ code }) => code)).toContain('balance-mismatch')
  })

  it('previews what the commit then does, files of one batch considered in order', async () => {
    const files = [file(january), file({ ...january, closing: ['125', '2026-01-30'] }), file(february)]
    const previews = await stand.preview(...files)
    expect(previews.map(({ counts }) => [counts.new, counts.duplicate])).toEqual([
      [3, 0],
      [0, 3],
      [1, 0],
    ])
    expect(previews.map(({ statements }) => statements[0]?.target.type)).toEqual(['new', 'new', 'new'])
    const seen = files.map((choice, index) => Object.assign({ sha256: previews[index]?.sha256 ?? '' }, choice))
    const runs = await stand.commit(...seen)
    expect(runs.map((run) => [run.imported, run.duplicates])).toEqual([
      [3, 0],
      [0, 3],
      [1, 0],
    ])
    expect(balances()).toHaveLength(1)
    const [known] = await stand.preview(file(february))
    expect(known?.status).toBe('known')
    expect(known?.knownFrom?.runId).toBe(runs[2]?.id)
    expect(known?.statements[0]?.target).toMatchObject({ type: 'existing', why: 'remembered' })
  })

  it('finds the account by its number, whole or masked, and never by a number of another currency', async () => {
    const to = (number: string, currency: string, date: string, institution?: string): FileChoice =>
      file({
        accounts: [{ number, currency, ...(institution === undefined ? {} : { institution }) }],
        lines: [{ date, amount: '1' }],
      })
    await stand.commit(to('DE02 1203 0000 0000 2020 51', 'EUR', '2026-01-01', 'DKB'))
    await stand.commit(to('DE02120300000000202051', 'EUR', '2026-01-02'))
    await stand.commit(to('0000202051', 'EUR', '2026-01-03'))
    await stand.commit(to('****2051', 'EUR', '2026-01-04'))
    expect(balances()).toHaveLength(1)
    await stand.commit(to('****2051', 'EUR', '2026-01-05', 'Commerzbank'))
    expect(balances()).toHaveLength(2)
    await stand.commit(to('DE02 1203 0000 0000 2020 51', 'USD', '2026-01-06', 'DKB'))
    expect(balances()).toHaveLength(3)
  })

  it('goes where the user says, remembers it, and leaves out what the user leaves out', async () => {
    await stand.commit(file(january))
    const other = file({ accounts: [{ name: 'Depot', currency: 'EUR' }], lines: [...february.lines] })
    const target = { statement: 0, target: { type: 'existing' as const, accountId: 1 } }
    await stand.commit({ ...other, targets: [target] })
    expect(balances()).toHaveLength(1)
    const later = file({ accounts: [{ name: 'Depot', currency: 'EUR' }], lines: [...march.lines] })
    const [preview] = await stand.preview({ ...later, leaveOut: [2] })
    expect(preview?.statements[0]?.target).toEqual({ type: 'existing', accountId: 1, why: 'remembered' })
    expect(preview?.counts).toMatchObject({ new: 0, skipped: 1 })
    const [run] = await stand.commit({ ...later, targets: [{ statement: 0, target: { type: 'leave-out' } }] })
    expect(countsOf(run)).toEqual([0, 0, 1, 0, 0])
  })

  it('takes a renamed file of an account without name or number for what it is', async () => {
    const anonymous = (lines: LedgerFile['lines'], name: string): FileChoice =>
      file({ accounts: [{ currency: 'EUR' }], lines }, name)
    const more = [...january.lines, ...february.lines]
    await stand.commit(anonymous(january.lines, 'joint.ledger'))
    const [preview, other] = await stand.preview(
      anonymous(more, 'copy for taxes.ledger'),
      anonymous(march.lines, 'savings.ledger'),
    )
    expect(preview?.counts).toMatchObject({ new: 1, duplicate: 3 })
    // nothing in common with what the vault holds: another account, for all one can tell
    expect(other?.statements[0]?.target.type).toBe('new')
    const [run] = await stand.commit(anonymous(more, 'copy for taxes.ledger'))
    expect(countsOf(run)).toEqual([1, 3, 0, 0, 0])
    expect(balances()).toHaveLength(1)
  })

  it('refuses to put one currency into an account of another', async () => {
    await stand.commit(file(january))
    const dollars = file({
      accounts: [{ number: '777777', currency: 'USD' }],
      lines: [{ date: '2026-01-01', amount: '1' }],
    })
    const targets = [{ statement: 0, target: { type: 'existing' as const, accountId: 1 } }]
    await expect(stand.commit({ ...dollars, targets })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('takes the base currency where a file says none, and says so', async () => {
    const [run] = await stand.commit(
      file({ accounts: [{ name: 'Cash', currency: null }], lines: [{ date: '2026-01-01', amount: '1.005' }] }),
    )
    expect(run?.findings.map(({ code }) => code)).toEqual(['currency-unknown', 'rounded-amount'])
  })

  it('links the halves of a transfer that name each other', async () => {
    await stand.commit(
      file({
        accounts: [
          { name: 'Checking', currency: 'EUR' },
          { name: 'Savings', currency: 'EUR' },
        ],
        lines: [
          { statement: 0, date: '2026-01-01', amount: '-50', transferAccount: 'Savings' },
          { statement: 0, date: '2026-01-01', amount: '-70', transferAccount: 'Savings' },
          { statement: 1, date: '2026-01-01', amount: '50', transferAccount: 'Checking' },
        ],
      }),
    )
    const found = temporary.vault.driver
      .prepare(
        'select f.amount_minor as out, t.amount_minor as arrived from transfers join transactions f on f.id = from_transaction_id join transactions t on t.id = to_transaction_id',
      )
      .all()
    expect(found).toEqual([{ out: -5000, arrived: 5000 }])
  })
})

describe('an import that brings nothing', () => {
  it('is in the history of imports but is no step of undo', async () => {
    const [first] = await stand.commit(file(january))
    await stand.commit(file({ lines: january.lines.slice(0, 2) }))
    expect(loadHistory(temporary.vault).undo?.facts['runId']).toBe(first?.id)
  })
})

describe('pending lines', () => {
  const pending: LedgerFile = { lines: [{ date: '2026-01-10', amount: '-30', payee: 'SHELL 4471', status: 'pending' }] }
  const booked: LedgerFile = { lines: [{ date: '2026-01-12', amount: '-30', payee: 'Shell Deutschland' }] }

  it('are replaced by the booked line, keeping what the user made of them, and come back on undo', async () => {
    await stand.commit(file(pending))
    temporary.vault.driver.exec(`update transactions set notes = 'holiday'`)
    const before = dump(temporary)
    const [run] = await stand.commit(file(booked))
    expect(countsOf(run)).toEqual([0, 0, 0, 0, 1])
    expect(rows()).toEqual([
      { booked_on: '2026-01-12', amount_minor: -3000, payee: 'Shell Deutschland', status: 'booked' },
    ])
    const [again] = await stand.commit(file(pending), file(booked))
    expect(countsOf(again)).toEqual([0, 1, 0, 0, 0])
    if (run !== undefined) undoImport(temporary.vault, stand.context.clock, run.id)
    expect(dump(temporary)).toEqual(before)
  })

  it('are settled within one batch as the preview says, whichever file comes first', async () => {
    const previews = await stand.preview(file(pending), file(booked), file(pending))
    expect(previews.map(({ counts }) => [counts.new, counts.duplicate, counts.replaced])).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ])
    const [, settled] = await stand.preview(file(booked), file(pending))
    expect(settled?.counts).toMatchObject({ new: 0, duplicate: 1 })
    const runs = await stand.commit(file(pending), file(booked), file(pending))
    expect(runs.map((run) => [run.imported, run.duplicates, run.replaced])).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ])
  })

  it('stay when another purchase of the same amount is booked, and twins are settled one by one', async () => {
    await stand.commit(file(pending))
    const [other] = await stand.commit(file({ lines: [{ date: '2026-01-12', amount: '-30', payee: 'Cinema' }] }))
    expect(countsOf(other)).toEqual([1, 0, 0, 0, 0])
    const twins = file({ lines: [...booked.lines, ...booked.lines] })
    const [run] = await stand.commit(twins)
    expect(countsOf(run)).toEqual([1, 0, 0, 0, 1])
  })
})

describe('what can go wrong', () => {
  it('a refused file leaves the vault untouched, the other files of the batch with it', async () => {
    const before = dumpUserTables(temporary.vault)
    await expect(stand.commit(file(january), file({ ...february, breaks: true }))).rejects.toMatchObject({
      code: 'import-refused',
      values: { reason: 'truncated' },
    })
    expect(dumpUserTables(temporary.vault)).toBe(before)
    expect(temporary.vault.driver.inTransaction).toBe(false)
    const previews = await stand.preview(file({ ...february, breaks: true }), file(january))
    expect(previews.map(({ status }) => status)).toEqual(['refused', 'ready'])
  })

  it('a file that changed after its preview is refused', async () => {
    const choice = file(january)
    const [preview] = await stand.preview(choice)
    stand.overwrite(choice, ledgerBytes(february))
    await expect(stand.commit({ ...choice, sha256: preview?.sha256 ?? '' })).rejects.toMatchObject({
      code: 'import-refused',
      values: { reason: 'changed' },
    })
    expect(rows()).toEqual([])
  })

  it('a cancelled import leaves nothing', async () => {
    const before = dumpUserTables(temporary.vault)
    const many = Array.from({ length: 5000 }, (_, index) => ({ date: '2026-01-01', amount: String(index + 1) }))
    stand.job = standJob(1)
    await expect(stand.commit(file({ lines: many }))).rejects.toMatchObject({ code: 'cancelled' })
    expect(dumpUserTables(temporary.vault)).toBe(before)
    expect(temporary.vault.driver.inTransaction).toBe(false)
  })

  it.each([
    ['', 'empty-file'],
    ['\u0000\u0001\u0002\u0003'.repeat(50), 'binary'],
    ['%PDF-1.7\n%âãÏÓ', 'truncated'],
    ['<!DOCTYPE html><html><body>Please sign in</body></html>', 'wrong-kind'],
  ])('a file that is no statement is refused with its reason (%#)', async (text, code) => {
    const [preview] = await stand.preview(stand.add(Buffer.from(text, 'latin1'), 'x'))
    expect(preview).toMatchObject({ status: 'refused', reason: { code } })
    expect(preview?.reason?.message).not.toBe('')
  })
})

const DAYS = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04']
const lineArbitrary = fc.record({
  date: fc.constantFrom(...DAYS),
  amount: fc.constantFrom('-5', '-5.5', '20', '0.01'),
  payee: fc.constantFrom('Coffee', 'Tea', ''),
  // banks that give one id to several transactions, and banks that give none
  reference: fc.constantFrom('000000000', 'FIT20260101', 'A1', ''),
})
const linesArbitrary = fc.array(lineArbitrary, { maxLength: 14 })

/** What matters of an account's rows, whatever their ids and order. */
function essence(own: TemporaryVault): string[] {
  return own.vault.driver
    .prepare<[], { line: string }>(
      `select booked_on || ' ' || amount_minor || ' ' || payee || ' ' || coalesce(reference, '') as line from transactions order by line`,
    )
    .all()
    .map(({ line }) => line)
}

function figuresAreTrue(own: TemporaryVault): void {
  const wrong = own.vault.driver
    .prepare(
      `select a.id from accounts a join account_balances b on b.account_id = a.id
       where b.change_minor <> (select coalesce(sum(amount_minor), 0) from transactions where account_id = a.id)
         or b.transaction_count <> (select count(*) from transactions where account_id = a.id)
         or b.change_minor <> (select coalesce(sum(inflow_minor - outflow_minor), 0) from account_months where account_id = a.id)`,
    )
    .all()
  expect(wrong).toEqual([])
}

describe('laws', () => {
  it('importing a file twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(linesArbitrary, async (lines) => {
        const own = await createTemporaryVault()
        try {
          const ownStand = new ImportStand(own.vault)
          await ownStand.commit(ownStand.add(ledgerBytes({ lines })))
          const before = essence(own)
          expect(before).toHaveLength(lines.length)
          const [again] = await ownStand.commit(ownStand.add(ledgerBytes({ lines })))
          expect(again?.duplicates).toBe(lines.length)
          expect(essence(own)).toEqual(before)
          figuresAreTrue(own)
        } finally {
          await own.close()
        }
      }),
      { numRuns: 15 },
    )
  })

  it('overlapping parts of a statement, in any order, are the whole: no row is lost and none is doubled', async () => {
    const parts = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(linesArbitrary, parts, async (lines, ranges) => {
        const own = await createTemporaryVault()
        try {
          const ownStand = new ImportStand(own.vault)
          const covered = new Set<string>()
          for (const [left, right] of ranges) {
            const days = DAYS.slice(Math.min(left, right), Math.max(left, right) + 1)
            for (const day of days) covered.add(day)
            const part = lines.filter(({ date }) => days.includes(date))
            await ownStand.commit(ownStand.add(ledgerBytes({ lines: part })))
          }
          const expected = lines
            .filter(({ date }) => covered.has(date))
            .map(
              ({ date, amount, payee, reference }) =>
                `${date} ${Math.round(Number(amount) * 100)} ${payee} ${reference}`,
            )
            .toSorted()
          expect(essence(own).toSorted()).toEqual(expected)
        } finally {
          await own.close()
        }
      }),
      { numRuns: 15 },
    )
  })

  it('a preview of any batch, pending lines and all, says what its commit then does', async () => {
    const traits = {
      date: fc.constantFrom(...DAYS, '2026-01-20'),
      amount: fc.constantFrom('-5', '-5.5'),
      payee: fc.constantFrom('Coffee', 'Coffee House', 'Tea'),
      reference: fc.constantFrom('FIT20260101', '', '', ''),
    }
    const line = fc.oneof(fc.record(traits), fc.record({ ...traits, status: fc.constant('pending' as const) }))
    const batch = fc.array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 3 }), async (batches) => {
        const own = await createTemporaryVault()
        try {
          const ownStand = new ImportStand(own.vault)
          for (const files of batches) {
            const choices = files.map((lines) => ownStand.add(ledgerBytes({ lines })))
            const previews = await ownStand.preview(...choices)
            const runs = await ownStand.commit(...choices)
            expect(previews.map(({ counts }) => [counts.new, counts.duplicate, counts.replaced])).toEqual(
              runs.map((run) => [run.imported, run.duplicates, run.replaced]),
            )
            figuresAreTrue(own)
          }
        } finally {
          await own.close()
        }
      }),
      { numRuns: 40 },
    )
  })

  it('undoing an import restores every row, redoing brings it back, in and out of order', async () => {
    const statement = fc.record({
      lines: linesArbitrary,
      closing: fc.option(fc.constantFrom<[string, string]>(['10', '2026-01-04'], ['99', '2026-01-02']), {
        nil: undefined,
      }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 3 }), async (statements) => {
        const own = await createTemporaryVault()
        try {
          const ownStand = new ImportStand(own.vault)
          const states = [dump(own)]
          let newest = 0
          for (const { lines, closing } of statements) {
            const content = closing === undefined ? { lines } : { lines, closing }
            await ownStand.commit(ownStand.add(ledgerBytes(content)))
            figuresAreTrue(own)
            const change = loadHistory(own.vault).undo?.id ?? 0
            // a file that brought nothing is no step
            if (change !== newest) states.push(dump(own))
            expect(dump(own)).toEqual(states.at(-1))
            newest = change
          }
          for (const state of states.slice(0, -1).toReversed()) {
            undoChange(own.vault, ownStand.context.clock)
            expect(dump(own)).toEqual(state)
          }
          for (const state of states.slice(1)) {
            redoChange(own.vault)
            expect(dump(own)).toEqual(state)
          }
          figuresAreTrue(own)
        } finally {
          await own.close()
        }
      }),
      { numRuns: 12 },
    )
  })
})
