import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { inspectSource } from '../inspect.ts'
import { bytesSource } from '../text/decode.ts'
import { makeBiff, makeCompoundFile, xlsCell } from '../spreadsheet/fixtures/make-xls.ts'
import { makeXlsx } from '../spreadsheet/fixtures/make-xlsx.ts'
import { encodeGb } from './fixtures/gb-text.ts'
import { lines, type ReadFile, readStatement } from './fixtures/read-statement.ts'

const amounts = (file: ReadFile): string[] =>
  file.statements.flatMap(({ transactions }) => transactions.map(({ amount }) => amount))

const workbook = (name: string, rows: readonly (readonly string[])[]): Uint8Array => {
  const cells = rows.flatMap((row, at) => row.map((text, column) => xlsCell.label(at, column, text)))
  return makeCompoundFile('Workbook', makeBiff([{ name, cells }], []))
}

interface BankCase {
  readonly title: string
  readonly file: string
  readonly content: string | Uint8Array
  readonly importer: string
  readonly account: object
  readonly currency?: string
  readonly lines: readonly string[]
}

const cases: readonly BankCase[] = [
  {
    title: 'ICBC: padded cells, income and spending in two columns, a total at the end',
    file: 'hisdetail.csv',
    content: [
      '明细查询文件下载',
      '',
      '卡号: 6222****9876,"卡别名: 工资卡"',
      '',
      '子账户序号: 00000,子账户类别: 活期,"子账户别名: "',
      '',
      '交易日期,摘要,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名',
      '2023-05-02     \t,"消费        \t","某店     \t","CHN  \t",钞  \t,"-    \t","-   \t",-     \t,"     \t","1,013.40     \t",人民币     \t,"5,000.00     \t","某公司   \t",',
      '2023-05-01     \t,"工资        \t","         \t","CHN  \t",钞  \t,"-    \t","-   \t",-     \t,"6,013.40     \t","   \t",人民币     \t,"6,013.40     \t","某公司   \t",',
      ' ',
      '人民币合计,,,,,,,,"6,013.40          \t","1,013.40          \t",',
    ].join('\n'),
    importer: 'csv:icbc',
    account: { number: '6222****9876', name: '工资卡', institution: '中国工商银行', kind: 'checking' },
    lines: ['工资卡 | 2023-05-02 | -1013.4 | payment', '工资卡 | 2023-05-01 | 6013.4 | payment'],
  },
  {
    title: 'CCB: an XLS with facts in the first rows, dates without separators, a note at the end',
    file: '交易明细.xls',
    content: workbook('交易明细', [
      ['China Construction Bank'],
      ['开户机构：', '某支行'],
      ['币　　种：', '人民币'],
      ['账　　号：', '6217*********1546'],
      [],
      [
        '记账日   ',
        '交易日期   ',
        '交易时间  ',
        '支出  ',
        '收入  ',
        '账户余额  ',
        '币种  ',
        '摘要   ',
        '对方账号  ',
        '对方户名 ',
        '交易地点 ',
      ],
      ['20250101', '20250101', '18:53:19', '67', '0', '933', '人民币', '消费', '2088', '某公司', '支付宝-某店'],
      ['20250103', '20250102', '09:00:00', '0', '10.5', '943.5', '人民币', '转账', '2089', '某人', ''],
      ['以上数据仅供参考|具体内容请以柜台为准'],
    ]),
    importer: 'csv:ccb',
    account: { number: '6217*********1546', institution: '中国建设银行', kind: 'checking' },
    lines: ['中国建设银行 | 2025-01-01 | -67 | payment', '中国建设银行 | 2025-01-03 | 10.5 | payment'],
  },
  {
    title: 'ABC: signed amounts, times without separators, short rows',
    file: 'abc.csv',
    content: [
      '交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息,日 志 号,交易渠道,交易附言',
      '20240101,123456,转存,+10000.00,11000.00,某人,369396693,超级网银,转账',
      '20240103,,正常还款,-1000.50,9999.50,6228,111222333',
      '20240104,,结息,+0.01,9999.51,--,0000000000,,个人活期结息',
    ].join('\n'),
    importer: 'csv:abc',
    account: { institution: '中国农业银行', kind: 'checking' },
    lines: [
      '中国农业银行 | 2024-01-01 | 10000 | payment',
      '中国农业银行 | 2024-01-03 | -1000.5 | transfer',
      '中国农业银行 | 2024-01-04 | 0.01 | interest',
    ],
  },
  {
    title: 'BOC debit card: signed amounts, grouping commas',
    file: 'boc.csv',
    content: [
      '中国银行交易流水明细单',
      '记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号',
      '2025-08-22,12:23:04,人民币,50.00,"3,638.17",网上快捷退款,银企对接,-------------------,支付宝-某人,支付宝-某人,8000******1303,-------------------,3167',
      '2025-08-04,16:11:00,人民币,"-2,769.59","3,588.17",无卡支付,卡组织,-------------------,----------,某人,6226******5669,-------------------,3167',
    ].join('\n'),
    importer: 'csv:boc',
    account: { number: '3167', institution: '中国银行' },
    lines: ['中国银行 | 2025-08-22 | 50 | refund', '中国银行 | 2025-08-04 | -2769.59 | payment'],
  },
  {
    title: 'BOC credit card: deposits and spending in two columns, two currencies',
    file: 'boc.csv',
    content: [
      '中国银行信用卡账单',
      '交易日,银行记账日,卡号后四位,交易描述,存入,支出,币种',
      '2025-07-01,2025-07-02,8888,支付宝-某店,,35.50,人民币',
      '2025-07-03,2025-07-05,8888,AMAZON,,12.00,美元',
      '2025-07-10,2025-07-10,8888,还款,1000.00,,人民币',
    ].join('\n'),
    importer: 'csv:boc',
    account: { number: '8888', institution: '中国银行', kind: 'credit-card' },
    lines: [
      '中国银行 | 2025-07-02 | -35.5 | payment',
      '中国银行 | 2025-07-05 | -12 | payment',
      '中国银行 | 2025-07-10 | 1000 | transfer',
    ],
  },
  {
    title: 'CMB debit card: optional columns may be missing',
    file: 'cmb.csv',
    content:
      '记账日期,货币,交易金额,联机余额,交易摘要,对手信息\n2024-01-01,CNY,"1,234.00","1,271.66",代发工资,某公司\n2024-01-02,CNY,-3.00,"1,268.66",一网通支付,某店\n',
    importer: 'csv:cmb',
    account: { institution: '招商银行' },
    lines: ['招商银行 | 2024-01-01 | 1234 | payment', '招商银行 | 2024-01-02 | -3 | payment'],
  },
  {
    title: "CMB credit card: days without a year belong to the bill's months, spending is positive",
    file: 'bill.csv',
    content: [
      '招商银行信用卡对账单（个人消费卡账户 2025年01月）',
      '交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额',
      ',01/05,自动还款,"-1,000.00",1234,"-1,000.00(CN)"',
      '12/28,12/29,支付宝-某店,35.50,1234,35.50(CN)',
      '01/02,01/03,财付通-某店,"1,964.50",1234,"1,964.50(CN)"',
    ].join('\n'),
    importer: 'csv:cmb',
    account: { number: '1234', institution: '招商银行', kind: 'credit-card' },
    lines: [
      '招商银行 | 2025-01-05 | 1000 | transfer',
      '招商银行 | 2024-12-29 | -35.5 | payment',
      '招商银行 | 2025-01-03 | -1964.5 | payment',
    ],
  },
  {
    title: 'SPDB: an XLS whose account number is a number',
    file: 'spdb.xls',
    content: makeCompoundFile(
      'Workbook',
      makeBiff(
        [
          {
            name: 'sheet',
            cells: [
              ...['账号', '', '账户类型', '借记卡', '日期范围', '20251201-20251231'].map((text, column) =>
                xlsCell.label(0, column, text),
              ),
              xlsCell.number(0, 1, 6_200_000_000_001_230),
              ...[
                '顺序号',
                '交易日期',
                '交易类型',
                '存入金额',
                '取出金额',
                '余额',
                '交易对手名称',
                '交易对手账号',
                '附言',
              ].map((text, column) => xlsCell.label(1, column, text)),
              ...['1', '2025/12/03  14:06:51', '网上支付-支付宝', '', '3.88', '96.12', '某公司'].map((text, column) =>
                xlsCell.label(2, column, text),
              ),
              ...['2', '2025/12/05  07:22:32', '汇入', '10.00', '', '106.12', '某公司'].map((text, column) =>
                xlsCell.label(3, column, text),
              ),
            ],
          },
        ],
        [],
      ),
    ),
    importer: 'csv:spdb',
    account: { number: '6200000000001230', institution: '浦发银行', kind: 'checking' },
    lines: ['浦发银行 | 2025-12-03 | -3.88 | payment', '浦发银行 | 2025-12-05 | 10 | payment'],
  },
  {
    title: 'BOCOM debit card: headings in two languages, direction in a column of its own',
    file: 'bocom.csv',
    content: [
      '交通银行个人客户交易清单',
      '卡号: 6222600000000001234',
      '序号Serial Num,交易日期Trans Date,交易时间Trans Time,交易类型Trading Type,借贷Dc Flg,交易金额Trans Amt,余额Balance,对方账号Payment Receipt Account,对方户名Payment Receipt Account Name,交易地点Trading Place,摘要Abstract',
      '1,2025-01-10,12:30:00,网上支付,借 Dr,12.50,87.50,243,某店,支付宝,消费',
      '2,2025-01-11,08:00:00,转账,贷 Cr,100.00,187.50,622,某人,,往来款',
    ].join('\n'),
    importer: 'csv:bocom',
    account: { number: '6222600000000001234', institution: '交通银行' },
    lines: ['交通银行 | 2025-01-10 | -12.5 | payment', '交通银行 | 2025-01-11 | 100 | payment'],
  },
  {
    title: 'BOCOM credit card: no signs at all, the words say it',
    file: 'bocom.csv',
    content: [
      '交易日期,记账日期,交易说明,交易币种/金额,清算币种/金额',
      '2025-01-10,2025-01-11,消费 某店,CNY 12.50,CNY 12.50',
      '2025-01-12,2025-01-12,信用卡还款 某行,CNY 1000.00,CNY 1000.00',
      '2025-01-13,2025-01-14,消费 STEAM,USD 5.00,USD 5.00',
    ].join('\n'),
    importer: 'csv:bocom',
    account: { institution: '交通银行', kind: 'credit-card' },
    lines: [
      '交通银行 | 2025-01-11 | -12.5 | payment',
      '交通银行 | 2025-01-12 | 1000 | transfer',
      '交通银行 | 2025-01-14 | -5 | payment',
    ],
  },
  {
    title: 'CGB credit card: spending is positive, the amount booked counts, not the one abroad',
    file: 'cgb.csv',
    content: [
      '交易日期,入账日期,交易摘要,交易金额,交易货币,入账金额,入账货币',
      '2025/01/10,2025/01/11,（消费）某店,12.50,人民币,12.50,人民币',
      '2025/01/12,2025/01/12,（还款）还款,-500.00,人民币,-500.00,人民币',
      '2025/01/13,2025/01/14,（消费）SHOP,"1,000",日元,48.20,人民币',
    ].join('\n'),
    importer: 'csv:cgb',
    account: { institution: '广发银行', kind: 'credit-card' },
    lines: [
      '广发银行 | 2025-01-11 | -12.5 | payment',
      '广发银行 | 2025-01-12 | 500 | transfer',
      '广发银行 | 2025-01-14 | -48.2 | payment',
    ],
  },
  {
    title: 'CIB: an XLSX with facts beside their labels and explanations at the end',
    file: 'cib.xlsx',
    content: makeXlsx([
      {
        name: '交易明细',
        rows: [
          ['兴业银行交易明细'],
          ['账户户名', '某人'],
          ['账户账号', '622908123456789012'],
          ['卡内账户', '人民币-活期'],
          [
            '交易时间',
            '记账日',
            '支出',
            '收入',
            '账户余额',
            '摘要',
            '对方户名',
            '对方银行',
            '对方账号',
            '用途',
            '渠道',
            '备注',
          ],
          [
            '2025-01-10 12:30:00',
            '2025-01-10',
            { number: '12.5' },
            '',
            { number: '87.5' },
            '消费',
            '某店',
            '',
            '',
            '',
            '快捷支付',
          ],
          ['2025-01-11 08:00:00', '2025-01-11', '', { number: '100' }, { number: '187.5' }, '转账', '某人'],
          ['说明：本明细仅供参考'],
        ],
      },
    ]),
    importer: 'csv:cib',
    account: { number: '622908123456789012', institution: '兴业银行', kind: 'checking' },
    lines: ['兴业银行 | 2025-01-10 | -12.5 | payment', '兴业银行 | 2025-01-11 | 100 | payment'],
  },
  {
    title: 'BMO credit card: spending is positive',
    file: 'bmo.csv',
    content:
      "Following data is valid as of 20230423:\n\nItem #,Card #,Transaction Date,Posting Date,Transaction Amount,Description\n1,'5191230567984561',20230511,20230512,3.27,COSTCO\n2,'5191230567984561',20230512,20230515,-20.0,PAYMENT RECEIVED - THANK YOU\n",
    importer: 'csv:bmo',
    account: { number: '5191230567984561', institution: 'Bank of Montreal', kind: 'credit-card' },
    currency: 'CAD',
    lines: ['Bank of Montreal | 2023-05-12 | -3.27 | payment', 'Bank of Montreal | 2023-05-15 | 20 | payment'],
  },
  {
    title: 'BMO debit card: signed amounts',
    file: 'bmo.csv',
    content:
      "Following data is valid as of 20230423:\n\nFirst Bank Card,Transaction Type,Date Posted, Transaction Amount,Description\n'5007660123456789',DEBIT,20230410,-16.95,[SO]FITNESS\n'5007660123456789',CREDIT,20230411,1000.0,[DN]PAYROLL\n",
    importer: 'csv:bmo',
    account: { number: '5007660123456789', institution: 'Bank of Montreal', kind: 'checking' },
    currency: 'CAD',
    lines: ['Bank of Montreal | 2023-04-10 | -16.95 | payment', 'Bank of Montreal | 2023-04-11 | 1000 | payment'],
  },
  {
    title: 'HSBC Hong Kong credit card: day first, direction in a column of its own',
    file: 'TransactionHistory.csv',
    content:
      'Transaction date,Post date,Description,Billing amount,Billing currency,Transaction status,Merchant name,Country / region,Area / district,Credit / Debit\n05/03/2025,06/03/2025,SHOP HONG KONG,-88.00,HKD,POSTED,SHOP,HK,,DEBIT\n07/03/2025,08/03/2025,PAYMENT,500.00,HKD,POSTED,,HK,,CREDIT\n',
    importer: 'csv:hsbc-hk',
    account: { institution: 'HSBC', kind: 'credit-card' },
    currency: 'HKD',
    lines: ['HSBC | 2025-03-06 | -88 | payment', 'HSBC | 2025-03-08 | 500 | payment'],
  },
  {
    title: 'a bank without a profile, in GB 18030, separated by tabs, with direction words and magnitudes',
    file: '流水.txt',
    content: encodeGb(
      '北京银行账户明细\n账号：6214680000001234\n交易日期\t摘要\t收支方向\t交易金额\t账户余额\t对方户名\n2025年1月5日\t消费\t支出\t20.00\t80.00\t某店\n2025年1月6日\t转入\t收入\t50.00\t130.00\t某人\n',
    ),
    importer: 'csv:chinese',
    account: { number: '6214680000001234', institution: '北京银行' },
    lines: ['北京银行 | 2025-01-05 | -20 | payment', '北京银行 | 2025-01-06 | 50 | payment'],
  },
  {
    title: 'a bank without a profile: signed amounts beside direction words are not turned twice',
    file: 'x.csv',
    content:
      '交易日期,摘要,借贷标志,交易金额,余额,对方户名\n2025-01-05,消费,借,-20.00,80.00,某店\n2025-01-06,转入,贷,50.00,130.00,某人\n',
    importer: 'csv:chinese',
    account: {},
    lines: [' | 2025-01-05 | -20 | payment', ' | 2025-01-06 | 50 | payment'],
  },
  {
    title: 'a city bank: 出账金额 and 入账金额',
    file: 'x.csv',
    content:
      '交易日期,出账金额,入账金额,余额,交易摘要,对方账号,对方户名,对方开户行,转账用途\n2025-01-05,20.00,,80.00,消费,1,某店,,\n2025-01-06,,50.00,130.00,转入,2,某人,,\n',
    importer: 'csv:chinese',
    account: {},
    lines: [' | 2025-01-05 | -20 | payment', ' | 2025-01-06 | 50 | payment'],
  },
]

