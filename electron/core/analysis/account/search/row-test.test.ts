import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, piecesOf } from './fold-text.ts'
import { blockTest, type RowTest } from './row-test.ts'
import { decodeBlock, encodeBlock, type SearchField, searchFields, type SearchRow } from './search-block.ts'
import type { TextNeedles } from './text-marks.ts'

const noReadings = (): readonly string[] => []

const row = (id: number, more: Partial<SearchRow> = {}): SearchRow => ({
  id,
  day: 20_000,
  amountMinor: -100,
  accountId: 1,
  categoryId: 0,
  kind: 'payment',
  flags: 0,
  texts: [],
  links: [],
  ...more,
})

/** The numbers of the rows that pass, lowest first. */
function passing(rows: readonly SearchRow[], test: RowTest, negated = false): number[] {
  const block = decodeBlock(encodeBlock(rows, noReadings))
  const places = Uint16Array.from({ length: block.rows }, (_, place) => place)
  const count = blockTest(test, negated).narrow(block, places, block.rows)
  const ids = Array.from(places.subarray(0, count), (place) => (block.ids.values[place] ?? 0) + block.ids.base)
  return ids.toSorted((one, other) => one - other)
}

const needles = (text: string): TextNeedles => ({
  pieces: piecesOf(foldText(text)).map((piece) => Buffer.from(piece, 'utf8')),
  readings: [],
})
const ALL = (1 << searchFields.length) - 1

describe('looking for a text in the words of a block', () => {
  const memo = (id: number, text: string): SearchRow => row(id, { texts: [['memo', text]] })
  it.each<[needle: string, texts: string[], found: number[]]>([
    ['card', ['Card payment', 'discard', 'car d', 'CARD'], [1, 2, 4]],
    ['card pay', ['card payment', 'discard payment', 'card, payment', 'pay card', 'card x pay'], [1, 2]],
    ['a b a', ['a b a', 'xa b ay', 'a b', 'a ab a', 'a a b a'], [1, 2, 5]],
    ['12', ['12', '3124', 'x12', '21'], [1, 2, 3]],
    ['1 2', ['1 2', '31 24', '12', 'x1 2y'], [1, 2, 4]],
    ['店 北', ['上海店 北京', '上海店北京', '店 北'], [1, 3]],
    ['zürich', ['Zurich', 'ZÜRICH', 'zuerich'], [1, 2]],
    ['x12y', ['ax12yb', 'x123y', 'x1 2y', 'x12', 'X12Y'], [1, 5]],
    ['1a2', ['1a2', '31a24', '1 a2', '1a 2'], [1, 2]],
    ['12.34', ['112.345', '12. 34', '1 2.34', '12.3', '-12.34'], [1, 5]],
    ['x', [], []],
  ])('%s in %j is in %j', (needle, texts, found) => {
    const rows = texts.map((text, index) => memo(index + 1, text))
    expect(passing(rows, { text: { ...needles(needle), fields: ALL } })).toEqual(found)
    const others = rows.map(({ id }) => id).filter((id) => !found.includes(id))
    expect(passing(rows, { text: { ...needles(needle), fields: ALL } }, true)).toEqual(others)
  })

  it('finds what a scan of the folded texts finds, in the fields that count', () => {
    // few letters, so that words are often within words, and blocks both with rare and with frequent ones
    const word = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', '1', '2', '店'), minLength: 1, maxLength: 4 }),
      fc.constantFrom('card', 'payment,', 'terminal', '20260101', '7', 'a1b', '12.12'),
    )
    const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
    const field = fc.constantFrom<SearchField>('payee', 'raw-payee', 'memo', 'notes', 'reference')
    const place = ([name]: readonly [SearchField, string]): number => searchFields.indexOf(name)
    const texts = fc
      .uniqueArray(fc.tuple(field, text), { maxLength: 4, selector: ([name]) => name })
      .map((some) => some.toSorted((one, other) => place(one) - place(other)))
    fc.assert(
      fc.property(
        fc.array(texts, { maxLength: 120 }),
        fc.oneof(word, text, fc.constantFrom('a', '1', 'ar', 'd p')),
        fc.integer({ min: 1, max: ALL }),
        (all, needle, fields) => {
          const wanted = foldText(needle)
          const rows = all.map((some, index) => row(index + 1, { texts: some }))
          const expected = rows.filter(({ texts: own }) => {
            // a statement's own wording that is the payee's is kept once, as the payee's
            const payee = foldText(own.find(([name]) => name === 'payee')?.[1] ?? '')
            return own.some(([name, value]) => {
              const told = name === 'raw-payee' && payee === foldText(value) ? 'payee' : name
              const counts = ((fields >>> searchFields.indexOf(told)) & 1) === 1
              return counts && foldText(value).includes(wanted)
            })
          })
          expect(passing(rows, { text: { ...needles(needle), fields } })).toEqual(expected.map(({ id }) => id))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('goes from frequent to rare and back within one block', () => {
    const rows = Array.from({ length: 600 }, (_, index) =>
      memo(index + 1, index % 200 < 60 ? `xa${index}` : `${'long word without it '.repeat(4)}q${index}`),
    )
    const expected = rows.filter((_, index) => index % 200 < 60).map(({ id }) => id)
    expect(passing(rows, { text: { ...needles('xa'), fields: ALL } })).toEqual(expected)
  })
})

describe('looking at what other tests have left', () => {
  it('finds the same, however few rows those are', () => {
    const rows = Array.from({ length: 300 }, (_, index) =>
      row(index + 1, {
        amountMinor: (index % 41) * (index % 2 === 0 ? 1 : -1),
        accountId: 1 + (index % 3),
        categoryId: index % 5,
        texts: [['memo', `n${index % 7} x`]],
      }),
    )
    const block = decodeBlock(encodeBlock(rows, noReadings))
    const test = fc.constantFrom<RowTest>(
      { magnitudes: new Map<number, readonly [number, number]>().set(1, [5, 30]).set(2, [0, 3]) },
      { accounts: new Set([1, 3]) },
      { categories: new Set([0, 2]), accounts: new Set([2]) },
      { text: { ...needles('n3'), fields: ALL } },
    )
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 299 })), test, fc.boolean(), (some, one, negated) => {
        const places = Uint16Array.from(some.toSorted((a, b) => a - b))
        const before = Array.from(places)
        const count = blockTest(one, negated).narrow(block, places, places.length)
        const all = new Set(passing(rows, one, negated))
        const idOf = (place: number): number => (block.ids.values[place] ?? 0) + block.ids.base
        expect(Array.from(places.subarray(0, count))).toEqual(before.filter((place) => all.has(idOf(place))))
      }),
    )
  })
})

