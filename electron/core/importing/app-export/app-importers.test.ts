import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { rowsAsText } from '../double-entry/test-support.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { readItems } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'

interface ReadExport {
  readonly importer: string | null
  readonly items: readonly ParsedItem[]
}

function read(text: string | Uint8Array, name = 'export.csv'): ReadExport {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  let importer: string | null = null
  const onImporter = ({ id }: { readonly id: string }): void => {
    importer = id
  }
  const items = [...readItems(bytesSource(name, bytes), { today: parseIsoDate('2026-03-01'), onImporter })]
  return { importer, items }
}

const lines = (...rows: readonly string[]): string => rows.join('\n')
const fates = (items: readonly ParsedItem[]): readonly string[] =>
  items.flatMap((item) => {
    if (item.type === 'transaction') return [`${item.record} transaction`]
    return item.type === 'failed' || item.type === 'skipped' ? [`${item.record} ${item.type} ${item.reason.code}`] : []
  })

interface Case {
  readonly program: string
  readonly importer: string
  readonly text: string
  readonly rows: readonly string[]
}

const cases: readonly Case[] = [
  {
    program: 'Mint: the word says the direction',
    importer: 'app:mint',
    text: lines(
      'Date,Description,Original Description,Amount,Transaction Type,Category,Account Name,Labels,Notes',
      '1/31/2026,Market,MARKET #12,12.50,debit,Groceries,My Card,,',
      '1/30/2026,Employer,EMPLOYER INC,2000.00,credit,Paycheck,My Bank,,',
      '1/29/2026,Card,PAYMENT THANK YOU,50.00,debit,Credit Card Payment,My Bank,,',
    ),
    rows: ['My Card: -12.5 payment Groceries', 'My Bank: 2000 payment Paycheck', 'My Bank: -50 transfer'],
  },
  {
    program: 'YNAB 4: master categories, transfers by the payee, an opening balance',
    importer: 'app:ynab',
    text: lines(
      '"Account","Flag","Check Number","Date","Payee","Category","Master Category","Sub Category","Memo","Outflow","Inflow","Cleared","Running Balance"',
      '"Giro","","","31/01/2026","Market","Everyday: Food","Everyday","Food","weekly","12,50 €","0,00 €","C","87,50 €"',
      '"Giro","","","30/01/2026","Transfer : Savings","","","","","100,00 €","0,00 €","C","0,00 €"',
      '"Savings","","","30/01/2026","Transfer : Giro","","","","","0,00 €","100,00 €","C","0,00 €"',
      '"Giro","","","01/01/2026","Starting Balance","Income: Available this month","Income","Available this month","","0,00 €","1.200,00 €","R","0,00 €"',
    ),
    rows: [
      'Giro: -12.5 payment Everyday:Food',
      'Giro: -100 transfer [Savings]',
      'Savings: 100 transfer [Giro]',
      'Giro: 1200 opening',
    ],
  },
  {
    program: 'YNAB: groups and categories, money to be budgeted is no category',
    importer: 'app:ynab',
    text: lines(
      '"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"',
      '"Giro","","2026-01-31","Market","Everyday: Food","Everyday","Food","","$12.50","$0.00","Cleared"',
      '"Giro","","2026-01-30","Employer","Inflow: Ready to Assign","Inflow","Ready to Assign","","$0.00","$2,000.00","Cleared"',
    ),
    rows: ['Giro: -12.5 payment Everyday:Food', 'Giro: 2000 payment'],
  },
  {
    program: 'Actual: transfers by the names of accounts, parts on rows of their own',
    importer: 'app:actual',
    text: lines(
      'Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared',
      'Giro,2026-01-31,Market,(SPLIT INTO 2),,-30.00,0,Cleared',
      'Giro,2026-01-31,Market,(SPLIT 1 OF 2) bread,Food,0,-20.00,Cleared',
      'Giro,2026-01-31,Market,(SPLIT 2 OF 2),Home,0,-10.00,Cleared',
      'Giro,2026-01-30,Savings,,,-100.00,0,Cleared',
      'Savings,2026-01-30,Giro,,,100.00,0,Cleared',
      'Giro,2026-01-01,Starting Balance,,Starting Balances,500.00,0,Cleared',
    ),
    rows: [
      'Giro: -30 payment {-20 Food}{-10 Home}',
      'Giro: -100 transfer [Savings]',
      'Savings: 100 transfer [Giro]',
      'Giro: 500 opening',
    ],
  },
  {
    program: 'Firefly III: a row tells both sides',
    importer: 'app:firefly',
    text: lines(
      'user_id,group_id,journal_id,created_at,updated_at,group_title,type,currency_code,amount,foreign_currency_code,foreign_amount,description,date,source_name,source_iban,source_type,destination_name,destination_iban,destination_type,reconciled,category,budget,bill,tags,notes',
      '1,1,1,,,,Withdrawal,EUR,-12.50,,,weekly,2026-01-31T00:00:00+01:00,Giro,,Asset account,Market,,Expense account,,Food,,,"a,b",',
      '1,2,2,,,,Deposit,EUR,2000,,,wages,2026-01-30T08:30:00+01:00,Employer,,Revenue account,Giro,,Asset account,,Salary,,,,',
      '1,3,3,,,,Transfer,EUR,-100,USD,-110,,2026-01-29T00:00:00+01:00,Giro,,Asset account,Dollars,,Asset account,,,,,,',
      '1,4,4,,,,Opening balance,EUR,50,,,Initial balance,2026-01-01T00:00:00+01:00,Initial balance account of Giro,,Initial balance account,Giro,,Asset account,,,,,,',
    ),
    rows: [
      'Giro: -12.5 payment Food',
      'Giro: 2000 payment Salary',
      'Giro: -100 transfer [Dollars]',
      '+ Dollars: 110 transfer [Giro]',
      'Giro: 50 opening',
    ],
  },
  {
    program: 'Money Manager: transfers have a row for each side, the other account stands as the category',
    importer: 'app:money-manager',
    text: lines(
      'Date\tAccount\tCategory\tSubcategory\tNote\tEUR\tIncome/Expense\tDescription\tAmount\tCurrency\tAccount',
      '31/01/2026 10:05:00\tCash\tFood\tLunch\tCanteen\t8.50\tExp.\t\t8.50\tEUR\t8.50',
      '30/01/2026 10:05:00\tGiro\tCash\t\t\t50\tTransfer-Out\t\t50\tEUR\t50',
      '30/01/2026 10:05:00\tCash\tGiro\t\t\t50\tTransfer-In\t\t50\tEUR\t50',
      '29/01/2026 10:05:00\tGiro\tSalary\t\t\t2000\tIncome\t\t2000\tEUR\t2000',
    ),
    rows: [
      'Cash: -8.5 payment Food:Lunch',
      'Giro: -50 transfer [Cash]',
      'Cash: 50 transfer [Giro]',
      'Giro: 2000 payment Salary',
    ],
  },
  {
    program: 'Wallet',
    importer: 'app:wallet',
    text: lines(
      'account;category;currency;amount;ref_currency_amount;type;payment_type;payment_type_local;note;date;transfer;payee;labels',
      'Giro;Groceries;EUR;-12.50;-12.50;Expense;CASH;Cash;weekly;2026-01-31T10:05:00.000Z;false;Market;home|food',
    ),
    // a type's word and a minus say the same thing twice
    rows: ['Giro: -12.5 payment Groceries'],
  },
  {
    program: '1Money: both sides of a row are accounts or categories',
    importer: 'app:1money',
    text: lines(
      '"DATE","TYPE","FROM ACCOUNT","TO ACCOUNT / TO CATEGORY","AMOUNT","CURRENCY","AMOUNT 2","CURRENCY 2","TAGS","NOTES"',
      '"1/31/26","Expense","Cash","Groceries","12.50","EUR","12.50","EUR","",""',
      '"1/30/26","Income","Salary","Card","1500.00","EUR","1500.00","EUR","",""',
      '"1/29/26","Transfer","Card","Cash","100.00","EUR","100.00","EUR","",""',
    ),
    rows: ['Cash: -12.5 payment', 'Card: 1500 payment', 'Card: -100 transfer [Cash]', '+ Cash: 100 transfer [Card]'],
  },
  {
    program: 'Zaim: a dash is an empty side, and the amount before conversion is that of every row',
    importer: 'app:zaim',
    text: lines(
      '日付,方法,カテゴリ,カテゴリの内訳,支払元,入金先,品目,メモ,お店,通貨,収入,支出,振替,残高調整,通貨変換前の金額,集計の設定',
      '2026-01-10,payment,食費,食料品,財布,-,,,イオン,JPY,0,1280,0,0,1280,常に集計に含める',
      '2026-01-25,income,給与所得,-,-,銀行,,,会社,JPY,250000,0,0,0,250000,常に集計に含める',
      '2026-01-26,transfer,-,-,銀行,財布,,,-,JPY,0,0,20000,0,20000,集計に含めない',
    ),
    rows: [
      '財布: -1280 payment 食費:食料品',
      '銀行: 250000 payment 給与所得',
      '銀行: -20000 transfer [財布]',
      '+ 財布: 20000 transfer [銀行]',
    ],
  },
  {
    program: 'Bluecoins: a letter says the direction',
    importer: 'app:bluecoins',
    text: lines(
      '"(1)Type","(2)Date","(3)Item or Payee","(4)Amount","(5)Parent Category","(6)Category","(7)Account Type","(8)Account","(9)Notes"',
      '"e","1/31/2026","Lidl","45.10","Food","Groceries","Cash","Wallet",""',
      '"i","1/30/2026","Acme","2000","Income","Salary","Bank","Checking",""',
    ),
    rows: ['Wallet: -45.1 payment Food:Groceries', 'Checking: 2000 payment Income:Salary'],
  },
  {
    program: '挖财: a sheet for each direction',
    importer: 'app:wacai',
    text: lines(
      '支出大类,支出小类,账户,币种,项目,商家,报销,消费日期,消费金额,成员金额,备注,账本',
      '餐饮,午餐,现金,人民币,,食堂,非报销,2026-01-31 12:00:00,18.50,自己:18.50,,日常账本',
    ),
    rows: ['现金: -18.5 payment 餐饮:午餐'],
  },
  {
    program: '挖财: a transfer tells both sides',
    importer: 'app:wacai',
    text: lines(
      '转出账户,币种,转出金额,转入账户,币种,转入金额,转账时间,备注,账本',
      '银行卡,人民币,100,现金,人民币,100,2026-01-31 12:00:00,取现,日常账本',
    ),
    rows: ['银行卡: -100 transfer [现金]', '+ 现金: 100 transfer [银行卡]'],
  },
]

