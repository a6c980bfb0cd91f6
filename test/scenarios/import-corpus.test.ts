import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openLocalFile } from '../../electron/core/importing/local-file.ts'
import { inspectSource } from '../../electron/core/importing/inspect.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'

const corpus = fileURLToPath(new URL('../../../shared/corpus/statements/', import.meta.url))
const present = existsSync(`${corpus}expected.json`)
const FORMATS = new Set(['ofx', 'qif', 'csv-bank', 'csv-broker', 'chinese', 'xlsx'])

/** Every statement of the corpus that inspecting can read, by its format. */
function readable(): string[] {
  if (!present) return []
  const expected = JSON.parse(readFileSync(`${corpus}expected.json`, 'utf8')) as Record<string, { format: string }>
  return Object.entries(expected)
    .filter(([path, { format }]) => FORMATS.has(format) && existsSync(corpus + path))
    .map(([path]) => path)
}

describe('every real statement of the corpus', () => {
  it.skipIf(!present)(
    `${present ? '' : '(the corpus is not here: not run) '}is imported as it was previewed, and once only`,
    { timeout: 240_000 },
    async () => {
      const wrong: string[] = []
      for (const path of readable()) {
        const source = openLocalFile(corpus + path)
        const inspected = await inspectSource(path, source, parseIsoDate('2026-11-23'))
        // a record of a double-entry book has a row on each account that it touches
        const rows = inspected.statements.flatMap(({ transactions, counterparts = [] }) => [
          ...transactions,
          ...counterparts,
        ])
        if (inspected.status === 'parsed') wrong.push(...(await importTwice(path, rows.length)))
        source.close()
      }
      expect(wrong).toEqual([])
    },
  )
})

async function importTwice(path: string, transactions: number): Promise<string[]> {
  const temporary = await createTemporaryVault()
  const source = openLocalFile(corpus + path)
  try {
    const stand = new ImportStand(temporary.vault)
    const choice = stand.addSource(source)
    const [preview] = await stand.preview(choice)
    const [first] = await stand.commit(choice)
    const [again] = await stand.commit(choice)
    if (preview === undefined || first === undefined || again === undefined) return [`${path}: no answer`]
    const wrong: string[] = []
    const counts = [first.imported, first.duplicates, first.skipped, first.failed, first.replaced]
    const seen = [
      preview.counts.new,
      preview.counts.duplicate,
      preview.counts.skipped,
      preview.counts.failed,
      preview.counts.replaced,
    ]
    if (counts.join() !== seen.join()) wrong.push(`${path}: previewed ${seen.join()}, imported ${counts.join()}`)
    const failed = first.failed
    if (first.imported + first.duplicates + first.replaced !== transactions && failed === 0) {
      wrong.push(`${path}: ${transactions} inspected, ${counts.join()}`)
    }
    if (again.imported + again.replaced !== 0 || again.failed !== first.failed || again.skipped !== first.skipped) {
      wrong.push(`${path}: the second time ${again.imported} new, ${again.replaced} replaced`)
    }
    const rows = temporary.vault.driver
      .prepare<[], { count: number }>('select count(*) as count from transactions')
      .get()
    if (rows?.count !== first.imported) wrong.push(`${path}: ${first.imported} imported, ${rows?.count} rows`)
    const figures = temporary.vault.driver
      .prepare(
        `select 1 from account_balances b where change_minor <> (select coalesce(sum(amount_minor), 0) from transactions where account_id = b.account_id)`,
      )
      .all()
    if (figures.length > 0) wrong.push(`${path}: a balance differs from its transactions`)
    return wrong
  } catch (error) {
    return [`${path}: ${String(error)}`]
  } finally {
    source.close()
    await temporary.close()
  }
}
