import type { CivilTime } from '../../shared/domain/civil-time.ts'
import type { IsoDate } from '../../shared/domain/iso-date.ts'
import type { ByteSource } from './importing/importer.ts'

/** What the core asks of the world. Hosts and tests supply these; nothing in the core reaches past them. */

/** The civil date and the instant, in the user's zone. Tests set it. */
export interface Clock {
  today(): IsoDate
  /** Milliseconds since the epoch, for stamps and idle timers; never for civil dates. */
  now(): number
}

/** As `Clock`, with the wall clock of the user's zone: what reminders go by. */
export interface CivilClock extends Clock {
  /** The wall clock now. */
  time(): CivilTime
  /**
   * When the wall clock shows this, in milliseconds since the epoch: the earlier moment where it does so twice, and the
   * moment after the gap where it never does.
   */
  instantOf(time: CivilTime): number
}

/** Keeps one secret outside the vault: the OS keychain in Electron, nothing elsewhere. */
export interface KeyStore {
  /** False where the system offers no real protection (Electron's `basic_text` backend): then nothing is stored. */
  readonly available: boolean
  seal(secret: Uint8Array): Uint8Array
  unseal(sealed: Uint8Array): Uint8Array
}

/** Files that the user has picked, dropped or pasted, by opaque token: the renderer never names a path. */
export interface FileSource {
  /** Opens for reading. Throws a CoreError('not-found') for an unknown or expired token. */
  open(token: string): ByteSource & { close(): void }
}

/** A local, redacted log: codes and counts, never content. */
export interface Log {
  write(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void
}
