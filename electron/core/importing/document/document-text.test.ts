import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../text/decode.ts'
import { type DocumentText, plainLines } from './document-text.ts'
import { PAGE_TEXT_MARK, parsePageText, writePageText } from './page-text.ts'
import { documentFromText } from './plain-document.ts'
import { readDocument } from './read-document.ts'

const cellsOf = (document: DocumentText): [string, number, number][][] =>
  document.pages.flatMap((page) =>
    page.lines.map((line) => line.cells.map(({ text, x, width }): [string, number, number] => [text, x, width])),
  )

describe('text taken out of a PDF becomes a document', () => {
  it.each<[string, string, [string, number, number][][]]>([
    [
      'one space joins words, two end a cell',
      'a b  c',
      [
        [
          ['a b', 0, 3],
          ['c', 5, 1],
        ],
      ],
    ],
    [
      'a tab ends a cell and goes to the next eighth place',
      'ab\tc',
      [
        [
          ['ab', 0, 2],
          ['c', 8, 1],
        ],
      ],
    ],
    [
      'a Chinese sign takes two places',
      '日期  金额',
      [
        [
          ['日期', 0, 4],
          ['金额', 6, 4],
        ],
      ],
    ],
    ['blank lines are no lines', 'a\n \n\nb', [[['a', 0, 1]], [['b', 0, 1]]]],
    ['line ends of every system', 'a\r\nb\rc\n', [[['a', 0, 1]], [['b', 0, 1]], [['c', 0, 1]]]],
    [
      'no-break spaces divide as spaces do',
      'a\u00a0\u00a0b',
      [
        [
          ['a', 0, 1],
          ['b', 3, 1],
        ],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(cellsOf(documentFromText(text))).toEqual(expected)
  })

  it('a form feed ends a page', () => {
    expect(documentFromText('a\n\fb\fc').pages.map((page) => page.lines.map(({ text }) => text))).toEqual([
      ['a'],
      ['b'],
      ['c'],
    ])
  })

  it('plain lines hold every word once, in order', () => {
    expect(plainLines(documentFromText('  Konto   123\n\n  Saldo\tEUR  1,00\n'))).toEqual([
      'Konto 123',
      'Saldo EUR 1,00',
    ])
  })
})

describe('page text', () => {
  const word = fc.string({ unit: fc.constantFrom('a', '7', ',', '账', '>', '%', 'L', 'P'), minLength: 1, maxLength: 6 })
  const line = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 5 }), { minLength: 1, maxLength: 3 }), (pages) => {
        const text = pages
          .map((lines) => lines.map((cells) => cells.map((words) => words.join(' ')).join('   ')).join('\n'))
          .join('\f')
        const document: DocumentText = { ...documentFromText(text), origin: 'pdf' }
        expect(parsePageText(writePageText(document))).toEqual(document)
      }),
    )
  })

  it('a source is read in either form, and damage costs only the line', () => {
    const source = (text: string) => bytesSource('x', new TextEncoder().encode(text))
    expect(plainLines(readDocument(source('a  b')))).toEqual(['a b'])
    const damaged = `${PAGE_TEXT_MARK}\nP\t10\t10\nL\t1\t1\t>1\t1\ta\nL\tx\t1\t>1\t1\tb\nL\t3\t1\nL\t4\t1\t>1\t1\tc\n`
    expect(plainLines(readDocument(source(damaged)))).toEqual(['a', 'c'])
    expect(parsePageText('anything')).toBeNull()
  })
})
