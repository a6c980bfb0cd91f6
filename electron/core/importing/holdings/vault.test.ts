import { afterEach, beforeEach, expect, it } from 'vitest'
import { ImportStand } from '../../../../test/support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { sqlRows } from '../../storage/repositories/query.ts'

let temporary: TemporaryVault
beforeEach(async () => {
  temporary = await createTemporaryVault()
})
afterEach(() => temporary.close())

const list = (apple: string): Uint8Array =>
  new TextEncoder().encode(
    [
      'Holdings as of 2026-02-27',
      'Account,Symbol,Name,Quantity,Price,Market Value,Currency',
      `12345678,AAPL,Apple Inc.,${apple},250.00,,USD`,
      '12345678,Cash,,,,100.50,USD',
    ].join('\n'),
  )

const positions = (): unknown[] =>
  sqlRows(
    temporary.vault,
    `select s.symbol, p.quantity, p.price, p.as_of from positions p join securities s on s.id = p.security_id`,
  )

it('a list becomes positions and cash of a brokerage account; twice is once, a corrected list replaces', async () => {
  const stand = new ImportStand(temporary.vault)
  await stand.commit(stand.add(list('10'), 'holdings.csv'))
  await stand.commit(stand.add(list('10'), 'holdings again.csv'))
  expect(positions()).toEqual([{ symbol: 'AAPL', quantity: '10', price: '250', as_of: '2026-02-27' }])
  expect(sqlRows(temporary.vault, 'select kind, number, currency, opening_minor from accounts')).toEqual([
    { kind: 'brokerage', number: '12345678', currency: 'USD', opening_minor: 10_050 },
  ])
  await stand.commit(stand.add(list('12'), 'holdings.csv'))
  expect(positions()).toEqual([{ symbol: 'AAPL', quantity: '12', price: '250', as_of: '2026-02-27' }])
})
