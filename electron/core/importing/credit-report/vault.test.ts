import { afterEach, beforeEach, expect, it } from 'vitest'
import { ImportStand } from '../../../../test/support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { dumpUserTables } from '../../changes/dump.ts'
import { undoImport } from '../../changes/undo-import.ts'
import { redoChange, undoChange } from '../../changes/undo.ts'
import { checkImported, importJson } from '../../exporting/json/json-reader.ts'
import { writeJson } from '../../exporting/json/json-writer.ts'
import { presentCreditReports } from '../../handlers/credit-report-view.ts'
import { prepared, sqlRows } from '../../storage/repositories/query.ts'
import { bytesSource } from '../text/decode.ts'

let temporary: TemporaryVault
let stand: ImportStand
beforeEach(async () => {
  temporary = await createTemporaryVault()
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

/** A report of that day and person; `enquiry` is its one enquiry. */
const report = (day: string, name: string, enquiry: string): Uint8Array =>
  new TextEncoder().encode(`个人信用报告
（简版）
报告编号：${day.replaceAll('-', '')}0001 报告时间：${day} 10:20:30
姓名：${name} 证件类型：身份证 证件号码：****************12
信贷记录
金额类数据均以人民币计算，精确到元。
1.2015年11月18日某某银行发放的贷记卡（人民币账户）。截至2025年12月，信用额度50,000，已使用额度1,234，逾期金额34。最近5年内有11个月处于逾期状态，其中5个月逾期超过90天。
公共记录
强制执行记录
执行法院：某法院 案号：7
查询记录
机构查询记录明细
${enquiry}
`)
const spouse = '1 2026年1月5日 某某银行 贷款审批'

const counts = (): Record<string, number | undefined> =>
  Object.fromEntries(
    ['credit_reports', 'credit_enquiries', 'credit_overdues', 'credit_public_records', 'accounts'].map((table) => [
      table,
      sqlRows<{ count: number }>(temporary.vault, `select count(*) as count from ${table}`)[0]?.count,
    ]),
  )
const one = { credit_reports: 1, credit_enquiries: 1, credit_overdues: 1, credit_public_records: 1, accounts: 1 }
const none = { credit_reports: 0, credit_enquiries: 0, credit_overdues: 0, credit_public_records: 0, accounts: 0 }

it('a report is kept whole, once however often it comes, and the preview says so', async () => {
  const [first] = await stand.preview(stand.add(report('2026-01-15', '张三', spouse), 'report.txt'))
  expect(first).toMatchObject({ status: 'ready', creditReports: 1 })
  const [run] = await stand.commit(stand.add(report('2026-01-15', '张三', spouse), 'report.txt'))
  const [repeated] = await stand.commit(stand.add(report('2026-01-15', '张三', `${spouse}\n`), 'again.txt'))
  expect([run?.creditReports, repeated?.creditReports]).toEqual([1, 0])
  expect(counts()).toEqual(one)
  const [again] = await stand.preview(stand.add(report('2026-01-15', '张三', spouse), 'report.txt'))
  expect(again).toMatchObject({ status: 'known', creditReports: 0 })
  expect(presentCreditReports(temporary.vault, null)).toMatchObject([
    {
      subject: '张三',
      reportedOn: '2026-01-15',
      enquiries: [{ on: '2026-01-05', institution: '某某银行', reasonKey: 'loan-approval', isOwn: false }],
      reasons: [{ reasonKey: 'loan-approval', count: 1 }],
      overdues: [{ months: 11, monthsOver90: 5, overdue: { minor: 3400, currency: 'CNY' } }],
      publicRecords: [{ kind: 'enforcement', body: '执行法院：某法院，案号：7' }],
    },
  ])
})

it('of two reports of a person the newest is shown; a spouse has their own, and each view shows its own', async () => {
  for (const [id, name] of [
    [1, '张三'],
    [2, '李四'],
  ] as const) {
    prepared(
      temporary.vault,
      `insert into persons (id, name, colour, role, position, created_at) values (?, ?, 'teal', 'adult', ?, 0)`,
    ).run(id, name, id)
  }
  // both are asked about on one day by one bank for the loan that they take together
  await stand.commit(stand.add(report('2026-01-15', '张三', spouse), 'a.txt'))
  await stand.commit(stand.add(report('2026-01-15', '李四', spouse), 'b.txt'))
  await stand.commit(stand.add(report('2025-06-01', '张三', '1 2025年5月5日 旧银行 信用卡审批'), 'older.txt'))
  await stand.commit(stand.add(report('2026-01-10', '王五', spouse), 'c.txt'))
  const shown = (person: number | null): string[] =>
    presentCreditReports(temporary.vault, person).map(({ subject, reportedOn }) => `${subject} ${reportedOn}`)
  expect(shown(null).toSorted()).toEqual(['张三 2026-01-15', '李四 2026-01-15', '王五 2026-01-10'].toSorted())
  expect(shown(1).toSorted()).toEqual(['张三 2026-01-15', '王五 2026-01-10'].toSorted())
})

it('undoing the import takes all of it away, and undoing that brings it back', async () => {
  const [run] = await stand.commit(stand.add(report('2026-01-15', '张三', spouse), 'report.txt'))
  const before = dumpUserTables(temporary.vault)
  undoImport(temporary.vault, stand.context.clock, run?.id ?? 0)
  expect(counts()).toEqual(none)
  undoChange(temporary.vault, stand.context.clock)
  expect(counts()).toEqual(one)
  expect(dumpUserTables(temporary.vault)).toBe(before)
  // by the stack of undo, too
  undoChange(temporary.vault, stand.context.clock)
  expect(counts()).toEqual(none)
  redoChange(temporary.vault)
  expect(dumpUserTables(temporary.vault)).toBe(before)
})

it('a report that brings nothing but itself can be undone', async () => {
  const text = '个人信用报告（简版）\n报告时间：2026-01-15\n姓名：张三 证件类型：身份证\n查询记录\n' + spouse
  const [run] = await stand.commit(stand.add(new TextEncoder().encode(text), 'report.txt'))
  expect(counts()).toMatchObject({ credit_reports: 1, credit_enquiries: 1, accounts: 0 })
  undoImport(temporary.vault, stand.context.clock, run?.id ?? 0)
  expect(counts()).toEqual(none)
})

it('a complete JSON export holds it, and makes an equal vault', async () => {
  await stand.commit(stand.add(report('2026-01-15', '张三', spouse), 'report.txt'))
  const json = [...writeJson(temporary.vault, stand.context.clock.today()).pieces(() => undefined)].join('')
  const copy = await createTemporaryVault()
  try {
    const quietly = { breathe: async () => undefined, progress: () => undefined }
    await importJson(copy.vault, bytesSource('export.json', new TextEncoder().encode(json)), quietly)
    await checkImported(copy.vault)
    expect(dumpUserTables(copy.vault)).toBe(dumpUserTables(temporary.vault))
    expect(presentCreditReports(copy.vault, null)).toEqual(presentCreditReports(temporary.vault, null))
  } finally {
    await copy.close()
  }
})