describe('looking at figures', () => {
  const figures = fc.record({
    amountMinor: fc.integer({ min: -30, max: 30 }),
    accountId: fc.constantFrom<number>(1, 2, 7, 300, 900_000),
    categoryId: fc.constantFrom<number>(0, 3, 4, 70_000),
    day: fc.integer({ min: -40_000, max: 40_000 }),
  })
  const rowsOf = fc.array(figures, { maxLength: 80 }).map((all) => all.map((one, index) => row(index + 1, one)))
  const ids = (rows: readonly SearchRow[]): number[] => rows.map(({ id }) => id)

  it('a magnitude lies between the bounds of its account', () => {
    const bound = fc.tuple(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 32 }))
    const bounds = fc.array(fc.tuple(fc.constantFrom<number>(1, 2, 7, 300, 900_000, 5), bound), { maxLength: 6 })
    fc.assert(
      fc.property(rowsOf, bounds, fc.boolean(), (rows, list, negated) => {
        const magnitudes = new Map(list)
        const within = ({ accountId, amountMinor }: SearchRow): boolean => {
          const [low, high] = magnitudes.get(accountId) ?? [1, 0]
          return Math.abs(amountMinor) >= low && Math.abs(amountMinor) <= high
        }
        expect(passing(rows, { magnitudes }, negated)).toEqual(ids(rows.filter((one) => within(one) !== negated)))
      }),
    )
  })

  it('an account or a category is one of those', () => {
    fc.assert(
      fc.property(
        rowsOf,
        fc.uniqueArray(fc.constantFrom<number>(1, 2, 7, 300, 900_000, 0, 299, 900_001)),
        fc.uniqueArray(fc.constantFrom<number>(0, 3, 4, 70_000, 2, 5)),
        (rows, some, others) => {
          const accounts = new Set(some)
          const categories = new Set(others)
          const either = rows.filter((one) => accounts.has(one.accountId) || categories.has(one.categoryId))
          expect(passing(rows, { accounts, categories })).toEqual(ids(either))
        },
      ),
    )
  })
})
