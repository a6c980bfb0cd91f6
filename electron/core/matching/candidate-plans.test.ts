import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import { seedVault } from '../handlers/seed-vault.ts'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { listMatches } from './list-matches.ts'
import { MatchSearch } from './match-search.ts'

let temporary: TemporaryVault
beforeAll(async () => {
  temporary = await createTemporaryVault()
  const { driver } = temporary.vault
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('EUR') })
  driver.exec(`insert into accounts (id, name, kind, currency, created_at) values
    (1, 'A', 'checking', 'EUR', 0), (2, 'B', 'savings', 'EUR', 0), (3, 'C', 'checking', 'USD', 0)`)
  driver.exec(
    `insert into fx_rates (base, quote, as_of, rate, source) values ('EUR', 'USD', '2026-01-01', '1.1', 'ecb')`,
  )
})
afterAll(() => temporary.close())

/** The plan lines on `transactions` and `matches` of all statements that the work runs. */
function plansOf(work: () => unknown): string[] {
  const vault = temporary.vault as { driver: typeof temporary.vault.driver }
  const { driver } = vault
  const prepare = driver.prepare.bind(driver)
  const texts = new Set<string>()
  vault.driver = Object.assign(Object.create(driver) as typeof driver, {
    prepare: (sql: string) => {
      texts.add(sql)
      return prepare(sql)
    },
  })
  try {
    work()
  } finally {
    vault.driver = driver
  }
  return [...texts].flatMap((sql) => {
    const parameters = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => '[1]')
    const statement = prepare(`explain query plan ${sql}`)
    // the driver takes numbered parameters by name
    const rows = (
      sql.includes('?1')
        ? statement.all(Object.fromEntries(parameters.map((value, index) => [index + 1, value])))
        : statement.all(...parameters)
    ) as { detail: string }[]
    return rows.map(({ detail }) => detail).filter((detail) => /\b(transactions|t|matches)\b/.test(detail))
  })
}

const line = (minor: number, kind: string): MatchLine => ({
  id: 1000 + minor,
  accountId: 1,
  bookedOn: parseIsoDate('2026-03-04'),
  valueOn: null,
  time: null,
  minor,
  kind,
  payee: 'Refund of a shop',
  memo: '',
  reference: null,
  checkNumber: null,
  counterparty: null,
  sourceCategory: null,
  merchantCategory: null,
  original: null,
  trade: null,
  runId: 9,
  importer: 'ofx',
  meaning: null,
  isLinked: false,
})

describe('candidates are read near the new lines alone', () => {
  it.each([
    ['few', []],
    // so many on one day that the days around them are read in one go
    ['many', Array.from({ length: 40 }, (_, index) => line(-800 - index, 'transfer'))],
  ])('every statement for %s seeks in an index; those over an account’s days touch no row', (_, more) => {
    const search = new MatchSearch(temporary.vault)
    const lines = [line(-500, 'payment'), line(500, 'refund'), line(-700, 'transfer'), ...more]
    const options = { freshPeriod: () => null, isClaimed: () => false }
    const plans = plansOf(() => [search.duplicates(lines, options), search.links(lines, options)])
    expect(plans.length).toBeGreaterThan(5)
    for (const plan of plans) expect(plan).toMatch(/^SEARCH /)
    for (const index of ['account', 'moved_money', 'refunds', 'payee']) {
      expect(plans.filter((plan) => plan.includes(`COVERING INDEX transactions_${index} `))).not.toEqual([])
    }
  })

  it.each([
    ['by state', { status: 'proposed' as const }],
    ['of a transaction', { status: 'confirmed' as const, transactionId: 1 }],
  ])('the list %s is read in the order of an index', (_, filter) => {
    for (const plan of plansOf(() => listMatches(temporary.vault, filter, 0, 10))) expect(plan).toMatch(/^SEARCH /)
  })
})
