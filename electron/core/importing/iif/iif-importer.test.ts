import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimal, decimalOf, ZERO } from '../../../../shared/domain/decimal.ts'
import { rowsAsText } from '../double-entry/test-support.ts'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { identify, readWith, rejectionOf, smallReads } from '../text/test-support.ts'
import { iifImporter } from './iif-importer.ts'

const tsv = (...lines: readonly string[]): string => lines.map((line) => line.replaceAll('|', '\t')).join('\r\n')

const HEADER = [
  '!TRNS|TRNSID|TRNSTYPE|DATE|ACCNT|NAME|CLASS|AMOUNT|DOCNUM|MEMO',
  '!SPL|SPLID|TRNSTYPE|DATE|ACCNT|NAME|CLASS|AMOUNT|DOCNUM|MEMO',
  '!ENDTRNS',
]
const file = (...lines: readonly string[]): string => tsv(...HEADER, ...lines)
const block = (...lines: readonly string[]): string => file(...lines, 'ENDTRNS')

const fates = (text: string): readonly string[] =>
  readWith(iifImporter, text).items.flatMap((item) => {
    if (item.type === 'transaction') return [`${item.record} transaction`]
    return item.type === 'failed' || item.type === 'skipped' ? [`${item.record} ${item.type} ${item.reason.code}`] : []
  })

interface Case {
  readonly rule: string
  readonly lines: readonly string[]
  readonly rows: readonly string[]
}

const cases: readonly Case[] = [
  {
    rule: 'a cheque over two categories, whose first level is a category, too',
    lines: [
      'TRNS||CHECK|7/16/2025|Giro|Timber yard||-80|1001|',
      'SPL||CHECK|7/16/2025|Jobs:Materials|||50||boards',
      'SPL||CHECK|7/16/2025|Jobs:Tools|||30||',
    ],
    rows: ['Giro: -80 payment {-50 Jobs:Materials}{-30 Jobs:Tools}'],
  },
  {
    rule: 'an invoice is owed to the household until it is paid',
    lines: ['TRNS||INVOICE|7/16/2025|Accounts Receivable|Customer||55||', 'SPL||INVOICE|7/16/2025|Repairs|||-55||'],
    rows: ['Accounts Receivable: 55 payment Repairs'],
  },
  {
    rule: 'a card pays a bill: the card owes more, the supplier is owed less',
    lines: [
      'TRNS||BILLCCARD|7/16/2025|Oil Card|Water||-59.25||',
      'SPL||BILLCCARD|7/16/2025|Accounts Payable|Water||59.25||',
    ],
    rows: ['Oil Card: -59.25 transfer [Accounts Payable]', '+ Accounts Payable: 59.25 transfer [Oil Card]'],
  },
  {
    rule: 'a journal entry tells its accounts by their names and sides',
    lines: [
      'TRNS||GENERAL JOURNAL|7/16/2025|Car Loan|||-500||',
      'SPL||GENERAL JOURNAL|7/16/2025|Savings|||450||',
      'SPL||GENERAL JOURNAL|7/16/2025|Charges|||50||',
    ],
    rows: ['Car Loan: -500 payment {-50 Charges}{-450 [Savings]}', '+ Savings: 450 transfer [Car Loan]'],
  },
  {
    rule: 'an opening balance',
    lines: ['TRNS||DEPOSIT|7/16/2025|Giro|||100||', 'SPL||DEPOSIT|7/16/2025|Opening Balance Equity|||-100||'],
    rows: ['Giro: 100 opening Opening Balance Equity'],
  },
  {
    rule: 'an amount left empty is what the others leave',
    lines: ['TRNS||CHECK|7/16/2025|Giro|||-80||', 'SPL||CHECK|7/16/2025|A|||50||', 'SPL||CHECK|7/16/2025|B|||||'],
    rows: ['Giro: -80 payment {-50 A}{-30 B}'],
  },
  {
    rule: 'amounts with thousands in quotes',
    lines: ['TRNS||CHECK|7/16/2025|Giro|||"-1,200.50"||', 'SPL||CHECK|7/16/2025|A|||"1,200.50"||'],
    rows: ['Giro: -1200.5 payment A'],
  },
]

