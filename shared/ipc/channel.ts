import type { z } from 'zod'

/**
 * `read` runs on a reader worker, `write` on the single writer, `host` on the host itself: settings, file tokens and the
 * keychain, which only it has. All else about a channel is the same.
 */
export type Access = 'read' | 'write' | 'host'

export interface Channel {
  readonly access: Access
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** Reachable while the vault is locked or absent. */
  readonly whenLocked?: true
  /** Long work: reports progress under the caller's job id and can be cancelled. */
  readonly job?: true
}
