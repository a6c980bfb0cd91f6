import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { exponentOf, parseCurrencyCode } from '../../shared/domain/currency.ts'
import { addDays, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { accountKindOf } from '../../shared/model/account-kinds.ts'
import type { NetWorth } from '../../shared/model/figures.ts'
import { RandomLife, type Step } from '../support/random-life.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'

/**
 * Figures against a plain recomputation from the rows, written apart from the code under test: whole numbers and
 * fractions only, no maintained sums, no seeks.
 */

interface Fraction {
  readonly over: bigint
  readonly under: bigint
}
interface Way extends Fraction {
  readonly on: string
  readonly manual: boolean
  readonly legs: number
}
interface Rate {
  readonly base: string
  readonly quote: string
  readonly as_of: string
  readonly rate: string
  readonly source: string
}
interface Row {
  readonly id: number
  readonly kind: string
  readonly currency: string
  readonly opening_minor: number
  readonly opening_on: string | null
  readonly in_net_worth: number
  readonly terms: string
}

const fraction = (text: string): Fraction => {
  const [whole = '0', part = ''] = text.split('.')
  return { over: BigInt(whole + part), under: 10n ** BigInt(part.length) }
}
/** Half to even. */
const rounded = ({ over, under }: Fraction): bigint => {
  const floor = over >= 0n ? over / under : -((-over + under - 1n) / under)
  const twice = (over - floor * under) * 2n
  return twice > under || (twice === under && floor % 2n !== 0n) ? floor + 1n : floor
}

class Oracle {
  readonly #vault: WritableVault
  readonly accounts: readonly Row[]
  readonly #rates: readonly Rate[]
  readonly base: string

  constructor(vault: WritableVault) {
    this.#vault = vault
    this.accounts = this.#all<Row>('select * from accounts')
    this.#rates = this.#all<Rate>('select * from fx_rates')
    const [setting] = this.#all<{ value: string }>(`select value from settings where key = 'baseCurrency'`)
    this.base = JSON.parse(setting?.value ?? '""') as string
  }

  #all<T>(sql: string, ...parameters: readonly (string | number)[]): T[] {
    return this.#vault.driver.prepare(sql).all(...parameters) as T[]
  }

  account(id: number): Row {
    const row = this.accounts.find((account) => account.id === id)
    if (row === undefined) throw new Error('an account that is not there')
    return row
  }

  #leg(from: string, to: string, on: string): Way | null {
    const known = this.#rates.filter((rate) => rate.as_of <= on)
    const newest = (base: string, quote: string) =>
      known
        .filter((rate) => rate.base === base && rate.quote === quote)
        .sort((left, right) => (left.as_of < right.as_of ? 1 : -1))[0]
    const [direct, inverse] = [newest(from, to), newest(to, from)]
    const facts = (rate: Rate) => ({ on: rate.as_of, manual: rate.source === 'manual', legs: 1 })
    const ways: Way[] = []
    if (direct !== undefined) ways.push({ ...fraction(direct.rate), ...facts(direct) })
    if (inverse !== undefined) {
      const { over, under } = fraction(inverse.rate)
      ways.push({ over: under, under: over, ...facts(inverse) })
    }
    return best(ways)
  }

  #short(from: string, to: string, on: string): Way | null {
    const ways: (Way | null)[] = [this.#leg(from, to, on)]
    for (const pivot of ['EUR', 'CNY', 'JPY', 'KWD', 'USD']) {
      if (pivot !== from && pivot !== to) ways.push(joined(this.#leg(from, pivot, on), this.#leg(pivot, to, on)))
    }
    return best(ways.filter((way) => way !== null))
  }

  #way(from: string, to: string, on: string): Way | null {
    const near = this.#short(from, to, on)
    if (near !== null || from === 'EUR' || to === 'EUR') return near
    return joined(this.#short(from, 'EUR', on), this.#short('EUR', to, on))
  }

  /** Null where there is no rate. */
  convert(minor: bigint, from: string, to: string, on: string): bigint | null {
    if (from === to) return minor
    const way = this.#way(from, to, on)
    if (way === null) return null
    const scale = (currency: string): bigint => 10n ** BigInt(exponentOf(parseCurrencyCode(currency)))
    return rounded({ over: minor * way.over * scale(to), under: way.under * scale(from) })
  }

  /** What the account holds at the end of the day, in its own currency. */
  holds(account: Row, on: string): bigint {
    if (accountKindOf(account.kind).valuedBy === 'valuation') {
      const terms = JSON.parse(account.terms) as Record<'home' | 'vehicle', Record<string, unknown> | undefined>
      const bought = terms.home?.['purchasedOn'] ?? terms.vehicle?.['registeredOn']
      const paid = terms.home?.['purchaseMinor'] ?? terms.vehicle?.['purchaseMinor']
      const values = this.#all<{ on: string; minor: number }>(
        'select as_of as "on", value_minor as minor from valuations where account_id = ?',
        account.id,
      )
      const known = [
        ...(typeof bought === 'string' && typeof paid === 'number' ? [{ on: bought, minor: paid }] : []),
        ...values,
      ].filter((value) => value.on <= on)
      const last = known.reduce<{ on: string; minor: number } | null>(
        (newest, value) => (newest === null || value.on >= newest.on ? value : newest),
        null,
      )
      if (last !== null) return BigInt(last.minor)
    }
    const rows = this.#all<{ on: string; minor: number }>(
      'select booked_on as "on", amount_minor as minor from transactions where account_id = ?',
      account.id,
    )
    const days = rows.map((row) => row.on)
    const since = account.opening_on === null ? '' : [account.opening_on, ...days].sort()[0]
    if (on < (since ?? '')) return 0n
    return rows.reduce((sum, row) => (row.on <= on ? sum + BigInt(row.minor) : sum), BigInt(account.opening_minor))
  }
}

