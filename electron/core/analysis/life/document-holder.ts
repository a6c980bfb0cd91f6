import type { LifeDocument } from '../../../../shared/model/life.ts'
import type { Person } from '../../../../shared/model/person.ts'
import type { OwnershipView } from '../account/ownership.ts'

const SEPARATORS = /[,，、;；/&]/u

const plain = (text: string): string => text.trim().toLocaleLowerCase()

/** The people whom a holder's text names by their name or short name; it may name several, as "Anna, Bert". */
export function personsNamed(holder: string, persons: readonly Pick<Person, 'id' | 'name' | 'shortName'>[]): number[] {
  const names = new Set(holder.split(SEPARATORS).map(plain))
  return persons
    .filter(({ name, shortName }) => names.has(plain(name)) || names.has(plain(shortName)))
    .map(({ id }) => id)
}

/**
 * Whether a document belongs into a view. One whose holder is of the household is theirs alone; else one that belongs
 * to an account goes with it; any other is everyone's.
 */
export function isDocumentOf(
  { holder, accountId }: Pick<LifeDocument, 'holder' | 'accountId'>,
  view: OwnershipView,
  persons: readonly Pick<Person, 'id' | 'name' | 'shortName'>[],
): boolean {
  if (view.personId === null) return true
  const holders = personsNamed(holder, persons)
  if (holders.length > 0) return holders.includes(view.personId)
  return accountId === null || view.includes(accountId)
}