describe('tables of banks and cards', () => {
  it.each(cases)('$title', ({ file, content, importer, account, currency, lines: expected }) => {
    const read = readStatement(file, content)
    expect(read.importer).toBe(importer)
    expect(read.failed).toEqual([])
    expect(lines(read)).toEqual(expected)
    expect(read.statements[0]?.account).toEqual(account)
    expect(read.statements[0]?.currency).toBe(currency ?? 'CNY')
  })
})

describe('what banks say beside the amounts', () => {
  it('opening and closing balance follow from the balance column, whichever way the rows run', () => {
    const header = '记账日期,货币,交易金额,联机余额,交易摘要,对手信息'
    const rows = [
      '2024-01-01,CNY,100.00,150.00,转入,某人',
      '2024-01-02,CNY,-30.00,120.00,消费,某店',
      '2024-01-03,CNY,-20.00,100.00,消费,某店',
    ]
    for (const ordered of [rows, rows.toReversed()]) {
      const [statement] = readStatement('cmb.csv', [header, ...ordered].join('\n')).statements
      // 150 − 100 = 50 before the first row; 100 after the last
      expect([statement?.opening, statement?.closing]).toEqual(['50', '100'])
    }
  })

  it('a gap in the balances is told', () => {
    const rows = [
      '2024-01-01,CNY,100.00,150.00,a,x',
      '2024-01-02,CNY,-30.00,120.00,b,x',
      '2024-01-05,CNY,-20.00,90.00,c,x',
      '2024-01-06,CNY,-20.00,70.00,c,x',
    ]
    expect(
      readStatement('cmb.csv', ['记账日期,货币,交易金额,联机余额,交易摘要,对手信息', ...rows].join('\n')).findings,
    ).toEqual([['warning', 'balance-gap']])
  })

  it('each currency is a statement of its own', () => {
    const read = readStatement(
      'x.csv',
      '中国银行信用卡账单\n交易日,银行记账日,卡号后四位,交易描述,存入,支出,币种\n2025-07-01,2025-07-02,8888,a,,1.00,人民币\n2025-07-01,2025-07-02,8888,b,,2.00,美元\n',
    )
    expect(read.statements.map(({ currency }) => currency)).toEqual(['CNY', 'USD'])
  })

  it('an amount abroad is kept beside the one booked', () => {
    const read = readStatement(
      'cgb.csv',
      '交易日期,入账日期,交易摘要,交易金额,交易货币,入账金额,入账货币\n2025/01/13,2025/01/14,（消费）SHOP,"1,000",日元,48.20,人民币\n',
    )
    const [transaction] = read.statements[0]?.transactions ?? []
    expect(transaction?.original).toEqual({ amount: '-1000', currency: 'JPY' })
    expect(transaction?.valueDate).toBe('2025-01-13')
  })

  it('damaged rows are named, totals and repeated headings passed over', () => {
    const header = '交易日期,摘要,支出,收入,余额,对方户名'
    const read = readStatement(
      'x.csv',
      [
        header,
        '2025-01-05,a,20.00,,80.00,x',
        '2025-01-32,a,20.00,,80.00,x',
        '2025-01-06,a,2o,,80.00,x',
        '2025-01-06,a,,,80.00,x',
        header,
        '2025-01-07,b,,5.00,85.00,x',
        '合计,,20.00,5.00,,',
        '本页仅供参考',
      ].join('\n'),
    )
    expect(amounts(read)).toEqual(['-20', '5'])
    expect(read.failed).toEqual([
      [3, 'bad-date'],
      [4, 'bad-amount'],
      [5, 'missing-amount'],
    ])
    expect(read.skipped).toEqual([
      [6, 'repeated-header'],
      [8, 'totals-row'],
    ])
  })
})

