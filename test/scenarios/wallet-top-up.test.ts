import { afterEach, beforeEach, expect, it } from 'vitest'
import { ImportStand } from '../support/import-stand.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

let calls: TestCalls
let stand: ImportStand

beforeEach(async () => {
  calls = await openTestCalls('2026-11-25')
  stand = new ImportStand(calls.temporary.vault)
})
afterEach(() => calls.close())

const bill = `微信支付账单明细,,,,,,,,,,
微信昵称：[小明],,,,,,,,,,
起始时间：[2026-03-01 00:00:00] 终止时间：[2026-03-31 23:59:59],,,,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
2026-03-05 09:00:00,零钱充值,/,"/",/,¥100.00,工商银行(9876),充值完成,4200001,1,"/"
2026-03-06 12:00:00,商户消费,小面馆,"午餐",支出,¥25.50,零钱,支付成功,4200002,2,"/"
2026-03-07 12:00:00,转入零钱通-来自零钱,/,"/",/,¥20.00,零钱,支付成功,4200003,3,"/"
`
const balances = async (): Promise<Record<string, number>> =>
  Object.fromEntries((await calls.call('account.list', {})).map(({ name, balance }) => [name, balance.minor]))

it('a top-up leaves the bank and arrives in the wallet: what is left there is right, and nothing of it is spending', async () => {
  await stand.commit(stand.add(Buffer.from(bill), '微信支付账单.csv'))
  // 零钱: 100.00 − 25.50 − 20.00; 零钱通: 20.00; the bank: −100.00 of what it had
  expect(await balances()).toMatchObject({ '零钱 (小明)': 5450, '零钱通 (小明)': 2000 })
  const rows = await calls.call('transaction.list', { filter: {} })
  expect(rows.rows.filter(({ transfer }) => transfer !== null)).toHaveLength(4)
  expect(rows.rows.filter(({ transfer }) => transfer === null).map(({ payee }) => payee)).toEqual(['小面馆'])
  // the same bill again changes nothing
  const before = await balances()
  await stand.commit(stand.add(Buffer.from(bill), '微信支付账单.csv'))
  expect(await balances()).toEqual(before)
  expect((await calls.call('transaction.list', { filter: {} })).total).toBe(rows.total)
})

const withdrawal = `微信支付账单明细,,,,,,,,,,
微信昵称：[小明],,,,,,,,,,
起始时间：[2026-04-01 00:00:00] 终止时间：[2026-04-30 23:59:59],,,,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
2026-04-02 10:00:00,商户消费,老客户,"还我饭钱",收入,¥500.00,/,已收钱,4300000,1,"/"
2026-04-05 09:00:00,零钱提现,工商银行(9876),"/",/,¥100.10,工商银行(9876),提现已到账,4300001,2,"服务费¥0.10"
`
const bank = `日期,摘要,收入,支出,余额,对方户名
2026-04-01,工资,8000.00,,8000.00,示例公司
2026-04-05,财付通-微信零钱提现,100.00,,8100.00,财付通支付科技有限公司
`

it.each([
  ['the wallet’s bill first', [0, 1]],
  ['the bank’s statement first', [1, 0]],
])('a withdrawal that loses a fee on the way is one transfer, and the fee is what it cost: %s', async (_, order) => {
  const files = [
    [withdrawal, '微信支付账单.csv'],
    [bank, '工商银行 9876.csv'],
  ] as const
  for (const index of order) {
    const [text, name] = files[index] ?? files[0]
    await stand.commit(stand.add(Buffer.from(text), name))
  }
  const { rows } = await calls.call('transaction.list', { filter: {} })
  const halves = rows.filter(({ transfer }) => transfer !== null).map(({ amount }) => amount.minor)
  expect(halves.toSorted((a, b) => a - b)).toEqual([-10_010, 10_000])
  const left = rows.find(({ amount }) => amount.minor === -10_010)
  const parts = await calls.call('transaction.get', { id: left?.id ?? 0 })
  expect(parts.splits.map(({ amountMinor }) => amountMinor)).toEqual([-10_000, -10])
})
