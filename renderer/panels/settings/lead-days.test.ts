import { describe, expect, it } from 'vitest'
import { parseLeadDays } from './lead-days.ts'

describe('days before, as typed', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['7, 3, 0', [7, 3, 0]],
    ['0，3、7', [7, 3, 0]],
    ['3 3 03', [3]],
    ['366', [366]],
    ['367', undefined],
    ['-1', undefined],
    ['three', undefined],
    ['1,2,3,4,5,6,7,8,9', undefined],
  ])('%j is %j', (text, days) => {
    expect(parseLeadDays(text)).toEqual(days)
  })
})
