import type { Vault } from '../storage/open-vault.ts'
import { loadNamedThings } from '../storage/repositories/named-things-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { loadFindable, type Things, thingsInView } from './findable.ts'
import { stampOf } from './search-index.ts'

interface Known {
  readonly stamp: string
  readonly all: Things
  readonly views: Map<number, Things>
}
const known = new WeakMap<Vault['driver'], Known>()

function currentlyKnown(vault: Vault): Known {
  const stamp = stampOf(vault)
  const present = known.get(vault.driver)
  if (present?.stamp === stamp) return present
  const all = { named: loadNamedThings(vault), findable: loadFindable(vault) }
  const fresh: Known = { stamp, all, views: new Map() }
  known.set(vault.driver, fresh)
  return fresh
}

/** The names in the vault as it is now, those that a person sees; read again only once something was written. */
export function currentThings(vault: Vault, person: number | null): Things {
  const { all, views } = currentlyKnown(vault)
  if (person === null) return all
  const seen = views.get(person)
  if (seen !== undefined) return seen
  const things = thingsInView(vault, all, loadOwnershipView(vault, person))
  views.set(person, things)
  return things
}
