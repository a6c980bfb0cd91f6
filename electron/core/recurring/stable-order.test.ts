import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { stableOrder } from './stable-order.ts'

const key = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: 15_000, max: 40_000 }),
  fc.integer({ min: -(2 ** 30), max: 2 ** 30 - 1 }),
)

it('places come in the order of their keys, those of one key as they were', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const places = Int32Array.from(keys.keys()).toReversed()
      // a sort that compares is stable
      const expected = [...places].toSorted((left, right) => (keys[left] ?? 0) - (keys[right] ?? 0))
      expect([...stableOrder(places, Int32Array.from(keys))]).toEqual(expected)
      expect([...places]).toEqual([...keys.keys()].toReversed())
    }),
  )
})
