import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { AccountRole } from '../double-entry/book.ts'
import type { ByteSource, Reason } from '../importer.ts'
import { readLines } from '../text/decode.ts'
import type { DetectedEncoding } from '../text/encoding.ts'
import { AmountScanner } from './amount-scanner.ts'
import { type JournalEntry, type JournalEvent, JournalFault, type JournalPosting } from './journal-entry.ts'
import { includeFinding } from './ledger-reader.ts'

/** Beancount's language, versions 2 and 3 ("Beancount Language Syntax"). */

const DATED = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})\s+(.*)$/s
const FLAG = /^(?:txn|[*!&#?%]|[A-Z])(?=\s|$)/
const ACCOUNT = /^[\p{Lu}\p{Nd}][\p{L}\p{M}\p{Nd}-]*(?::[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd}-]*)+/u
const METADATA = /^[a-z][a-zA-Z0-9_-]*:(?:\s|$)/
/** A text in quotes may go over so many lines (the language's own limit). */
const MOST_LINES = 64
const PROGRESS_STEP = 1 << 20

const ROOTS: ReadonlyMap<string, AccountRole> = new Map([
  ['name_assets', 'asset'],
  ['name_liabilities', 'liability'],
  ['name_equity', 'equity'],
  ['name_income', 'income'],
  ['name_expenses', 'expense'],
])

interface Open {
  readonly record: number
  readonly date: IsoDate
  readonly payee: string
  readonly memo: string
  readonly tags: string[]
  readonly links: string[]
  readonly postings: JournalPosting[]
  fault: Reason | null
}

const isBalancedQuotes = (text: string): boolean => {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (isQuoted && character === '\\') at += 1
    else if (character === '"') isQuoted = !isQuoted
    else if (character === ';' && !isQuoted) return true
  }
  return !isQuoted
}

/** What stands before a comment. */
function withoutComment(text: string): string {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (isQuoted && character === '\\') at += 1
    else if (character === '"') isQuoted = !isQuoted
    else if (character === ';' && !isQuoted) return text.slice(0, at).trimEnd()
  }
  return text.trimEnd()
}

const ESCAPES: Readonly<Record<string, string>> = { n: ' ', t: ' ', r: ' ' }

/** Texts in quotes, and what is left around them. */
function stringsOf(text: string): { readonly strings: string[]; readonly rest: string } {
  const strings: string[] = []
  const rest: string[] = []
  let begun = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', begun)) {
    rest.push(text.slice(begun, at))
    let value = ''
    let end = at + 1
    for (; end < text.length && text.charAt(end) !== '"'; end += 1) {
      if (text.charAt(end) === '\\') {
        end += 1
        value += ESCAPES[text.charAt(end)] ?? text.charAt(end)
      } else value += text.charAt(end)
    }
    strings.push(value.replaceAll(/\s+/g, ' ').trim())
    begun = end + 1
  }
  rest.push(text.slice(begun))
  return { strings, rest: rest.join(' ') }
}

/** Reads a Beancount file, directive by directive. */
export class BeancountReader {
  readonly #source: ByteSource
  readonly #encoding: DetectedEncoding
  readonly #tags: string[] = []
  #open: Open | null = null

  constructor(source: ByteSource, encoding: DetectedEncoding) {
    this.#source = source
    this.#encoding = encoding
  }

