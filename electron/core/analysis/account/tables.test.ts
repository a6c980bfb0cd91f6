import { describe, expect, it } from 'vitest'
import { accountKindOf, allAccountKinds, isAccountKind } from '../../../../shared/model/account-kinds.ts'
import { institutionKinds } from '../../../../shared/model/institution.ts'
import { searchedTables } from '../../../../scripts/pinyin-initials.ts'
import type { AccountKindHint } from '../../importing/importer.ts'
import { defaultCategories } from './default-categories.ts'
import { allKnownInstitutions, institutionOfCode, knownInstitution } from './known-institutions.ts'

const hints: Record<AccountKindHint, 'asset' | 'liability'> = {
  checking: 'asset',
  savings: 'asset',
  cash: 'asset',
  'credit-card': 'liability',
  loan: 'liability',
  'line-of-credit': 'liability',
  'money-market': 'asset',
  brokerage: 'asset',
  retirement: 'asset',
  'e-wallet': 'asset',
  asset: 'asset',
  receivable: 'asset',
  liability: 'liability',
}

describe('account kinds', () => {
  it.each(Object.entries(hints))('%s, which importers hint at, is a kind on the side of %s', (key, side) => {
    expect(isAccountKind(key)).toBe(true)
    expect(accountKindOf(key).side).toBe(side)
  })

  it('has each key once, and debts in no class of assets', () => {
    const kinds = allAccountKinds()
    expect(new Set(kinds.map(({ key }) => key)).size).toBe(kinds.length)
    expect(kinds.length).toBeGreaterThanOrEqual(40)
    for (const kind of kinds) {
      expect(kind.side === 'liability').toBe(kind.class === 'loan' || kind.class === 'credit-card')
    }
  })

  it.each(['home', 'vehicle', 'insurance-policy'])('%s is valued by dated values', (key) => {
    expect(accountKindOf(key).valuedBy).toBe('valuation')
  })

  it('takes a kind of a later version as some other asset', () => {
    expect(accountKindOf('moon-base')).toMatchObject({ side: 'asset', valuedBy: 'balance' })
  })
})

describe('default categories', () => {
  it('has each key once over both levels', () => {
    const children = defaultCategories.flatMap((category) => category.children)
    const keys = [...defaultCategories, ...children].map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('known institutions', () => {
  it('gives each name to one institution', () => {
    for (const institution of allKnownInstitutions()) {
      for (const name of [institution.nameZh, institution.nameEn, ...institution.aliases]) {
        expect(knownInstitution(name)?.key).toBe(institution.key)
      }
    }
  })

  it.each([
    ['招商银行', 'cmb'],
    ['  china  merchants bank ', 'cmb'],
    ['工行', 'icbc'],
    ['支付宝', 'alipay'],
    ['Schwab', 'charles-schwab'],
  ])('%s is %s', (name, key) => expect(knownInstitution(name)?.key).toBe(key))

  it('are at least 400, of every kind, each with a key of its own', () => {
    const all = allKnownInstitutions()
    expect(all.length).toBeGreaterThanOrEqual(400)
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
    for (const kind of institutionKinds) expect(all.some((one) => one.kind === kind)).toBe(true)
  })

  it('share no code (ISO 9362), whose fifth and sixth letters are their country’s', () => {
    const codes = allKnownInstitutions().flatMap(({ bic, country }) => (bic === null ? [] : [{ bic, country }]))
    expect(new Set(codes.map(({ bic }) => bic)).size).toBe(codes.length)
    expect(codes.filter(({ bic, country }) => bic.slice(4, 6) !== country)).toEqual([])
  })

  it('and kinds have the initials that the script writes', () => {
    const stale = searchedTables().filter(({ text, wanted }) => text !== wanted)
    expect(stale.map(({ path }) => path)).toEqual([])
  })

  it.each([
    ['BYLADEM1001', 'dkb'],
    ['HBUKGB4B', 'hsbc'],
    // another branch of the same bank
    ['HBUKGB4BXXX', 'hsbc'],
    ['HBUKGB4', undefined],
    ['ZZZZDEFF', undefined],
  ])('the code %s is %s’s', (code, key) => expect(institutionOfCode(code)?.key).toBe(key))

  it('does not guess', () => expect(knownInstitution('招商')).toBeNull())
})
