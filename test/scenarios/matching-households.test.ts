import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { CallOf, ChannelName, OutputOf } from '../../shared/ipc/contract.ts'
import { composeCore } from '../../electron/core/compose.ts'
import { createDispatcher } from '../../electron/core/dispatcher.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { ImportStand } from '../support/import-stand.ts'
import { ledgerBytes } from '../support/ledger-importer.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
  stand = new ImportStand(temporary.vault)
})
afterEach(async () => {
  const faults = (await verifyVault(temporary.vault)).filter(({ ok }) => !ok)
  await temporary.close()
  if (faults.length > 0) throw new Error(JSON.stringify(faults))
})

async function call<N extends ChannelName>(channel: N, input: CallOf<N>): Promise<OutputOf<N>> {
  const faults: string[] = []
  const log = { write: (event: string, facts?: unknown) => void faults.push(`${event} ${JSON.stringify(facts)}`) }
  const reply = await createDispatcher(composeCore(null), log)(channel, input, stand.context)
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.code} ${reply.error.message} ${faults.join('\n')}`)
  return reply.value as OutputOf<N>
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The vault's content without numbers and times, to be compared. */
function content(): unknown {
  const all = (sql: string): unknown[] => temporary.vault.driver.prepare(sql).all()
  return {
    lines: all(
      `select a.name as account, booked_on, amount_minor, t.kind, payee, memo, reference, status
       from transactions t join accounts a on a.id = t.account_id order by 1, 2, 3, payee, memo, reference`,
    ),
    transfers: all(
      `select f.booked_on as left_on, f.amount_minor, t.booked_on as came_on, t.amount_minor as came
       from transfers join transactions f on f.id = from_transaction_id join transactions t on t.id = to_transaction_id
       order by 1, 2, 3, 4`,
    ),
    balances: all(
      `select a.name, a.opening_minor + change_minor as minor from accounts a
       join account_balances on account_id = a.id order by 1`,
    ),
  }
}

/** Every row of what an import may touch, to be equal again after undo. */
function everything(): unknown {
  const tables = [
    'accounts',
    'transactions',
    'transfers',
    'matches',
    'transaction_aliases',
    'splits',
    'balance_assertions',
  ]
  return Object.fromEntries(
    tables.map((table) => [table, temporary.vault.driver.prepare(`select * from ${table} order by 1`).all()]),
  )
}

const balanceOf = (name: string): number =>
  (
    temporary.vault.driver
      .prepare(
        `select a.opening_minor + change_minor as minor from accounts a join account_balances on account_id = a.id
         where a.name like ?`,
      )
      .get(`%${name}%`) as { minor: number }
  ).minor

/** Money that left the household: outgoing lines that are no half of a transfer, less what came back for them. */
function spent(): number {
  const row = temporary.vault.driver
    .prepare(
      `select coalesce(sum(-amount_minor), 0) as minor from transactions t
       where (amount_minor < 0 or kind = 'refund')
         and not exists (select 1 from transfers where from_transaction_id = t.id or to_transaction_id = t.id)`,
    )
    .get() as { minor: number }
  return row.minor
}

/**
 * The starter household, October: wages into ICBC, whose card pays for what Alipay's bill lists.
 *   opening 3,000.00 + wages 12,000.00 − coffee 25.50 twice − taxi 31.00 − tissues 88.80 + refund 88.80 = 14,918.00
 */
const icbc = [
  '明细查询文件下载',
  '',
  '卡号: 6222****9876,"卡别名: 工资卡"',
  '',
  '子账户序号: 00000,子账户类别: 活期,"子账户别名: "',
  '',
  '交易日期,摘要,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名',
  '2026-10-18,"退款","支付宝-好邻居超市","CHN",钞,"-","-",-,"88.80","",人民币,"14,918.00","支付宝"',
  '2026-10-15,"消费","支付宝-好邻居超市","CHN",钞,"-","-",-,"","88.80",人民币,"14,829.20","支付宝"',
  '2026-10-11,"消费","财付通-滴滴出行","CHN",钞,"-","-",-,"","31.00",人民币,"14,918.00","财付通"',
  '2026-10-09,"消费","支付宝-瑞幸咖啡","CHN",钞,"-","-",-,"","25.50",人民币,"14,949.00","支付宝"',
  '2026-10-09,"消费","支付宝-瑞幸咖啡","CHN",钞,"-","-",-,"","25.50",人民币,"14,974.50","支付宝"',
  '2026-10-08,"工资","","CHN",钞,"-","-",-,"12,000.00","",人民币,"15,000.00","某公司"',
].join('\n')

const alipayRow = (
  at: string,
  category: string,
  payee: string,
  item: string,
  direction: string,
  amount: string,
  method: string,
  status: string,
  order: string,
): string =>
  `${at} ,${category} ,${payee} ,/ ,${item} ,${direction} ,${amount} ,${method} ,${status} ,${order}\t,T1\t,  ,`
const card = '工商银行储蓄卡(9876)'
const alipay = [
  '支付宝账户：someone@example.com',
  '起始时间：[2026-10-01 00:00:00]    终止时间：[2026-10-31 23:59:59]',
  '------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------',
  '交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,',
  alipayRow(
    '2026-10-18 09:00:00',
    '退款',
    '好邻居超市',
    '退款-纸巾',
    '不计收支',
    '88.80',
    card,
    '退款成功',
    '2026101500000005_1',
  ),
  alipayRow(
    '2026-10-15 20:10:00',
    '日用百货',
    '好邻居超市',
    '纸巾',
    '支出',
    '88.80',
    card,
    '交易成功',
    '2026101500000005',
  ),
  alipayRow(
    '2026-10-13 12:00:00',
    '餐饮美食',
    '面馆',
    '牛肉面',
    '支出',
    '20.00',
    '余额',
    '交易成功',
    '2026101300000004',
  ),
  alipayRow(
    '2026-10-09 18:01:02',
    '餐饮美食',
    '瑞幸咖啡',
    '拿铁',
    '支出',
    '25.50',
    card,
    '交易成功',
    '2026100900000002',
  ),
  alipayRow(
    '2026-10-09 12:30:45',
    '餐饮美食',
    '瑞幸咖啡',
    '美式',
    '支出',
    '25.50',
    card,
    '交易成功',
    '2026100900000001',
  ),
].join('\r\n')

describe('the starter household: Alipay’s bill and the statement of the card that paid', () => {
  it.each([
    ['the bank first', [icbc, alipay]],
    ['the bill first', [alipay, icbc]],
  ])('counts each purchase once, %s', async (_, files) => {
    const runs = []
    for (const text of files) {
      runs.push(await stand.commit(stand.add(encode(text), text === icbc ? 'hisdetail.csv' : 'alipay.csv')))
    }
    expect(runs.at(-1)).toMatchObject([{ matches: { merged: 4 }, duplicates: 4 }])
    // 14,918.00 on the card's account; the noodles of 20.00 were paid from the wallet itself
    expect(temporary.vault.driver.prepare('select count(*) as n from transactions').get()).toEqual({ n: 7 })
    expect(balanceOf('9876') === 1_491_800 || balanceOf('工资卡') === 1_491_800).toBe(true)
    // coffee 2 × 25.50 + taxi 31.00 + noodles 20.00; the tissues came back
    expect(spent()).toBe(10_200)
    const coffee = await call('transaction.list', { filter: { text: '瑞幸咖啡' } })
    expect(coffee.rows.map(({ payee, memo }) => [payee, memo.includes('拿铁') || memo.includes('美式')])).toEqual([
      ['瑞幸咖啡', true],
      ['瑞幸咖啡', true],
    ])
  })

  it.each([
    ['the bank first', [icbc, alipay]],
    ['the bill first', [alipay, icbc]],
  ])('a preview of both together says what importing them then does, %s', async (_, files) => {
    const choices = files.map((text) => stand.add(encode(text), text === icbc ? 'hisdetail.csv' : 'alipay.csv'))
    const previews = await stand.preview(...choices)
    const runs = await stand.commit(...choices)
    for (const [index, run] of runs.entries()) {
      const { merged, linked, toReview } = previews[index]?.matches ?? {}
      expect({ merged, linked, toReview }).toEqual(run.matches)
      expect(previews[index]?.counts).toMatchObject({ new: run.imported, duplicate: run.duplicates })
    }
    expect(previews[1]?.matches?.groups.find(({ kind }) => kind === 'duplicate')).toMatchObject({
      certain: true,
      count: 4,
    })
  })

  it('links the refund to its purchase', async () => {
    await stand.commit(stand.add(encode(icbc), 'hisdetail.csv'))
    await stand.commit(stand.add(encode(alipay), 'alipay.csv'))
    const { rows } = await call('match.list', { status: 'confirmed', kinds: ['refund'] })
    expect(rows.map(({ first, second }) => [first.amount.minor, second?.amount.minor])).toEqual([[-8880, 8880]])
  })

  it('imports either file again without any change, and undoing both leaves nothing', async () => {
    const empty = everything()
    await stand.commit(stand.add(encode(icbc), 'hisdetail.csv'))
    await stand.commit(stand.add(encode(alipay), 'alipay.csv'))
    const before = content()
    for (const [text, name] of [
      [icbc, 'a.csv'],
      [alipay, 'b.csv'],
    ] as const) {
      const [run] = await stand.commit(stand.add(encode(`${text}\n`), name))
      expect(run).toMatchObject({ imported: 0, matches: { merged: 0, linked: 0, toReview: 0 } })
    }
    expect(content()).toEqual(before)
    while ((await call('history.get', {})).undo !== null) await call('history.undo', {})
    expect(everything()).toEqual(empty)
  })
})

const bankCsv = [
  'Booking date;Value date;Payee;Purpose;Amount;Currency',
  '2026-09-01;2026-09-01;Landlord Housing;RENT SEPTEMBER;-950,00;EUR',
  '2026-09-03;2026-09-03;REWE Markt 1123;Groceries;-43,17;EUR',
  '2026-09-03;2026-09-03;Bakery Sonne;Bread;-4,20;EUR',
  '2026-09-03;2026-09-03;Bakery Sonne;Bread;-4,20;EUR',
  '2026-09-10;2026-09-10;Energy Works AG;Contract 77120;-88,00;EUR',
  '2026-09-15;2026-09-15;Employer GmbH;Salary;2750,00;EUR',
  '2026-09-21;2026-09-21;Cinema Lux;Tickets;-24,00;EUR',
].join('\n')

const ofxLine = (day: string, amount: string, id: string, name: string): string =>
  `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${day}<TRNAMT>${amount}<FITID>${id}<NAME>${name}</STMTTRN>`
const ofx = (lines: readonly string[], from = '20260901', to = '20260930'): string =>
  `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>10020030<ACCTID>DE02120300000000202051<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>${from}<DTEND>${to}${lines.join('')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
const september = ofx([
  ofxLine('20260901', '-950.00', '202609010001', 'LANDLORD HOUSING'),
  ofxLine('20260903', '-43.17', '202609030001', 'REWE SAGT DANKE'),
  ofxLine('20260903', '-4.20', '202609030002', 'BAECKEREI SONNE'),
  ofxLine('20260903', '-4.20', '202609030003', 'BAECKEREI SONNE'),
  ofxLine('20260910', '-88.00', '202609100001', 'ENERGY WORKS AG'),
  ofxLine('20260915', '2750.00', '202609150001', 'EMPLOYER GMBH'),
  ofxLine('20260921', '-24.00', '202609210001', 'CINEMA LUX'),
])

describe('one statement in two formats', () => {
  async function giro(): Promise<number> {
    const draft = { name: 'Giro', kind: 'checking', currency: 'EUR', number: 'DE02120300000000202051' }
    return (await call('account.create', draft)).id
  }
  async function commitTo(accountId: number, text: string, name: string) {
    const choice = stand.add(encode(text), name)
    const [first] = await stand.preview(choice)
    const statement = first?.statements[0]?.statement ?? 0
    const chosen = { ...choice, targets: [{ statement, target: { type: 'existing' as const, accountId } }] }
    const [preview] = await stand.preview(chosen)
    const [run] = await stand.commit(chosen)
    // the preview says what the commit does
    const { groups: _groups, ...said } = preview?.matches ?? { groups: [] }
    expect(run?.matches).toEqual(said)
    expect([run?.imported, run?.duplicates]).toEqual([preview?.counts.new, preview?.counts.duplicate])
    return run
  }

  it.each([
    ['OFX after CSV', [bankCsv, 'sep.csv'], [september, 'sep.ofx']],
    ['CSV after OFX', [september, 'sep.ofx'], [bankCsv, 'sep.csv']],
  ] as const)('%s of the same period adds nothing', async (_, first, second) => {
    const id = await giro()
    await commitTo(id, first[0], first[1])
    const before = balanceOf('Giro')
    const run = await commitTo(id, second[0], second[1])
    expect(run).toMatchObject({ imported: 0, duplicates: 7, matches: { merged: 7, toReview: 0 } })
    // −950 − 43.17 − 8.40 − 88 + 2,750 − 24 = 1,636.43
    expect([before, balanceOf('Giro')]).toEqual([163_643, 163_643])
  })

  it('undoing the first file leaves what the second alone would have brought', async () => {
    const id = await giro()
    const one = await commitTo(id, bankCsv, 'sep.csv')
    await commitTo(id, september, 'sep.ofx')
    await call('import.undo', { runId: one?.id ?? 0 })
    const undone = content()
    expect(balanceOf('Giro')).toBe(163_643)
    await call('history.undo', {})
    await call('history.undo', {})
    await call('history.undo', {})
    await commitTo(id, september, 'sep.ofx')
    expect(undone).toEqual(content())
  })

  it('leaves a line alone that only one of them has, and one of another day’s same amount', async () => {
    const id = await giro()
    await commitTo(id, bankCsv, 'sep.csv')
    const more = ofx([
      ofxLine('20260921', '-24.00', '202609210001', 'CINEMA LUX'),
      ofxLine('20260927', '-4.20', '202609270001', 'BAECKEREI SONNE'),
      ofxLine('20260928', '-12.00', '202609280001', 'BOOK SHOP'),
    ])
    const run = await commitTo(id, more, 'sep.ofx')
    expect(run).toMatchObject({ imported: 2, duplicates: 1, matches: { merged: 1, toReview: 0 } })
  })

  it('October’s first coffee is not September’s last one', async () => {
    const id = await giro()
    await commitTo(
      id,
      ['Date;Payee;Amount', '2026-09-29;Bakery Sonne;-4,20', '2026-09-30;Bakery Sonne;-4,20'].join('\n'),
      'sep.csv',
    )
    const october = ofx([ofxLine('20261001', '-4.20', '202610010001', 'Bakery Sonne')], '20261001', '20261031')
    expect(await commitTo(id, october, 'oct.ofx')).toMatchObject({ imported: 1, matches: { merged: 0, toReview: 0 } })
  })

  it('a doubtful one is asked; rejected it is never asked again, also after undo and a new import', async () => {
    const id = await giro()
    await commitTo(
      id,
      ['Date;Payee;Amount', '2026-09-03;POS 881;-43,17', '2026-09-12;Kiosk;-3,00'].join('\n'),
      'sep.csv',
    )
    const one = ofx([ofxLine('20260903', '-43.17', '202609030001', 'REWE SAGT DANKE')])
    const run = await commitTo(id, one, 'sep.ofx')
    expect(run).toMatchObject({ imported: 1, matches: { merged: 0, toReview: 1 } })
    const { rows } = await call('match.list', {})
    expect(rows[0]).toMatchObject({ kind: 'duplicate', certain: false, status: 'proposed' })
    expect(rows[0]?.confidence).toBeGreaterThan(0.75)
    await call('match.reject', { ids: [rows[0]?.id ?? 0] })
    expect((await call('match.list', {})).total).toBe(0)
    await call('import.undo', { runId: run?.id ?? 0 })
    const again = await commitTo(id, one, 'sep.ofx')
    expect(again).toMatchObject({ imported: 1, matches: { merged: 0, toReview: 0 } })
    expect((await call('match.find', { from: '2026-01-01', to: '2026-12-31' })).found).toBe(0)
  })

  it('a merge keeps what the user made of the line, and is taken apart to the two lines of before', async () => {
    const id = await giro()
    await commitTo(
      id,
      ['Date;Payee;Amount', '2026-09-03;POS 881;-43,17', '2026-09-12;Kiosk;-3,00'].join('\n'),
      'sep.csv',
    )
    const [line] = (await call('transaction.list', { filter: { text: 'POS' } })).rows
    const [category] = await call('category.list', {})
    await call('transaction.update', {
      ids: [line?.id ?? 0],
      patch: { payee: 'My grocer', notes: 'with Ann', categoryId: category?.id ?? null },
    })
    await commitTo(id, ofx([ofxLine('20260903', '-43.17', '202609030001', 'REWE SAGT DANKE')]), 'sep.ofx')
    const before = content()
    const [match] = (await call('match.list', {})).rows
    expect(await call('match.confirm', { ids: [match?.id ?? 0] })).toEqual({ confirmed: 1 })
    const [kept] = (await call('transaction.list', { filter: { text: 'grocer' } })).rows
    expect(kept).toMatchObject({
      payee: 'My grocer',
      notes: 'with Ann',
      categoryId: category?.id,
      reference: '202609030001',
    })
    expect(balanceOf('Giro')).toBe(-4617)
    const [done] = (await call('match.list', { status: 'confirmed' })).rows
    expect(done?.merged).toMatchObject({ payee: 'REWE' })
    // either way of taking it back
    await call('match.unlink', { id: match?.id ?? 0 })
    expect(balanceOf('Giro')).toBe(-8934)
    await call('history.undo', {})
    await call('history.undo', {})
    expect(content()).toEqual(before)
  })
})

describe('money between own accounts', () => {
  const bank = ledgerBytes({
    accounts: [{ number: '12345678', institution: 'First Bank', name: 'Giro', kind: 'checking', currency: 'EUR' }],
    lines: [
      { date: '2026-09-01', amount: '-950', payee: 'Landlord' },
      { date: '2026-09-23', amount: '-412.35', payee: 'Credit card payment', memo: 'Card ending 9999' },
    ],
  })
  const cardFile = ledgerBytes({
    accounts: [
      { number: '4392250012349999', institution: 'Second Bank', name: 'Gold', kind: 'credit-card', currency: 'EUR' },
    ],
    lines: [
      { date: '2026-09-05', amount: '-412.35', payee: 'Sports Shop' },
      { date: '2026-09-25', amount: '412.35', payee: 'Payment received - thank you' },
    ],
  })

  it.each([
    ['bank, card', [bank, cardFile]],
    ['card, bank', [cardFile, bank]],
  ])('a card repayment two days apart is one transfer: %s', async (_, files) => {
    for (const file of files) await stand.commit(stand.add(file))
    expect(content()).toMatchObject({
      transfers: [{ left_on: '2026-09-23', amount_minor: -41_235, came_on: '2026-09-25', came: 41_235 }],
    })
    // rent 950.00 + sports 412.35; the repayment is no spending
    expect(spent()).toBe(136_235)
    const { rows } = await call('match.list', { status: 'confirmed' })
    expect(rows[0]).toMatchObject({ kind: 'transfer', certain: true })
  })

  it('a line that was entered by hand finds its other half when a file tells of it, too', async () => {
    await stand.commit(stand.add(cardFile))
    const { id: accountId } = await call('account.create', {
      name: 'Giro',
      kind: 'checking',
      currency: parseCurrencyCode('EUR'),
      number: '12345678',
    })
    await call('transaction.create', {
      accountId,
      bookedOn: parseIsoDate('2026-09-23'),
      amountMinor: -41_235,
      payee: 'Credit card payment',
      memo: 'Card ending 9999',
    })
    expect(content()).toMatchObject({ transfers: [] })
    const [run] = await stand.commit(stand.add(bank))
    expect(run?.matches).toMatchObject({ merged: 1, linked: 1 })
    expect(content()).toMatchObject({ transfers: [{ left_on: '2026-09-23', came_on: '2026-09-25' }] })
  })

  it('euros that arrive as dollars a day later, at the rate of the day', async () => {
    await call('fx.set', { base: 'EUR', quote: 'USD', on: '2026-09-10', rate: '1.0852' })
    const euros = ledgerBytes({
      accounts: [{ number: '12345678', name: 'Euro account', currency: 'EUR' }],
      lines: [{ date: '2026-09-10', amount: '-1000', payee: 'Transfer to dollar account' }],
    })
    const dollars = ledgerBytes({
      accounts: [{ number: '87654321', name: 'Dollar account', currency: 'USD' }],
      // 1,000 × 1.0852 = 1,085.20, of which the bank keeps a little
      lines: [
        { date: '2026-09-11', amount: '1083.10', payee: 'Transfer from euro account' },
        { date: '2026-09-11', amount: '600', payee: 'Client' },
      ],
    })
    await stand.commit(stand.add(euros))
    const [run] = await stand.commit(stand.add(dollars))
    expect(run?.matches).toEqual({ merged: 0, linked: 1, toReview: 0 })
    expect(content()).toMatchObject({ transfers: [{ amount_minor: -100_000, came: 108_310 }] })
  })

  it('without any word for it, opposite amounts are at most asked about', async () => {
    const one = ledgerBytes({
      accounts: [{ number: '12345678', name: 'A', currency: 'EUR' }],
      lines: [{ date: '2026-09-10', amount: '-20', payee: 'Grocer' }],
    })
    const other = ledgerBytes({
      accounts: [{ number: '87654321', name: 'B', currency: 'EUR' }],
      lines: [{ date: '2026-09-10', amount: '20', payee: 'Grandma' }],
    })
    await stand.commit(stand.add(one), stand.add(other))
    expect(content()).toMatchObject({ transfers: [] })
    expect((await call('match.list', { status: 'confirmed' })).total).toBe(0)
  })

  it('two of the same amount on one side are left to the user', async () => {
    const from = ledgerBytes({
      accounts: [{ number: '12345678', name: 'Giro', currency: 'EUR' }],
      lines: [
        { date: '2026-09-10', amount: '-500', payee: 'Transfer' },
        { date: '2026-09-11', amount: '-500', payee: 'Transfer' },
      ],
    })
    const to = ledgerBytes({
      accounts: [{ number: '87654321', name: 'Savings', currency: 'EUR' }],
      lines: [{ date: '2026-09-11', amount: '500', payee: 'Transfer' }],
    })
    await stand.commit(stand.add(from), stand.add(to))
    expect(content()).toMatchObject({ transfers: [] })
    expect((await call('match.list', {})).rows).toMatchObject([{ kind: 'transfer', certain: false }])
  })

  it('a vault from before links were looked for is looked through; all certain ones are confirmed in one change', async () => {
    await stand.commit(stand.add(bank), stand.add(cardFile))
    temporary.vault.driver.exec('delete from matches; delete from transfers')
    const before = everything()
    expect(await call('match.find', { from: '2026-01-01', to: '2026-12-31' })).toEqual({ found: 1 })
    expect(await call('match.find', { from: '2026-01-01', to: '2026-12-31' })).toEqual({ found: 0 })
    expect(content()).toMatchObject({ transfers: [] })
    expect(await call('match.list', {})).toMatchObject({ total: 1, certain: 1 })
    expect(await call('match.confirm', { certain: true })).toEqual({ confirmed: 1 })
    expect(content()).toMatchObject({ transfers: [{ came: 41_235 }] })
    await call('history.undo', {})
    await call('history.undo', {})
    expect(everything()).toEqual(before)
  })

  it('undoing the second import takes the link away, and nothing else', async () => {
    await stand.commit(stand.add(bank))
    const before = everything()
    await stand.commit(stand.add(cardFile))
    await call('history.undo', {})
    expect(everything()).toEqual(before)
    await call('history.redo', {})
    expect(content()).toMatchObject({ transfers: [{ came: 41_235 }] })
    const runs = await call('import.history', {})
    await call('import.undo', { runId: runs[0]?.id ?? 0 })
    expect(everything()).toEqual(before)
  })
})

describe('the order of the files', () => {
  const repaid = ledgerBytes({
    accounts: [
      { number: '12345678', name: 'Giro', kind: 'checking', currency: 'CNY' },
      { number: '4392250012349999', name: 'Gold', kind: 'credit-card', currency: 'CNY' },
    ],
    lines: [
      { statement: 0, date: '2026-09-23', amount: '-412.35', payee: 'Credit card payment', memo: 'Card ending 9999' },
      { statement: 1, date: '2026-09-25', amount: '412.35', payee: 'Payment received - thank you' },
    ],
  })
  const files: Readonly<Record<string, readonly [Uint8Array, string]>> = {
    bank: [encode(icbc), 'hisdetail.csv'],
    bill: [encode(alipay), 'alipay.csv'],
    card: [repaid, 'card.ledger'],
  }
  /** What the household is left with; accounts are called after the file that came first. */
  const outcome = (): unknown => {
    const { lines, transfers, balances } = content() as Record<string, Record<string, unknown>[]>
    return {
      lines: lines?.map(({ account: _account, ...line }) => JSON.stringify(line)).toSorted((a, b) => (a < b ? -1 : 1)),
      transfers,
      balances: balances?.map(({ minor }) => Number(minor)).toSorted((a, b) => a - b),
    }
  }

  it.each([
    ['bank', 'card', 'bill'],
    ['bill', 'bank', 'card'],
    ['bill', 'card', 'bank'],
    ['card', 'bank', 'bill'],
    ['card', 'bill', 'bank'],
  ])('%s, %s, %s: as bank, bill, card', async (...order) => {
    for (const name of order) await stand.commit(stand.add(...(files[name] ?? files['bank'] ?? [encode(''), ''])))
    const found = outcome()
    while ((await call('history.get', {})).undo !== null) await call('history.undo', {})
    for (const name of ['bank', 'bill', 'card']) {
      await stand.commit(stand.add(...(files[name] ?? [encode(''), ''])))
    }
    expect(found).toEqual(outcome())
  })
})

describe('a wallet whose own file leaves out what the bank paid in', () => {
  it('gets the missing half when it is confirmed, so that both balances are right and the purchase counts once', async () => {
    const wallet = ledgerBytes({
      accounts: [{ name: 'PayPal', institution: 'PayPal', kind: 'e-wallet', currency: 'EUR' }],
      lines: [{ date: '2026-09-10', amount: '-49.90', payee: 'Record shop' }],
    })
    const bank = ledgerBytes({
      accounts: [{ number: '12345678', name: 'Giro', kind: 'checking', currency: 'EUR' }],
      lines: [{ date: '2026-09-11', amount: '-49.90', payee: 'PAYPAL *RECORDSHOP' }],
    })
    await stand.commit(stand.add(wallet), stand.add(bank))
    const [match] = (await call('match.list', {})).rows
    expect(match).toMatchObject({ kind: 'funding', certain: false })
    const before = everything()
    await call('match.confirm', { ids: [match?.id ?? 0] })
    expect([balanceOf('PayPal'), balanceOf('Giro'), spent()]).toEqual([0, -4990, 4990])
    await call('history.undo', {})
    expect(everything()).toEqual(before)
  })
})
