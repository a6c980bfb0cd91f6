import { decimalOf, multiplyDecimal } from '../../../shared/domain/decimal.ts'
import { addDays, addMonths, type IsoDate, partsOfDate, startOfMonth } from '../../../shared/domain/iso-date.ts'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { minorFromDecimal } from '../../../shared/domain/money.ts'
import type { Clock } from '../ports.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { budgetsOf } from './sample-budgets.ts'
import { peopleOf, samplePeople } from './sample-people.ts'
import { SampleRandom } from './random.ts'
import { openAccounts, type SampleHousehold } from './sample-accounts.ts'
import { day, everyday, holiday, housing, income } from './sample-months.ts'
import { SampleWriter } from './sample-writer.ts'

const MONTHS = 18
const SEED = 20_261_123

/**
 * Fills a vault (already seeded with the default categories) with a sample family household: eighteen months of
 * everyday life in a large Chinese city, invented and the same for the same day. Every name says that it is a sample.
 */
export function seedDemo(vault: WritableVault, clock: Clock): void {
  vault.driver.transaction(() => fill(vault, clock)).immediate()
}

function fill(vault: WritableVault, clock: Clock): void {
  const today = clock.today()
  const first = addMonths(startOfMonth(today), -MONTHS)
  const start = addDays(first, -1)
  const writer = new SampleWriter(vault, { start, today, now: clock.now() })
  const random = new SampleRandom(SEED)
  const months = Array.from({ length: MONTHS + 1 }, (_, index) => addMonths(first, index))
  const household = openAccounts(writer, first, today)
  peopleOf(writer, household, today)
  seedRates(writer, start, today)
  const trip: number[] = []
  let spent = 0
  for (const [index, month] of months.entries()) {
    income(writer, household, month, index)
    housing(writer, household, month, index)
    spent = everyday(writer, household, random, month, spent)
    if (partsOfDate(month).month === 7) trip.push(...holiday(writer, household, month))
  }
  writer.tag('示例旅行 Sample trip', trip)
  investments(writer, household, random, months)
  things(writer, household, first, today)
  budgetsOf(writer, addMonths(today, -3))
}

interface Bought {
  readonly id: number
  readonly account: number
  readonly currency: string
  /** Shares bought each quarter. */
  readonly quantity: number
  cents: number
}

/** Shares bought every quarter at prices that wander by the seeded numbers. */
function investments(
  writer: SampleWriter,
  home: SampleHousehold,
  random: SampleRandom,
  months: readonly IsoDate[],
): void {
  const held: Bought[] = [
    {
      id: writer.security('示例沪深指数基金 Sample China index fund', 'SMPL1', 'etf', 'CNY'),
      account: home.broker,
      currency: 'CNY',
      quantity: 1_500,
      cents: 412,
    },
    {
      id: writer.security('示例国债基金 Sample bond fund', 'SMPL2', 'bond', 'CNY'),
      account: home.broker,
      currency: 'CNY',
      quantity: 20,
      cents: 10_160,
    },
    {
      id: writer.security('示例银行股票 Sample bank shares', 'SMPL3', 'equity', 'CNY'),
      account: home.broker,
      currency: 'CNY',
      quantity: 100,
      cents: 3_480,
    },
    {
      id: writer.security('示例全球股票基金 Sample world fund', 'SMPL4', 'etf', 'USD'),
      account: home.brokerUsd,
      currency: 'USD',
      quantity: 8,
      cents: 11_650,
    },
  ]
  for (const [index, month] of months.entries()) {
    for (const security of held) {
      // drifts upward a little, in steps of a tenth of a per cent
      security.cents += Math.round((security.cents * random.between(-38, 50)) / 1000)
      const price = decimalOf(security.cents, 2)
      writer.price(security.id, day(month, 1), price, security.currency)
      if (index % 3 !== 1) continue
      const quantity = decimalOf(security.quantity)
      const cost = minorFromDecimal(multiplyDecimal(quantity, price), parseCurrencyCode(security.currency)).minor
      writer.trade(security.account, {
        on: day(month, 17),
        minor: -(cost + 500),
        payee: '示例买入 Sample purchase',
        kind: 'buy',
        securityId: security.id,
        quantity,
        price,
        feeMinor: 500,
      })
    }
    if (index % 6 === 5) {
      writer.line(home.broker, {
        on: day(month, 24),
        minor: 23_600,
        payee: '示例股息 Sample dividend',
        category: 'dividends',
        kind: 'dividend',
      })
    }
  }
}

/** Weekly rates, invented and marked as a sample: about 7.8 yuan and 1.1 dollars to the euro. */
function seedRates(writer: SampleWriter, start: IsoDate, today: IsoDate): void {
  const random = new SampleRandom(SEED + 1)
  let yuan = 78_400
  let dollar = 11_050
  for (let on = start; on <= today; on = addDays(on, 7)) {
    yuan += random.between(-420, 430)
    dollar += random.between(-75, 76)
    writer.rate('EUR', 'CNY', on, decimalOf(yuan, 4))
    writer.rate('EUR', 'USD', on, decimalOf(dollar, 4))
  }
}

function things(writer: SampleWriter, home: SampleHousehold, first: IsoDate, today: IsoDate): void {
  const note = '示例估值 sample value'
  writer.value(home.home, first, 398_000_000, note)
  writer.value(home.home, addMonths(first, 9), 391_000_000, note)
  writer.value(home.home, addMonths(today, -1), 394_000_000, note)
  writer.value(home.vehicle, addMonths(first, 7), 15_600_000, note)
  writer.value(home.vehicle, addMonths(today, -2), 13_900_000, note)
  writer.value(home.policy, first, 4_200_000, note)
  writer.value(home.policy, addMonths(first, 12), 5_100_000, note)
  const { mother, father, child } = samplePeople
  writer.document({
    kind: 'identity-card',
    name: '示例身份证 Sample identity card',
    holder: mother,
    expiresOn: addMonths(today, 52),
  })
  writer.document({ kind: 'passport', name: '示例护照 Sample passport', holder: child, expiresOn: addDays(today, 121) })
  writer.document({
    kind: 'driving-licence',
    name: '示例驾驶证 Sample driving licence',
    holder: father,
    expiresOn: addDays(today, 63),
  })
  writer.document({
    kind: 'property-certificate',
    name: '示例不动产权证 Sample title deed',
    holder: mother,
    expiresOn: null,
    accountId: home.home,
  })
  writer.document({
    kind: 'vehicle-licence',
    name: '示例行驶证 Sample vehicle licence',
    holder: father,
    expiresOn: null,
    accountId: home.vehicle,
  })
  writer.document({
    kind: 'insurance-policy',
    name: '示例寿险保单 Sample life policy',
    holder: mother,
    expiresOn: addMonths(today, 200),
    accountId: home.policy,
  })
  writer.document({
    kind: 'warranty',
    name: '示例家电保修 Sample appliance warranty',
    holder: mother,
    expiresOn: addDays(today, 17),
  })
}
