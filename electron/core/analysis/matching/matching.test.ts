import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { addDays, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { CERTAIN, confidenceOf, WORTH_ASKING } from './confidence.ts'
import { type DuplicateSearch, findDuplicates } from './find-duplicates.ts'
import { findRefunds } from './find-refunds.ts'
import { findTransfers, type TransferSearch } from './find-transfers.ts'
import type { MatchAccount, MatchLine } from './match-line.ts'
import { mergeLines, type MergeableLine } from './merge-lines.ts'
import { SoughtPurchases } from './sought-purchases.ts'
import { likenessOf, lineWords } from './words.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const day = parseIsoDate('2026-03-10')

function line(id: number, change: Partial<MatchLine> = {}): MatchLine {
  return {
    id,
    accountId: 1,
    bookedOn: day,
    valueOn: null,
    time: null,
    minor: -1234,
    kind: 'payment',
    payee: 'Book Shop',
    memo: '',
    reference: null,
    checkNumber: null,
    counterparty: null,
    sourceCategory: null,
    merchantCategory: null,
    original: null,
    trade: null,
    runId: 1,
    importer: 'csv',
    meaning: null,
    isLinked: false,
    ...change,
  }
}
const fresh = (id: number, change: Partial<MatchLine> = {}): MatchLine =>
  line(id, { runId: 2, importer: 'ofx', ...change })

const wordsOf = ({ payee, memo }: MatchLine) => lineWords(payee, memo)
const search: DuplicateSearch = {
  wordsOf,
  freshPeriod: () => null,
  storedPeriod: () => null,
  storedCount: () => Infinity,
  mayBeOne: () => true,
}

const account = (id: number, change: Partial<MatchAccount> = {}): MatchAccount => ({
  id,
  currency: parseCurrencyCode('EUR'),
  names: [],
  number: null,
  lastFour: null,
  isLiability: false,
  isWallet: false,
  platforms: [],
  ...change,
})
const accounts = new Map<number, MatchAccount>([
  [1, account(1, { number: 'DE02120300000000202051', lastFour: '2051', names: ['first bank'] })],
  [2, account(2, { number: '87654321', lastFour: '4321' })],
  [3, account(3, { isLiability: true, lastFour: '9999' })],
  [4, account(4, { currency: parseCurrencyCode('USD') })],
])
const transfers: TransferSearch = {
  wordsOf,
  accountOf: (id) => accounts.get(id),
  // 1 EUR = 1.10 USD
  convert: (minor, from, to) => Math.round(from === to ? minor : from === 'EUR' ? minor * 1.1 : minor / 1.1),
  mayBePair: () => true,
}

describe('confidence', () => {
  it.each([
    [0, 0.5],
    // ten decibans are odds of ten to one: 10 / 11
    [10, 0.909],
    // 50.12 / 51.12
    [CERTAIN, 0.98],
    // 3.162 / 4.162
    [WORTH_ASKING, 0.76],
    [60, 0.999],
  ])('%i decibans are %f, and never 1', (score, confidence) => expect(confidenceOf(score)).toBeCloseTo(confidence, 3))
})

describe('words', () => {
  it.each([
    ['REWE Markt 1123', 'REWE SAGT DANKE', 'similar'],
    ['支付宝-瑞幸咖啡', '瑞幸咖啡', 'similar'],
    ['ＡＬＤＩ', 'Aldi', 'same'],
    ['POS 4711', 'Kiosk', 'unknown'],
    ['Landlord', 'Employer', 'other'],
    ['', 'Kiosk', 'unknown'],
  ] as const)('%s and %s: %s', (left, right, likeness) => {
    expect(likenessOf(lineWords(left, ''), lineWords(right, ''))).toBe(likeness)
    expect(likenessOf(lineWords(right, ''), lineWords(left, ''))).toBe(likeness)
  })
})

describe('duplicates', () => {
  const first = (found: ReturnType<typeof findDuplicates>) =>
    found.map(({ first: a, second: b, certain }) => [a, b, certain])

  it.each<[string, Partial<MatchLine>, Partial<MatchLine>, boolean | null]>([
    ['the same day and payee from two sources is certain', {}, {}, true],
    ['a day apart with the same payee is certain where nothing else fits', { bookedOn: addDays(day, 1) }, {}, true],
    ['other words on the same day are asked', { payee: 'Kiosk Mitte' }, {}, false],
    ['another amount is none', { minor: -1235 }, {}, null],
    ['another account is none', { accountId: 2 }, {}, null],
    ['six days apart is none', { bookedOn: addDays(day, 6) }, {}, null],
    ['the same source tells of a booking once', { importer: 'csv' }, {}, null],
    [
      'the same trusted reference is certain days apart',
      { reference: 'E2E-778812', bookedOn: addDays(day, 3) },
      { reference: 'E2E-778812' },
      true,
    ],
    [
      'a placeholder is no reference',
      { reference: 'NONREF', payee: 'Kiosk Mitte', bookedOn: addDays(day, 3) },
      { reference: 'NONREF' },
      null,
    ],
    ['two cheques of one amount are two', { checkNumber: '101', payee: '' }, { checkNumber: '102', payee: '' }, null],
    [
      'a wallet’s bill and the bank’s line that names the wallet',
      { importer: 'csv:alipay', payee: '瑞幸咖啡' },
      { payee: '支付宝（中国）网络技术有限公司', memo: '快捷支付' },
      true,
    ],
    [
      'one trade from two sources',
      { trade: { securityId: 5, quantity: parseDecimal('10') }, payee: '' },
      { trade: { securityId: 5, quantity: parseDecimal('10.0') }, payee: '' },
      true,
    ],
    [
      'two trades of one amount are two',
      { trade: { securityId: 5, quantity: parseDecimal('10') } },
      { trade: { securityId: 5, quantity: parseDecimal('4') } },
      null,
    ],
  ])('%s', (_, changed, kept, certain) => {
    const found = findDuplicates([fresh(20, changed)], [line(10, kept)], search)
    expect(first(found)).toEqual(certain === null ? [] : [[10, 20, certain]])
  })

  it('two equal coffees in each of two files are paired one to one; one against two is asked', () => {
    const stored = [line(10), line(11)]
    expect(first(findDuplicates([fresh(20), fresh(21)], stored, search)).map((row) => row[2])).toEqual([true, true])
    expect(first(findDuplicates([fresh(20)], stored, search)).map((row) => row[2])).toEqual([false])
  })

  it('thousands of equal lines on one day are all paired, in a moment', () => {
    const count = 3000
    const stored = Array.from({ length: count }, (_, index) => line(index + 1))
    const added = Array.from({ length: count }, (_, index) => fresh(count + index + 1))
    const started = processorMilliseconds()
    const found = findDuplicates(added, stored, search)
    expect(processorMilliseconds() - started).toBeLessThan(5000)
    expect(new Set(found.map(({ first: a }) => a)).size).toBe(count)
  })

  it('nearly all lines of two files being pairs outweighs that their words differ', () => {
    const stored = Array.from({ length: 8 }, (_, index) =>
      line(index + 1, { bookedOn: addDays(day, index), minor: -1000 - index, payee: 'Purchase A' }),
    )
    const added = stored.map((known) =>
      fresh(known.id + 100, { bookedOn: known.bookedOn, minor: known.minor, payee: 'Kauf Laden' }),
    )
    expect(findDuplicates(added, stored, search).every(({ certain }) => certain)).toBe(true)
    expect(findDuplicates(added.slice(0, 3), stored, search).some(({ certain }) => certain)).toBe(false)
  })

  it('files that cover different days do not tell of one booking', () => {
    const apart: DuplicateSearch = {
      ...search,
      freshPeriod: () => ({ from: addDays(day, 1), to: addDays(day, 30) }),
      storedPeriod: () => ({ from: addDays(day, -30), to: day }),
    }
    expect(findDuplicates([fresh(20, { bookedOn: addDays(day, 1) })], [line(10)], apart)).toEqual([])
  })

  it('whatever the lines, each is in one link at most, and the order they come in makes no difference', () => {
    const lines = fc.array(
      fc.record({
        offset: fc.integer({ min: 0, max: 6 }),
        minor: fc.constantFrom(-100, -250, 300),
        payee: fc.constantFrom('A Shop', 'B Shop', ''),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const make = (rows: typeof left, from: number, make1: typeof line) =>
          rows.map(({ offset, minor, payee }, index) =>
            make1(from + index, { bookedOn: addDays(day, offset), minor, payee }),
          )
        const [stored, added] = [make(left, 1, line), make(right, 100, fresh)]
        const found = findDuplicates(added, stored, search)
        const ends = found.flatMap(({ first: a, second: b }) => [a, b])
        expect(new Set(ends).size).toBe(ends.length)
        for (const { evidence } of found) expect(evidence.score).toBeGreaterThanOrEqual(WORTH_ASKING)
        const scores = (list: typeof found) =>
          list.map(({ evidence, certain }) => evidence.score * 2 + Number(certain)).toSorted((a, b) => a - b)
        const turned = findDuplicates(added.toReversed(), stored.toReversed(), search)
        expect(scores(turned)).toEqual(scores(found))
      }),
      { numRuns: 200 },
    )
  })
})

describe('transfers', () => {
  it.each<[string, Partial<MatchLine>, Partial<MatchLine>, boolean | null]>([
    ['the other side’s account number is certain', { counterparty: '8765 4321' }, {}, true],
    [
      'both sides speak of a transfer on one day, of an odd amount, and nothing else fits',
      { payee: 'Transfer' },
      { payee: 'Transfer', bookedOn: day },
      true,
    ],
    [
      'a round amount with words on both sides is asked',
      { minor: -50_000, payee: 'Transfer' },
      { minor: 50_000, payee: 'Transfer' },
      false,
    ],
    ['without any word it is at most asked', { payee: 'Grocer' }, { payee: 'Grandma' }, false],
    ['eight days apart is none', { payee: 'Transfer' }, { payee: 'Transfer', bookedOn: addDays(day, 8) }, null],
    ['interest is no transfer', { payee: 'Bank' }, { payee: 'Bank', kind: 'interest' }, null],
    ['the same account is none', {}, { accountId: 1 }, null],
    ['euros at the rate of the day', { payee: 'Transfer' }, { accountId: 4, payee: 'Transfer', minor: 13_579 }, true],
    [
      'euros far from the rate of the day',
      { payee: 'Transfer' },
      { accountId: 4, payee: 'Transfer', minor: 15_000 },
      null,
    ],
  ])('%s', (_, out, into, certain) => {
    const from = line(1, { minor: -12_345, ...out })
    const to = fresh(2, { accountId: 2, minor: 12_345, bookedOn: addDays(day, 1), ...into })
    const ends = (found: ReturnType<typeof findTransfers>) =>
      found.map((pair) => [pair.first, pair.second, pair.certain])
    const expected = certain === null ? [] : [[1, 2, certain]]
    expect(ends(findTransfers([to], [from], transfers))).toEqual(expected)
    // whichever of the two is new
    expect(ends(findTransfers([from], [to], transfers))).toEqual(expected)
  })
})

describe('refunds', () => {
  const every = { wordsOf, mayBePair: () => true, refundedOf: () => 0 }
  const bought = line(1, { minor: -8880, reference: '2026101500000005', payee: '好邻居超市' })
  const back = (change: Partial<MatchLine>) =>
    fresh(2, { minor: 8880, kind: 'refund', payee: '好邻居超市', bookedOn: addDays(day, 4), ...change })

  it.each<[string, Partial<MatchLine>, boolean | null]>([
    ['the whole amount from the same shop is certain', {}, true],
    [
      'the order’s number with something behind it is certain, also for a part',
      { reference: '2026101500000005_1', minor: 2000 },
      true,
    ],
    ['a part from the same shop is asked', { minor: 2000 }, false],
    ['more than was paid is none', { minor: 9000 }, null],
    ['before it was paid is none', { bookedOn: addDays(day, -1) }, null],
    ['another shop is none', { payee: '面馆' }, null],
  ])('%s', (_, change, certain) => {
    const found = findRefunds([bought, back(change)], ({ id }) => id === 2, every)
    expect(found.map((pair) => [pair.first, pair.second, pair.certain])).toEqual(
      certain === null ? [] : [[1, 2, certain]],
    )
  })

  it('no refund that is worth asking is passed over when only those that share something are read', () => {
    const payees = ['好邻居超市', '好邻居', 'Book Shop', 'Book Shop Munich', '退款-好邻居超市', '']
    const orders = [null, '2026101500000005', '2026101500000005_1', '20261015000000051', 'A-77', 'NONREF']
    const some = fc.record({
      on: fc.integer({ min: 0, max: 200 }),
      minor: fc.constantFrom(500, 1000, 1001),
      payee: fc.constantFrom(...payees),
      memo: fc.constantFrom('', 'order 2026101500000005', '退款'),
      reference: fc.constantFrom(...orders),
    })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), fc.array(some, { maxLength: 6 }), (bought, returned) => {
        const purchases = bought.map(({ on, minor, ...rest }, at) =>
          fresh(at + 1, { ...rest, minor: -minor, bookedOn: addDays(day, on) }),
        )
        const refunds = returned.map(({ on, ...rest }, at) =>
          line(at + 100, { ...rest, kind: at % 2 === 0 ? 'refund' : 'payment', bookedOn: addDays(day, on) }),
        )
        const sought = new SoughtPurchases(purchases, wordsOf)
        const isNew = ({ id }: MatchLine): boolean => id < 100
        const all = findRefunds([...purchases, ...refunds], isNew, every)
        const few = refunds.filter((refund) => sought.mayBeFor(refund))
        expect(findRefunds([...purchases, ...few], isNew, every)).toEqual(all)
      }),
      { numRuns: 2000 },
    )
  })

  it('several refunds of one purchase add up to no more than was paid', () => {
    const parts = [5000, 3000, 2000].map((minor, index) => back({ minor, reference: `2026101500000005_${index}` }))
    const lines = parts.map((part, index) => Object.assign(part, { id: index + 2 }))
    const found = findRefunds([bought, ...lines], () => true, every)
    const sum = found.reduce((total, { second }) => total + (lines.find(({ id }) => id === second)?.minor ?? 0), 0)
    expect(sum).toBeLessThanOrEqual(8880)
    expect(found.length).toBe(2)
  })
})

