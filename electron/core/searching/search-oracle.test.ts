import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { RandomLife, type Step } from '../../../test/support/random-life.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { seedVault } from '../handlers/seed-vault.ts'
import { loadReadings } from '../analysis/account/search/pinyin-reading.ts'
import { countPending, indexNextBlock, searchIndexFaults } from '../storage/repositories/search-index-repository.ts'

/**
 * The search held to a plain scan over the rows, written without any of its parts: whatever a household does, each
 * query finds what a reader of all rows would find, at every moment between writing and indexing.
 */
interface Row {
  id: number
  booked_on: string
  amount_minor: number
  account_id: number
  currency: string
  account_name: string
  institution: string | null
  category_id: number | null
  status: string
  kind: string
  split_count: number
  notes: string
  texts: string
  tags: string
  parts: string
  linked: 0 | 1
  attachments: number
}

const rowsSql = `select t.id, t.booked_on, t.amount_minor, t.account_id, a.currency, a.name as account_name,
    i.name as institution, t.category_id, t.status, t.kind, t.split_count, t.notes,
    concat_ws(char(10), t.payee, t.raw_payee, t.memo, t.notes, t.reference, t.counterparty, t.check_number,
      t.source_category, (select group_concat(memo || char(10) || coalesce(source_category, ''), char(10)) from splits
        where transaction_id = t.id),
      (select group_concat(name, char(10)) from attachments where transaction_id = t.id)) as texts,
    (select json_group_array(name) from transaction_tags join tags on tags.id = tag_id where transaction_id = t.id) as tags,
    (select json_group_array(category_id) from splits where transaction_id = t.id) as parts,
    exists (select 1 from transfers where t.id in (from_transaction_id, to_transaction_id)) as linked,
    (select count(*) from attachments where transaction_id = t.id) as attachments
  from transactions t join accounts a on a.id = t.account_id left join institutions i on i.id = a.institution_id
  order by t.booked_on desc, t.id desc`

const exponents: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 }
const major = (row: Row): number => Math.abs(row.amount_minor) / 10 ** (exponents[row.currency] ?? 2)
const has = (text: string | null, word: string): boolean => text?.toLowerCase().includes(word) === true

interface Category {
  id: number
  parent_id: number | null
  name_zh: string
  name_en: string
}

class Oracle {
  readonly #rows: Row[]
  readonly #categories: Category[]

  constructor({ driver }: TemporaryVault['vault']) {
    this.#rows = driver.prepare<[], Row>(rowsSql).all()
    this.#categories = driver.prepare<[], Category>('select id, parent_id, name_zh, name_en from categories').all()
  }

  find(passes: (row: Row) => boolean): number[] {
    return this.#rows.filter(passes).map(({ id }) => id)
  }

