import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { undoImport } from '../../electron/core/changes/undo-import.ts'
import type { FileChoice } from '../../shared/model/importing.ts'
import { ImportStand } from '../support/import-stand.ts'
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
const terms = (): unknown =>
  JSON.parse(String(temporary.vault.driver.prepare('select terms from accounts').pluck().get()))
const kinds = (): unknown[] => temporary.vault.driver.prepare('select kind from accounts order by id').pluck().all()

const card = { number: '4000123412341234', kind: 'credit-card', currency: 'EUR' } as const
const lines = [{ date: '2026-01-05', amount: '-20' }]

describe("a statement's credit limit", () => {
  it('becomes the limit of a card that has none, and goes with the import', async () => {
    await stand.commit(file({ accounts: [card], lines }))
    const before = dumpUserTables(temporary.vault)
    const [run] = await stand.commit(file({ accounts: [card], lines, limit: ['5000', '2026-01-31'] }))
    expect(terms()).toEqual({ card: { limitMinor: 500_000, statementDay: null, due: null } })
    const after = dumpUserTables(temporary.vault)
    undoChange(temporary.vault, stand.context.clock)
    expect(dumpUserTables(temporary.vault)).toBe(before)
    redoChange(temporary.vault)
    expect(dumpUserTables(temporary.vault)).toBe(after)
    undoImport(temporary.vault, stand.context.clock, run?.id ?? 0)
    expect(terms()).toEqual({})
  })

  it('never overrules what the user has said, and keeps the rest of it', async () => {
    await stand.commit(file({ accounts: [card], lines }))
    const set = (value: unknown): void =>
      void temporary.vault.driver.prepare('update accounts set terms = ?').run(JSON.stringify(value))
    set({ card: { limitMinor: 100, statementDay: 5, due: null } })
    await stand.commit(file({ accounts: [card], lines, limit: ['5000', '2026-01-31'] }))
    expect(terms()).toMatchObject({ card: { limitMinor: 100 } })
    set({ card: { limitMinor: null, statementDay: 5, due: null } })
    await stand.commit(file({ accounts: [card], lines, limit: ['6000', '2026-01-31'] }))
    expect(terms()).toMatchObject({ card: { limitMinor: 600_000, statementDay: 5 } })
  })

  it('is no term of an account that is no card', async () => {
    const checking = { number: '12345678', kind: 'checking', currency: 'EUR' } as const
    await stand.commit(file({ accounts: [checking], lines, limit: ['5000', '2026-01-31'] }))
    expect(terms()).toEqual({})
  })
})

describe('the kind of a new account', () => {
  it.each([
    ['Gold card', ['-100', '-120'], 'credit-card'],
    ['Gold card', ['0', '-20'], 'credit-card'],
    ['Gold card', ['100', '80'], 'checking'],
    ['Gold card', ['10', '-10'], 'checking'],
    ['Gold card', null, 'checking'],
    ['Rahmenkredit', ['-900', '-920'], 'loan'],
    ['Household', ['-100', '-120'], 'checking'],
    ['Debit card', ['-100', '-120'], 'checking'],
    ['建行龙卡', ['-100', '-120'], 'credit-card'],
  ] as const)('"%s" with balances %j is %s', async (name, balances, kind) => {
    const content: LedgerFile = {
      accounts: [{ name, currency: 'EUR' }],
      lines,
      ...(balances === null
        ? {}
        : { opening: [balances[0], '2026-01-01'] as const, closing: [balances[1], '2026-01-31'] as const }),
    }
    const choice = file(content)
    const [preview] = await stand.preview(choice)
    expect(preview?.statements[0]?.target).toMatchObject({ type: 'new', draft: { kind } })
    await stand.commit(choice)
    expect(kinds()).toEqual([kind])
    await stand.commit(file(content))
    expect(kinds()).toEqual([kind])
  })

  it('is what the file or the user says, whatever the balances', async () => {
    const owed = { opening: ['-100', '2026-01-01'], closing: ['-120', '2026-01-31'] } as const
    await stand.commit(file({ accounts: [{ name: 'My card', kind: 'cash', currency: 'EUR' }], lines, ...owed }))
    const choice = file({ accounts: [{ name: 'Other card', currency: 'EUR' }], lines, ...owed })
    const [preview] = await stand.preview(choice)
    const target = preview?.statements[0]?.target
    if (target?.type !== 'new') throw new Error('a new account was expected')
    const draft = { ...target.draft, kind: 'checking' }
    await stand.commit({ ...choice, targets: [{ statement: 0, target: { type: 'new', draft } }] })
    expect(kinds()).toEqual(['cash', 'checking'])
  })
})
