import { afterAll, beforeAll, expect, it } from 'vitest'
import { pageSql } from '../../electron/core/categorising/stored-rows.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import type { CallOf } from '../../shared/ipc/contract.ts'
import { sequence } from '../bench/sample-data.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/**
 * The Brandt-Liu household, invented: fifteen months of an everyday account. Rent, wages and insurance come monthly;
 * shops under changing branch numbers; a marketplace where small things are books and large ones furniture; a name that
 * is one shop's today and a person's once. Each line's right category is known, for it was made with it.
 */
interface Made {
  readonly on: string
  readonly amountMinor: number
  readonly payee: string
  readonly key: string
}

function household(): Made[] {
  const next = sequence(20_261_125)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const lines: Made[] = []
  for (let month = 0; month < 15; month += 1) {
    const prefix = `${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const add = (day: number, amount: number, payee: string, key: string): void =>
      void lines.push({ on: `${prefix}-${String(day).padStart(2, '0')}`, amountMinor: amount, payee, key })
    add(1, -120_000, 'Hausverwaltung Lindenhof', 'rent')
    add(27, 340_000, 'Brunnen Werke Gehalt', 'wages')
    add(3, -4990, 'Nordlicht Telekom', 'internet-phone')
    add(15, -1299, 'Videobox', 'subscriptions')
    for (let count = 0; count < 9; count += 1) {
      add(
        2 + count * 3,
        -1500 - Math.floor(next() * 6000),
        `${pick(['Frischmarkt', '永辉超市', 'Biokiste'])} ${pick(['Nord', 'Süd', 'Mitte'])}`,
        'groceries',
      )
    }
    for (let count = 0; count < 6; count += 1) {
      add(
        4 + count * 4,
        -300 - Math.floor(next() * 300),
        `${pick(['Reiher Kaffee', '城南咖啡', 'Kaffee am Tor'])} ${1 + Math.floor(next() * 40)}`,
        'coffee',
      )
    }
    for (let count = 0; count < 3; count += 1)
      add(5 + count * 9, -250 - Math.floor(next() * 300), 'Stadtbahn Ticket', 'public-transport')
    // one marketplace, told apart by the size of the amount alone
    add(11, -800 - Math.floor(next() * 900), 'Weltbasar', 'books')
    if (month % 2 === 0) add(19, -30_000 - Math.floor(next() * 40_000), 'Weltbasar', 'furnishing')
    // what comes once and never again cannot be known
    add(
      22,
      -2000 - Math.floor(next() * 5000),
      `${pick(['Atelier', 'Galerie', 'Werkhof', 'Studio'])} ${'abcdefghijklmno'.charAt(month).repeat(4)}`,
      pick(['gifts', 'hobbies', 'repairs']),
    )
  }
  return lines
}

let calls: TestCalls
beforeAll(async () => {
  calls = await openTestCalls('2026-11-23', 'EUR')
})
afterAll(() => calls.close())

it('learns a household in twelve months and files the next three, sure guesses nearly always rightly', async () => {
  const categories = new Map((await calls.call('category.list', {})).map(({ key, id }) => [key, id]))
  const { id: accountId } = await calls.call('account.create', {
    name: 'Everyday',
    kind: 'checking',
    currency: 'EUR',
    openingOn: '2025-01-01',
  })
  const all = household()
  const wanted = new Map<number, number>()
  for (const { on, amountMinor, payee, key } of all) {
    const taught = on < '2026-01-01'
    const categoryId = categories.get(key) ?? 0
    const draft: CallOf<'transaction.create'> = {
      accountId,
      bookedOn: on,
      amountMinor,
      payee,
      ...(taught && { categoryId }),
    }
    const { id } = await calls.call('transaction.create', draft)
    if (!taught) wanted.set(id, categoryId)
  }
  const guesses = await calls.call('category.suggest', { ids: [...wanted.keys()] })
  const right = guesses.filter(({ transactionId, categoryId }) => wanted.get(transactionId) === categoryId)
  const sure = guesses.filter(({ confidence }) => confidence >= 850)
  const sureRight = sure.filter(({ transactionId, categoryId }) => wanted.get(transactionId) === categoryId)
  const percent = (part: number, whole: number): string => `${((part * 100) / whole).toFixed(1)} %`
  console.info(
    `learner on ${wanted.size} held-out lines: ${percent(guesses.length, wanted.size)} guessed, ${percent(right.length, guesses.length)} of these rightly; ` +
      `${percent(sure.length, wanted.size)} sure, ${percent(sureRight.length, sure.length)} of these rightly`,
  )
  // only the one line a month from a shop never seen before cannot be known: 3 of the held-out ones
  expect(guesses.length).toBeGreaterThanOrEqual(wanted.size - 3)
  expect(right.length / guesses.length).toBeGreaterThanOrEqual(0.95)
  expect(sureRight.length / sure.length).toBeGreaterThanOrEqual(0.98)
  expect((await verifyVault(calls.temporary.vault)).filter(({ ok }) => !ok)).toEqual([])
})

it('earlier transactions are looked at page by page along their own numbers, never sorted, never all at once', () => {
  const { driver } = calls.temporary.vault
  for (const withTags of [false, true]) {
    const plan = driver.prepare<[number], { detail: string }>(`explain query plan ${pageSql(withTags)}`).all(1)
    const details = plan.map(({ detail }) => detail)
    expect(details[0]).toBe('SEARCH transactions USING INTEGER PRIMARY KEY (rowid<?)')
    expect(details.filter((detail) => /TEMP B-TREE|SCAN transactions/.test(detail))).toEqual([])
  }
})
