import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ImportRejection } from '../importer.ts'
import { candidatesFor, readHead } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { readWith } from '../text/test-support.ts'

/** Real documents of another project's tests, kept beside the project because of their licence. */
const corpus = join(process.cwd(), '../shared/corpus/statements')
const index = join(corpus, 'expected.json')
const present = existsSync(index)

const factSchema = z.object({ format: z.literal('pdftext-broker'), transactions: z.number() })

function facts(): readonly (readonly [string, number])[] {
  if (!present) return []
  const table = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(index, 'utf8')))
  return Object.entries(table).flatMap(([path, fact]) => {
    const parsed = factSchema.safeParse(fact)
    return parsed.success && existsSync(join(corpus, path)) ? [[path, parsed.data.transactions] as const] : []
  })
}

/** The importer that takes the file, and how many transactions it reads. */
function readCount(path: string): { importer: string; transactions: number } {
  const source = bytesSource(path, readFileSync(join(corpus, path)))
  const [importer] = candidatesFor(readHead(source))
  if (importer === undefined) return { importer: 'none', transactions: 0 }
  try {
    return { importer: importer.id, transactions: readWith(importer, source).transactions.length }
  } catch (error) {
    if (error instanceof ImportRejection) return { importer: importer.id, transactions: 0 }
    throw error
  }
}

const all = facts()

describe.skipIf(!present)('the broker documents of the corpus', () => {
  it('every one is known for a document, and most are counted as Portfolio Performance counts them', () => {
    const read = all.map(([path, expected]) => ({ path, expected, result: readCount(path) }))
    expect(read.filter(({ result }) => !result.importer.startsWith('document')).map(({ path }) => path)).toEqual([])
    // the rest are account statements of which that program leaves out the trades, for they have documents of their own
    const right = read.filter(({ expected, result }) => result.transactions === expected).length
    expect(right / read.length).toBeGreaterThan(0.7)
  })
})

it.skipIf(present)('the corpus is not on this machine: its broker documents were not tried', () => {
  expect(present).toBe(false)
})
