import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimal, decimalOf, ZERO } from '../../../../shared/domain/decimal.ts'
import { dateFromDayNumber } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { readWith, smallReads } from '../text/test-support.ts'
import { camtImporter } from './camt-importer.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

interface Line {
  readonly day: number
  readonly cents: number
  readonly isCredit: boolean
  readonly reference: string
  readonly payee: string
  readonly memo: string
}

const word = fc
  .array(fc.constantFrom(...'abcXYZ19 éüß支付宝€<>/&"\'-.,;#[]!?'.split('')), { minLength: 1, maxLength: 30 })
  .map((characters) => `w${characters.join('').replaceAll(/\s+/g, ' ').trim()}`)

const line: fc.Arbitrary<Line> = fc.record({
  day: fc.integer({ min: 0, max: 40_000 }),
  cents: fc.integer({ min: 0, max: 10_000_000 }),
  isCredit: fc.boolean(),
  reference: fc.stringMatching(/^R[A-Za-z1-9]{3,20}$/),
  payee: word.map((text) => `p${text}`),
  memo: word,
})

interface Style {
  readonly prefix: string
  readonly gap: string
  readonly comment: boolean
  readonly section: boolean
  readonly window: number
}

const style: fc.Arbitrary<Style> = fc.record({
  prefix: fc.constantFrom('', 'ns2:', 'a.b-c:'),
  gap: fc.constantFrom('', '\n', '\r\n\t', '  '),
  comment: fc.boolean(),
  section: fc.boolean(),
  window: fc.integer({ min: 1, max: 3000 }),
})

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&#62;').replaceAll("'", '&apos;')

