import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { undoImport } from '../../electron/core/changes/undo-import.ts'
import { loadHeldSecurities } from '../../electron/core/storage/repositories/holding-repository.ts'
import { sqlRows } from '../../electron/core/storage/repositories/query.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { FileChoice } from '../../shared/model/importing.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const importing = join(import.meta.dirname, '../../electron/core/importing')
const fixture = (path: string, name = path): FileChoice => stand.add(readFileSync(join(importing, path)), name)

/** Each account's cash: what it began with and all that was booked. */
function balances(): Record<string, number> {
  const rows = sqlRows<{ name: string; minor: number }>(
    temporary.vault,
    `select a.name, a.opening_minor + coalesce((select sum(amount_minor) from transactions t
       where t.account_id = a.id and t.status <> 'pending'), 0) as minor from accounts a order by a.id`,
  )
  return Object.fromEntries(rows.map(({ name, minor }) => [name, minor]))
}

/** What is held at the end of January: units, worth and cost by security, of everything that is not zero. */
function holdings(): Record<string, readonly [string, number | null, number | null]> {
  const accounts = sqlRows<{ id: number }>(temporary.vault, 'select id from accounts')
  const names = sqlRows<{ id: number; name: string }>(temporary.vault, 'select id, name from securities')
  const day = parseIsoDate('2026-01-31')
  const held = loadHeldSecurities(temporary.vault, new Set(accounts.map(({ id }) => id)), [day])
  return Object.fromEntries(
    held.flatMap(({ securityId, timeline }) => {
      const state = timeline.at(day)
      if (state === null || state.quantity === '0') return []
      const name = names.find(({ id }) => id === securityId)?.name ?? '?'
      return [[name, [state.quantity, state.value?.minor ?? null, state.cost?.minor ?? null]]]
    }),
  )
}

const transfers = (): unknown[] =>
  sqlRows(
    temporary.vault,
    `select f.name as "from", t.name as "to", -x.amount_minor as paid, y.amount_minor as received
     from transfers
     join transactions x on x.id = from_transaction_id join accounts f on f.id = x.account_id
     join transactions y on y.id = to_transaction_id join accounts t on t.id = y.account_id order by x.id`,
  )

describe('a household moves in with the files of its brokers and programs', () => {
  it('Interactive Brokers: cash of each currency as the broker states it, the holding at cost, the conversion as a transfer', async () => {
    const [run] = await stand.commit(fixture('ibkr-flex/fixtures/household.xml'))
    expect(run?.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    // EUR 1,000 + 2,000 − 1,600 − 2; USD 1,760 − 400.40 − 600.60 + 419 + 12 − 1.80 + 2.85; GBP 250 pence
    expect(balances()).toEqual({
      'Family EUR ··0001': 139_800,
      'Family USD ··0001': 119_105,
      'Interactive Brokers GBP ··0002': 250,
    })
    // ten bought for 1,001, four of them sold: six at 110, cost as the broker says
    expect(holdings()).toEqual({ 'ACME CORP': ['6', 66_000, 60_060] })
    expect(transfers()).toEqual([
      { from: 'Family EUR ··0001', to: 'Family USD ··0001', paid: 160_000, received: 176_000 },
    ])
  })

  it('Portfolio Performance: money passes through the securities account, and the quotes come along', async () => {
    await stand.commit(fixture('portfolio-performance/fixtures/household.xml'))
    expect(balances()).toEqual({ Cash: 347_500, Savings: 99_880, Depot: 0 })
    // 10 for 1,015, 4 of them sold: 6 at 121.50, cost 1,015 × 6 ÷ 10; two delivered at 45, quoted at USD 50
    expect(holdings()).toEqual({ 'Acme AG': ['6', 72_900, 60_900], 'Foreign Inc': ['2', 10_000, 9_000] })
    expect(transfers()).toEqual([
      { from: 'Cash', to: 'Depot', paid: 101_500, received: 101_500 },
      { from: 'Depot', to: 'Cash', paid: 47_500, received: 47_500 },
      { from: 'Cash', to: 'Savings', paid: 100_000, received: 100_000 },
    ])
  })

  it('Ghostfolio: cash is what the account states, a flat and a loan stand beside', async () => {
    await stand.commit(fixture('json/fixtures/ghostfolio.json'))
    expect(balances()).toEqual({ Broker: 25_050, 'Broker GBP': 0, Ghostfolio: 0, Loan: -9_000_000 })
    // 10 for 87.20, 4 of them sold at 10: 6, cost 87.20 × 6 ÷ 10
    expect(holdings()).toEqual({
      'Acme AG': ['6', 6_000, 5_232],
      'PENNY.L': ['3', 750, 800],
      'Flat in town': ['1', 30_000_000, 30_000_000],
    })
  })

  it('Schwab: units after the split, the checking account as its running balance says', async () => {
    await stand.commit(fixture('json/fixtures/schwab.json', 'Individual_XXX123_Transactions.json'))
    // 2,000 − 1,006 + 479.99 + 20 − 3 + 0.35; 1,400 − 870.80
    expect(Object.values(balances())).toEqual([149_134, 52_920])
    // 10 for 1,006, 4 of them sold, the 6 left doubled; 120 before the split is 60 after it
    expect(holdings()).toEqual({ 'ACME CORP': ['12', 72_000, 60_360] })
  })

  it('Schwab equity awards: shares come at what they were worth, and are sold', async () => {
    await stand.commit(fixture('json/fixtures/schwab-awards.json'))
    expect(balances()).toEqual({ 'Equity awards': 0 })
    // at the end of January: 13.6 at 131.25
    expect(holdings()).toEqual({ ACME: ['13.6', 178_500, 178_500] })
  })

  it('Trade Republic: a bonus that is invested costs nothing', async () => {
    await stand.commit(fixture('json/fixtures/trade-republic.json'))
    expect(balances()).toEqual({ 'Trade Republic': 25_140 })
    // 2 for 247 and 0.125 for 15; the newest price is 120
    expect(holdings()).toEqual({ Acme: ['2.125', 25_500, 26_200] })
  })
})

describe('the same file again', () => {
  const files = [
    'ibkr-flex/fixtures/household.xml',
    'portfolio-performance/fixtures/household.xml',
    'json/fixtures/ghostfolio.json',
    'json/fixtures/schwab.json',
    'json/fixtures/schwab-awards.json',
    'json/fixtures/trade-republic.json',
  ]

  it.each(files)('%s changes nothing, and undoing it leaves nothing behind', async (path) => {
    const before = dumpUserTables(temporary.vault)
    const [first] = await stand.commit(fixture(path))
    const state = [balances(), holdings(), transfers()]
    const [preview] = await stand.preview(fixture(path))
    expect(preview?.counts.new).toBe(0)
    await stand.commit(fixture(path))
    expect([balances(), holdings(), transfers()]).toEqual(state)
    undoImport(temporary.vault, stand.context.clock, first?.id ?? 0)
    expect(dumpUserTables(temporary.vault)).toBe(before)
  })
})
