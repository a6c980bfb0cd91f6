import { afterEach, beforeEach, expect, it } from 'vitest'
import { ImportStand } from '../support/import-stand.ts'
import { ledgerBytes, type LedgerFile } from '../support/ledger-importer.ts'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

let calls: TestCalls
let stand: ImportStand

beforeEach(async () => {
  calls = await openTestCalls('2026-11-25', 'EUR')
  stand = new ImportStand(calls.temporary.vault)
})
afterEach(() => calls.close())

const accounts = [{ number: 'DE02120300000000202051', kind: 'checking', currency: 'EUR' }] as const
const statement = (content: Omit<LedgerFile, 'accounts'>): Promise<unknown> =>
  stand.commit(stand.add(ledgerBytes({ accounts, ...content }), 'bank.ledger'))
const accountId = async (): Promise<number> => (await calls.call('account.list', {}))[0]?.id ?? 0
const reconciled = async (): ReturnType<typeof calls.call<'reconcile.account'>> =>
  calls.call('reconcile.account', { accountId: await accountId() })
const balance = async (): Promise<number> => (await calls.call('account.get', { id: await accountId() })).balance.minor

const january = {
  opening: ['1000', '2026-01-01'] as const,
  lines: [
    { date: '2026-01-05', amount: '-100', payee: 'Rent' },
    { date: '2026-01-20', amount: '50', payee: 'Refund' },
  ],
  // 1,000 − 100 + 50
  closing: ['950', '2026-01-31'] as const,
}

it('agrees where statements follow one another', async () => {
  await statement(january)
  await statement({
    opening: ['950', '2026-02-01'],
    lines: [{ date: '2026-02-03', amount: '-50', payee: 'Shop' }],
    closing: ['900', '2026-02-28'],
  })
  const view = await reconciled()
  expect(view.breaks).toEqual([])
  expect(view.agreesUntil).toBe('2026-02-28')
  expect(view.checkpoints.map(({ kind, on, statedMinor }) => [kind, on, statedMinor])).toEqual([
    ['closing', '2026-02-28', 90_000],
    ['opening', '2026-02-03', 95_000],
    ['closing', '2026-01-31', 95_000],
    ['opening', '2026-01-05', 100_000],
  ])
  expect(await calls.call('reconcile.list', {})).toEqual([])
})

it('a statement that is missing is a gap between two dates, and goes when it is imported', async () => {
  await statement(january)
  const march = {
    opening: ['700', '2026-03-01'] as const,
    lines: [{ date: '2026-03-10', amount: '-100', payee: 'Rent' }],
    closing: ['600', '2026-03-31'] as const,
  }
  await statement(march)
  const { breaks } = await reconciled()
  // 950 at the end of January, 700 at the beginning of March
  expect(breaks).toMatchObject([{ cause: 'gap', after: '2026-01-31', on: '2026-03-09', missingMinor: -25_000 }])
  expect(await calls.call('reconcile.list', {})).toMatchObject([{ on: '2026-03-31', differenceMinor: -25_000 }])
  await statement({
    opening: ['950', '2026-02-01'],
    lines: [{ date: '2026-02-11', amount: '-250', payee: 'Dentist' }],
    closing: ['700', '2026-02-28'],
  })
  expect((await reconciled()).breaks).toEqual([])
  expect(await balance()).toBe(60_000)
})

