import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import { makeXlsx } from '../spreadsheet/fixtures/make-xlsx.ts'
import { encodeGb } from './fixtures/gb-text.ts'
import { lines, readStatement } from './fixtures/read-statement.ts'

const ALIPAY_HEADER =
  '交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,'

const alipay = (...rows: string[]): string =>
  [
    '------------------------------------------------------------------------------------',
    '导出信息：',
    '姓名：某人',
    '支付宝账户：someone@example.com',
    '起始时间：[2024-03-01 00:00:00]    终止时间：[2024-03-31 23:59:59]',
    '导出交易类型：[全部]',
    '特别提示：',
    '1.本回单内容可表明支付宝受理了相应支付交易申请；',
    '',
    '------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------',
    ALIPAY_HEADER,
    ...rows,
  ].join('\r\n')

/** One Alipay row: category, payee, goods, direction, amount, method, state, order. */
const row = (
  category: string,
  item: string,
  direction: string,
  amount: string,
  method: string,
  status: string,
  order = '2024030122001',
): string =>
  `2024-03-05 12:30:45 ,${category} ,某商家,/ ,${item} ,${direction} ,${amount} ,${method} ,${status} ,${order}\t,T1\t,  ,`

describe('Alipay bills of the app', () => {
  it.each<[string, string, string]>([
    [
      'spending is negative, on the account it was paid with',
      row('餐饮美食', '午餐', '支出', '25.50', '余额', '交易成功'),
      '余额 (someone@example.com) | 2024-03-05 | -25.5 | payment',
    ],
    [
      'income is positive',
      row('转账红包', '红包', '收入', '8.88', '余额', '交易成功'),
      '余额 (someone@example.com) | 2024-03-05 | 8.88 | payment',
    ],
    [
      'paid but not yet confirmed is spent',
      row('日用百货', '纸', '支出', '3', '花呗', '等待确认收货'),
      '花呗 (someone@example.com) | 2024-03-05 | -3 | payment',
    ],
    [
      'a refund is positive though it counts as neither',
      row('退款', '退款-纸', '不计收支', '3.00', '花呗', '退款成功', '2024_9'),
      '花呗 (someone@example.com) | 2024-03-05 | 3 | refund',
    ],
    [
      'interest of 余额宝',
      row('投资理财', '余额宝-2024.03.04-收益发放', '不计收支', '0.52', '余额宝', '交易成功'),
      '余额宝 (someone@example.com) | 2024-03-05 | 0.52 | interest',
    ],
    [
      'into 余额宝 is a transfer out of where it came from, and arrives',
      row('投资理财', '余额宝-单次转入', '不计收支', '1000', '招商银行(1234)', '交易成功'),
      '招商银行 | 2024-03-05 | -1000 | transfer; 余额宝 (someone@example.com) | 2024-03-05 | 1000 | transfer',
    ],
    [
      'out of 余额宝 to a bank',
      row('投资理财', '余额宝-转出到银行卡', '不计收支', '200', '招商银行(1234)', '交易成功'),
      '余额宝 (someone@example.com) | 2024-03-05 | -200 | transfer',
    ],
    [
      'buying a fund',
      row('投资理财', '蚂蚁财富-某基金-买入', '不计收支', '500', '余额宝', '交易成功'),
      '余额宝 (someone@example.com) | 2024-03-05 | -500 | transfer',
    ],
    [
      'selling a fund',
      row('投资理财', '蚂蚁财富-某基金-卖出至余额宝', '不计收支', '510', '余额宝', '交易成功'),
      '余额宝 (someone@example.com) | 2024-03-05 | 510 | transfer',
    ],
    [
      'a card paid off',
      row('信用借还', '信用卡还款-招商银行', '不计收支', '3000', '余额', '还款成功'),
      '余额 (someone@example.com) | 2024-03-05 | -3000 | transfer',
    ],
    [
      '花呗 paid off',
      row('信用借还', '花呗自动还款-2024年02月账单', '不计收支', '300', '余额宝', '还款成功'),
      '余额宝 (someone@example.com) | 2024-03-05 | -300 | transfer; 花呗 (someone@example.com) | 2024-03-05 | 300 | transfer',
    ],
    [
      'taking money out leaves the wallet, whatever the card',
      row('账户存取', '提现-实时提现', '不计收支', '100', '招商银行(1234)', '提现成功'),
      '余额 (someone@example.com) | 2024-03-05 | -100 | transfer',
    ],
    [
      'putting money in leaves the bank, and arrives',
      row('账户存取', '充值-普通充值', '不计收支', '100', '招商银行(1234)', '交易成功'),
      '招商银行 | 2024-03-05 | -100 | transfer; 余额 (someone@example.com) | 2024-03-05 | 100 | transfer',
    ],
    [
      'a red packet that paid a part is no account',
      row('餐饮美食', '茶', '支出', '12', '余额宝&红包', '交易成功'),
      '余额宝 (someone@example.com) | 2024-03-05 | -12 | payment',
    ],
    [
      'the first money wins though a coupon comes first',
      row('餐饮美食', '茶', '支出', '12', '立减优惠&招商银行信用卡(7449)', '交易成功'),
      '招商银行信用卡 | 2024-03-05 | -12 | payment',
    ],
    [
      'no means of payment: the wallet as such',
      row('餐饮美食', '茶', '支出', '12', '', '交易成功'),
      '支付宝 (someone@example.com) | 2024-03-05 | -12 | payment',
    ],
  ])('%s', (_, text, expected) => {
    expect(lines(readStatement('alipay.csv', alipay(text)))).toEqual(expected.split('; '))
  })

  it.each<[string, string, string]>([
    ['an order never paid', row('日用百货', 'x', '不计收支', '82', '', '交易关闭'), 'closed-order'],
    ['an order waiting for payment', row('日用百货', 'x', '不计收支', '82', '', '等待付款'), 'not-settled'],
    ['money only frozen', row('其他', '芝麻免押', '不计收支', '99', '', '芝麻免押下单成功'), 'information-only'],
    ["paid with the family's card", row('餐饮美食', 'x', '支出', '20', '亲情卡(妈妈)', '交易成功'), 'information-only'],
  ])('%s is passed over', (_, text, code) => {
    const file = readStatement('alipay.csv', alipay(text))
    expect(file.skipped).toEqual([[12, code]])
    expect(file.statements).toEqual([])
  })

  it.each<[string, string]>([
    ['counted as spent', row('交通出行', '充值', '支出', '50.00', '余额宝', '交易关闭', '9001')],
    [
      'counted as neither, with the means it was paid with',
      row('交通出行', '充值', '不计收支', '50.00', '余额宝', '交易关闭', '9001'),
    ],
  ])('a closed order that had been paid is spent and comes back, %s', (_, closed) => {
    // an earlier export may have brought the payment already: leaving it out here would leave it unbalanced there
    const file = readStatement(
      'a.csv',
      alipay(row('退款', '退款-充值', '不计收支', '50.00', '余额宝', '退款成功', '9001_1'), closed),
    )
    expect(lines(file)).toEqual([
      '余额宝 (someone@example.com) | 2024-03-05 | 50 | refund',
      '余额宝 (someone@example.com) | 2024-03-05 | -50 | payment',
    ])
  })

  it('a refund in the file proves that its closed order had been paid', () => {
    const file = readStatement(
      'a.csv',
      alipay(
        row('退款', '退款-充值', '不计收支', '50.00', '', '退款成功', '9001_1'),
        row('交通出行', '充值', '不计收支', '50.00', '', '交易关闭', '9001'),
        row('交通出行', '充值', '不计收支', '50.00', '', '交易关闭', '9002'),
      ),
    )
    expect(lines(file).map((line) => line.split(' | ').slice(2))).toEqual([
      ['50', 'refund'],
      ['-50', 'payment'],
    ])
    expect(file.skipped).toEqual([[14, 'closed-order']])
  })

  it('keeps what the row says: time, payee, goods, order, category, other account', () => {
    const text = `2024-03-05 12:30:45,日用百货,某商家,abc***@163.com,"纸, 三包",支出,"1,234.50",招商银行储蓄卡(1234),交易成功,2024030522001\t,T77\t,送货上门,`
    const [statement] = readStatement('a.csv', alipay(text)).statements
    expect(statement?.account).toEqual({
      name: '招商银行储蓄卡',
      number: '1234',
      institution: '招商银行',
      kind: 'checking',
    })
    expect(statement?.period).toEqual(['2024-03-01', '2024-03-31'])
    expect(statement?.transactions).toEqual([
      {
        record: 12,
        date: '2024-03-05',
        time: '12:30:45',
        amount: '-1234.5',
        kind: 'payment',
        payee: '某商家',
        memo: '纸, 三包 · 送货上门',
        reference: '2024030522001',
        counterparty: 'abc***@163.com',
        category: '日用百货',
      },
    ])
  })

  it('reads the same from GB 18030, from UTF-8 with a mark, and with columns in another order', () => {
    const text = alipay(row('餐饮美食', '午餐', '支出', '25.50', '余额', '交易成功'))
    const expected = ['余额 (someone@example.com) | 2024-03-05 | -25.5 | payment']
    expect(lines(readStatement('a.csv', encodeGb(text)))).toEqual(expected)
    expect(lines(readStatement('a.csv', `\u{FEFF}${text}`))).toEqual(expected)
    const other = [
      '支付宝账户：someone@example.com',
      '收/支,交易对方,对方账号,商品说明,收/付款方式,金额,交易状态,交易分类,交易订单号,商家订单号,交易时间',
      '支出,某商家,,午餐,余额,25.50,交易成功,餐饮,1,2,2024-03-05 12:30:45',
    ]
    expect(lines(readStatement('a.csv', other.join('\n')))).toEqual(expected)
  })

  it('names what is damaged and keeps the rest', () => {
    const file = readStatement(
      'a.csv',
      alipay(
        row('餐饮', '一', '支出', '1.00', '余额', '交易成功'),
        row('餐饮', '二', '支出', '1.0x', '余额', '交易成功'),
        row('餐饮', '三', '支出', '', '余额', '交易成功'),
        row('餐饮', '四', '支出', '4.00', '余额', '交易成功').replace('2024-03-05', '2024-13-05'),
        row('餐饮', '五', '支出', '5.00', '余额', '交易成功').replace('2024-03-05 12:30:45', ''),
      ),
    )
    expect(lines(file)).toHaveLength(1)
    expect(file.failed).toEqual([
      [13, 'bad-amount'],
      [14, 'missing-amount'],
      [15, 'bad-date'],
      [16, 'missing-date'],
    ])
  })
})

