import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'fflate'
import { makeZip } from '../../electron/core/importing/archive/fixtures/make-zip.ts'
import { brokerFilesFromA } from '../../electron/core/importing/broker-table/fixtures/broker-files-from-a.ts'
import { brokerFilesToZ } from '../../electron/core/importing/broker-table/fixtures/broker-files-to-z.ts'
import { houses } from '../../electron/core/importing/broker-document/fixtures/houses.ts'
import { layouts } from '../../electron/core/importing/broker-document/fixtures/layouts.ts'
import { encodeGb } from '../../electron/core/importing/chinese/fixtures/gb-text.ts'
import { brokerFilesOfChina } from '../../electron/core/importing/broker-table/fixtures/broker-files-china.ts'
import { makeOds } from '../../electron/core/importing/spreadsheet/fixtures/make-ods.ts'
import { makeXlsx } from '../../electron/core/importing/spreadsheet/fixtures/make-xlsx.ts'
import { alipayBill, ofxStatement } from '../e2e/support/statements.ts'
import { pdfSamples, printedSample } from './pdf-samples.ts'
import { profileSamples } from './profile-samples.ts'
import { type Sample, textSample } from './sample.ts'
import { writtenSamples } from './written-samples.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const LARGEST = 128 * 1024

/** Data files of a folder and those within, small enough to be changed many times. */
function filesIn(folder: string): Sample[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= LARGEST && extname(path) !== '.ts')
    .map((path) => ({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }))
}

const table = [
  ['Date', 'Payee', 'Amount', 'Balance'],
  ['2026-01-05', 'Rent', '-100.00', '900.00'],
  ['2026-01-06', 'Shop "A"; B', '-20.50', '879.50'],
  ['2026-01-20', 'Salary', '1500.00', '2379.50'],
]

const mt940 = `:20:STARTUMS\r\n:25:10020030/1234567\r\n:28C:1/1\r\n:60F:C260101EUR1000,00\r\n:61:2601050105D100,00NMSCNONREF//B1\r\n:86:177?00RENT?20Flat 7?32Landlord?31DE02120300000000202051\r\n:61:260120C50,25NTRFREF9\r\n:86:Refund of a chair\r\n:62F:C260120EUR950,25\r\n-\r\n`

const holdings = `Holdings as of 2026-02-27\n\nAccount,Symbol,ISIN,Name,Quantity,Price,Market Value,Cost Basis,Currency\n1,AAPL,US0378331005,Apple Inc.,10,250.00,2500.00,2000.00,USD\n1,,IE00B4L5Y983,World ETF,12.5,80,1000,900,USD\n1,Cash,,,,,100.50,,USD\nTotal,,,,,,3600.50,,\n`

const douyin = `抖音支付交易流水\n交易时间,收支类型,金额,付款方式,交易单号,交易对方,商家单号\n2026-05-27 10:05:26,支出,5.80,抖音月付,2105,抖音电商,ONP1\n2026-05-28 11:00:00,收入,5.80,某银行储蓄卡(1234),2106,抖音电商,ONP2\n`

const page = `<html><table>${table.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`

const mail = `From: =?utf-8?Q?=E9=93=B6=E8=A1=8C?= <bank@example.org>\r\nSubject: statement\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${page.replaceAll('=', '=3D')}\r\n--m--\r\n`

/** Own statements of every kind. */
export function ownSamples(): readonly Sample[] {
  const importing = join(root, 'electron/core/importing')
  const fixtures = readdirSync(importing).flatMap((format) => filesIn(join(importing, format, 'fixtures')))
  const csv = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n')
  const alipay = alipayBill([
    { on: '2026-01-05', amount: '-25.50', payee: '小面馆' },
    { on: '2026-01-09', amount: '200.00', payee: '李四' },
  ])
  const ofx = ofxStatement({
    account: '622202',
    currency: 'CNY',
    closing: '1.00',
    lines: [{ on: '2026-01-05', amount: '1.00', payee: 'A' }],
  })
  return [
    ...fixtures,
    ...profileSamples(),
    ...pdfSamples(),
    ...writtenSamples(),
    ...[...brokerFilesFromA, ...brokerFilesToZ, ...brokerFilesOfChina].map((file) =>
      textSample(`${file.profile}.csv`, file.text.join('\n')),
    ),
    ...layouts.map((layout) => textSample('document.txt', layout.text)),
    ...houses.map((layout) => printedSample(layout.text)),
    textSample('holdings.csv', holdings),
    textSample('douyin.csv', douyin),
    textSample('bank.csv', csv),
    textSample('mt940.sta', mt940),
    textSample('bank.ofx', ofx),
    { name: 'alipay.csv', bytes: encodeGb(alipay) },
    { name: 'book.xlsx', bytes: makeXlsx([{ name: 'Sheet', rows: table }]) },
    { name: 'book.ods', bytes: makeOds([{ name: 'Sheet', rows: table }]) },
    textSample('page.xls', page),
    textSample('mail.eml', mail),
    { name: 'bank.csv.gz', bytes: gzipSync(Buffer.from(csv)) },
    { name: 'all.zip', bytes: makeZip([{ name: 'bank.csv', content: Buffer.from(csv) }]) },
  ]
}

/** Files of the corpus beside the project, where it is: for the long run. */
export function corpusSamples(): readonly Sample[] {
  return filesIn(join(root, '../shared/corpus/statements')).filter(({ name }) => name !== 'expected.json')
}