  *read(): Generator<JournalEvent, void, void> {
    let told = 0
    let kept: { text: string; number: number; lines: number } | null = null
    for (const { text, number, position } of readLines(this.#source, this.#encoding)) {
      const whole: string = kept === null ? text : `${kept.text}\n${text}`
      const first: number = kept?.number ?? number
      const lines: number = (kept?.lines ?? 0) + 1
      if (lines <= MOST_LINES && !isBalancedQuotes(whole)) {
        kept = { text: whole, number: first, lines }
        continue
      }
      kept = null
      yield* this.#line(whole, first)
      if (position - told >= PROGRESS_STEP) {
        told = position
        yield { type: 'progress', bytes: position }
      }
    }
    if (kept !== null) yield* this.#line(kept.text, kept.number)
    yield* this.#close()
  }

  *#line(text: string, number: number): Generator<JournalEvent, void, void> {
    if (/^[ \t]/.test(text)) {
      const content = withoutComment(text).trim()
      if (this.#open !== null && content !== '') this.#entryLine(this.#open, content)
      return
    }
    const content = withoutComment(text)
    if (content === '' && text.startsWith(';')) return
    yield* this.#close()
    if (content === '') return
    const dated = DATED.exec(content)
    if (dated !== null) yield* this.#dated(dated, number)
    else if (/^\d/.test(content)) yield badLine(content, number)
    else yield* this.#undated(content, number)
  }

  *#undated(text: string, number: number): Generator<JournalEvent, void, void> {
    const [word = ''] = text.split(/\s/, 1)
    const { strings } = stringsOf(text)
    const rest = text.slice(word.length).trim()
    switch (word) {
      case 'option': {
        const role = ROOTS.get(strings[0] ?? '')
        if (role !== undefined && strings[1] !== undefined) yield { type: 'root', name: strings[1], role }
        return
      }
      case 'plugin': {
        const message = `The plugin "${(strings[0] ?? '').slice(0, 80)}" is not run: Onebook never runs what a file names.`
        yield { type: 'skipped', record: number, reason: { code: 'information-only', message } }
        return
      }
      case 'include':
        yield { type: 'finding', finding: includeFinding(strings[0] ?? rest, number) }
        return
      case 'pushtag':
        this.#tags.push(rest.replace(/^#/, ''))
        return
      case 'poptag': {
        const at = this.#tags.lastIndexOf(rest.replace(/^#/, ''))
        if (at >= 0) this.#tags.splice(at, 1)
        return
      }
      // everything else that begins no directive is not read by Beancount either (headings of outlines, for one)
      default:
    }
  }

  *#dated(found: RegExpExecArray, number: number): Generator<JournalEvent, void, void> {
    const date = tryIsoDate(Number(found[1]), Number(found[2]), Number(found[3]))
    const rest = (found[4] ?? '').trim()
    if (date === null) {
      yield badLine(found[0], number)
      return
    }
    const [word = ''] = rest.split(/\s/, 1)
    const inner = rest.slice(word.length).trim()
    try {
      if (word === 'open' || word === 'close') yield accountEvent(inner, word === 'close')
      else if (word === 'price') yield* priceEvents(inner, date, number)
      else if (word === 'balance') yield balanceEvent(inner, date, number)
      else if (word === 'pad') {
        const [account, source] = inner.split(/\s+/)
        if (account === undefined || source === undefined)
          throw new JournalFault('bad-record', 'A pad names two accounts.')
        yield { type: 'pad', record: number, date, account, source }
      } else if (!/^(?:commodity|note|document|event|query|custom)$/.test(word)) {
        if (FLAG.test(rest)) this.#begin(date, inner, number)
        else if (rest.startsWith('"')) this.#begin(date, rest, number)
        else yield badLine(found[0], number)
      }
    } catch (error) {
      if (!(error instanceof JournalFault)) throw error
      yield { type: 'failed', record: number, reason: error.reason }
    }
  }

  #begin(date: IsoDate, text: string, record: number): void {
    const { strings, rest } = stringsOf(text)
    const [first = '', second] = strings
    const open: Open = {
      record,
      date,
      payee: second === undefined ? '' : first,
      memo: second ?? first,
      tags: [...this.#tags],
      links: [],
      postings: [],
      fault: null,
    }
    addTags(open, rest)
    this.#open = open
  }

  #entryLine(open: Open, text: string): void {
    if (/^[#^]/.test(text)) {
      addTags(open, text)
      return
    }
    if (METADATA.test(text)) return
    try {
      open.postings.push(postingOf(text))
    } catch (error) {
      if (!(error instanceof JournalFault)) throw error
      open.fault ??= error.reason
    }
  }

  *#close(): Generator<JournalEvent, void, void> {
    const open = this.#open
    this.#open = null
    if (open === null) return
    const { record, date, memo, postings, fault, payee } = open
    if (fault !== null) {
      yield { type: 'failed', record, reason: fault }
      return
    }
    const tags = [...new Set(open.tags)]
    const code = open.links[0] ?? ''
    const entry: JournalEntry = { record, date, otherDate: null, isPending: false, code, payee, memo, tags, postings }
    yield { type: 'entry', entry }
  }
}

