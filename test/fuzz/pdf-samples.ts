import { assembleLines, type TextRun } from '../../electron/core/importing/document/assemble-lines.ts'
import { writePageText } from '../../electron/core/importing/document/page-text.ts'
import { isWide } from '../../electron/core/importing/document/plain-document.ts'
import { type DrawnColumn, drawTable } from '../../electron/core/importing/pdf/fixtures/draw-table.ts'
import { makePdf, type PdfText } from '../../electron/core/importing/pdf/fixtures/make-pdf.ts'
import { type Sample, textSample } from './sample.ts'

const HEIGHT = 842
/** It has a password, which nobody gives. */
const LOCKED = 'locked.pdf'

const line = (x: number, y: number, text: string): PdfText => ({ x, y, text, size: 9, font: 'cjk' })

/** As `extractText` finds the text on a page, without the detour through a PDF. */
function runOf({ x, y, text, size = 9 }: PdfText): TextRun {
  const halves = Array.from(text).reduce((sum, sign) => sum + (isWide(sign.codePointAt(0) ?? 0) ? 2 : 1), 0)
  return { text, x, y: HEIGHT - y, width: (halves * size) / 2, size, monospaced: true, turned: false }
}

const five: readonly DrawnColumn[] = [{ x: 40 }, { x: 100 }, { x: 160, right: 220 }, { x: 240, right: 300 }, { x: 320 }]

const western: readonly (readonly PdfText[])[] = [
  [
    line(40, 800, 'Example Savings Bank'),
    line(40, 785, 'Account number: 11223344   Statement period 01/03/2024 to 30/03/2024'),
    ...drawTable(
      five,
      [
        ['Date', 'Value date', 'Amount EUR', 'Balance', 'Details'],
        ['', '', '', '1,000.00', 'Balance brought forward'],
        ['04/03', '05/03', '-700.00', '300.00', 'Rent March\nFlat 7, 12 North Road'],
        ['05/03', '05/03', '2,500.00', '2,800.00', 'Salary'],
        ['06/03', '06/03', '-34.20', '2,765.80', 'Grocer'],
        ['', '', '', '2,765.80', 'Closing balance'],
      ],
      740,
    ),
  ],
]

const chinese: readonly (readonly PdfText[])[] = [
  [
    line(200, 800, '招商银行交易流水'),
    line(40, 765, '户    名：张三   账号：6214830000001234'),
    ...drawTable(
      five,
      [
        ['记账日期', '货币', '交易金额', '联机余额', '对手信息'],
        ['2024-01-03', 'CNY', '-23.50', '976.50', '财付通\n某某超市有限公司\n上海分店'],
        ['2024-01-05', 'CNY', '8,000.00', '8,976.50', '某某科技有限公司'],
        ['2024-01-09', 'CNY', '-1,000.00', '7,976.50', '李四\n6222020000005678'],
      ],
      740,
    ),
    line(280, 30, '第1页/共1页'),
  ],
]

const wallet: readonly (readonly PdfText[])[] = [
  [
    line(200, 800, '微信支付交易明细证明'),
    line(40, 765, '兹证明：张三（居民身份证：110***********0011），在其微信号：zs 中的交易明细信息如下：'),
    ...drawTable(
      [{ x: 40 }, { x: 130 }, { x: 200 }, { x: 260 }, { x: 310 }, { x: 380, right: 430 }, { x: 450 }, { x: 510 }],
      [
        ['交易单号', '交易时间', '交易类型', '收/支/其他', '交易方式', '金额(元)', '交易对方', '商户单号'],
        ['100000000000000001', '2024-01-03\n10:00:00', '商户消费', '支出', '零钱', '12.50', '小面馆', '1001'],
        ['100000000000000002', '2024-01-04\n11:00:00', '转账', '收入', '/', '200.00', '李四', '1002'],
      ],
      730,
    ),
  ],
]

const documents = [western, chinese, wallet]

function opened(name: string, pages: readonly (readonly PdfText[])[]): Sample {
  const read = pages.map((texts) => ({ width: 595, height: HEIGHT, lines: assembleLines(texts.map(runOf)) }))
  return textSample(name, writePageText({ origin: 'pdf', pages: read }))
}

/** A printed text as the page of an opened PDF. */
export const printedSample = (text: string): Sample =>
  opened('document.pdf', [text.split('\n').map((content, at) => line(40, 800 - 12 * at, content))])

/** Texts of PDFs, and PDFs themselves: what changes in the one is read wrongly, what changes in the other is damage. */
export function pdfSamples(): readonly Sample[] {
  return [
    ...documents.map((pages) => opened('statement.pdf', pages)),
    ...documents.map((pages) => ({ name: 'statement.pdf', bytes: makePdf(pages) })),
    { name: LOCKED, bytes: makePdf(western, { password: '0815' }) },
  ]
}
