import { setImmediate } from 'node:timers/promises'
import { CoreError } from '../../shared/ipc/errors.ts'
import type { CoreEvent } from '../../shared/ipc/events.ts'
import type { Job } from './handler.ts'

/** Progress is told at most this often, and always when a step begins or is complete. */
const QUIET_MILLISECONDS = 100

/** A job that reports under the caller's id, or to nobody where the caller gave none. */
export function createJob(
  id: string | null,
  signal: AbortSignal,
  emit: (event: CoreEvent) => void,
  now: () => number,
): Job {
  let lastStep = ''
  let lastTold = -Infinity
  return {
    signal,
    progress(step, done, total, subject): void {
      if (id === null) return
      const time = now()
      const key = `${step} ${subject ?? ''}`
      if (key === lastStep && done !== total && time - lastTold < QUIET_MILLISECONDS) return
      lastStep = key
      lastTold = time
      emit({ type: 'progress', job: id, step, done, total, subject: subject ?? null })
    },
    async breathe(): Promise<void> {
      await setImmediate()
      if (signal.aborted) throw new CoreError('cancelled', 'Cancelled.')
    },
  }
}