function addTags(open: Open, text: string): void {
  for (const word of text.split(/\s+/)) {
    if (word.startsWith('#') && word.length > 1) open.tags.push(word.slice(1))
    else if (word.startsWith('^') && word.length > 1) open.links.push(word.slice(1))
  }
}

function badLine(text: string, record: number): JournalEvent {
  const shown = text.slice(0, 40)
  const message = `"${shown}" is no directive of Beancount.`
  return { type: 'failed', record, reason: { code: 'bad-record', message, values: { text: shown } } }
}

function accountEvent(text: string, isClosed: boolean): JournalEvent {
  const name = ACCOUNT.exec(text)?.[0]
  if (name === undefined) throw new JournalFault('bad-record', `"${text.slice(0, 40)}" is no account.`, text)
  return { type: 'account', name, ...(isClosed ? { isClosed } : {}) }
}

function* priceEvents(text: string, date: IsoDate, record: number): Generator<JournalEvent, void, void> {
  const [commodity = ''] = text.split(/\s/, 1)
  const price = new AmountScanner(text.slice(commodity.length), '.', true).amount()
  yield { type: 'price', record, date, commodity, price }
}

function balanceEvent(text: string, date: IsoDate, record: number): JournalEvent {
  const account = ACCOUNT.exec(text)?.[0]
  if (account === undefined) throw new JournalFault('bad-record', `"${text.slice(0, 40)}" is no account.`, text)
  const rest = text.slice(account.length)
  const tilde = rest.indexOf('~')
  const scanner = new AmountScanner(tilde < 0 ? rest : rest.slice(0, tilde), '.', true)
  if (tilde < 0) return { type: 'balance', record, date, account, amount: scanner.amount(), tolerance: null }
  const quantity = scanner.number()
  const allowed = new AmountScanner(rest.slice(tilde + 1), '.', true).amount()
  const tolerance: Decimal = allowed.quantity
  return { type: 'balance', record, date, account, amount: { quantity, commodity: allowed.commodity }, tolerance }
}

function postingOf(line: string): JournalPosting {
  const text = line.replace(/^(?:[*!&#?%]|[A-Z](?=\s))\s*/, '')
  const account = ACCOUNT.exec(text)?.[0]
  if (account === undefined)
    throw new JournalFault('bad-record', `"${text.slice(0, 40)}" begins with no account.`, text)
  const scanner = new AmountScanner(text.slice(account.length), '.', true)
  let amount: JournalPosting['amount'] = null
  let lot: JournalPosting['lot'] = null
  let price: JournalPosting['price'] = null
  const next = scanner.peek()
  // a commodity without a number is an amount that is to be found
  if (/[A-Z]/.test(next)) return { account, virtual: 'no', amount, lot, price, balance: null, memo: '' }
  if (next !== '' && next !== '{' && next !== '@') amount = scanner.amount()
  for (let mark = scanner.peek(); mark !== ''; mark = scanner.peek()) {
    if (scanner.take('{{')) lot = lotOf(scanner.until('}}'), true)
    else if (scanner.take('{')) lot = lotOf(scanner.until('}'), false)
    else if (scanner.take('@@')) price = pricedAt(scanner, true)
    else if (scanner.take('@')) price = pricedAt(scanner, false)
    else throw scanner.fault()
  }
  return { account, virtual: 'no', amount, lot, price, balance: null, memo: '' }
}

/** A price may leave out its number: then the entry's balance says it. */
function pricedAt(scanner: AmountScanner, isTotal: boolean): JournalPosting['price'] {
  const next = scanner.peek()
  if (next === '') return null
  if (/[A-Z]/.test(next)) {
    while (/[A-Z0-9'._-]/.test(scanner.peek()) && scanner.take(scanner.peek()));
    return null
  }
  return { amount: scanner.amount(), isTotal }
}

function lotOf(inner: string, isTotal: boolean): JournalPosting['lot'] {
  const part = inner
    .split(',')
    .map((text) => text.trim())
    .find((text) => text !== '' && text !== '*' && !text.startsWith('"') && !/^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/.test(text))
  if (part === undefined || !/\d/.test(part)) return { amount: null, isTotal }
  // "10 # 5 USD": for each unit and for all together; only the first can be kept as a price of one
  const plain = part.replace(/#\s*[\d.,]+/, '')
  return { amount: new AmountScanner(plain, '.', true).amount(), isTotal }
}
