import { addDays, parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'

/** The same numbers in every run (xorshift32). */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

const PAYEES = [
  'Supermarket',
  'Bakery',
  'Rent',
  'Employer',
  'Railway',
  'Pharmacy',
  'Cinema',
  'Café',
  '超市',
  'Bookshop',
]

/** A bank's CSV, rising dates over eight years: date, payee, purpose, amount, currency. */
export function bankCsv(rows: number, from = 0, seed = 42): string {
  const next = sequence(seed)
  const first = parseIsoDate('2018-01-01')
  const perDay = Math.max(1, Math.ceil(rows / 3000))
  const lines = ['Date,Payee,Purpose,Amount,Currency']
  for (let row = 0; row < rows; row += 1) {
    const payee = PAYEES[Math.floor(next() * PAYEES.length)] ?? ''
    const cents = Math.floor(next() * 20_000) - 15_000
    const amount = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
    if (row >= from) {
      lines.push(
        `${addDays(first, Math.floor(row / perDay))},${payee} ${Math.floor(next() * 500)},"Card payment, terminal ${row % 97}",${amount},EUR`,
      )
    } else next()
  }
  return `${lines.join('\n')}\n`
}

/** Fills a vault with accounts and transactions by plain statements. */
export function fillAccounts(vault: WritableVault, accounts: number, transactions: number): void {
  const { driver } = vault
  const next = sequence(7)
  const first = parseIsoDate('2016-01-01')
  const account = driver.prepare(
    `insert into accounts (id, name, kind, currency, opening_minor, created_at) values (?, ?, 'checking', 'CNY', ?, 0)`,
  )
  const insert = driver.prepare(
    `insert into transactions (account_id, booked_on, amount_minor, kind, payee) values (?, ?, ?, 'payment', ?)`,
  )
  driver
    .transaction(() => {
      for (let id = 1; id <= accounts; id += 1) account.run(id, `Account ${id}`, id * 1000)
      for (let row = 0; row < transactions; row += 1) {
        const day = addDays(first, Math.floor((row * 3600) / transactions))
        insert.run((row % accounts) + 1, day, Math.floor(next() * 20_000) - 10_000, `Payee ${row % 500}`)
      }
    })
    .immediate()
}
