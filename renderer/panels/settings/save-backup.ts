import { useCallback, useRef, useState } from 'react'
import { useClient } from '../../app/client-context.tsx'
import { failureOf } from '../../app/failure.ts'
import type { JobProgress } from '../../app/queries.ts'
import { saveBytes } from '../../components/save-bytes.ts'
import { useNotify } from '../../components/toast.tsx'
import type { Backup } from './backups-table.tsx'

/** Reads a backup piece by piece and hands it to the browser's download. */
export function useSaveBackup(): {
  readonly progress: JobProgress | null
  save(backup: Backup): Promise<void>
  cancel(): void
} {
  const client = useClient()
  const notify = useNotify()
  const [progress, setProgress] = useState<JobProgress | null>(null)
  const stopped = useRef(false)
  const save = useCallback(
    async ({ name, bytes }: Backup) => {
      stopped.current = false
      const parts: string[] = []
      const tell = (offset: number) =>
        setProgress({ step: 'read', done: Math.round((offset / Math.max(1, bytes)) * 100), total: 100, subject: null })
      tell(0)
      try {
        let offset: number | null = 0
        while (offset !== null) {
          if (stopped.current) return
          const piece: { base64: string; next: number | null } = await client.call('vault.readBackup', { name, offset })
          parts.push(piece.base64)
          offset = piece.next
          if (offset !== null) tell(offset)
        }
        saveBytes(name, 'application/octet-stream', parts)
      } catch (error) {
        notify.failed(failureOf(error))
      } finally {
        setProgress(null)
      }
    },
    [client, notify],
  )
  const cancel = useCallback(() => {
    stopped.current = true
  }, [])
  return { progress, save, cancel }
}
