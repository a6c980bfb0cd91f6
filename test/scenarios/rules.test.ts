import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { undoChange } from '../../electron/core/changes/undo.ts'
import { undoImport } from '../../electron/core/changes/undo-import.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import type { CallOf, OutputOf } from '../../shared/ipc/contract.ts'
import type { Transaction } from '../../shared/model/transaction.ts'
import { ImportStand } from '../support/import-stand.ts'
import { type LedgerFile, ledgerBytes } from '../support/ledger-importer.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

let calls: TestCalls
let stand: ImportStand

beforeEach(async () => {
  calls = await openTestCalls('2026-11-23', 'EUR')
  stand = new ImportStand(calls.temporary.vault)
})
afterEach(async () => {
  // whatever a test did, the vault's kept figures are what its rows say
  const wrong = (await verifyVault(calls.temporary.vault)).filter(({ ok }) => !ok)
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong))
  await calls.close()
})

type RuleInput = CallOf<'rule.save'>['rule']

async function categoryId(key: string): Promise<number> {
  const found = (await calls.call('category.list', {})).find((category) => category.key === key)
  if (found === undefined) throw new Error(`no category ${key}`)
  return found.id
}

const payeeRule = (text: string, ...actions: RuleInput['actions']): RuleInput => ({
  conditions: { match: 'all', parts: [{ about: 'text', field: 'payee', operator: 'contains', text }] },
  actions,
})
const saved = (rule: RuleInput): Promise<OutputOf<'rule.save'>> => calls.call('rule.save', { rule })

async function importLines(lines: LedgerFile['lines'], more: Omit<LedgerFile, 'lines'> = {}): Promise<number> {
  const [run] = await stand.commit(stand.add(ledgerBytes({ ...more, lines })))
  return run?.id ?? 0
}

async function rows(): Promise<Transaction[]> {
  const { rows: list } = await calls.call('transaction.list', { filter: {}, limit: 500 })
  return list.toSorted((left, right) => left.id - right.id)
}
const row = async (payee: string): Promise<Transaction> => {
  const found = (await rows()).find((one) => one.payee === payee)
  if (found === undefined) throw new Error(`no row of ${payee}`)
  return found
}

