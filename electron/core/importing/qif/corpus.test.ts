import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { readWith, rejectionOf } from '../text/test-support.ts'
import { qifImporter } from './qif-importer.ts'

/** Real files of other projects' tests, kept beside the project because of their licences. */
const corpus = join(process.cwd(), '../shared/corpus/statements')
const index = join(corpus, 'expected.json')
const present = existsSync(index)

const factSchema = z.object({
  format: z.literal('qif'),
  transactions: z.number(),
  sum: z.string().optional(),
  sections: z.record(z.string(), z.number()),
  mustReject: z.boolean().optional(),
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

describe.skipIf(!present)('the QIF files of the corpus', () => {
  it.each(all.filter(([, fact]) => fact.mustReject !== true))('%s', (path, fact) => {
    const { transactions, failed, sum } = readWith(qifImporter, readFileSync(join(corpus, path)))
    // the expectation adds up T as written, which for trades is a size and not what the cash does
    const invested = Object.hasOwn(fact.sections, '!Type:Invst')
    expect({
      transactions: transactions.length,
      failed: failed.length,
      sum: fact.sum === undefined || invested ? undefined : sum,
    }).toEqual({
      transactions: fact.transactions,
      failed: 0,
      sum: fact.sum === undefined || invested ? undefined : parseDecimal(fact.sum),
    })
  })

  it.each(all.filter(([, fact]) => fact.mustReject === true))('%s is refused', (path) => {
    expect(rejectionOf(qifImporter, readFileSync(join(corpus, path)))?.message).toBeTruthy()
  })
})

it.skipIf(present)('the corpus is not on this machine: its QIF files were not tried', () => {
  expect(present).toBe(false)
})
