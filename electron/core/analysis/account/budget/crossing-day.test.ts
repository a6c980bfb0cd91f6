import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../../shared/domain/iso-date.ts'
import { crossingDay } from './crossing-day.ts'

const spent = (days: readonly (readonly [number, number])[]) =>
  days.map(([day, minor]) => ({ on: parseIsoDate(`2026-11-0${day}`), minor }))

describe('the day that a budget reached an amount', () => {
  it.each([
    ['never', [[1, 50]], 80, null],
    ['the day it did', [[1, 50], [3, 30], [5, 40]], 80, '2026-11-03'],
    ['in any order of lines', [[5, 40], [1, 50], [3, 30]], 80, '2026-11-03'],
    ['the second time after a refund', [[1, 90], [2, -20], [4, 15]], 80, '2026-11-04'],
    ['none after a refund alone', [[1, 90], [2, -20]], 80, null],
    ['a day counts as a whole', [[1, 90], [1, -20]], 80, null],
  ] as const)('%s', (_, days, amount, on) => {
    expect(crossingDay(spent(days), amount)).toBe(on)
  }) // prettier-ignore
})
