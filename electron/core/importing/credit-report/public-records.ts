import type { ParsedPublicRecord } from '../importer.ts'

/** What each public record begins with: tax owed, judgments, enforcements, penalties, telephone bills. */
const BEGINNINGS = {
  主管税务机关: 'tax-owed',
  立案法院: 'judgment',
  执行法院: 'enforcement',
  处罚机构: 'penalty',
  电信运营商: 'telephone-bill',
} as const satisfies Record<string, ParsedPublicRecord['kind']>
const BEGINNING = /(主管税务机关|立案法院|执行法院|处罚机构|电信运营商)[：:]/g
/** What comes behind the last record of a kind. */
const ENDING =
  /(?:欠税记录|民事判决记录|强制执行记录|行政处罚记录|电信欠费信息|电信欠费记录|查询记录|系统中没有|这部分包含|第\d{1,3}页)/
/** The names of a record's fields, which stand without any space between them. */
const FIELD =
  /(?:纳税人识别号|欠税总额|欠税统计时间|案由|执行案由|案号|立案日期|立案时间|结案方式|结案日期|案件状态|判决\/调解结果|判决\/调解生效日期|诉讼标的(?:金额)?|申请执行标的(?:金额|价值)?|已执行标的(?:金额|价值)?|处罚内容|处罚金额|是否行政复议|处罚生效时间|截止时间|行政复议结果|业务类型|记账年月|业务开通时间|欠费金额|欠费月数)[：:]/g
const LONGEST = 1000

const isBeginning = (word: string | undefined): word is keyof typeof BEGINNINGS =>
  word !== undefined && Object.hasOwn(BEGINNINGS, word)

/** The report's public records in its own words, a comma between their fields; its text is without spaces. */
export function parsePublicRecords(body: string): readonly ParsedPublicRecord[] {
  const starts = [...body.matchAll(BEGINNING)]
  return starts.flatMap((start, index) => {
    const word = start[1]
    if (!isBeginning(word)) return []
    const text = body.slice(start.index, starts[index + 1]?.index ?? start.index + LONGEST)
    const ending = ENDING.exec(text)
    const record = text.slice(0, Math.min(ending?.index ?? LONGEST, LONGEST))
    return [{ kind: BEGINNINGS[word], body: record.replaceAll(FIELD, '，$&') }]
  })
}
