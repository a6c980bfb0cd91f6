import { addDays, type IsoDate, partsOfDate, startOfMonth } from '../../../shared/domain/iso-date.ts'
import type { SampleRandom } from './random.ts'
import type { SampleHousehold } from './sample-accounts.ts'
import type { SampleWriter } from './sample-writer.ts'

/** What a month brings and costs in the sample household. */

type Shop = readonly [payee: string, category: string, low: number, high: number]

export const day = (month: IsoDate, number: number): IsoDate => addDays(month, number - 1)

export function income(writer: SampleWriter, home: SampleHousehold, month: IsoDate, index: number): void {
  const raise = index >= 9 ? 60_000 : 0
  const { payroll, provident, savings, fund, euro } = home
  writer.line(payroll, {
    on: day(month, 10),
    minor: 1_865_000 + raise,
    payee: '示例科技公司 Sample Tech Co.',
    category: 'wages',
    kind: 'deposit',
  })
  writer.line(payroll, {
    on: day(month, 15),
    minor: 1_290_000,
    payee: '示例学校 Sample School',
    category: 'wages',
    kind: 'deposit',
  })
  if (partsOfDate(month).month === 1) {
    writer.line(payroll, {
      on: day(month, 20),
      minor: 5_200_000,
      payee: '示例科技公司 Sample Tech Co.',
      category: 'bonus',
      kind: 'deposit',
    })
  }
  writer.line(provident, {
    on: day(month, 12),
    minor: 416_000,
    payee: '示例公积金中心 Sample Provident Centre',
    category: 'provident-fund-income',
    kind: 'deposit',
  })
  writer.line(fund, {
    on: day(month, 28),
    minor: 5_230 + index * 40,
    payee: '示例货币基金收益 Sample fund income',
    category: 'interest',
    kind: 'interest',
  })
  if (index % 3 === 2) {
    writer.line(savings, {
      on: day(month, 21),
      minor: 4_860,
      payee: '示例银行结息 Sample interest',
      category: 'interest',
      kind: 'interest',
    })
    writer.line(euro, {
      on: day(month, 27),
      minor: 1_050,
      payee: '示例银行结息 Sample interest',
      category: 'interest',
      kind: 'interest',
    })
  }
  writer.transfer(payroll, savings, {
    on: day(month, 11),
    minor: 400_000,
    payee: '示例自动储蓄 Sample standing order',
    category: 'own-transfer',
  })
  writer.transfer(payroll, home.broker, {
    on: day(month, 16),
    minor: 350_000,
    payee: '示例银证转账 Sample transfer to broker',
    category: 'investment-transfer',
  })
  writer.transfer(payroll, home.wallet, {
    on: day(month, 2),
    minor: 260_000,
    payee: '示例零钱充值 Sample top-up',
    category: 'own-transfer',
  })
  if (index % 2 === 0) {
    writer.transfer(payroll, home.cash, {
      on: day(month, 6),
      minor: 60_000,
      payee: '示例取现 Sample cash withdrawal',
      category: 'cash-withdrawal',
    })
  }
}

export function housing(writer: SampleWriter, home: SampleHousehold, month: IsoDate, index: number): void {
  for (const { account, schedule, payee } of home.loans) {
    const due = schedule.instalments.find(({ dueOn }) => startOfMonth(dueOn) === month)
    if (due === undefined) continue
    const memo = `第 ${due.number} 期 instalment ${due.number}`
    writer.line(home.payroll, {
      on: due.dueOn,
      minor: -due.interestMinor,
      payee,
      memo,
      category: 'loan-interest',
      kind: 'interest',
    })
    writer.transfer(home.payroll, account, {
      on: due.dueOn,
      minor: due.principalMinor,
      payee,
      memo,
      category: 'loan-repayment',
    })
  }
  const season = [4, 3, 1, 0, 1, 2, 5, 5, 2, 0, 1, 3][partsOfDate(month).month - 1] ?? 0
  writer.line(home.payroll, {
    on: day(month, 18),
    minor: -(14_800 + season * 5_300),
    payee: '示例电力 Sample Electricity',
    category: 'electricity',
  })
  writer.line(home.payroll, {
    on: day(month, 19),
    minor: -(6_200 + (index % 3) * 700),
    payee: '示例自来水 Sample Water',
    category: 'water',
  })
  writer.line(home.payroll, {
    on: day(month, 22),
    minor: -(8_900 + season * 1_200),
    payee: '示例燃气 Sample Gas',
    category: 'gas-heating',
  })
  writer.line(home.card, {
    on: day(month, 3),
    minor: -19_900,
    payee: '示例通信 Sample Telecom',
    category: 'internet-phone',
  })
  if (index % 3 === 0) {
    writer.line(home.payroll, {
      on: day(month, 8),
      minor: -89_500,
      payee: '示例物业 Sample Property Management',
      category: 'property-fee',
    })
  }
}

