import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, foldWithPlaces } from './fold-text.ts'
import { marksIn } from './find-marks.ts'
import { loadReadings } from './pinyin-reading.ts'

const readingOf = await loadReadings()
const marked = (text: string, ...words: string[]): string[] =>
  marksIn(
    text,
    words.map((word) => ({ folded: foldText(word), exact: false })),
    readingOf,
  ).map(([from, to]) => text.slice(from, to))

describe('comparing texts', () => {
  it.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['Café  ZÜRICH ', 'cafe zurich'],
    ['Straße Øresund Łódź', 'strasse oresund lodz'],
    ['ﬁnance', 'finance'],
    ['İstanbul', 'istanbul'],
    ['a\u0000b\nc\u3000d', 'a b c d'],
    ['ガ', foldText('カ\u3099')],
    ['ΟΔΟΣ', foldText('οδος')],
  ])('%s is as %s', (text, folded) => expect(foldText(text)).toBe(folded))

  it('folding twice is folding once, and no text of the index has a separator in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const folded = foldText(text)
        expect(foldText(folded)).toBe(folded)
        expect(Array.from(folded).every((character) => character >= ' ')).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('every unit of a folded text has its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const { folded, places } = foldWithPlaces(text)
        expect(places).toHaveLength(folded.length + 1)
        expect(places.every((place, index) => place <= text.length && place >= (places[index - 1] ?? 0))).toBe(true)
      }),
    )
  })
})

describe('marks', () => {
  it.each([
    ['Blue Bottle Coffee', ['blue', 'COFFEE'], ['Blue', 'Coffee']],
    ['Bäckerei Müller', ['backerei'], ['Bäckerei']],
    ['Große Straße', ['strass'], ['Straß']],
    ['星巴克咖啡 南京路', ['xbk', 'njl'], ['星巴克', '南京路']],
    ['中国银行', ['yinhang'], ['银行']],
    ['茶 tea 茶', ['茶'], ['茶', '茶']],
    ['aaa', ['aa', 'a'], ['aaa']],
    ['nothing here', ['zzz'], []],
  ])('in %s for %j', (text, words, expected) => expect(marked(text, ...words)).toEqual(expected))

  it('a mark folds to a text that has its word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ minLength: 1, maxLength: 3 }), (text, word) => {
        const folded = foldText(word)
        for (const found of marked(text, word)) expect(foldText(found)).toContain(folded)
      }),
    )
  })
})
