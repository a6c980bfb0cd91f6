import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterWrongPassphrase, type AttemptState, noAttempts, waitBeforeAttempt } from './attempt-delay.ts'

const after = (failures: number, at = 1_000): AttemptState => {
  let state = noAttempts
  for (let index = 0; index < failures; index += 1) state = afterWrongPassphrase(state, at)
  return state
}

describe('slowing down after wrong passphrases', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 2_000],
    [6, 4_000],
    [7, 8_000],
    [12, 256_000],
    [13, 300_000],
    [5_000, 300_000],
  ])('after %i wrong ones the next waits %i ms', (failures, wait) => {
    expect(waitBeforeAttempt(after(failures), 1_000)).toBe(wait)
  })

  it('ends when the time has passed', () => {
    expect(waitBeforeAttempt(after(5, 1_000), 2_999)).toBe(1)
    expect(waitBeforeAttempt(after(5, 1_000), 3_000)).toBe(0)
  })

  it('never waits longer than its delay, even when the clock is set back', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(), fc.nat(), (failures, at, now) => {
        const wait = waitBeforeAttempt(after(failures, at), now)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(waitBeforeAttempt(after(failures, at), at))
      }),
    )
  })
})
