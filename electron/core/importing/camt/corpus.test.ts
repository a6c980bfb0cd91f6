import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { readWith } from '../text/test-support.ts'
import { camtImporter } from './camt-importer.ts'

/** Real files of other projects' tests, kept beside the project because of their licences. */
const corpus = join(process.cwd(), '../shared/corpus/statements')
const index = join(corpus, 'expected.json')
const present = existsSync(index)

const statementSchema = z.object({
  account: z.string().nullish(),
  opening: z.string().optional(),
  closing: z.string().optional(),
})
const factSchema = z.object({
  format: z.literal('camt'),
  transactions: z.number(),
  sum: z.string().optional(),
  reconciles: z.boolean().optional(),
  mustReport: z.boolean().optional(),
  statements: z.array(statementSchema),
})

function facts(): readonly (readonly [string, z.infer<typeof factSchema>])[] {
  if (!present) return []
  const table = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(index, 'utf8')))
  return Object.entries(table).flatMap(([path, fact]) => {
    const parsed = factSchema.safeParse(fact)
    return parsed.success && path.endsWith('.xml') && existsSync(join(corpus, path))
      ? [[path, parsed.data] as const]
      : []
  })
}

const numberOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : parseDecimal(text))

describe.skipIf(!present)('the CAMT files of the corpus', () => {
  it.each(facts())('%s', (path, fact) => {
    const { transactions, failed, sum, balances, statements, findings } = readWith(
      camtImporter,
      readFileSync(join(corpus, path)),
    )
    const stated = (kind: string, statement: number): string | undefined =>
      balances.find((balance) => balance.kind === kind && balance.statement === statement)?.amount
    expect(transactions.length + failed.length).toBe(fact.transactions)
    expect(failed.length > 0).toBe(fact.mustReport === true)
    expect(fact.sum === undefined ? undefined : sum).toBe(numberOf(fact.sum))
    expect(
      statements.map(({ account, statement }) => ({
        account: account.number,
        opening: stated('opening', statement),
        closing: stated('closing', statement),
      })),
    ).toEqual(
      fact.statements.map(({ account, opening, closing }) => ({
        account: account ?? undefined,
        opening: numberOf(opening),
        closing: numberOf(closing),
      })),
    )
    const doesAddUp = !findings.some(({ code }) => code === 'balance-mismatch')
    expect(doesAddUp).toBe(fact.reconciles ?? doesAddUp)
  })
})

it.skipIf(present)('the corpus is not on this machine: its CAMT files were not tried', () => {
  expect(present).toBe(false)
})
