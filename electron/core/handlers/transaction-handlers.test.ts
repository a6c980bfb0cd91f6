import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'

let calls: TestCalls
let accountId: number
beforeEach(async () => {
  calls = await openTestCalls()
  accountId = (
    await calls.call('account.create', { name: 'a', kind: 'checking', currency: 'CNY', openingMinor: 1_000 })
  ).id
})
afterEach(async () => {
  await calls.close()
})

async function add(
  bookedOn: string,
  amountMinor: number,
  more: { payee?: string; memo?: string; accountId?: number } = {},
) {
  return calls.call('transaction.create', { accountId, bookedOn, amountMinor, ...more })
}

describe('transaction.list', () => {
  it('is newest first with the balance after each row, in windows that fit together', async () => {
    const amounts: number[] = []
    // three on each of 20 days over two months
    for (let day = 0; day < 60; day += 1) {
      const on = `2026-${day < 30 ? '09' : '10'}-${String(1 + Math.floor((day % 30) / 3)).padStart(2, '0')}`
      amounts.push(day * 7 - 100)
      await add(on, day * 7 - 100)
    }
    const whole = await calls.call('transaction.list', { filter: { accountIds: [accountId] } })
    expect(whole.total).toBe(60)
    let balance = 1_000
    const expected = amounts.map((amount) => (balance += amount)).toReversed()
    expect(whole.rows.map((row) => row.runningBalance?.minor)).toEqual(expected)
    for (let offset = 0; offset < 60; offset += 7) {
      const window = await calls.call('transaction.list', { filter: { accountIds: [accountId] }, offset, limit: 7 })
      expect(window.rows).toEqual(whole.rows.slice(offset, offset + 7))
    }
    expect((await calls.call('transaction.list', { filter: {}, offset: 58, limit: 10 })).rows).toHaveLength(2)
    expect((await calls.call('transaction.list', { filter: { accountIds: [accountId] }, offset: 60 })).rows).toEqual([])
  })

  it('mixes several accounts by day', async () => {
    const other = await calls.call('account.create', { name: 'b', kind: 'cash', currency: 'EUR' })
    await calls.call('account.create', { name: 'c', kind: 'cash', currency: 'EUR' })
    await add('2026-01-01', 1)
    await add('2026-01-02', 2, { accountId: other.id })
    await add('2026-01-03', 3)
    const { rows, total } = await calls.call('transaction.list', { filter: { accountIds: [accountId, other.id] } })
    expect([total, ...rows.map(({ amount }) => amount.minor)]).toEqual([3, 3, 2, 1])
    expect(rows[0]?.runningBalance).toBeNull()
    const twice = await calls.call('transaction.list', { filter: { accountIds: [accountId, accountId] } })
    expect([twice.total, twice.rows.length]).toEqual([2, 2])
    expect((await calls.call('transaction.list', { filter: { accountIds: [] } })).total).toBe(0)
  })

  it.each([
    ['every word, in any case, in any text', { text: 'COFFEE bund' }, ['latte']],
    ['Chinese', { text: '咖啡' }, ['tea']],
    ['a per cent sign as itself', { text: '100%' }, ['juice']],
    ['an underscore as itself', { text: 'a_b' }, []],
    ['letters beyond ASCII in any case', { text: 'ÉCLAIR' }, ['cake']],
    ['bounds on the magnitude', { minMinor: 300, maxMinor: 400 }, ['juice', 'tea']],
    ['money in', { direction: 'in' as const }, ['juice']],
    ['a span of days', { from: '2026-02-02', to: '2026-02-03' }, ['tea', 'latte']],
    ['what has no category', { uncategorised: true }, ['cake', 'juice', 'tea', 'latte']],
    ['a currency', { currency: 'EUR' }, []],
  ])('finds %s', async (_, filter, payees) => {
    await add('2026-02-02', -250, { payee: 'latte', memo: 'Coffee at the Bund' })
    await add('2026-02-03', -300, { payee: 'tea', memo: '瑞幸咖啡' })
    await add('2026-02-04', 400, { payee: 'juice', memo: '100% fruit' })
    await add('2026-02-05', -900, { payee: 'cake', memo: 'éclair' })
    const { rows, total } = await calls.call('transaction.list', { filter })
    expect(rows.map(({ payee }) => payee)).toEqual(payees)
    expect(total).toBe(payees.length)
    expect((await calls.call('transaction.ids', { filter })).ids).toEqual(rows.map(({ id }) => id))
    const [sums] = await calls.call('transaction.sums', { filter })
    const plus = rows.reduce((sum, { amount }) => sum + Math.max(0, amount.minor), 0)
    expect(sums?.in.minor ?? 0).toBe(plus)
  })
})

