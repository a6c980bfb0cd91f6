import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { undoChange } from '../../electron/core/changes/undo.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

let temporary: TemporaryVault
let stand: ImportStand

beforeEach(async () => {
  temporary = await createTemporaryVault()
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

interface Move {
  readonly from: string
  readonly name: string
  readonly text: string
  readonly balances: readonly unknown[]
  readonly transfers: number
  /** Categories by name that the vault did not have. */
  readonly made: readonly string[]
}

const moves: readonly Move[] = [
  {
    from: 'YNAB, where each side of a transfer has a row',
    name: 'Register.csv',
    text: [
      '"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"',
      '"Giro","","2026-01-01","Starting Balance","Inflow: Ready to Assign","Inflow","Ready to Assign","","0.00","500.00","Reconciled"',
      '"Giro","","2026-01-02","Harbour","Boat: Berth","Boat","Berth","","30.00","0.00","Cleared"',
      '"Giro","","2026-01-03","Transfer : Savings","","","","","100.00","0.00","Cleared"',
      '"Savings","","2026-01-03","Transfer : Giro","","","","","0.00","100.00","Cleared"',
    ].join('\n'),
    // 500 − 30 − 100, and 100
    balances: [
      ['Giro', 37_000],
      ['Savings', 10_000],
    ],
    transfers: 1,
    made: ['Berth', 'Boat'],
  },
  {
    from: '随手记, where one row tells both sides',
    name: 'myMoney.csv',
    text: [
      '交易类型,日期,类别,子类,账户1,账户2,金额,成员,商家,项目,备注',
      '支出,2026-01-02,爱好,钓鱼,现金,,30,本人,渔具店,,',
      '转账,2026-01-03,,,银行卡,现金,100,,,,取现',
      '收入,2026-01-05,职业收入,工资收入,银行卡,,5000,,公司,,',
    ].join('\n'),
    // 100 − 30, and 5000 − 100
    balances: [
      ['现金', 7000],
      ['银行卡', 490_000],
    ],
    transfers: 1,
    made: ['爱好', '钓鱼'],
  },
  {
    from: 'QuickBooks, whose files name no currency',
    name: 'books.iif',
    text: [
      '!TRNS\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT',
      '!SPL\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT',
      '!ENDTRNS',
      'TRNS\tDEPOSIT\t1/15/2026\tGiro\tCustomer\t500',
      'SPL\tDEPOSIT\t1/15/2026\tWoodwork\t\t-500',
      'ENDTRNS',
      'TRNS\tBILLCCARD\t1/16/2026\tCard\tSupplier\t-80',
      'SPL\tBILLCCARD\t1/16/2026\tAccounts Payable\tSupplier\t80',
      'ENDTRNS',
    ].join('\n'),
    balances: [
      ['Giro', 50_000],
      ['Card', -8000],
      ['Accounts Payable', 8000],
    ],
    transfers: 1,
    made: ['Woodwork'],
  },
]

describe('moving in from another program', () => {
  it.each(moves)('$from', async ({ name, text, balances, transfers, made }) => {
    const { vault } = temporary
    const all = (sql: string): unknown[] => vault.driver.prepare(sql).raw().all()
    const before = dumpUserTables(vault)
    const add = (): ReturnType<ImportStand['add']> => stand.add(Buffer.from(text), name)
    const [preview] = await stand.preview(add())
    const [run] = await stand.commit(add())
    expect(run).toMatchObject({ failed: 0, skipped: 0, imported: preview?.counts.new })
    const state = (): unknown[] => [
      all(`select a.name, a.opening_minor + b.change_minor from accounts a
           join account_balances b on b.account_id = a.id order by a.id`),
      all('select count(*) from transfers'),
      all('select name_en from categories where key is null order by name_en'),
    ]
    expect(state()).toEqual([balances, [[transfers]], made.map((category) => [category])])
    const [again] = await stand.commit(add())
    expect(again).toMatchObject({ imported: 0, duplicates: run?.imported })
    expect(state()).toEqual([balances, [[transfers]], made.map((category) => [category])])
    // the second time was no change
    undoChange(vault, stand.context.clock)
    expect(dumpUserTables(vault)).toBe(before)
  })
})
