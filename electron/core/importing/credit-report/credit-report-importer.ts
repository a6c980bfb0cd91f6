import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { enquiryReasonOf } from '../../../../shared/model/enquiry-reasons.ts'
import { plainLines } from '../document/document-text.ts'
import { readDocument } from '../document/read-document.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedCreditReport,
  type ParsedEnquiry,
  type ParsedItem,
  type ParsedOverdue,
} from '../importer.ts'
import { type CreditEntry, parseCreditEntry } from './credit-entry.ts'
import { parseOverdue } from './overdue.ts'
import { parsePublicRecords } from './public-records.ts'
import { type CreditEnquiry, parseEnquiries } from './report-sections.ts'

/**
 * 个人信用报告（简版） of the Credit Reference Centre of the People's Bank of China, as PDF or text: every card and loan
 * that it lists, with what is owed and the limit, and its other facts: who asked for the report, public records, months
 * overdue, for the credit service. All its amounts are in CNY. The form is that of the reports since 2020.
 */

const TITLE = '个人信用报告'
/** Where the list of cards and loans ends. */
const AFTER = ['公共记录', '查询记录']
const ENTRY = /(?<![\d,.])(\d{1,3})[.．、](?=\d{4}年\d{1,2}月\d{1,2}日)/g
const REPORTED = /报告时间[：:]?(\d{4})[.年-](\d{1,2})[.月-](\d{1,2})/

/** The report's own words for counting accounts in other currencies in CNY. */
const ALL_IN_CNY = '均以人民币计算'
const IN_CNY = '折合人民币'
const CNY = 'CNY' as CurrencyCode
/** The name ends where the next field of the head begins, for spaces are gone. */
const SUBJECT = /姓名[：:]?([\u4E00-\u9FFF·A-Za-z]{2,40}?)(?=证件|婚姻|查询|报告|性别|[*\d])/
const NUMBER = /报告编号[：:]?(\d{1,40})/

function identify({ text }: FileHead): Identification {
  if (!text.includes(TITLE)) return 'no'
  return text.includes('简版') || text.includes('信贷记录') ? 'yes' : 'likely'
}

/** The report's lines without any space; the feet of its pages go. */
function linesOf(source: ByteSource): string[] {
  const lines = plainLines(readDocument(source)).map((line) => line.replaceAll(/\s/g, ''))
  return lines.filter((line) => line !== '' && !/^第\d+页[,，/]?共\d+页$/.test(line))
}

function reportDay(body: string): IsoDate | null {
  const found = REPORTED.exec(body)
  return found === null ? null : tryIsoDate(Number(found[1]), Number(found[2]), Number(found[3]))
}

function* parse(source: ByteSource): Generator<ParsedItem, void, void> {
  const lines = linesOf(source)
  // sentences run over lines and pages
  const body = lines.join('')
  if (!body.includes(TITLE)) throw new ImportRejection('wrong-kind', 'This is no credit report.', { kind: 'document' })
  const reported = reportDay(body)
  const ends = AFTER.map((word) => body.lastIndexOf(word)).filter((at) => at > 0)
  const list = body.slice(0, Math.min(body.length, ...ends))
  const starts = [...list.matchAll(ENTRY)]
  const enquiries = parseEnquiries(lines)
  const publicRecords = parsePublicRecords(body)
  if (starts.length === 0 && enquiries.length === 0 && publicRecords.length === 0) {
    const message = 'The report lists no card and no loan in a form that Onebook knows. Nothing was imported.'
    throw new ImportRejection('no-transactions-table', message)
  }
  const overdues: ParsedOverdue[] = []
  for (const [index, start] of starts.entries()) {
    const from = start.index + start[0].length
    const text = list.slice(from, starts[index + 1]?.index ?? list.length)
    const entry = parseCreditEntry(text)
    const inCny = body.includes(ALL_IN_CNY) || text.includes(IN_CNY)
    yield* items(entry, index + 1, { reported, inCny })
    const overdue = parseOverdue(text, entry)
    if (overdue !== null) overdues.push(overdue)
  }
  const dated: ParsedEnquiry[] = []
  for (const [index, enquiry] of enquiries.entries()) {
    if (enquiry.on === null) yield undated(enquiry, starts.length + index + 1)
    else dated.push({ ...enquiry, on: enquiry.on })
  }
  const subject = SUBJECT.exec(body)?.[1] ?? ''
  const number = NUMBER.exec(body)?.[1] ?? ''
  const report = { subject, number, reportedOn: reported, enquiries: dated, overdues, publicRecords }
  yield { type: 'credit-report', report }
  yield* toldOf(report)
  yield { type: 'progress', bytes: source.size }
}

function* items(
  entry: CreditEntry | null,
  record: number,
  { reported, inCny }: { reported: IsoDate | null; inCny: boolean },
): Generator<ParsedItem> {
  if (entry === null) {
    const message = 'This entry of the credit report is no card or loan in a form that Onebook knows. It was left out.'
    yield { type: 'failed', record, reason: { code: 'bad-record', message } }
    return
  }
  const { institution, product, openedOn, kind, currency, asOf, balance, limit, closed } = entry
  const on = asOf === null || (reported !== null && asOf > reported) ? reported : asOf
  if (closed || balance === null) {
    const message = closed
      ? `${institution} ${product} is settled or closed: nothing is owed.`
      : `${institution} ${product}: the report does not say what is owed.`
    yield { type: 'skipped', record, reason: { code: 'information-only', message } }
    return
  }
  // the report gives no number: lender, kind and day of opening tell two of them apart, and stay the same next time
  const name = [institution, product, openedOn, ...(currency === CNY ? [] : [currency])].join(' ')
  const counted = inCny ? CNY : currency
  yield { type: 'statement', statement: record, account: { name, institution, kind }, currency: counted }
  yield { type: 'balance', statement: record, kind: 'closing', amount: balance, on }
  if (limit !== null) yield { type: 'balance', statement: record, kind: 'limit', amount: limit, on }
}

function undated({ institution, reason }: CreditEnquiry, record: number): ParsedItem {
  const message = `The day of this enquiry cannot be read: ${institution} ${reason}`.trim()
  return { type: 'failed', record, reason: { code: 'bad-date', message } }
}

/** What the report holds beside accounts: nothing is taken in silence. */
function* toldOf({ enquiries, overdues, publicRecords }: ParsedCreditReport): Generator<ParsedItem> {
  const others = enquiries.filter(({ isOwn }) => !isOwn)
  if (others.length > 0) {
    const applications = others.filter(({ reason }) => enquiryReasonOf(reason)?.application === true).length
    const values = { count: others.length, applications }
    const message = `The report names ${others.length} enquiries by institutions, ${applications} of them for a card, a loan or a guarantee. They are shown under Credit.`
    yield { type: 'finding', finding: { severity: 'info', code: 'credit-enquiries', message, values } }
  }
  if (overdues.length > 0) {
    const values = { count: overdues.length }
    const message = `${overdues.length} cards or loans of the report were overdue in the last five years. It is shown under Credit.`
    yield { type: 'finding', finding: { severity: 'warning', code: 'credit-overdue', message, values } }
  }
  if (publicRecords.length > 0) {
    const message = `The report holds ${publicRecords.length} public records (tax owed, judgments, enforcements, penalties, telephone bills). They are shown under Credit.`
    const values = { count: publicRecords.length }
    yield { type: 'finding', finding: { severity: 'warning', code: 'credit-public-records', message, values } }
  }
}

export const creditReportImporter: Importer = { id: 'pboc-credit-report', identify, parse }
