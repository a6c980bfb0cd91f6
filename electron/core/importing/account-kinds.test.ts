import { describe, expect, it } from 'vitest'
import { accountKindOf, isAccountKind } from '../../../shared/model/account-kinds.ts'
import { importKinds, kindOfCode, narrowKind } from './account-kinds.ts'
import { kindOf } from './committing/account-identity.ts'
import type { ParsedAccount } from './importer.ts'
import { profiles } from './broker-table/profile.ts'

describe('the table of kinds', () => {
  it('narrows a kind to one of the same side, whose transactions count', () => {
    for (const { from, kind } of importKinds.rules) {
      const { side, valuedBy } = accountKindOf(kind)
      expect([kind, ['balance', 'holdings', 'schedule'].includes(valuedBy)]).toEqual([kind, true])
      expect(from.map((general) => accountKindOf(general).side)).toEqual(from.map(() => side))
    }
  })

  it('knows the codes of formats by kinds that are registered', () => {
    for (const { kinds, source } of Object.values(importKinds.codes)) {
      expect(source).not.toBe('')
      for (const kind of Object.values(kinds)) expect(isAccountKind(kind)).toBe(true)
    }
  })

  it.each([
    ['ofx-account-type', 'CD', 'cd-us'],
    ['ofx-account-type', 'mortgage', 'mortgage'],
    ['ofx-account-type', 'AUTO', 'vehicle-loan'],
    ['camt-account-type', 'ODFT', 'overdraft'],
    ['camt-account-type', 'XXXX', undefined],
  ] as const)('%s %s is %s', (format, code, kind) => {
    expect(kindOfCode(format, code)).toBe(kind)
  })
})

describe('the kind of a new account', () => {
  const named = (kind: ParsedAccount['kind'], name: string, institution?: string): ParsedAccount => ({
    ...(kind === undefined ? {} : { kind }),
    name,
    ...(institution === undefined ? {} : { institution }),
  })
  it.each([
    [named('money-market', '余额宝', '支付宝'), 'yuebao'],
    [named('money-market', '零钱通', '微信支付'), 'lingqiantong'],
    [named('money-market', '小金库', '京东'), 'money-fund'],
    [named('e-wallet', '余额 (someone@example.com)', '支付宝'), 'alipay-balance'],
    [named('e-wallet', '零钱', '微信支付'), 'wechat-balance'],
    [named('e-wallet', '钱包余额', '京东'), 'e-wallet'],
    [named('e-wallet', 'PayPal', 'PayPal'), 'paypal-balance'],
    [named('line-of-credit', '花呗', '支付宝'), 'huabei'],
    [named('line-of-credit', '白条', '京东'), 'jd-baitiao'],
    [named('line-of-credit', '抖音月付', '抖音支付'), 'douyin-monthly'],
    [named('line-of-credit', 'Line 1'), 'line-of-credit'],
    [named('loan', '个人住房贷款'), 'mortgage'],
    [named('loan', '住房公积金贷款'), 'provident-fund-loan'],
    [named('brokerage', '理财通', '微信支付'), 'fund-platform'],
    [named('brokerage', 'Stocks & Shares ISA'), 'stocks-isa'],
    [named('savings', 'Cash ISA'), 'cash-isa'],
    [named('brokerage', 'Roth IRA'), 'roth-ira'],
    [named('brokerage', 'Miranda'), 'brokerage'],
    [named('savings', 'Tagesgeld PLUS-Konto'), 'tagesgeld'],
    [named('checking', 'Girokonto'), 'checking'],
    // a bookkeeping program says no more than a name: that of a kind counts
    [named(undefined, '花呗'), 'huabei'],
    [named(undefined, '房贷'), 'mortgage'],
    [named(undefined, '住房公积金'), 'provident-fund'],
    [named(undefined, '公交卡'), 'transit-card'],
    [named(undefined, '房产'), 'checking'],
    [named(undefined, '我的账本'), 'checking'],
  ] as const)('%o is %s', (account, kind) => {
    expect(kindOf(account, 'x.csv')).toBe(kind)
  })

  it('stays as general as the file where nothing says more', () => {
    expect(narrowKind('savings', {})).toBe('savings')
  })

  it('is that of the profile: exchanges hold crypto assets, fund platforms funds', () => {
    const kind = (id: string): string | undefined => profiles.find((profile) => profile.id === id)?.kind
    expect([kind('kraken-ledgers'), kind('cn-fund-platform'), kind('healthequity'), kind('schwab-awards')]).toEqual([
      'crypto',
      'fund-platform',
      'hsa',
      'employee-stock',
    ])
  })
})
