import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'
import { dumpUserTables } from '../changes/dump.ts'
import { verifyVault } from '../storage/verify-vault.ts'
import { sharesWithout } from './person-handlers.ts'

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls()
})
afterEach(async () => {
  await calls.close()
})

const dump = (): string => dumpUserTables(calls.temporary.vault)
const account = async (name: string): Promise<number> =>
  (await calls.call('account.create', { name, kind: 'savings', currency: 'CNY' })).id
const person = async (name: string): Promise<number> => (await calls.call('person.create', { name })).id
const share = (personId: number, part: number) => ({ personId, share: part })

/** Does it, undoes it, does it again: the vault must be as before, then as after. */
async function undoable(work: () => Promise<unknown>): Promise<void> {
  const before = dump()
  await work()
  const after = dump()
  expect(after).not.toBe(before)
  await calls.call('history.undo', {})
  expect(dump()).toBe(before)
  await calls.call('history.redo', {})
  expect(dump()).toBe(after)
}

describe('people', () => {
  it('are added with a colour that nobody has yet and their name for a short name', async () => {
    expect(await calls.call('person.list', {})).toEqual([])
    const first = await calls.call('person.create', { name: '陈伟', shortName: '伟', bornOn: '1985-03-01' })
    expect(first).toMatchObject({ name: '陈伟', shortName: '伟', role: 'adult', bornOn: '1985-03-01', accountCount: 0 })
    const second = await calls.call('person.create', { name: 'Li Na', role: 'child' })
    expect(second).toMatchObject({ shortName: 'Li Na', role: 'child', bornOn: null, archived: false })
    expect(second.colour).not.toBe(first.colour)
    expect((await calls.call('person.list', {})).map(({ name }) => name)).toEqual(['陈伟', 'Li Na'])
  })

  it('have different names', async () => {
    const id = await person('A')
    const other = await person('B')
    expect(await calls.fail('person.create', { name: ' A ' })).toBe('conflict')
    expect(await calls.fail('person.update', { id: other, patch: { name: 'A' } })).toBe('conflict')
    expect(await calls.call('person.update', { id, patch: { name: 'A', role: 'other' } })).toMatchObject({
      role: 'other',
    })
  })

  it('are renamed, archived and put in order; each can be undone', async () => {
    const [one, two] = [await person('A'), await person('B')]
    await undoable(() => calls.call('person.update', { id: one, patch: { name: 'C', archived: true } }))
    await undoable(() => calls.call('person.reorder', { ids: [two, one] }))
    expect((await calls.call('person.list', {})).map(({ name, archived }) => [name, archived])).toEqual([
      ['B', false],
      ['C', true],
    ])
    expect(await calls.fail('person.reorder', { ids: [two] })).toBe('conflict')
    expect(await calls.fail('person.update', { id: 99, patch: {} })).toBe('not-found')
  })

  it('refuse a name of nothing and a birthday that is half typed', async () => {
    expect(await calls.fail('person.create', { name: '  ' })).toBe('invalid-input')
    expect(await calls.fail('person.create', { name: 'A', bornOn: '0198-01-01' })).toBe('invalid-input')
  })
})

