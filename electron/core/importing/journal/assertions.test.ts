import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenAssertionBy, hasProgram } from '../../../../test/support/journal-programs.ts'
import { addDays, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedItem } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { ledgerImporter } from './journal-importers.ts'

const today = parseIsoDate('2026-11-23')
const read = (text: string): ParsedItem[] => [
  ...ledgerImporter.parse(bytesSource('book.journal', new TextEncoder().encode(text)), { today }),
]
/** [line, found, difference] of each stated balance that does not hold. */
const broken = (items: readonly ParsedItem[]): unknown[] =>
  items.flatMap((item) => {
    if (item.type !== 'finding' || item.finding.code !== 'assertion-broken') return []
    const { line, found, difference } = item.finding.values ?? {}
    return [[line, found, difference]]
  })
const kept = (items: readonly ParsedItem[]): string[] =>
  items.flatMap((item) => (item.type === 'day-balance' ? [`${item.on} ${item.amount}`] : []))

const entry = (date: string, ...lines: readonly string[]): string =>
  `${date} * Shop\n${lines.map((line) => `    ${line}\n`).join('')}\n`

/** Each journal with what does not hold in it, by hledger, and what is kept as a balance at the end of a day. */
const journals: readonly (readonly [
  rule: string,
  text: string,
  broken: readonly unknown[],
  kept: readonly string[],
])[] = [
  [
    'one that a posting of the same entry follows holds at its own place, and says nothing of the day',
    entry('2026-01-05', 'Assets:Bank  100 EUR = 100 EUR', 'Assets:Bank  -30 EUR', 'Income:Gift'),
    [],
    [],
  ],
  [
    'so does one that another entry of the day follows',
    entry('2026-01-05', 'Assets:Bank  100 EUR = 100 EUR', 'Income:Gift') +
      entry('2026-01-05', 'Assets:Bank  -10 EUR', 'Expenses:Food'),
    [],
    [],
  ],
  [
    'one that does not hold at its place is told with its line, though the end of the day would be right',
    // 100 are there where 90 are said to be; 100 − 10 = 90 only after the next entry
    entry('2026-01-05', 'Assets:Bank  100 EUR = 90 EUR', 'Income:Gift') +
      entry('2026-01-05', 'Assets:Bank  -10 EUR', 'Expenses:Food'),
    [[2, '100', '10']],
    [],
  ],
  [
    'the last one of a day is kept',
    entry('2026-01-05', 'Assets:Bank  100 EUR = 100 EUR', 'Income:Gift') +
      entry('2026-01-05', 'Assets:Bank  -10 EUR = 90 EUR', 'Expenses:Food') +
      entry('2026-01-07', 'Assets:Bank  -10 EUR', 'Expenses:Food'),
    [],
    ['2026-01-05 90'],
  ],
  [
    'a posting of nothing changes nothing',
    entry('2026-01-05', 'Assets:Bank  100 EUR = 100 EUR', 'Income:Gift') +
      entry('2026-01-05', 'Assets:Bank  0 EUR', 'Expenses:Food'),
    [],
    ['2026-01-05 100'],
  ],
  [
    '= is about one commodity',
    entry('2026-01-05', 'Assets:Bank  100 EUR', 'Assets:Bank  5 USD = 5 USD', 'Income:Gift  -100 EUR', 'Income:Gift'),
    [],
    ['2026-01-05 5'],
  ],
  [
    '== says that there is nothing else',
    entry('2026-01-05', 'Assets:Bank  100 EUR', 'Assets:Bank  5 USD == 5 USD', 'Income:Gift  -100 EUR', 'Income:Gift'),
    // stated: 0 EUR
    [[3, '100', '100']],
    ['2026-01-05 5'],
  ],
  [
    '= leaves out the accounts below',
    entry('2026-01-05', 'Assets:Bank:Pocket  20 EUR', 'Assets:Bank  100 EUR = 100 EUR', 'Income:Gift'),
    [],
    ['2026-01-05 100'],
  ],
  [
    '=* counts the accounts below, and is no balance of one account',
    entry('2026-01-05', 'Assets:Bank:Pocket  20 EUR', 'Assets:Bank  100 EUR =* 120 EUR', 'Income:Gift'),
    [],
    [],
  ],
  [
    '==* finds what else it holds together with those below',
    entry(
      '2026-01-05',
      'Assets:Bank:Pocket  20 USD',
      'Assets:Bank  5 USD',
      'Assets:Bank  100 EUR ==* 100 EUR',
      'Income:Gift  -100 EUR',
      'Income:Gift',
    ),
    [[4, '25', '25']],
    [],
  ],
  [
    '==* does not look for commodities that only the accounts below hold',
    entry(
      '2026-01-05',
      'Assets:Bank:Pocket  20 USD',
      'Assets:Bank  100 EUR ==* 100 EUR',
      'Income:Gift  -100 EUR',
      'Income:Gift',
    ),
    [],
    [],
  ],
  [
    'hledger goes by days, whatever the order of the file',
    entry('2026-01-06', 'Assets:Bank  -10 EUR = 90 EUR', 'Expenses:Food') +
      entry('2026-01-05', 'Assets:Bank  100 EUR = 100 EUR', 'Income:Gift'),
    [],
    ['2026-01-05 100', '2026-01-06 90'],
  ],
  [
    'a posting with a day of its own counts on that day: 100 less 10 on the 9th',
    entry('2026-01-05', 'Assets:Bank  100 EUR = 100 EUR  ; date:2026-01-08', 'Income:Gift') +
      entry('2026-01-09', 'Assets:Bank  -10 EUR = 90 EUR', 'Expenses:Food'),
    [],
    ['2026-01-08 100', '2026-01-09 90'],
  ],
  [
    'so that what stands behind it in the file may come before it: −10 on the 6th, where 90 are stated',
    entry('2026-01-05', 'Assets:Bank  100 EUR', '; date:1/8', 'Income:Gift') +
      entry('2026-01-06', 'Assets:Bank  -10 EUR = 90 EUR', 'Expenses:Food'),
    [[7, '-10', '-100']],
    ['2026-01-06 90'],
  ],
  [
    'the other day of a posting and its tags are no day of it, the first of several is',
    entry('2026-01-05', 'Assets:Bank  100 EUR = 100 EUR  ; date2:2026-01-01, update:2026-01-01', 'Income:Gift') +
      entry(
        '2026-01-06',
        'Assets:Bank  -10 EUR = 90 EUR  ; [=2026-01-01] date: 2026-01-07',
        '; [2026-01-02]',
        'Expenses:Food',
      ),
    [],
    ['2026-01-05 100', '2026-01-07 90'],
  ],
  [
    'what a line without an amount takes is counted where it stands',
    entry('2026-01-05', 'Assets:Bank = 0 EUR', 'Assets:Bank  100 EUR', 'Income:Gift  -100 EUR').replace(
      'Assets:Bank = 0 EUR\n',
      'Assets:Bank  0 EUR = 0 EUR\n',
    ) + entry('2026-01-06', 'Expenses:Food  40 EUR', 'Assets:Bank', 'Assets:Bank  0 EUR = 60 EUR'),
    [],
    ['2026-01-06 60'],
  ],
]

