import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { parseCreditEntry } from './credit-entry.ts'
import { creditReportImporter } from './credit-report-importer.ts'
import { parseOverdue } from './overdue.ts'

const report = `个人信用报告
（简版）
报告编号：2026010100001234567890      报告时间：2026-01-15 10:20:30
姓名：张三   证件类型：身份证   证件号码：****************12
信贷记录
这部分包含您的信用卡、贷款和其他信贷记录。金额类数据均以人民币计算，精确到元。
信用卡
从未逾期过的贷记卡及透支未超过60天的准贷记卡账户明细如下：
1.2015年11月18日招商银行股份有限公司发放的贷记卡（人民币账户）。截至2026年01月，信用额
度50,000，已使用额度1,234。
第1页,共2页
2.2015年11月18日招商银行股份有限公司发放的贷记卡（美元账户）。截至2026年01月，信用额度折合人民币50,000，已使用额度0。
3.2012年3月2日中国工商银行发放的贷记卡（人民币账户），已于2019年5月销户。
购房贷款
从未逾期过的账户明细如下：
1.2018年3月5日中国建设银行股份有限公司上海分行发放的1,000,000元（人民币）个人住房商业贷款，2048年3月5日到期。截至2025年12月，余额812,345。
其他贷款
1.2020年6月1日蚂蚁商诚小额贷款有限公司为个人消费贷款授信，额度有效期至2027年6月1日，可循环使用。截至2025年12月，信用额度30,000，余额2,500。
2.2017年1月9日某某银行发放的30,000元（人民币）个人消费贷款，已于2018年1月结清。
3.2021年1月9日某某公司担保的一项不认识的业务。
公共记录
系统中没有您最近5年内的欠税记录。
查询记录
1 2026年1月5日 招商银行股份有限公司 信用卡审批
`
const read = (text: string): ParsedItem[] => [
  ...creditReportImporter.parse(bytesSource('report.txt', Buffer.from(text)), { today: parseIsoDate('2026-01-20') }),
]

const outcomeOf = (text: string): string => {
  try {
    return read(text).length > 0 ? 'read' : 'empty'
  } catch (error) {
    return error instanceof ImportRejection ? 'refused' : `threw ${String(error)}`
  }
}