describe('IIF', () => {
  it.each(cases)('$rule', ({ lines, rows }) => {
    const { items, failed, findings } = readWith(iifImporter, block(...lines))
    expect(rowsAsText(items)).toEqual(rows)
    expect([failed, findings]).toEqual([[], []])
  })

  it('is known by its headers, also behind another line, and no other text is', () => {
    expect(identify(iifImporter, block(...(cases[0]?.lines ?? [])))).toBe('yes')
    expect(identify(iifImporter, tsv('!HDR|PROD|VER', 'HDR|QuickBooks|Version 6.0D'))).toBe('yes')
    expect(identify(iifImporter, `exported\n${tsv(...HEADER)}`)).toBe('likely')
    expect(identify(iifImporter, '!Type:Bank\nD1/1/2025\n')).toBe('no')
  })

  it('goes by the list of accounts before all else, and inherits from the account above', () => {
    const text = tsv(
      '!HDR|PROD|VER',
      'HDR|QuickBooks|1',
      '!ACCNT|NAME|REFNUM|ACCNTTYPE|DESC|HIDDEN',
      'ACCNT|Giro|1|BANK||N',
      'ACCNT|Shop|2|OCASSET||N',
      'ACCNT|Old|3|CCARD||Y',
      '!CUST|NAME',
      'CUST|Somebody',
      ...HEADER,
      'TRNS||CHECK|7/16/2025|Giro|||-30||',
      'SPL||CHECK|7/16/2025|Shop:Till|||20||',
      'SPL||CHECK|7/16/2025|Old|||10||',
      'ENDTRNS',
    )
    const { items, statements, skipped } = readWith(iifImporter, text)
    expect(rowsAsText(items)).toEqual([
      'Giro: -30 transfer {-20 [Till]}{-10 [Old]}',
      '+ Till: 20 transfer [Giro]',
      '+ Old: 10 transfer [Giro]',
    ])
    expect(statements.map(({ account }) => account)).toEqual([
      { name: 'Giro', kind: 'checking' },
      { name: 'Till', kind: 'asset' },
      { name: 'Old', kind: 'credit-card', isClosed: true },
    ])
    // three accounts and a customer
    expect(skipped).toHaveLength(4)
  })

  it('reads columns by their header, which may change within the file', () => {
    const text = tsv(
      '!TRNS|AMOUNT|ACCNT|DATE|TRNSTYPE',
      '!SPL|AMOUNT|ACCNT',
      '!ENDTRNS',
      'TRNS|-5|Giro|7/16/2025|CHECK',
      'SPL|5|A',
      'ENDTRNS',
      '!TRNS|DATE|TRNSTYPE|ACCNT|AMOUNT',
      '!SPL|ACCNT|AMOUNT',
      'TRNS|7/17/2025|CHECK|Giro|-6',
      'SPL|B|6',
      'ENDTRNS',
    )
    expect(rowsAsText(readWith(iifImporter, text).items)).toEqual(['Giro: -5 payment A', 'Giro: -6 payment B'])
  })

  it('keeps payee, memo, number, classes and what the lines say', () => {
    const { transactions } = readWith(
      iifImporter,
      block(
        'TRNS||CHECK|7/16/2025|Giro|Timber yard|Team A|-80|1001|for the shed',
        'SPL||CHECK|7/16/2025|A|Pool|Team B|50||boards',
        'SPL||CHECK|7/16/2025|B|||30||',
      ),
    )
    expect(transactions).toMatchObject([
      { payee: 'Timber yard', memo: 'for the shed', checkNumber: '1001', tags: ['Team A', 'Team B'] },
    ])
    expect(transactions[0]?.splits?.map(({ memo }) => memo)).toEqual(['boards; Pool', undefined])
  })

  it('names damaged transactions and takes their neighbours', () => {
    const good = ['TRNS||CHECK|7/16/2025|Giro|||-5||', 'SPL||CHECK|7/16/2025|A|||5||', 'ENDTRNS']
    const text = file(
      ...good,
      'TRNS||CHECK|31/31/2025|Giro|||-5||',
      'SPL||CHECK|7/16/2025|A|||5||',
      'ENDTRNS',
      'TRNS||CHECK|7/16/2025|Giro|||five||',
      'SPL||CHECK|7/16/2025|A|||5||',
      'ENDTRNS',
      'SPL||CHECK|7/16/2025|A|||5||',
      'TRNS||CHECK||Giro|||-5||',
      'SPL||CHECK|7/16/2025|A|||5||',
      'ENDTRNS',
      'TRNS||ESTIMATES|7/16/2025|Estimates|||5||',
      'SPL||ESTIMATES|7/16/2025|A|||-5||',
      'ENDTRNS',
      ...good,
      'TRNS||CHECK|7/16/2025|Giro|||-5||',
    )
    expect(fates(text)).toEqual([
      '4 transaction',
      '7 failed bad-date',
      '10 failed bad-amount',
      '13 failed bad-record',
      '14 failed missing-date',
      '17 skipped information-only',
      '20 transaction',
      '23 failed bad-record',
    ])
  })

  it('takes a last transaction without its end where its lines add up, and tells where lines do not', () => {
    const whole = file('TRNS||CHECK|7/16/2025|Giro|||-5||', 'SPL||CHECK|7/16/2025|A|||5||')
    expect(fates(whole)).toEqual(['4 transaction'])
    const open = readWith(iifImporter, block('TRNS||CHECK|7/16/2025|Giro|||-5||', 'SPL||CHECK|7/16/2025|A|||4||'))
    expect(rowsAsText(open.items)).toEqual(['Giro: -5 payment {-4 A}{-1 -}'])
    expect(open.findings).toMatchObject([{ severity: 'warning', code: 'balance-mismatch', values: { missing: '-1' } }])
  })

  it('asks where the day and the month could be either', () => {
    const text = block('TRNS||CHECK|3/4/2025|Giro|||-5||', 'SPL||CHECK|3/4/2025|A|||5||')
    const { transactions, findings } = readWith(iifImporter, text)
    expect([transactions[0]?.date, findings[0]?.code]).toEqual(['2025-03-04', 'ambiguous-date-order'])
  })

  it('refuses what is no IIF', () => {
    expect(rejectionOf(iifImporter, '')?.code).toBe('empty-file')
    expect(rejectionOf(iifImporter, '!TRNS\tDATE\n')?.code).toBe('wrong-kind')
    expect(rejectionOf(iifImporter, Buffer.from([0, 1, 2, 3, 0, 0, 255]))?.code).toBe('binary')
  })

  const entry = fc.record({
    cents: fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 4 }),
    window: fc.integer({ min: 1, max: 400 }),
  })
  it('gives every transaction back, parts adding up, wherever windows end', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
        const amount = (cents: number): string => decimalOf(cents, 2)
        const text = file(
          ...entries.flatMap(({ cents }) => [
            `TRNS||CHECK|7/16/2025|Giro|||${amount(-cents.reduce((sum, part) => sum + part, 0))}||`,
            ...cents.map((part, index) => `SPL||CHECK|7/16/2025|Part ${index}|||${amount(part)}||`),
            'ENDTRNS',
          ]),
        )
        const source = smallReads(bytesSource('x', Buffer.from(text)), entries[0]?.window ?? 1)
        const { transactions, failed } = readWith(iifImporter, source)
        expect(failed).toEqual([])
        expect(transactions.map((each) => each.amount)).toEqual(
          entries.map(({ cents }) => amount(-cents.reduce((sum, part) => sum + part, 0))),
        )
        const sums = transactions.map(({ amount: whole, splits }) =>
          splits === undefined ? whole : splits.reduce((sum, part) => addDecimal(sum, part.amount), ZERO),
        )
        expect(sums).toEqual(transactions.map((each) => each.amount))
      }),
    )
  })

  it('answers mutations with items or a rejection', () => {
    const bytes = Buffer.from(block(...cases.flatMap(({ lines }) => lines)))
    const edits = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(edits, (changes) => {
        const copy = Uint8Array.from(bytes)
        for (const [at, value] of changes) copy[at] = value
        expect(['items', 'rejection']).toContain(outcomeOf(copy))
      }),
      { numRuns: 300 },
    )
  })
})

function outcomeOf(bytes: Uint8Array): string {
  try {
    readWith(iifImporter, bytes)
    return 'items'
  } catch (error) {
    if (error instanceof ImportRejection && error.message !== '') return 'rejection'
    throw error
  }
}
