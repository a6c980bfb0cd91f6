import type { Vault } from './open-vault.ts'
import { prepared } from './repositories/query.ts'

interface Kept {
  readonly key: string
  readonly value: unknown
}

const keptByDriver = new WeakMap<Vault['driver'], Map<string, Kept>>()

/** Differs once anything was written: by another connection (data_version), or by this one (total_changes). */
function stateOf(vault: Vault): string {
  const version = String(vault.driver.pragma('data_version', { simple: true }))
  return `${version} ${String(prepared(vault, 'select total_changes()').pluck().get())}`
}

/**
 * What `compute` answers, kept for this connection until anything in the vault changes or it is asked for under another
 * key: `key` holds all that the answer depends on beside the vault. Only the newest answer under a name is kept; nobody
 * may change it. Within a transaction nothing is kept: it may be rolled back.
 */
export function untilChange<T>(vault: Vault, name: string, key: string, compute: () => T): T {
  if (vault.driver.inTransaction) return compute()
  let kept = keptByDriver.get(vault.driver)
  if (kept === undefined) {
    kept = new Map()
    keptByDriver.set(vault.driver, kept)
  }
  const full = `${stateOf(vault)} ${key}`
  const known = kept.get(name)
  if (known?.key === full) return known.value as T
  const value = compute()
  kept.set(name, { key: full, value })
  return value
}
