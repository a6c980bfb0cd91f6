import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decimal } from '../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { usableDetails } from '../../shared/model/account-details.ts'
import { type AccountField, accountFieldOf } from '../../shared/model/account-fields.ts'
import { type AccountKind, allAccountKinds } from '../../shared/model/account-kinds.ts'
import { reminderRuleOf } from '../../shared/model/reminder-rules.ts'
import type { Account } from '../../shared/model/account.ts'
import type { AccountDetails, LoanTerms, Terms } from '../../shared/model/terms.ts'
import { dueDaysOfRule } from '../../electron/core/analysis/account/kinds/kind-due-dates.ts'
import { prepareExport } from '../../electron/core/exporting/export-writers.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/** Every kind of account, from making one to what leaves the vault. One vault holds one of each. */

const today = parseIsoDate('2026-11-23')
const kinds = allAccountKinds()

/** 12,000.00 without interest in 12 parts; on 23 November the eleven due by the 5th of January to November are paid. */
const plan: LoanTerms = {
  principalMinor: 1_200_000,
  annualRate: '0' as Decimal,
  months: 12,
  firstDueOn: parseIsoDate('2026-01-05'),
  method: 'equal-principal',
}

function sampleOf({ key, type, choices, min, max }: AccountField): string | number {
  switch (type) {
    case 'date':
      return '2027-03-31'
    case 'day-of-month':
      return 31
    case 'month-day':
      return '--02-29'
    case 'rate':
      return '0.0275'
    case 'money':
      return 123_456
    case 'decimal':
      return key === 'pointValue' ? '0.01' : (max ?? min ?? '1')
    case 'integer':
      return Number(max ?? min ?? '1')
    case 'choice':
      return choices?.[0]?.key ?? ''
    case 'text':
    default:
      return `示例 ${key}`
  }
}

function termsOf(kind: AccountKind): Terms {
  const details: AccountDetails = Object.fromEntries(kind.fields.map((key) => [key, sampleOf(accountFieldOf(key))]))
  const card = { limitMinor: 5_000_000, statementDay: 31, due: { type: 'days-after', days: 20 } } as const
  return {
    ...(kind.class === 'credit-card' ? { card } : {}),
    ...(kind.valuedBy === 'schedule' ? { loan: plan } : {}),
    ...(kind.fields.length > 0 ? { details } : {}),
  }
}

/** What each account is worth in minor units, a debt negative; worked out below. */
function worthOf({ valuedBy, side }: AccountKind): number {
  const sign = side === 'liability' ? -1 : 1
  switch (valuedBy) {
    // 12,000.00 − 11 × 1,000.00
    case 'schedule':
      return sign * 100_000
    // 1,000 points at 0.01 each
    case 'points':
      return sign * 1_000
    // valued at 777.00
    case 'valuation':
      return sign * 77_700
    // opened with 1,000.00
    case 'balance':
    case 'holdings':
    default:
      return sign * 100_000
  }
}

let calls: TestCalls
const accounts = new Map<string, Account>()
beforeAll(async () => {
  calls = await openTestCalls(today)
  for (const kind of kinds) {
    const opened = kind.valuedBy === 'schedule' || kind.valuedBy === 'valuation' ? 0 : 100_000
    const { id } = await calls.call('account.create', {
      name: `${kind.nameZh} ${kind.key}`,
      kind: kind.key,
      currency: 'CNY',
      openingMinor: opened === 0 ? 0 : kind.side === 'liability' ? -opened : opened,
      terms: termsOf(kind),
    })
    if (kind.valuedBy === 'valuation') {
      await calls.call('valuation.set', { accountId: id, on: today, valueMinor: 77_700, note: '' })
    }
    accounts.set(kind.key, await calls.call('account.get', { id }))
  }
})
afterAll(() => calls.close())

