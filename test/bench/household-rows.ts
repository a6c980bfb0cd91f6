import {
  addDays,
  addMonths,
  daysBetween,
  type IsoDate,
  parseIsoDate,
  partsOfDate,
} from '../../shared/domain/iso-date.ts'
import { sequence } from './sample-data.ts'

/** A made-up household of fifteen years, the same in every run: what its rows say, in the order of their days. */

export const FIRST_DAY = parseIsoDate('2011-12-01')
export const LAST_DAY = parseIsoDate('2026-11-25')
/** Of 123 accounts, those that see most of the lines. */
export const BUSY_ACCOUNTS = 20
export const ACCOUNTS = 123

export interface HouseholdLine {
  readonly accountId: number
  readonly on: IsoDate
  readonly minor: number
  readonly kind: string
  readonly payee: string
  readonly memo: string
  readonly category: string | null
  /** The account at the other end, for one line in fifty. */
  readonly transferTo: number | null
}

interface Series {
  readonly payee: string
  readonly category: string
  readonly minor: number
  readonly day: number
  readonly months: number
  readonly accountId: number
  /** Per cent that the price rises each year. */
  readonly rise: number
}

const fixed: readonly (readonly [payee: string, category: string, minor: number, months: number, rise: number])[] = [
  ['示例科技公司 工资', 'wages', 1_865_000, 1, 4],
  ['示例学校 工资', 'wages', 1_290_000, 1, 3],
  ['房东 王女士', 'rent', -520_000, 1, 3],
  ['国家电网', 'electricity', -23_000, 1, 1],
  ['自来水公司', 'water', -6_800, 2, 1],
  ['燃气集团', 'gas-heating', -9_900, 1, 1],
  ['中国移动', 'internet-phone', -12_800, 1, 0],
  ['物业服务中心', 'property-fee', -88_000, 3, 2],
  ['Netflix', 'subscriptions', -3_300, 1, 6],
  ['Spotify', 'subscriptions', -1_500, 1, 5],
  ['iCloud+', 'subscriptions', -600, 1, 2],
  ['腾讯视频会员', 'subscriptions', -2_500, 1, 7],
  ['健身房月卡', 'fitness', -29_900, 1, 4],
  ['人寿保险 保费', 'health-insurance', -620_000, 12, 0],
  ['车险', 'vehicle-insurance', -410_000, 12, 1],
  ['Cloud Storage GmbH', 'subscriptions', -999, 1, 3],
]

const brands = [
  ['星巴克', 'coffee'],
  ['瑞幸咖啡', 'coffee'],
  ['盒马鲜生', 'groceries'],
  ['永辉超市', 'groceries'],
  ['全家便利店', 'snacks'],
  ['海底捞火锅', 'restaurants'],
  ['美团外卖', 'delivery'],
  ['滴滴出行', 'taxi'],
  ['中国石化', 'fuel-charging'],
  ['地铁', 'public-transport'],
  ['京东商城', 'electronics'],
  ['淘宝', 'daily-goods'],
  ['优衣库', 'clothing'],
  ['新华书店', 'books'],
  ['同仁堂', 'medicine'],
  ['Supermarket', 'groceries'],
  ['Café Zürich', 'coffee'],
  ['Bäckerei Müller', 'groceries'],
  ['Amazon', 'daily-goods'],
  ['Deutsche Bahn', 'public-transport'],
  ['Shell', 'fuel-charging'],
  ['Apotheke', 'medicine'],
  ['Cinema Lumière', 'entertainment'],
  ['Bookshop', 'books'],
] as const
const places = [
  '上海南京路店',
  '北京国贸店',
  '深圳湾店',
  '杭州西湖店',
  '成都春熙路店',
  'Berlin',
  'München',
  'London',
  'Paris',
  '',
]

/** The lines that come every month or year, as far as they fall into the month. */
function seriesLines(series: readonly Series[], month: IsoDate, index: number): HouseholdLine[] {
  return series.flatMap((one): HouseholdLine[] => {
    if (index % one.months !== 0) return []
    const years = Math.floor(index / 12)
    const on = addDays(month, one.day - 1)
    if (on > LAST_DAY) return []
    const minor = Math.round(one.minor * (1 + (one.rise * years) / 100))
    return [
      {
        accountId: one.accountId,
        on,
        minor,
        kind: 'payment',
        payee: one.payee,
        memo: '',
        category: one.category,
        transferTo: null,
      },
    ]
  })
}

/** About so many lines, by rising day. */
export function* householdLines(count: number): Generator<HouseholdLine> {
  const next = sequence(4_711)
  const pick = (below: number): number => Math.floor(next() * below)
  const series = fixed.map(([payee, category, minor, months, rise], index): Series => ({
    payee,
    category,
    minor,
    months,
    rise,
    day: 1 + ((index * 5) % 27),
    accountId: 1 + (index % 4),
  }))
  const shops = Math.max(200, Math.min(20_000, Math.floor(count / 20)))
  const days = daysBetween(FIRST_DAY, LAST_DAY) + 1
  const perDay = count / days
  let due = 0
  let made = 0
  for (let month = FIRST_DAY, index = 0; month <= LAST_DAY; month = addMonths(month, 1), index += 1) {
    const regular = seriesLines(series, month, index).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    const length = daysBetween(month, addMonths(month, 1))
    for (let day = 0; day < length; day += 1) {
      const on = addDays(month, day)
      if (on > LAST_DAY) break
      for (const line of regular) {
        if (line.on !== on) continue
        made += 1
        yield line
      }
      due += perDay
      while (made < due) {
        made += 1
        // few shops are visited often, many once or twice
        const shop = Math.floor(shops * next() ** 3)
        const [brand, category] = brands[shop % brands.length] ?? ['Shop', 'groceries']
        const place = places[(shop >> 3) % places.length] ?? ''
        const accountId = next() < 0.9 ? 1 + pick(BUSY_ACCOUNTS) : 1 + pick(ACCOUNTS)
        const seasonal = partsOfDate(on).month === 12 ? 1.4 : 1
        const cents = Math.round((300 + next() ** 4 * 60_000) * seasonal)
        const transfer = next() < 0.02
        const other = 1 + ((accountId + pick(BUSY_ACCOUNTS - 1)) % BUSY_ACCOUNTS)
        yield {
          accountId,
          on,
          minor: next() < 0.03 ? cents : -cents,
          kind: transfer ? 'transfer' : 'payment',
          payee: transfer ? '转账 Transfer' : `${brand}${place === '' ? '' : ` ${place}`} ${shop}`,
          memo: next() < 0.5 ? `Card payment, terminal ${pick(900)}, ref ${made}` : `消费 ${pick(3_000)}`,
          category: transfer ? 'own-transfer' : next() < 0.05 ? null : category,
          transferTo: transfer && other !== accountId ? other : null,
        }
      }
    }
  }
}
