import { addDays, type IsoDate, isIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ExportBook } from '../export-book.ts'
import { closingBalances } from './closing-balances.ts'
import { JournalEntries } from './journal-entries.ts'
import type { Fact, JournalEntry, Posting, PrintedAmount } from './journal-entry.ts'
import { createJournalNames } from './journal-names.ts'
import { journalPrices } from './journal-prices.ts'

const LAST_DAY = '9999-12-31'

/** A string of Beancount: its lexer reads back `\"`, `\\`, `\n` and `\t`. Other control characters become spaces. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\r\n?|\n/g, '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll(/\p{Cc}/gu, ' ')
  return `"${escaped}"`
}

const TAG = /^[A-Za-z0-9_/.-]+$/
const amountText = ({ quantity, commodity }: PrintedAmount): string => `${quantity} ${commodity}`

function factLine(indent: string, [key, value]: Fact): string {
  return `${indent}${key}: ${isIsoDate(value) ? value : quoted(value)}\n`
}

function lotText({ lot, total }: Posting): string {
  if (lot?.type === 'added') {
    return ` {{ ${amountText(lot.cost)}${lot.on === undefined ? '' : `, ${lot.on}`} }}`
  }
  const taken = lot?.type === 'taken' ? ' {}' : ''
  return total === undefined ? taken : `${taken} @@ ${amountText(total)}`
}

function postingText(posting: Posting): string {
  const { account, amount, memo, on } = posting
  const line = amount === null ? `  ${account}\n` : `  ${account}  ${amountText(amount)}${lotText(posting)}\n`
  const facts: Fact[] = []
  if (on !== undefined) facts.push(['booked-on', on])
  if (memo !== undefined) facts.push(['memo', memo])
  return line + facts.map((fact) => factLine('    ', fact)).join('')
}

function entryText(entry: JournalEntry): string {
  const payee = entry.payee === '' ? '' : ` ${quoted(entry.payee)}`
  const tags = entry.tags.filter((tag) => TAG.test(tag)).map((tag) => ` #${tag}`)
  // what is no tag to Beancount stays as a fact
  const others = entry.tags.filter((tag) => !TAG.test(tag))
  const facts = others.length === 0 ? entry.facts : [...entry.facts, ['tags', others.join(', ')] as const]
  const header = `${entry.on} ${entry.pending ? '!' : '*'}${payee} ${quoted(entry.narration)}${tags.join('')}\n`
  return `${header}${facts.map((fact) => factLine('  ', fact)).join('')}${entry.postings.map(postingText).join('')}\n`
}

/**
 * The book as a Beancount file: options, accounts and commodities with their own names as facts, entries by day, prices,
 * and at the end the balance of every account, which `bean-check` then checks. Written for version 2 and 3 of its
 * language.
 */
export function* writeBeancount(book: ExportBook, told: () => void): Generator<string, void, void> {
  const names = createJournalNames(book, 'beancount')
  const entries = new JournalEntries(book, names, { lots: true })
  const first = entries.firstDay()
  yield `; Onebook ${book.today}: this file is not encrypted\n`
  yield `option "title" "Onebook"\noption "operating_currency" "${book.baseCurrency}"\n\n`
  const own = new Map(book.accounts.map((account) => [names.own.get(account.id) ?? '', account]))
  for (const name of names.all) {
    const account = own.get(name)
    // what leaves, leaves from the oldest lot
    yield `${first} open ${name}${account === undefined ? '' : '  "FIFO"'}\n`
    if (account === undefined) continue
    const facts: (readonly [string, string | null])[] = [
      ['name', account.name],
      ['kind', account.kindKey],
      ['institution', account.institution?.name ?? null],
      ['number', account.number],
      ['closed-on', account.closedOn],
    ]
    for (const [key, value] of facts) if (value !== null && value !== '') yield factLine('  ', [key, value])
  }
  yield '\n'
  for (const { id, name, isin, symbol, class: kind } of book.securities) {
    const facts: (readonly [string, string | null])[] = [
      ['name', name],
      ['isin', isin],
      ['symbol', symbol],
      ['class', kind],
    ]
    yield `${first} commodity ${names.security.get(id) ?? ''}\n`
    for (const [key, value] of facts) if (value !== null && value !== '') yield factLine('  ', [key, value])
  }
  for (const { id, name } of book.accounts) {
    const commodity = names.points.get(id)
    if (commodity !== undefined) yield `${first} commodity ${commodity}\n${factLine('  ', ['name', name])}`
  }
  yield '\n'
  for (const entry of entries.entries(told)) yield entryText(entry)
  for (const { on, commodity, price } of journalPrices(book, names)) {
    yield `${on} price ${commodity}  ${amountText(price)}\n`
  }
  const last = entries.lastDay
  if (last === null || last >= LAST_DAY) return
  // a balance is checked at the beginning of its day
  const on: IsoDate = addDays(last, 1)
  yield '\n'
  for (const { account, amount } of closingBalances(book, names)) {
    yield `${on} balance ${account}  ${amountText(amount)}\n`
  }
}
