import { setImmediate as nextTurn } from 'node:timers/promises'
import { CoreError } from '../../../shared/ipc/errors.ts'

/** How long work reports itself and is stopped. */
export interface JobControl {
  /** `fraction` is from 0 to 1 over the whole job. */
  readonly onProgress?: (fraction: number) => void
  readonly signal?: AbortSignal
}

/** Reports, lets other work of this thread run, and throws CoreError('cancelled') where the job was stopped. */
export async function checkpoint(control: JobControl, fraction: number): Promise<void> {
  control.onProgress?.(Math.min(1, Math.max(0, fraction)))
  await nextTurn()
  if (control.signal?.aborted === true) throw new CoreError('cancelled', 'Cancelled.')
}
