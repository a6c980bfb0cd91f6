import brokerDocuments from '../../resources/broker-documents/institutions.json' with { type: 'json' }
import budgetApps from '../../resources/app-profiles/budget-apps.json' with { type: 'json' }
import chineseApps from '../../resources/app-profiles/chinese-bookkeeping.json' with { type: 'json' }
import { languages } from '../../electron/core/importing/broker-document/fixtures/languages.ts'
import { type Role, rules } from '../../electron/core/importing/chinese/profile.ts'
import { type Sample, textSample } from './sample.ts'

/** A sample for every profile whose files are told by their headings or names: made of what the profile says. */

const quoted = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')

const CHINESE_VALUES: Partial<Record<Role, readonly [string, string]>> = {
  booked: ['2026-03-01', '2026-03-02'],
  date: ['2026-03-01', '2026-03-02'],
  moment: ['2026-03-01 09:10:11', '2026-03-02 12:00:00'],
  amount: ['-12.50', '1000.00'],
  debit: ['12.50', ''],
  credit: ['', '1000.00'],
  balance: ['987.50', '1987.50'],
  direction: ['支出', '收入'],
  method: ['余额', '招商银行(1234)'],
  status: ['交易成功', '交易成功'],
  type: ['消费', '转账'],
  payee: ['小面馆', '李四'],
  currency: ['CNY', 'CNY'],
  account: ['现金', '现金'],
  card: ['4321', '4321'],
}

function chineseSample(profile: (typeof rules.profiles)[number], header: number): Sample {
  const roleOf = (cell: string): Role | undefined => {
    const own = Object.entries({ ...rules.columns, ...profile.columns }).find(([, names]) => names.includes(cell))
    return own?.[0] as Role | undefined
  }
  const named = profile.headers[header]?.cells ?? []
  const has = (...roles: readonly Role[]): boolean => named.some((cell) => roles.includes(roleOf(cell) ?? 'other'))
  const cells = [
    ...named,
    ...(has('date', 'booked', 'moment') ? [] : ['交易日期']),
    ...(has('amount', 'debit', 'credit') ? [] : ['交易金额']),
    ...(has('item', 'payee') ? [] : ['摘要', '对方户名']),
  ]
  const row = (at: 0 | 1): string[] => cells.map((cell) => CHINESE_VALUES[roleOf(cell) ?? 'other']?.[at] ?? `甲${at}`)
  const lines = [
    `${profile.institution ?? ''}交易明细 账号:6222000000001234`,
    quoted(cells),
    quoted(row(0)),
    quoted(row(1)),
  ]
  return textSample('交易明细.csv', lines.join('\n'))
}

const APP_VALUES: Readonly<Record<string, readonly [string, string]>> = {
  date: ['2026-03-01', '2026-03-02'],
  amount: ['-12.50', '1000.00'],
  outflow: ['12.50', ''],
  inflow: ['', '1000.00'],
  part: ['-12.50', '0'],
  otherAmount: ['12.50', '1000.00'],
  currency: ['EUR', 'EUR'],
  otherCurrency: ['USD', ''],
}

interface AppTable {
  readonly needs: readonly string[]
  readonly columns?: Readonly<Record<string, readonly string[]>>
  readonly types?: Readonly<Record<string, string>>
}

function appSample({ needs, columns = {}, types = {} }: AppTable): Sample {
  const titles = [...new Set([...needs, ...Object.values(columns).flatMap(([first]) => first ?? [])])]
  const words = Object.keys(types)
  const row = (at: 0 | 1): string[] =>
    titles.map((title) => {
      const role = Object.entries(columns).find(([, names]) => names.includes(title))?.[0] ?? ''
      if (role === 'type') return words[at] ?? words[0] ?? ''
      return APP_VALUES[role]?.[at] ?? `Thing ${at}`
    })
  return textSample('export.csv', [titles, row(0), row(1)].map(quoted).join('\n'))
}

/** One value of each sort of a pattern's placeholders. */
const FIELD_VALUES: Readonly<Record<string, string>> = {
  date: '05.03.2026',
  valueDate: '09.03.2026',
  time: '12:34',
  isin: 'US0378331005',
  wkn: '865985',
  symbol: 'AAPL',
  name: 'Apple Inc.',
  quantity: '10',
  price: '100,00',
  gross: '1.000,00',
  amount: '1.001,00',
  fee: '1,00',
  tax: '0,00',
  balance: '2.001,00',
  rate: '1,1000',
  currency: 'EUR',
  reference: '12345678',
  kind: 'Kauf',
  account: '20123456789',
  skip: 'x',
}

/** A line that a profile's pattern fits. */
const lineOf = (pattern: string): string =>
  pattern
    .replaceAll(/\{([A-Za-z]*)(?:\.\.\.)?\??\}/g, (_, field: string) => FIELD_VALUES[field] ?? 'und so weiter')
    .split(' ')
    .map((word) => word.split('|')[0])
    .join(' ')

interface PrintedProfile {
  readonly fingerprints: readonly string[]
  readonly context?: readonly string[]
  readonly settlements?: readonly { readonly starts: string }[]
  readonly rows?: readonly { readonly line: string }[]
}

function documentSample(
  { fingerprints, context = [], settlements = [], rows = [] }: PrintedProfile,
  at: number,
): Sample {
  const own = [...context, ...settlements.map(({ starts }) => starts), ...rows.map(({ line }) => line)].map(lineOf)
  const settlement = languages[at % languages.length]?.text ?? ''
  return textSample('document.txt', [fingerprints[0], settlement, ...own, fingerprints[0]].join('\n'))
}

/** Samples by the profiles of Chinese statements, of bookkeeping programs and of institutions' printed documents. */
export function profileSamples(): readonly Sample[] {
  const tables = [...budgetApps.programs, ...chineseApps.programs].flatMap((app): readonly AppTable[] => app.tables)
  const printed: readonly PrintedProfile[] = brokerDocuments.institutions
  return [
    ...rules.profiles.map((profile) => chineseSample(profile, 0)),
    ...tables.map(appSample),
    ...printed.map(documentSample),
  ]
}
