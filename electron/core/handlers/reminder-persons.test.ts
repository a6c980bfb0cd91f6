import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'

/** Anna's card, Bert's, theirs together, a bill of each, documents, and what is the household's own. */
let calls: TestCalls
let anna = 0
let bert = 0
let child = 0
const ids: Record<string, number> = {}
beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
  anna = (await calls.call('person.create', { name: 'Anna' })).id
  bert = (await calls.call('person.create', { name: 'Bert' })).id
  child = (await calls.call('person.create', { name: 'Cleo', role: 'child' })).id
  const whole = (personId: number) => [{ personId, share: 10_000 }]
  const halves = [{ personId: anna, share: 5_000 }, { personId: bert, share: 5_000 }] // prettier-ignore
  for (const [name, kind, owners] of [
    ['anna', 'credit-card', whole(anna)],
    ['bert', 'credit-card', whole(bert)],
    ['joint', 'credit-card', halves],
    ['nobody', 'credit-card', []],
    ['current', 'checking', whole(bert)],
  ] as const) {
    const account = await calls.call('account.create', {
      name,
      kind,
      currency: 'CNY',
      openingOn: '2026-01-01',
      owners: [...owners],
      ...(kind === 'credit-card' && {
        terms: { card: { limitMinor: null, statementDay: 5, due: { type: 'day', day: 25 } } },
      }),
    })
    ids[name] = account.id
    if (kind !== 'credit-card') continue
    await calls.call('transaction.create', { accountId: account.id, bookedOn: '2026-11-02', amountMinor: -10_001 })
  }
  await calls.call('document.create', {
    kind: 'passport',
    name: 'Anna’s passport',
    holder: 'Anna',
    expiresOn: '2026-12-23',
  })
  await calls.call('document.create', {
    kind: 'passport',
    name: 'Cleo’s passport',
    holder: 'Cleo',
    expiresOn: '2026-12-24',
  })
  await calls.call('reminder.add', { title: 'boiler', firstOn: '2026-12-01' })
  await calls.call('reminder.add', { title: 'gym', firstOn: '2026-12-02', accountId: ids['current'] ?? 0 })
  await calls.call('recurring.add', {
    name: 'rent',
    accountId: ids['current'] ?? 0,
    amountMinor: -300_000,
    period: 'monthly',
    nextOn: '2026-12-03',
    type: 'rent',
  })
})
afterAll(() => calls.close())

type Shown = readonly [title: string, minor: number | null]
const byTitle = ([left]: Shown, [right]: Shown): number => (left < right ? -1 : 1)
const sorted = (rows: readonly Shown[]): Shown[] => rows.toSorted(byTitle)
const shown = async (person: number | null) =>
  (await calls.call('reminder.list', { until: '2026-12-31', person })).reminders
    .filter(({ kind }) => kind !== 'card-statement' && kind !== 'backup-overdue')
    .filter(({ on, kind }) => kind !== 'card-payment' || on < '2026-12-01')
    .map(({ title, amount }): Shown => [title, amount?.minor ?? null])
    .sort(byTitle)

describe('reminders of a person', () => {
  const own: Shown[] = [['boiler', null], ['nobody', 10_001]] // prettier-ignore
  it('everyone: all of them', async () => {
    expect((await shown(null)).map(([title]) => title)).toEqual([
      'Anna’s passport', 'Cleo’s passport', 'anna', 'bert', 'boiler', 'gym', 'joint', 'nobody', 'rent',
    ]) // prettier-ignore
  })
  it('theirs, what they own with others in its whole amount, and the household’s own', async () => {
    expect(await shown(anna)).toEqual(sorted([['Anna’s passport', null], ['anna', 10_001], ['joint', 10_001], ...own]))
  })
  it('bills and own reminders go with the account that they are of', async () => {
    expect(await shown(bert)).toEqual(
      sorted([['bert', 10_001], ['joint', 10_001], ['gym', null], ['rent', 300_000], ...own]),
    )
  })
  it('a child sees its own and the household’s', async () => {
    expect(await shown(child)).toEqual(sorted([['Cleo’s passport', null], ...own]))
  })
  it('what is next, on home and in the bar, is of the same person', async () => {
    const next = async (person: number) =>
      (await calls.call('reminder.next', { limit: 50, person })).reminders.map(({ title }) => title)
    const due = async (person: number) =>
      (await calls.call('overview.get', { range: '1m', person })).due.map(({ name }) => name)
    expect((await next(anna)).slice(0, 8)).toEqual(await due(anna))
    expect(await next(anna)).not.toContain('rent')
    expect(await due(bert)).toContain('rent')
    // due within seven days of 23 November: the two cards of 25 November, and the ownerless one
    expect((await calls.call('reminder.next', { limit: 1, person: anna })).count).toBe(3)
  })
  it('somebody who is not there has none', async () => {
    expect(await calls.fail('reminder.list', { person: 99 })).toBe('not-found')
    expect(await calls.fail('reminder.next', { person: 99 })).toBe('not-found')
  })
})
