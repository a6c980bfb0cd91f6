import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { bookSqlite, bookXml, household } from '../support/gnucash-books.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('EUR') })
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const moveIn = (): ReturnType<ImportStand['commit']> =>
  stand.commit(stand.add(Buffer.from(bookXml(household)), 'home.gnucash'))

const all = (sql: string): unknown[] => temporary.vault.driver.prepare(sql).raw().all()

const balances = (): unknown[] =>
  all(`select a.name, a.currency, a.opening_minor + b.change_minor from accounts a
       join account_balances b on b.account_id = a.id order by a.id`)

describe('moving in with a GnuCash book', () => {
  it('leaves every account with its balance', async () => {
    const [run] = await moveIn()
    // each record once, five of them with another side
    expect(run).toMatchObject({ imported: 16, duplicates: 0, skipped: 0, failed: 0, rates: 1, prices: 1 })
    expect(balances()).toEqual([
      // 1000 + 2500 − 42.50 − 800 − 90 − 1100 − 30 + 50 − 10
      ['Giro', 'EUR', 147_750],
      ['Old savings', 'EUR', 0],
      ['Visa', 'EUR', 0],
      ['Mortgage', 'EUR', 60_000],
      ['Dollars', 'USD', 10_000],
      ['Depot', 'EUR', 0],
    ])
    expect((await verifyVault(temporary.vault)).filter(({ ok }) => !ok)).toEqual([])
  })

  it('finds the vault’s categories, makes those that it lacks, and no other', async () => {
    const before = all('select count(*) from categories')
    await moveIn()
    expect(
      all(`select t.payee, c.key, c.name_en, p.name_en from transactions t join categories c on c.id = t.category_id
           left join categories p on p.id = c.parent_id order by t.id`),
    ).toEqual([
      ['Market', 'groceries', 'Groceries', 'Food and drink'],
      ['Employer', 'wages', 'Wages', 'Wages'],
      ['Harbour', null, 'Berth', 'Boat'],
    ])
    // Boat and, under it, Berth
    const [[count]] = all('select count(*) from categories') as [[number]]
    expect([[count - 2]]).toEqual(before)
    expect(all(`select amount_minor, source_category from splits order by id`)).toEqual([
      [-20_000, 'Mortgage Interest'],
      [-60_000, '[Mortgage]'],
    ])
  })

  it('pairs transfers, also into another currency and as one part of a row', async () => {
    await moveIn()
    expect(
      all(`select f.amount_minor, fa.name, t.amount_minor, ta.name from transfers x
           join transactions f on f.id = x.from_transaction_id join accounts fa on fa.id = f.account_id
           join transactions t on t.id = x.to_transaction_id join accounts ta on ta.id = t.account_id order by x.id`),
    ).toEqual([
      [-4250, 'Giro', 4250, 'Visa'],
      [-9000, 'Giro', 10_000, 'Dollars'],
      [-5000, 'Old savings', 5000, 'Giro'],
    ])
    expect(
      all(`select s.amount_minor, a.name, t.amount_minor from splits s join transactions t on t.id = s.counterpart_id
           join accounts a on a.id = t.account_id`),
    ).toEqual([[-60_000, 'Mortgage', 60_000]])
  })

  it('keeps shares, prices and the book’s exchange rates', async () => {
    await moveIn()
    expect(
      all(`select a.name, s.isin, t.quantity, t.price from trades t join accounts a on a.id = t.account_id
           join securities s on s.id = t.security_id`),
    ).toEqual([['Depot', 'IE00B4L5Y983', '10', '110']])
    expect(all('select as_of, price, currency from prices')).toEqual([['2026-02-27', '112.5', 'EUR']])
    expect(all('select base, quote, as_of, rate, source from fx_rates')).toEqual([
      ['USD', 'EUR', '2026-02-27', '0.9', 'book'],
    ])
  })

  it('closes the accounts that the book has hidden, where nothing is left on them', async () => {
    await moveIn()
    expect(all('select name, closed_on from accounts where closed_on is not null')).toEqual([
      ['Old savings', '2026-02-06'],
    ])
  })

  it('changes nothing the second time, also out of the other format', async () => {
    await moveIn()
    const before = [balances(), all('select count(*) from transactions'), all('select count(*) from categories')]
    const [again] = await moveIn()
    const [other] = await stand.commit(stand.add(bookSqlite(household), 'house.gnucash'))
    const nothing = { imported: 0, duplicates: 16, failed: 0, rates: 0, prices: 0 }
    expect([again, other]).toMatchObject([nothing, nothing])
    expect([balances(), all('select count(*) from transactions'), all('select count(*) from categories')]).toEqual(
      before,
    )
  })

  it('takes what was added to the book since', async () => {
    await moveIn()
    const later = {
      ...household,
      transactions: [
        // older than all but the opening balances
        { id: 't0', on: '2026-01-01', what: 'Forgotten', splits: ['food 100/100', 'bank -100/100'] },
        ...household.transactions,
        { id: 't12', on: '2026-03-01', what: 'Market', splits: ['food 200/100', 'bank -200/100'] },
      ],
    }
    const [run] = await stand.commit(stand.add(Buffer.from(bookXml(later)), 'home.gnucash'))
    expect(run).toMatchObject({ imported: 2, duplicates: 16 })
    expect(balances()[0]).toEqual(['Giro', 'EUR', 147_450])
  })

  it('is undone whole, and done again', async () => {
    const before = dumpUserTables(temporary.vault)
    await moveIn()
    const after = dumpUserTables(temporary.vault)
    undoChange(temporary.vault, stand.context.clock)
    expect(dumpUserTables(temporary.vault)).toBe(before)
    redoChange(temporary.vault)
    expect(dumpUserTables(temporary.vault)).toBe(after)
  })

  it('gives the same out of SQLite', async () => {
    await moveIn()
    const fromXml = [balances(), all('select booked_on, amount_minor, kind, payee from transactions order by id')]
    undoChange(temporary.vault, stand.context.clock)
    await stand.commit(stand.add(bookSqlite(household), 'home.gnucash'))
    expect([balances(), all('select booked_on, amount_minor, kind, payee from transactions order by id')]).toEqual(
      fromXml,
    )
  })
})