describe('rules on what comes in', () => {
  it('name, file, tag, note, and say why; undoing the import leaves nothing of it', async () => {
    const coffee = await categoryId('coffee')
    const tag = await calls.call('tag.create', { name: 'treat' })
    const rule = await saved(
      payeeRule(
        'heron coffee',
        { do: 'setCategory', categoryId: coffee },
        { do: 'setPayee', payee: 'Heron' },
        { do: 'addTag', tagId: tag.id },
        { do: 'setNotes', notes: 'by a rule' },
      ),
    )
    const before = dumpUserTables(calls.temporary.vault)
    const runId = await importLines([
      { date: '2026-10-01', amount: '-4.20', payee: 'SQ *HERON COFFEE #0123 OAKLAND CA' },
      { date: '2026-10-02', amount: '-80', payee: 'PAYPAL *FLOWERHOUSE' },
    ])
    const [first, second] = await rows()
    expect(first).toMatchObject({
      payee: 'Heron',
      rawPayee: 'SQ *HERON COFFEE #0123 OAKLAND CA',
      categoryId: coffee,
      categorySource: 'rule',
      tagIds: [tag.id],
      notes: 'by a rule',
    })
    expect(second).toMatchObject({ payee: 'FLOWERHOUSE', rawPayee: 'PAYPAL *FLOWERHOUSE', categoryId: null })
    const why = await calls.call('category.explain', { transactionId: first?.id ?? 0 })
    expect(why).toMatchObject({ source: 'rule', rule: { id: rule.id }, cleanPayee: 'HERON COFFEE' })
    expect((await calls.call('rule.list', {}))[0]).toMatchObject({ holds: 1, met: 1 })
    undoImport(calls.temporary.vault, { today: () => calls.today, now: () => 1 }, runId)
    expect(dumpUserTables(calls.temporary.vault)).toBe(before)
  })

  it('the same file again changes nothing, though its payees are called otherwise by now', async () => {
    const lines = [{ date: '2026-10-01', amount: '-4.20', payee: 'SQ *HERON COFFEE #0123 OAKLAND CA' }]
    await importLines(lines)
    await saved(payeeRule('heron', { do: 'setPayee', payee: 'Heron' }))
    await importLines(lines)
    expect(await rows()).toHaveLength(1)
  })

  it('a transfer that a rule names is linked to its other half', async () => {
    await importLines([{ date: '2026-10-02', amount: '500', payee: 'Incoming' }], {
      accounts: [{ number: '99990000', name: 'Savings', currency: 'EUR' }],
    })
    const savings = (await calls.call('account.list', {}))[0]
    await saved(payeeRule('to myself', { do: 'markTransfer', accountId: savings?.id ?? 0 }))
    const before = dumpUserTables(calls.temporary.vault)
    const runId = await importLines([{ date: '2026-10-01', amount: '-500', payee: 'To myself' }])
    const out = await row('To myself')
    expect(out).toMatchObject({
      kind: 'transfer',
      categoryId: await categoryId('own-transfer'),
      transfer: { accountId: savings?.id },
    })
    undoImport(calls.temporary.vault, { today: () => calls.today, now: () => 1 }, runId)
    expect(dumpUserTables(calls.temporary.vault)).toBe(before)
  })

  it('what the user made of a pending line stays when it is booked; what nobody chose is chosen then', async () => {
    const [coffee, groceries] = [await categoryId('coffee'), await categoryId('groceries')]
    await importLines([
      { date: '2026-10-01', amount: '-4.20', payee: 'Heron Coffee', status: 'pending' },
      { date: '2026-10-01', amount: '-9.00', payee: 'Riverside', status: 'pending' },
    ])
    const mine = await row('Heron Coffee')
    await calls.call('transaction.update', { ids: [mine.id], patch: { categoryId: coffee, payee: 'My café' } })
    await saved(payeeRule('heron', { do: 'setCategory', categoryId: groceries }, { do: 'setPayee', payee: 'Other' }))
    await saved(payeeRule('riverside', { do: 'setCategory', categoryId: groceries }))
    await importLines([
      { date: '2026-10-03', amount: '-4.20', payee: 'HERON COFFEE' },
      { date: '2026-10-03', amount: '-9.00', payee: 'RIVERSIDE' },
    ])
    const list = await rows()
    expect(list).toHaveLength(2)
    expect(list[0]).toMatchObject({ payee: 'My café', categoryId: coffee, categorySource: 'user', status: 'booked' })
    expect(list[1]).toMatchObject({ categoryId: groceries, categorySource: 'rule', status: 'booked' })
  })
})