describe('owners', () => {
  it('of many accounts are set in one change', async () => {
    const [one, two, a, b] = [await account('1'), await account('2'), await person('A'), await person('B')]
    const owners = [share(a, 7_000), share(b, 3_000)]
    await undoable(() => calls.call('person.setOwners', { accountIds: [one, two, one], owners }))
    expect(await calls.call('person.owners', {})).toEqual([
      { accountId: one, owners },
      { accountId: two, owners },
    ])
    expect((await calls.call('person.list', {})).map(({ accountCount }) => accountCount)).toEqual([2, 2])
    await undoable(() => calls.call('person.setOwners', { accountIds: [one], owners: [share(b, 10_000)] }))
    await undoable(() => calls.call('person.setOwners', { accountIds: [two], owners: [] }))
    expect(await calls.call('person.owners', {})).toEqual([{ accountId: one, owners: [share(b, 10_000)] }])
    expect((await verifyVault(calls.temporary.vault)).filter(({ ok }) => !ok)).toEqual([])
  })

  it('are given with a new account, or with what else changes of one, as one change', async () => {
    const a = await person('A')
    await undoable(() =>
      calls.call('account.create', { name: '1', kind: 'savings', currency: 'CNY', owners: [share(a, 10_000)] }),
    )
    const [made] = await calls.call('account.list', {})
    expect(made?.owners).toEqual([share(a, 10_000)])
    await undoable(() => calls.call('account.update', { id: made?.id ?? 0, patch: { name: '2', owners: [] } }))
    expect(await calls.call('account.list', {})).toMatchObject([{ name: '2', owners: [] }])
    const faulty = { id: made?.id ?? 0, patch: { name: '3', owners: [share(99, 10_000)] } }
    expect(await calls.fail('account.update', faulty)).toBe('not-found')
    expect(await calls.call('account.list', {})).toMatchObject([{ name: '2', owners: [] }])
  })

  it('must add up to the whole, be there, and be named once', async () => {
    const [id, a] = [await account('1'), await person('A')]
    const set = (owners: { personId: number; share: number }[], accountId = id) =>
      calls.fail('person.setOwners', { accountIds: [accountId], owners })
    expect(await set([share(a, 9_999)])).toBe('invalid-input')
    expect(await set([share(a, 5_000), share(a, 5_000)])).toBe('invalid-input')
    expect(await set([share(99, 10_000)])).toBe('not-found')
    expect(await set([share(a, 10_000)], 99)).toBe('not-found')
    expect(await calls.call('person.owners', {})).toEqual([])
  })

  it('go with their account and come back with it', async () => {
    const [id, a] = [await account('1'), await person('A')]
    await calls.call('person.setOwners', { accountIds: [id], owners: [share(a, 10_000)] })
    await undoable(() => calls.call('account.delete', { id }))
    await calls.call('history.undo', {})
    expect(await calls.call('person.owners', {})).toEqual([{ accountId: id, owners: [share(a, 10_000)] }])
  })
})

describe('removing a person', () => {
  it('tells first what becomes of the accounts, keeps them all, and can be undone', async () => {
    const [alone, both, untouched] = [await account('1'), await account('2'), await account('3')]
    const [a, b] = [await person('A'), await person('B')]
    await calls.call('person.setOwners', { accountIds: [alone], owners: [share(a, 10_000)] })
    await calls.call('person.setOwners', { accountIds: [both], owners: [share(a, 4_000), share(b, 6_000)] })
    await calls.call('person.setOwners', { accountIds: [untouched], owners: [share(b, 10_000)] })
    expect(await calls.call('person.removal', { id: a })).toEqual({ alone: 1, together: 1 })
    await undoable(async () => {
      expect(await calls.call('person.delete', { id: a })).toEqual({ alone: 1, together: 1 })
    })
    expect(await calls.call('person.owners', {})).toEqual([
      { accountId: both, owners: [share(b, 10_000)] },
      { accountId: untouched, owners: [share(b, 10_000)] },
    ])
    expect(await calls.call('account.list', {})).toHaveLength(3)
  })

  it('may give what they own to somebody', async () => {
    const [alone, both] = [await account('1'), await account('2')]
    const [a, b, c] = [await person('A'), await person('B'), await person('C')]
    await calls.call('person.setOwners', { accountIds: [alone], owners: [share(a, 10_000)] })
    await calls.call('person.setOwners', { accountIds: [both], owners: [share(a, 4_000), share(b, 6_000)] })
    expect(await calls.fail('person.delete', { id: a, giveTo: a })).toBe('invalid-input')
    expect(await calls.fail('person.delete', { id: a, giveTo: 99 })).toBe('not-found')
    await undoable(() => calls.call('person.delete', { id: a, giveTo: c }))
    expect(await calls.call('person.owners', {})).toEqual([
      { accountId: alone, owners: [share(c, 10_000)] },
      { accountId: both, owners: [share(b, 6_000), share(c, 4_000)] },
    ])
  })

  it('leaves shares that add up to the whole, whoever leaves', () => {
    const list = fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(list, fc.nat(5), fc.option(fc.nat(7)), (some, who, to) => {
        const first = 10_000 - some.slice(1).reduce((sum, part) => sum + part, 0)
        const owners = some.map((part, index) => share(index + 1, index === 0 ? first : part))
        const leaving = (who % owners.length) + 1
        const giveTo = to === null || to + 1 === leaving ? null : to + 1
        const left = sharesWithout(owners, leaving, giveTo)
        expect(left.map(({ personId }) => personId)).not.toContain(leaving)
        expect(left.every((owner) => owner.share > 0)).toBe(true)
        const sum = left.reduce((total, owner) => total + owner.share, 0)
        // nobody is left only where the last owner leaves and gives it to nobody
        expect(sum).toBe(owners.length === 1 && giveTo === null ? 0 : 10_000)
      }),
    )
  })
})
