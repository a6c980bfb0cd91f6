import { describe, expect, it } from 'vitest'
import { type Told, tell, today } from '../document/test-support.ts'
import { bytesSource } from '../text/decode.ts'
import { type DrawnColumn, drawTable } from './fixtures/draw-table.ts'
import { makePdf, type PdfText } from './fixtures/make-pdf.ts'
import { openPdf } from './open-pdf.ts'
import { pdfImporter } from './pdf-importer.ts'

const line = (x: number, y: number, text: string): PdfText => ({ x, y, text, size: 9, font: 'cjk' })

async function read(...pages: readonly (readonly PdfText[])[]): Promise<Told> {
  const opened = await openPdf(bytesSource('流水.pdf', makePdf(pages)))
  if (opened === null) throw new Error('no PDF')
  return tell(pdfImporter.parse(opened, { today }))
}

describe('流水 of Chinese banks as PDF', () => {
  it('招商银行: titles in two languages, other sides on several lines, centred on their rows', async () => {
    const columns: DrawnColumn[] = [
      { x: 40 },
      { x: 100 },
      { x: 150, right: 200 },
      { x: 220, right: 275 },
      { x: 300 },
      { x: 390 },
    ]
    const told = await read([
      line(200, 800, '招商银行交易流水'),
      line(40, 780, '2024-01-01 -- 2024-01-31'),
      line(40, 765, '户    名：张三'),
      line(300, 765, '账号：6214830000001234'),
      ...drawTable(
        columns,
        [
          ['记账日期', '货币', '交易金额', '联机余额', '交易摘要', '对手信息'],
          ['2024-01-03', 'CNY', '-23.50', '976.50', '快捷支付', '财付通\n某某超市有限公司\n上海分店'],
          ['2024-01-05', 'CNY', '8,000.00', '8,976.50', '代发工资', '某某科技有限公司'],
          ['2024-01-09', 'CNY', '-1,000.00', '7,976.50', '转账汇款', '李四\n6222020000005678'],
        ],
        740,
      ),
    ])
    expect(told.rows).toEqual([
      '2024-01-03 -23.5 财付通某某超市有限公司上海分店 / 快捷支付',
      '2024-01-05 8000 某某科技有限公司 / 代发工资',
      '2024-01-09 -1000 李四 6222020000005678 / 转账汇款',
    ])
    expect(told.statements).toEqual(['6214830000001234 CNY 1000 7976.5'])
    expect(told.counts).toEqual({ transactions: 3, skipped: 0, failed: 0 })
  })

  it('工商银行: day and time one above the other, signs before the sums, two pages', async () => {
    const columns: DrawnColumn[] = [
      { x: 30 },
      { x: 90 },
      { x: 160 },
      { x: 200 },
      { x: 250, right: 320 },
      { x: 330, right: 390 },
      { x: 410 },
      { x: 480 },
    ]
    const header = ['交易日期', '账号', '币种', '摘要', '收入/支出金额', '余额', '对方户名', '渠道']
    const head = [
      line(180, 810, '中国工商银行借记账户历史明细（电子版）'),
      line(30, 790, '卡号 6222021234567890123   户名 张三'),
    ]
    const account = '6222021234\n567890123'
    const told = await read(
      [
        ...head,
        ...drawTable(
          columns,
          [
            header,
            ['2024-02-01\n09:12:33', account, '人民币', '消费', '-20.00', '980.00', '某某商户', '快捷支付'],
            ['2024-02-02\n10:00:00', account, '人民币', '工资', '+5,000.00', '5,980.00', '某某公司', '批量业务'],
          ],
          770,
        ),
        line(280, 30, '第1页/共2页'),
      ],
      [
        ...head,
        ...drawTable(
          columns,
          [header, ['2024-02-03\n11:30:00', account, '人民币', '转账', '-980.00', '5,000.00', '李四', '手机银行']],
          770,
        ),
        line(280, 30, '第2页/共2页'),
      ],
    )
    expect(told.rows.map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual([
      '2024-02-01 -20',
      '2024-02-02 5000',
      '2024-02-03 -980',
    ])
    expect(told.counts.failed).toBe(0)
    expect(told.statements).toHaveLength(1)
    expect(told.statements[0]).toMatch(/ CNY 1000 5000$/)
  })

  it('建设银行: days without marks, a number before each row', async () => {
    const columns: DrawnColumn[] = [
      { x: 30 },
      { x: 60 },
      { x: 130 },
      { x: 190 },
      { x: 250, right: 320 },
      { x: 330, right: 400 },
      { x: 420 },
    ]
    const told = await read([
      line(160, 810, '中国建设银行个人活期账户全部交易明细'),
      line(30, 790, '卡号/账号：6217000010001234567'),
      line(330, 790, '起止日期：20240301 至 20240331'),
      ...drawTable(
        columns,
        [
          ['序号', '摘要', '币别', '交易日期', '交易金额', '账户余额', '交易地点/附言'],
          ['1', '消费', '人民币元', '20240302', '-35.00', '1,965.00', '支付宝-某某餐厅'],
          ['2', '跨行转出', '人民币元', '20240305', '-965.00', '1,000.00', '房租'],
          ['3', '利息存入', '人民币元', '20240321', '0.88', '1,000.88', ''],
        ],
        770,
      ),
      line(30, 600, '支出合计：1,000.00   收入合计：0.88'),
    ])
    expect(told.rows).toHaveLength(3)
    expect(told.rows[2]).toMatch(/^2024-03-21 0.88 /)
    expect(told.statements).toEqual(['6217000010001234567 CNY 2000 1000.88'])
  })

  it('信用卡: days without a year, what is owed is negative', async () => {
    const columns: DrawnColumn[] = [{ x: 40 }, { x: 100 }, { x: 160 }, { x: 350, right: 420 }]
    const told = await read([
      line(200, 810, '某某银行信用卡对账单'),
      line(40, 790, '账单周期 2023年12月16日-2024年01月15日'),
      ...drawTable(
        columns,
        [
          ['交易日', '记账日', '交易摘要', '人民币金额'],
          ['12/28', '12/29', '某某超市', '88.00'],
          ['01/02', '01/03', '还款', '-500.00'],
          ['01/05', '01/06', '某某餐厅', '120.50'],
          ['01/07', '01/08', '某某书店', '60.00'],
        ],
        760,
      ),
    ])
    expect(told.rows.map((row) => row.split(' ').slice(0, 3).join(' '))).toEqual([
      '2023-12-29 -88 某某超市',
      '2024-01-03 500 还款',
      '2024-01-06 -120.5 某某餐厅',
      '2024-01-08 -60 某某书店',
    ])
  })

  it('微信支付交易明细证明: what neither comes in nor goes out is no income', async () => {
    const columns: DrawnColumn[] = [
      { x: 30 },
      { x: 120 },
      { x: 190 },
      { x: 250 },
      { x: 300 },
      { x: 350, right: 410 },
      { x: 430 },
    ]
    const told = await read([
      line(200, 810, '微信支付交易明细证明'),
      line(30, 790, '兹证明：张三，在其微信号：example 中的交易明细信息如下：'),
      ...drawTable(
        columns,
        [
          ['交易单号', '交易时间', '交易类型', '收/支/其他', '交易方式', '金额(元)', '交易对方'],
          ['1000039801\n2024010100', '2024-01-01\n08:00:00', '商户消费', '支出', '零钱', '12.50', '某某早餐'],
          ['1000039801\n2024010200', '2024-01-02\n09:00:00', '转账', '收入', '零钱', '100.00', '李四'],
          ['1000039801\n2024010300', '2024-01-03\n10:00:00', '零钱提现', '其他', '工商银行', '50.00', '工商银行'],
        ],
        770,
      ),
    ])
    expect(told.rows.slice(0, 2).map((row) => row.split(' ').slice(0, 3).join(' '))).toEqual([
      '2024-01-01 -12.5 某某早餐',
      '2024-01-02 100 李四',
    ])
    // money that leaves the wallet for the own bank lowers it; it is never read as money in
    expect(told.rows.some((row) => row.startsWith('2024-01-03 50'))).toBe(false)
    expect(told.counts.failed).toBe(0)
  })

  it('抖音支付交易流水: read as a bill, each row on the means it was paid with', async () => {
    const columns: DrawnColumn[] = [
      { x: 30 },
      { x: 120 },
      { x: 160, right: 210 },
      { x: 230 },
      { x: 310 },
      { x: 400 },
      { x: 470 },
    ]
    const told = await read([
      line(200, 810, '抖音支付交易流水'),
      line(30, 790, '交易时间段：2026-05-01 至 2026-05-31'),
      ...drawTable(
        columns,
        [
          ['交易时间', '收/支', '金额', '付款方式', '交易单号', '交易对方', '商家单号'],
          ['2026-05-27\n10:05:26', '支出', '5.80', '抖音月付', '21050126\n05270602', '抖音电商', 'ONP260527'],
          [
            '2026-05-28\n11:00:00',
            '支出',
            '19.90',
            '中信银行信用卡（6\n963）',
            '21050126\n05280001',
            '抖音生活服务',
            'ONP260528',
          ],
          [
            '2026-05-29\n12:00:00',
            '收入',
            '19.90',
            '中信银行信用卡（6\n963）',
            '21050126\n05290001',
            '抖音生活服务',
            'ONP260529',
          ],
        ],
        770,
      ),
    ])
    expect(told.rows.map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual([
      '2026-05-27 -5.8',
      '2026-05-28 -19.9',
      '2026-05-29 19.9',
    ])
    expect(told.counts).toEqual({ transactions: 3, skipped: 0, failed: 0 })
    // the card is one account, whichever line its name breaks on
    expect(told.statements).toHaveLength(2)
  })

  it('平安银行: letters of a watermark between the rows are no cells, letters printed twice count once', async () => {
    const columns: DrawnColumn[] = [
      { x: 30 },
      { x: 60 },
      { x: 130, right: 190 },
      { x: 200, right: 260 },
      { x: 280 },
      { x: 330 },
      { x: 400 },
      { x: 490 },
    ]
    const table = drawTable(
      columns,
      [
        ['序号', '交易日期', '交易金额', '余额', '交易地点', '摘要', '备注', '交易对手信息'],
        ['1', '2024-01-03', '-20.00', '80.00', '上海', '快捷支付', '财付通-某店', '某公司'],
        ['2', '2024-01-05', '+100.00', '180.00', '上海', '代发工资', '一月', '某集团'],
        ['3', '2024-01-06', '-60.50', '119.50', '深圳', '快捷支付', '支付宝-某店', '某商户'],
      ],
      740,
    )
    const told = await read([
      line(160, 810, '平安银行个人账户交易明细清单'),
      line(30, 790, '户名 某人   账号 6230580000001234'),
      ...table,
      ...table.map(({ x, y, text, size = 8 }): PdfText => ({ x: x + 0.2, y, text, size, font: 'cjk' })),
      { x: 150, y: 733, text: 'P', size: 40, font: 'sans' },
      { x: 300, y: 705, text: 'A', size: 40, font: 'sans' },
      { x: 450, y: 690, text: 'B', size: 40, font: 'sans' },
    ])
    expect(told.rows).toEqual([
      '2024-01-03 -20 某公司 / 上海 · 快捷支付 · 财付通-某店',
      '2024-01-05 100 某集团 / 上海 · 代发工资 · 一月',
      '2024-01-06 -60.5 某商户 / 深圳 · 快捷支付 · 支付宝-某店',
    ])
    expect(told.counts).toEqual({ transactions: 3, skipped: 0, failed: 0 })
  })
})
