import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { readWith, rejectionOf } from '../text/test-support.ts'
import { mt940Importer } from './mt940-importer.ts'

/** Real files of other projects' tests, kept beside the project because of their licences. */
const corpus = join(process.cwd(), '../shared/corpus/statements')
const index = join(corpus, 'expected.json')
const present = existsSync(index)

const factSchema = z.object({
  format: z.literal('mt940'),
  transactions: z.number(),
  sum: z.string().optional(),
  statements: z.array(
    z.object({ opening: z.string().optional(), closing: z.string().optional(), sum: z.string().optional() }),
  ),
  reconciles: z.boolean().optional(),
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

describe.skipIf(!present)('the MT940 files of the corpus', () => {
  it.each(all.filter(([, fact]) => fact.transactions > 0))('%s', (path, fact) => {
    const { transactions, failed, statements, balances, findings, sum } = readWith(
      mt940Importer,
      readFileSync(join(corpus, path)),
    )
    expect({
      transactions: transactions.length,
      failed: failed.length,
      sum: fact.sum === undefined ? undefined : sum,
    }).toEqual({
      transactions: fact.transactions,
      failed: 0,
      sum: fact.sum === undefined ? undefined : parseDecimal(fact.sum),
    })
    const mismatch = findings.some(({ code }) => code === 'balance-mismatch')
    expect(fact.reconciles === undefined || mismatch === !fact.reconciles).toBe(true)
    // pages make one statement of ours out of several of the expectation's
    if (statements.length !== fact.statements.length) return
    const stated = statements.map(({ statement }) => {
      const balance = (kind: string): string | undefined =>
        balances.find((item) => item.statement === statement && item.kind === kind)?.amount
      return { opening: balance('opening'), closing: balance('closing') }
    })
    const decimal = (text: string | undefined): string | undefined => (text === undefined ? text : parseDecimal(text))
    const wanted = fact.statements.map(({ opening, closing }) => ({
      opening: decimal(opening),
      closing: decimal(closing),
    }))
    // the expectation leaves out a balance that has no currency; ours reads it
    const known = stated.map(({ opening, closing }, at) => ({
      opening: wanted[at]?.opening === undefined ? undefined : opening,
      closing: wanted[at]?.closing === undefined ? undefined : closing,
    }))
    expect(known).toEqual(wanted)
  })

  it.each(all.filter(([, fact]) => fact.mustReject === true))('%s is refused', (path) => {
    expect(rejectionOf(mt940Importer, readFileSync(join(corpus, path)))?.message).toBeTruthy()
  })
})

it.skipIf(present)('the corpus is not on this machine: its MT940 files were not tried', () => {
  expect(present).toBe(false)
})