function best(ways: readonly Way[]): Way | null {
  const [first, ...others] = ways
  if (first === undefined) return null
  return others.reduce((left, right) => {
    if (left.on !== right.on) return left.on > right.on ? left : right
    if (left.manual !== right.manual) return left.manual ? left : right
    return right.legs < left.legs ? right : left
  }, first)
}
function joined(left: Way | null, right: Way | null): Way | null {
  if (left === null || right === null) return null
  return {
    over: left.over * right.over,
    under: left.under * right.under,
    on: left.on < right.on ? left.on : right.on,
    manual: left.manual || right.manual,
    legs: left.legs + right.legs,
  }
}

// by number in `RandomLife`: all that moves a figure but securities, whose values have vectors of their own
const actions = [
  0, 0, 0, 1, 1, 2, 3, 5, 7, 7, 7, 7, 7, 7, 8, 8, 9, 9, 12, 13, 14, 22, 22, 22, 23, 24, 25, 25, 25, 25, 25, 26, 27, 34,
  34, 36, 37, 38,
]
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    action: fc.constantFrom(...actions),
    a: fc.nat(999),
    b: fc.nat(999),
    c: fc.nat(999),
  }),
  { minLength: 30, maxLength: 80, size: 'max' },
)
const today = parseIsoDate('2026-06-15')
function expectNetWorth(oracle: Oracle, found: Pick<NetWorth, 'on' | 'netMinor' | 'assetsMinor' | 'liabilitiesMinor'>) {
  const sums = { asset: 0n, liability: 0n }
  for (const account of oracle.accounts) {
    if (account.in_net_worth !== 1) continue
    const minor = oracle.convert(oracle.holds(account, found.on), account.currency, oracle.base, found.on) ?? 0n
    const { side } = accountKindOf(account.kind)
    sums[side] += side === 'asset' ? minor : -minor
  }
  // a chart adds the amounts of a currency before it converts: half a unit for each account at most
  const slack = BigInt(oracle.accounts.length)
  const near = (figure: number, expected: bigint): boolean => {
    const off = BigInt(figure) - expected
    return off <= slack && off >= -slack
  }
  expect(
    [near(found.assetsMinor, sums.asset), near(found.liabilitiesMinor, sums.liability)],
    `${found.on}: ${found.assetsMinor} ${found.liabilitiesMinor} but ${sums.asset} ${sums.liability}`,
  ).toEqual([true, true])
  expect(found.netMinor).toBe(found.assetsMinor - found.liabilitiesMinor)
  return sums
}

describe('every figure of a random household', () => {
  it('is what plain sums over its rows give', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat(300), { minLength: 5, maxLength: 5 }), async (list, days) => {
        const temporary = await createTemporaryVault()
        try {
          seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
          const life = new RandomLife(temporary.vault)
          for (const step of list) await life.perform(step)
          const oracle = new Oracle(temporary.vault)
          const accounts = await life.ask('account.list', {})
          expect(accounts.length).toBe(oracle.accounts.length)
          for (const account of accounts) {
            const row = oracle.account(account.id)
            const minor = oracle.holds(row, today)
            expect(BigInt(account.balance.minor)).toBe(minor)
            const inBase = oracle.convert(minor, row.currency, oracle.base, today)
            // nothing is nothing in any currency
            const expected = inBase === null && minor === 0n ? 0n : inBase
            expect(account.baseBalance === null ? null : BigInt(account.baseBalance.minor)).toBe(expected)
          }
          for (const range of ['1m', '1y', 'all'] as const) {
            const overview = await life.ask('overview.get', { range })
            for (const point of overview.history) expectNetWorth(oracle, point)
            const sums = expectNetWorth(oracle, overview.netWorth)
            expect([BigInt(overview.netWorth.assetsMinor), BigInt(overview.netWorth.liabilitiesMinor)]).toEqual([
              sums.asset,
              sums.liability,
            ])
            const byClass = (side: string) =>
              overview.classes.reduce((sum, entry) => (entry.side === side ? sum + entry.minor : sum), 0)
            expect([byClass('asset'), byClass('liability')]).toEqual([
              overview.netWorth.assetsMinor,
              overview.netWorth.liabilitiesMinor,
            ])
          }
          for (const day of days) {
            const on = addDays(parseIsoDate('2025-11-01'), day)
            const worth = await life.ask('netWorth.on', { on })
            const sums = expectNetWorth(oracle, worth)
            expect([BigInt(worth.assetsMinor), BigInt(worth.liabilitiesMinor)]).toEqual([sums.asset, sums.liability])
          }
          for (const { id, currency } of accounts.slice(0, 3)) {
            const row = oracle.account(id)
            const history = await life.ask('account.history', { id, range: 'all' })
            expect(currency).toBe(row.currency)
            for (const { on, minor } of history.points) {
              expect([on, BigInt(minor)]).toEqual([on, oracle.holds(row, on)])
            }
          }
          expect((await verifyVault(temporary.vault)).filter(({ ok }) => !ok)).toEqual([])
          expect(life.refusals.filter((refusal) => refusal.includes(': internal:'))).toEqual([])
        } finally {
          await temporary.close()
        }
      }),
      { numRuns: 6, endOnFailure: true },
    )
  }, 300_000)
})
