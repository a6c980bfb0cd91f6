import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { type IsoDate, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { fillVault } from '../../../../test/support/fill-vault.ts'
import { type Balances, balancesBy, hasProgram, withoutZeros } from '../../../../test/support/journal-programs.ts'
import { RandomLife } from '../../../../test/support/random-life.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { seedDemo } from '../../demo/seed-demo.ts'
import { seedVault } from '../../handlers/seed-vault.ts'
import { type ExportChoice, loadExportBook } from '../load-export-book.ts'
import { writeBeancount } from './beancount-writer.ts'
import { closingBalances } from './closing-balances.ts'
import { accountPart, commodityName, createJournalNames, type JournalDialect } from './journal-names.ts'
import { writeLedger } from './ledger-writer.ts'

const programs = { beancount: 'bean-check', hledger: 'hledger', ledger: 'ledger' } as const
const dialects: readonly JournalDialect[] = ['beancount', 'hledger', 'ledger']
const present = dialects.filter((dialect) => hasProgram(programs[dialect]))
const absent = dialects.filter((dialect) => !present.includes(dialect))
const today = parseIsoDate('2026-11-23')
const folder = mkdtempSync(join(tmpdir(), 'onebook-journals-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let temporary: TemporaryVault
beforeEach(async () => {
  temporary = await createTemporaryVault()
})
afterEach(() => temporary.close())

const everything: ExportChoice = { accountIds: null, from: null, to: null, language: 'en' }

function write(dialect: JournalDialect, choice: ExportChoice): string {
  const book = loadExportBook(temporary.vault, choice, today)
  const none = (): void => undefined
  return [...(dialect === 'beancount' ? writeBeancount(book, none) : writeLedger(book, dialect, none))].join('')
}

/** What the household's own accounts hold, under the names that the journal gives them. */
function expected(dialect: JournalDialect, choice: ExportChoice): Balances {
  const book = loadExportBook(temporary.vault, choice, today)
  const lines = closingBalances(book, createJournalNames(book, dialect))
  return withoutZeros(
    new Map(lines.map(({ account, amount }) => [`${account} ${amount.commodity}`, parseDecimal(amount.quantity)])),
  )
}

function ofOwnAccounts(balances: Balances): Balances {
  return new Map([...balances].filter(([key]) => /^(Assets|Liabilities):/.test(key)))
}

/** What the real program says that the household's own accounts hold. */
function held(dialect: JournalDialect, choice: ExportChoice): Balances {
  const path = join(folder, `book.${dialect}`)
  writeFileSync(path, write(dialect, choice))
  return ofOwnAccounts(balancesBy(programs[dialect], path))
}

describe('names in journals', () => {
  it.each([
    ['beancount', 'checking', 'Checking'],
    ['beancount', 'Ærø & Søn: "konto" 7', 'Ærø-Søn-konto-7'],
    ['beancount', '招商银行 信用卡', 'X-招商银行-信用卡'],
    ['beancount', '  ', ''],
    ['beancount', '2020 fund', '2020-fund'],
    ['hledger', 'a  b; (c) [d]:e', 'a b c d e'],
    ['ledger', '招商银行 信用卡', '招商银行 信用卡'],
  ] as const)('%s writes a part %j as %j', (dialect, text, part) => {
    expect(accountPart(text, dialect)).toBe(part)
  })

  it.each([
    ['AAPL', 'AAPL'],
    ['F', 'X-F'],
    ['600519', 'X-600519'],
    ['brk.b', 'BRK.B'],
    ['贵州茅台', ''],
    ['A very long name of a fund indeed', 'A-VERY-LONG-NAME-OF-A-FU'],
  ])('a commodity %j is %j: capitals, digits and . _ - only, at most 24', (text, name) => {
    expect(commodityName(text)).toBe(name)
  })

  it('two that would be the same get numbers, and a security never takes a currency’s name', () => {
    const { driver } = temporary.vault
    for (const [id, name] of ['a:b', 'A b', 'a-B'].entries()) {
      const sql = `insert into accounts (id, name, kind, currency, created_at) values (?, ?, 'checking', 'EUR', 0)`
      driver.prepare(sql).run(id + 1, name)
      driver.prepare(`insert into securities (id, name, symbol) values (?, 'x', 'CAD')`).run(id + 1)
    }
    const names = createJournalNames(loadExportBook(temporary.vault, everything, today), 'beancount')
    expect([...names.own.values()]).toEqual([
      'Assets:Checking-account:A-b',
      'Assets:Checking-account:A-b-2',
      'Assets:Checking-account:A-B-3',
    ])
    expect([...names.security.values()]).toEqual(['CAD-2', 'CAD-3', 'CAD-4'])
  })
})

describe('a household as a journal', { timeout: 120_000 }, () => {
  it('is written in full: both sides of a transfer once, parts on their categories, a purchase with its cost', () => {
    fillVault(temporary.vault, 'Ex')
    const text = write('beancount', everything)
    const entries = text.slice(text.indexOf('2026-01-31 *'), text.indexOf('2026-03-03 balance')).trim()
    expect(entries.replaceAll(/^ {2}(id|other-id|reference|check-number|counterparty|notes|file-category): .*\n/gm, ''))
      .toBe(`2026-01-31 * "Ex payee 1" "Ex memo 1"
  tags: "Ex tag"
  Assets:Ex-bank:Ex-account-1  1000.00 EUR
  Income:Uncategorised  -1000.00 EUR

2026-02-01 * "Ex payee 2" "Ex memo 2"
  Assets:Ex-bank:Ex-account-1  -25.00 EUR
  Expenses:Ex  20.00 EUR
    memo: "Ex"
  Expenses:Uncategorised  5.00 EUR
    memo: "Ex split"

2026-02-28 * "Ex payee 3" "Ex memo 3"
  Assets:Ex-bank:Ex-account-1  -400.00 EUR
  Assets:Ex-bank:Ex-account-2  400.00 EUR
    booked-on: 2026-03-01

2026-03-02 * "Ex payee 5" "Ex memo 5"
  security: "EX"
  Assets:Ex-bank:Ex-account-3  10 EX {{ 123.45 EUR }}
  Assets:Ex-bank:Ex-account-3  -123.45 EUR`)
  })

  it.runIf(absent.length > 0)(`was not read by ${absent.join(', ')}: not installed here`, () => {
    expect(present).not.toContain(absent[0])
  })

  describe.each(present)('as %s itself reads it', (dialect) => {
    it('holds what the vault holds: the sample household, in both languages, whole and in part', () => {
      seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
      seedDemo(temporary.vault, { today: () => today, now: () => 1_800_000_000_000 })
      const choices: ExportChoice[] = [everything]
      choices.push({ ...everything, language: 'zh-CN', from: parseIsoDate('2026-03-02') })
      choices.push({ ...everything, to: parseIsoDate('2026-05-17') })
      choices.push({ accountIds: [1, 3, 5, 7, 9], from: parseIsoDate('2025-12-31'), to: today, language: 'en' })
      for (const choice of choices) expect(held(dialect, choice)).toEqual(expected(dialect, choice))
    })

    it('holds what the vault holds: texts that mean something to the program', () => {
      fillVault(temporary.vault, 'Ex')
      const texts = [
        '',
        ' ',
        '(code) first',
        '* starred',
        '! pending',
        '= 5 EUR',
        'a | b ; c',
        'two  spaces\ttab',
        '"quoted" \\ back',
        'line\nbreak\r\nand more',
        '[2026-99-99] [=2026/13/13]',
        'date:2026-13-45, date2:x',
        'key:: (1/0)',
        ':a:b:',
        '招商银行；信用卡｜付款',
        '\u3000全角\u00A0nbsp\u2028sep',
        '=cmd|x!A1',
        '@@ 5 USD',
        '{{5 USD}}',
        '; comment',
        '%tag #tag ^link',
        'x'.repeat(5_000),
        '\u0001\u001F\u007F',
        '😀🏦',
        '- 12.00',
        'include /etc/passwd',
      ]
      const insert = temporary.vault.driver.prepare(
        `insert into transactions (account_id, booked_on, amount_minor, kind, payee, memo, reference, notes, counterparty)
         values (1, '2026-03-01', ?, 'payment', ?, ?, ?, ?, ?)`,
      )
      for (const [index, text] of texts.entries()) {
        insert.run(-index - 1, text, '', text, text, text)
        insert.run(index + 1, '', text, null, text, null)
      }
      for (const [index, text] of texts.entries()) {
        temporary.vault.driver.prepare('insert or ignore into tags (name) values (?)').run(`${text}#`)
        temporary.vault.driver
          .prepare(`insert into categories (kind, name_zh, name_en) values ('expense', ?, ?)`)
          .run(text, text)
        temporary.vault.driver
          .prepare(
            `insert into accounts (name, kind, currency, opening_minor, created_at) values (?, 'cash', 'KWD', ?, 0)`,
          )
          .run(`${text}.`, index)
      }
      expect(held(dialect, everything)).toEqual(expected(dialect, everything))
    })

    it('holds what the vault holds: points of several kinds, spent, earned and bought with money', () => {
      const { driver } = temporary.vault
      driver.exec(`insert into accounts (id, name, kind, currency, opening_minor, opening_on, terms, created_at) values
          (1, 'Bank', 'checking', 'CNY', 100000, '2026-01-01', '{}', 0),
          (2, 'Miles', 'airline-miles', 'CNY', 1200000, '2026-01-01', '{"details":{"pointValue":"0.08"}}', 0),
          (3, '招行积分', 'card-points', 'JPY', 0, null, '{}', 0);
        insert into transactions (id, account_id, booked_on, amount_minor, kind, payee) values
          (1, 1, '2026-02-01', -9000, 'payment', 'Airline'), (2, 2, '2026-02-01', 100000, 'other', 'Bought'),
          (3, 2, '2026-03-01', -250050, 'payment', 'Flight'), (4, 3, '2026-03-02', 500, 'other', 'Bonus');
        insert into transfers (from_transaction_id, to_transaction_id) values (1, 2)`)
      const choices: ExportChoice[] = [
        everything,
        { ...everything, from: parseIsoDate('2026-02-15'), language: 'zh-CN' },
      ]
      for (const choice of choices) {
        const holdings = held(dialect, choice)
        expect(holdings).toEqual(expected(dialect, choice))
        // 12,000 + 1,000 − 2,500.50 miles, 500 points of a card, and 1,000.00 − 90.00 yuan
        expect([...holdings.values()].toSorted()).toEqual(['10499.5', '500', '910'])
        expect([...holdings.keys()].filter((key) => / (?:CNY|JPY)$/.test(key))).toHaveLength(1)
      }
      const journal = write(dialect, everything)
      expect(journal).toMatch(/MILES/)
      // what one is worth, as the user says
      expect(journal).toMatch(/^(?:P 2026-11-23 MILES 0\.08 CNY|2026-11-23 price MILES {2}0\.08 CNY)$/m)
    })

    it('holds what the vault holds: random households, whole and cut at random days', async () => {
      const steps = fc.array(
        fc.record({ action: fc.nat(60), a: fc.nat(10_000), b: fc.nat(10_000), c: fc.nat(10_000) }),
        { minLength: 60, maxLength: 150 },
      )
      const days = fc.integer({ min: 0, max: 250 })
      await fc.assert(
        fc.asyncProperty(steps, days, days, async (doings, first, length) => {
          const day = (n: number): IsoDate =>
            parseIsoDate(new Date(Date.UTC(2025, 10, 20 + n)).toISOString().slice(0, 10))
          await temporary.close()
          temporary = await createTemporaryVault()
          seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
          const life = new RandomLife(temporary.vault)
          for (const step of doings) await life.perform(step)
          const part = { ...everything, from: day(first), to: day(first + length) }
          for (const choice of [everything, part]) expect(held(dialect, choice)).toEqual(expected(dialect, choice))
        }),
        { numRuns: 5, endOnFailure: true },
      )
    })
  })
})
