/** Wrong passphrases up to this many cost nothing but the time of the key derivation. */
const FREE_ATTEMPTS = 5
const FIRST_DELAY_MILLISECONDS = 2_000
const LONGEST_DELAY_MILLISECONDS = 300_000

/** How often a vault's passphrase was wrong since it was last right. Plain data, so that a host may keep it. */
export interface AttemptState {
  readonly failures: number
  /** Milliseconds since the epoch of the last wrong one. */
  readonly lastFailureAt: number
}

export const noAttempts: AttemptState = { failures: 0, lastFailureAt: 0 }

/**
 * Milliseconds to wait before the passphrase may be tried again: none for the first five wrong ones, then two seconds,
 * doubling to five minutes. A clock set back does not lengthen the wait beyond that, nor does it end it.
 */
export function waitBeforeAttempt(state: AttemptState, now: number): number {
  if (state.failures < FREE_ATTEMPTS) return 0
  const doublings = Math.min(state.failures - FREE_ATTEMPTS, 30)
  const delay = Math.min(FIRST_DELAY_MILLISECONDS * 2 ** doublings, LONGEST_DELAY_MILLISECONDS)
  return Math.min(delay, Math.max(0, state.lastFailureAt + delay - now))
}

/** The state after a wrong passphrase. After a right one it is `noAttempts`. */
export function afterWrongPassphrase(state: AttemptState, now: number): AttemptState {
  return { failures: state.failures + 1, lastFailureAt: now }
}
