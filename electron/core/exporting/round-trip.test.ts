import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { seedDemo } from '../demo/seed-demo.ts'
import { seedVault } from '../handlers/seed-vault.ts'
import type { Importer, ParsedItem, ParsedTransaction } from '../importing/importer.ts'
import { delimitedImporter } from '../importing/delimited/importer.ts'
import { ofxImporter } from '../importing/ofx/ofx-importer.ts'
import { qifImporter } from '../importing/qif/qif-importer.ts'
import { bytesSource } from '../importing/text/decode.ts'
import { decimalFromMinor } from '../../../shared/domain/money.ts'
import type { ToldNote } from './export-reports.ts'
import { prepareExport } from './export-writers.ts'
import { loadExportBook } from './load-export-book.ts'

/** What other programs read is read back by Onebook's own importers. */

const today = parseIsoDate('2026-11-23')
const choice = { accountIds: null, from: null, to: null, language: 'en' } as const

let temporary: TemporaryVault
beforeEach(async () => {
  temporary = await createTemporaryVault()
})
afterEach(() => temporary.close())

function fill(): void {
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
  seedDemo(temporary.vault, { today: () => today, now: () => 1_800_000_000_000 })
}

interface Read {
  readonly transactions: { readonly account: string; readonly transaction: ParsedTransaction }[]
  readonly others: ParsedItem[]
  readonly notes: ToldNote[]
  readonly text: string
}

function readBack(format: 'csv' | 'ofx' | 'qif', importer: Importer, language: 'en' | 'zh-CN' = 'en'): Read {
  const notes: ToldNote[] = []
  const prepared = prepareExport(temporary.vault, format, { ...choice, language }, today)
  const text = [...prepared.pieces({ told: () => undefined, note: (note) => notes.push(note) })].join('')
  const source = bytesSource(`onebook.${format}`, new TextEncoder().encode(text))
  const accounts = new Map<number, string>()
  const read: Read = { transactions: [], others: [], notes, text }
  for (const item of importer.parse(source, { today })) {
    if (item.type === 'statement') accounts.set(item.statement, item.account.name ?? item.account.number ?? '')
    else if (item.type === 'transaction') {
      read.transactions.push({ account: accounts.get(item.statement) ?? '', transaction: item.transaction })
    } else read.others.push(item)
  }
  return read
}

type Fact = readonly [account: string, date: string, amount: string, payee: string, memo: string, quantity: string]

/** Every transaction of the vault's accounts that the format can hold, as it should come back. */
function wanted(
  nameOf: (account: { id: number; name: string; number: string | null }) => string,
  valued: boolean,
): Fact[] {
  const book = loadExportBook(temporary.vault, choice, today)
  const accounts = new Map(book.accounts.map((account) => [account.id, account]))
  return [...book.transactions()].flatMap((transaction): Fact[] => {
    const account = accounts.get(transaction.accountId)
    if (account === undefined || (!valued && account.kind.valuedBy === 'valuation')) return []
    const { bookedOn, amountMinor, payee, memo, trade } = transaction
    const amount = decimalFromMinor(amountMinor, account.currency)
    return [[nameOf(account), bookedOn, amount, payee, memo, trade === null ? '' : trade.quantity]]
  })
}

const found = ({ transactions }: Read): Fact[] =>
  transactions.map(({ account, transaction: { date, amount, payee, memo, quantity } }) => [
    account,
    date,
    amount,
    payee ?? '',
    memo ?? '',
    quantity === undefined || quantity === '0' ? '' : quantity,
  ])
const sorted = (facts: readonly Fact[]): string[] => facts.map((fact) => fact.join(' | ')).toSorted()
/** Whatever the importer left out or doubts, but for entries of lists, which are no transactions. */
const faults = ({ others }: Read): ParsedItem[] =>
  others.filter((item) => {
    if (item.type === 'finding') return item.finding.severity !== 'info'
    return item.type === 'failed' || (item.type === 'skipped' && item.reason.code !== 'information-only')
  })

