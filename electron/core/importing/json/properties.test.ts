import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf, multiplyDecimal, negateDecimal } from '../../../../shared/domain/decimal.ts'
import { dateFromDayNumber } from '../../../../shared/domain/iso-date.ts'
import { outcomeOf, survivedBytes, survivedDamages } from '../../../../test/support/fuzz-importer.ts'
import { corpusFacts, corpusFile, corpusIsPresent } from '../../../../test/support/corpus-facts.ts'
import { type Importer, ImportRejection } from '../importer.ts'
import { candidatesFor, readHead } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { ghostfolioImporter } from './ghostfolio-importer.ts'
import { LARGEST_JSON, readJson } from './json-text.ts'
import { paypalImporter } from './paypal-importer.ts'
import { schwabAwardsImporter } from './schwab-awards-importer.ts'
import { schwabImporter } from './schwab-importer.ts'
import { tradeRepublicImporter } from './trade-republic-importer.ts'
import { unknownJsonImporter } from './unknown-json-importer.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, `fixtures/${name}.json`), 'utf8')
const payment = '{"transactionId":"A1","isCredit":false,"date":"January 5, 2026","amount":{"netAmount":"$5.00"}}'

const formats: readonly (readonly [string, Importer, string])[] = [
  ['Ghostfolio', ghostfolioImporter, fixture('ghostfolio')],
  ['Schwab', schwabImporter, fixture('schwab')],
  ['Schwab equity awards', schwabAwardsImporter, fixture('schwab-awards')],
  ['Trade Republic', tradeRepublicImporter, fixture('trade-republic')],
  ['PayPal', paypalImporter, payment],
]

const pieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  'null',
  'true',
  '1e999',
  '-0',
  '\\u0000',
  '\0',
  '"__proto__":',
  '"constructor":',
]

describe.each(formats)('%s', (_, importer, text) => {
  it('is read or rejected, whatever the bytes', () => {
    expect(survivedBytes(importer, text.slice(0, 200), 150)).toBe(150)
  })

  it('is read or rejected, whatever the damage', () => {
    expect(survivedDamages(importer, text, pieces, 200)).toBe(200)
  })

  it('is read or rejected with any value in any place', () => {
    const value = fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e300,
      '',
      'x',
      [],
      {},
      [[]],
      { a: {} },
      '-$1,000.00',
      '2026-99-99',
    )
    const places = [...text.matchAll(/:\s*("[^"]*"|[\d.-]+|null|true|false)/g)].map(({ index, 0: all }) => ({
      index,
      length: all.length,
    }))
    let tried = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(places.length - 1), value), { minLength: 1, maxLength: 4 }), (changes) => {
        let changed = text
        for (const [at, put] of changes.toSorted(([left], [right]) => right - left)) {
          const { index = 0, length = 0 } = places[at] ?? {}
          changed = `${changed.slice(0, index)}: ${JSON.stringify(put)}${changed.slice(index + length)}`
        }
        outcomeOf(importer, new TextEncoder().encode(changed))
        tried += 1
      }),
      { numRuns: 200 },
    )
    expect(tried).toBe(200)
  })

  it('goes to its own importer', () => {
    const head = readHead(bytesSource('x.json', new TextEncoder().encode(text)))
    expect(candidatesFor(head)[0]?.id).toBe(importer.id)
  })

  it('is done soon with a megabyte of brackets, quotes and digits', () => {
    const started = processorMilliseconds()
    for (const unit of ['[', '{"a":', '"', '1', '[1],', '\\"']) {
      outcomeOf(importer, new TextEncoder().encode(`{"activities":[${unit.repeat(1_000_000 / unit.length)}]}`))
    }
    expect(processorMilliseconds() - started).toBeLessThan(10_000)
  })
})