const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`

function written(lines: readonly Line[], { prefix, gap, comment, section }: Omit<Style, 'window'>): string {
  const wrap = (name: string, inner: string, attributes = ''): string =>
    `<${prefix}${name}${attributes}>${inner}</${prefix}${name}>${gap}${comment ? '<!-- </Stmt> -->' : ''}`
  const text = (value: string): string => (section ? `<![CDATA[${value}]]>` : escaped(value))
  const group = (name: string, ...parts: string[]): string => wrap(name, gap + parts.join(''))
  const entries = lines.map(({ day, cents, isCredit, reference, payee, memo }) =>
    group(
      'Ntry',
      wrap('Amt', money(cents), ' Ccy="EUR"'),
      wrap('CdtDbtInd', isCredit ? 'CRDT' : 'DBIT'),
      wrap('Sts', 'BOOK'),
      group('BookgDt', wrap('Dt', dateFromDayNumber(day))),
      wrap('AcctSvcrRef', reference),
      group(
        'NtryDtls',
        group(
          'TxDtls',
          group('RltdPties', group(isCredit ? 'Dbtr' : 'Cdtr', wrap('Nm', text(payee)))),
          group('RmtInf', wrap('Ustrd', text(memo))),
        ),
      ),
    ),
  )
  const account = group('Acct', group('Id', wrap('IBAN', 'DE02120300000000202051')), wrap('Ccy', 'EUR'))
  return group('Document', group('BkToCstmrStmt', group('GrpHdr'), group('Stmt', account, ...entries)))
}

/** What damage leaves behind, separated by spaces. */
const PIECES =
  `< > </ /> <!-- --> <![CDATA[ ]]> <? & &#x " ' \0 <!DOCTYPE <Ntry> </Ntry> <Ntry/> <TxDtls> </Stmt> <Stmt>
  </Document> <Amt <PstlAdr> <RvslInd>true</RvslInd> <Bal><Amt>1</Amt></Bal> <CdtDbtInd> INFO __proto__ <constructor>`.split(
    /\s+/,
  )

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('CAMT', () => {
  it('gives back every entry of any statement, however it is written and wherever windows end', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), style, (lines, how) => {
        // a CDATA section cannot hold its own end
        const safe = how.section ? lines.map((each) => ({ ...each, memo: each.memo.replaceAll(']', '+') })) : lines
        const named = how.section ? safe.map((each) => ({ ...each, payee: each.payee.replaceAll(']', '+') })) : safe
        const source = smallReads(bytesSource('x', bytesOf(written(named, how))), how.window)
        const { transactions, failed, skipped, findings, sum } = readWith(camtImporter, source)
        expect([failed, skipped, findings]).toEqual([[], [], []])
        expect(transactions).toEqual(
          named.map(({ day, cents, isCredit, reference, payee, memo }) => ({
            date: dateFromDayNumber(day),
            amount: decimalOf(isCredit ? cents : -cents, 2),
            kind: 'payment',
            payee,
            memo,
            reference,
          })),
        )
        const expected = named.map(({ cents, isCredit }) => decimalOf(isCredit ? cents : -cents, 2))
        expect(sum).toBe(expected.reduce(addDecimal, ZERO))
      }),
      { numRuns: 120 },
    )
  })

  const outcome = (bytes: Uint8Array): string => {
    try {
      const { items, transactions, failed, skipped } = readWith(camtImporter, bytes)
      // each record number is used once, by one fate
      const records = items.filter(
        (item) => item.type === 'transaction' || item.type === 'failed' || item.type === 'skipped',
      )
      expect(new Set(records.map((item) => item.record)).size).toBe(records.length)
      expect(transactions.length + failed.length + skipped.length).toBe(records.length)
      return 'read'
    } catch (error) {
      if (error instanceof ImportRejection && error.message !== '') return 'rejected'
      throw error
    }
  }

  it('answers random bytes with items or a rejection', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['read', 'rejected']).toContain(outcome(bytes))
      }),
    )
  })

  it('answers a damaged file with items or a rejection', () => {
    const piece = fc.constantFrom(...PIECES)
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        style,
        fc.array(fc.tuple(fc.nat(), fc.nat(20), piece), { minLength: 1, maxLength: 6 }),
        (lines, how, damages) => {
          let text = written(lines, how)
          for (const [at, length, inserted] of damages) {
            const start = at % (text.length + 1)
            text = text.slice(0, start) + inserted + text.slice(start + length)
          }
          expect(['read', 'rejected']).toContain(outcome(bytesOf(text)))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('tells the same of a damaged file wherever windows end', () => {
    const told = (bytes: Uint8Array, window: number): unknown => {
      try {
        const { items } = readWith(camtImporter, smallReads(bytesSource('x', bytes), window))
        return items
      } catch (error) {
        return error instanceof ImportRejection ? error.code : error
      }
    }
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 2 }),
        style,
        fc.nat(),
        fc.constantFrom('<', '</', '</Nm>', '<x>', '<!-- -->', '<![CDATA[', '<Ntry>', '&', '"', '<Amt Ccy=">"/>'),
        (lines, how, at, inserted) => {
          const text = written(lines, how)
          const start = at % text.length
          const bytes = bytesOf(text.slice(0, start) + inserted + text.slice(start))
          expect(told(bytes, how.window)).toEqual(told(bytes, 1 << 20))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('never takes a cut file for a whole one', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        style,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, how, share) => {
          const text = written(lines, { ...how, comment: false })
          const end = text.indexOf(`</${how.prefix}Stmt>`)
          expect(outcome(bytesOf(text.slice(0, Math.floor(end * share))))).toBe('rejected')
        },
      ),
    )
  })

  it('loses no neighbour of a damaged entry', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 3, maxLength: 6 }), fc.nat(), fc.nat(), (lines, which, at) => {
        const how = { prefix: '', gap: '', comment: false, section: false }
        const entries = written(lines, how).split(/(?=<Ntry>)/)
        const index = 1 + (which % (lines.length - 1))
        const damaged = entries[index] ?? ''
        // leave out one tag of the entry, but not its own opening
        const tags = [...damaged.matchAll(/<\/?\w+[^>]*>/g)].slice(1)
        const tag = tags[at % tags.length]
        if (tag === undefined) return
        entries[index] = damaged.slice(0, tag.index) + damaged.slice(tag.index + tag[0].length)
        const { items } = readWith(camtImporter, entries.join(''))
        const kept = items.flatMap((item) => (item.type === 'transaction' ? [item.transaction.reference] : []))
        const others = lines.filter((_, position) => position !== index - 1)
        expect(kept).toEqual(expect.arrayContaining(others.map(({ reference }) => reference)))
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['brackets', '<'],
    ['open tags', '<A>'],
    ['half tags', '<a '],
    ['quotes', '<a b="'],
    ['attributes', '<a b="c"'],
    ['closing tags', '</A>'],
    ['entries', '<Ntry>'],
    ['empty entries', '<Ntry/>'],
    ['details', '<TxDtls></TxDtls>'],
    ['open details', '<TxDtls>'],
    ['unused parts', '<PstlAdr><a></a></PstlAdr>'],
    ['open unused parts', '<PstlAdr>'],
    ['comments', '<!---->'],
    ['half comments', '<!--'],
    ['sections', '<![CDATA[x]]>'],
    ['half sections', '<![CDATA['],
    ['instructions', '<?a?>'],
    ['ampersands', '&'],
    ['references', '&amp;'],
    ['spaces', '          '],
    ['statements', '<Stmt></Stmt>'],
    ['open statements', '<Stmt>'],
    ['messages', '<BkToCstmrStmt><Stmt>'],
  ])('is done soon with a megabyte of %s', (_, unit) => {
    const body = unit.repeat(Math.ceil(1_000_000 / unit.length))
    const started = processorMilliseconds()
    for (const text of [
      `<Document><BkToCstmrStmt><Stmt>${body}`,
      `<Document><BkToCstmrStmt><Stmt><Ntry><AddtlNtryInf>a${body}b</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>`,
    ]) {
      expect(['read', 'rejected']).toContain(outcome(bytesOf(text)))
    }
    expect(processorMilliseconds() - started).toBeLessThan(20_000)
  })
})