describe('exports of bookkeeping programs', () => {
  const sheet = (name: string, header: string, ...rows: string[]) => ({
    name,
    rows: [header.split(','), ...rows.map((row) => row.split(','))],
  })
  it('随手记: a sheet for each kind, accounts in columns, transfers name both', () => {
    const read = readStatement(
      'mymoney.xlsx',
      makeXlsx([
        sheet(
          '支出',
          '交易类型,日期,一级分类,二级分类,支出账户,金额,成员,商家,项目,备注',
          '支出,2026-07-07 00:32,餐饮,午餐,现金,12.30,小明,食堂,出差,面',
          '支出,2026-07-07,餐饮,午餐,现金,-2.30',
        ),
        sheet(
          '收入',
          '交易类型,日期,一级分类,二级分类,收入账户,金额,成员,商家,项目,备注',
          '收入,2026-07-07 00:31:33,工资,工资,银行,5000',
        ),
        sheet(
          '余额变更',
          '交易类型,日期,一级分类,二级分类,账户1,账户2,金额,成员,商家,项目,备注',
          '余额变更,2026-07-07 00:29:10,,,现金,,100',
        ),
        sheet(
          '负债变更',
          '交易类型,日期,一级分类,二级分类,账户1,账户2,金额,成员,商家,项目,备注',
          '负债变更,2026-07-07 00:29:10,,,信用卡,,200',
        ),
        sheet(
          '转账',
          '交易类型,日期,转出账户,转入账户,金额,成员,商家,项目,备注',
          '转账,2026-07-07 00:01:02,银行,现金,300',
        ),
      ]),
    )
    expect(read.importer).toBe('csv:feidee')
    expect(
      read.statements.flatMap(({ account, transactions }) =>
        transactions.map(({ amount, kind, transferAccount }) => [account.name, amount, kind, transferAccount]),
      ),
    ).toEqual([
      ['现金', '-12.3', 'payment', undefined],
      ['现金', '2.3', 'payment', undefined],
      ['现金', '100', 'other', undefined],
      // what the bank's row of the transfer brings
      ['现金', '300', 'transfer', '银行'],
      ['银行', '5000', 'payment', undefined],
      ['银行', '-300', 'transfer', '现金'],
      ['信用卡', '-200', 'other', undefined],
    ])
    expect(read.statements[0]?.transactions[0]).toMatchObject({
      category: '餐饮:午餐',
      memo: '面',
      time: '00:32',
      payee: '食堂',
      tags: ['小明', '出差'],
    })
  })

  it('随手记 as text: both halves of a transfer are rows', () => {
    const read = readStatement(
      'mymoney.csv',
      '\u{FEFF}"随手记导出文件(headers:v5;xxxxxxxx)"\n"交易类型","日期","类别","子类别","账户","金额","成员","商家","项目","备注","关联Id"\n"支出","2026-07-07 12:00:00","餐饮","午餐","现金","12.30","","","","",""\n"转出","2026-07-07 12:01:00","","","银行","300.00","","","","","a1"\n"转入","2026-07-07 12:01:00","","","现金","300.00","","","","","a1"\n',
    )
    expect(read.importer).toBe('csv:feidee')
    expect(lines(read)).toEqual([
      '现金 | 2026-07-07 | -12.3 | payment',
      '银行 | 2026-07-07 | -300 | transfer',
      '现金 | 2026-07-07 | 300 | transfer',
    ])
  })

  it('有钱: nothing says which way, so spending is assumed and told', () => {
    const read = readStatement(
      'expense.csv',
      '时间,账本,账户,大类,小类,金额,币种,备注,来源\n2019-10-21,,微信钱包,餐饮,,11.8,人民币,某店,自动同步\n',
    )
    expect(lines(read)).toEqual(['微信钱包 | 2019-10-21 | -11.8 | payment'])
    expect(read.findings).toEqual([['warning', 'ambiguous-sign']])
  })
})

