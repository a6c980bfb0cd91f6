import type { personChannels } from '../../../shared/ipc/channels/person-channels.ts'
import { allocateMinor } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Owner, Person, PersonColour } from '../../../shared/model/person.ts'
import { personColours, type Removal, WHOLE_SHARE } from '../../../shared/model/person.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadOwners, loadPersons } from '../storage/repositories/person-repository.ts'
import { requireAccount } from './account-view.ts'
import { requirePerson, saveOwners } from './save-owners.ts'

function refuseTakenName(vault: Vault, name: string, id: number | null): void {
  const taken = loadPersons(vault).find((person) => person.name === name)
  if (taken !== undefined && taken.id !== id) throw new CoreError('conflict', 'there is already a person of this name')
}

/** The colour that the fewest have, the first of them. */
function freeColour(persons: readonly Person[]): PersonColour {
  const uses = (colour: PersonColour): number => persons.filter((person) => person.colour === colour).length
  return personColours.reduce((best, colour) => (uses(colour) < uses(best) ? colour : best))
}

const ownedBy = (vault: Vault, personId: number) =>
  loadOwners(vault).filter(({ owners }) => owners.some((owner) => owner.personId === personId))

function removalOf(vault: Vault, personId: number): Removal {
  const accounts = ownedBy(vault, personId)
  const alone = accounts.filter(({ owners }) => owners.length === 1).length
  return { alone, together: accounts.length - alone }
}

/** Owners without the one who leaves, their shares adding up to the whole again; empty: the whole household's. */
export function sharesWithout(owners: readonly Owner[], leaving: number, giveTo: number | null): Owner[] {
  const share = owners.find(({ personId }) => personId === leaving)?.share ?? 0
  const others = owners.filter(({ personId }) => personId !== leaving)
  if (giveTo !== null) {
    return others.some(({ personId }) => personId === giveTo)
      ? others.map((owner) => (owner.personId === giveTo ? { ...owner, share: owner.share + share } : owner))
      : [...others, { personId: giveTo, share }]
  }
  if (others.length === 0) return []
  const shares = allocateMinor(
    WHOLE_SHARE,
    others.map((owner) => owner.share),
  )
  return others.map(({ personId }, index) => ({ personId, share: shares[index] ?? 0 }))
}

export const personHandlers: HandlersOf<typeof personChannels> = {
  'person.list': (_, context) => loadPersons(context.readable()),

  'person.create': ({ name, shortName, colour, role, bornOn }, context) => {
    const vault = context.writable()
    refuseTakenName(vault, name, null)
    const persons = loadPersons(vault)
    const id = recordChange(vault, context.clock, { label: 'person.create', facts: { name } }, (recorder) =>
      recorder.insert('persons', {
        name,
        short_name: shortName === name ? '' : shortName,
        colour: colour ?? freeColour(persons),
        role,
        born_on: bornOn,
        position: Math.max(0, ...persons.map(({ position }) => position)) + 1,
        created_at: context.clock.now(),
      }),
    )
    return requirePerson(vault, id)
  },

  'person.update': ({ id, patch }, context) => {
    const vault = context.writable()
    const person = requirePerson(vault, id)
    const { name = person.name, shortName, colour, role, bornOn, archived } = patch
    refuseTakenName(vault, name, id)
    recordChange(vault, context.clock, { label: 'person.update', facts: { name } }, (recorder) => {
      recorder.update('persons', [id], {
        name,
        ...(shortName !== undefined && { short_name: shortName === name ? '' : shortName }),
        ...(colour !== undefined && { colour }),
        ...(role !== undefined && { role }),
        ...(bornOn !== undefined && { born_on: bornOn }),
        ...(archived !== undefined && { archived: archived ? 1 : 0 }),
      })
    })
    return requirePerson(vault, id)
  },

  'person.reorder': ({ ids }, context) => {
    const vault = context.writable()
    const known = new Set(loadPersons(vault).map(({ id }) => id))
    if (ids.length !== known.size || new Set(ids).size !== ids.length || ids.some((id) => !known.has(id))) {
      throw new CoreError('conflict', 'the people have changed meanwhile; look at them again')
    }
    recordChange(vault, context.clock, { label: 'person.reorder' }, (recorder) => {
      for (const [index, id] of ids.entries()) recorder.update('persons', [id], { position: index + 1 })
    })
    return {}
  },

  'person.delete': ({ id, giveTo }, context) => {
    const vault = context.writable()
    const { name } = requirePerson(vault, id)
    if (giveTo === id) throw new CoreError('invalid-input', 'what a person owns cannot go to the same person')
    if (giveTo !== null) requirePerson(vault, giveTo)
    const removal = removalOf(vault, id)
    recordChange(vault, context.clock, { label: 'person.delete', facts: { name } }, (recorder) => {
      for (const { accountId, owners } of ownedBy(vault, id)) {
        saveOwners(vault, recorder, accountId, sharesWithout(owners, id, giveTo))
      }
      recorder.delete('persons', [id])
    })
    return removal
  },

  'person.removal': ({ id }, context) => {
    const vault = context.readable()
    requirePerson(vault, id)
    return removalOf(vault, id)
  },

  'person.owners': (_, context) =>
    loadOwners(context.readable()).map(({ accountId, owners }) => ({ accountId, owners: [...owners] })),

  'person.setOwners': ({ accountIds, owners }, context) => {
    const vault = context.writable()
    const ids = [...new Set(accountIds)]
    const names = ids.map((id) => requireAccount(vault, id).name)
    const facts = { name: names[0] ?? '', count: names.length }
    recordChange(vault, context.clock, { label: 'person.setOwners', facts }, (recorder) => {
      for (const id of ids) saveOwners(vault, recorder, id, owners)
    })
    return {}
  },
}
