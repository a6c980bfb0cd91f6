import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { rowsAsText } from '../double-entry/test-support.ts'
import { inspectSource } from '../inspect.ts'
import { bytesSource, decodeHead } from '../text/decode.ts'
import { readWith, rejectionOf } from '../text/test-support.ts'
import { actualDatabaseImporter } from './actual-database-importer.ts'
import { makeBudget } from './fixtures/make-budget.ts'

const fates = (bytes: Uint8Array): readonly string[] =>
  readWith(actualDatabaseImporter, bytes).items.flatMap((item) => {
    if (item.type === 'transaction') return [`${item.record} transaction`]
    return item.type === 'failed' || item.type === 'skipped' ? [`${item.record} ${item.type} ${item.reason.code}`] : []
  })

describe('the database of Actual', () => {
  it('gives accounts, parts, transfers and the opening balance; deleted rows are not there', () => {
    const { items, failed, skipped } = readWith(actualDatabaseImporter, makeBudget())
    expect(rowsAsText(items)).toEqual([
      'Giro: 500 opening',
      'Giro: -12.5 payment Daily:Food',
      'Giro: -30 payment {-20 Daily:Food}{-10 Daily:Home  things}',
      'Giro: -100 transfer [Savings]',
      'Savings: 100 transfer [Giro]',
    ])
    expect([failed, skipped]).toEqual([[], []])
  })

  it('keeps payees through merges, notes and the bank’s own id', () => {
    const { transactions } = readWith(actualDatabaseImporter, makeBudget())
    expect(transactions[1]).toMatchObject({
      payee: 'Market',
      memo: 'weekly',
      reference: 'BANK-0001',
      date: '2026-01-31',
    })
    expect(transactions[2]?.splits?.map(({ memo }) => memo)).toEqual(['bread', undefined])
  })

  it('is known by its tables, and read out of the zip that Actual exports', async () => {
    const bytes = makeBudget()
    const head = { name: 'db.sqlite', size: bytes.length, bytes, text: decodeHead(bytes, true) }
    expect(actualDatabaseImporter.identify(head)).toBe('yes')
    const zip = zipSync({
      'db.sqlite': Uint8Array.from(bytes),
      'metadata.json': new TextEncoder().encode('{"id":"x"}'),
    })
    const inspected = await inspectSource('home.zip', bytesSource('home.zip', zip), parseIsoDate('2026-03-01'))
    expect([inspected.status, inspected.importer]).toEqual(['parsed', 'actual'])
    expect(inspected.statements.map(({ account, transactions }) => [account.name, transactions.length])).toEqual([
      ['Giro', 4],
      ['Savings', 1],
    ])
  })

  it('names damaged rows and takes their neighbours', () => {
    const more = [
      `insert into transactions (id, acct, amount, date) values ('d1', 'a', 100, 20261301)`,
      `insert into transactions (id, acct, amount, date) values ('d2', 'a', null, 20260131)`,
      `insert into transactions (id, acct, amount, date) values ('d3', 'nowhere', 100, 20260131)`,
      `insert into transactions (id, acct, amount, date) values ('d4', 'b', 100, 20260131)`,
    ]
    expect(fates(makeBudget(more)).slice(5)).toEqual([
      '6 failed bad-date',
      '7 failed bad-amount',
      '8 skipped information-only',
      '9 transaction',
    ])
  })

  it('completes parts that leave something open', () => {
    const { items } = readWith(actualDatabaseImporter, makeBudget([`delete from transactions where id = 't3/2'`]))
    expect(rowsAsText(items)[2]).toBe('Giro: -30 payment {-20 Daily:Food}{-10 -}')
  })

  it('refuses another database', () => {
    expect(rejectionOf(actualDatabaseImporter, makeBudget(['drop table payees']))?.code).toBe('wrong-kind')
  })
})
