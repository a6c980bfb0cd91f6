import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'

type Found = OutputOf<'search.query'>

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls()
})
afterEach(() => calls.close())

const find = (text: string, person: number | null = null): Promise<Found> =>
  calls.call('search.query', { text, person })
const account = async (name: string, kind = 'checking'): Promise<number> =>
  (await calls.call('account.create', { name, kind, currency: 'CNY', institution: `${name} 银行` })).id
const category = async (key: string): Promise<number> =>
  (await calls.call('category.list', {})).find((one) => one.key === key)?.id ?? 0
const pay = async (accountId: number, payee: string, amountMinor = -4200): Promise<number> =>
  (await calls.call('transaction.create', { accountId, bookedOn: '2026-11-01', amountMinor, kind: 'payment', payee }))
    .id
const attach = async (name: string, owner: { type: 'account' | 'transaction' | 'document'; id: number }) => {
  calls.offer(name, name, new TextEncoder().encode('%PDF-1.4 sample'))
  return calls.call('attachment.add', { owner, file: name })
}

/** What was found, by group, as names. */
function namesOf(found: Found): Record<string, string[]> {
  const groups = {
    accounts: found.accounts,
    institutions: found.institutions,
    recurring: found.recurring,
    budgets: found.budgets,
    reminders: found.reminders,
    persons: found.persons,
    documents: found.documents,
    attachments: found.attachments,
    rules: found.rules,
    transactions: found.transactions.map(({ payee }) => ({ name: payee })),
  }
  return Object.fromEntries(
    Object.entries(groups)
      .map(([group, hits]) => [group, hits.map(({ name }) => name)] as const)
      .filter(([, names]) => names.length > 0),
  )
}

describe('everything that has a name is found by it', () => {
  it.each<[what: string, text: string, found: Record<string, string[]>]>([
    ['a bill by the name it was given', 'rent flat', { recurring: ['Rent of the flat'] }],
    ['a budget by its category, in either language', 'groceries', { budgets: ['Groceries'] }],
    ['a reminder by its title', 'boiler', { reminders: ['Service the boiler'] }],
    ['a reminder by its notes', 'plumber', { reminders: ['Service the boiler'] }],
    ['a person by name', 'anneliese', { persons: ['Anneliese'] }],
    ['a person by the short name', 'annl', { persons: ['Anneliese'] }],
    ['an institution with its accounts', 'wallet 银行', { accounts: ['Wallet'], institutions: ['Wallet 银行'] }],
    ['a vehicle by its plate', '沪a·12345', { accounts: ['Little car'] }],
    ['a home by its address', 'kastanienallee', { accounts: ['Home'] }],
    ['a document by its number', 'E1234567', { documents: ['Passport'] }],
    ['an attachment by its name', 'invoice-77', { attachments: ['invoice-77.pdf'] }],
  ])('%s', async (_, text, expected) => {
    const wallet = await account('Wallet')
    await calls.call('recurring.add', {
      name: 'Rent of the flat',
      accountId: wallet,
      amountMinor: -100_000,
      period: 'monthly',
      nextOn: '2026-12-01',
    })
    await calls.call('budget.start', {
      plan: { startsOn: '2026-11-01' },
      budgets: [{ categoryId: await category('groceries'), amountMinor: 50_000 }],
    })
    await calls.call('reminder.add', { title: 'Service the boiler', notes: 'call the plumber', firstOn: '2026-12-05' })
    await calls.call('person.create', { name: 'Anneliese', shortName: 'Annl' })
    const car = await calls.call('account.create', { name: 'Little car', kind: 'vehicle', currency: 'CNY' })
    await calls.call('account.update', { id: car.id, patch: { terms: { vehicle: { plate: '沪A·12345' } } } })
    const home = await calls.call('account.create', { name: 'Home', kind: 'home', currency: 'CNY' })
    await calls.call('account.update', { id: home.id, patch: { terms: { home: { address: 'Kastanienallee 12' } } } })
    await calls.call('document.create', { kind: 'passport', name: 'Passport', number: 'E1234567' })
    await attach('invoice-77.pdf', { type: 'transaction', id: await pay(wallet, 'Shop') })
    const found = namesOf(await find(text))
    // a transaction is found by its attachment and by where it is, too: looked at elsewhere
    delete found['transactions']
    expect(found).toEqual(expected)
  })

  it('a series that was said to be none is not found, one made by hand leads to itself', async () => {
    const wallet = await account('Wallet')
    const draft = { accountId: wallet, amountMinor: -900, period: 'monthly', nextOn: '2026-12-01' } as const
    await calls.call('recurring.add', { ...draft, name: 'Newspaper' })
    const [item] = (await calls.call('recurring.list', {})).items
    expect((await find('newspaper')).recurring.map(({ key }) => key)).toEqual([item?.key])
    await calls.call('recurring.decide', { key: item?.key ?? '', status: 'dismissed' })
    expect((await find('newspaper')).recurring).toEqual([])
  })

  it('what is renamed is found by its new name at once', async () => {
    const { id } = await calls.call('person.create', { name: 'Zoe' })
    expect((await find('zoe')).persons).toHaveLength(1)
    await calls.call('person.update', { id, patch: { name: 'Quinn', shortName: '' } })
    expect((await find('zoe')).persons).toEqual([])
    expect((await find('quinn')).persons.map(({ name }) => name)).toEqual(['Quinn'])
  })
})