  /** Names that are the word outshine those that have it. */
  categories(word: string): Set<number> {
    const named = (test: (name: string) => boolean): Category[] =>
      this.#categories.filter(({ name_zh, name_en }) => test(name_zh.toLowerCase()) || test(name_en.toLowerCase()))
    const exact = named((name) => name === word)
    const ids = new Set((exact.length > 0 ? exact : named((name) => name.includes(word))).map(({ id }) => id))
    const under = (category: Category | undefined): boolean =>
      category !== undefined &&
      (ids.has(category.id) || under(this.#categories.find(({ id }) => id === category.parent_id)))
    return new Set(this.#categories.filter(under).map(({ id }) => id))
  }

  tags(word: string): string[] {
    const all = [...new Set(this.#allTags)]
    const exact = all.filter((name) => name.toLowerCase() === word)
    return exact.length > 0 ? exact : all.filter((name) => has(name, word))
  }

  #allTags: string[] = []
  withTags(names: string[]): this {
    this.#allTags = names
    return this
  }

  word(row: Row, word: string): boolean {
    const categories = this.categories(word)
    const parts = JSON.parse(row.parts) as (number | null)[]
    const tags = new Set(this.tags(word))
    return (
      has(row.texts, word) ||
      has(row.account_name, word) ||
      has(row.institution, word) ||
      (row.category_id !== null && categories.has(row.category_id)) ||
      parts.some((id) => id !== null && categories.has(id)) ||
      (JSON.parse(row.tags) as string[]).some((name) => tags.has(name)) ||
      (/^\d+(\.\d+)?$/.test(word) && major(row) === Number(word))
    )
  }
}

type Case = readonly [query: string, passes: (row: Row, oracle: Oracle) => boolean]
const cases: readonly Case[] = [
  ['payee', (row, oracle) => oracle.word(row, 'payee')],
  ['饭', (row, oracle) => oracle.word(row, '饭')],
  ['PAYEE 饭', (row, oracle) => oracle.word(row, 'payee') && oracle.word(row, '饭')],
  ['"payee 3"', (row) => has(row.texts, 'payee 3')],
  ['payee -饭', (row, oracle) => oracle.word(row, 'payee') && !oracle.word(row, '饭')],
  ['notes:note', (row) => has(row.notes, 'note')],
  ['amount:>500', (row) => major(row) > 500],
  ['100..600.5', (row) => major(row) >= 100 && major(row) <= 600.5],
  ['amount:<=1', (row) => major(row) <= 1],
  ['2026-01', (row) => row.booked_on.startsWith('2026-01')],
  ['after:2026-02 before:2026-06', (row) => row.booked_on >= '2026-03-01' && row.booked_on < '2026-06-01'],
  ['is:uncategorised', (row) => row.category_id === null && row.split_count === 0],
  ['is:split', (row) => row.split_count > 0],
  ['is:transfer', (row) => row.linked === 1 || row.kind === 'transfer'],
  ['is:in 饭', (row, oracle) => row.amount_minor > 0 && oracle.word(row, '饭')],
  ['has:attachment', (row) => row.attachments > 0],
  ['has:note', (row) => row.notes !== ''],
  ['has:tag', (row) => row.tags !== '[]'],
  ['tag:tag', (row) => row.tags !== '[]'],
  [
    'category:餐饮',
    (row, oracle) => oracle.categories('餐饮').has(row.category_id ?? -1) || inParts(row, oracle, '餐饮'),
  ],
  [
    '-category:food',
    (row, oracle) => !(oracle.categories('food').has(row.category_id ?? -1) || inParts(row, oracle, 'food')),
  ],
  ['招商银行', (row, oracle) => oracle.word(row, '招商银行')],
  ['shop', (row, oracle) => oracle.word(row, 'shop')],
  ['no such thing', () => false],
]

function inParts(row: Row, oracle: Oracle, word: string): boolean {
  const named = oracle.categories(word)
  return (JSON.parse(row.parts) as (number | null)[]).some((id) => id !== null && named.has(id))
}

type Found = OutputOf<'search.query'>

let temporary: TemporaryVault
beforeEach(async () => {
  temporary = await createTemporaryVault()
})
afterEach(() => temporary.close())

/** Every page of a query, a few at a time. */
async function pages(life: RandomLife, text: string): Promise<{ ids: number[]; count: number }> {
  const ids: number[] = []
  let after: Found['next'] = null
  let count = 0
  do {
    const found: Found = await life.ask('search.query', { text, limit: 7, after })
    if (after === null) count = found.count
    ids.push(...found.transactions.map(({ id }) => id))
    after = found.next
  } while (after !== null)
  return { ids, count }
}

async function expectFinds(life: RandomLife): Promise<void> {
  const { driver } = temporary.vault
  const names = driver.prepare('select name from tags').pluck().all() as string[]
  const oracle = new Oracle(temporary.vault).withTags(names)
  for (const [query, passes] of cases) {
    const expected = oracle.find((row) => passes(row, oracle))
    const { ids, count } = await pages(life, query)
    expect([query, count, ids]).toEqual([query, expected.length, expected])
    const list = await life.ask('transaction.ids', { filter: { query } })
    expect([query, list.ids]).toEqual([query, expected])
  }
  const words = await life.ask('transaction.ids', { filter: { text: 'payee 饭', from: parseIsoDate('2026-01-01') } })
  expect(words.ids).toEqual(
    oracle.find((row) => has(row.texts, 'payee') && has(row.texts, '饭') && row.booked_on >= '2026-01-01'),
  )
}

/** A few of everything, so that what happens happens to something. */
async function begin(life: RandomLife): Promise<void> {
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
  const ids: number[] = []
  for (const [name, currency] of [
    ['工资卡', 'CNY'],
    ['Yen', 'JPY'],
  ] as const) {
    const { id: accountId } = await life.ask('account.create', {
      name,
      kind: 'checking',
      currency,
      institution: '招商银行',
      openingOn: parseIsoDate('2025-01-01'),
    })
    const sign = ids.length === 0 ? -1 : 1
    for (let day = 1; day < 8; day += 1) {
      const { id } = await life.ask('transaction.create', {
        accountId,
        bookedOn: parseIsoDate(`2026-0${day}-1${day}`),
        amountMinor: sign * day * 100,
        kind: day % 3 === 0 ? 'transfer' : 'payment',
        payee: `payee ${day}`,
        memo: day % 2 === 0 ? '午饭' : '',
      })
      ids.push(id)
    }
  }
  await life.ask('transfer.link', { fromId: ids[0] ?? 0, toId: ids[7] ?? 0 })
  const food = (await life.ask('category.list', {})).filter(({ key }) => key === 'food' || key === 'coffee')
  for (const [index, { id: categoryId }] of food.entries()) {
    await life.ask('transaction.update', { ids: ids.slice(index * 2, index * 2 + 3), patch: { categoryId } })
  }
  const { id: tagId } = await life.ask('tag.create', { name: 'tag 1' })
  await life.ask('transaction.update', { ids: ids.slice(3, 6), patch: { tagIds: [tagId] } })
}

describe('after anything a household does', () => {
  it('each query finds what a scan finds, indexed or not, and the index is sound', async () => {
    const readingOf = await loadReadings()
    const step = fc.record<Step>({
      action: fc.nat({ max: 60 }),
      a: fc.nat({ max: 500 }),
      b: fc.nat({ max: 500 }),
      c: fc.nat({ max: 500 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50 }), fc.nat({ max: 9 }), async (steps, every) => {
        await temporary.close()
        temporary = await createTemporaryVault()
        const life = new RandomLife(temporary.vault)
        await begin(life)
        for (const [index, one] of steps.entries()) {
          await life.perform(one)
          if (index % (every + 3) === 0) while (indexNextBlock(temporary.vault, readingOf));
          if (index % 17 === 16) await expectFinds(life)
        }
        await expectFinds(life)
        expect(await searchIndexFaults(temporary.vault)).toEqual([])
        while (indexNextBlock(temporary.vault, readingOf));
        expect(countPending(temporary.vault)).toBe(0)
        expect(await searchIndexFaults(temporary.vault)).toEqual([])
        await expectFinds(life)
      }),
      { numRuns: 6 },
    )
  })
})
