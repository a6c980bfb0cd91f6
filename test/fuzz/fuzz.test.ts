import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { inspectSource } from '../../electron/core/importing/inspect.ts'
import { bytesSource } from '../../electron/core/importing/text/decode.ts'
import { importers } from '../../electron/core/importing/registry.ts'
import { importerOf, judge } from './judge.ts'
import { mutate, randomOf } from './mutate.ts'
import { ownSamples } from './samples.ts'

/** A short run of what `npm run fuzz` does at length: the same changes in every run. */
const CHANGES = 7

const samples = ownSamples()
const others = samples.map(({ bytes }) => bytes)

describe('a changed statement is read, named as damaged or refused, whatever the change', () => {
  it.each(samples.map(({ name, bytes }, index) => ({ name, bytes, index })))(
    '$name ($index)',
    async ({ name, bytes, index }) => {
      const defects: unknown[] = []
      for (let change = 0; change < CHANGES; change += 1) {
        const seed = index * 100_000 + change
        const defect = await judge(name, mutate(bytes, randomOf(seed), others))
        if (defect !== null) defects.push({ seed, ...defect })
      }
      expect(defects).toEqual([])
    },
  )
})

it('every importer of the registry has a sample of its own, and so have PDFs as files', () => {
  const sampled = new Set(samples.map(({ name, bytes }) => importerOf(name, bytes)))
  expect(['pdf-file', ...importers.map(({ id }) => id)].filter((id) => !sampled.has(id))).toEqual([])
})

/** Samples that nothing is read of, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  'app:ynab': 'a list of budgets holds no transactions',
  'app:splitwise': 'what a group shares is no account',
  json: 'there to refuse what no other reader of JSON knows',
  pdf: 'printed by institutions without a profile, with no table and no ISIN',
  'pdf-file': 'locked',
}

it('every sample is read as it is, but for those that are there to be refused', async () => {
  const refused = new Set<string>()
  for (const { name, bytes } of samples) {
    const { status } = await inspectSource(name, bytesSource(name, bytes), parseIsoDate('2026-11-25'))
    if (status === 'rejected') refused.add(importerOf(name, bytes) ?? name)
  }
  expect([...refused].toSorted()).toEqual(Object.keys(REFUSED).toSorted())
})
