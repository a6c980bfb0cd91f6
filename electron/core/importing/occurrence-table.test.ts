import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { fingerprintOf } from './fingerprint.ts'
import { OccurrenceTable } from './occurrence-table.ts'

const first = parseIsoDate('2020-01-01')
const print = (value: number, day: number): Buffer => fingerprintOf(addDays(first, day), `${day} ${value}`)

describe('OccurrenceTable', () => {
  it('counts as a map does, whatever the days', () => {
    const row = fc.tuple(fc.nat(40), fc.nat(400))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5000, size: 'max' }), (rows) => {
        const table = new OccurrenceTable()
        const map = new Map<string, number>()
        for (const [value, day] of rows) {
          const count = (map.get(`${day} ${value}`) ?? 0) + 1
          map.set(`${day} ${value}`, count)
          expect(table.increment(print(value, day))).toBe(count)
        }
        expect(table.size).toBe(map.size)
        for (const [value, day] of rows) expect(table.count(print(value, day))).toBe(map.get(`${day} ${value}`))
        expect(table.count(print(99, 0))).toBe(0)
      }),
      { numRuns: 10 },
    )
  })

  it('counts right when parts have been packed, opened again and packed again', () => {
    const table = new OccurrenceTable()
    // 30 months of 40,000 rows have more slots than may be open; every fifth row is there twice
    const months = Array.from({ length: 30 }, (_, month) => month * 31)
    for (const day of months) {
      for (let value = 0; value < 40_000; value += 1) {
        const fingerprint = print(value, day)
        table.increment(fingerprint)
        if (value % 5 === 0) table.increment(fingerprint)
      }
    }
    expect(table.size).toBe(30 * 40_000)
    for (const day of [0, 31 * 12, 31 * 29, 0]) {
      expect([5, 6].map((value) => table.count(print(value, day)))).toEqual([2, 1])
    }
    expect(table.increment(print(5, 0))).toBe(3)
    expect(table.increment(print(6, 0))).toBe(2)
    expect([table.count(print(5, 0)), table.count(print(6, 0)), table.count(print(7, 0))]).toEqual([3, 2, 1])
    expect(table.size).toBe(30 * 40_000)
  })

  it('takes the larger count of two', () => {
    const [a, b, c] = [print(1, 0), print(2, 0), print(1, 60)]
    const left = new OccurrenceTable()
    const right = new OccurrenceTable()
    for (const fingerprint of [a, a, b]) left.increment(fingerprint)
    for (const fingerprint of [a, b, b, b, c]) right.increment(fingerprint)
    left.takeLarger(right)
    expect([left.count(a), left.count(b), left.count(c)]).toEqual([2, 3, 1])
  })
})
