import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { dumpUserTables } from './dump.ts'
import { beginChange, recordChange, type Recorder } from './record.ts'
import { loadHistory, redoChange, undoChange } from './undo.ts'
import { undoImport } from './undo-import.ts'

const clock = { today: () => parseIsoDate('2026-11-23'), now: () => 1_795_000_000_000 }
let temporary: TemporaryVault

beforeEach(async () => {
  temporary = await createTemporaryVault()
})
afterEach(async () => {
  await temporary.close()
})

const account = (name: string) => ({ name, kind: 'checking', currency: 'CNY', created_at: 1 })
const row = (accountId: number, day: number, amount: number) => ({
  account_id: accountId,
  booked_on: `2026-01-${String((Math.abs(day) % 28) + 1).padStart(2, '0')}`,
  value_on: null,
  booked_time: null,
  amount_minor: amount,
  kind: 'payment',
  reference: null,
  check_number: null,
  counterparty: null,
  category_id: null,
  source_category: null,
  merchant_category: null,
  original_minor: null,
  original_currency: null,
  original_rate: null,
  import_run_id: null,
  source_record: null,
  fingerprint: null,
})
/** An import as the committing code does it: rows by plain statements, the rest through the recorder. */
function importRows(
  name: string,
  accountName: string,
  amounts: readonly number[],
): { runId: number; accountId: number } {
  const { vault } = temporary
  return vault.driver
    .transaction(() => {
      const runId = Number(
        vault.driver
          .prepare(
            `insert into import_runs (started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates,
             skipped, failed, replaced) values (1, ?, ?, 1, 'test', ?, 0, 0, 0, 0)`,
          )
          .run(name, name, amounts.length).lastInsertRowid,
      )
      const recorder = beginChange(vault, clock, { label: 'import.commit', facts: { file: name }, importRunId: runId })
      const found = vault.driver.prepare('select id from accounts where name = ?').pluck().get(accountName)
      const accountId = typeof found === 'number' ? found : recorder.insert('accounts', account(accountName))
      if (typeof found === 'number') recorder.update('accounts', [accountId], { opening_minor: 500 })
      const insert = vault.driver.prepare(
        `insert into transactions (account_id, booked_on, amount_minor, kind, import_run_id, fingerprint, ordinal)
         values (?, ?, ?, 'payment', ?, ?, ?)`,
      )
      amounts.forEach((amount, index) => {
        const result = insert.run(accountId, '2026-02-03', amount, runId, Buffer.from(`${name}${index}`), index)
        vault.driver
          .prepare('insert into splits (transaction_id, position, amount_minor) values (?, 0, ?)')
          .run(result.lastInsertRowid, amount)
      })
      vault.driver
        .prepare('insert into import_run_accounts (import_run_id, account_id, imported) values (?, ?, ?)')
        .run(runId, accountId, amounts.length)
      return { runId, accountId }
    })
    .immediate()
}

type Step = { kind: number; a: number; b: number }

/** One change of a random kind on whatever is there. */
function perform(step: Step, count: number): void {
  const { vault } = temporary
  const ids = (table: string): number[] =>
    vault.driver.prepare(`select id from ${table} order by id`).pluck().all() as number[]
  const pick = (table: string): number | undefined => {
    const list = ids(table)
    return list.length === 0 ? undefined : list[step.a % list.length]
  }
  if (step.kind === 9) {
    importRows(`file-${count}`, `import ${step.a % 2}`, [step.b, -step.a, step.b])
    return
  }
  recordChange(vault, clock, { label: 'test' }, (recorder: Recorder) => {
    const target = pick('accounts')
    const transaction = pick('transactions')
    const category = pick('categories')
    switch (step.kind) {
      case 0:
        recorder.insert('accounts', account(`account ${count}`))
        break
      case 1:
        if (target !== undefined)
          recorder.insert('transactions', { ...row(target, step.b, step.b), fingerprint: Buffer.from([step.a, count]) })
        break
      case 2:
        if (transaction !== undefined)
          recorder.update('transactions', [transaction], { amount_minor: step.b, payee: `p${step.a}` })
        break
      case 3:
        if (transaction !== undefined) recorder.delete('transactions', [transaction])
        break
      case 4:
        if (target !== undefined) {
          recorder.deleteWhere('transactions', { sql: 'account_id = ?', parameters: [target] })
          recorder.delete('accounts', [target])
        }
        break
      case 5:
        recorder.insert('categories', {
          kind: 'expense',
          name_zh: '',
          name_en: `c${count}`,
          key: null,
          parent_id: null,
          icon: null,
        })
        break
      case 6:
        if (category !== undefined) {
          recorder.updateWhere(
            'transactions',
            { sql: 'amount_minor >= ?', parameters: [step.b] },
            { category_id: category },
          )
        }
        break
      case 7:
        if (category !== undefined) recorder.delete('categories', [category])
        break
      default:
        if (transaction !== undefined) {
          recorder.put('tags', [1], { id: 1, name: `tag ${step.b}` })
          recorder.put('transaction_tags', [transaction, 1], { transaction_id: transaction, tag_id: 1 })
        }
    }
  })
}

