import { expect, it } from 'vitest'
import { fateOf, linesOf, readText } from './test-support.ts'

const table = (
  month: string,
): string => `"操作日(年)","操作日(月)","操作日(日)","操作時刻(時)","摘要","お支払金額","お預り金額","残高"
"2024","${month}","31","10","Vデビット　セブン","540","","99460"
"2024","01","25","09","振込　カ）テスト","","100000","100000"
`

it('year, month and day in three columns are one day', () => {
  const file = readText(table('01'))
  expect(linesOf(file)).toEqual(['2024-01-31 -540 Vデビット　セブン', '2024-01-25 100000 振込　カ）テスト'])
  expect(file.balances).toEqual({ opening: '0', closing: '99460' })
})

it('where three cells make no day, none is made of them', () => {
  expect(fateOf(new TextEncoder().encode(table('13')))).toBe('no-transactions-table')
})