describe('tables in other clothes', () => {
  const expected = [' | 2025-01-05 | -20 | payment', ' | 2025-01-06 | 50 | payment']
  const header = ['交易日期', '摘要', '支出', '收入', '余额', '对方户名']
  const rows = [
    ['2025-01-05', '消费', '20.00', '', '80.00', '某店'],
    ['2025-01-06', '转入', '', '50.00', '130.00', '某人'],
  ]
  it('a web table called .xls', () => {
    const html = `<html><meta charset="gb2312"><table>${[header, ...rows].map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`
    expect(lines(readStatement('x.xls', encodeGb(html)))).toEqual(expected)
  })

  it('tab-separated text called .xls', () => {
    expect(lines(readStatement('x.xls', [header, ...rows].map((cells) => cells.join('\t')).join('\r\n')))).toEqual(
      expected,
    )
  })

  it('two accounts one after the other in one sheet, and one on each sheet', () => {
    const text = (number: string): string[][] => [['账号', number], header, ...rows]
    const together = readStatement(
      'x.xlsx',
      makeXlsx([{ name: 'S', rows: [...text('6217000011112222'), ...text('6217000033334444')] }]),
    )
    const apart = readStatement(
      'x.xlsx',
      makeXlsx([
        { name: 'A', rows: text('6217000011112222') },
        { name: 'B', rows: text('6217000033334444') },
      ]),
    )
    for (const read of [together, apart]) {
      expect(read.statements.map(({ account, transactions }) => [account.number, transactions.length])).toEqual([
        ['6217000011112222', 2],
        ['6217000033334444', 2],
      ])
    }
  })

  it('a cover sheet speaks for the table on the next', () => {
    const read = readStatement(
      'x.xlsx',
      makeXlsx([
        { name: '封面', rows: [['江苏银行'], ['账号：', '6217000011112222']] },
        { name: '明细', rows: [header, ...rows] },
      ]),
    )
    expect(read.statements[0]?.account).toEqual({ number: '6217000011112222', institution: '江苏银行' })
  })

  it("a broker's trades are not for the generic profile", () => {
    expect(() =>
      readStatement(
        'x.csv',
        '日期,摘要,证券代码,证券名称,成交数量,发生金额,余额,币种,备注\n2025-01-05,买入,600000,某股,100,-1000,0,人民币,\n',
      ),
    ).toThrow('No table of transactions')
  })
})