describe('Alipay bills of the web', () => {
  const web = (...rows: string[]): string =>
    [
      '支付宝交易记录明细查询',
      '账号:[someone@example.com]',
      '起始日期:[2020-11-01 00:00:00]    终止日期:[2020-11-30 00:00:00]',
      '---------------------------------交易记录明细列表------------------------------------',
      '交易号                  ,商家订单号               ,交易创建时间              ,付款时间                ,最近修改时间              ,交易来源地     ,类型              ,交易对方            ,商品名称                ,金额（元）   ,收/支     ,交易状态    ,服务费（元）   ,成功退款（元）  ,备注                  ,资金状态     ,',
      ...rows,
      '------------------------------------------------------------------------------------',
      `共${rows.length}笔记录`,
      '已收入:1笔,0.01元',
      '待收入:0笔,0.00元',
      '已支出:1笔,27.00元',
      '待支出:0笔,0.00元',
      '导出时间:[2020-12-01 14:34:22]    用户:某人',
    ].join('\r\n')
  const entry = (
    item: string,
    amount: string,
    direction: string,
    status: string,
    refunded: string,
    funds: string,
    paid = '2020-11-02 10:00:01 ',
  ): string =>
    `20201101220014\t,T200\t,2020-11-01 23:59:58 ,${paid},2020-11-03 08:00:00 ,淘宝 ,支付宝担保交易 ,某店 ,${item} ,${amount} ,${direction} ,${status} ,0.00 ,${refunded} , ,${funds} ,`

  it.each<[string, string, string]>([
    [
      'spending, on the day it was paid',
      entry('鞋', '27.00', '支出', '交易成功', '0.00', '已支出'),
      '2020-11-02 | -27 | payment',
    ],
    [
      'a refund without a direction',
      entry('退款-鞋', '27.00', '', '退款成功', '0.00', '已收入', ' '),
      '2020-11-01 | 27 | refund',
    ],
    [
      'a closed order that had been paid',
      entry('鞋', '83.00', '支出', '交易关闭', '83.00', '已支出'),
      '2020-11-02 | -83 | payment',
    ],
    [
      'interest',
      entry('余额宝-2020.10.31-收益发放', '0.01', '收入', '交易成功', '0.00', '已收入'),
      '2020-11-02 | 0.01 | interest',
    ],
  ])('%s', (_, text, expected) => {
    expect(lines(readStatement('a.csv', encodeGb(web(text))))).toEqual([`支付宝 (someone@example.com) | ${expected}`])
  })

  it.each<[string, string, string]>([
    ['a closed order that was never paid', entry('鞋', '83.00', '支出', '交易关闭', '0.00', ''), 'closed-order'],
    ['an order waiting for payment', entry('鞋', '83.00', '支出', '等待付款', '0.00', '待支出'), 'not-settled'],
    ['money only frozen', entry('押金', '99.00', '', '交易成功', '0.00', '冻结'), 'information-only'],
  ])('%s is passed over', (_, text, code) => {
    expect(readStatement('a.csv', web(text)).skipped).toEqual([[6, code]])
  })

  it('totals after the table are compared, and are no records', () => {
    const income = entry('x-收益发放', '0.01', '收入', '交易成功', '0.00', '已收入')
    const spent = entry('鞋', '27.00', '支出', '交易成功', '0.00', '已支出')
    expect(readStatement('a.csv', web(income, spent)).findings).toEqual([])
    expect(readStatement('a.csv', web(income)).findings).toEqual([['warning', 'count-mismatch']])
    expect(readStatement('a.csv', web(income, spent.replace('27.00', '26.00'))).findings).toEqual([
      ['info', 'count-mismatch'],
    ])
    expect(readStatement('a.csv', web(income, spent)).failed).toEqual([])
  })
})

