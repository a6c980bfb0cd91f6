import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RandomLife, type Step } from '../../../../test/support/random-life.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { type IsoDate, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { flowGroups } from '../../../../shared/model/flow.ts'
import { periodOf } from '../../analysis/account/flow/flow-period.ts'
import { seedVault } from '../../handlers/seed-vault.ts'
import { verifyVault } from '../verify-vault.ts'
import { createFlowLoader } from './flow-loader.ts'
import { type FlowQuery, loadFlow } from './flow-repository.ts'

let temporary: TemporaryVault
beforeEach(async () => {
  temporary = await createTemporaryVault()
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
})
afterEach(() => temporary.close())

const run = (sql: string, ...values: (string | number | null)[]): number =>
  Number(temporary.vault.driver.prepare(sql).run(...values).lastInsertRowid)
const category = (key: string): number =>
  temporary.vault.driver.prepare('select id from categories where key = ?').pluck().get(key) as number

function account(kind: string, currency = 'CNY', counts = 1): number {
  return run(
    `insert into accounts (name, kind, currency, in_net_worth, created_at) values (?, ?, ?, ?, 0)`,
    kind,
    kind,
    currency,
    counts,
  )
}

interface Line {
  readonly on?: string
  readonly kind?: string
  readonly category?: string
  readonly payee?: string
  readonly source?: string
  readonly splits?: readonly (readonly [minor: number, category: string | null, source?: string])[]
}

