import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { filterCount, withFilter } from './filter.ts'

describe('a filter', () => {
  it('takes conditions and gives them back', () => {
    const filter = withFilter({ accountIds: [1] }, { text: 'tea', from: parseIsoDate('2026-01-01') })
    expect(filter).toEqual({ accountIds: [1], text: 'tea', from: '2026-01-01' })
    expect(withFilter(filter, { text: undefined, from: undefined })).toEqual({ accountIds: [1] })
  })
  it('counts what the popover hides', () => {
    expect(filterCount({ accountIds: [1], text: 'tea', direction: 'in' })).toBe(0)
    expect(filterCount({ minMinor: 0, uncategorised: true })).toBe(2)
  })
})
