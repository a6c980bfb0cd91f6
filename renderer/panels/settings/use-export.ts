import { useCallback, useState } from 'react'
import type { CallOf, OutputOf } from '../../../shared/ipc/contract.ts'
import { useClient } from '../../app/client-context.tsx'
import { type Failure, failureOf } from '../../app/failure.ts'
import { type Job, type JobProgress, useJob } from '../../app/queries.ts'
import { saveBytes } from '../../components/save-bytes.ts'

export type Exported = OutputOf<'export.run'>

export interface Exporting {
  readonly progress: JobProgress | null
  readonly running: boolean
  readonly failure: Failure | null
  /** Exports and hands the file to the browser's download; what was said about it, or null where it came to nothing. */
  readonly run: (input: CallOf<'export.run'>) => Promise<Exported | null>
  readonly cancel: () => void
}

/** An export from the first row to the file: written by the core, fetched piece by piece, saved where the user says. */
export function useExport(): Exporting {
  const client = useClient()
  const job: Job<'export.run'> = useJob('export.run')
  const [fetching, setFetching] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const { run: make } = job
  const run = useCallback(
    async (input: CallOf<'export.run'>) => {
      setFailure(null)
      const made = await make(input)
      if (made === null) return null
      setFetching(true)
      try {
        const parts: string[] = []
        for (let offset: number | null = 0; offset !== null;) {
          const piece: OutputOf<'export.read'> = await client.call('export.read', { export: made.export, offset })
          parts.push(piece.base64)
          offset = piece.next
        }
        saveBytes(made.name, made.mediaType, parts)
        return made
      } catch (error) {
        setFailure(failureOf(error))
        return null
      } finally {
        setFetching(false)
        client.call('export.release', { export: made.export }).catch(() => undefined)
      }
    },
    [client, make],
  )
  return {
    progress: job.progress,
    running: job.running || fetching,
    failure: failure ?? job.failure,
    run,
    cancel: job.cancel,
  }
}
