import { describe, expect, it } from 'vitest'
import { judge } from './judge.ts'
import { mutate, randomOf } from './mutate.ts'
import { ownSamples } from './samples.ts'

/** A short run of what `npm run fuzz` does at length: the same changes in every run. */
const CHANGES = 12

const samples = ownSamples()
const others = samples.map(({ bytes }) => bytes)

describe('a changed statement is read, named as damaged or refused, whatever the change', () => {
  it.each(samples.map(({ name, bytes }, index) => ({ name, bytes, index })))(
    '$name ($index)',
    ({ name, bytes, index }) => {
      const defects = Array.from({ length: CHANGES }, (_, change) => {
        const seed = index * 100_000 + change
        const defect = judge(name, mutate(bytes, randomOf(seed), others))
        return defect === null ? null : { seed, ...defect }
      })
      expect(defects.filter((defect) => defect !== null)).toEqual([])
    },
  )
})
