import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordOf } from '../../shared/domain/source-record.ts'
import { makeOds, type OdsCell } from '../../electron/core/importing/spreadsheet/fixtures/make-ods.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const row = (date: string, payee: string, amount: string): OdsCell[] => [
  { type: 'date', value: date },
  payee,
  { type: 'float', value: amount },
]
const header = ['Date', 'Description', 'Amount']
const broken: OdsCell[] = [{ type: 'date', value: '2024-02-06' }, 'Broken', 'twelve']

const book = makeOds([
  { name: 'January', rows: [header, row('2024-01-05', 'Coffee', '-3.5'), row('2024-01-08', 'Salary', '1250')] },
  {
    name: 'February',
    rows: [header, row('2024-02-05', 'Tea', '-2.25'), broken, row('2024-02-08', 'Salary', '1250')],
    rowAttributes: { 1: 'table:visibility="filter"' },
  },
])

const rows = (sql: string): unknown[] => temporary.vault.driver.prepare(sql).raw().all()

describe('a workbook of two sheets in a vault', () => {
  it('a record that is left out is that of its sheet alone; the damaged one is named by its own number', async () => {
    const choice = { ...stand.add(book, 'movements.ods'), leaveOut: [recordOf(1, 2)] }
    const runs = await stand.commit(choice)
    expect(runs).toMatchObject([{ imported: 3, duplicates: 0, failed: 1 }])
    // −3.50 + 1250.00 + 1250.00
    expect(rows('select count(*), sum(amount_minor) from transactions')).toEqual([[3, 249_650]])
    expect(rows(`select record from import_records where outcome = 'failed'`)).toEqual([[recordOf(1, 3)]])
  })

  it('brings nothing the second time, and tells of the hidden row in the preview', async () => {
    await stand.commit(stand.add(book, 'movements.ods'))
    const [preview] = await stand.preview(stand.add(book, 'movements.ods'))
    expect(preview?.counts).toMatchObject({ new: 0, duplicate: 4, skipped: 0, failed: 1 })
    expect(preview?.findings.map(({ code }) => code)).toContain('hidden-rows')
  })
})
