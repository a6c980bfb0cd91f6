import { allCurrencies, type CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { ExportBook } from '../export-book.ts'
import { closingBalances } from './closing-balances.ts'
import { factKeys } from './entry-facts.ts'
import { JournalEntries } from './journal-entries.ts'
import { printedMinor } from './printed-amount.ts'
import type { Fact, JournalEntry, Posting, PrintedAmount } from './journal-entry.ts'
import { createJournalNames, type JournalDialect } from './journal-names.ts'
import { journalPrices } from './journal-prices.ts'

type Plain = Exclude<JournalDialect, 'beancount'>

/** On one line and without what the two programs read as the beginning of something else. */
function line(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(';', '；')
    .trim()
}

/** A payee or note: a bar divides the two, a bracket at the beginning would be a code. */
function description(text: string): string {
  return line(text)
    .replaceAll('|', '｜')
    .replace(/^\(/, '（')
    .replace(/^([*!=])/, ' $1')
    .trim()
}

/** Text of a comment: dates in brackets and "date:" would be read as dates, a comma ends a tag's value. */
function comment(text: string): string {
  return line(text)
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll(/(date2?):/gi, '$1 ')
    .replaceAll('::', ': :')
}

/** ledger reads lines of at most 4,096 bytes; a character of UTF-8 has up to four. */
const LONGEST_LINE = 900
const LONGEST_DESCRIPTION = 400

function pieces(text: string, size: number): string[] {
  const characters = Array.from(text)
  if (characters.length <= size) return [text]
  const count = Math.ceil(characters.length / size)
  return Array.from({ length: count }, (_, index) => characters.slice(index * size, (index + 1) * size).join(''))
}

/** Indented comment lines; a long text takes several. */
function remark(key: string | null, text: string): string {
  const start = key === null ? '' : `${key}: `
  return pieces(comment(text), LONGEST_LINE)
    .map((piece) => `    ; ${start}${piece}\n`)
    .join('')
}

const letters = /^[A-Z]+$/
const commodityText = (name: string): string => (letters.test(name) ? name : `"${name}"`)
const amountText = ({ quantity, commodity }: PrintedAmount): string => `${quantity} ${commodityText(commodity)}`

function postingText({ account, amount, total, on, memo }: Posting, dialect: Plain): string {
  const price = total === undefined ? '' : ` @@ ${amountText(total)}`
  // a comment line of its own belongs to the posting above it
  const day = on === undefined ? '' : `    ; ${dialect === 'hledger' ? `date:${on}` : `[${on}]`}\n`
  const notes = day + (memo === undefined ? '' : remark('memo', memo))
  return `${amount === null ? `    ${account}` : `    ${account}  ${amountText(amount)}${price}`}\n${notes}`
}

function entryText(entry: JournalEntry, dialect: Plain): string {
  const code = entry.code === null ? '' : line(entry.code).replaceAll(/[()]/g, ' ').trim().slice(0, LONGEST_DESCRIPTION)
  const whole = [entry.payee, entry.narration].map(description)
  const words = whole.map((each) => (pieces(each, LONGEST_DESCRIPTION)[0] ?? '').trim())
  const text = words[0] === '' ? (words[1] ?? '') : words.filter((each) => each !== '').join(' | ')
  const head = [entry.on, entry.pending ? '!' : '*', ...(code === '' ? [] : [`(${code})`]), text].join(' ').trimEnd()
  const facts: Fact[] = [...entry.facts]
  if (entry.tags.length > 0) facts.push(['tags', entry.tags.join(', ')])
  if (words[0] !== whole[0]) facts.push(['payee', entry.payee])
  if (words[1] !== whole[1]) facts.push(['memo', entry.narration])
  const notes = facts.map(([key, value]) => remark(key, value)).join('')
  return `${head}\n${notes}${entry.postings.map((posting) => postingText(posting, dialect)).join('')}\n`
}

/** A sample amount: the mark is written also where there are no digits after it, or the number would be ambiguous. */
function style(code: CurrencyCode): string {
  const { quantity } = printedMinor(100_000, code)
  return `${quantity.includes('.') ? quantity : `${quantity}.`} ${code}`
}

/**
 * The book as a journal of hledger or ledger: accounts, entries by day, prices, and at the end an entry that asserts the
 * balance of every account. Securities come in and go out with the total that was paid or got (`@@`).
 */
export function* writeLedger(book: ExportBook, dialect: Plain, told: () => void): Generator<string, void, void> {
  const names = createJournalNames(book, dialect)
  const entries = new JournalEntries(book, names, { lots: false })
  yield `; Onebook ${book.today}: this file is not encrypted\n`
  const used = new Set<string>([book.baseCurrency, ...book.accounts.map(({ currency }) => currency)])
  if (dialect === 'hledger') yield 'decimal-mark .\n'
  for (const { code } of allCurrencies())
    if (used.has(code)) yield `commodity ${dialect === 'hledger' ? style(code) : code}\n`
  if (dialect === 'ledger') {
    for (const name of [...names.security.values(), ...names.points.values()])
      yield `commodity ${commodityText(name)}\n`
  }
  if (dialect === 'ledger') for (const key of [...factKeys, 'tags', 'payee', 'memo']) yield `tag ${key}\n`
  yield '\n'
  for (const name of names.all) yield `account ${name}\n`
  yield '\n'
  for (const entry of entries.entries(told)) yield entryText(entry, dialect)
  for (const { on, commodity, price } of journalPrices(book, names)) {
    yield `P ${on} ${commodityText(commodity)} ${amountText(price)}\n`
  }
  const last = entries.lastDay
  if (last === null) return
  yield `\n${last} * ${book.language === 'zh-CN' ? '期末余额' : 'Closing balances'}\n`
  for (const { account, amount } of closingBalances(book, names)) {
    yield `    ${account}  0 ${commodityText(amount.commodity)} = ${amountText(amount)}\n`
  }
}
