import { describe, expect, it } from 'vitest'
import { placeOfRecord, recordLabel, recordOf } from './source-record.ts'

describe('numbers of source records', () => {
  it.each([
    [0, 1, '1'],
    [0, 1_048_576, '1048576'],
    [1, 5, '2/5'],
    [300, 1_048_576, '301/1048576'],
  ])('sheet %i, row %i is shown as %s, and the number leads back', (sheet, row, label) => {
    const record = recordOf(sheet, row)
    expect(Number.isSafeInteger(record)).toBe(true)
    expect(placeOfRecord(record)).toEqual({ sheet, row })
    expect(recordLabel(record)).toBe(label)
  })
})
