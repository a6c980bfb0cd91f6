import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { zipSync } from 'fflate'
import { makePdf, type PdfText } from '../../electron/core/importing/pdf/fixtures/make-pdf.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'

type Temporary = Awaited<ReturnType<typeof createTemporaryVault>>

const row = (y: number, cells: readonly (readonly [number, string])[]): PdfText[] =>
  cells.map(([x, text]) => ({ x, y, text, size: 9, font: 'mono' }))

/** In a font whose letters are 5.4 points wide at 9 points, sums end at 400 and 500. */
const sum = (right: number, text: string): [number, string] => [right - text.length * 5.4, text]

const pageOf = (month: string): PdfText[] => [
  ...row(800, [[50, 'Example Savings Bank']]),
  ...row(785, [[50, 'Account number: 11223344']]),
  ...row(770, [[50, `Statement period 01/${month}/2024 to 30/${month}/2024`]]),
  ...row(740, [[50, 'Date'], [130, 'Details'], sum(400, 'Amount EUR'), sum(500, 'Balance')]),
  ...row(726, [[130, 'Balance brought forward'], sum(500, '1,000.00')]),
  ...row(712, [[50, `04/${month}`], [130, 'Rent March'], sum(400, '-700.00'), sum(500, '300.00')]),
  ...row(702, [[130, 'Flat 7, 12 North Road']]),
  ...row(688, [[50, `05/${month}`], [130, 'Salary'], sum(400, '2,500.00'), sum(500, '2,800.00')]),
  ...row(674, [[50, `06/${month}`], [130, 'Grocer'], sum(400, '-34.20'), sum(500, '2,765.80')]),
  ...row(660, [[130, 'Closing balance'], sum(500, '2,765.80')]),
]

const page = pageOf('03')

let temporary: Temporary
let stand: ImportStand
beforeEach(async () => {
  temporary = await createTemporaryVault()
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const rows = (): unknown[] =>
  temporary.vault.driver
    .prepare('select booked_on, amount_minor, payee from transactions order by booked_on, amount_minor')
    .all()

describe('a PDF statement', () => {
  it('is previewed with its layout, committed as previewed, and known the second time', async () => {
    const choice = stand.add(makePdf([page]), 'march.pdf')
    const [preview] = await stand.preview(choice)
    expect(preview).toMatchObject({
      status: 'ready',
      importer: 'pdf',
      counts: { new: 3, duplicate: 0, skipped: 2, failed: 0 },
      layout: { columns: ['Date', 'Details', 'Amount EUR', 'Balance'] },
      statements: [
        {
          found: { maskedNumber: '··3344' },
          currency: 'EUR',
          from: '2024-03-01',
          to: '2024-03-30',
          opening: '1000',
          closing: '2765.8',
        },
      ],
    })
    const [run] = await stand.commit({
      ...choice,
      ...(preview?.sha256 === undefined ? {} : { sha256: preview.sha256 }),
    })
    expect(run).toMatchObject({ imported: 3, duplicates: 0, skipped: 2, failed: 0 })
    expect(rows()).toEqual([
      { booked_on: '2024-03-04', amount_minor: -70_000, payee: 'Rent March Flat 7, 12 North Road' },
      { booked_on: '2024-03-05', amount_minor: 250_000, payee: 'Salary' },
      { booked_on: '2024-03-06', amount_minor: -3420, payee: 'Grocer' },
    ])
    const [again] = await stand.preview(choice)
    expect(again).toMatchObject({ status: 'known', counts: { new: 0, duplicate: 3 } })
  })

  it('that is locked asks for its password, says when it is wrong, and opens with it', async () => {
    const choice = stand.add(makePdf([page], { password: '0815' }), 'locked.pdf')
    const [asked] = await stand.preview(choice)
    expect(asked).toMatchObject({ status: 'refused', reason: { code: 'password-protected', values: {} } })
    const [wrong] = await stand.preview({ ...choice, password: '4711' })
    expect(wrong).toMatchObject({ status: 'refused', reason: { code: 'password-protected', values: { wrong: 1 } } })
    const [open] = await stand.preview({ ...choice, password: '0815' })
    expect(open).toMatchObject({ status: 'ready', counts: { new: 3 } })
    await expect(stand.commit(choice)).rejects.toMatchObject({ code: 'password-needed' })
    expect(rows()).toEqual([])
    const [run] = await stand.commit({ ...choice, password: '0815' })
    expect(run).toMatchObject({ imported: 3 })
  })

  it('that was scanned is refused with the reason, its neighbours in the archive are read', async () => {
    const scan = makePdf([[]], { imageOnly: true })
    const choice = stand.add(zipSync({ 'scan.pdf': scan, 'march.pdf': makePdf([page]) }), 'statements.zip')
    const previews = await stand.preview(choice)
    expect(previews.map(({ name, status, reason }) => [name, status, reason?.code])).toEqual([
      ['scan.pdf', 'refused', 'scanned-document'],
      ['march.pdf', 'ready', undefined],
    ])
  })

  it('is read by columns that the user corrects once, and the next one of its kind too', async () => {
    const march = stand.add(makePdf([page]), 'march.pdf')
    const [preview] = await stand.preview(march)
    const layout = preview?.layout?.layout
    if (layout === undefined) throw new Error('no layout')
    // the details become the memo instead of the payee
    const corrected = {
      ...layout,
      columns: layout.columns.map((column) => (column.index === 1 ? { index: 1, role: 'memo' as const } : column)),
    }
    await stand.commit({ ...march, layout: corrected })
    const [next] = await stand.preview(stand.add(makePdf([pageOf('04')]), 'april.pdf'))
    expect(next?.layout).toMatchObject({ remembered: true, layout: { columns: corrected.columns } })
    expect(next?.firstRows.slice(0, 3).map(({ payee, memo }) => [payee, memo])).toEqual([
      ['', 'Rent March Flat 7, 12 North Road'],
      ['', 'Salary'],
      ['', 'Grocer'],
    ])
  })
})
