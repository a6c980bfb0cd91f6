/** Locks after minutes without input; long work puts it off. */
export interface IdleLock {
  touch(): void
  stop(): void
}

const LOOK_MILLISECONDS = 5_000

export interface IdleLockOptions {
  readonly now: () => number
  /** 0: never. */
  readonly minutes: () => number
  readonly isBusy: () => boolean
  readonly lock: () => void
}

/** A look every few seconds instead of one long timer: a computer that slept has passed the time all the same. */
export function createIdleLock(options: IdleLockOptions): IdleLock & { look(): void } {
  let last = options.now()
  const look = (): void => {
    const minutes = options.minutes()
    if (options.isBusy()) last = options.now()
    else if (minutes > 0 && options.now() - last >= minutes * 60_000) {
      last = options.now()
      options.lock()
    }
  }
  const timer = setInterval(look, LOOK_MILLISECONDS)
  timer.unref()
  return {
    look,
    touch(): void {
      last = options.now()
    },
    stop: () => clearInterval(timer),
  }
}
