import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeGb } from '../chinese/fixtures/gb-text.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { readItems } from '../registry.ts'
import { makeXlsx } from '../spreadsheet/fixtures/make-xlsx.ts'
import { bytesSource } from '../text/decode.ts'
import { fatesOf, linesOf, reasonsOf, TODAY } from './test-support.ts'

/** Invented rows in the layouts of delivery orders (交割单) and of fund platforms; tab-separated unless said otherwise. */
const table = (...rows: readonly string[]): string =>
  rows
    .map((row) =>
      row
        .split(/ +/)
        .map((cell) => (cell === '-' ? '' : cell))
        .join('\t'),
    )
    .join('\r\n')

function read(bytes: Uint8Array, name: string): { items: readonly ParsedItem[]; importer: string } {
  let importer = ''
  const source = bytesSource(name, bytes)
  const items = [...readItems(source, { today: TODAY, onImporter: ({ id }) => (importer = id) })]
  return { items, importer }
}

const balancesOf = (items: readonly ParsedItem[]): string[] =>
  items.flatMap((item) => (item.type === 'balance' ? [`${item.kind} ${item.amount}`] : []))

const ORDER = table(
  '成交日期 成交时间 证券代码 证券名称 操作 成交数量 成交均价 成交金额 手续费 印花税 过户费 其他杂费 发生金额 股份余额 资金余额 成交编号 股东帐户',
  '20240105 09:31:02 600036 招商银行 证券买入 1000 28.500 28500.00 7.13 0.00 0.29 0.00 -28507.42 1000 71492.58 1001 A000000001',
  '20240108 10:02:11 600036 招商银行 证券卖出 500 29.100 14550.00 5.00 7.28 0.15 0.00 14537.57 500 86030.15 1002 A000000001',
  '20240110 00:00:00 - - 银行转存 0 0.000 0.00 0.00 0.00 0.00 0.00 20000.00 0 106030.15 1003 -',
  '20240715 00:00:00 600036 招商银行 股息入账 0 0.000 0.00 0.00 0.00 0.00 0.00 986.00 500 107016.15 1004 A000000001',
  '20240716 00:00:00 600036 招商银行 股息红利差异扣税 0 0.000 0.00 0.00 0.00 0.00 0.00 -98.60 500 106917.55 1005 A000000001',
  '20240717 00:00:00 - - 利息归本 0 0.000 0.00 0.00 0.00 0.00 0.00 12.34 0 106929.89 1006 -',
)
// fees 7.13 + 0.29 = 7.42; 28500.00 + 7.42 = 28507.42; 14550.00 − 5.00 − 0.15 − 7.28 = 14537.57
const ORDER_LINES = [
  '2024-01-05 buy -28507.42 CNY 600036 × 1000 @ 28.5 fee 7.42',
  '2024-01-08 sell 14537.57 CNY 600036 × -500 @ 29.1 fee 5.15 tax 7.28',
  '2024-01-10 transfer 20000 CNY',
  '2024-07-15 dividend 986 CNY 600036',
  '2024-07-16 tax -98.6 CNY 600036',
  '2024-07-17 interest 12.34 CNY',
]

