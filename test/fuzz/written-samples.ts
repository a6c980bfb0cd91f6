import { makeBudget } from '../../electron/core/importing/app-export/fixtures/make-budget.ts'
import { bookSqlite, bookXml, type BookSpec } from '../support/gnucash-books.ts'
import { type Sample, textSample } from './sample.ts'

const book: BookSpec = {
  accounts: [
    { id: 'giro', name: 'Giro', type: 'BANK' },
    { id: 'food', name: 'Food', type: 'EXPENSE' },
  ],
  transactions: [{ id: 't1', on: '2026-01-05', what: 'Shop', splits: ['giro -1250/100', 'food 1250/100'] }],
}

const paypal = {
  transactionId: 'ABC123456',
  transactionType: 'Payment',
  status: 'COMPLETED',
  date: 'January 5, 2026',
  isCredit: false,
  counterparty: { name: 'Some Shop' },
  amount: {
    grossAmount: '$1,008.31',
    netAmount: '$1,008.31',
    feeAmount: '$0.00',
    rawAmounts: { gross: { value: '1008.31', currencyCode: 'USD' } },
  },
}

const tabbed = (...lines: readonly string[]): string => lines.map((line) => line.replaceAll('|', '\t')).join('\r\n')

const iif = tabbed(
  '!ACCNT|NAME|ACCNTTYPE',
  'ACCNT|Giro|BANK',
  '!TRNS|TRNSTYPE|DATE|ACCNT|NAME|AMOUNT|MEMO',
  '!SPL|TRNSTYPE|DATE|ACCNT|NAME|AMOUNT|MEMO',
  '!ENDTRNS',
  'TRNS|CHECK|7/16/2025|Giro|Shop|-12.50|"week ""A"""',
  'SPL|CHECK|7/16/2025|Food||10.00|',
  'SPL|CHECK|7/16/2025|Home||2.50|',
  'ENDTRNS',
)

const esis = tabbed(
  '000|20260304||AGBLLT2XXXX|Bankas|40100|Vilnius||||Jonas|1|Vilnius|||Bankas|LT000000000000000000|EUR',
  '020|LikutisPR|20260101||25175|25175',
  '010|8511|20260127||100|100|D|||08511|1987555498|||Mokestis|AGBLLT2XXXX|Bankas|6960321|Parduotuve',
  '010|8512|20260128||5000|5000|C|||08512|1987555499|||Alga|AGBLLT2XXXX|Bankas|6960322|Imone',
  '020|LikutisPB|20260131||30075|30075',
  '999|5',
)

const beancount = `option "operating_currency" "EUR"
2026-01-01 open Assets:Giro EUR
2026-01-01 open Assets:Depot AAPL
2026-01-05 * "Shop" "bread" #food ^l1
  Assets:Giro   -12.50 EUR
  Expenses:Food
2026-01-06 * "Buy"
  Assets:Depot  10 AAPL {100.00 EUR, 2026-01-06} @ 100.00 EUR
  Assets:Giro
2026-01-07 pad Assets:Giro Equity:Opening
2026-01-08 balance Assets:Giro  500.00 EUR
2026-01-08 price AAPL 101.00 EUR
`

const ledger = `; a book
D 1,000.00 EUR
alias bank=Assets:Bank
account Assets:Bank
2026-01-15 * (12) Shop | bread  ; food:
    Expenses:Food   12.50 EUR
    bank           -12.50 EUR = 487.50 EUR
2026-01-16 Buy
    Assets:Depot    10 AAPL @ $20.00
    Assets:Bank
P 2026-01-17 AAPL $21.00
~ monthly
    Expenses:Rent   700 EUR
    Assets:Bank
`

const creditReport = `个人信用报告
（简版）
报告编号：2026010100001234567890      报告时间：2026-01-15 10:20:30
姓名：张三   证件类型：身份证   证件号码：****************12
信贷记录
信用卡
从未逾期过的贷记卡及透支未超过60天的准贷记卡账户明细如下：
1.2015年11月18日招商银行股份有限公司发放的贷记卡（人民币账户）。截至2026年01月，信用额
度50,000，已使用额度1,234。
第1页,共2页
2.2012年3月2日中国工商银行发放的贷记卡（人民币账户），已于2019年5月销户。
购房贷款
1.2018年3月5日中国建设银行股份有限公司上海分行发放的1,000,000元（人民币）个人住房商业贷款，2048年3月5日到期。截至2025年12月，余额812,345。
公共记录
系统中没有您最近5年内的欠税记录。
查询记录
机构查询记录明细
1 2026年1月5日 招商银行股份有限公司 信用卡审批
`

const nps = `NPS Transaction Statement for Tier I Account

PRAN,'110012345678

Investment Details- Scheme Wise Summary

Particulars,References,EXAMPLE SCHEME E - TIER I,EXAMPLE SCHEME C - TIER I,
Scheme wise Value of your Holdings(Investments) (in Rs),E=U*N,14991.60,7798.44,
Total Units,U,349.8000,299.9400,
NAV as on 31-Mar-2023,N,42.8577,26.0000,

Transaction Details

Date,Particulars,EXAMPLE SCHEME E - TIER I Amount (Rs),EXAMPLE SCHEME E - TIER I NAV (Rs),EXAMPLE SCHEME E - TIER I Units,EXAMPLE SCHEME C - TIER I Amount (Rs),EXAMPLE SCHEME C - TIER I NAV (Rs),EXAMPLE SCHEME C - TIER I Units,
01-Apr-2022 ,Opening balance, ,,100.0000, ,,100.1400,
 11-Apr-2022, By Contribution for March2022,10000.00,40.0000,250.0000,5000.00,25.0000,200.0000,
 09-Jul-2022, Billing for Q1 2022-2023,(8.00),40.0000,(0.2000),(5.00),25.0000, (0.2000),
31-Mar-2023,Closing Balance, ,,349.8000, ,,299.9400,
`

const spaced = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.padEnd(24))
    .join('')
    .trimEnd()

const layoutText = [
  ['Example Savings Bank'],
  ['Account number: 11223344'],
  ['Date', 'Details', 'Amount EUR', 'Balance'],
  ['04/03/2024', 'Rent', '-700.00', '300.00'],
  ['05/03/2024', 'Salary', '2,500.00', '2,800.00'],
  ['06/03/2024', 'Grocer', '-34.20', '2,765.80'],
]
  .map(spaced)
  .join('\n')

/** Samples of what no profile and no folder of fixtures stands for. */
export function writtenSamples(): readonly Sample[] {
  return [
    textSample('paypal.json', JSON.stringify([paypal, { ...paypal, transactionId: 'ABC123457', isCredit: true }])),
    textSample('unknown.json', JSON.stringify({ rows: [{ a: 1, b: [true, null, 'x'] }] })),
    textSample(
      'eurofxref-hist.csv',
      'Date,USD,JPY,BGN,\n2026-01-05,1.1684,186.75,N/A,\n1999-01-04,1.1789,133.73,N/A,\n',
    ),
    textSample('book.gnucash', bookXml(book)),
    { name: 'book.gnucash', bytes: new Uint8Array(bookSqlite(book)) },
    { name: 'db.sqlite', bytes: new Uint8Array(makeBudget()) },
    textSample('book.iif', iif),
    textSample('statement.acc', esis),
    textSample('book.beancount', beancount),
    textSample('book.ledger', ledger),
    textSample('report.txt', creditReport),
    textSample('yearly.csv', nps),
    textSample('statement.txt', layoutText),
  ]
}
