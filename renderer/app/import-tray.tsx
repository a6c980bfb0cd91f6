import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { useNotify } from '../components/toast.tsx'
import { type PickedFile, useClient } from './client-context.tsx'
import { failureOf } from './failure.ts'
import { useSendFiles } from './pick-files.tsx'

/** Files on their way in: dropped on any screen, looked at on the import screen. */
export interface ImportTray {
  readonly files: readonly PickedFile[]
  readonly sending: boolean
  readonly add: (files: readonly PickedFile[]) => void
  readonly addFiles: (files: File[]) => Promise<void>
  readonly addText: (text: string) => Promise<void>
  readonly remove: (file: string) => void
  readonly clear: () => void
}

const TrayContext = createContext<ImportTray | null>(null)

export function useImportTray(): ImportTray {
  const tray = useContext(TrayContext)
  if (tray === null) throw new Error('there is no import tray here')
  return tray
}

export function ImportTrayProvider({ children }: { children: ReactNode }) {
  const client = useClient()
  const notify = useNotify()
  const send = useSendFiles()
  const [files, setFiles] = useState<readonly PickedFile[]>([])
  const [sending, setSending] = useState(0)
  const add = useCallback((more: readonly PickedFile[]) => setFiles((now) => [...now, ...more]), [])
  const addFiles = useCallback(
    async (picked: File[]) => {
      setSending((count) => count + 1)
      add(await send(picked))
      setSending((count) => count - 1)
    },
    [add, send],
  )
  const addText = useCallback(
    async (text: string) => {
      try {
        add([await client.call('file.paste', { name: 'pasted.txt', text })])
      } catch (error) {
        notify.failed(failureOf(error))
      }
    },
    [add, client, notify],
  )
  const release = useCallback(
    (tokens: string[]) => {
      if (tokens.length > 0) client.call('file.release', { files: tokens }).catch(() => undefined)
    },
    [client],
  )
  const remove = useCallback(
    (file: string) => {
      setFiles((now) => now.filter((one) => one.file !== file))
      release([file])
    },
    [release],
  )
  const clear = useCallback(() => {
    release(files.map((one) => one.file))
    setFiles([])
  }, [files, release])
  const value = useMemo(
    () => ({ files, sending: sending > 0, add, addFiles, addText, remove, clear }),
    [files, sending, add, addFiles, addText, remove, clear],
  )
  return <TrayContext.Provider value={value}>{children}</TrayContext.Provider>
}