describe('delivery orders of securities firms', () => {
  const quoted = ORDER.split('\r\n')
    .map((row) =>
      row
        .split('\t')
        .map((cell) => `="${cell}"`)
        .join('\t'),
    )
    .join('\r\n')
  it.each<[string, string, Uint8Array]>([
    ['text in GB 18030 that calls itself a workbook', '交割单.xls', encodeGb(ORDER)],
    ['the same with each cell as a formula of text', '交割单.xls', encodeGb(quoted)],
    ['comma-separated UTF-8', '对账单.csv', new TextEncoder().encode(ORDER.replaceAll('\t', ','))],
    [
      'a true workbook',
      '交割单.xlsx',
      makeXlsx([{ name: 'S', rows: ORDER.split('\r\n').map((row) => row.split('\t')) }]),
    ],
  ])('%s', (_, name, bytes) => {
    const { items, importer } = read(bytes, name)
    expect(importer).toBe('csv:broker')
    expect(linesOf(items)).toEqual(ORDER_LINES)
    expect(fatesOf(items)).toEqual({ imported: 6, skipped: 0, failed: 0 })
    // 71492.58 + 28507.42 = 100000 before the first row
    expect(balancesOf(items)).toEqual(['opening 100000', 'closing 106929.89'])
  })

  it('repurchase on the exchange is a transfer; the holding after a trade is no balance', () => {
    const { items } = read(
      encodeGb(
        table(
          '成交日期 证券代码 证券名称 操作 成交数量 成交编号 成交均价 成交金额 余额 股票余额 发生金额 手续费 印花税 过户费 本次金额 合同编号 交易市场 股东帐户 其他杂费',
          '20240105 600036 招商银行 买入 1000 1001 28.500 28500.00 1000 1000 -28507.42 7.13 0.00 0.29 71492.58 A1 上海Ａ股 A1 0.00',
          '20240109 204001 GC001 融券回购 100 1003 2.000 10000.00 0 0 -10000.10 0.10 0.00 0.00 61492.48 A3 上海Ａ股 A1 0.00',
          '20240110 204001 GC001 融券购回 100 1004 2.000 10000.55 0 0 10000.55 0.00 0.00 0.00 71493.03 A4 上海Ａ股 A1 0.00',
        ),
      ),
      '20240131.xls',
    )
    expect(linesOf(items)).toEqual([
      '2024-01-05 buy -28507.42 CNY 600036 × 1000 @ 28.5 fee 7.42',
      '2024-01-09 transfer -10000.1 CNY fee 0.1',
      '2024-01-10 transfer 10000.55 CNY',
    ])
    expect(balancesOf(items)).toEqual(['opening 100000', 'closing 71493.03'])
  })

  it('lots drawn for are information, money paid for new shares is cash, a damaged row fails alone', () => {
    const { items } = read(
      encodeGb(
        table(
          '资金账号:12345678 起始日期:20240101',
          '成交日期 成交时间 证券代码 证券名称 买卖标志 成交价格 成交数量 成交金额 佣金 印花税 过户费 其他费 发生金额 剩余金额 币种 股东代码',
          '20240105 09:31:02 000001 平安银行 证券买入 9.500 1000.00 9500.00 5.00 0.00 0.10 0.00 -9505.10 90494.90 人民币 0100000000',
          '20240106 09:31:02 000001 平安银行 证券卖出 10.000 -1000.00 10000.00 5.00 5.00 0.10 0.00 9989.90 100484.80 人民币 0100000000',
          '20240111 09:31:02 301001 新股 申购配号 0.000 20.00 0.00 0.00 0.00 0.00 0.00 0.00 100484.80 人民币 0100000000',
          '20240112 09:31:02 301001 新股 中签缴款 10.000 500.00 5000.00 0.00 0.00 0.00 0.00 -5000.00 95484.80 人民币 0100000000',
          '2024011x 09:31:02 301001 新股 证券买入 10.000 500.00 5000.00 0.00 0.00 0.00 0.00 0.00 95484.80 人民币 0100000000',
          '20240115 09:31:02 301001 新股 新股入账 10.000 500.00 0.00 0.00 0.00 0.00 0.00 0.00 95484.80 人民币 0100000000',
        ),
      ),
      '对账单.txt',
    )
    // fees 5.00 + 0.10; 9500.00 + 5.10 = 9505.10; 10000.00 − 5.10 − 5.00 = 9989.90
    expect(linesOf(items)).toEqual([
      '2024-01-05 buy -9505.1 CNY 000001 × 1000 @ 9.5 fee 5.1',
      '2024-01-06 sell 9989.9 CNY 000001 × -1000 @ 10 fee 5.1 tax 5',
      '2024-01-12 payment -5000 CNY 301001',
      '2024-01-15 security-in 0 CNY 301001 × 500 @ 10',
    ])
    expect(reasonsOf(items)).toEqual(['5 information-only', '7 bad-date'])
  })

  it('the line of totals below is skipped', () => {
    const { items } = read(
      new TextEncoder().encode(
        table(
          '日期 业务名称 证券代码 证券名称 成交价格 成交数量 剩余数量 成交金额 清算金额 剩余金额 佣金 印花税 过户费',
          '2024-01-05 证券买入 600036 招商银行 28.500 1000 1000 28500.00 -28507.42 71492.58 7.13 0.00 0.29',
          '2024-07-15 股息入帐 600036 招商银行 0.000 0 1000 0.00 1972.00 73464.58 0.00 0.00 0.00',
          '合计 - - - - - - 28500.00 -26535.42 - 7.13 0.00 0.29',
        ),
      ),
      'statement.txt',
    )
    expect(fatesOf(items)).toEqual({ imported: 2, skipped: 1, failed: 0 })
    expect(reasonsOf(items)).toEqual(['4 totals-row'])
  })
})

