import { allocateMinor } from '../../../../shared/domain/money.ts'
import type { Fraction, Owner, PersonRole } from '../../../../shared/model/person.ts'

/** What sharing needs to know of a person. */
export interface HouseholdMember {
  readonly id: number
  readonly role: PersonRole
  readonly archived: boolean
}

export interface OwnedAccount {
  readonly accountId: number
  readonly owners: readonly Owner[]
}

/** A person's weight among all who own something; the part is weight ÷ the sum of the weights. */
export interface Weight {
  readonly personId: number
  readonly weight: number
}

/**
 * A person's part of an amount (minor units, any sign). The parts of all owners add up to the amount exactly: what
 * rounding leaves goes to the largest remainders, at equal ones to the earlier in the list. A negative amount is shared
 * as its magnitude is. Throws a RangeError where there are no weights.
 */
export function computeShare(minor: number, weights: readonly Weight[], personId: number): number {
  const index = weights.findIndex((entry) => entry.personId === personId)
  if (index < 0) return 0
  if (weights.length === 1) return minor
  return (
    allocateMinor(
      minor,
      weights.map(({ weight }) => weight),
    )[index] ?? 0
  )
}

/**
 * Who owns what. People stand in the order of their ids, so that a cent that rounding leaves never changes its owner
 * when the list is sorted anew.
 *
 * An account that names nobody is the whole household's. In a person's view it counts by equal parts of the adults, so
 * that the people's figures always add up to the household's; without an adult by equal parts of everyone. Archived
 * people take no part in it, but keep what is theirs by name.
 */
export class Ownership {
  readonly personIds: readonly number[]
  readonly #byAccount: ReadonlyMap<number, readonly Weight[]>
  readonly #household: readonly Weight[]
  readonly #named: ReadonlyMap<number, readonly Owner[]>

  constructor(members: readonly HouseholdMember[], accounts: readonly OwnedAccount[]) {
    const ordered = members.toSorted((left, right) => left.id - right.id)
    this.personIds = ordered.map(({ id }) => id)
    const present = ordered.filter(({ archived }) => !archived)
    const adults = present.filter(({ role }) => role === 'adult')
    const sharing = [adults, present, ordered].find((group) => group.length > 0) ?? []
    this.#household = sharing.map(({ id }) => ({ personId: id, weight: 1 }))
    this.#named = new Map(accounts.map(({ accountId, owners }) => [accountId, owners]))
    this.#byAccount = new Map(
      accounts
        .filter(({ owners }) => owners.length > 0)
        .map(({ accountId, owners }) => [
          accountId,
          owners
            .map(({ personId, share }) => ({ personId, weight: share }))
            .sort((left, right) => left.personId - right.personId),
        ]),
    )
  }

  /** All who own a part of the account, in order; empty only while there are no people. */
  weightsOf(accountId: number): readonly Weight[] {
    return this.#byAccount.get(accountId) ?? this.#household
  }

  /** Those whom the account names; none: the whole household's. */
  ownersOf(accountId: number): readonly Owner[] {
    return this.#named.get(accountId) ?? []
  }

  /** Accounts with the same key are shared in the same way: their amounts may be added before they are shared. */
  patternOf(accountId: number): string {
    return this.weightsOf(accountId)
      .map(({ personId, weight }) => `${personId}:${weight}`)
      .join(' ')
  }

  /** What a person, or with null the whole household, sees. */
  viewOf(personId: number | null): OwnershipView {
    return new OwnershipView(this, personId)
  }
}

/** Figures as one person sees them; with null as the household does: everything, whole. */
export class OwnershipView {
  readonly ownership: Ownership
  readonly personId: number | null

  constructor(ownership: Ownership, personId: number | null) {
    this.ownership = ownership
    this.personId = personId
  }

  /** Whether any of the account is theirs. */
  includes(accountId: number): boolean {
    if (this.personId === null) return true
    return this.ownership.weightsOf(accountId).some(({ personId }) => personId === this.personId)
  }

  /** How much of the account is theirs; null where nothing is, and in the household's view. */
  fractionOf(accountId: number): Fraction | null {
    if (this.personId === null) return null
    const weights = this.ownership.weightsOf(accountId)
    const own = weights.find(({ personId }) => personId === this.personId)
    if (own === undefined) return null
    return { weight: own.weight, of: weights.reduce((sum, { weight }) => sum + weight, 0) }
  }

  /**
   * Their part of an amount of the account: any currency, any sign. A figure in base currency is converted whole and
   * then shared, never the other way round, so that the people's parts add up to it.
   */
  partOf(accountId: number, minor: number): number {
    if (this.personId === null) return minor
    return computeShare(minor, this.ownership.weightsOf(accountId), this.personId)
  }
}
