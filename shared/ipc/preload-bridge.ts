import type { Reply } from './contract.ts'

/**
 * What the Electron preload bundle puts on the window as `onebook`: calls, events, and files that the user gave. It
 * names no path and reaches no other part of Electron.
 */
export interface PreloadBridge {
  call(channel: string, input: unknown, job: string | undefined): Promise<Reply<unknown>>
  /** Events as they come, unparsed. */
  subscribe(listener: (event: unknown) => void): () => void
  /** A dropped or picked `File` of the page; anything else is refused. */
  takeFile(file: unknown): Promise<Reply<{ file: string; name: string; bytes: number }>>
}
