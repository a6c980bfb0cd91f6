import { describe, expect, it } from 'vitest'
import { accountKindOf, allAccountKinds } from '../../../../../shared/model/account-kinds.ts'
import type { InstitutionKind } from '../../../../../shared/model/institution.ts'
import { allKnownInstitutions, knownInstitution } from '../known-institutions.ts'
import { bankGroups, bankKeys } from './bank-groups.ts'
import { type BankLicence, bankLicences, insurance } from './check-tables.ts'
import { holdsSecurities, insuringScheme, isDeposit, looksInsured, whyNoScheme } from './insuring-scheme.ts'
import { canLieIdle, liquidTierOf } from './money-at-hand.ts'

describe('the table of kinds says what the checks take an account for', () => {
  it('every scheme that it names is in the table of schemes', () => {
    const keys = new Set(insurance.schemes.map(({ key }) => key))
    const named = allAccountKinds().flatMap(({ insuredBy }) => Object.values(insuredBy))
    expect(named.filter((key) => !keys.has(key))).toEqual([])
  })

  it.each([
    // kind, money at hand, deposit, securities, looks like one but is none
    ['checking', 'cash', true, false, false],
    ['deposit', null, true, false, false],
    ['call-deposit', 'days', true, false, false],
    ['money-fund', 'days', false, false, true],
    ['yuebao', 'cash', false, false, true],
    ['wechat-balance', 'cash', false, false, true],
    ['bank-wealth', null, false, false, true],
    ['cash', 'cash', false, false, false],
    ['a-share-account', null, false, true, false],
    ['fund-account', null, false, true, false],
    ['stocks-isa', null, false, true, false],
    // its cash is a deposit, its securities are not
    ['hsa', null, true, false, false],
    ['gift-card', null, false, false, false],
    ['prepaid-card', null, false, false, false],
    ['receivable', null, false, false, false],
    ['physical-gold', null, false, false, false],
    ['vehicle', null, false, false, false],
    ['mortgage', null, false, false, false],
  ] as const)('%s', (key, tier, deposit, securities, looks) => {
    const kind = accountKindOf(key)
    expect([liquidTierOf(kind), isDeposit(kind), holdsSecurities(kind), looksInsured(kind)]).toEqual([
      tier,
      deposit,
      securities,
      looks,
    ])
  })

  it('notes and coins cannot lie idle, for no bank holds them', () => {
    const idle = ['checking', 'wechat-balance', 'cash', 'safe-box', 'yuebao', 'deposit']
    expect(idle.filter((key) => canLieIdle(accountKindOf(key)))).toEqual(['checking', 'wechat-balance'])
  })

  it('no kind is taken for two things', () => {
    const twice = allAccountKinds().filter(
      (kind) => [isDeposit(kind), holdsSecurities(kind), looksInsured(kind)].filter(Boolean).length > 1,
    )
    expect(twice.map(({ key }) => key)).toEqual([])
  })
})