function line(accountId: number, minor: number, more: Line = {}): number {
  const id = run(
    `insert into transactions (account_id, booked_on, amount_minor, kind, payee, category_id, source_category, split_count)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    accountId,
    more.on ?? '2026-03-15',
    minor,
    more.kind ?? 'payment',
    more.payee ?? '',
    more.category === undefined ? null : category(more.category),
    more.source ?? null,
    more.splits?.length ?? 0,
  )
  for (const [index, [amount, key, source]] of (more.splits ?? []).entries()) {
    run(
      `insert into splits (transaction_id, position, amount_minor, category_id, source_category) values (?, ?, ?, ?, ?)`,
      id,
      index,
      amount,
      key === null ? null : category(key),
      source ?? null,
    )
  }
  return id
}

const transfer = (from: number, to: number): number =>
  run('insert into transfers (from_transaction_id, to_transaction_id) values (?, ?)', from, to)
const refund = (purchase: number, given: number, status = 'confirmed'): number =>
  run(
    `insert into matches (kind, status, first_transaction_id, second_transaction_id, score) values ('refund', ?, ?, ?, 9)`,
    status,
    purchase,
    given,
  )

const year = { from: parseIsoDate('2026-01-01'), to: parseIsoDate('2026-12-31'), group: 'year' } as const

/** "income wages +1000": what each cell of the year comes to. */
function sums(query: Partial<FlowQuery> = {}): string[] {
  const names = new Map(
    (temporary.vault.driver.prepare('select id, key from categories').all() as { id: number; key: string }[]).map(
      ({ id, key }) => [id, key],
    ),
  )
  return loadFlow(temporary.vault, { ...year, ...query }).cells.map(
    ({ flow, categoryId, inMinor, outMinor }) => `${flow} ${names.get(categoryId) ?? '-'} ${inMinor - outMinor}`,
  )
}
const faults = async () => (await verifyVault(temporary.vault)).filter(({ ok }) => !ok)

describe('what a line is', () => {
  it.each<[rule: string, accountKind: string, minor: number, line: Line, expected: string]>([
    ['an income category is income', 'checking', 1000, { category: 'wages' }, 'income wages 1000'],
    ['a clawback lowers the income', 'checking', -200, { category: 'wages' }, 'income wages -200'],
    ['an expense category is an expense', 'checking', -300, { category: 'groceries' }, 'expense groceries -300'],
    ['money back in an expense category lowers it', 'checking', 50, { category: 'groceries' }, 'expense groceries 50'],
    [
      'a transfer category is neither',
      'checking',
      -300,
      { category: 'card-repayment' },
      'transfer card-repayment -300',
    ],
    ['the category "Refunds" is no income', 'checking', 50, { category: 'refunds' }, 'expense refunds 50'],
    ['unfiled, what comes in is income', 'checking', 70, {}, 'income - 70'],
    ['unfiled, what goes out is an expense', 'e-wallet', -70, {}, 'expense - -70'],
    ['unfiled on a card, what goes out was bought', 'credit-card', -70, {}, 'expense - -70'],
    ['unfiled on a card, what comes in pays it', 'credit-card', 70, {}, 'transfer - 70'],
    ['unfiled on a loan, money paid out is no income', 'mortgage', -70, {}, 'transfer - -70'],
    ['unfiled on a loan, what is paid off is no expense', 'mortgage', 70, {}, 'transfer - 70'],
    ['unfiled where money is invested, it is funding', 'brokerage', 70, {}, 'transfer - 70'],
    ['a dividend is income', 'brokerage', 70, { kind: 'dividend' }, 'income - 70'],
    ['interest received is income', 'money-fund', 7, { kind: 'interest' }, 'income - 7'],
    ['interest paid is an expense', 'mortgage', -7, { kind: 'interest' }, 'expense - -7'],
    ['a fee is an expense', 'brokerage', -7, { kind: 'fee' }, 'expense - -7'],
    ['a fee given back lowers the expense', 'checking', 7, { kind: 'fee' }, 'expense - 7'],
    ['a tax is an expense', 'checking', -7, { kind: 'tax' }, 'expense - -7'],
    ['what its file calls a refund lowers the expense', 'checking', 7, { kind: 'refund' }, 'expense - 7'],
    ['a purchase of securities is a trade', 'brokerage', -700, { kind: 'buy' }, 'trade - -700'],
    ['a sale of securities is a trade', 'brokerage', 700, { kind: 'sell' }, 'trade - 700'],
    ['a transfer without its other half is told', 'checking', -7, { kind: 'transfer' }, 'unpaired - -7'],
    ['a withdrawal without a category is told', 'checking', -7, { kind: 'cash-withdrawal' }, 'unpaired - -7'],
    ['"[Savings]" of a file is a transfer', 'checking', -7, { source: '[Savings]' }, 'unpaired - -7'],
    [
      'a category beats the kind: rent paid by transfer',
      'checking',
      -7,
      { kind: 'transfer', category: 'rent' },
      'expense rent -7',
    ],
  ])('%s', async (_, kind, minor, made, expected) => {
    line(account(kind), minor, made)
    expect(sums()).toEqual([expected])
    expect(await faults()).toEqual([])
  })

  it('an opening balance is no flow', () => {
    line(account('checking'), 5000, { kind: 'opening' })
    expect(sums()).toEqual([])
  })

  it('both halves of a pair are neither, whatever they are filed under, until it is taken apart', () => {
    const [bank, card] = [account('checking'), account('credit-card')]
    const pair = transfer(line(bank, -900, { category: 'shopping' }), line(card, 900, { category: 'wages' }))
    expect(sums()).toEqual(['transfer wages 900', 'transfer shopping -900'].toSorted(byCategory))
    run('delete from transfers where id = ?', pair)
    expect(sums()).toEqual(['expense shopping -900', 'income wages 900'])
  })

  it('each part counts by itself: a loan payment of 4 000 principal and 1 000 interest is an expense of 1 000', async () => {
    const [bank, loan] = [account('checking'), account('mortgage')]
    const paid = line(bank, -5000, { splits: [[-4000, null, '[Mortgage]'], [-1000, 'loan-interest']] }) // prettier-ignore
    const principal = line(loan, 4000)
    run('update splits set counterpart_id = ? where transaction_id = ? and position = 0', principal, paid)
    expect(sums()).toEqual(['expense loan-interest -1000', 'transfer - 0'])
    expect(await faults()).toEqual([])
  })

  it('a linked refund lowers the expense of its purchase, also where the purchase is filed elsewhere later', async () => {
    const bank = account('checking')
    const bought = line(bank, -500, { category: 'clothing', on: '2026-03-01' })
    const given = line(bank, 200, { on: '2026-03-09' })
    expect(sums()).toEqual(['expense clothing -500', 'income - 200'])
    const link = refund(bought, given, 'proposed')
    expect(sums()).toEqual(['expense clothing -500', 'income - 200'])
    run(`update matches set status = 'confirmed' where id = ?`, link)
    expect(sums()).toEqual(['expense clothing -300'])
    run('update transactions set category_id = ? where id = ?', category('books'), bought)
    expect(sums()).toEqual(['expense books -300'])
    run('delete from transactions where id = ?', bought)
    expect(sums()).toEqual(['income - 200'])
    expect(await faults()).toEqual([])
  })

  it('a category that is deleted or changes its kind changes its lines', async () => {
    const bank = account('checking')
    line(bank, -500, { category: 'clothing' })
    run(`update categories set kind = 'transfer' where key = 'clothing'`)
    expect(sums()).toEqual(['transfer clothing -500'])
    run(`delete from categories where key = 'clothing'`)
    expect(sums()).toEqual(['expense - -500'])
    expect(await faults()).toEqual([])
  })

  it('accounts left out of net worth are left out, unless they are asked for', () => {
    const [own, other] = [account('checking'), account('checking', 'CNY', 0)]
    line(own, -100, { category: 'groceries' })
    line(other, -40, { category: 'groceries' })
    expect(sums()).toEqual(['expense groceries -100'])
    expect(sums({ accountIds: [own, other] })).toEqual(['expense groceries -140'])
  })
})

const byCategory = (left: string, right: string): number =>
  category(left.split(' ')[1] ?? '') - category(right.split(' ')[1] ?? '')

describe('which lines', () => {
  it('a category with all below it; 0 for those without', () => {
    const bank = account('checking')
    line(bank, -10, { category: 'groceries' })
    line(bank, -20, { category: 'food' })
    line(bank, -40, { category: 'rent' })
    line(bank, -80)
    expect(sums({ categoryIds: [category('food')] })).toEqual(['expense food -20', 'expense groceries -10'])
    expect(sums({ categoryIds: [0] })).toEqual(['expense - -80'])
  })

  it('a payee and tags, whole transactions with all their parts', () => {
    const bank = account('checking')
    const tag = run(`insert into tags (name) values ('trip')`)
    const other = run(`insert into tags (name) values ('work')`)
    const taken = line(bank, -30, { payee: 'Shop', splits: [[-10, 'groceries'], [-20, 'books']] }) // prettier-ignore
    line(bank, -5, { payee: 'Shop', category: 'groceries' })
    line(bank, -7, { payee: 'Shopper', category: 'groceries' })
    for (const id of [tag, other]) run('insert into transaction_tags values (?, ?)', taken, id)
    expect(sums({ payee: 'Shop' })).toEqual(['expense groceries -15', 'expense books -20'])
    expect(sums({ tagIds: [tag, other] })).toEqual(['expense groceries -10', 'expense books -20'])
    expect(sums({ tagIds: [tag], payee: 'Shop', categoryIds: [category('books')] })).toEqual(['expense books -20'])
  })
})

describe('the base currency', () => {
  it("each day's amounts at that day's rate; the last one known stands in; a rate older than a week is told", () => {
    const dollars = account('checking', 'USD')
    const rate = (on: string, value: string): number =>
      run(`insert into fx_rates (base, quote, as_of, rate, source) values ('USD', 'CNY', ?, ?, 'test')`, on, value)
    rate('2026-03-02', '7')
    rate('2026-03-16', '8')
    line(dollars, -1000, { category: 'groceries', on: '2026-03-02' }) // 70.00
    line(dollars, -1000, { category: 'groceries', on: '2026-03-07' }) // a Saturday: 70.00
    line(dollars, -100, { category: 'groceries', on: '2026-03-16' }) // 8.00
    expect(sums()).toEqual(['expense groceries -14800'])
    expect(loadFlow(temporary.vault, year).notes).toEqual([])
    line(dollars, -100, { category: 'groceries', on: '2026-03-31' }) // 8.00, of fifteen days before
    expect(sums()).toEqual(['expense groceries -15600'])
    expect(loadFlow(temporary.vault, year).notes).toEqual([{ currency: 'USD', usedRateOn: '2026-03-16' }])
    line(dollars, -100, { category: 'groceries', on: '2026-02-01' })
    expect(sums()).toEqual(['expense groceries -15600'])
    expect(loadFlow(temporary.vault, year).notes).toEqual([{ currency: 'USD', usedRateOn: null }])
  })
})

interface PlainRow {
  id: number
  on: IsoDate
  minor: number
  kind: string
  split_count: number
  account: number
  account_kind: string
  category: number | null
  source: string | null
}

/** The definitions of `shared/model/flow.ts` once more, in plain words and without the view, for the accounts in CNY. */
function recomputed(vault: TemporaryVault['vault'], query: FlowQuery): Map<string, number> {
  const rows = <T>(sql: string): T[] => vault.driver.prepare(sql).all() as T[]
  const kinds = new Map(
    rows<{ id: number; kind: string; key: string | null }>('select * from categories').map((c) => [c.id, c]),
  )
  const all = rows<PlainRow>(
    `select t.id, booked_on as "on", amount_minor as minor, t.kind, split_count, account_id as account,
       a.kind as account_kind, category_id as category, source_category as source
     from transactions t join accounts a on a.id = account_id where a.currency = 'CNY' and a.in_net_worth = 1`,
  )
  const everyRow = new Map(
    rows<{ id: number; category_id: number | null }>('select id, category_id from transactions').map((t) => [t.id, t]),
  )
  const paired = new Set([
    ...rows<{ a: number; b: number }>('select from_transaction_id as a, to_transaction_id as b from transfers').flatMap(
      ({ a, b }) => [a, b],
    ),
    ...rows<{ a: number }>('select counterpart_id as a from splits where counterpart_id is not null').map(({ a }) => a),
  ])
  const refunds = new Map(
    rows<{ first: number; second: number }>(
      `select first_transaction_id as first, second_transaction_id as second from matches
       where kind = 'refund' and status = 'confirmed' order by id desc`,
    ).map(({ first, second }) => [second, first]),
  )
  const totals = new Map<string, number>()
  const count = (row: PlainRow, flow: string, categoryId: number | null, minor: number): void => {
    if (row.on < query.from || row.on > query.to) return
    const key = `${periodOf(row.on, query.group)} ${flow} ${categoryId ?? 0}`
    totals.set(key, (totals.get(key) ?? 0) + minor)
  }
  const trades = new Set(['buy', 'sell', 'reinvestment', 'security-in', 'security-out', 'split', 'return-of-capital'])
  const unfiled = (row: PlainRow, minor: number, source: string | null): string => {
    if (source?.startsWith('[') === true && source.endsWith(']')) return 'unpaired'
    if (row.kind === 'transfer' || row.kind === 'cash-withdrawal') return 'unpaired'
    if (row.kind === 'dividend') return 'income'
    if (row.kind === 'interest') return minor < 0 ? 'expense' : 'income'
    if (['fee', 'tax', 'refund'].includes(row.kind)) return 'expense'
    if (['checking', 'e-wallet'].includes(row.account_kind)) return minor < 0 ? 'expense' : 'income'
    return row.account_kind === 'credit-card' && minor < 0 ? 'expense' : 'transfer'
  }
  const filed = (categoryId: number | null): string | undefined => {
    const known = kinds.get(categoryId ?? 0)
    return known?.key === 'refunds' ? 'expense' : known?.kind
  }
  for (const row of all) {
    if (row.kind === 'opening') continue
    if (row.split_count > 0) {
      const parts = rows<{ minor: number; category: number | null; source: string | null; other: number | null }>(
        `select amount_minor as minor, category_id as category, source_category as source, counterpart_id as other
         from splits where transaction_id = ${row.id}`,
      )
      for (const { minor, category: filedUnder, source, other } of parts) {
        let flow = filed(filedUnder)
        if (other !== null) flow = 'transfer'
        flow ??= paired.has(row.id) ? 'transfer' : trades.has(row.kind) ? 'trade' : unfiled(row, minor, source)
        count(row, flow, filedUnder, minor)
      }
      continue
    }
    const purchase = refunds.get(row.id)
    const own = kinds.get(row.category ?? 0)
    const bought = everyRow.get(purchase ?? 0)?.category_id ?? null
    const asRefund = purchase !== undefined && own?.kind !== 'expense'
    const under = asRefund && kinds.get(bought ?? 0)?.kind === 'expense' ? bought : row.category
    if (paired.has(row.id)) count(row, 'transfer', under, row.minor)
    else if (trades.has(row.kind)) count(row, 'trade', under, row.minor)
    else if (asRefund) count(row, 'expense', under, row.minor)
    else count(row, filed(row.category) ?? unfiled(row, row.minor, row.source), under, row.minor)
  }
  return new Map([...totals].filter(([, minor]) => minor !== 0).toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

describe('whatever a household does', () => {
  const step: fc.Arbitrary<Step> = fc.record({ action: fc.nat(60), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) })
  const from = fc
    .integer({ min: 0, max: 200 })
    .map((days) => `2025-${String(11 + (days % 2))}-${String(1 + (days % 28)).padStart(2, '0')}`)

  it('the maintained sums are what all lines come to, by any period and from any day to any other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 30, maxLength: 90 }),
        fc.constantFrom(...flowGroups),
        from,
        fc.integer({ min: 1, max: 28 }),
        async (steps, group, first, day) => {
          const home = await createTemporaryVault()
          try {
            seedVault(home.vault, { baseCurrency: parseCurrencyCode('CNY') })
            const life = new RandomLife(home.vault)
            for (const [index, one] of steps.entries()) {
              await life.perform(one)
              if (index % 9 === 5) decide(home.vault, one)
            }
            home.vault.driver.exec(`update settings set value = '"CNY"' where key = 'baseCurrency';
              update accounts set in_net_worth = currency = 'CNY'`)
            const query: FlowQuery = {
              from: first as IsoDate,
              to: `2026-06-${String(day).padStart(2, '0')}` as IsoDate,
              group,
            }
            const found = new Map(
              loadFlow(home.vault, query)
                .cells.map(
                  ({ period, flow, categoryId, inMinor, outMinor }) =>
                    [`${period} ${flow} ${categoryId}`, inMinor - outMinor] as const,
                )
                .filter(([, minor]) => minor !== 0),
            )
            expect(found).toEqual(recomputed(home.vault, query))
            // several spans that share their months come to what each does by itself
            const spans = [query, { from: '2025-12-01' as IsoDate, to: '2026-03-14' as IsoDate }]
            const load = createFlowLoader(home.vault, {}, spans)
            for (const { from: since, to } of spans) {
              for (const by of [group, 'month', 'year'] as const) {
                const span = { from: since, to }
                expect(load(span, by)).toEqual(loadFlow(home.vault, { ...span, group: by }))
              }
            }
            expect((await verifyVault(home.vault)).filter(({ ok }) => !ok)).toEqual([])
          } finally {
            await home.close()
          }
        },
      ),
      { numRuns: 12, endOnFailure: true },
    )
  })
})

/** What the random household cannot do through its channels: links refunds, and gives lines the kinds of files. */
function decide({ driver }: TemporaryVault['vault'], { a, b, c }: Step): void {
  const ids = driver.prepare('select id from transactions where split_count = 0 order by id').pluck().all() as number[]
  const [one, other] = [ids[a % Math.max(1, ids.length)], ids[b % Math.max(1, ids.length)]]
  const kinds: readonly string[] = ['refund', 'transfer', 'interest', 'buy', 'fee', 'opening', 'dividend']
  if (one === undefined || other === undefined) return
  driver.prepare('update transactions set kind = ? where id = ?').run(kinds[c % kinds.length] ?? '', other)
  if (one === other) return
  driver
    .prepare(
      `insert or ignore into matches (kind, status, first_transaction_id, second_transaction_id, score)
       values ('refund', ?, ?, ?, 5)`,
    )
    .run(c % 3 === 0 ? 'proposed' : 'confirmed', one, other)
}

describe('a person', () => {
  it('sees their part of each account; the people add up to the household to the last cent', () => {
    const people = ['first', 'second', 'third'].map((name, position) =>
      run(
        `insert into persons (name, colour, role, position, created_at) values (?, 'teal', 'adult', ?, 0)`,
        name,
        position,
      ),
    )
    const [own, shared, dollars] = [account('checking'), account('checking'), account('checking', 'USD')]
    run(`insert into account_owners (account_id, person_id, share) values (?, ?, 10000)`, own, people[0] ?? 0)
    run(`insert into fx_rates (base, quote, as_of, rate, source) values ('USD', 'CNY', '2026-01-01', '7.003', 'test')`)
    line(own, -100, { category: 'groceries' })
    line(shared, -1000, { category: 'groceries' })
    line(dollars, -1, { category: 'groceries' })
    const parts = people.map((person) => sums({ person }))
    // 1 000 among three: 334, 333, 333; 7 among three: 3, 2, 2; added before they are shared: 1 007 is 336, 336, 335
    expect(parts).toEqual([['expense groceries -436'], ['expense groceries -336'], ['expense groceries -335']])
    expect(sums()).toEqual(['expense groceries -1107'])
  })
})
