import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'
import { createTemporaryVault } from '../../../test/support/temporary-vault.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { dumpUserTables } from '../changes/dump.ts'
import { checkImported, importJson } from '../exporting/json/json-reader.ts'
import { writeJson } from '../exporting/json/json-writer.ts'
import { bytesSource } from '../importing/text/decode.ts'

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls('2026-11-20', 'GBP')
})
afterEach(() => calls.close())

const bank = (name: string, institution: string, openingMinor: number) =>
  calls.call('account.create', { name, kind: 'savings', currency: 'GBP', openingMinor, institution })
const insurance = () => calls.call('check.depositInsurance', {})

describe('banks of one licence', () => {
  // £120,000 for each depositor at each licence since 1 December 2025
  it('that are known are added up, unless the user says that each has its own; undone, they are again', async () => {
    await bank('A', 'HSBC', 8_000_000)
    await bank('B', 'first direct bank', 7_000_000)
    await bank('C', 'Nationwide', 12_000_000)
    const [first] = (await insurance()).covers
    // 80,000 + 70,000 − 120,000
    expect(first).toMatchObject({ banks: ['HSBC', 'first direct bank'], scheme: 'uk-fscs', uncoveredMinor: 3_000_000 })
    const { licences, institutions } = await insurance()
    expect(licences).toMatchObject([{ known: { holder: 'HSBC UK Bank plc', confirmed: true } }])
    expect(institutions.map(({ name }) => name)).toEqual(['HSBC', 'first direct bank', 'Nationwide'])
    const before = dumpUserTables(calls.temporary.vault)
    const ids = licences[0]?.institutionIds ?? []
    await calls.call('check.saveSettings', { sameBank: ids.map((id) => [id]) })
    expect((await insurance()).uncoveredMinor).toBe(0)
    await calls.call('history.undo', {})
    expect(dumpUserTables(calls.temporary.vault)).toBe(before)
    expect((await insurance()).uncoveredMinor).toBe(3_000_000)
  })

  it('can be said of banks whose deposits are not known to be insured, too', async () => {
    await bank('A', 'One', 100)
    // no rate of the yen is known
    await calls.call('account.create', {
      name: 'B',
      kind: 'savings',
      currency: 'JPY',
      openingMinor: 5,
      institution: 'Two',
    })
    await calls.call('account.create', {
      name: 'C',
      kind: 'brokerage',
      currency: 'GBP',
      openingMinor: 5,
      institution: 'Three',
    })
    const { institutions, unknown } = await insurance()
    expect(institutions.map(({ name }) => name)).toEqual(['One', 'Two'])
    expect(unknown.map(({ name }) => name)).toEqual(['B'])
  })

  it('that the user names are added up, each depositor with a limit of their own', async () => {
    const { id } = await calls.call('person.create', { name: 'Anna' })
    const other = (await calls.call('person.create', { name: 'Bert' })).id
    const one = await bank('A', 'One', 20_000_000)
    const two = await bank('B', 'Two', 10_000_000)
    const owners = [{ personId: id, share: 5_000 }, { personId: other, share: 5_000 }] // prettier-ignore
    await calls.call('person.setOwners', { accountIds: [one.id, two.id], owners })
    // 100,000 and 50,000 each: within the limit at two banks
    expect((await insurance()).uncoveredMinor).toBe(0)
    const ids = [one, two].flatMap(({ institution }) => institution?.id ?? [])
    await calls.call('check.saveSettings', { sameBank: [ids] })
    // 150,000 − 120,000 each
    expect((await insurance()).covers.map(({ uncoveredMinor }) => uncoveredMinor)).toEqual([3_000_000, 3_000_000])
  })
})

describe('essential categories', () => {
  it('are the usual ones until the user chooses, with all below them; undo goes back to the usual', async () => {
    const categories = await calls.call('category.list', {})
    const id = (key: string): number => categories.find((one) => one.key === key)?.id ?? 0
    const account = await bank('A', 'One', 10_000_000)
    const spend = (key: string, amountMinor: number) =>
      calls.call('transaction.create', {
        accountId: account.id, bookedOn: parseIsoDate('2026-10-02'), amountMinor, categoryId: id(key),
      }) // prettier-ignore
    await spend('groceries', -30_000)
    await spend('restaurants', -20_000)
    await spend('travel', -70_000)
    const fund = () => calls.call('check.emergencyFund', {})
    expect(await fund()).toMatchObject({ spendingMinor: 30_000, chosen: false })
    // food has both groceries and restaurants below it
    await calls.call('check.saveSettings', { essentialCategoryIds: [id('food')] })
    expect(await fund()).toMatchObject({ spendingMinor: 50_000, chosen: true, essentialIds: [id('food')] })
    await calls.call('history.undo', {})
    expect(await fund()).toMatchObject({ spendingMinor: 30_000, chosen: false })
    await calls.call('history.redo', {})
    expect((await fund()).spendingMinor).toBe(50_000)
    await calls.call('check.saveSettings', { essentialCategoryIds: null })
    expect((await fund()).chosen).toBe(false)
  })
})

it('what the user set of checks and reminders is in the complete export and comes back from it', async () => {
  const { institution } = await bank('A', 'One', 100)
  await calls.call('check.saveSettings', { sameBank: [[institution?.id ?? 0]], essentialCategoryIds: [3] })
  const settings = await calls.call('reminder.settings', {})
  await calls.call('reminder.saveSettings', {
    ...settings,
    quietWeekdays: [6, 7],
    kinds: { bill: { told: false, leadDays: [5], roll: 'previous' } },
  })
  const copy = await createTemporaryVault()
  try {
    const text = [...writeJson(calls.temporary.vault, parseIsoDate('2026-11-20')).pieces(() => undefined)].join('')
    const source = bytesSource('export.json', new TextEncoder().encode(text))
    await importJson(copy.vault, source, { breathe: async () => undefined, progress: () => undefined })
    await checkImported(copy.vault)
    expect(dumpUserTables(copy.vault)).toBe(dumpUserTables(calls.temporary.vault))
    expect(text).toContain('quietWeekdays')
    expect(text).toContain('sameBank')
  } finally {
    await copy.close()
  }
})
