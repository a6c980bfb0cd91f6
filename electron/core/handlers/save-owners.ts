import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Owner, Person } from '../../../shared/model/person.ts'
import type { Recorder } from '../changes/record.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadOwners, loadPerson } from '../storage/repositories/person-repository.ts'

/** Throws CoreError('not-found'). */
export function requirePerson(vault: Vault, id: number): Person {
  const person = loadPerson(vault, id)
  if (person === null) throw new CoreError('not-found', 'there is no such person', { id })
  return person
}

/**
 * Makes these the owners of the account, in the change that is under way; none: the whole household's. Their shares add
 * up to the whole. Throws CoreError('not-found').
 */
export function saveOwners(vault: Vault, recorder: Recorder, accountId: number, owners: readonly Owner[]): void {
  for (const { personId } of owners) requirePerson(vault, personId)
  const before = loadOwners(vault).find((entry) => entry.accountId === accountId)?.owners ?? []
  for (const { personId } of before) {
    if (!owners.some((owner) => owner.personId === personId)) recorder.delete('account_owners', [accountId, personId])
  }
  for (const { personId, share } of owners) {
    recorder.put('account_owners', [accountId, personId], { account_id: accountId, person_id: personId, share })
  }
}