describe('the scheme of an account', () => {
  const scheme = (
    key: string,
    country: string | null,
    kind: InstitutionKind | null,
    home: string | null = 'CN',
    type: 'deposits' | 'securities' = 'deposits',
  ) => insuringScheme(accountKindOf(key), { country, kind }, home, type)?.key ?? null

  it.each([
    // by the institution’s kind and country
    ['savings', 'US', 'bank', 'us-fdic'],
    ['savings', 'US', 'credit-union', 'us-ncua'],
    ['money-market', 'US', 'credit-union', 'us-ncua'],
    ['credit-union-share', 'US', 'credit-union', 'us-ncua'],
    ['savings', 'GB', 'credit-union', 'uk-fscs'],
    ['savings', 'DE', 'bank', 'eu-dgs'],
    ['savings', 'HK', 'bank', 'hk-dps'],
    ['savings', 'IN', 'bank', 'in-dicgc'],
    // no bank, no deposit
    ['savings', 'US', 'wallet', null],
    ['savings', 'GB', 'wallet', null],
    // may be a bank or none: nothing is said
    ['savings', 'CN', 'lender', null],
    ['savings', 'US', 'card-issuer', null],
    ['hsa', 'US', 'broker', null],
    // a country whose scheme we do not know
    ['savings', 'CH', 'bank', null],
    // no deposit by its kind: Article 4 of the Deposit Insurance Regulation leaves wealth products out
    ['bank-wealth', 'CN', 'bank', null],
    // not known: the household's country, or the only one that the kind is of
    ['savings', null, null, 'cn-deposit'],
    ['credit-union-share', null, null, 'us-ncua'],
    ['tagesgeld', null, null, 'eu-dgs'],
    // the kind is not said to be insured there
    ['large-certificate', 'HK', 'bank', null],
  ] as const)('%s in %s with a %s: %s', (key, country, kind, expected) => {
    expect(scheme(key, country, kind)).toBe(expected)
  })

  it('NS&I is no member of the FSCS: HM Treasury stands behind it', () => {
    const nsandi = knownInstitution('NS&I') ?? { country: null, kind: null }
    expect(nsandi).toMatchObject({ key: 'nsandi', country: 'GB', kind: 'bank' })
    expect(insuringScheme(accountKindOf('savings'), nsandi, 'GB', 'deposits')).toBeNull()
    const known = new Set(allKnownInstitutions().map(({ key }) => key))
    expect(insurance.schemes.flatMap(({ notMembers }) => notMembers).filter((key) => !known.has(key))).toEqual([])
  })

  it.each([
    // what is called or used like a bank and is none, or not everywhere
    ['Chime', 'not-itself'],
    ['Mercury', 'not-itself'],
    ['Qonto', 'not-itself'],
    ['Tide', 'depends'],
    ['Revolut', 'depends'],
    ['Poste Italiane', 'depends'],
    ['India Post', 'depends'],
    // payment services
    ['支付宝', 'not-itself'],
    ['微信', 'not-itself'],
    ['PayPal', 'not-itself'],
    ['Wise', 'not-itself'],
    ['Cash App', 'not-itself'],
    // lenders and issuers of cards
    ['陆金所', 'depends'],
    ['American Express', 'depends'],
    // a bank, in a country whose scheme we do not know, or that is no member
    ['UBS', 'no-scheme'],
    ['NS&I', 'no-scheme'],
  ] as const)('nothing is said to cover a deposit with %s: %s', (name, why) => {
    const facts = knownInstitution(name)
    expect(facts).not.toBeNull()
    if (facts === null) return
    expect(['checking', 'savings'].map((key) => insuringScheme(accountKindOf(key), facts, 'CN', 'deposits'))).toEqual([
      null,
      null,
    ])
    expect(whyNoScheme(facts)).toBe(why)
  })

  it('every institution in doubt is in the table of institutions', () => {
    const known = new Set(allKnownInstitutions().map(({ key }) => key))
    expect(insurance.doubts.filter(({ institution }) => !known.has(institution))).toEqual([])
  })

  it('securities have a scheme of their own', () => {
    expect(scheme('brokerage', 'US', 'broker', 'CN', 'securities')).toBe('us-sipc')
    expect(scheme('brokerage', 'GB', 'broker', 'CN', 'securities')).toBe('uk-fscs-investments')
    expect(scheme('brokerage', 'GB', 'broker')).toBeNull()
    expect(scheme('fund-account', 'CN', 'fund', 'CN', 'securities')).toBeNull()
  })

  it('credit unions of the United States are known for what they are', () => {
    const names = ['Navy Federal Credit Union', 'PenFed', 'BECU', 'Alliant Credit Union']
    expect(new Set(names.map((name) => knownInstitution(name)?.kind))).toEqual(new Set(['credit-union']))
  })
})

describe('institutions of one licence', () => {
  const table: BankLicence[] = [
    { holder: 'H', institutions: ['a', 'b', 'c'], source: 's', confirmed: true },
    { holder: 'I', institutions: ['d', 'e'], source: 's', confirmed: true },
  ]
  const banks = ['a', 'b', 'c', 'd', null].map((key, index) => ({ id: index + 1, key }))
  const idsOf = (said: number[][]) => bankGroups(banks, said, table).map(({ ids, licence }) => [ids, licence?.holder])

  it('are those of the table, where there are two of them', () => {
    expect(idsOf([])).toEqual([[[1, 2, 3], 'H']])
  })
  it('are what the user says, before the table; groups that share one are one', () => {
    expect(idsOf([[1, 4]])).toEqual([[[1, 4], undefined], [[2, 3], 'H']]) // prettier-ignore
    expect(idsOf([[4, 5], [1, 5]])).toEqual([[[4, 5, 1], undefined], [[2, 3], 'H']]) // prettier-ignore
  })
  it('one alone has a licence of its own', () => {
    expect(idsOf([[1]])).toEqual([[[1], undefined], [[2, 3], 'H']]) // prettier-ignore
    const keyOf = bankKeys(bankGroups(banks, [[1]], table))
    expect([1, 2, 3, 4].map(keyOf)).toEqual(['1', '2', '2', '4'])
  })
  it('an institution that is gone is no longer of a group', () => {
    expect(idsOf([[99, 4]])).toEqual([[[4], undefined], [[1, 2, 3], 'H']]) // prettier-ignore
  })
  it('of the table are known, each in one licence, all of one scheme’s countries', () => {
    const keys = bankLicences.flatMap(({ institutions }) => institutions)
    const known = new Map(allKnownInstitutions().map((one) => [one.key, one]))
    expect(keys.filter((key) => !known.has(key))).toEqual([])
    expect(new Set(keys).size).toBe(keys.length)
    for (const { institutions } of bankLicences) {
      const schemes = institutions.map(
        (key) =>
          insuringScheme(accountKindOf('savings'), known.get(key) ?? { country: null, kind: null }, null, 'deposits')
            ?.key,
      )
      expect(new Set(schemes).size).toBe(1)
      expect(schemes[0]).toBeDefined()
    }
  })
})
