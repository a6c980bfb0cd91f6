import { createContext, useContext } from 'react'
import type { CallOf, ChannelName, OutputOf } from '../../shared/ipc/contract.ts'
import type { CoreEvent } from '../../shared/ipc/events.ts'

export interface PickedFile {
  readonly file: string
  readonly name: string
  readonly bytes: number
}

/** The window's only way to the core, whatever carries it. A failed call rejects with an error that has a `code`. */
export interface Client {
  call<N extends ChannelName>(
    channel: N,
    input: CallOf<N>,
    options?: { job?: string; signal?: AbortSignal },
  ): Promise<OutputOf<N>>
  /** Listens to the core's events; answers the way to stop. */
  subscribe(listener: (event: CoreEvent) => void): () => void
  uploadFiles(files: File[]): Promise<PickedFile[]>
}

const ClientContext = createContext<Client | null>(null)
export const ClientProvider = ClientContext.Provider

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('there is no client here')
  return client
}
