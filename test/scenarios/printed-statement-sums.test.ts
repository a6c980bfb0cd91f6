import { describe, expect, it } from 'vitest'
import { inspectSource } from '../../electron/core/importing/inspect.ts'
import { bytesSource } from '../../electron/core/importing/text/decode.ts'
import { addDecimal } from '../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { corpusFacts, corpusFile, corpusIsPresent } from '../support/corpus-facts.ts'

const absent = corpusIsPresent ? '' : '(the corpus is not here: not run) '

/** Both balances of each statement, and what its transactions make of the first. */
async function endsOf(path: string): Promise<{ stated: string; reached: string }[]> {
  const source = bytesSource(path, corpusFile(path))
  const { statements } = await inspectSource(path, source, parseIsoDate('2026-11-23'))
  return statements.flatMap(({ opening, closing, transactions }) => {
    if (opening === null || closing === null) return []
    const reached = transactions.reduce((sum, { amount }) => addDecimal(sum, amount), opening)
    return [{ stated: closing, reached }]
  })
}

const facts = [...corpusFacts('pdf'), ...corpusFacts('pdftext-bank')]

describe.skipIf(!corpusIsPresent)(`${absent}printed statements add up by their own figures`, () => {
  it.each(facts)('%s: what it began with and its transactions make what it ends with', async (path) => {
    const ends = await endsOf(path)
    expect(ends.map(({ reached }) => reached)).toEqual(ends.map(({ stated }) => stated))
  })

  it('the statement of a card, whose last month’s balance others count as a transaction, has both balances', async () => {
    const card = facts.flatMap(([path]) => (path.endsWith('/example_statement.pdf') ? [path] : []))
    const ends = await Promise.all(card.map(endsOf))
    expect(ends.map((list) => list.length)).toEqual([1])
  })
})
