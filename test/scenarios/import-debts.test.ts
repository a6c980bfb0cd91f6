import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportRun } from '../../shared/model/importing.ts'
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

async function imported(content: LedgerFile): Promise<{ run: ImportRun | undefined; balance: number }> {
  const [run] = await stand.commit(stand.add(ledgerBytes(content)))
  const sql =
    'select a.opening_minor + b.change_minor from accounts a join account_balances b on b.account_id = a.id limit 1'
  return { run, balance: temporary.vault.driver.prepare<[], number>(sql).pluck().get() ?? 0 }
}

const codes = (run: ImportRun | undefined): string[] => (run?.findings ?? []).map(({ code }) => code)
const card = [{ number: '4000', kind: 'credit-card', currency: 'CAD' }] as const
const bought = { date: '2026-10-05', amount: '-100', payee: 'Shop' }

describe('a balance on a card that is printed without a sign', () => {
  it('is owed, and it is told', async () => {
    const { run, balance } = await imported({ accounts: card, lines: [bought], closing: ['904.53', '2026-10-31'] })
    expect(balance).toBe(-90_453)
    expect(codes(run)).toContain('ambiguous-sign')
  })

  it('stays owed with the next statement: 904.53 and 50 more are 954.53', async () => {
    await imported({ accounts: card, lines: [bought], closing: ['904.53', '2026-10-31'] })
    const { run, balance } = await imported({
      accounts: card,
      lines: [{ date: '2026-11-02', amount: '-50', payee: 'Café' }],
      closing: ['954.53', '2026-11-30'],
    })
    expect(balance).toBe(-95_453)
    expect(codes(run)).not.toContain('balance-mismatch')
  })

  it('is in favour where the statement’s own opening and rows say so: 30 and a refund of 20 are 50', async () => {
    const { balance, run } = await imported({
      accounts: card,
      lines: [{ date: '2026-10-05', amount: '20', payee: 'Refund' }],
      opening: ['30', '2026-10-01'],
      closing: ['50', '2026-10-31'],
    })
    expect(balance).toBe(5000)
    expect(codes(run)).not.toContain('ambiguous-sign')
  })

  it('is what it says on an account that is no debt, and where it has a sign', async () => {
    const signed = await imported({ accounts: card, lines: [bought], closing: ['-904.53', '2026-10-31'] })
    expect(signed.balance).toBe(-90_453)
    expect(codes(signed.run)).not.toContain('ambiguous-sign')
  })
})

it('an import of amounts that no sum could hold is refused whole', async () => {
  // 19 rows of 90,071,992,547,409.91 are more than 2^53 minor units together
  const lines = Array.from({ length: 19 }, (_, index) => ({
    date: `2026-10-${String(index + 1).padStart(2, '0')}`,
    amount: '90071992547409.91',
  }))
  await expect(imported({ lines })).rejects.toThrow('larger than can be counted')
  expect(temporary.vault.driver.prepare('select count(*) from transactions').pluck().get()).toBe(0)
  expect(temporary.vault.driver.prepare('select count(*) from accounts').pluck().get()).toBe(0)
})
