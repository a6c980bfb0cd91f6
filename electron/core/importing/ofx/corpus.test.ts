import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { addDecimal, parseDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { readWith, rejectionOf } from '../text/test-support.ts'
import { ofxImporter } from './ofx-importer.ts'

/** Real files of other projects' tests, kept beside the project because of their licences. */
const corpus = join(process.cwd(), '../shared/corpus/statements')
const index = join(corpus, 'expected.json')
const present = existsSync(index)

const factSchema = z.object({
  format: z.literal('ofx'),
  transactions: z.number(),
  sum: z.string().optional(),
  closing: z.string().nullish(),
  mustReject: z.boolean().optional(),
  mustReport: z.boolean().optional(),
  statements: z.array(z.unknown()).optional(),
})

function facts(): readonly (readonly [string, z.infer<typeof factSchema>])[] {
  if (!present) return []
  const table = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(index, 'utf8')))
  return Object.entries(table).flatMap(([path, fact]) => {
    const parsed = factSchema.safeParse(fact)
    return parsed.success && existsSync(join(corpus, path)) ? [[path, parsed.data] as const] : []
  })
}

const numberOf = (text: string | null | undefined): string | undefined =>
  text === null || text === undefined ? undefined : parseDecimal(text.replace(',', '.'))

/** Files whose expected count includes records that cannot be booked: without an amount, or with every date masked. */
const UNBOOKABLE = ['test_ofx_wrong.ofx', 'ofx-js/example2.ofx']

const all = facts()
const readable = all.filter(([, fact]) => fact.mustReject !== true && (fact.statements?.length ?? 0) > 0)

describe.skipIf(!present)('the OFX files of the corpus', () => {
  it.each(readable)('%s', (path, fact) => {
    const { transactions, failed, balances, statements } = readWith(ofxImporter, readFileSync(join(corpus, path)))
    // the expectation adds up the lines of cash only; trades are in no independent sum
    const cash = transactions.filter((transaction) => transaction.security === undefined)
    const sum = cash.reduce((total, transaction) => addDecimal(total, transaction.amount), ZERO)
    const unbookable = UNBOOKABLE.some((name) => path.endsWith(name))
    const closing = statements.length === 1 ? numberOf(fact.closing) : undefined
    expect({
      records: transactions.length + failed.length,
      damaged: failed.length > 0,
      sum: fact.sum === undefined || unbookable ? undefined : sum,
      closing: closing === undefined ? undefined : balances.find((balance) => balance.kind === 'closing')?.amount,
    }).toEqual({
      records: fact.transactions,
      damaged: unbookable,
      sum: unbookable ? undefined : numberOf(fact.sum),
      closing,
    })
  })

  it.each(all.filter(([, fact]) => fact.mustReject === true))('%s is refused', (path) => {
    expect(rejectionOf(ofxImporter, readFileSync(join(corpus, path)))?.message).toBeTruthy()
  })
})

it.skipIf(present)('the corpus is not on this machine: its OFX files were not tried', () => {
  expect(present).toBe(false)
})