describe('undo and redo', () => {
  it('any sequence of changes undone is the vault before, and redone the vault after, rows and maintained figures alike', () => {
    const stepArbitrary = fc.record({
      kind: fc.integer({ min: 0, max: 9 }),
      a: fc.nat(50),
      b: fc.integer({ min: -90, max: 90 }),
    })
    fc.assert(
      fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 25 }), (steps) => {
        const { vault } = temporary
        while (loadHistory(vault).undo !== null) undoChange(vault, clock)
        const before = dumpUserTables(vault)
        perform({ kind: 0, a: 0, b: 0 }, -1)
        steps.forEach((step, index) => perform(step, index))
        const after = dumpUserTables(vault)
        while (loadHistory(vault).undo !== null) undoChange(vault, clock)
        expect(dumpUserTables(vault)).toBe(before)
        while (loadHistory(vault).redo !== null) redoChange(vault)
        expect(dumpUserTables(vault)).toBe(after)
        while (loadHistory(vault).undo !== null) undoChange(vault, clock)
        expect(dumpUserTables(vault)).toBe(before)
      }),
      { numRuns: 40 },
    )
  })

  it('a new change forgets what could have been redone', () => {
    const { vault } = temporary
    recordChange(vault, clock, { label: 'one' }, (recorder) => recorder.insert('accounts', account('a')))
    undoChange(vault, clock)
    expect(loadHistory(vault).redo?.label).toBe('one')
    recordChange(vault, clock, { label: 'two' }, (recorder) => recorder.insert('accounts', account('b')))
    expect(loadHistory(vault)).toMatchObject({ undo: { label: 'two' }, redo: null })
  })

  it('work that changes nothing leaves no change and keeps what can be redone', () => {
    const { vault } = temporary
    const id = recordChange(vault, clock, { label: 'one' }, (recorder) => recorder.insert('accounts', account('a')))
    recordChange(vault, clock, { label: 'same' }, (recorder) => recorder.update('accounts', [id], { name: 'a' }))
    recordChange(vault, clock, { label: 'none' }, (recorder) => recorder.delete('tags', [99]))
    expect(loadHistory(vault).undo?.label).toBe('one')
  })

  it('work that throws leaves nothing', () => {
    const { vault } = temporary
    const before = dumpUserTables(vault)
    expect(() =>
      recordChange(vault, clock, { label: 'half' }, (recorder) => {
        recorder.insert('accounts', account('a'))
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(dumpUserTables(vault)).toBe(before)
    expect(loadHistory(vault)).toEqual({ undo: null, redo: null })
  })

  it('refuses, changing nothing, where a row is no longer what the change left', () => {
    const { vault } = temporary
    const id = recordChange(vault, clock, { label: 'one' }, (recorder) => recorder.insert('accounts', account('a')))
    vault.driver.prepare('update accounts set name = ? where id = ?').run('other', id)
    const before = dumpUserTables(vault)
    expect(() => undoChange(vault, clock)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(dumpUserTables(vault)).toBe(before)
  })

  it('says so where there is nothing', () => {
    const { vault } = temporary
    expect(() => undoChange(vault, clock)).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }))
    expect(() => redoChange(vault)).toThrow(expect.objectContaining({ code: 'nothing-to-redo' }))
  })

  it('keeps the newest 500 changes and does not jump over those it has forgotten', () => {
    const { vault } = temporary
    const id = recordChange(vault, clock, { label: 'first' }, (recorder) => recorder.insert('accounts', account('a')))
    for (let index = 0; index < 505; index += 1) {
      recordChange(vault, clock, { label: `n${index}` }, (recorder) =>
        recorder.update('accounts', [id], { name: `n${index}` }),
      )
    }
    let undone = 0
    for (; loadHistory(vault).undo !== null; undone += 1) undoChange(vault, clock)
    expect(undone).toBe(500)
    // 506 changes were made, the last 500 taken back: the name is what the sixth left
    expect(vault.driver.prepare('select name from accounts').pluck().get()).toBe('n4')
  })
})

