import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultsOfDetails, usableDetails } from './account-details.ts'
import { accountFieldOf, allAccountFields } from './account-fields.ts'
import { accountKindOf, allAccountKinds, insuranceSchemeOf, kindGroups, kindRegions } from './account-kinds.ts'
import { allReminderRules, reminderRuleOf } from './reminder-rules.ts'

const kinds = allAccountKinds()

describe('the registry of account kinds', () => {
  it('has at least 160 kinds, each key and each name once', () => {
    expect(kinds.length).toBeGreaterThanOrEqual(160)
    expect(new Set(kinds.map(({ key }) => key)).size).toBe(kinds.length)
    expect(twice(kinds.map(({ nameZh }) => nameZh))).toEqual([])
    expect(twice(kinds.map(({ nameEn }) => nameEn))).toEqual([])
  })

  it('has kinds of every group, most of them offered in China, some in every other region', () => {
    for (const group of kindGroups) expect(kinds.filter((kind) => kind.group === group).length).toBeGreaterThan(20)
    const of = (region: string) => kinds.filter(({ regions }) => regions.some((one) => one === region)).length
    for (const region of kindRegions) expect(of(region)).toBeGreaterThan(50)
    expect(of('CN')).toBe(Math.max(...kindRegions.map(of)))
  })

  it.each(kinds.map((kind) => [kind.key, kind] as const))(
    '%s: its fields and reminders are known and fit',
    (_, kind) => {
      for (const field of kind.fields) expect(accountFieldOf(field).key).toBe(field)
      expect(new Set(kind.fields).size).toBe(kind.fields.length)
      for (const reminder of kind.reminders) {
        // a rule can only look at what the kind has; the interval of a bill may be left out
        expect(kind.fields).toContain(reminderRuleOf(reminder).from[0])
      }
      expect(kind.valuedBy === 'points').toBe(kind.fields.includes('pointValue'))
      expect(kind.side === 'asset' || (kind.liquidity === 'none' && kind.risk === null)).toBe(true)
      expect(
        existsSync(
          new URL(
            `../../node_modules/@tabler/icons-react/dist/esm/icons/Icon${pascal(kind.icon)}.mjs`,
            import.meta.url,
          ),
        ),
      ).toBe(true)
    },
  )

  it('uses every field and every rule', () => {
    const fields = new Set(kinds.flatMap((kind) => kind.fields))
    expect(allAccountFields().filter(({ key }) => !fields.has(key))).toEqual([])
    const reminders = new Set(kinds.flatMap((kind) => kind.reminders))
    expect(allReminderRules().filter(({ key }) => !reminders.has(key))).toEqual([])
  })

  it('knows the scheme of a bank account by its region', () => {
    expect(insuranceSchemeOf(accountKindOf('savings'), 'CN')).toBe('cn-deposit')
    expect(insuranceSchemeOf(accountKindOf('savings'), 'EU')).toBe('eu-dgs')
    // wealth products are no deposits: 存款保险条例, Article 4
    expect(insuranceSchemeOf(accountKindOf('bank-wealth'), 'CN')).toBe(null)
    expect(insuranceSchemeOf(accountKindOf('yuebao'), 'CN')).toBe(null)
  })
})

const twice = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) < index)
const pascal = (icon: string): string =>
  icon
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

describe('the facts of an account', () => {
  it.each([
    ['deposit', { rate: '0.0275', maturesOn: '2027-03-01', renewal: 'none' }, []],
    ['deposit', { rate: '2.75' }, [{ field: 'rate', fault: 'out-of-range' }]],
    ['deposit', { rate: 'two' }, [{ field: 'rate', fault: 'not-a-number' }]],
    ['deposit', { maturesOn: '2027-02-29' }, [{ field: 'maturesOn', fault: 'not-a-date' }]],
    ['deposit', { renewal: 'perhaps' }, [{ field: 'renewal', fault: 'no-choice' }]],
    ['deposit', { policyNumber: 'A1' }, [{ field: 'policyNumber', fault: 'unknown-field' }]],
    ['huabei', { statementDay: 31, paymentDay: 0 }, [{ field: 'paymentDay', fault: 'not-a-day' }]],
    ['tax-payable', { taxDueOn: '--02-29' }, []],
    ['tax-payable', { taxDueOn: '--02-30' }, [{ field: 'taxDueOn', fault: 'not-a-date' }]],
    ['term-life', { cover: 100_000_000, premiumEvery: '12' }, []],
    ['term-life', { cover: '1000000' }, [{ field: 'cover', fault: 'not-a-number' }]],
  ])('%s %j: %j', (kind, details, faults) => {
    expect(faultsOfDetails(kind, details as never)).toEqual(faults)
  })

  it('keeps what is right where some of it is not', () => {
    expect(usableDetails('deposit', { rate: '0.02', maturesOn: 'soon', other: 'x' })).toEqual({ rate: '0.02' })
  })
})
