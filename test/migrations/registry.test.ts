import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../electron/core/storage/migrations/index.ts'

const folder = new URL('../../electron/core/storage/migrations/', import.meta.url)
const files = readdirSync(folder).filter(
  (name) => name.endsWith('.ts') && name !== 'index.ts' && !name.endsWith('.test.ts'),
)

describe('the registry of migrations', () => {
  it('names every file of the folder, by its own name, in the order of their dates', () => {
    const names = Object.keys(migrations)
    expect(names).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort())
    expect(names).toEqual(names.toSorted())
  })

  it.each(files)('%s begins with a date, goes forward only, and depends on nothing that may change', (file) => {
    expect(file).toMatch(/^\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.ts$/)
    const text = readFileSync(new URL(file, folder), 'utf8')
    const sources = [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1])
    expect(sources.filter((source) => source !== 'kysely')).toEqual([])
    expect(Object.keys(migrations[file.replace(/\.ts$/, '')] ?? {})).toEqual(['up'])
  })
})