it('a purchase is quantity times price and fee, exactly', () => {
  const line = fc.record({
    day: fc.integer({ min: 0, max: 40_000 }),
    quantity: fc.integer({ min: 1, max: 1_000_000 }),
    price: fc.integer({ min: 1, max: 100_000_000 }),
  })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), (lines) => {
      const rows = lines.map(({ day, quantity, price }) => {
        const date = dateFromDayNumber(day)
        return `{"type":"BUY","symbol":"A","currency":"USD","date":"${date}T00:00:00.000Z","quantity":${decimalOf(quantity, 4)},"unitPrice":${decimalOf(price, 5)},"fee":0}`
      })
      const { transactions } = readWith(ghostfolioImporter, `{"activities":[${rows.join(',')}]}`)
      expect(transactions.map(({ date, amount }) => [date, amount])).toEqual(
        lines.map(({ day, quantity, price }) => [
          dateFromDayNumber(day),
          negateDecimal(multiplyDecimal(decimalOf(quantity, 4), decimalOf(price, 5))),
        ]),
      )
    }),
  )
})

describe('JSON from outside', () => {
  const reasonOf = (content: Uint8Array | { readonly size: number }): string | undefined => {
    const source =
      content instanceof Uint8Array
        ? bytesSource('x.json', content)
        : { ...bytesSource('x.json', new Uint8Array()), ...content }
    try {
      readJson(source)
      return undefined
    } catch (error) {
      return error instanceof ImportRejection ? error.code : 'crash'
    }
  }
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

  it.each<[string, Uint8Array | { readonly size: number }, string | undefined]>([
    ['nothing', new Uint8Array(), 'empty-file'],
    ['more than 64 MB', { size: LARGEST_JSON + 1 }, 'too-large'],
    ['zeros', new Uint8Array(100), 'binary'],
    ['a cut end', bytes('{"a": [1, 2'), 'truncated'],
    ['a fault within', bytes('{"a": [1 2]}'), 'damaged'],
    ['too many brackets', bytes('['.repeat(500) + ']'.repeat(500)), 'damaged'],
    ['brackets in a text', bytes(JSON.stringify({ a: '['.repeat(500) })), undefined],
    ['a byte order mark', bytes('\ufeff{"a": 1}'), undefined],
  ])('%s', (_, content, code) => {
    expect(reasonOf(content)).toBe(code)
  })

  it('keeps numbers as they are written and never touches a prototype', () => {
    const value = readJson(bytesSource('x', bytes('{"a": 1.10, "b": -39.999935, "__proto__": {"c": 1}}')))
    expect(Object.entries(value as Record<string, unknown>).slice(0, 2)).toEqual([
      ['a', '1.10'],
      ['b', '-39.999935'],
    ])
    expect(({} as Record<string, unknown>)['c']).toBeUndefined()
  })

  it('of no known program is refused by name, and not tried as a table', () => {
    const text = '{"name": "x", "list": [1, 2, 3]}'
    expect(identify(unknownJsonImporter, text)).toBe('likely')
    expect(rejectionOf(unknownJsonImporter, text)?.code).toBe('wrong-kind')
    expect(identify(unknownJsonImporter, '{1:F01BANKDEFFXXXX}{2:}{4:')).toBe('no')
    expect(identify(unknownJsonImporter, '[General]\nname=1')).toBe('no')
  })
})

describe.skipIf(!corpusIsPresent)('the JSON files of the corpus', () => {
  const facts = [...corpusFacts('json-broker'), ...corpusFacts('json-app')]
  const importerOf = (path: string): Importer =>
    candidatesFor(readHead(bytesSource(path, corpusFile(path))))[0] ?? unknownJsonImporter

  it.each(facts.filter(([, fact]) => fact.mustReject !== true))('%s', (path, fact) => {
    const { items, failed } = readWith(importerOf(path), corpusFile(path))
    const records = items.filter((item) => item.type === 'transaction' && item.side !== 'counterpart')
    expect([records.length, failed.length]).toEqual([fact.transactions, 0])
  })

  it.each(facts.filter(([, fact]) => fact.mustReject === true))('%s is refused by its own importer', (path) => {
    const importer = importerOf(path)
    expect([importer.id === 'json', rejectionOf(importer, corpusFile(path))?.message]).toEqual([
      false,
      expect.stringMatching(/./),
    ])
  })
})

it.skipIf(corpusIsPresent)('the corpus is not on this machine: its JSON files were not tried', () => {
  expect(corpusIsPresent).toBe(false)
})
