import { randomUUID } from 'node:crypto'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Vault } from '../storage/open-vault.ts'
import type { ExportSpool } from './export-spool.ts'

/** So many finished exports wait to be read; beyond it the oldest goes. */
export const MOST_KEPT = 4

interface Kept {
  readonly token: string
  readonly driver: Vault['driver']
  readonly spool: ExportSpool
}

/** Exports of this worker that wait to be read. They go with the connection they were made on: locking ends them. */
let kept: Kept[] = []

function letGo(unwanted: (each: Kept) => boolean): void {
  for (const each of kept) if (unwanted(each)) each.spool.close()
  kept = kept.filter((each) => !unwanted(each))
}

export function keepExport({ driver }: Vault, spool: ExportSpool): string {
  letGo((each) => !each.driver.open)
  const oldest = kept[0]
  if (kept.length >= MOST_KEPT) letGo((each) => each === oldest)
  const token = randomUUID()
  kept.push({ token, driver, spool })
  return token
}

/** Throws CoreError('not-found') for a token that is none or has gone. */
export function findExport({ driver }: Vault, token: string): ExportSpool {
  const found = kept.find((each) => each.token === token && each.driver === driver)
  if (found === undefined) throw new CoreError('not-found', 'This export is no longer here; make it again.')
  return found.spool
}

export function releaseExport({ driver }: Vault, token: string): void {
  letGo((each) => !each.driver.open || (each.token === token && each.driver === driver))
}