it('a line that was deleted is found on its day by the running balances, and adjusted with one click that can be undone', async () => {
  const csv = [
    'Date,Description,Amount,Balance',
    '2026-04-01,Rent,-100.00,900.00',
    '2026-04-02,Shop,-20.00,880.00',
    '2026-04-08,Salary,500.00,1380.00',
    '2026-04-09,Shop,-30.00,1350.00',
    '2026-04-20,Café,-5.00,1345.00',
    '',
  ].join('\n')
  await stand.commit(stand.add(Buffer.from(csv), 'april.csv'))
  expect((await reconciled()).breaks).toEqual([])
  const rows = await calls.call('transaction.list', { filter: { accountIds: [await accountId()] } })
  const shop = rows.rows.find(({ bookedOn }) => bookedOn === '2026-04-09')
  await calls.call('transaction.delete', { ids: [shop?.id ?? 0] })
  const { breaks, checkpoints } = await reconciled()
  expect(breaks).toMatchObject([{ after: '2026-04-08', on: '2026-04-09', missingMinor: -3000, cause: 'within' }])
  expect(checkpoints.map(({ on, status }) => [on, status])).toEqual([
    ['2026-04-20', 'differs'],
    ['2026-04-09', 'differs'],
    ['2026-04-08', 'agrees'],
    ['2026-04-01', 'agrees'],
  ])
  const before = dumpUserTables(calls.temporary.vault)
  const mended = await calls.call('reconcile.adjust', {
    checkpointId: breaks[0]?.checkpointId ?? 0,
    payee: 'Balance adjustment',
  })
  expect(mended.breaks).toEqual([])
  // 1,000 − 100 − 20 + 500 − 30 − 5
  expect(await balance()).toBe(134_500)
  await calls.call('history.undo', {})
  expect(dumpUserTables(calls.temporary.vault)).toBe(before)
})

it('a first balance that is off moves the opening balance', async () => {
  const account = await calls.call('account.create', {
    name: 'By hand',
    kind: 'checking',
    currency: 'EUR',
    openingMinor: 10_000,
  })
  const off = await calls.call('reconcile.state', { accountId: account.id, on: '2026-11-20', minor: 12_000 })
  expect(off.breaks).toMatchObject([{ cause: 'opening', missingMinor: 2000 }])
  await calls.call('reconcile.adjust', { checkpointId: off.breaks[0]?.checkpointId ?? 0, payee: '' })
  expect(await balance()).toBe(12_000)
})

it('a difference that is left as it is stays quiet until it changes', async () => {
  await statement({ ...january, closing: ['940', '2026-01-31'] })
  const [first] = (await reconciled()).breaks
  // the statement itself does not add up: the opening follows its closing balance
  expect(first).toMatchObject({ cause: 'opening', missingMinor: 1000 })
  const accepted = await calls.call('reconcile.accept', { checkpointId: first?.checkpointId ?? 0, accepted: true })
  expect(accepted.breaks).toEqual([])
  expect(accepted.checkpoints.map(({ status }) => status)).toEqual(['agrees', 'accepted'])
  const again = await calls.call('reconcile.accept', { checkpointId: first?.checkpointId ?? 0, accepted: false })
  expect(again.breaks).toHaveLength(1)
})

it('only what the user typed can be forgotten; what an import brought goes with it', async () => {
  await statement(january)
  const [closing] = (await reconciled()).checkpoints
  expect(await calls.fail('reconcile.forget', { checkpointId: closing?.id ?? 0 })).toBe('invalid-input')
  const typed = await calls.call('reconcile.state', { accountId: await accountId(), on: '2026-02-10', minor: 95_000 })
  const mine = typed.checkpoints.find(({ run }) => run === null)
  expect((await calls.call('reconcile.forget', { checkpointId: mine?.id ?? 0 })).checkpoints).toHaveLength(2)
})

it('the balances that a journal states are checkpoints, and one that does not hold is a break on its day', async () => {
  const line = (date: string, amount: string): string =>
    `${date} * Shop\n    Assets:Bank  ${amount}\n    Expenses:Food\n`
  const text = `${line('2026-01-05', '100.00 EUR = 100.00 EUR')}${line('2026-01-08', '-10.00 EUR = 90.00 EUR')}${line('2026-01-20', '-5.00 EUR = 80.00 EUR')}`
  await stand.commit(stand.add(new TextEncoder().encode(text), 'book.journal'))
  const view = await reconciled()
  expect(view.checkpoints.map(({ kind, on, statedMinor }) => [kind, on, statedMinor])).toContainEqual([
    'day',
    '2026-01-20',
    8_000,
  ])
  // 100 − 10 − 5 = 85
  expect(view.breaks).toMatchObject([{ on: '2026-01-20', after: '2026-01-08', missingMinor: -500 }])
  expect(view.agreesUntil).toBe('2026-01-08')
})