describe('an export read back', () => {
  it.each(['en', 'zh-CN'] as const)('CSV (%s): every transaction, on its account, with payee and text', (language) => {
    fill()
    const read = readBack('csv', delimitedImporter, language)
    expect(faults(read)).toEqual([])
    const withoutQuantity = (facts: Fact[]): Fact[] => facts.map(([a, b, c, d, e]) => [a, b, c, d, e, ''])
    expect(sorted(withoutQuantity(found(read)))).toEqual(sorted(withoutQuantity(wanted(({ name }) => name, true))))
  })

  it('OFX: every transaction, on its account, with securities; what has no place is told', () => {
    fill()
    const read = readBack('ofx', ofxImporter)
    expect(faults(read)).toEqual([])
    // an investment record of OFX has one text, and none of a payee
    const oneText = (facts: Fact[]): Fact[] =>
      facts.map(([a, b, c, d, e, f]) => [a, b, c, f === '' ? d : '', f === '' ? e : e || d, f])
    expect(sorted(found(read))).toEqual(sorted(oneText(wanted(({ id, number }) => number ?? `OB-${id}`, false))))
    expect(read.notes).toEqual([
      { code: 'accounts-left-out', values: { accounts: expect.stringContaining('home') as string } },
    ])
  })

  it('QIF: every transaction, on its account, with securities; what has no place is told', () => {
    fill()
    const read = readBack('qif', qifImporter)
    const facts = found({
      ...read,
      transactions: read.transactions.filter(({ transaction }) => transaction.payee !== 'Opening Balance'),
    })
    expect(faults(read)).toEqual([])
    expect(sorted(facts)).toEqual(sorted(wanted(({ name }) => name, false)))
    expect(read.notes.map(({ code }) => code)).toContain('accounts-left-out')
  })

  it('points are no money: CSV says so, OFX and QIF leave them out and tell it', () => {
    temporary.vault.driver.exec(`insert into accounts (id, name, kind, currency, created_at) values
        (1, 'Bank', 'checking', 'CNY', 0), (2, 'Miles', 'airline-miles', 'CNY', 0);
      insert into transactions (id, account_id, booked_on, amount_minor, kind, payee) values
        (1, 1, '2026-02-01', -9000, 'payment', 'Airline'), (2, 2, '2026-02-01', 100000, 'other', 'Bought');
      insert into transfers (from_transaction_id, to_transaction_id) values (1, 2)`)
    const csv = readBack('csv', delimitedImporter)
    expect(csv.text).toContain('2026-02-01,,Miles,,points,1000,1000,Bought')
    // read back, they do not become money either
    expect(csv.transactions.map(({ account }) => account)).toEqual(['Bank'])
    for (const [format, importer] of [
      ['ofx', ofxImporter],
      ['qif', qifImporter],
    ] as const) {
      const { transactions, notes, text } = readBack(format, importer)
      expect(transactions).toHaveLength(1)
      expect(text).not.toContain('Miles')
      expect(notes).toContainEqual({ code: 'accounts-left-out', values: { accounts: 'Miles' } })
    }
  })

  it.each(['=1+1', '+1', '-1', '@sum', '\tx', '＝1'])('CSV: a spreadsheet never runs %j', (payee) => {
    const { driver } = temporary.vault
    driver
      .prepare(`insert into accounts (id, name, kind, currency, created_at) values (1, ?, 'cash', 'EUR', 0)`)
      .run(payee)
    driver
      .prepare(
        `insert into transactions (account_id, booked_on, amount_minor, kind, payee) values (1, '2026-01-01', -100, 'payment', ?)`,
      )
      .run(payee)
    const { text } = readBack('csv', delimitedImporter)
    const cells = (text.split('\r\n')[1] ?? '').split(',')
    expect(cells.filter((cell) => /^"?[=+@\t＝]/.test(cell))).toEqual([])
    expect(cells.filter((cell) => /^"?-/.test(cell))).toEqual(['-1.00', '-1.00'])
  })
})
