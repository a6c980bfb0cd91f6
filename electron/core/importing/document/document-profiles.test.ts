import { describe, expect, it } from 'vitest'
import { documentProfiles, profileFor, rolesByProfile } from './document-profiles.ts'
import { documentFromText } from './plain-document.ts'
import { readStatement } from './read-statement.ts'
import { today } from './test-support.ts'
import { addDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'

describe.each(documentProfiles)(
  'the profile of $institution ($id)',
  ({ id, institution, sample, expect: expected, currency, kind }) => {
    const items = [...readStatement(documentFromText(sample.join('\n')), 'statement.pdf', { today })]
    const transactions = items.flatMap((item) => (item.type === 'transaction' ? [item.transaction] : []))

    it('is the one that knows its sample', () => {
      expect(profileFor(sample.join(' '))?.id).toBe(id)
    })

    it('names institution, kind and currency', () => {
      const statement = items.find((item) => item.type === 'statement')
      const known = { ...(kind === undefined ? {} : { kind }), institution }
      expect(statement).toMatchObject({ account: known, ...(currency === undefined ? {} : { currency }) })
    })

    it('reads its sample whole: no row failed, sums and balances as stated', () => {
      expect(transactions).toHaveLength(expected.transactions)
      expect(items.filter((item) => item.type === 'failed')).toEqual([])
      const balance = (which: 'opening' | 'closing'): string | undefined =>
        items.flatMap((item) => (item.type === 'balance' && item.kind === which ? [item.amount] : []))[0]
      const sum = transactions.reduce((total, { amount }) => addDecimal(total, amount), ZERO)
      const found = { transactions: transactions.length, opening: balance('opening'), closing: balance('closing'), sum }
      expect(found).toMatchObject(expected)
    })
  },
)

describe('profiles', () => {
  it('have ids of their own', () => {
    expect(new Set(documentProfiles.map(({ id }) => id)).size).toBe(documentProfiles.length)
  })

  it('may give a title another role', () => {
    const layout = {
      columns: [
        { index: 0, role: 'date' },
        { index: 1, role: 'payee' },
      ],
    } as unknown as DelimitedLayout
    const [known] = documentProfiles
    if (known === undefined) throw new Error('no profile')
    const profile = { ...known, columns: { Détails: 'memo' as const } }
    expect(rolesByProfile(layout, ['Date', 'DETAILS', 'Solde'], profile).columns).toEqual([
      { index: 0, role: 'date' },
      { index: 1, role: 'memo' },
    ])
  })
})
