import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Core } from './start-core.ts'

/** Opens the sample vault after it was locked. It protects nothing. */
export const demoPassphrase = 'onebook sample'

export interface DemoVault {
  readonly path: string
  /** Creates the sample in a core that was started with `demo`. */
  fill(core: Core): Promise<void>
  remove(): void
}

/** A place for a sample vault that goes when the host ends. */
export function createDemoVault(): DemoVault {
  const folder = mkdtempSync(join(tmpdir(), 'onebook-sample-'))
  return {
    path: join(folder, 'sample.vault'),
    async fill(core): Promise<void> {
      const reply = await core.call('vault.create', { passphrase: demoPassphrase, baseCurrency: 'CNY' })
      if (!reply.ok) throw new Error(`the sample could not be made: ${reply.error.message}`)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