describe('exports of bookkeeping programs', () => {
  it.each(cases)('$program', ({ importer, text, rows }) => {
    const found = read(text)
    expect(rowsAsText(found.items)).toEqual(rows)
    expect(found.importer).toBe(importer)
    expect(found.items.filter(({ type }) => type === 'failed')).toEqual([])
  })

  it.each([
    ['a minus takes back what the word says', ['10,debit', '-4,debit', '20,credit'], ['-10', '4', '20']],
    ['a minus that repeats the word is read once', ['-10,debit', '-4,debit', '20,credit'], ['-10', '-4', '20']],
    ['a minus that contradicts the words is none', ['10,debit', '-20,credit', '-5,credit'], ['-10', '20', '5']],
  ])('%s', (_rule, amounts, expected) => {
    const { items } = read(
      lines(
        'Date,Description,Amount,Transaction Type,Category,Account Name',
        ...amounts.map((amount) => `2026-01-31,X,${amount},Food,Giro`),
      ),
    )
    expect(items.flatMap((item) => (item.type === 'transaction' ? [item.transaction.amount] : []))).toEqual(expected)
  })

  it('declare their categories, each once, by the direction of money', () => {
    const { items } = read(cases[0]?.text ?? '')
    expect(items.filter(({ type }) => type === 'category')).toEqual([
      { type: 'category', path: 'Groceries', kind: 'expense' },
      { type: 'category', path: 'Paycheck', kind: 'income' },
    ])
  })

  it('keep payee, description, tags, time and currency', () => {
    const { items } = read(cases[4]?.text ?? '')
    const rows = items.flatMap((item) => (item.type === 'transaction' ? [item.transaction] : []))
    expect(rows[0]).toMatchObject({ payee: 'Market', memo: 'weekly', tags: ['a', 'b'], date: '2026-01-31' })
    expect(rows.map(({ time }) => time)).toEqual([undefined, '08:30:00', undefined, undefined, undefined])
    expect(items.flatMap((item) => (item.type === 'statement' ? [item.currency] : []))).toEqual(['EUR', 'USD'])
  })

  it('name damaged rows and take their neighbours', () => {
    const { items } = read(
      lines(
        'user,type,amount,currency_code,description,date,source_name,source_type,destination_name,destination_type',
        '1,Withdrawal,-1,EUR,a,2026-01-31,Giro,Asset account,Market,Expense account',
        '1,Withdrawal,-1,EUR,b,2026-02-31,Giro,Asset account,Market,Expense account',
        '1,Withdrawal,one,EUR,c,2026-01-31,Giro,Asset account,Market,Expense account',
        '1,Withdrawal,,EUR,d,2026-01-31,Giro,Asset account,Market,Expense account',
        '1,Wonder,-1,EUR,e,2026-01-31,Giro,Asset account,Market,Expense account',
        '1,Withdrawal,-1,EUR,f,,Giro,Asset account,Market,Expense account',
        '1,Withdrawal,-1,EUR,g,2026-01-31,,Asset account,Market,Expense account',
        '1,Withdrawal,-1,EUR,h,2026-01-31,Giro,Asset account,Market,Expense account',
      ),
    )
    expect(fates(items)).toEqual([
      '2 transaction',
      '3 failed bad-date',
      '4 failed bad-amount',
      '5 failed missing-amount',
      '6 failed unsupported-record',
      '7 failed missing-date',
      '8 failed bad-record',
      '9 transaction',
    ])
  })

  it('complete parts that leave something open, and count them with their transaction', () => {
    const { items } = read(
      lines(
        'Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared',
        'Giro,2026-01-31,Market,,,-30.00,0,Cleared',
        'Giro,2026-01-31,Market,,Food,0,-20.00,Cleared',
      ),
    )
    expect(rowsAsText(items)).toEqual(['Giro: -30 payment {-20 Food}{-10 -}'])
    expect(fates(items)).toEqual(['3 skipped information-only', '2 transaction'])
  })

  it.each([
    ['Date,Description,Category,Cost,Currency,Ann,Bea\n2026-01-31,Dinner,Food,30,EUR,15,-15', 'group-expenses'],
    [
      'Month,Category Group/Category,Category Group,Category,Budgeted,Activity,Available\nJan 2026,A: B,A,B,$1,$2,$3',
      'budget',
    ],
  ])('are refused where they hold no transactions: %#', (text, kind) => {
    expect(rejectionOf(text)).toMatchObject({ code: 'wrong-kind', values: { kind } })
  })

  it('leave every other table to others', () => {
    const { importer } = read(
      'Date,Description,Amount,Balance\n2026-01-31,Market,-12.50,87.50\n2026-02-01,X,-1.00,86.50',
    )
    expect(importer).toBe('csv')
  })

  it('answer mutations with items or a rejection', { timeout: 300_000 }, () => {
    const text = new TextEncoder().encode(cases.map((each) => each.text).join('\n'))
    const edits = fc.array(fc.tuple(fc.nat(text.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(edits, fc.nat(cases.length - 1), (changes, index) => {
        const bytes = new TextEncoder().encode(cases[index]?.text ?? '')
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        expect(['items', 'rejection']).toContain(outcomeOf(bytes))
      }),
      { numRuns: 200 },
    )
  })
})

function rejectionOf(text: string): unknown {
  try {
    return read(text)
  } catch (error) {
    return error
  }
}

function outcomeOf(bytes: Uint8Array): string {
  try {
    read(bytes)
    return 'items'
  } catch (error) {
    if (error instanceof ImportRejection && error.message !== '') return 'rejection'
    throw error
  }
}