describe('balances behind the postings of a journal', () => {
  it.each(journals)('%s', (_, text, faults, days) => {
    const items = read(text)
    expect(broken(items)).toEqual(faults)
    expect(kept(items).toSorted()).toEqual(days)
  })

  it('ledger goes by the order of the file: one that holds so is not told, and not kept, for the days say otherwise', () => {
    // by the file 100, then 90; by the days −10 first
    const text =
      entry('2026-01-06', 'Assets:Bank  100 EUR = 100 EUR', 'Income:Gift') +
      entry('2026-01-05', 'Assets:Bank  -10 EUR = 90 EUR', 'Expenses:Food')
    const items = read(text)
    expect(broken(items)).toEqual([])
    expect(kept(items)).toEqual([])
  })

  it('ledger’s own day of a posting: one that holds by the order of the file is not told, and not kept', () => {
    const text =
      entry('2026-01-05', 'Assets:Bank  100 EUR  ; [2026-01-08]', 'Income:Gift') +
      entry('2026-01-06', 'Assets:Bank  -10 EUR = 90 EUR', 'Expenses:Food')
    const items = read(text)
    expect([...broken(items), ...kept(items)]).toEqual([])
  })

  it('an amount that a balance gives beside a posting with a day of its own: nothing is told', () => {
    const text =
      entry('2026-01-05', 'Assets:Bank  = 100 EUR', 'Assets:Cash  1 EUR = 7 EUR  ; date:2026-01-08', 'Income:Gift') +
      entry('2026-01-06', 'Assets:Bank  -10 EUR = 50 EUR', 'Expenses:Food')
    const items = read(text)
    expect([...broken(items), ...kept(items)]).toEqual([])
  })
})