describe('which source decides', () => {
  const qif = (...records: string[]): Uint8Array =>
    Buffer.from(`!Account\nNGiro\nTBank\n^\n!Type:Bank\n${records.join('\n^\n')}\n^\n`)
  it('a rule before the file, the file before a guess, a guess before the merchant code, which files by itself', async () => {
    const [coffee, groceries, gifts] = [
      await categoryId('coffee'),
      await categoryId('groceries'),
      await categoryId('gifts'),
    ]
    // taught three times by hand: sure
    const choice = stand.add(
      qif(...['01', '02', '03'].map((day) => `D2026-09-${day}\nT-12.00\nPFlorist`)),
      'statement.qif',
    )
    await stand.commit(choice)
    const ids = (await rows()).map(({ id }) => id)
    await calls.call('transaction.update', { ids, patch: { categoryId: gifts } })
    await saved(payeeRule('heron', { do: 'setCategory', categoryId: coffee }))
    const next = stand.add(
      qif(
        'D2026-10-01\nT-12.00\nPHeron\nLGroceries',
        'D2026-10-02\nT-12.00\nPFlorist\nLGroceries',
        'D2026-10-03\nT-12.00\nPFlorist',
        'D2026-10-04\nT-12.00\nPNobody knows',
      ),
      'statement.qif',
    )
    await stand.commit(next)
    const found = (await rows()).slice(3).map((one) => [one.categoryId, one.categorySource])
    expect(found).toEqual([
      [coffee, 'rule'],
      [groceries, 'file'],
      [gifts, 'learned'],
      [null, null],
    ])
  })

  it('a merchant category code files what was paid, not what came back', async () => {
    const ofx = (id: string, amount: string): string =>
      `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261001<TRNAMT>${amount}<FITID>${id}<SIC>5411<NAME>Shop ${id}</STMTTRN>`
    const file = `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>12345678<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>${ofx('a', '-5.00')}${ofx('b', '5.00')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
    await stand.commit(stand.add(Buffer.from(file), 'bank.ofx'))
    const groceries = await categoryId('groceries')
    expect((await rows()).map((one) => [one.categoryId, one.categorySource])).toEqual([
      [groceries, 'merchant-code'],
      [null, null],
    ])
  })
})

describe('rules on what is there', () => {
  const household: LedgerFile['lines'] = [
    { date: '2026-09-01', amount: '-3.00', payee: 'Heron Coffee' },
    { date: '2026-09-02', amount: '-4.00', payee: 'SQ *HERON COFFEE #7' },
    { date: '2026-09-03', amount: '-5.00', payee: 'Heron Coffee' },
    { date: '2026-09-04', amount: '-60.00', payee: 'Riverside' },
  ]

  it('a test says what would change and writes nothing; applying does just that, and undo takes it back', async () => {
    const [coffee, gifts] = [await categoryId('coffee'), await categoryId('gifts')]
    await importLines(household)
    const mine = (await rows())[2]
    await calls.call('transaction.update', { ids: [mine?.id ?? 0], patch: { categoryId: gifts } })
    const rule = payeeRule('heron', { do: 'setCategory', categoryId: coffee })
    const before = dumpUserTables(calls.temporary.vault)
    const tested = await calls.call('rule.test', { rule })
    expect(tested).toMatchObject({
      examined: 4,
      met: 3,
      changed: 2,
      own: 1,
      categories: [{ from: null, to: coffee, count: 2 }],
    })
    // the newest first
    expect(tested.rows.map(({ bookedOn }) => bookedOn)).toEqual(['2026-09-02', '2026-09-01'])
    expect(dumpUserTables(calls.temporary.vault)).toBe(before)
    const { id } = await saved(rule)
    const withRule = dumpUserTables(calls.temporary.vault)
    const applied = await calls.call('rule.apply', { ruleIds: [id] })
    expect(applied).toEqual(tested)
    expect((await rows()).map((one) => [one.categoryId, one.categorySource])).toEqual([
      [coffee, 'rule'],
      [coffee, 'rule'],
      [gifts, 'user'],
      [null, null],
    ])
    // done twice is done once
    expect((await calls.call('rule.apply', { ruleIds: [id] })).changed).toBe(0)
    expect((await calls.call('history.get', {})).undo).toMatchObject({ label: 'rule.apply', facts: { count: 2 } })
    await calls.call('history.undo', {})
    expect(dumpUserTables(calls.temporary.vault)).toBe(withRule)
    await calls.call('history.redo', {})
    expect((await rows())[0]?.categoryId).toBe(coffee)
  })

  it('what the user chose by hand, "none" too, changes only where it is asked for', async () => {
    const coffee = await categoryId('coffee')
    await importLines(household)
    const [first] = await rows()
    await calls.call('transaction.update', { ids: [first?.id ?? 0], patch: { categoryId: coffee } })
    await calls.call('transaction.update', { ids: [first?.id ?? 0], patch: { categoryId: null } })
    const { id } = await saved(payeeRule('heron', { do: 'setCategory', categoryId: coffee }))
    expect(await calls.call('rule.apply', { ruleIds: [id] })).toMatchObject({ changed: 2, own: 1 })
    expect((await rows())[0]?.categoryId).toBeNull()
    expect(await calls.call('rule.apply', { ruleIds: [id], includeOwn: true })).toMatchObject({ changed: 1 })
    expect((await rows())[0]?.categoryId).toBe(coffee)
  })

  it('a rule is tested in its place: what an earlier one decides is not its own to change', async () => {
    const [coffee, gifts] = [await categoryId('coffee'), await categoryId('gifts')]
    await importLines(household)
    await saved(payeeRule('heron', { do: 'setCategory', categoryId: coffee }))
    const later = payeeRule('coffee', { do: 'setCategory', categoryId: gifts })
    expect(await calls.call('rule.test', { rule: later })).toMatchObject({ met: 3, changed: 0 })
    const override = payeeRule('coffee', { do: 'setCategory', categoryId: gifts, override: true })
    expect(await calls.call('rule.test', { rule: override })).toMatchObject({ met: 3, changed: 3 })
  })

  it('the order can be changed, by all of their ids alone', async () => {
    const one = await saved(payeeRule('a', { do: 'stop' }))
    const two = await saved(payeeRule('b', { do: 'stop' }))
    await calls.call('rule.reorder', { ids: [two.id, one.id] })
    expect((await calls.call('rule.list', {})).map(({ id }) => id)).toEqual([two.id, one.id])
    expect(await calls.fail('rule.reorder', { ids: [two.id] })).toBe('conflict')
    expect(await calls.fail('rule.reorder', { ids: [two.id, two.id] })).toBe('conflict')
    await calls.call('history.undo', {})
    expect((await calls.call('rule.list', {})).map(({ id }) => id)).toEqual([one.id, two.id])
  })

  it('a deleted rule leaves what it has filed; a deleted category goes out of the rules', async () => {
    const coffee = await categoryId('coffee')
    const gifts = await categoryId('gifts')
    await importLines(household)
    const { id } = await saved(payeeRule('heron', { do: 'setCategory', categoryId: coffee }))
    await calls.call('rule.apply', { ruleIds: [id] })
    await calls.call('category.delete', { id: coffee, replaceWithId: gifts })
    expect((await calls.call('rule.list', {}))[0]?.actions).toEqual([
      { do: 'setCategory', categoryId: gifts, override: false },
    ])
    await calls.call('rule.delete', { id })
    const [first] = await rows()
    expect(first).toMatchObject({ categoryId: gifts, categorySource: 'rule' })
    expect(await calls.call('category.explain', { transactionId: first?.id ?? 0 })).toMatchObject({ rule: null })
    await calls.call('history.undo', {})
    await calls.call('history.undo', {})
    expect((await rows())[0]).toMatchObject({ categoryId: coffee })
    expect((await calls.call('rule.list', {}))[0]).toMatchObject({ id, holds: 3 })
  })

  it('names of before are cleaned where that is asked for, and never one that the user gave', async () => {
    await importLines(household)
    const { driver } = calls.temporary.vault
    driver.exec('update transactions set payee = raw_payee')
    const second = (await rows())[1]
    expect(second?.payee).toBe('SQ *HERON COFFEE #7')
    expect(await calls.call('rule.apply', {})).toMatchObject({ changed: 0 })
    expect(await calls.call('rule.apply', { cleanPayees: true })).toMatchObject({ changed: 1 })
    expect((await rows())[1]).toMatchObject({ payee: 'HERON COFFEE', rawPayee: 'SQ *HERON COFFEE #7' })
    await calls.call('transaction.update', { ids: [second?.id ?? 0], patch: { payee: 'SQ *HERON COFFEE #7' } })
    expect(await calls.call('rule.apply', { cleanPayees: true })).toMatchObject({ changed: 0 })
  })

  it.each([
    ['a category', { do: 'setCategory' as const, categoryId: 9999 }],
    ['a tag', { do: 'addTag' as const, tagId: 9999 }],
    ['an account', { do: 'markTransfer' as const, accountId: 9999 }],
  ])('a rule that names %s that is not there is refused', async (_what, action) => {
    expect(await calls.fail('rule.save', { rule: payeeRule('x', action) })).toBe('not-found')
  })
})

describe('learning from the user’s own choices', () => {
  const lines = (count: number, payee: string, from = 1): LedgerFile['lines'] =>
    Array.from({ length: count }, (_, index) => ({
      date: `2026-08-${String(from + index).padStart(2, '0')}`,
      amount: '-4.20',
      payee,
    }))

  it('a choice teaches at once, undo unteaches, and the reason is the evidence', async () => {
    const coffee = await categoryId('coffee')
    await importLines(lines(13, 'Heron Coffee'))
    const list = await rows()
    const asked = list.at(-1)?.id ?? 0
    const suggest = () => calls.call('category.suggest', { ids: [asked] })
    expect(await suggest()).toEqual([])
    await calls.call('transaction.update', {
      ids: list.slice(0, 12).map(({ id }) => id),
      patch: { categoryId: coffee },
    })
    expect(await suggest()).toEqual([
      {
        transactionId: asked,
        categoryId: coffee,
        // 12 choices of the same account and size weigh 10 each, against a doubt of 4
        confidence: Math.floor((120 * 1000) / 124),
        evidence: { by: 'payee', payee: 'Heron Coffee', count: 12, of: 12, lastOn: '2026-08-12' },
      },
    ])
    await calls.call('history.undo', {})
    expect(await suggest()).toEqual([])
    await calls.call('history.redo', {})
    expect(await suggest()).toHaveLength(1)
    await calls.call('transaction.delete', { ids: list.slice(0, 12).map(({ id }) => id) })
    expect(await suggest()).toEqual([])
  })

  it('a correction changes the next guess', async () => {
    const [coffee, gifts] = [await categoryId('coffee'), await categoryId('gifts')]
    await importLines(lines(6, 'Bazaar'))
    const ids = (await rows()).map(({ id }) => id)
    await calls.call('transaction.update', { ids: ids.slice(0, 2), patch: { categoryId: coffee } })
    expect((await calls.call('category.suggest', { ids }))[0]?.categoryId).toBe(coffee)
    await calls.call('transaction.update', { ids: ids.slice(0, 5), patch: { categoryId: gifts } })
    const after = await calls.call('category.suggest', { ids })
    expect(after).toMatchObject([{ transactionId: ids[5], categoryId: gifts, evidence: { count: 5, of: 5 } }])
  })

  it('only what the user chose: neither a rule nor a file nor a guess teaches', async () => {
    const coffee = await categoryId('coffee')
    await importLines(lines(4, 'Heron Coffee'))
    const { id } = await saved(payeeRule('heron', { do: 'setCategory', categoryId: coffee }))
    await calls.call('rule.apply', { ruleIds: [id] })
    expect(calls.temporary.vault.driver.prepare('select count(*) from learner_counts').pluck().get()).toBe(0)
  })

  it('a sure guess files what comes in, and a confirmation makes it the user’s own', async () => {
    const coffee = await categoryId('coffee')
    await importLines(lines(3, 'Heron Coffee'))
    const ids = (await rows()).map(({ id }) => id)
    await calls.call('transaction.update', { ids, patch: { categoryId: coffee } })
    await importLines([{ date: '2026-09-20', amount: '-4.20', payee: 'HERON COFFEE #12' }])
    const guessed = (await rows())[3]
    expect(guessed).toMatchObject({ categoryId: coffee, categorySource: 'learned' })
    const id = guessed?.id ?? 0
    expect((await calls.call('category.explain', { transactionId: id })).guess?.evidence).toMatchObject({ count: 3 })
    await calls.call('transaction.update', { ids: [id], patch: { categoryId: coffee } })
    expect((await rows())[3]).toMatchObject({ categorySource: 'user' })
    undoChange(calls.temporary.vault, { today: () => calls.today, now: () => 1 })
    expect((await rows())[3]).toMatchObject({ categorySource: 'learned' })
  })

  it('the user’s "none" is not guessed at again', async () => {
    const coffee = await categoryId('coffee')
    await importLines(lines(4, 'Heron Coffee'))
    const ids = (await rows()).map(({ id }) => id)
    await calls.call('transaction.update', { ids, patch: { categoryId: coffee } })
    await calls.call('transaction.update', { ids: ids.slice(3), patch: { categoryId: null } })
    expect(await calls.call('category.suggest', { ids })).toEqual([])
  })
})