const WECHAT_HEADER = [
  '交易时间',
  '交易类型',
  '交易对方',
  '商品',
  '收/支',
  '金额(元)',
  '支付方式',
  '当前状态',
  '交易单号',
  '商户单号',
  '备注',
]
const WECHAT_PREAMBLE = [
  '微信支付账单明细',
  '微信昵称：[小明]',
  '起始时间：[2024-03-01 00:00:00] 终止时间：[2024-03-31 23:59:59]',
  '',
  '----------------------微信支付账单明细列表--------------------',
]

const wechat = (...rows: string[][]): string =>
  [
    ...WECHAT_PREAMBLE.map((line) => `${line},,,,,,,,,,`),
    WECHAT_HEADER.join(','),
    ...rows.map((cells) => cells.map((cell) => `"${cell}"`).join(',')),
  ].join('\n')

/** One WeChat row: type, goods, direction, amount, method, state, note. */
const pay = (type: string, direction: string, amount: string, method: string, status: string, note = '/'): string[] => [
  '2024-03-05 12:30:45',
  type,
  '某人',
  '/',
  direction,
  `¥${amount}`,
  method,
  status,
  '42000011\t',
  '1000\t',
  note,
]

describe('WeChat bills', () => {
  it.each<[string, string[], string]>([
    [
      'a purchase by card',
      pay('商户消费', '支出', '28.16', '中国银行(1234)', '支付成功'),
      '中国银行 | -28.16 | payment',
    ],
    [
      'a red packet goes where the state says',
      pay('微信红包', '收入', '0.35', '/', '已存入零钱'),
      '零钱 (小明) | 0.35 | payment',
    ],
    ['a transfer received into 零钱通', pay('转账', '收入', '9', '/', '已存入零钱通'), '零钱通 (小明) | 9 | payment'],
    [
      'rent by transfer is a payment',
      pay('转账', '支出', '500.00', '零钱通', '朋友已收钱'),
      '零钱通 (小明) | -500 | payment',
    ],
    [
      'spent and refunded later is still spent',
      pay('商户消费', '支出', '12', '零钱', '已退款(￥8.00)'),
      '零钱 (小明) | -12 | payment',
    ],
    ['a refund', pay('某店-退款', '收入', '8.00', '零钱', '已退款￥8.00'), '零钱 (小明) | 8 | refund'],
    [
      'taking money out, the fee within',
      pay('零钱提现', '/', '100.10', '工商银行', '提现已到账', '服务费¥0.10'),
      '零钱 (小明) | -100.1 | transfer',
    ],
    [
      'putting money in',
      pay('零钱充值', '/', '100', '工商银行(9876)', '充值完成'),
      '工商银行 | -100 | transfer; 零钱 (小明) | 100 | transfer',
    ],
    [
      'into 零钱通 from a bank',
      pay('转入零钱通-来自工商银行(9876)', '/', '2000.00', '工商银行(9876)', '支付成功'),
      '工商银行 | -2000 | transfer; 零钱通 (小明) | 2000 | transfer',
    ],
    [
      'into 零钱通 from 零钱',
      pay('转入零钱通-来自零钱', '/', '20', '零钱', '支付成功'),
      '零钱 (小明) | -20 | transfer; 零钱通 (小明) | 20 | transfer',
    ],
    [
      'out of 零钱通',
      pay('零钱通转出-到工商银行(9876)', '/', '30', '零钱通', '支付成功'),
      '零钱通 (小明) | -30 | transfer',
    ],
    ['a card paid off', pay('信用卡还款', '/', '3000', '零钱', '支付成功'), '零钱 (小明) | -3000 | transfer'],
    [
      'savings product bought',
      pay('购买理财通', '/', '1000', '招商银行(1234)', '支付成功'),
      '招商银行 | -1000 | transfer; 理财通 (小明) | 1000 | transfer',
    ],
  ])('%s', (_, cells, expected) => {
    const dated = expected.split('; ').map((line) => line.replace(' | ', ' | 2024-03-05 | '))
    expect(lines(readStatement('w.csv', wechat(cells)))).toEqual(dated)
  })

  it('says where a transfer went and what it cost', () => {
    const file = readStatement(
      'w.csv',
      wechat(
        pay('零钱提现', '/', '100.10', '工商银行', '提现已到账', '服务费¥0.10'),
        pay('转入零钱通-来自零钱', '/', '20', '零钱', '支付成功'),
      ),
    )
    const [first, second] = file.statements[0]?.transactions ?? []
    expect([first?.transferAccount, first?.fee]).toEqual(['工商银行', '0.1'])
    expect(second?.transferAccount).toBe('零钱通 (小明)')
  })

  it('as a workbook reads like as text: dates are cells of their own kind, amounts numbers', () => {
    const rows = [
      pay('商户消费', '支出', '28.16', '中国银行(1234)', '支付成功'),
      pay('微信红包', '收入', '0.35', '/', '已存入零钱'),
    ]
    // 2024-03-05 is day 45356; 12:30:45 is 45045 of 86400 seconds
    const cells = rows.map((cellsOfRow) =>
      cellsOfRow.map((cell, column) =>
        column === 0
          ? { number: String(45_356 + 45_045 / 86_400), style: 1 }
          : column === 5
            ? { number: cell.slice(1), style: 3 }
            : cell,
      ),
    )
    const workbook = makeXlsx([
      { name: 'Sheet1', rows: [...WECHAT_PREAMBLE.map((line) => [line]), WECHAT_HEADER, ...cells] },
    ])
    const fromSheet = readStatement('微信支付账单流水文件.xlsx', workbook)
    const fromText = readStatement('w.csv', wechat(...rows))
    expect(fromSheet.importer).toBe('csv:wechat')
    expect(fromSheet).toEqual(fromText)
  })
})

