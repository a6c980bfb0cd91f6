import * as fc from 'fast-check'
import { expect } from 'vitest'
import { type Importer, ImportRejection } from '../../electron/core/importing/importer.ts'
import { readWith } from '../../electron/core/importing/text/test-support.ts'

/**
 * What an importer makes of any bytes: `read` or `rejected` with a reason. Any other throw passes on and fails the test,
 * as does a record number that is used twice. For tests.
 */
export function outcomeOf(importer: Importer, bytes: Uint8Array): 'read' | 'rejected' {
  try {
    const { items } = readWith(importer, bytes)
    const records = items.flatMap((item) => {
      if (item.type === 'transaction') return item.side === 'counterpart' ? [] : item.record
      return item.type === 'failed' || item.type === 'skipped' ? item.record : []
    })
    expect(new Set(records).size).toBe(records.length)
    const announced = new Set(items.flatMap((item) => (item.type === 'statement' ? item.statement : [])))
    for (const item of items) {
      if (item.type === 'transaction') expect(announced.has(item.statement)).toBe(true)
    }
    return 'read'
  } catch (error) {
    if (error instanceof ImportRejection && error.message !== '') return 'rejected'
    throw error
  }
}

/** Puts any of `pieces` into a valid text at any places, some of it being cut out there; answers how often it was fine. */
export function survivedDamages(importer: Importer, valid: string, pieces: readonly string[], runs: number): number {
  let survived = 0
  const damage = fc.tuple(fc.nat(), fc.nat(40), fc.constantFrom('', ...pieces))
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 6 }), (damages) => {
      let text = valid
      for (const [at, length, piece] of damages) {
        const start = at % (text.length + 1)
        text = text.slice(0, start) + piece + text.slice(start + length)
      }
      outcomeOf(importer, new TextEncoder().encode(text))
      survived += 1
    }),
    { numRuns: runs },
  )
  return survived
}

/** Tries random bytes, alone and behind a valid beginning; answers how often it was fine. */
export function survivedBytes(importer: Importer, beginning: string, runs: number): number {
  let survived = 0
  const head = new TextEncoder().encode(beginning)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, begun) => {
      const all = begun ? Uint8Array.from([...head, ...bytes]) : bytes
      outcomeOf(importer, all)
      survived += 1
    }),
    { numRuns: runs },
  )
  return survived
}