describe('tables in the traditional script', () => {
  it('are not of the mainland, and their money is no yuan', async () => {
    const rows = '113/01/31,ATM提款,"3,000",,"27,000"\n113/01/05,薪資轉帳,,"30,000","30,000"\n'
    const bytes = new TextEncoder().encode(`日期,摘要,支出,存入,結餘\n${rows}`)
    const today = parseIsoDate('2026-11-26')
    const { importer, statements } = await inspectSource('x.csv', bytesSource('x.csv', bytes), today)
    expect(importer).toBe('csv')
    expect(statements).toMatchObject([
      {
        currency: null,
        closing: '27000',
        transactions: [{ date: '2024-01-31', amount: '-3000' }, { amount: '30000' }],
      },
    ])
  })
})

describe('programs of other makers', () => {
  it('钱迹: transfers and repayments name both accounts', () => {
    const read = readStatement(
      'qianji.csv',
      '时间,分类,二级分类,类型,金额,币种,账户1,账户2,备注\n2025-01-05 12:00:00,餐饮,午餐,支出,20,CNY,现金,,面\n2025-01-06 12:00:00,其它,,转账,300,CNY,银行,现金,\n2025-01-07 12:00:00,其它,,还款,50,CNY,银行,信用卡,\n2025-01-08 12:00:00,工资,,收入,5000,CNY,银行,,\n',
    )
    expect([read.importer, read.counterparts]).toEqual(['csv:qianji', 2])
    expect(lines(read)).toEqual([
      '现金 | 2025-01-05 | -20 | payment',
      '现金 | 2025-01-06 | 300 | transfer',
      '银行 | 2025-01-06 | -300 | transfer',
      '银行 | 2025-01-07 | -50 | transfer',
      '信用卡 | 2025-01-07 | 50 | transfer',
      '银行 | 2025-01-08 | 5000 | payment',
    ])
  })
})
