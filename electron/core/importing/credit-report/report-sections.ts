import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'

/** Parts of the report beside its cards and loans, which Onebook reads but has no place for: they are told of. */

/** One row of 查询记录: who looked at the report, when and what for. */
export interface CreditEnquiry {
  /** Null where the day is none. */
  readonly on: IsoDate | null
  readonly institution: string
  readonly reason: string
  /** By the person, who may look as often as they like: lenders do not mind it. */
  readonly isOwn: boolean
  /** For a card, a loan or a guarantee: what lenders count. */
  readonly isApplication: boolean
}

const ENQUIRIES = '查询记录'
const ROW = /^\d{1,3}?((?:19|20)\d{2})[年.-](\d{1,2})[月.-](\d{1,2})日?(\D.+)$/
/** Headings, page ends and the notes behind the table. */
const NO_ROW = /^(?:编号|查询日期|第\d+页|机构查询|本人查询记录|个人查询记录|说明|除查询记录外|这部分包含)/
const OWN = /^本人|本人查询/
const APPLICATION = /审批|担保资格|保前审查|融资审批/
const REASON =
  /(?:贷款审批|信用卡审批|贷后管理|担保资格审查|保前审查|保后管理|融资审批|资信审查|客户准入资格审查|特约商户实名审查|法人代表、负责人、高管等资信审查|异议(?:核查|处理)|司法调查|公积金提取复核|股指期货开户|本人查询.*)/

/** The rows of the list of enquiries; lines are without spaces. A row's text may go on in the next line. */
export function parseEnquiries(lines: readonly string[]): readonly CreditEnquiry[] {
  const from = lines.findLastIndex((line) => line === ENQUIRIES || line.startsWith('机构查询记录明细'))
  if (from < 0) return []
  const rows: { on: IsoDate | null; text: string }[] = []
  let within = false
  for (const line of lines.slice(from + 1)) {
    const row = ROW.exec(line)
    if (row !== null) {
      rows.push({ on: tryIsoDate(Number(row[1]), Number(row[2]), Number(row[3])), text: row[4] ?? '' })
      within = true
    } else if (NO_ROW.test(line)) within = false
    else if (within) {
      const last = rows.at(-1)
      if (last !== undefined) last.text += line
    }
  }
  return rows.map(({ on, text }) => {
    // a long name goes on below, behind the reason
    const reason = REASON.exec(text)?.[0] ?? ''
    const institution = text.replace(reason, '')
    return { on, institution, reason, isOwn: OWN.test(text), isApplication: APPLICATION.test(reason) }
  })
}

/** What each public record begins with: tax owed, judgments, enforcements, penalties, telephone bills. */
const PUBLIC_RECORD = /(?:主管税务机关|立案法院|执行法院|处罚机构|电信运营商)[：:]/g

/** How many public records the report holds; its text is without spaces. */
export function countPublicRecords(body: string): number {
  return body.match(PUBLIC_RECORD)?.length ?? 0
}

/** Whether an entry of the list says that it was overdue in a month of the last five years; its text is without spaces. */
export function isOverdue(entry: string): boolean {
  return /最近5年内有[1-9]\d?个月处于逾期状态|当前有逾期|逾期金额[1-9]/.test(entry)
}