describe('JD bills', () => {
  const jd = (...rows: string[]): string =>
    [
      '\u{FEFF}导出信息：',
      '京东账号名：jd_abc',
      '日期区间：2024-12-01 至 2024-12-31',
      '共：2笔记录',
      '',
      '交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注',
      ...rows,
    ].join('\n')
  it.each<[string, string, string]>([
    [
      'spending',
      '2024-12-30 17:16:02\t,京东,盒子,10.20,钱包余额,交易成功,支出,快递,J1\t,1\t, ,',
      '钱包余额 (jd_abc) | 2024-12-30 | -10.2 | payment',
    ],
    [
      'spent in full though a part came back: the refund has a row of its own',
      '2024-12-28 13:27:56\t,京东,衣服,131.77(已退款89.84),中国银行信用卡(1875),交易成功,支出,服饰,1\t,1\t, ,',
      '中国银行信用卡 | 2024-12-28 | -131.77 | payment',
    ],
    [
      'the part that came back',
      '2024-12-28 13:28:32\t,京东,退款-衣服,89.84,中国银行信用卡(1875),退款成功,不计收支,网购,1\t,1\t, ,',
      '中国银行信用卡 | 2024-12-28 | 89.84 | refund',
    ],
    [
      'refunded in full counts as neither, and was paid',
      '2024-12-24 22:33:07\t,京东,裤子,468.32(已全额退款),中国银行信用卡(1875),交易成功,不计收支,服饰,1\t,1\t, ,',
      '中国银行信用卡 | 2024-12-24 | -468.32 | payment',
    ],
    [
      '白条 is credit',
      '2024-12-24 22:33:07\t,京东,裤子,1.00,京东白条,交易成功,支出,服饰,1\t,1\t, ,',
      '白条 (jd_abc) | 2024-12-24 | -1 | payment',
    ],
    [
      'a card by way of WeChat',
      '2024-12-24 22:33:07\t,京东,裤子,1.00,微信-招商银行信用卡,交易成功,支出,服饰,1\t,1\t, ,',
      '招商银行信用卡 | 2024-12-24 | -1 | payment',
    ],
    [
      '白条 paid off',
      '2024-12-24 22:33:07\t,京东,白条还款,300.00,招商银行(1234),交易成功,不计收支,还款,1\t,1\t, ,',
      '招商银行 | 2024-12-24 | -300 | transfer',
    ],
  ])('%s', (_, text, expected) => {
    expect(lines(readStatement('jd.csv', jd(text)))).toEqual(expected.split('; '))
  })
})

