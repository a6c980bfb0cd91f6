import type { CoreEvent } from '../../../shared/ipc/events.ts'
import type { Clock, Log } from '../ports.ts'
import { isOutlookStale, keepOutlook } from '../forecast/keep-outlook.ts'
import { lookThrough } from '../recurring/look-through.ts'
import type { WritableVault } from '../storage/open-vault.ts'

/** So long after a change the history is looked at: a file's rows and what is done about them come together. */
const QUIET_MILLISECONDS = 400

export interface BackgroundLook {
  /** Something has been written, or a vault opened. */
  poke(): void
}

/**
 * Looks for payments that come again whenever rows have come or changed: on the writer, in slices of some tens of
 * milliseconds, each between two calls, so that no call waits for more than one of them. Locking breaks it off; what was
 * begun is begun again.
 */
export function createBackgroundLook(options: {
  readonly between: <T>(work: () => Promise<T>) => Promise<T>
  /** The open vault, or null while it is locked. */
  readonly vault: () => WritableVault | null
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: CoreEvent) => void
}): BackgroundLook {
  let waiting: NodeJS.Timeout | null = null
  let running = false
  let again = false

  const look = async (): Promise<void> => {
    const vault = options.vault()
    if (vault === null) return
    const work = lookThrough(vault, { today: options.clock.today() })
    for (;;) {
      const step = await options.between(async () => (options.vault() === vault ? work.next() : null))
      if (step === null) return
      if (step.done !== true) continue
      const today = options.clock.today()
      const isNew = await options.between(async () => {
        if (options.vault() !== vault || (step.value === 0 && !isOutlookStale(vault, today))) return false
        return keepOutlook(vault, today)
      })
      if (step.value > 0) options.emit({ type: 'changed', nouns: ['recurring', 'figures'] })
      if (isNew) options.emit({ type: 'changed', nouns: ['reminder'] })
      return
    }
  }

  const start = async (): Promise<void> => {
    waiting = null
    running = true
    try {
      await look()
    } catch (error) {
      options.log.write('recurring-look-failed', { type: error instanceof Error ? error.name : typeof error })
    }
    running = false
    if (again) {
      again = false
      poke()
    }
  }

  const poke = (): void => {
    if (running) {
      again = true
      return
    }
    if (waiting !== null) clearTimeout(waiting)
    waiting = setTimeout(() => void start(), QUIET_MILLISECONDS)
    waiting.unref()
  }

  return { poke }
}