describe('changing transactions', () => {
  it('many at once are one change', async () => {
    const one = await add('2026-01-01', -10)
    const two = await add('2026-01-02', -20)
    const categories = await calls.call('category.list', {})
    const groceries = categories.find(({ key }) => key === 'groceries')
    expect(groceries).toBeDefined()
    const patch = { categoryId: groceries?.id ?? 0, notes: 'n' }
    expect(await calls.call('transaction.update', { ids: [one.id, two.id], patch })).toEqual({ updated: 2 })
    const found = await calls.call('transaction.list', { filter: { categoryIds: [groceries?.id ?? 0] } })
    expect(found.total).toBe(2)
    await calls.call('history.undo', {})
    expect((await calls.call('transaction.get', { id: one.id })).categoryId).toBeNull()
    expect(await calls.fail('transaction.update', { ids: [one.id, 999], patch })).toBe('not-found')
    expect(await calls.fail('transaction.update', { ids: [one.id], patch: { categoryId: 9_999 } })).toBe('not-found')
    expect((await calls.call('transaction.get', { id: one.id })).notes).toBe('')
  })

  it('keeps the balance right when amounts, days and accounts of rows change or go', async () => {
    const one = await add('2026-01-01', -10)
    await calls.call('transaction.update', { ids: [one.id], patch: { amountMinor: -35, bookedOn: '2026-03-01' } })
    expect((await calls.call('account.get', { id: accountId })).balance.minor).toBe(965)
    expect((await calls.call('netWorth.on', { on: '2026-02-28' })).netMinor).toBe(1_000)
    expect(await calls.call('transaction.delete', { ids: [one.id] })).toEqual({ deleted: 1 })
    expect((await calls.call('account.get', { id: accountId })).balance.minor).toBe(1_000)
  })

  it('splits add up or are refused, and are found by their categories', async () => {
    const { id } = await add('2026-01-01', -1_000)
    const categories = await calls.call('category.list', {})
    const rent = categories.find(({ key }) => key === 'rent')?.id ?? 0
    const part = (amountMinor: number, categoryId: number | null) => ({ amountMinor, categoryId, memo: '' })
    expect(await calls.fail('transaction.setSplits', { id, splits: [part(-999, null)] })).toBe('invalid-input')
    const split = await calls.call('transaction.setSplits', { id, splits: [part(-400, rent), part(-600, null)] })
    expect(split.splits.map(({ amountMinor }) => amountMinor)).toEqual([-400, -600])
    expect((await calls.call('transaction.list', { filter: { categoryIds: [rent] } })).total).toBe(1)
    expect(await calls.fail('transaction.update', { ids: [id], patch: { amountMinor: -5 } })).toBe('conflict')
    expect((await calls.call('transaction.setSplits', { id, splits: [] })).splits).toEqual([])
  })

  it('transfers have two accounts and opposite signs', async () => {
    const other = await calls.call('account.create', { name: 'b', kind: 'cash', currency: 'CNY' })
    const out = await add('2026-01-01', -500)
    const into = await add('2026-01-03', 500, { accountId: other.id })
    const same = await add('2026-01-03', 500)
    const wrongSign = await add('2026-01-03', -500, { accountId: other.id })
    expect(await calls.fail('transfer.link', { fromId: out.id, toId: same.id })).toBe('invalid-input')
    expect(await calls.fail('transfer.link', { fromId: out.id, toId: wrongSign.id })).toBe('invalid-input')
    expect((await calls.call('transfer.candidates', { transactionId: out.id })).map(({ id }) => id)).toEqual([into.id])
    await calls.call('transfer.link', { fromId: into.id, toId: out.id })
    expect((await calls.call('transaction.get', { id: into.id })).transfer).toEqual({
      transactionId: out.id,
      accountId,
    })
    expect(await calls.fail('transfer.link', { fromId: out.id, toId: into.id })).toBe('conflict')
    expect(await calls.fail('transaction.update', { ids: [out.id], patch: { amountMinor: 5 } })).toBe('conflict')
    await calls.call('transfer.unlink', { transactionId: out.id })
    expect((await calls.call('transaction.get', { id: out.id })).transfer).toBeNull()
    expect(await calls.fail('transfer.unlink', { transactionId: out.id })).toBe('not-found')
  })

  it('tags are replaced, added and removed', async () => {
    const { id } = await add('2026-01-01', -1)
    const [a, b] = [await calls.call('tag.create', { name: 'a' }), await calls.call('tag.create', { name: 'b' })]
    const tags = async () => (await calls.call('transaction.get', { id })).tagIds
    await calls.call('transaction.update', { ids: [id], patch: { tagIds: [a.id] } })
    await calls.call('transaction.update', { ids: [id], patch: { addTagIds: [b.id, a.id] } })
    expect(await tags()).toEqual([a.id, b.id])
    await calls.call('transaction.update', { ids: [id], patch: { removeTagIds: [a.id] } })
    expect(await tags()).toEqual([b.id])
    await calls.call('transaction.update', { ids: [id], patch: { tagIds: [] } })
    expect(await tags()).toEqual([])
    expect(await calls.fail('tag.create', { name: 'a' })).toBe('conflict')
    await calls.call('tag.rename', { id: a.id, name: 'c' })
    await calls.call('tag.delete', { id: b.id })
    expect(await calls.call('tag.list', {})).toEqual([{ id: a.id, name: 'c', count: 0 }])
  })

  it('a deleted category hands its rows on, and takes them back when undone', async () => {
    const parent = await calls.call('category.create', { kind: 'expense', nameEn: 'Mine' })
    const child = await calls.call('category.create', { kind: 'expense', nameZh: '我的', parentId: parent.id })
    expect(child).toMatchObject({ nameEn: '我的', nameZh: '我的', key: null })
    expect(await calls.fail('category.create', { kind: 'income', nameEn: 'x', parentId: parent.id })).toBe(
      'invalid-input',
    )
    expect(await calls.fail('category.create', { kind: 'expense', nameEn: 'x', parentId: child.id })).toBe(
      'invalid-input',
    )
    expect(await calls.fail('category.delete', { id: parent.id })).toBe('conflict')
    const { id } = await add('2026-01-01', -1)
    await calls.call('transaction.update', { ids: [id], patch: { categoryId: child.id } })
    await calls.call('category.delete', { id: child.id, replaceWithId: parent.id })
    expect((await calls.call('transaction.get', { id })).categoryId).toBe(parent.id)
    await calls.call('history.undo', {})
    expect((await calls.call('transaction.get', { id })).categoryId).toBe(child.id)
    expect(await calls.call('category.update', { id: child.id, patch: { archived: true } })).toMatchObject({
      archived: true,
    })
  })
})

describe('search.query', () => {
  it('finds by words and by amount, over everything', async () => {
    await add('2026-01-01', -1_234, { payee: 'Blue Bottle' })
    await calls.call('document.create', { kind: 'passport', name: 'Passport of Blue', expiresOn: '2030-01-01' })
    const byWord = await calls.call('search.query', { text: 'blue' })
    expect(byWord.transactions.map(({ payee }) => payee)).toEqual(['Blue Bottle'])
    expect(byWord.documents).toHaveLength(1)
    expect(byWord.minorMatched).toBeNull()
    const byAmount = await calls.call('search.query', { text: '¥12.34' })
    expect(byAmount).toMatchObject({ minorMatched: 1_234, transactions: [{ payee: 'Blue Bottle' }] })
  })
})