describe('what a merged line says', () => {
  const texts: MergeableLine = {
    booked_on: day,
    value_on: null,
    booked_time: null,
    kind: 'payment',
    payee: '支付宝',
    raw_payee: '支付宝',
    memo: '快捷支付',
    reference: null,
    check_number: null,
    counterparty: null,
    category_id: null,
    source_category: null,
    merchant_category: null,
    original_minor: null,
    original_currency: null,
    original_rate: null,
    notes: '',
    category_source: null,
    category_rule_id: null,
    payee_source: null,
  }
  const bank = { line: texts, importer: 'csv:icbc', isCategoryChosen: false }
  const bill = {
    line: {
      ...texts,
      booked_on: addDays(day, -1),
      payee: '瑞幸咖啡',
      raw_payee: '瑞幸咖啡',
      memo: '拿铁',
      category_id: 7,
    },
    importer: 'csv:alipay',
    isCategoryChosen: false,
  }

  it('the shop and goods of the bill, the day of the bank, whichever came first', () => {
    const expected = { payee: '瑞幸咖啡', memo: '拿铁 · 快捷支付', booked_on: day, category_id: 7 }
    expect(mergeLines(bank, bill)).toMatchObject(expected)
    expect(mergeLines(bill, bank)).toEqual(mergeLines(bank, bill))
  })

  it.each([
    ['Supermarket 12', 'SUPERMARKET 12'],
    ['Café Zürich', 'CAFÉ ZÜRICH'],
  ])('of two alike the one that is not in capitals: %s', (plain, shouted) => {
    const side = (payee: string) => ({ ...bank, line: { ...texts, payee, raw_payee: payee } })
    expect(mergeLines(side(plain), side(shouted))).toMatchObject({ payee: plain, raw_payee: plain })
    expect(mergeLines(side(shouted), side(plain))).toMatchObject({ payee: plain, raw_payee: plain })
  })

  it('what the user has changed stays', () => {
    const edited = {
      ...bank,
      line: { ...texts, payee: 'My coffee', payee_source: 'user' as const, category_id: 3, notes: 'with Ann' },
      isCategoryChosen: true,
    }
    expect(mergeLines(edited, bill)).toMatchObject({ payee: 'My coffee', category_id: 3, notes: 'with Ann' })
    expect(mergeLines(bill, edited)).toMatchObject({ payee: 'My coffee', category_id: 3, notes: 'with Ann' })
  })
})
