import { describe, expect, it } from 'vitest'
import { isLastGroup } from './recovery-key-text.ts'

describe('the last group proves that the key was kept', () => {
  it.each([
    ['10AZ', true],
    ['loaz', true],
    ['io-az', true],
    [' 10az ', true],
    ['10A', false],
    ['', false],
    ['AZ10', false],
  ])('%s → %s', (typed, right) => expect(isLastGroup(typed, 'ABCD-EFGH-10AZ')).toBe(right))
})
