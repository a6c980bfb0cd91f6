import { describe, expect, it } from 'vitest'
import { lockChoices } from './lock-choices.ts'

describe('minutes until the vault locks', () => {
  it('never is the last choice', () => expect(lockChoices(0).at(-1)).toBe(0))
  it('what is set can always be seen, in its place', () => {
    expect(lockChoices(7).slice(0, 4)).toEqual([1, 5, 7, 10])
    expect(lockChoices(10).filter((minutes) => minutes === 10)).toHaveLength(1)
  })
})
