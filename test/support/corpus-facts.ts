import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** Real files of other projects' tests, kept beside the project because of their licences. For tests. */
const corpus = join(process.cwd(), '../shared/corpus/statements')
const index = join(corpus, 'expected.json')

export const corpusIsPresent = existsSync(index)

const factSchema = z.object({
  format: z.string(),
  transactions: z.number(),
  mustReject: z.boolean().optional(),
  closing: z.string().optional(),
  /** As the file writes it. */
  sum: z.string().optional(),
})

export type CorpusFact = z.infer<typeof factSchema>

/** The files of one format with what is expected of each; none where the corpus is not on this machine. */
export function corpusFacts(format: string): readonly (readonly [string, CorpusFact])[] {
  if (!corpusIsPresent) return []
  const table = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(index, 'utf8')))
  return Object.entries(table).flatMap(([path, fact]) => {
    const parsed = factSchema.safeParse(fact)
    const isWanted = parsed.success && parsed.data.format === format && existsSync(join(corpus, path))
    return isWanted ? [[path, parsed.data] as const] : []
  })
}

export const corpusFile = (path: string): Uint8Array => readFileSync(join(corpus, path))