describe('undoing an import out of order', () => {
  it('takes its rows and their later edits, keeps what others brought, and is itself undone', () => {
    const { vault } = temporary
    const first = importRows('one', 'bank', [100, 200])
    const middle = dumpUserTables(vault)
    const second = importRows('two', 'bank', [300])
    const edited = vault.driver.prepare('select id from transactions where amount_minor = 200').pluck().get() as number
    recordChange(vault, clock, { label: 'transaction.update' }, (recorder) =>
      recorder.update('transactions', [edited], { notes: 'mine' }),
    )
    const all = dumpUserTables(vault)
    undoImport(vault, clock, first.runId)
    expect(vault.driver.prepare('select amount_minor from transactions').pluck().all()).toEqual([300])
    // the account stays, for the second run's row is in it
    expect(vault.driver.prepare('select count(*) from accounts').pluck().get()).toBe(1)
    expect(() => undoImport(vault, clock, first.runId)).toThrow(expect.objectContaining({ code: 'conflict' }))
    undoChange(vault, clock)
    expect(dumpUserTables(vault)).toBe(all)
    undoImport(vault, clock, second.runId)
    undoChange(vault, clock)
    expect(dumpUserTables(vault)).toBe(all)
    undoChange(vault, clock)
    undoChange(vault, clock)
    expect(dumpUserTables(vault)).toBe(middle)
    undoChange(vault, clock)
    expect(vault.driver.prepare('select count(*) from accounts').pluck().get()).toBe(0)
    expect(vault.driver.prepare('select count(*) from import_runs where undone_at is null').pluck().get()).toBe(0)
  })

  it('gives back the pending line that the import had booked, by either way of undoing', () => {
    const { vault } = temporary
    const accountId = recordChange(vault, clock, { label: 'a' }, (recorder) =>
      recorder.insert('accounts', account('a')),
    )
    const pending = recordChange(vault, clock, { label: 'p' }, (recorder) =>
      recorder.insert('transactions', { ...row(accountId, 1, -50), status: 'pending' }),
    )
    const before = dumpUserTables(vault)
    const { runId } = importRows('one', 'bank', [100])
    undoChange(vault, clock)
    redoChange(vault)
    undoChange(vault, clock)
    expect(dumpUserTables(vault)).toBe(before)
    const book = vault.driver.transaction(() => {
      const recorder = beginChange(vault, clock, { label: 'import.commit', importRunId: runId })
      recorder.update('transactions', [pending], { status: 'booked', amount_minor: -51, import_run_id: runId })
    })
    book.immediate()
    const booked = dumpUserTables(vault)
    undoChange(vault, clock)
    expect(dumpUserTables(vault)).toBe(before)
    redoChange(vault)
    expect(dumpUserTables(vault)).toBe(booked)
    undoImport(vault, clock, runId)
    expect(dumpUserTables(vault)).toBe(before)
  })

  it('removes the account that only this import used, and sets an opening balance back by what it had moved', () => {
    const { vault } = temporary
    const before = dumpUserTables(vault)
    const first = importRows('one', 'bank', [100])
    undoImport(vault, clock, first.runId)
    expect(dumpUserTables(vault)).toBe(before)
    undoChange(vault, clock)
    const second = importRows('two', 'bank', [5])
    recordChange(vault, clock, { label: 'account.update' }, (recorder) =>
      recorder.update('accounts', [first.accountId], { opening_minor: 740 }),
    )
    undoImport(vault, clock, second.runId)
    // the run moved it from 0 to 500, the user to 740: 740 − 500
    expect(vault.driver.prepare('select opening_minor from accounts').pluck().get()).toBe(240)
  })

  it.each(['accounts', 'tags', 'categories'] as const)(
    'leaves what the user made since, though it has the number of something in %s that the import had made',
    (table) => {
      const { vault } = temporary
      const make = {
        accounts: (recorder: Recorder, name: string) => recorder.insert('accounts', account(name)),
        tags: (recorder: Recorder, name: string) => recorder.insert('tags', { name }),
        categories: (recorder: Recorder, name: string) =>
          recorder.insert('categories', { kind: 'expense', name_zh: name, name_en: name }),
      }[table]
      const { runId } = importRows('one', 'bank', [100])
      const made = vault.driver
        .transaction(() => {
          const other = beginChange(vault, clock, { label: 'import.commit', importRunId: runId })
          return make(other, 'of the import')
        })
        .immediate()
      recordChange(vault, clock, { label: 'delete' }, (recorder) => recorder.delete(table, [made]))
      const mine = recordChange(vault, clock, { label: 'create' }, (recorder) => make(recorder, 'mine'))
      expect(mine).not.toBe(made)
      undoImport(vault, clock, runId)
      const names = vault.driver.prepare(`select * from ${table}`).all()
      expect(JSON.stringify(names)).toContain('mine')
    },
  )
})
