import { addMonths, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { WHOLE_SHARE } from '../../../shared/model/person.ts'
import type { SampleHousehold } from './sample-accounts.ts'
import type { SampleWriter } from './sample-writer.ts'

export const samplePeople = {
  mother: '示例妈妈 Sample mother',
  father: '示例爸爸 Sample father',
  child: '示例孩子 Sample child',
} as const

/** Two adults and a child: some things are one person's, some shared, some the whole household's. */
export function peopleOf(writer: SampleWriter, home: SampleHousehold, today: IsoDate): void {
  const person = (
    name: string,
    shortName: string,
    colour: 'teal' | 'amber' | 'blue',
    role: 'adult' | 'child',
    age: number,
  ) => writer.person({ name, shortName, colour, role, bornOn: addMonths(today, -12 * age - 5) })
  const mother = person(samplePeople.mother, '妈妈 Mum', 'teal', 'adult', 39)
  const father = person(samplePeople.father, '爸爸 Dad', 'amber', 'adult', 41)
  const child = person(samplePeople.child, '孩子 Child', 'blue', 'child', 9)
  const half = WHOLE_SHARE / 2
  for (const account of [home.payroll, home.fund, home.provident, home.card, home.policy]) {
    writer.owners(account, [[mother, WHOLE_SHARE]])
  }
  const [mortgage, carLoan] = home.loans
  for (const account of [home.wallet, home.euro, home.brokerUsd, home.secondCard, home.vehicle, carLoan?.account]) {
    if (account !== undefined) writer.owners(account, [[father, WHOLE_SHARE]])
  }
  for (const account of [home.savings, home.home, mortgage?.account]) {
    if (account === undefined) continue
    writer.owners(account, [
      [mother, half],
      [father, half],
    ])
  }
  writer.owners(home.broker, [
    [mother, 6_000],
    [father, 4_000],
  ])
  writer.owners(home.pocket, [[child, WHOLE_SHARE]])
}