const hasHledger = hasProgram('hledger')
describe.skipIf(!hasHledger)('what hledger itself says of them (only where it is installed)', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'onebook-journal-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const firstBroken = (text: string): number | null => {
    const path = join(folder, 'book.journal')
    writeFileSync(path, text)
    return brokenAssertionBy(path)
  }

  it.each(journals)('%s', (_, text, faults) => {
    const [first] = faults as readonly (readonly [number])[]
    expect(firstBroken(text)).toBe(first?.[0] ?? null)
  })

  it('and in one whose postings have days of their own, in whatever order it stands', { timeout: 120_000 }, () => {
    const posting = fc.record({
      account: fc.constantFrom('Assets:Bank', 'Assets:Cash'),
      amount: fc.integer({ min: -3, max: 3 }),
      stated: fc.option(fc.integer({ min: -3, max: 3 })),
      own: fc.option(fc.integer({ min: 1, max: 9 })),
      form: fc.constantFrom('date:2026-01-0', 'date:1/', '[2026-01-0'),
    })
    const entries = fc.array(
      fc.record({ day: fc.integer({ min: 1, max: 9 }), postings: fc.array(posting, { minLength: 1, maxLength: 3 }) }),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(entries, (all) => {
        // one tag of hledger’s says whose journal it is
        const tagged = entry('2026-01-01', 'Assets:Other  1 EUR  ; date:2026-01-02', 'Income:Gift')
        const text = all
          .map(({ day, postings }) => {
            const lines = postings.map(({ account, amount, stated, own, form }) => {
              const comment = own === null ? '' : `  ; ${form}${own}${form.startsWith('[') ? ']' : ''}`
              return `${account}  ${amount} EUR${stated === null ? '' : ` = ${stated} EUR`}${comment}`
            })
            return entry(`2026-01-0${day}`, ...lines, 'Income:Gift')
          })
          .join('')
        const [first] = broken(read(tagged + text)) as [number][]
        expect(first?.[0] ?? null).toBe(firstBroken(tagged + text))
      }),
      { numRuns: 100 },
    )
  })

  it('the first that does not hold is the same one in any journal that runs by days', { timeout: 120_000 }, () => {
    const posting = fc.record({
      account: fc.constantFrom('Assets:Bank', 'Assets:Bank:Pocket', 'Assets:Cash'),
      amount: fc.integer({ min: -3, max: 3 }),
      commodity: fc.constantFrom('EUR', 'USD'),
      mark: fc.constantFrom('', '', '=', '==', '=*', '==*'),
      stated: fc.integer({ min: -3, max: 3 }),
    })
    const days = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 1 }), postings: fc.array(posting, { minLength: 1, maxLength: 4 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(days, (entries) => {
        let on = parseIsoDate('2026-01-05')
        const text = entries
          .map(({ gap, postings }) => {
            on = addDays(on, gap)
            const lines = postings.map(
              ({ account, amount, commodity, mark, stated }) =>
                `${account}  ${amount} ${commodity}${mark === '' ? '' : ` ${mark} ${stated} ${commodity}`}`,
            )
            return entry(on, ...lines, 'Income:Gift')
          })
          .join('')
        const [first] = broken(read(text)) as [number][]
        expect(first?.[0] ?? null).toBe(firstBroken(text))
      }),
      { numRuns: 60 },
    )
  })
})

it.skipIf(hasHledger)('hledger is not on this machine: it was not asked', () => {
  expect(hasHledger).toBe(false)
})