describe("in a person's view", () => {
  let anna: number
  let bert: number
  let hers: number
  let his: number
  let shared: number
  let unowned: number
  beforeEach(async () => {
    anna = (await calls.call('person.create', { name: 'Anna' })).id
    bert = (await calls.call('person.create', { name: 'Bert' })).id
    hers = await account('Tern hers')
    his = await account('Tern his')
    shared = await account('Tern shared')
    unowned = await account('Tern household')
    const own = (accountId: number, owners: readonly [number, number][]) =>
      calls.call('person.setOwners', {
        accountIds: [accountId],
        owners: owners.map(([personId, share]) => ({ personId, share })),
      })
    await own(hers, [[anna, 10_000]])
    await own(his, [[bert, 10_000]])
    await own(shared, [
      [anna, 3_000],
      [bert, 7_000],
    ])
  })
  const four = () => [hers, his, shared, unowned] as const

  it('transactions, their count and sums are those of accounts that are in part theirs, whole', async () => {
    for (const id of four()) await pay(id, `tern ${id}`)
    const found = await find('tern', anna)
    expect(new Set(found.transactions.map(({ accountId }) => accountId))).toEqual(new Set([hers, shared, unowned]))
    expect(found.count).toBe(3)
    expect(found.sums.map(({ out }) => out.minor)).toEqual([3 * 4200])
    expect((await find('tern', bert)).transactions.map(({ accountId }) => accountId)).not.toContain(hers)
    expect((await find('tern')).count).toBe(4)
  })

  it('the list that a search opens shows the same transactions', async () => {
    for (const id of four()) await pay(id, `tern ${id}`)
    const list = await calls.call('transaction.ids', { filter: { query: 'tern', person: anna } })
    expect(list.ids).toEqual((await find('tern', anna)).transactions.map(({ id }) => id))
  })

  it('pages go on within the view', async () => {
    for (let index = 0; index < 6; index += 1) for (const id of [hers, his]) await pay(id, 'tern page')
    const ids: number[] = []
    let after: Found['next'] = null
    do {
      const page: Found = await calls.call('search.query', { text: 'tern', limit: 2, after, person: anna })
      ids.push(...page.transactions.map(({ id }) => id))
      after = page.next
    } while (after !== null)
    const all = await calls.call('transaction.ids', { filter: { accountIds: [hers] } })
    expect(ids).toHaveLength(6)
    expect(new Set(ids)).toEqual(new Set(all.ids))
  })

  it('accounts, institutions, bills, reminders, documents and attachments of others are left out', async () => {
    for (const id of four()) {
      await calls.call('recurring.add', {
        name: `tern bill ${id}`,
        accountId: id,
        amountMinor: -100,
        period: 'monthly',
        nextOn: '2026-12-01',
      })
      await calls.call('reminder.add', { title: `tern reminder ${id}`, firstOn: '2026-12-05', accountId: id })
      await calls.call('document.create', { kind: 'contract', name: `tern paper ${id}`, accountId: id })
      await attach(`tern-${id}.pdf`, { type: 'account', id })
      await attach(`tern-row-${id}.pdf`, { type: 'transaction', id: await pay(id, 'x') })
    }
    await calls.call('reminder.add', { title: 'tern of all', firstOn: '2026-12-05' })
    const { id: passport } = await calls.call('document.create', {
      kind: 'passport',
      name: 'tern passport',
      holder: 'Bert',
    })
    await attach('tern-passport.pdf', { type: 'document', id: passport })
    const seen = JSON.stringify(namesOf(await find('tern', anna)))
    for (const what of ['tern bill', 'tern reminder', 'tern paper', 'tern-', 'tern-row-']) {
      for (const id of [hers, shared, unowned]) expect(seen).toContain(`${what}${what.endsWith('-') ? '' : ' '}${id}`)
      expect(seen).not.toContain(`${what}${what.endsWith('-') ? '' : ' '}${his}`)
    }
    expect(seen).toContain('tern of all')
    expect(seen).not.toContain('passport')
    expect(seen).not.toContain('Tern his')
    expect(JSON.stringify(namesOf(await find('passport', bert)))).toContain('tern passport')
    expect(JSON.stringify(namesOf(await find('tern')))).toContain(`tern bill ${his}`)
  })

  it('a name of an account of others means nothing, and is not suggested', async () => {
    await pay(his, 'shop')
    const found = await find('account:"tern his"', anna)
    expect(found.transactions).toEqual([])
    expect(found.hints).toEqual([{ code: 'no-such-name', text: 'tern his' }])
    const suggest = (person: number | null) =>
      calls.call('search.suggest', { text: 'account:tern', caret: 12, language: 'en', person })
    const labels = (await suggest(anna)).map(({ label }) => label)
    expect(labels).toHaveLength(3)
    expect(labels.join()).not.toContain('Tern his')
    expect(await suggest(null)).toHaveLength(4)
  })

  it('follows what is said of shares at once', async () => {
    await pay(his, 'tern late')
    expect((await find('tern late', anna)).count).toBe(0)
    await calls.call('person.setOwners', { accountIds: [his], owners: [] })
    expect((await find('tern late', anna)).count).toBe(1)
  })
})
