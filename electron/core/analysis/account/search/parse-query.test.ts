import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../../shared/domain/iso-date.ts'
import { formatQuery } from './format-query.ts'
import { amountOf, parseQuery } from './parse-query.ts'
import { operatorWords } from './query-words.ts'
import { processorMilliseconds } from '../../../../../test/support/processor-time.ts'

// a Wednesday
const today = parseIsoDate('2026-11-25')
const word = (text: string) => ({ is: 'text', scope: 'any', text, exact: false })
const days = (from: string | null, to: string | null) => ({ is: 'date', from, to })
const bound = (value: string, included: boolean) => ({ value, included })

describe('the language of queries', () => {
  it.each([
    ['coffee shop', [word('coffee'), word('shop')]],
    ['"coffee shop"', [{ ...word('coffee shop'), exact: true }]],
    ['“咖啡 馆”　茶', [{ ...word('咖啡 馆'), exact: true }, word('茶')]],
    ['"never closed', [{ ...word('never closed'), exact: true }]],
    ['>500', [{ is: 'amount', least: bound('500', false), most: null }]],
    ['amount:>=1,234.50', [{ is: 'amount', least: bound('1234.5', true), most: null }]],
    ['金额：＜20', [{ is: 'amount', least: null, most: bound('20', false) }]],
    ['amount:100..200', [{ is: 'amount', least: bound('100', true), most: bound('200', true) }]],
    ['amount:200..100', [{ is: 'amount', least: bound('100', true), most: bound('200', true) }]],
    ['12.5..20', [{ is: 'amount', least: bound('12.5', true), most: bound('20', true) }]],
    ['金额:>1.5万', [{ is: 'amount', least: bound('15000', false), most: null }]],
    ['amount:¥12', [{ is: 'amount', least: bound('12', true), most: bound('12', true) }]],
    // a figure alone stays a word: it may be part of a reference
    ['12.50', [word('12.50')]],
    ['-50', [word('-50')]],
    ['2026', [days('2026-01-01', '2026-12-31')]],
    ['2026-02', [days('2026-02-01', '2026-02-28')]],
    ['2026/3/5', [days('2026-03-05', '2026-03-05')]],
    ['2026年3月', [days('2026-03-01', '2026-03-31')]],
    ['2026-01..2026-03', [days('2026-01-01', '2026-03-31')]],
    ['2026-02..', [days('2026-02-01', null)]],
    ['on:2026-03-05', [days('2026-03-05', '2026-03-05')]],
    ['before:2026-03', [days(null, '2026-02-28')]],
    ['after:2026-03', [days('2026-04-01', null)]],
    ['last month', [days('2026-10-01', '2026-10-31')]],
    ['上个月', [days('2026-10-01', '2026-10-31')]],
    ['上周', [days('2026-11-16', '2026-11-22')]],
    ['last quarter', [days('2026-07-01', '2026-09-30')]],
    ['last 7 days', [days('2026-11-19', '2026-11-25')]],
    ['近30天', [days('2026-10-27', '2026-11-25')]],
    // December has not begun
    ['12月', [days('2025-12-01', '2025-12-31')]],
    ['3月', [days('2026-03-01', '2026-03-31')]],
    ['2026-02-30', [word('2026-02-30')]],
    ['payee:starbucks', [{ is: 'text', scope: 'payee', text: 'starbucks', exact: false }]],
    ['商户:"星巴克 南京"', [{ is: 'text', scope: 'payee', text: '星巴克 南京', exact: true }]],
    ['category:dining,"Food and drink"', [{ is: 'name', of: 'category', values: ['dining', 'Food and drink'] }]],
    // a mark within marks is written twice, as in CSV
    ['"say ""hi"" twice"', [{ ...word('say "hi" twice'), exact: true }]],
    ['""', []],
    ['tag:"5"" pans",b', [{ is: 'name', of: 'tag', values: ['5" pans', 'b'] }]],
    ['tag:"""quoted"""', [{ is: 'name', of: 'tag', values: ['"quoted"'] }]],
    ['tag:「甲」」乙」', [{ is: 'name', of: 'tag', values: ['甲」乙'] }]],
    ['tag:"5"" pans', [{ is: 'name', of: 'tag', values: ['5" pans'] }]],
    ['分类：餐饮', [{ is: 'name', of: 'category', values: ['餐饮'] }]],
    ['is:uncategorized', [{ is: 'state', state: 'uncategorised' }]],
    ['状态:待入账', [{ is: 'state', state: 'pending' }]],
    ['has:note', [{ is: 'state', state: 'note' }]],
    ['kind:fee,利息', [{ is: 'kind', kinds: ['fee', 'interest'] }]],
    ['12:30', [word('12:30')]],
    ['https://example.org', [word('https://example.org')]],
  ])('%s', (text, expected) => {
    const query = parseQuery(text, today)
    expect(query.terms.map(({ meaning }) => meaning)).toEqual(expected)
    expect(query.hints).toEqual([])
  })

  it('"-" in front excludes', () => {
    const { terms } = parseQuery('coffee -tea -"green tea" -category:food', today)
    expect(terms.map(({ negated }) => negated)).toEqual([false, true, true, true])
    expect(terms[1]?.meaning).toEqual(word('tea'))
  })

  it.each([
    ['colour:red', 'unknown-operator', [word('colour:red')]],
    ['amount:abc', 'bad-amount', [word('amount:abc')]],
    ['on:someday', 'bad-date', [word('on:someday')]],
    ['is:strange', 'bad-value', [word('is:strange')]],
    ['category:', 'unfinished', []],
  ])('%s is told as %s and looked for as it is', (text, code, expected) => {
    const query = parseQuery(text, today)
    expect(query.hints.map((hint) => hint.code)).toEqual([code])
    expect(query.terms.map(({ meaning }) => meaning)).toEqual(expected)
  })

  it('says where each part stands', () => {
    const text = '  星巴克 last month -tag:"a b"'
    const { terms } = parseQuery(text, today)
    expect(terms.map(({ from, to }) => text.slice(from, to))).toEqual(['星巴克', 'last month', '-tag:"a b"'])
  })
})