const shops: readonly [Shop, ...Shop[]] = [
  ['示例超市 Sample Supermarket', 'groceries', 6_500, 32_000],
  ['示例菜场 Sample Market', 'groceries', 2_800, 9_600],
  ['示例百货 Sample Department Store', 'daily-goods', 4_000, 26_000],
  ['示例服饰 Sample Clothing', 'clothing', 9_900, 68_000],
  ['示例数码 Sample Electronics', 'electronics', 8_000, 120_000],
  ['示例加油站 Sample Petrol', 'fuel-charging', 18_000, 38_000],
  ['示例停车 Sample Parking', 'parking-tolls', 500, 4_500],
]
const small: readonly [Shop, ...Shop[]] = [
  ['示例面馆 Sample Noodles', 'restaurants', 1_800, 6_800],
  ['示例外卖 Sample Delivery', 'delivery', 2_200, 8_900],
  ['示例咖啡 Sample Coffee', 'coffee', 1_600, 3_800],
  ['示例水果 Sample Fruit', 'snacks', 1_200, 7_600],
  ['示例地铁 Sample Metro', 'public-transport', 300, 900],
  ['示例打车 Sample Ride', 'taxi', 1_400, 6_200],
]

/** Daily spending on the card, the wallet and in cash. Answers what the card's next repayment is, a magnitude. */
export function everyday(
  writer: SampleWriter,
  home: SampleHousehold,
  random: SampleRandom,
  month: IsoDate,
  owed: number,
): number {
  let onCard = 19_900
  for (let count = 0; count < 14; count += 1) {
    const [payee, category, low, high] = random.pick(shops)
    const minor = random.between(low, high)
    onCard += minor
    const id = writer.line(home.card, { on: day(month, random.between(1, 28)), minor: -minor, payee, category })
    if (count === 5 && minor > 10_000) {
      const part = Math.floor(minor / 3)
      writer.splits(id, [
        { minor: -(minor - part), category, memo: '示例 sample' },
        { minor: -part, category: 'children-goods', memo: '示例 sample' },
      ])
    }
  }
  for (let count = 0; count < 22; count += 1) {
    const [payee, category, low, high] = random.pick(small)
    writer.line(home.wallet, {
      on: day(month, random.between(1, 28)),
      minor: -random.between(low, high),
      payee,
      category,
    })
  }
  writer.line(home.secondCard, {
    on: day(month, 9),
    minor: -2_500,
    payee: '示例影音 Sample Streaming',
    category: 'subscriptions',
  })
  writer.line(home.secondCard, {
    on: day(month, 14),
    minor: -68_000,
    payee: '示例画室 Sample Art School',
    category: 'children-activities',
  })
  writer.line(home.cash, {
    on: day(month, random.between(10, 25)),
    minor: -random.between(8_000, 22_000),
    payee: '示例早市 Sample Morning Market',
    category: 'groceries',
  })
  if (owed === 0) {
    writer.transfer(home.payroll, home.card, {
      on: day(month, 26),
      minor: 356_720,
      payee: '示例信用卡还款 Sample card payment',
      category: 'card-repayment',
    })
    writer.transfer(home.payroll, home.secondCard, {
      on: day(month, 7),
      minor: 48_900,
      payee: '示例信用卡还款 Sample card payment',
      category: 'card-repayment',
    })
  } else {
    writer.transfer(home.payroll, home.card, {
      on: day(month, 26),
      minor: owed,
      payee: '示例信用卡还款 Sample card payment',
      category: 'card-repayment',
    })
    writer.transfer(home.payroll, home.secondCard, {
      on: day(month, 7),
      minor: 70_500,
      payee: '示例信用卡还款 Sample card payment',
      category: 'card-repayment',
    })
  }
  return onCard
}

export function holiday(writer: SampleWriter, home: SampleHousehold, month: IsoDate): number[] {
  const { card, euro } = home
  return [
    writer.line(card, {
      on: day(month, 5),
      minor: -986_000,
      payee: '示例航空 Sample Airline',
      category: 'flights-trains',
    }),
    writer.line(euro, { on: day(month, 18), minor: -64_000, payee: '示例旅馆 Sample Hotel', category: 'lodging' }),
    writer.line(euro, {
      on: day(month, 20),
      minor: -8_450,
      payee: '示例博物馆 Sample Museum',
      category: 'travel-activities',
    }),
    writer.line(euro, {
      on: day(month, 21),
      minor: -12_700,
      payee: '示例餐厅 Sample Restaurant',
      category: 'restaurants',
    }),
  ]
}
