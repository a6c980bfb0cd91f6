import { describe, expect, it } from 'vitest'
import { Chart } from './chart.ts'
import { debtKindByName, isBalancingName, isOpeningName, isTaxName } from './book-words.ts'
import { accountOf } from './test-support.ts'

describe('the accounts of a book', () => {
  it('are called by their own name, with as many parents as tell them apart', () => {
    const accounts = [
      accountOf('A', 'asset'),
      accountOf('A:North', 'asset'),
      accountOf('A:North:Cash', 'asset'),
      accountOf('A:South', 'asset'),
      accountOf('A:South:Cash', 'asset'),
      accountOf('A:South:Bank', 'asset'),
    ]
    const chart = new Chart(accounts)
    expect(accounts.map((account) => chart.nameOf(account))).toEqual([
      'A',
      'North',
      'North:Cash',
      'South',
      'South:Cash',
      'Bank',
    ])
  })

  it.each([
    {
      rule: 'the heading of all expenses says nothing',
      tops: ['Expenses'],
      path: 'Expenses:Auto:Fuel',
      is: 'Auto:Fuel',
    },
    { rule: 'nor does it in German', tops: ['Aufwendungen'], path: 'Aufwendungen:Auto', is: 'Auto' },
    { rule: 'nor does the only top, whatever its name', tops: ['Sorties'], path: 'Sorties:Auto', is: 'Auto' },
    { rule: 'one of several tops is a category', tops: ['Car', 'Food'], path: 'Car:Fuel', is: 'Car:Fuel' },
    { rule: 'a colon within a name parts nothing', tops: ['Expenses'], path: 'Expenses:Rent', is: 'Rent' },
  ])('$rule', ({ tops, path, is }) => {
    const parts = path.split(':')
    const chain = parts.map((_, index) => accountOf(parts.slice(0, index + 1).join(':'), 'expense'))
    const chart = new Chart([...tops.map((top) => accountOf(top, 'expense')), ...chain])
    const account = chart.get(path)
    expect(account === undefined ? undefined : chart.categoryOf(account)).toBe(is)
  })

  it('a heading alone is no category, a top without children is', () => {
    const heading = accountOf('Expenses', 'expense')
    const lone = accountOf('Rent', 'expense')
    expect(new Chart([heading]).categoryOf(heading)).toBeUndefined()
    expect(new Chart([lone]).categoryOf(lone)).toBe('Rent')
  })

  it('holdings belong to the own account above, but not to the heading of all assets', () => {
    const chart = new Chart([
      accountOf('Assets', 'asset'),
      accountOf('Assets:Depot', 'asset'),
      accountOf('Assets:Depot:XYZ', 'asset', { isHolding: true }),
      accountOf('Assets:Depot:Funds', 'asset', { isHolding: true }),
      accountOf('Assets:Depot:Funds:WLD', 'asset', { isHolding: true }),
      accountOf('Assets:LONE', 'asset', { isHolding: true }),
    ])
    const holderOf = (id: string): string | undefined => {
      const account = chart.get(id)
      return account && chart.holderOf(account).id
    }
    expect(['Assets:Depot:XYZ', 'Assets:Depot:Funds:WLD', 'Assets:LONE', 'Assets:Depot'].map(holderOf)).toEqual([
      'Assets:Depot',
      'Assets:Depot',
      'Assets:LONE',
      'Assets:Depot',
    ])
  })

  it('may stand in a circle', () => {
    const chart = new Chart([
      { id: 'a', name: 'A', parent: 'b', role: 'asset' },
      { id: 'b', name: 'B', parent: 'a', role: 'asset' },
    ])
    expect(chart.pathOf({ id: 'a', name: 'A', parent: 'b', role: 'asset' }).length).toBeLessThanOrEqual(64)
  })
})

describe('words in account names', () => {
  it.each([
    [isTaxName, 'Taxes:Federal', true],
    [isTaxName, 'Lohnsteuer', true],
    [isTaxName, 'Taxi', false],
    [isOpeningName, 'Equity:Opening Balances', true],
    [isOpeningName, '期初余额', true],
    [isOpeningName, 'Drawings', false],
    [isBalancingName, 'Imbalance-USD', true],
    [isBalancingName, 'Balance', false],
  ] as const)('%o of %s', (test, name, is) => {
    expect(test(name)).toBe(is)
  })

  it('tell what kind of debt an account is', () => {
    expect(['Car Loan', 'My Visa', '建行信用卡', 'Uncle'].map(debtKindByName)).toEqual([
      'loan',
      'credit-card',
      'credit-card',
      undefined,
    ])
  })
})
