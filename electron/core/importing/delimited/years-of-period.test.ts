import { describe, expect, it } from 'vitest'
import { fateOf, readText } from './test-support.ts'

const statement = (period: string, days: readonly string[]): string =>
  `Nama : ,BUDI
Periode : ,${period}
Kode Mata Uang : ,IDR

Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo
'${days[0] ?? ''},TRSF E-BANKING DB RENT,'0000,"1,500,000.00",DB,"8,500,000.00"
'${days[1] ?? ''},KR OTOMATIS GAJI,'0998,"7,000,000.00",CR,"15,500,000.00"

Saldo Awal : ,"10,000,000.00"
Saldo Akhir : ,"15,500,000.00"
`

const daysOf = (text: string): string[] => readText(text).transactions.map(({ date }) => date)

describe('days without a year', () => {
  it('take it from the period above the table', () => {
    const file = readText(statement('01/01/2024 - 31/01/2024', ['05/01', '25/01']))
    expect(file.transactions.map(({ date, amount }) => `${date} ${amount}`)).toEqual([
      '2024-01-05 -1500000',
      '2024-01-25 7000000',
    ])
    expect(file.statements.map(({ currency }) => currency)).toEqual(['IDR'])
    expect(file.balances).toEqual({ opening: '10000000', closing: '15500000' })
  })

  it('of a period over the turn of the year belong to either', () => {
    expect(daysOf(statement('16/12/2023 - 15/01/2024', ['20/12', '05/01']))).toEqual(['2023-12-20', '2024-01-05'])
  })

  it('with the month first where only so they lie in the period', () => {
    expect(daysOf(statement('01/16/2024 - 02/15/2024', ['01/20', '02/05']))).toEqual(['2024-01-20', '2024-02-05'])
  })

  it.each([
    ['no period', 'Januari', ['05/01', '25/01']],
    ['a day outside of it', '01/01/2024 - 31/01/2024', ['05/01', '25/02']],
    ['a period of two years, in which the day is twice', '01/01/2022 - 31/12/2023', ['05/01', '25/01']],
  ])('%s: they are not guessed', (_, period, days) => {
    expect(fateOf(new TextEncoder().encode(statement(period, days)))).toBe('no-transactions-table')
  })
})
