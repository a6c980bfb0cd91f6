import { useCallback } from 'react'
import { type PickedFile, useClient } from './client-context.tsx'
import { failureOf } from './failure.ts'
import { useNotify } from '../components/toast.tsx'
import { useCall } from './queries.ts'

function chooseInBrowser(many: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = many
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

/** Lets the user choose files: the system's picker where the host has one, else the browser's. Never a path. */
export function usePickFiles(): (options: { many: boolean }) => Promise<readonly PickedFile[]> {
  const client = useClient()
  const notify = useNotify()
  const native = useCall('app.info', {}).data?.capabilities.nativeDialogs ?? false
  return useCallback(
    async ({ many }) => {
      try {
        if (native) return await client.call('file.pick', { many })
        const files = await chooseInBrowser(many)
        return files.length === 0 ? [] : await client.uploadFiles(files)
      } catch (error) {
        notify.failed(failureOf(error))
        return []
      }
    },
    [client, native, notify],
  )
}

/** Gives dropped or pasted files to the core; their tokens come back. */
export function useSendFiles(): (files: File[]) => Promise<readonly PickedFile[]> {
  const client = useClient()
  const notify = useNotify()
  return useCallback(
    async (files) => {
      try {
        return await client.uploadFiles(files)
      } catch (error) {
        notify.failed(failureOf(error))
        return []
      }
    },
    [client, notify],
  )
}
