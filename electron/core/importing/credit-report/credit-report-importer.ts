import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { plainLines } from '../document/document-text.ts'
import { readDocument } from '../document/read-document.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
} from '../importer.ts'
import { type CreditEntry, parseCreditEntry } from './credit-entry.ts'
import { countPublicRecords, type CreditEnquiry, isOverdue, parseEnquiries } from './report-sections.ts'

/**
 * 个人信用报告（简版） of the Credit Reference Centre of the People's Bank of China, as PDF or text: every card and loan
 * that it lists, with what is owed and the limit, for the credit service. Its other facts (who asked for the report,
 * public records, months overdue) are no money and are not kept: they are counted and told of. The form is that of the
 * reports since 2020.
 */

const TITLE = '个人信用报告'
/** Where the list of cards and loans ends. */
const AFTER = ['公共记录', '查询记录']
const ENTRY = /(?<![\d,.])(\d{1,3})[.．、](?=\d{4}年\d{1,2}月\d{1,2}日)/g
const REPORTED = /报告时间[：:]?(\d{4})[.年-](\d{1,2})[.月-](\d{1,2})/

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
  if (starts.length === 0) {
    const message = 'The report lists no card and no loan in a form that Onebook knows. Nothing was imported.'
    throw new ImportRejection('no-transactions-table', message)
  }
  let overdue = 0
  for (const [index, start] of starts.entries()) {
    const from = start.index + start[0].length
    const text = list.slice(from, starts[index + 1]?.index ?? list.length)
    yield* items(parseCreditEntry(text), index + 1, reported)
    if (isOverdue(text)) overdue += 1
  }
  const enquiries = parseEnquiries(lines)
  for (const [index, enquiry] of enquiries.entries()) yield leftOut(enquiry, starts.length + index + 1)
  yield* toldOf({ overdue, publicRecords: countPublicRecords(body), enquiries })
  yield { type: 'progress', bytes: source.size }
}

function* items(entry: CreditEntry | null, record: number, reported: IsoDate | null): Generator<ParsedItem> {
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
  const name = `${institution} ${product} ${openedOn}`
  yield { type: 'statement', statement: record, account: { name, institution, kind }, currency }
  yield { type: 'balance', statement: record, kind: 'closing', amount: balance, on }
  if (limit !== null) yield { type: 'balance', statement: record, kind: 'limit', amount: limit, on }
}

function leftOut({ on, institution, reason }: CreditEnquiry, record: number): ParsedItem {
  const message = `An enquiry of ${on ?? 'a day that cannot be read'}, not kept: ${institution} ${reason}`.trim()
  return { type: 'skipped', record, reason: { code: 'information-only', message } }
}

interface LeftOut {
  readonly overdue: number
  readonly publicRecords: number
  readonly enquiries: readonly CreditEnquiry[]
}

/** What the report holds and Onebook has no place for: nothing goes by in silence. */
function* toldOf({ overdue, publicRecords, enquiries }: LeftOut): Generator<ParsedItem> {
  const others = enquiries.filter(({ isOwn }) => !isOwn)
  if (others.length > 0) {
    const applications = others.filter(({ isApplication }) => isApplication).length
    const values = { count: others.length, applications }
    const message = `The report names ${others.length} enquiries by institutions, ${applications} of them for a card, a loan or a guarantee. They are not kept.`
    yield { type: 'finding', finding: { severity: 'info', code: 'credit-enquiries', message, values } }
  }
  if (overdue > 0) {
    const message = `${overdue} cards or loans of the report were overdue in the last five years. That is not kept.`
    yield {
      type: 'finding',
      finding: { severity: 'warning', code: 'credit-overdue', message, values: { count: overdue } },
    }
  }
  if (publicRecords > 0) {
    const message = `The report holds ${publicRecords} public records (tax owed, judgments, enforcements, penalties, telephone bills). They are not kept.`
    const values = { count: publicRecords }
    yield { type: 'finding', finding: { severity: 'warning', code: 'credit-public-records', message, values } }
  }
}

export const creditReportImporter: Importer = { id: 'pboc-credit-report', identify, parse }
