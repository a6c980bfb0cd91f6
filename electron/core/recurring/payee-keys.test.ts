import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payeeVocabulary } from '../analysis/account/payee/payee-cleanup.ts'
import { foldText } from '../analysis/account/rules/fold-text.ts'
import { payeeKey, tracesOf } from './payee-keys.ts'

const isTraced = (text: string): boolean => {
  const folded = foldText(text)
  return tracesOf(payeeKey(text)).some((trace) => folded.includes(trace))
}

describe('the traces of a key', () => {
  it.each([
    'AMZN MKTP DE*2K3AB4C71',
    'PAYPAL *AMZN Mktp',
    'Netflix',
    'ＮＥＴＦＬＩＸ',
    '星巴克 上海南京路店',
    ' Café  Zürich ',
  ])('"%s" has one of those of its own key', (text) => expect(isTraced(text)).toBe(true))

  it('any text has one of those of its own key', () => {
    const piece = fc.oneof(
      fc.constantFrom(...payeeVocabulary.prefixes.map(({ text }) => text)),
      fc.constantFrom(...payeeVocabulary.phrases.flatMap(({ texts }) => texts)),
      fc.constantFrom(...payeeVocabulary.names.map(({ starts }) => starts)),
      fc.constantFrom('14/03', '#1234', 'XXXX1234', '0012345', '*2K3AB4C71', 'DE', 'WA', '//', '\\', 'GmbH'),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    )
    const text = fc.array(fc.tuple(piece, fc.constantFrom('', ' ', '  ', '*', '/', '\u3000')), { maxLength: 6 })
    fc.assert(
      fc.property(text, (pieces) => {
        expect(isTraced(pieces.flat().join(''))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
