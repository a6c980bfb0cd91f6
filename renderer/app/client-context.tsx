import { createContext, useContext } from 'react'
import type { Client, UploadedFile } from '../client/client.ts'

export type { Client } from '../client/client.ts'
export type PickedFile = UploadedFile

const ClientContext = createContext<Client | null>(null)
export const ClientProvider = ClientContext.Provider

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('there is no client here')
  return client
}