describe('Meituan bills', () => {
  const text = [
    '美团交易账单明细',
    '起始时间：[2024-03-01 00:00:00] 终止时间：[2024-03-31 23:59:59]',
    '交易创建时间,交易成功时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,交易单号,商家单号,备注',
    '2024-03-05 12:00:00,2024-03-05 12:00:09,支付,麦当劳订单,支出,美团月付,¥35.00,¥31.50,24030511\t,M1\t,/',
    '2024-03-06 12:00:00,2024-03-06 12:00:09,退款,麦当劳订单,收入,美团月付,¥35.00,¥31.50,24030512\t,M1\t,/',
  ].join('\n')
  it('count what was paid, not what was ordered; refunds come back', () => {
    const file = readStatement('mt.csv', text)
    expect(file.importer).toBe('csv:meituan')
    expect(lines(file)).toEqual(['美团月付 | 2024-03-05 | -31.5 | payment', '美团月付 | 2024-03-06 | 31.5 | refund'])
  })
})

describe('whose bill it is', () => {
  const header = '交易时间,交易对方,商品,收/支,金额,支付方式,交易状态,交易分类,交易单号,商家订单号,备注'
  const line = '2024-03-05 09:30,某店,某物,支出,188.80,余额,交易成功,数码,J1,M1,'
  it.each([
    ['京东交易流水.csv', 'csv:jd'],
    ['美团账单.csv', 'csv:meituan'],
    ['微信账单.csv', 'csv:wechat'],
    ['我的账单.csv', 'csv:chinese'],
  ])('the name %s with headings that several share: %s', (name, importer) => {
    const file = readStatement(name, `${header}\n${line}\n`)
    expect(file.importer).toBe(importer)
    expect(file.statements[0]?.transactions[0]?.amount).toBe('-188.8')
  })

  it.each([
    ['English', 'Date,Description,Amount\n2024-01-01,x,1\n'],
    ['no headings', '2024-01-01,午餐,1\n'],
    ['prose', '交易时间和金额都在这里\n'],
    ['empty', ''],
  ])('%s is none of ours', (_, text) => {
    expect(readStatement.bind(null, 'x.csv', text)).toThrow(ImportRejection)
  })
})

describe('files of which only the beginning is seen', () => {
  it('a large workbook is told by what shows in its first 64 KiB', () => {
    const rows = Array.from({ length: 4000 }, (_, index) =>
      pay('商户消费', '支出', '1.00', '零钱', '支付成功')
        .with(2, `商户${(index * 7919) % 104_729}${(index * 104_729) % 7919}`)
        .with(8, `42000${index * 99_991}`),
    )
    const bytes = makeXlsx([{ name: 'S', rows: [...WECHAT_PREAMBLE.map((line) => [line]), WECHAT_HEADER, ...rows] }], {
      isInline: true,
    })
    expect(bytes.length).toBeGreaterThan(65_536)
    const file = readStatement('微信支付账单流水文件.xlsx', bytes)
    expect(file.importer).toBe('csv:wechat')
    expect(file.statements[0]?.transactions).toHaveLength(4000)
  })

  it('a large text is cut at a whole line', () => {
    const rows = Array.from({ length: 2000 }, () => row('餐饮', '午餐', '支出', '1.00', '余额', '交易成功'))
    const file = readStatement('alipay.csv', encodeGb(alipay(...rows)))
    expect([file.importer, file.statements[0]?.transactions.length]).toEqual(['csv:alipay', 2000])
  })
})
