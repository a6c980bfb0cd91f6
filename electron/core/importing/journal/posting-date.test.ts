import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Balances, balancesBefore, hasProgram, withoutZeros } from '../../../../test/support/journal-programs.ts'
import { addDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedItem } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { ledgerImporter } from './journal-importers.ts'
import { ownDateOf } from './posting-date.ts'

const today = parseIsoDate('2026-11-23')
const read = (text: string): ParsedItem[] => [
  ...ledgerImporter.parse(bytesSource('book.journal', new TextEncoder().encode(text)), { today }),
]

/** "day account amount" of each row. */
function rows(items: readonly ParsedItem[]): string[] {
  const names = new Map<number, string>()
  return items.flatMap((item) => {
    if (item.type === 'statement') names.set(item.statement, item.account.name ?? '')
    if (item.type !== 'transaction') return []
    const { date, amount, memo = '' } = item.transaction
    return [`${date} ${names.get(item.statement)} ${amount} ${memo}`.trim()]
  })
}

describe('the day that a posting has for itself (hledger’s manual, "Posting dates")', () => {
  it.each([
    ['date:2026-01-08', '2026-01-08', true],
    ['date: 2026/1/8, other:x', '2026-01-08', true],
    ['paid date:1-8', '2026-01-08', true],
    ['[2026-01-08]', '2026-01-08', false],
    ['[1/8=1/9] words', '2026-01-08', false],
    ['[2026-01-08] date:2026-01-09', '2026-01-08', false],
  ])('%s', (comment, on, byTag) => {
    expect(ownDateOf(comment, parseIsoDate('2026-02-01'))).toEqual({ on, byTag })
  })

  it.each(['date2:2026-01-08', 'update:2026-01-08', '[=2026-01-08]', 'date:', 'date:soon', '[1]', '[2026-02-30]', ''])(
    'none: %s',
    (comment) => {
      expect(ownDateOf(comment, parseIsoDate('2026-02-01'))).toBeNull()
    },
  )
})

describe('a journal whose postings have days of their own', () => {
  it('gives each account its row on its own day', () => {
    const text = `2026-01-05 Move
    Assets:Bank   -100 EUR  ; [2026-01-04]
    Assets:Savings  100 EUR
    ; date:2026-01-08
`
    expect(rows(read(text))).toEqual(['2026-01-04 Bank -100', '2026-01-08 Savings 100'])
  })

  it('gives one account two rows where two of its postings have different days', () => {
    const text = `2026-01-05 Wages
    Assets:Bank   100 EUR
    Assets:Bank   50 EUR  ; date:2026-02-05
    Income:Wages
`
    expect(rows(read(text)).toSorted()).toEqual(['2026-01-05 Bank 100', '2026-02-05 Bank 50'])
  })

  it('stays with the entry’s day where only a category has another', () => {
    const text = `2026-01-05 Shop
    Expenses:Food   10 EUR  ; date:2026-01-08
    Assets:Bank
`
    expect(rows(read(text))).toEqual(['2026-01-05 Bank -10'])
  })
})

const hasHledger = hasProgram('hledger')
describe.skipIf(!hasHledger)('what hledger says that accounts hold (only where it is installed)', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'onebook-posting-date-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is what the rows up to that day come to, in any journal', { timeout: 120_000 }, () => {
    const posting = fc.record({
      account: fc.constantFrom('Assets:Bank', 'Assets:Cash', 'Expenses:Food', 'Income:Wages'),
      amount: fc.integer({ min: -99, max: 99 }),
      commodity: fc.constantFrom('EUR', 'EUR', 'USD'),
      own: fc.option(fc.integer({ min: 1, max: 28 })),
      form: fc.constantFrom('; date:2026-01-', '; [2026-01-', '\n    ; date:2026/1/'),
    })
    const entries = fc.array(
      fc.record({ day: fc.integer({ min: 10, max: 28 }), postings: fc.array(posting, { minLength: 1, maxLength: 4 }) }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 29 }), (all, day) => {
        const text = all
          .map(({ day: on, postings }) => {
            const lines = postings.map(({ account, amount, commodity, own, form }) => {
              const written =
                own === null ? '' : `  ${form}${String(own).padStart(2, '0')}${form.includes('[') ? ']' : ''}`
              return `    ${account}  ${amount} ${commodity}${written}\n`
            })
            return `2026-01-${on} Someone\n${lines.join('')}    Equity:Rest\n\n`
          })
          .join('')
        const end = `2026-01-${String(day).padStart(2, '0')}`
        const path = join(folder, 'book.journal')
        writeFileSync(path, text)
        const items = read(text)
        const accounts = new Map<number, string>()
        const held: Balances = new Map()
        for (const item of items) {
          if (item.type === 'statement') {
            // an account that holds two currencies has a name with each
            const name = item.account.name?.replace(/ (?:EUR|USD)$/, '')
            accounts.set(item.statement, `Assets:${name} ${item.currency}`)
          }
          if (item.type !== 'transaction' || item.transaction.date >= end) continue
          const key = accounts.get(item.statement) ?? ''
          held.set(key, addDecimal(held.get(key) ?? ZERO, item.transaction.amount))
        }
        expect(withoutZeros(held)).toEqual(balancesBefore(path, end, 'Assets'))
      }),
      { numRuns: 150 },
    )
  })
})
