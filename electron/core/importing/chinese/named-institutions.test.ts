import { describe, expect, it } from 'vitest'
import { makeXlsx } from '../spreadsheet/fixtures/make-xlsx.ts'
import { encodeGb } from './fixtures/gb-text.ts'
import { lines, type ReadFile, readStatement } from './fixtures/read-statement.ts'

interface Case {
  readonly title: string
  readonly file: string
  readonly content: string | Uint8Array
  readonly importer: string
  readonly account: object
  readonly lines: readonly string[]
  readonly skipped?: readonly [number, string][]
  readonly failed?: readonly [number, string][]
}

const counts = (file: ReadFile): object => ({ skipped: file.skipped, failed: file.failed })

const pinganTitles = [
  '序号\nNo.',
  '交易日期\nDate',
  '交易金额\nAmount',
  '余额\nBalance',
  '交易地点\nPlace',
  '摘要\nAbstract',
  '备注\nRemarks',
  '交易对手户名\nCounterparty',
  '交易对手行\nBank',
]

const cases: readonly Case[] = [
  {
    title: '民生 credit card: days of trade without a year, spending is positive, the card in its column',
    file: '账单.csv',
    content: [
      '交易日,记账日,卡号末四位,授权码,金额,摘要',
      '0104,20230105,4321,,88.80,支付宝-某店',
      '0110,20230111,4321,,12.00,财付通-某餐厅',
      '0112,20230112,4321,,-500.00,还款',
      '0113,2023x,4321,,7.00,某店',
    ].join('\n'),
    importer: 'csv:cmbc',
    account: { number: '4321', institution: '中国民生银行', kind: 'credit-card' },
    lines: [
      '中国民生银行 | 2023-01-05 | -88.8 | payment',
      '中国民生银行 | 2023-01-11 | -12 | payment',
      '中国民生银行 | 2023-01-12 | 500 | transfer',
    ],
    failed: [[5, 'bad-date']],
  },
  {
    title: '民生 account: name and number of the other side in one cell',
    file: '个人账户对账单.csv',
    content: [
      '中国民生银行个人账户对账单',
      '客户姓名:某人,客户账号:6216910000001234,币种:人民币',
      '凭证类型,凭证号码,交易时间,摘要,交易金额,账户余额,现转标志,交易渠道,交易机构,对方户名/账号,对方行名',
      '卡,6216910000001234,2024/03/01 09:10:11,跨行转入,1000.00,1500.00,转账,网银,0001,某公司/6222000011112222,某银行',
      '卡,6216910000001234,2024/03/02 12:00:00,消费,-129.00,1371.00,转账,跨行支付,0001,某店/243300133,财付通',
    ].join('\n'),
    importer: 'csv:cmbc',
    account: { number: '6216910000001234', institution: '中国民生银行' },
    lines: ['中国民生银行 | 2024-03-01 | 1000 | payment', '中国民生银行 | 2024-03-02 | -129 | payment'],
  },
  {
    title: '平安: a workbook with titles in two languages under five rows of facts',
    file: '平安银行个人账户交易明细.xlsx',
    content: makeXlsx([
      {
        name: 'Sheet1',
        rows: [
          ['平安银行个人账户交易明细清单'],
          ['户名：某人', '', '账号：6230580000001234'],
          ['币种：RMB'],
          ['起止日期：20240301 - 20240331'],
          [],
          pinganTitles,
          ['1', '2024-03-05', '+2500.00', '3000.00', '上海', '代发工资', '/', '某公司', '平安银行'],
          ['2', '2024-03-06', '-60.5', '2939.50', '深圳', '快捷支付', '财付通(银联云闪付)-某店', '财付通', '/'],
          ['3', '2024-03-21', '+0.31', '2939.81', '上海', '结息', '/', '/', '/'],
        ],
      },
    ]),
    importer: 'csv:pab',
    account: { number: '6230580000001234', institution: '平安银行', kind: 'checking' },
    lines: [
      '平安银行 | 2024-03-05 | 2500 | payment',
      '平安银行 | 2024-03-06 | -60.5 | payment',
      '平安银行 | 2024-03-21 | 0.31 | interest',
    ],
  },
  {
    title: '邮储: told by the name above the table',
    file: '交易明细.csv',
    content: encodeGb(
      [
        '中国邮政储蓄银行借记账户历史明细',
        '卡号/账号：6217990000001234,户名：某人',
        '交易日期,交易时间,币种,钞汇,交易金额,账户余额,对方户名,对方账号,摘要,交易渠道,外部系统流水',
        '2024年03月05日,09:00:00,人民币,钞,-35.00,965.00,某店,2433,消费,快捷支付,0305001',
        '2024年03月06日,10:00:00,人民币,钞,35.00,1000.00,某店,2433,退款,快捷支付,0306001',
      ].join('\r\n'),
    ),
    importer: 'csv:psbc',
    account: { number: '6217990000001234', institution: '中国邮政储蓄银行', kind: 'checking' },
    lines: ['中国邮政储蓄银行 | 2024-03-05 | -35 | payment', '中国邮政储蓄银行 | 2024-03-06 | 35 | refund'],
  },
  {
    title: '抖音支付: what is paid later is owed on 抖音月付, what neither comes nor goes is not income',
    file: '抖音支付交易流水.csv',
    content: [
      '抖音支付交易流水',
      '交易时间,收支类型,金额,付款方式,交易单号,交易对方,商家单号',
      '2026-05-27 10:05:26,支出,5.80,抖音月付,2105012605270602,抖音电商,ONP260527',
      '2026-05-28 11:00:00,支出,19.90,招商银行储蓄卡(1234),2105012605280001,抖音生活服务,ONP260528',
      '2026-05-29 12:00:00,收入,19.90,招商银行储蓄卡(1234),2105012605290001,抖音生活服务,ONP260529',
      '2026-05-30 12:00:00,支出,x,抖音月付,2105012605300001,抖音电商,ONP260530',
    ].join('\n'),
    importer: 'csv:douyin',
    account: { name: '抖音月付', institution: '抖音支付', kind: 'line-of-credit' },
    lines: [
      '抖音月付 | 2026-05-27 | -5.8 | payment',
      '招商银行储蓄卡 | 2026-05-28 | -19.9 | payment',
      '招商银行储蓄卡 | 2026-05-29 | 19.9 | payment',
    ],
    failed: [[6, 'bad-amount']],
  },
  {
    title: '云闪付: a list over cards of several banks; closed orders moved nothing',
    file: '云闪付交易明细.csv',
    content: [
      '交易时间,交易类型,交易金额(元),交易方式,收/支,交易状态,商户名称,订单号,备注',
      '2026-03-01 08:00:00,消费,12.00,中国银行信用卡(5678),支出,交易成功,某早餐,2603010001,',
      '2026-03-02 09:00:00,退款,12.00,中国银行信用卡(5678),收入,交易成功,某早餐,2603020001,',
      '2026-03-03 10:00:00,消费,40.00,工商银行储蓄卡(1234),支出,交易关闭,某店,2603030001,',
    ].join('\n'),
    importer: 'csv:unionpay',
    account: { number: '5678', kind: 'credit-card' },
    lines: ['中国银行信用卡 | 2026-03-01 | -12 | payment', '中国银行信用卡 | 2026-03-02 | 12 | refund'],
    skipped: [[4, 'closed-order']],
  },
  {
    title: '云闪付 without a column for the way: the kind of the transaction says it',
    file: '云闪付账单.csv',
    content: [
      '交易日期,交易时间,交易类型,交易金额,账户余额,交易对方,交易备注',
      '2026-03-01,08:00:00,支出,12.00,88.00,某早餐,',
      '2026-03-02,09:00:00,收入,5.00,93.00,某人,',
    ].join('\n'),
    importer: 'csv:unionpay',
    account: { name: '云闪付', institution: '云闪付', kind: 'e-wallet' },
    lines: ['云闪付 | 2026-03-01 | -12 | payment', '云闪付 | 2026-03-02 | 5 | payment'],
  },
]

describe('institutions with a profile of their own', () => {
  it.each(cases)('$title', ({ file, content, importer, account, lines: expected, skipped = [], failed = [] }) => {
    const read = readStatement(file, content)
    expect(read.importer).toBe(importer)
    expect(read.statements[0]?.account).toMatchObject(account)
    expect(read.statements.every(({ currency }) => currency === 'CNY')).toBe(true)
    expect(lines(read)).toEqual(expected)
    expect(counts(read)).toEqual({ skipped, failed })
  })
})