const FUNDS = table(
  '申请日期 确认日期 基金代码 基金名称 业务类型 申请金额(元) 申请份额 确认金额(元) 确认份额 单位净值 手续费(元) 确认状态',
  '2024-01-05 2024-01-08 000001 示例成长混合 申购 1000.00 - 1000.00 998.50 1.0000 1.50 确认成功',
  '2024-02-07 2024-02-08 000001 示例成长混合 定投 500.00 - 500.00 454.09 1.1000 0.50 确认成功',
  '2024-03-07 2024-03-08 000001 示例成长混合 赎回 - 1000.00 1194.00 1000.00 1.2000 6.00 确认成功',
  '2024-03-09 2024-03-10 000001 示例成长混合 申购 1000.00 - 0.00 0.00 1.0000 0.00 确认失败',
  '2024-04-08 2024-04-09 110022 示例消费股票 转换入 - - 500.00 200.00 2.5000 0.00 确认成功',
  '2024-04-08 2024-04-09 000001 示例成长混合 转换出 - - 500.00 400.00 1.2500 0.00 确认成功',
  '2024-04-10 2024-04-11 000001 示例成长混合 现金分红 - - 50.00 0.00 1.2500 0.00 确认成功',
  '2024-04-12 2024-04-15 000001 示例成长混合 红利再投资 - - 20.00 16.00 1.2500 0.00 确认成功',
)

describe('lists of transactions of fund platforms', () => {
  it('what was confirmed counts, at the day it was; reinvested income never becomes cash', () => {
    const { items } = read(new TextEncoder().encode(FUNDS), '基金交易记录.csv')
    // 998.50 × 1.0000 + 1.50 = 1000.00; 1000 × 1.2 − 6.00 = 1194.00
    expect(linesOf(items)).toEqual([
      '2024-01-08 buy -1000 CNY 000001 × 998.5 @ 1 fee 1.5',
      '2024-02-08 buy -500 CNY 000001 × 454.09 @ 1.1 fee 0.5',
      '2024-03-08 sell 1194 CNY 000001 × -1000 @ 1.2 fee 6',
      '2024-04-09 buy -500 CNY 110022 × 200 @ 2.5',
      '2024-04-09 sell 500 CNY 000001 × -400 @ 1.25',
      '2024-04-11 dividend 50 CNY 000001',
      '2024-04-15 reinvestment 0 CNY 000001 × 16 @ 1.25',
    ])
    expect(fatesOf(items)).toEqual({ imported: 7, skipped: 1, failed: 0 })
    expect(reasonsOf(items)).toEqual(['5 not-settled'])
  })
})

/** How reading ends: with items or a reason, or with a defect. */
function endOf(bytes: Uint8Array): string {
  try {
    read(bytes, 'x.xls')
    return 'plain'
  } catch (error) {
    return error instanceof ImportRejection ? 'plain' : String(error)
  }
}

describe('damage', () => {
  it.each([
    ['delivery order', ORDER],
    ['fund platform', FUNDS],
  ])('a %s mutated anywhere gives items or a reason', (_, text) => {
    const good = encodeGb(text)
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 20 }),
        (edits) => {
          const bytes = Uint8Array.from(good)
          for (const { at, byte } of edits) bytes[at] = byte
          expect(endOf(bytes)).toBe('plain')
        },
      ),
      { numRuns: 100 },
    )
  })
})
