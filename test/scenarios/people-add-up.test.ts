import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { RandomLife, type Step } from '../support/random-life.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'

/**
 * What everyone sees is the household's: every figure of a random life, in several currencies, is asked for each person
 * through the channels of the window, added up, and compared with what the household is told. Not one minor unit may
 * be missing or too many, whatever rates and thirds there are.
 */
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ action: fc.nat(200), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) }),
  { minLength: 30, maxLength: 80 },
)

/** For each account in turn: who of the three, and how much of 10,000. */
const owning = fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 4_999 }), fc.integer({ min: 1, max: 4_999 })), {
  minLength: 5,
  maxLength: 5,
})

type Figures = ReadonlyMap<string, number>

/** Every amount of the answers that a person's view shares, by where it stands. */
async function figuresOf(life: RandomLife, person: number | null): Promise<Figures> {
  const figures = new Map<string, number>()
  const put = (key: string, minor: number | null | undefined): void => {
    if (typeof minor === 'number') figures.set(key, (figures.get(key) ?? 0) + minor)
  }
  const overview = await life.ask('overview.get', { range: 'all', person })
  for (const [name, worth] of Object.entries({ now: overview.netWorth, before: overview.before })) {
    put(`${name} net`, worth.netMinor)
    put(`${name} assets`, worth.assetsMinor)
    put(`${name} liabilities`, worth.liabilitiesMinor)
  }
  for (const point of overview.history) {
    put(`history ${point.on}`, point.netMinor)
    put(`history assets ${point.on}`, point.assetsMinor)
    put(`history liabilities ${point.on}`, point.liabilitiesMinor)
  }
  for (const row of overview.classes) put(`class ${row.class} ${row.side}`, row.minor)
  for (const account of await life.ask('account.list', { person })) {
    put(`account ${account.id}`, (account.part ?? account).balance.minor)
    put(`account ${account.id} in base`, (account.part ?? account).baseBalance?.minor)
  }
  const worthThen = await life.ask('netWorth.on', { on: parseIsoDate('2026-01-31'), person })
  put('net worth on a day', worthThen.netMinor)
  const wealth = await life.ask('wealth.get', { person })
  put('wealth', wealth.total.minor)
  for (const { key, minor } of wealth.byClass) put(`wealth by class ${key}`, minor)
  for (const { key, minor } of wealth.byCurrency) put(`wealth by currency ${key}`, minor)
  for (const holding of wealth.holdings) {
    const key = `holding ${holding.accountId} ${holding.security.id}`
    put(key, holding.value?.minor)
    put(`${key} in base`, holding.baseValue?.minor)
    put(`${key} cost`, holding.cost?.minor)
    put(`${key} gain`, holding.gain?.minor)
  }
  const credit = await life.ask('credit.get', { person })
  put('owed on cards', credit.cardsOwedMinor)
  put('owed on loans', credit.loansOwedMinor)
  put('owed', credit.owedMinor)
  for (const { accountId, owed, limit } of credit.cards) {
    put(`card ${accountId}`, owed.minor)
    put(`card ${accountId} limit`, limit?.minor)
  }
  for (const { accountId, owed } of credit.loans) put(`loan ${accountId}`, owed.minor)
  const home = await life.ask('life.get', { person })
  put('homes and vehicles', home.totalMinor)
  for (const thing of [...home.homes, ...home.vehicles]) put(`thing ${thing.accountId}`, thing.value?.minor)
  const fund = await life.ask('check.emergencyFund', { person })
  put('money at hand', fund.cashMinor)
  put('money within days', fund.daysMinor)
  for (const { accountId, amount } of fund.accounts) put(`fund ${accountId}`, amount.minor)
  const insured = await life.ask('check.depositInsurance', { person })
  put('deposits', insured.depositsMinor)
  put('deposits not covered', insured.uncoveredMinor)
  for (const { accountId, amount } of [...insured.unknown, ...insured.notInsured, ...insured.securities]) {
    put(`not insured ${accountId}`, amount.minor)
  }
  const idle = await life.ask('check.idleCash', { person })
  put('idle', idle.idleMinor)
  put('idle difference', idle.differenceMinor)
  return figures
}

const withoutNothing = (figures: Figures): [string, number][] =>
  [...figures].filter(([, minor]) => minor !== 0).sort(([left], [right]) => (left < right ? -1 : 1))

describe('the people of a random household', () => {
  it('together see exactly what the household sees, and each account shares its net worth alike on every screen', async () => {
    await fc.assert(
      fc.asyncProperty(steps, owning, async (list, shares) => {
        const temporary = await createTemporaryVault()
        try {
          seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
          const life = new RandomLife(temporary.vault)
          // three rates and three people, so that sharing in thirds and conversion meet
          const rates = [
            ['USD', '7.1133'],
            ['JPY', '0.0471'],
            ['EUR', '8.2719'],
            ['KWD', '23.1'],
          ] as const
          for (const [base, rate] of rates) {
            await life.ask('fx.set', { base, quote: 'CNY', on: '2025-11-20', rate })
          }
          for (const name of ['Anna', 'Bert', 'Cleo']) await life.ask('person.create', { name })
          for (const step of list) await life.perform(step)
          const people = (await life.ask('person.list', {})).map(({ id }) => id)
          for (const [index, { id }] of (await life.ask('account.list', {})).entries()) {
            const [choice, one, two] = shares[index % shares.length] ?? [0, 1, 1]
            const parts =
              choice < 2
                ? []
                : choice === 2
                  ? [10_000]
                  : choice === 3
                    ? [10_000 - one, one]
                    : [one, two, 10_000 - one - two]
            if (parts.length > people.length) continue
            const owners = parts.map((share, at) => ({ personId: people[at] ?? 0, share }))
            await life.ask('person.setOwners', { accountIds: [id], owners })
          }
          const household = await figuresOf(life, null)
          const persons = await life.ask('person.list', {})
          const added = new Map<string, number>()
          for (const { id } of persons) {
            const theirs = await figuresOf(life, id)
            for (const [key, minor] of theirs) added.set(key, (added.get(key) ?? 0) + minor)
            // the accounts that count, as their list tells them, come to the person's net worth
            const accounts = await life.ask('account.list', { person: id })
            const counted = accounts.filter(({ inNetWorth, part }) => inNetWorth && part?.baseBalance != null)
            const sum = counted.reduce((total, { part }) => total + (part?.baseBalance?.minor ?? 0), 0)
            expect(theirs.get('now net')).toBe(sum)
          }
          expect(withoutNothing(added)).toEqual(persons.length === 0 ? [] : withoutNothing(household))
        } finally {
          await temporary.close()
        }
      }),
      { numRuns: 25, endOnFailure: true },
    )
  }, 300_000)
})
