import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dayNumber, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { chargedMinor, type Payment } from '../analysis/account/recurring/payment.ts'
import type { LineStore } from './line-store.ts'
import { payeeKey, PayeeKeys } from './payee-keys.ts'
import { PAYMENT_COLUMNS, PAYMENT_CONDITION, type PaymentRow } from './payment-rows.ts'
import { readChanges } from './read-changes.ts'
import { readHistory } from './read-history.ts'

/** A year of rows of every sort, in accounts of two currencies, many of one day, some of them deleted again. */
const TODAY = parseIsoDate('2026-11-25')
const FIRST = addDays(TODAY, -360)
const ROWS = 2_000
const kinds = ['payment', 'payment', 'payment', 'transfer', 'buy', 'opening', 'dividend', 'fee']
const payees = ['Netflix', 'NETFLIX', '星巴克', '', 'Supermarket Berlin 4711', 'PAYPAL *AMZN Mktp', '', 'Landlord']

let temporary: TemporaryVault
const currencies = new Map([
  [1, 'EUR'],
  [2, 'CNY'],
  [3, 'EUR'],
])

beforeAll(async () => {
  temporary = await createTemporaryVault()
  const { driver } = temporary.vault
  const account = driver.prepare(
    `insert into accounts (id, name, kind, currency, opening_minor, opening_on, position, created_at)
     values (?, 'Account', 'checking', ?, 0, '2020-01-01', ?, 0)`,
  )
  for (const [id, currency] of currencies) account.run(id, currency, id)
  const insert = driver.prepare(
    `insert into transactions (account_id, booked_on, amount_minor, kind, status, payee, memo, original_minor, original_currency)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const transaction = driver.transaction(() => {
    for (let row = 0; row < ROWS; row += 1) {
      const of = (row * 7919) % ROWS
      insert.run(
        1 + (of % 3),
        addDays(FIRST, of % 61),
        of % 23 === 0 ? 0 : ((of * 37) % 5000) - 3000,
        kinds[of % kinds.length],
        of % 19 === 0 ? 'pending' : 'booked',
        payees[row % payees.length],
        row % 5 === 0 ? '' : `Memo ${of % 9}`,
        of % 11 === 0 ? -(of % 700) - 1 : null,
        of % 11 === 0 ? 'USD' : null,
      )
    }
    driver.prepare('delete from transactions where id between 500 and 700').run()
  })
  transaction()
})
afterAll(() => temporary.close())

function ended<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

interface Told {
  readonly name: string
  readonly direction: 1 | -1
  readonly isTransfer: boolean
  readonly payments: readonly Payment[]
}

const sorted = (told: readonly Told[]): Told[] =>
  told.toSorted((left, right) => (left.payments[0]?.id ?? 0) - (right.payments[0]?.id ?? 0))

/** The groups of at least three payments. */
function groupsOf(store: LineStore, names: readonly string[]): Told[] {
  return sorted(
    Array.from(store.groups(3), ({ payee, direction, isTransfer, payments, latestId }) => {
      const all = Array.from(payments.days.keys(), (index) => payments.at(index))
      expect(all.at(-1)?.id).toBe(latestId)
      expect([...payments.charged]).toEqual(all.map(chargedMinor))
      return { name: names[payee] ?? '', direction, isTransfer, payments: all }
    }),
  )
}

/** The same, of every row by itself: a transfer goes by its account, the others by their currency. */
function expected(wanted: (name: string) => boolean): Told[] {
  const rows = temporary.vault.driver
    .prepare(`select ${PAYMENT_COLUMNS} from transactions where ${PAYMENT_CONDITION} order by id`)
    .raw(true)
    .all() as PaymentRow[]
  const groups = Map.groupBy(rows, ([, account, , minor, , isTransfer, text]) =>
    JSON.stringify([payeeKey(text), minor < 0, isTransfer === 1 ? account : currencies.get(account), isTransfer]),
  )
  const told = [...groups.values()].flatMap((group): Told[] => {
    const [[, , , minor, , isTransfer, text]] = group as [PaymentRow]
    const name = payeeKey(text)
    if (group.length < 3 || !wanted(name)) return []
    const payments = group.map(([id, accountId, on, amount, original]): Payment => ({
      id,
      accountId,
      day: dayNumber(parseIsoDate(on)),
      minor: Math.abs(amount),
      originalMinor: original === null ? null : Math.abs(original),
    }))
    const byDay = payments.toSorted((left, right) => left.day - right.day || left.id - right.id)
    return [{ name, direction: minor < 0 ? -1 : 1, isTransfer: isTransfer === 1, payments: byDay }]
  })
  return sorted(told)
}

describe('a history read out of its indexes', () => {
  it('is what reading every row gives, in groups by payee, direction and currency', () => {
    const { store, payees: names, looked } = ended(readHistory(temporary.vault, { last: ROWS, rows: ROWS, currencies }))
    const all = expected((name) => name !== '')
    expect(all.length).toBeGreaterThan(20)
    expect(groupsOf(store, names)).toEqual(all)
    expect(looked).toBeGreaterThanOrEqual(all.reduce((sum, { payments }) => sum + payments.length, 0))
  })

  it('leaves out rows behind the last that it was asked for', () => {
    const { store, payees: names } = ended(readHistory(temporary.vault, { last: 400, rows: ROWS, currencies }))
    const ids = groupsOf(store, names).flatMap(({ payments }) => payments.map(({ id }) => id))
    expect(ids.length).toBeGreaterThan(100)
    expect(Math.max(...ids)).toBeLessThanOrEqual(400)
  })

  it.each([[['netflix']], [['amazon', 'landlord', 'memo 3']], [['星巴克', 'supermarket berlin']]])(
    'the rows of %j alone are the same, however they are written',
    (names) => {
      const store = ended(
        readChanges(temporary.vault, { payees: names, keys: new PayeeKeys(), today: TODAY, currencies }),
      )
      const told = groupsOf(store, names)
      expect(told.length).toBeGreaterThan(1)
      expect(told).toEqual(expected((name) => names.includes(name)))
    },
  )
})
