import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { houses } from '../broker-document/fixtures/houses.ts'
import { inspectSource } from '../inspect.ts'
import { bytesSource } from '../text/decode.ts'
import { makePdf } from './fixtures/make-pdf.ts'

const inspect = async (text: string) => {
  const page = text.split('\n').map((line, at) => ({ x: 40, y: 800 - at * 14, text: line, size: 6 }))
  return inspectSource('document.pdf', bytesSource('document.pdf', makePdf([page])), parseIsoDate('2026-11-25'))
}

/** Those that the maker of test PDFs can print and that name no ISIN: nothing but their words tells what they are. */
const withoutIsin = houses.filter(
  ({ text }) => /^[\n\u0020-\u00ff]*$/.test(text) && !/[A-Z]{2}[A-Z0-9]{9}\d/.test(text),
)
const trades = withoutIsin.filter(({ expected }) => expected.every(({ kind }) => kind === 'buy' || kind === 'sell'))

describe('a PDF without a table, of an institution without a profile', () => {
  it.each(trades.map((house) => [house.what, house] as const))('%s', async (_, { text, expected }) => {
    const { status, importer, statements } = await inspect(text)
    expect(status).toBe('parsed')
    // a coin's symbol is enough for the reader of brokers' documents; the others are read by their arithmetic alone
    expect(importer).toBe(/\b(?:BTC|ETH)\b/.test(text) ? 'document' : 'pdf')
    expect(statements.flatMap(({ transactions }) => transactions)).toMatchObject(
      expected.map(({ kind, amount, quantity }) => ({ kind, amount, quantity })),
    )
  })

  it.each([
    [
      'what was booked is not what the figures give',
      (text: string) => text.replace('Net Amount: $999.99', 'Net Amount: $899.99'),
    ],
    ['no units', (text: string) => text.replace('Quantity: 20', 'Quantity:')],
  ])('is refused where %s', async (_, change) => {
    const american = trades.find(({ text }) => text.includes('Net Amount: $999.99'))?.text ?? ''
    expect(american).not.toBe('')
    expect(await inspect(change(american))).toMatchObject({
      status: 'rejected',
      reason: { code: 'no-transactions-table' },
    })
  })

  it('is refused where it is a letter about prices', async () => {
    const letter =
      'Dear customer\nWe bought new desks.\nThe price of a desk is 100.00 EUR.\nTotal amount 1,000.00 EUR\nDate 01.02.2024'
    expect(await inspect(letter)).toMatchObject({ status: 'rejected', reason: { code: 'no-transactions-table' } })
  })
})
