import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const bytes = (...rows: string[]): Uint8Array => new TextEncoder().encode(rows.join('\n'))

const kraken = bytes(
  'txid,refid,time,type,subtype,aclass,asset,amount,fee,balance',
  'L1,R1,2024-01-02 10:00:00,deposit,,currency,ZEUR,1000.00,0,1000.00',
  'L2,R2,2024-01-02 10:05:00,trade,,currency,ZEUR,-500.00,1.30,498.70',
  'L3,R2,2024-01-02 10:05:00,trade,,currency,XXBT,0.03,0,0.03',
  'L5,R4,2024-01-10 10:05:00,trade,,currency,ZEUR,180.00,0.50,678.20',
  'L6,R4,2024-01-10 10:05:00,trade,,currency,XXBT,-0.01,0,0.02',
)

const orders = bytes(
  'Date,Side,Pair,Quantity,Price,Total',
  '2024-03-13,Buy,EUR/USD,100,1.10,110.00',
  '2024-03-14,Buy,ETH/BTC,0.5,0.06,0.03',
  '2024-03-15,Buy,BTC/USD,0.01,50000,500.00',
)

function rows(sql: string): unknown[] {
  return temporary.vault.driver.prepare(sql).raw().all()
}

describe('tables of brokers in a vault', () => {
  it('a trade of two rows is one purchase: 1,000 − 501.30 + 179.50 are left, and 0.02 held', async () => {
    const [run] = await stand.commit(stand.add(kraken, 'ledgers.csv'))
    expect(run).toMatchObject({ imported: 3, skipped: 2, failed: 0, duplicates: 0 })
    expect(rows('select sum(amount_minor) from transactions')).toEqual([[67_820]])
    expect(
      rows('select s.symbol, group_concat(t.quantity) from trades t join securities s on s.id = t.security_id'),
    ).toEqual([['BTC', '0.03,-0.01']])
  })

  it('brings nothing the second time', async () => {
    await stand.commit(stand.add(kraken, 'ledgers.csv'), stand.add(orders, 'orders.csv'))
    const before = rows('select count(*) from transactions')
    const again = await stand.commit(stand.add(kraken, 'ledgers.csv'), stand.add(orders, 'orders.csv'))
    expect(again.map(({ imported }) => imported)).toEqual([0, 0])
    expect(rows('select count(*) from transactions')).toEqual(before)
  })

  it('gives a row to each side of an exchange: euros for dollars, one coin for another', async () => {
    const [run] = await stand.commit(stand.add(orders, 'orders.csv'))
    expect(run).toMatchObject({ imported: 5, failed: 0 })
    expect(rows('select amount_minor from transactions where amount_minor <> 0 order by amount_minor')).toEqual([
      [-50_000],
      [-11_000],
      [10_000],
    ])
    expect(
      rows(
        'select s.symbol, t.quantity from trades t join securities s on s.id = t.security_id order by t.transaction_id',
      ),
    ).toEqual([
      ['ETH', '0.5'],
      ['BTC', '-0.03'],
      ['BTC', '0.01'],
    ])
  })
})
