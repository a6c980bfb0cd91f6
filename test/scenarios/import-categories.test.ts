import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { transactionHandlers } from '../../electron/core/handlers/transaction-handlers.ts'
import { loadTransactions } from '../../electron/core/storage/repositories/transaction-repository.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import type { Transaction } from '../../shared/model/transaction.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('EUR') })
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

/** A wage that is partly saved: two parts, a transfer to Savings, and one to an account that the file does not hold. */
const household = `!Account
NGiro
TBank
^
!Type:Bank
D2026-01-31
T1900.00
PEmployer
SSalary
$2400.00
SWohnen:Miete
EJanuary
$-200.00
S[Savings]
$-250.00
S[Elsewhere]
$-50.00
^
D2026-02-01
T-30.00
PMarket
LGroceries
^
D2026-02-02
T-5.00
PKiosk
LOdds and ends
^
D2026-02-03
T-70.00
L[Savings]
^
!Account
NSavings
TBank
^
!Type:Bank
D2026-01-31
T250.00
L[Giro]
^
D2026-02-03
T70.00
L[Giro]
^
`
const import_ = async (): Promise<void> => {
  await stand.commit(stand.add(Buffer.from(household), 'home.qif'))
}

function rows(): Transaction[] {
  const ids = temporary.vault.driver.prepare<[], number>('select id from transactions order by id').pluck().all()
  return loadTransactions(temporary.vault, ids)
}

const nameOf = (categoryId: number | null): unknown =>
  temporary.vault.driver.prepare('select key from categories where id = ?').pluck().get(categoryId) ?? null

describe('categories of imported files', () => {
  it('are those of the vault where the text names one; the text is kept as it was', async () => {
    await import_()
    const told = rows().map(({ categoryId, sourceCategory }) => [nameOf(categoryId), sourceCategory])
    expect(told).toEqual([
      [null, null],
      ['groceries', 'Groceries'],
      [null, 'Odds and ends'],
      [null, '[Savings]'],
      [null, '[Giro]'],
      [null, '[Giro]'],
    ])
    expect(temporary.vault.driver.prepare('select count(*) from categories where key is null').pluck().get()).toBe(0)
  })

  it('of the parts of a split stay with the parts, and so do the accounts that parts went to', async () => {
    await import_()
    const [wage, , , , arrived] = rows()
    expect(
      wage?.splits.map(({ amountMinor, categoryId, memo, sourceCategory, transfer }) => [
        amountMinor,
        nameOf(categoryId),
        memo,
        sourceCategory,
        transfer,
      ]),
    ).toEqual([
      [240_000, 'wages', '', 'Salary', null],
      [-20_000, null, 'January', 'Wohnen:Miete', null],
      [-25_000, null, '', '[Savings]', { transactionId: arrived?.id, accountId: arrived?.accountId }],
      [-5000, null, '', '[Elsewhere]', null],
    ])
    // seen from the other side, it is a transfer from the split transaction
    expect(arrived?.transfer).toEqual({ transactionId: wage?.id, accountId: wage?.accountId })
  })

  it('whole transactions are linked as before, and all of it is undone and done again', async () => {
    const before = dumpUserTables(temporary.vault)
    await import_()
    const linked = temporary.vault.driver
      .prepare('select from_transaction_id as out, to_transaction_id as arrived from transfers')
      .all()
    expect(linked).toEqual([{ out: rows()[3]?.id, arrived: rows()[5]?.id }])
    const after = dumpUserTables(temporary.vault)
    undoChange(temporary.vault, stand.context.clock)
    expect(dumpUserTables(temporary.vault)).toBe(before)
    redoChange(temporary.vault)
    expect(dumpUserTables(temporary.vault)).toBe(after)
    const faults = (await verifyVault(temporary.vault)).filter(({ ok }) => !ok)
    expect(faults).toEqual([])
  })

  it('an edited part keeps what the file said of it; an unlinked one is a transfer no more', async () => {
    await import_()
    const [wage, , , , arrived] = rows()
    if (wage === undefined || arrived === undefined) throw new Error('the rows are not there')
    const parts = wage.splits.map(({ amountMinor, categoryId, memo }) => ({
      amountMinor,
      categoryId,
      memo: `${memo}!`,
    }))
    const edited = await transactionHandlers['transaction.setSplits']({ id: wage.id, splits: parts }, stand.context)
    expect(edited.splits.map(({ sourceCategory }) => sourceCategory)).toEqual([
      'Salary',
      'Wohnen:Miete',
      '[Savings]',
      '[Elsewhere]',
    ])
    expect(edited.splits[2]?.transfer?.transactionId).toBe(arrived.id)
    await transactionHandlers['transfer.unlink']({ transactionId: arrived.id }, stand.context)
    expect(rows()[0]?.splits.map(({ transfer }) => transfer)).toEqual([null, null, null, null])
    expect(rows()[4]?.transfer).toBeNull()
  })
})
