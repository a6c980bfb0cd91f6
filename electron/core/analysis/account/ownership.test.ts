import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeShare, type HouseholdMember, Ownership } from './ownership.ts'

const adult = (id: number, archived = false): HouseholdMember => ({ id, role: 'adult', archived })
const child = (id: number, archived = false): HouseholdMember => ({ id, role: 'child', archived })
const parts = (ownership: Ownership, accountId: number, minor: number): number[] =>
  ownership.personIds.map((id) => ownership.viewOf(id).partOf(accountId, minor))

describe('a part of an amount', () => {
  it.each([
    // 100.01 by halves: 5000.5 each, the cent goes to the first
    [10_001, [5_000, 5_000], [5_001, 5_000]],
    [-10_001, [5_000, 5_000], [-5_001, -5_000]],
    // a third each of 100: 33.33…, the one that is left to the first
    [100, [1, 1, 1], [34, 33, 33]],
    // 70 % and 30 % of 0.05: 3.5 and 1.5, equal remainders: the first
    [5, [7_000, 3_000], [4, 1]],
    // 33.34 %, 33.33 %, 33.33 % of 10: 3.334, 3.333, 3.333: the largest remainder
    [10, [3_333, 3_333, 3_334], [3, 3, 4]],
    [0, [5_000, 5_000], [0, 0]],
    [Number.MAX_SAFE_INTEGER, [10_000], [Number.MAX_SAFE_INTEGER]],
  ])('%i by %j is %j', (minor, weights, wanted) => {
    const entries = weights.map((weight, index) => ({ personId: index + 1, weight }))
    expect(entries.map(({ personId }) => computeShare(minor, entries, personId))).toEqual(wanted)
  })

  it('of somebody who owns nothing is nothing', () => {
    expect(computeShare(100, [{ personId: 1, weight: 10_000 }], 2)).toBe(0)
  })

  it('is the same as another with the sign turned', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 6 }),
        (minor, weights) => {
          const entries = weights.map((weight, index) => ({ personId: index, weight }))
          for (const { personId } of entries) {
            expect(computeShare(-minor, entries, personId) + computeShare(minor, entries, personId)).toBe(0)
          }
        },
      ),
    )
  })
})

describe('who owns what', () => {
  it('an account that names nobody counts by equal parts of the adults', () => {
    const ownership = new Ownership([child(3), adult(2), adult(1)], [])
    expect(parts(ownership, 9, 101)).toEqual([51, 50, 0])
    expect(ownership.viewOf(3).includes(9)).toBe(false)
    expect(ownership.viewOf(2).fractionOf(9)).toEqual({ weight: 1, of: 2 })
  })

  it('without an adult it counts by equal parts of everyone, and with nobody it is nobody’s', () => {
    expect(parts(new Ownership([child(1), child(2)], []), 9, 100)).toEqual([50, 50])
    const empty = new Ownership([], [])
    expect(empty.viewOf(null).partOf(9, 100)).toBe(100)
    expect(empty.weightsOf(9)).toEqual([])
  })

  it('archived people keep what names them and take no part in what names nobody', () => {
    const owned = [{ accountId: 1, owners: [{ personId: 1, share: 10_000 }] }]
    const ownership = new Ownership([adult(1, true), adult(2)], owned)
    expect(parts(ownership, 1, 100)).toEqual([100, 0])
    expect(parts(ownership, 2, 100)).toEqual([0, 100])
    // nobody else is left: better theirs than nobody's
    expect(parts(new Ownership([adult(1, true)], []), 2, 100)).toEqual([100])
  })

  it('the household sees everything whole', () => {
    const ownership = new Ownership([adult(1)], [{ accountId: 1, owners: [{ personId: 1, share: 10_000 }] }])
    const view = ownership.viewOf(null)
    expect([view.includes(1), view.includes(2), view.partOf(1, -7), view.fractionOf(2)]).toEqual([true, true, -7, null])
  })

  it('accounts that are shared in the same way have one pattern, however their owners are listed', () => {
    const both = [
      { personId: 1, share: 6_000 },
      { personId: 2, share: 4_000 },
    ]
    const ownership = new Ownership(
      [adult(1), adult(2)],
      [
        { accountId: 1, owners: both },
        { accountId: 2, owners: both.toReversed() },
      ],
    )
    expect(ownership.patternOf(1)).toBe(ownership.patternOf(2))
    expect(ownership.patternOf(3)).not.toBe(ownership.patternOf(1))
  })

  it('the people’s parts of any amount of any account add up to it', () => {
    const member = fc.record({
      role: fc.constantFrom('adult', 'child', 'other') satisfies fc.Arbitrary<HouseholdMember['role']>,
      archived: fc.boolean(),
    })
    const household = fc.array(member, { minLength: 1, maxLength: 5 })
    const shares = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 0, maxLength: 4 })
    fc.assert(
      fc.property(household, shares, fc.maxSafeInteger(), (people, some, minor) => {
        const members = people.map((person, index) => ({ ...person, id: index + 1 }))
        const named = some.slice(0, members.length)
        const rest = 10_000 - named.slice(1).reduce((sum, share) => sum + share, 0)
        const owners = named.map((share, index) => ({ personId: index + 1, share: index === 0 ? rest : share }))
        const ownership = new Ownership(members, [{ accountId: 1, owners }])
        const sum = parts(ownership, 1, minor).reduce((total, part) => total + BigInt(part), 0n)
        expect(sum).toBe(BigInt(minor))
      }),
    )
  })
})
