import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { enquiryReasons } from '../../../../shared/model/enquiry-reasons.ts'

/** 查询记录: who looked at the report, when and what for. */
export interface CreditEnquiry {
  /** Null where the day is none. */
  readonly on: IsoDate | null
  readonly institution: string
  readonly reason: string
  /** By the person, who may look as often as they like: lenders do not mind it. */
  readonly isOwn: boolean
}

const ENQUIRIES = '查询记录'
const ROW = /^\d{1,3}?((?:19|20)\d{2})[年.-](\d{1,2})[月.-](\d{1,2})日?(\D.+)$/
/** Headings, page ends and the notes behind the table. */
const NO_ROW = /^(?:编号|查询日期|第\d+页|机构查询|本人查询记录|个人查询记录|说明|除查询记录外|这部分包含)/
const OWN = /^本人|本人查询/
/** Behind these words the reason says how the person looked. */
const OWN_REASON = '本人查询'

/** The reason in a row's text, as it stands there; '' where none is known. */
function reasonIn(text: string): string {
  const word = enquiryReasons.flatMap(({ words }) => words).find((one) => text.includes(one))
  if (word === undefined) return ''
  return word === OWN_REASON ? text.slice(text.indexOf(word)) : word
}

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
    const reason = reasonIn(text)
    return { on, institution: text.replace(reason, ''), reason, isOwn: OWN.test(text) }
  })
}