describe('every kind of account', () => {
  it.each(kinds.map((kind) => [kind.key, kind] as const))('%s is made, keeps its facts and is valued', (key, kind) => {
    const account = accounts.get(key)
    expect(account).toMatchObject({ kind: key, class: kind.class, side: kind.side, terms: termsOf(kind) })
    expect(account?.balance).toEqual({ minor: worthOf(kind), currency: 'CNY' })
    expect(account?.partlyUnvalued).toBe(false)
  })

  it('counts in net worth, today and in the history alike', async () => {
    const sum = kinds.reduce((total, kind) => total + worthOf(kind), 0)
    expect((await calls.call('netWorth.on', { on: today })).netMinor).toBe(sum)
    const listed = await calls.call('account.list', {})
    expect(listed.reduce((total, { baseBalance }) => total + (baseBalance?.minor ?? Number.NaN), 0)).toBe(sum)
  })

  it('refuses a fact of another kind and a wrong one, and says which', async () => {
    const id = accounts.get('deposit')?.id ?? 0
    expect(await calls.fail('account.update', { id, patch: { terms: { details: { plate: '沪A12345' } } } })).toBe(
      'invalid-input',
    )
    expect(await calls.fail('account.update', { id, patch: { terms: { details: { maturesOn: '2027-02-29' } } } })).toBe(
      'invalid-input',
    )
  })

  it('takes a change of facts back', async () => {
    const id = accounts.get('deposit')?.id ?? 0
    await calls.call('account.update', { id, patch: { terms: { details: { rate: '0.05' } } } })
    expect((await calls.call('account.get', { id })).terms).toEqual({ details: { rate: '0.05' } })
    await calls.call('history.undo', {})
    expect((await calls.call('account.get', { id })).terms).toEqual(accounts.get('deposit')?.terms)
  })

  it.each(['csv', 'beancount', 'ledger'] as const)('that has transactions is in the %s export', async (format) => {
    const bare = kinds.filter(({ key }) => (accounts.get(key)?.transactionCount ?? 0) === 0)
    for (const { key } of bare) {
      const accountId = accounts.get(key)?.id ?? 0
      await calls.call('transaction.create', { accountId, bookedOn: today, amountMinor: 1, payee: `payee-${key}` })
      accounts.set(key, await calls.call('account.get', { id: accountId }))
    }
    const choice = { accountIds: null, from: null, to: null, language: 'zh-CN' } as const
    const prepared = prepareExport(calls.temporary.vault, format, choice, today)
    const text = [...prepared.pieces({ told: () => undefined, note: () => undefined })].join('')
    expect(kinds.filter(({ key }) => !text.includes(`payee-${key}`)).map(({ key }) => key)).toEqual([])
  })

  it('is in the complete export with its facts', () => {
    const choice = { accountIds: null, from: null, to: null, language: 'en' } as const
    const prepared = prepareExport(calls.temporary.vault, 'json', choice, today)
    const text = [...prepared.pieces({ told: () => undefined, note: () => undefined })].join('')
    for (const { key } of kinds) {
      expect(text).toContain(`"${key}"`)
      expect(text).toContain(JSON.stringify(JSON.stringify(accounts.get(key)?.terms)).slice(1, -1))
    }
  })

  it.each(kinds.filter(({ reminders }) => reminders.length > 0).map((kind) => [kind.key, kind] as const))(
    '%s is reminded: each of its rules falls due within two years',
    (_, kind) => {
      const details = usableDetails(kind.key, termsOf(kind).details ?? {})
      for (const key of kind.reminders) {
        const days = dueDaysOfRule(reminderRuleOf(key), details, today, parseIsoDate('2028-11-23'))
        expect([key, days.length > 0]).toEqual([key, true])
      }
    },
  )

  it('has a name in both languages', () => {
    for (const { nameZh, nameEn } of kinds) {
      expect(nameZh.trim()).not.toBe('')
      expect(nameEn.trim()).not.toBe('')
      expect(nameEn).not.toMatch(/\p{Script=Han}/u)
    }
  })
})