const piece = fc.oneof(
  fc.constantFrom(...operatorWords.keys()).map((name) => `${name}:`),
  fc.constantFrom(
    '"',
    '“',
    '「',
    '」',
    '-',
    ':',
    '：',
    ',',
    '..',
    '>',
    '<=',
    ' ',
    '　',
    '2026',
    '2026-03',
    'last month',
  ),
  fc.constantFrom(
    'last',
    'month',
    'week',
    '上个月',
    '近30天',
    '¥12',
    '1,234.5',
    '星巴克',
    'a b',
    '万',
    'is:split',
    'text:',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const typed = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

describe('whatever is typed', () => {
  it.each(['en', 'zh-CN'] as const)('a query written in %s reads back as the same', (language) => {
    fc.assert(
      fc.property(typed, (text) => {
        const query = parseQuery(text, today)
        const again = parseQuery(formatQuery(query, language), today)
        expect(again.terms.map(({ meaning, negated }) => ({ meaning, negated }))).toEqual(
          query.terms.map(({ meaning, negated }) => ({ meaning, negated })),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('is understood in time that grows with its length', () => {
    for (const text of ['-', '"', 'a:', 'a:,', '..', '2026-', 'last ', '１']) {
      const started = processorMilliseconds()
      parseQuery(text.repeat(50_000), today)
      expect(processorMilliseconds() - started).toBeLessThan(1_000)
    }
  })

  it('amounts are read exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 1, max: 99 }), (whole, cents) => {
        const exact = `${whole}.${String(cents).padStart(2, '0')}`
        expect(Number(amountOf(`¥${exact}`))).toBe(Number(exact))
        expect(amountOf(whole.toLocaleString('en-US'))).toBe(String(whole))
      }),
    )
  })
})
