import { CoreError } from '../../../../shared/ipc/errors.ts'
import type { Owner, Person, PersonColour, PersonRole } from '../../../../shared/model/person.ts'
import { personColours } from '../../../../shared/model/person.ts'
import { Ownership, type OwnedAccount, type OwnershipView } from '../../analysis/account/ownership.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

interface PersonRow {
  id: number
  name: string
  shortName: string
  colour: string
  role: PersonRole
  bornOn: Person['bornOn']
  archived: 0 | 1
  position: number
  accountCount: number
}

const SELECT = `select id, name, short_name as shortName, colour, role, born_on as bornOn, archived, position,
  (select count(*) from account_owners where person_id = persons.id) as accountCount from persons`

const isColour = (text: string): text is PersonColour => personColours.some((colour) => colour === text)

function personOf(row: PersonRow): Person {
  return {
    ...row,
    shortName: row.shortName === '' ? row.name : row.shortName,
    // one of a newer version is shown as another
    colour: isColour(row.colour) ? row.colour : personColours[0],
    archived: row.archived === 1,
  }
}

/** Everyone, archived too, in the user's order. */
export function loadPersons(vault: Vault): Person[] {
  return sqlRows<PersonRow>(vault, `${SELECT} order by position, id`).map(personOf)
}

export function loadPerson(vault: Vault, id: number): Person | null {
  return sqlRows<PersonRow>(vault, `${SELECT} where id = ?`, id).map(personOf)[0] ?? null
}

/** The owners of every account that names any, by account; people in the user's order. */
export function loadOwners(vault: Vault): OwnedAccount[] {
  const rows = sqlRows<Owner & { accountId: number }>(
    vault,
    `select account_id as accountId, person_id as personId, share from account_owners
     join persons on persons.id = person_id order by account_id, position, persons.id`,
  )
  return [...Map.groupBy(rows, ({ accountId }) => accountId)].map(([accountId, owners]) => ({
    accountId,
    owners: owners.map(({ personId, share }) => ({ personId, share })),
  }))
}

/** Who owns what, for sharing figures: costs as much as there are people and accounts, never the history. */
export function loadOwnership(vault: Vault): Ownership {
  const members = sqlRows<{ id: number; role: PersonRole; archived: 0 | 1 }>(
    vault,
    'select id, role, archived from persons',
  )
  return new Ownership(
    members.map(({ id, role, archived }) => ({ id, role, archived: archived === 1 })),
    loadOwners(vault),
  )
}

/** What a person sees, null: the whole household. Throws CoreError('not-found') where there is no such person. */
export function loadOwnershipView(vault: Vault, personId: number | null): OwnershipView {
  const ownership = loadOwnership(vault)
  if (personId !== null && !ownership.personIds.includes(personId)) {
    throw new CoreError('not-found', 'there is no such person', { id: personId })
  }
  return ownership.viewOf(personId)
}
