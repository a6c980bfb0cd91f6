import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { inspectSource } from '../inspect.ts'
import { bytesSource } from '../text/decode.ts'

/** Real files of other projects' tests, kept beside the project because of their licences. */
const corpus = join(process.cwd(), '../shared/corpus/statements')
const index = join(corpus, 'expected.json')
const present = existsSync(index)

const factSchema = z.object({
  format: z.literal('csv-broker'),
  transactions: z.number(),
  acceptable: z.array(z.number()).optional(),
  mustReport: z.boolean().optional(),
})

function facts(): readonly (readonly [string, z.infer<typeof factSchema>])[] {
  if (!present) return []
  const table = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(index, 'utf8')))
  return Object.entries(table).flatMap(([path, fact]) => {
    const parsed = factSchema.safeParse(fact)
    return parsed.success && existsSync(join(corpus, path)) ? [[path, parsed.data] as const] : []
  })
}

const all = facts()
const inspected = await Promise.all(
  all.map(async ([path, fact]) => {
    const source = bytesSource(basename(path), readFileSync(join(corpus, path)))
    return { path, fact, inspection: await inspectSource(path, source, parseIsoDate('2026-11-25')) }
  }),
)

describe.skipIf(!present)('the tables of brokers in the corpus', () => {
  it('are counted as expected in at least nine of ten files', () => {
    const right = inspected.filter(({ fact, inspection }) => {
      const count = inspection.statements.reduce((sum, { transactions }) => sum + transactions.length, 0)
      return [fact.transactions, ...(fact.acceptable ?? [])].includes(count)
    })
    expect(right.length / inspected.length).toBeGreaterThanOrEqual(0.9)
  })

  it.each(inspected.filter(({ fact }) => fact.mustReport === true))('$path tells what is damaged', ({ inspection }) => {
    const told = inspection.findings.some(({ severity }) => severity !== 'info')
    expect(told || inspection.status === 'rejected').toBe(true)
  })

  it('give trades their security, quantity and cash', () => {
    const trades = inspected
      .filter(({ inspection }) => inspection.importer === 'csv:broker')
      .flatMap(({ inspection }) => inspection.statements.flatMap(({ transactions }) => transactions))
      .filter(({ kind }) => kind === 'buy' || kind === 'sell')
    const whole = trades.filter(({ security, amount }) => security !== undefined && amount !== '0')
    expect(trades.length).toBeGreaterThan(100)
    expect(whole.length).toBe(trades.length)
    expect(trades.filter(({ kind, amount }) => (kind === 'buy') !== amount.startsWith('-'))).toEqual([])
  })
})
