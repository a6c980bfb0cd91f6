import type { NamedThings } from '../analysis/account/search/named-things.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadNamedThings } from '../storage/repositories/named-things-repository.ts'
import { stampOf } from './search-index.ts'

const known = new WeakMap<Vault['driver'], { readonly stamp: string; readonly things: NamedThings }>()

/** The names that a word may mean, as the vault is now; read again only once something was written. */
export function currentThings(vault: Vault): NamedThings {
  const stamp = stampOf(vault)
  const present = known.get(vault.driver)
  if (present?.stamp === stamp) return present.things
  const things = loadNamedThings(vault)
  known.set(vault.driver, { stamp, things })
  return things
}
