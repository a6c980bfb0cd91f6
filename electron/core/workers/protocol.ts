import type { MessagePort } from 'node:worker_threads'
import type { Reply } from '../../../shared/ipc/contract.ts'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import type { Argon2Parameters } from '../storage/vault-keys.ts'
import type { HostKind } from '../storage/vault-lock.ts'

/** What passes between the host's thread and the core's workers. Both ends are this program: nothing here is parsed. */

export type Role = 'writer' | 'reader'

/** Where the bytes behind a file token are. Paths stay between host and core. */
export type FileLocation = { readonly name: string; readonly size: number } & (
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'memory'; readonly bytes: SharedArrayBuffer }
  /** A spooled upload: AES-256-CTR under a key that exists in memory only. */
  | { readonly kind: 'sealed'; readonly path: string; readonly key: Uint8Array; readonly nonce: Uint8Array }
)

export interface WorkerSetup {
  readonly role: Role
  /** Whether it will be asked for figures soon: then all handlers are loaded at once, else when they are asked for. */
  readonly preload: boolean
  readonly vaultPath: string
  readonly host: HostKind
  /** The vault is a sample that goes when the host ends. */
  readonly demo: boolean
  /** Asks the host's thread and waits for the answer: the keychain and the lock on the vault live there. */
  readonly bridge: { readonly port: MessagePort; readonly gate: Int32Array }
  /** Fixed for tests; else the system's. */
  readonly today?: string
  /** Cheaper ones for tests only. */
  readonly argon2?: Argon2Parameters
}

export type ToWorker =
  | {
      readonly type: 'call'
      readonly id: number
      readonly channel: string
      readonly input: unknown
      readonly job: string | null
    }
  | { readonly type: 'cancel'; readonly job: string }
  | { readonly type: 'file'; readonly token: string; readonly location: FileLocation }
  | { readonly type: 'file-gone'; readonly token: string }
  /** To the writer: another reader is there; it opens and closes with the writer over this port. */
  | { readonly type: 'reader'; readonly port: MessagePort }
  /** To a reader: the port to the writer. */
  | { readonly type: 'writer'; readonly port: MessagePort }
  /** To a reader, from time to time: the day's backup, if it is due. Answered as a call is. */
  | { readonly type: 'back-up'; readonly id: number }
  | { readonly type: 'stop' }

export type FromWorker =
  | { readonly type: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly type: 'event'; readonly event: CoreEvent }
  | {
      readonly type: 'log'
      readonly event: string
      readonly facts: Readonly<Record<string, string | number | boolean>>
    }
  | { readonly type: 'stopped' }

/** From the writer to a reader. The key is moved, not copied: the writer clears its own and the reader clears this. */
export type ToReader =
  | { readonly type: 'open'; readonly turn: number; readonly dataKey: Uint8Array<ArrayBuffer> }
  | { readonly type: 'close'; readonly turn: number }
export interface FromReader {
  readonly turn: number
  readonly ok: boolean
}
