import type { BankLicence } from './check-tables.ts'

/** An institution of the vault, with its key of `resources/institutions` where it is one of those. */
export interface KnownBank {
  readonly id: number
  readonly key: string | null
}

/** Institutions that count as one. */
export interface BankGroup {
  readonly ids: readonly number[]
  /** What the table says; null: the user does. */
  readonly licence: BankLicence | null
}

/** The user's groups, those that share an institution as one; each institution stands once. */
function joined(groups: readonly (readonly number[])[]): number[][] {
  const result: number[][] = []
  for (const group of groups) {
    const touching = result.filter((one) => one.some((id) => group.includes(id)))
    for (const one of touching) result.splice(result.indexOf(one), 1)
    result.push([...new Set([...touching.flat(), ...group])])
  }
  return result.filter((group) => group.length > 0)
}

/**
 * Which institutions count as one bank: what the user says, and for institutions of which they say nothing what the table
 * of licences knows. A user's group of one says that it has a licence of its own, whatever the table says.
 */
export function bankGroups(
  banks: readonly KnownBank[],
  said: readonly (readonly number[])[],
  licences: readonly BankLicence[],
): BankGroup[] {
  const known = new Set(banks.map(({ id }) => id))
  const own = joined(said.map((group) => group.filter((id) => known.has(id))))
  const decided = new Set(own.flat())
  const byTable = licences.map((licence) => ({
    ids: banks
      .filter(({ id, key }) => key !== null && licence.institutions.includes(key) && !decided.has(id))
      .map(({ id }) => id),
    licence,
  }))
  return [...own.map((ids) => ({ ids, licence: null })), ...byTable.filter(({ ids }) => ids.length > 1)]
}

/** The same for institutions that count as one bank. */
export function bankKeys(groups: readonly BankGroup[]): (institutionId: number) => string {
  const keys = new Map(groups.flatMap(({ ids }) => ids.map((id) => [id, String(Math.min(...ids))] as const)))
  return (institutionId) => keys.get(institutionId) ?? String(institutionId)
}
