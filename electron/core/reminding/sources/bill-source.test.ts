import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addMonths, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'
import { billSource } from './bill-source.ts'

const today = parseIsoDate('2026-11-25')
const window = { today, from: parseIsoDate('2026-11-01'), until: parseIsoDate('2027-01-31') }
const shared = { accounts: [], balanceMinor: () => 0, madeOn: () => null, lastBackupAt: null }
let calls: TestCalls

beforeEach(async () => {
  calls = await openTestCalls(today)
  const { id } = await calls.call('account.create', { name: 'Current', kind: 'checking', currency: 'CNY' })
  for (let month = 0; month < 8; month += 1) {
    const on = addMonths(parseIsoDate('2026-04-14'), month)
    await calls.call('transaction.create', { accountId: id, bookedOn: on, payee: 'Stream+', amountMinor: -3000 })
  }
  await calls.call('recurring.refresh', {})
})
afterEach(() => calls.close())

const due = () => billSource.due(billSource.load(calls.temporary.vault, window, shared), window)

describe('bills as due dates', () => {
  it('what was only found reminds of nothing', () => expect(due()).toEqual([]))

  it('a confirmed one is due on its days, the paid one done by itself', async () => {
    const { items } = await calls.call('recurring.list', {})
    await calls.call('recurring.decide', { key: items[0]?.key ?? '', status: 'confirmed' })
    expect(due().map(({ on, amount, settled }) => [on, amount?.minor, settled?.by ?? null])).toEqual([
      ['2026-11-14', 3000, 'payment'],
      ['2026-12-14', 3000, null],
      ['2027-01-14', 3000, null],
    ])
  })

  it('a dismissed one reminds of nothing', async () => {
    const { items } = await calls.call('recurring.list', {})
    await calls.call('recurring.decide', { key: items[0]?.key ?? '', status: 'dismissed' })
    expect(due()).toEqual([])
  })
})