describe('the credit report of the People’s Bank of China, short form', () => {
  it('gives every open card and loan with what is owed and its limit, and counts every entry once', () => {
    const items = read(report)
    const accounts = items.flatMap((item) => (item.type === 'statement' ? [item] : []))
    expect(accounts.map(({ account, currency }) => [account.kind, account.name, currency])).toEqual([
      ['credit-card', '招商银行股份有限公司 贷记卡 2015-11-18', 'CNY'],
      // the report counts it in CNY
      ['credit-card', '招商银行股份有限公司 贷记卡 2015-11-18 USD', 'CNY'],
      ['loan', '中国建设银行股份有限公司上海分行 个人住房商业贷款 2018-03-05', 'CNY'],
      ['line-of-credit', '蚂蚁商诚小额贷款有限公司 个人消费贷款授信 2020-06-01', 'CNY'],
    ])
    const balances = items.flatMap((item) => (item.type === 'balance' ? [[item.kind, item.amount, item.on]] : []))
    expect(balances).toEqual([
      // January is not over on the day of the report
      ['closing', '-1234', '2026-01-15'],
      ['limit', '50000', '2026-01-15'],
      ['closing', '0', '2026-01-15'],
      ['limit', '50000', '2026-01-15'],
      ['closing', '-812345', '2025-12-31'],
      ['closing', '-2500', '2025-12-31'],
      ['limit', '30000', '2025-12-31'],
    ])
    // settled or closed
    expect(items.filter(({ type }) => type === 'skipped')).toHaveLength(2)
    expect(items.filter(({ type }) => type === 'failed')).toMatchObject([{ record: 7 }])
  })

  it('tells who asked for it, what was overdue and public records', () => {
    const items = read(
      report
        .replace('余额812,345。', '余额812,345。最近5年内有3个月处于逾期状态，没有发生过90天以上逾期。')
        .replace(
          '系统中没有您最近5年内的欠税记录。',
          '欠税记录\n主管税务机关：某税务局 欠税统计时间：2025年5月 欠税总额：500\n强制执行记录\n执行法院：某法院 案号：1\n执行法院：某法院 案号：2',
        )
        .replace(
          /查询记录\n[^]*$/,
          `查询记录
这部分包含您的信用报告最近2年内被查询的记录。
机构查询记录明细
编号 查询日期 查询机构 查询原因
1 2026年1月5日 招商银行股份有限公司 信用卡审批
2 2025年12月5日 中国工商银行股份有限公司北京市 贷款审批
分行
第2页,共2页
12 2025年11月1日 中国建设银行 贷后管理
个人查询记录明细
编号 查询日期 查询机构 查询原因
1 2025年10月1日 本人 本人查询（互联网个人信用信息服务平台）
说明
1.除查询记录外，本报告中的信息是依据截至报告时间2026年1月15日的数据。
`,
        ),
    )
    const told = items.flatMap((item) => (item.type === 'finding' ? [item.finding] : []))
    expect(told.map(({ severity, code, values }) => [severity, code, values])).toEqual([
      ['info', 'credit-enquiries', { count: 3, applications: 2 }],
      ['warning', 'credit-overdue', { count: 1 }],
      ['warning', 'credit-public-records', { count: 3 }],
    ])
    expect(items.flatMap((item) => (item.type === 'credit-report' ? [item.report] : []))).toEqual([
      {
        subject: '张三',
        number: '2026010100001234567890',
        reportedOn: '2026-01-15',
        enquiries: [
          { on: '2026-01-05', institution: '招商银行股份有限公司', reason: '信用卡审批', isOwn: false },
          { on: '2025-12-05', institution: '中国工商银行股份有限公司北京市分行', reason: '贷款审批', isOwn: false },
          { on: '2025-11-01', institution: '中国建设银行', reason: '贷后管理', isOwn: false },
          {
            on: '2025-10-01',
            institution: '本人',
            reason: '本人查询（互联网个人信用信息服务平台）',
            isOwn: true,
          },
        ],
        overdues: [
          {
            lender: '中国建设银行股份有限公司上海分行',
            product: '个人住房商业贷款',
            openedOn: '2018-03-05',
            months: 3,
            monthsOver90: 0,
            overdue: null,
          },
        ],
        publicRecords: [
          { kind: 'tax-owed', body: '主管税务机关：某税务局，欠税统计时间：2025年5月，欠税总额：500' },
          { kind: 'enforcement', body: '执行法院：某法院，案号：1' },
          { kind: 'enforcement', body: '执行法院：某法院，案号：2' },
        ],
      },
    ])
    expect(items.filter(({ type }) => type === 'failed')).toMatchObject([{ record: 7 }])
  })

  it('is read where it lists enquiries alone; an enquiry of a day that is none fails', () => {
    const items = read(`个人信用报告（简版）
信贷记录
系统中没有您的信贷记录。
查询记录
1 2026年1月5日 招商银行股份有限公司 信用卡审批
2 2026年2月30日 某某银行 贷款审批`)
    expect(items.flatMap((item) => (item.type === 'credit-report' ? [item.report] : []))).toMatchObject([
      { subject: '', number: '', reportedOn: null, enquiries: [{ on: '2026-01-05' }] },
    ])
    expect(items.filter(({ type }) => type === 'failed')).toMatchObject([{ record: 2, reason: { code: 'bad-date' } }])
  })

  it('is known by its title, and refused where it lists nothing', () => {
    const head = (text: string) => ({ name: 'r.txt', size: text.length, bytes: Buffer.from(text), text })
    expect(creditReportImporter.identify(head(report))).toBe('yes')
    expect(creditReportImporter.identify(head('招商银行信用卡对账单'))).toBe('no')
    expect(() => read('个人信用报告（简版）\n信贷记录\n没有信贷记录')).toThrow(ImportRejection)
  })

  it('law: any change of the text is read, named or refused', () => {
    fc.assert(
      fc.property(fc.nat(report.length), fc.nat(60), fc.string({ maxLength: 20 }), (at, length, by) => {
        expect(outcomeOf(report.slice(0, at) + by + report.slice(at + length))).toMatch(/^(?:read|refused)$/)
      }),
      { numRuns: 200 },
    )
  })
})

describe('parseOverdue', () => {
  it.each([
    // the wording of the sample report of the Credit Reference Centre
    ['逾期金额5,000。最近5年内有11个月处于逾期状态，其中5个月逾期超过90天。', 11, 5, '5000'],
    ['透支余额10,000。最近5年内有5个月透支超过60天，其中3个月透支超过90天。', 5, 3, null],
    ['最近5年内有7个月处于逾期状态，没有发生过90天以上逾期。', 7, 0, null],
    ['逾期金额1。', null, null, '1'],
  ])('%s', (text, months, monthsOver90, overdue) => {
    expect(parseOverdue(text, null)).toMatchObject({ months, monthsOver90, overdue })
  })

  it.each(['从未逾期过。', '逾期金额0。最近5年内有0个月处于逾期状态，没有发生过90天以上逾期。', ''])(
    'nothing is overdue: %s',
    (text) => {
      expect(parseOverdue(text, null)).toBeNull()
    },
  )
})

describe('parseCreditEntry', () => {
  it('answers null for what is no card or loan', () => {
    expect(parseCreditEntry('2021年1月9日某某公司担保的一项业务。')).toBeNull()
    expect(parseCreditEntry('2021年13月9日某某公司发放的贷记卡。')).toBeNull()
    expect(parseCreditEntry('')).toBeNull()
  })
})
