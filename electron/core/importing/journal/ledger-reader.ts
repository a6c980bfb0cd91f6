import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ByteSource, Finding, Reason } from '../importer.ts'
import { readLines } from '../text/decode.ts'
import type { DetectedEncoding } from '../text/encoding.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { typeIn } from './account-type.ts'
import { AmountScanner } from './amount-scanner.ts'
import { isWords, splitComment, tagsOf } from './journal-comment.ts'
import { DATE, parseJournalDate } from './journal-date.ts'
import {
  type Amount,
  type JournalEntry,
  type JournalEvent,
  JournalFault,
  type JournalPosting,
} from './journal-entry.ts'
import { JournalScope } from './journal-scope.ts'
import { ownDateOf } from './posting-date.ts'

/** How a reader of a journal is set up. */
export interface JournalOptions {
  readonly mark: DecimalMark
  /** For dates without a year. */
  readonly year: number
  /** Told every number as written. */
  readonly seen: ((number: string) => void) | null
}

const INDENTED = /^[ \t\u00A0\u3000]/
const PROGRESS_STEP = 1 << 20

/** Directives that change nothing that Onebook keeps. */
const SILENT: ReadonlySet<string> = new Set([
  'payee',
  'tag',
  'define',
  'def',
  'assert',
  'check',
  'eval',
  'expr',
  'value',
  'capture',
  'n',
  'c',
  'decimal-mark',
  'import',
])

/** One entry while its lines are read. */
interface Open {
  readonly record: number
  readonly date: IsoDate
  readonly otherDate: IsoDate | null
  readonly isPending: boolean
  readonly code: string
  readonly payee: string
  readonly memos: string[]
  readonly tags: string[]
  readonly postings: JournalPosting[]
  fault: Reason | null
}

const LONGEST_MEMO = 500

/** Reads a journal of ledger or hledger, entry by entry. Every entry ends as entry, skipped or failed. */
export class LedgerReader {
  readonly #source: ByteSource
  readonly #encoding: DetectedEncoding
  readonly #options: JournalOptions
  #mark: DecimalMark
  readonly #scope: JournalScope
  #open: Open | null = null
  /** The account that an `account` directive has begun. */
  #declared: string | null = null
  #endOfBlock: RegExp | null = null
  #bucket: string | null = null
  #defaultCommodity = ''

  constructor(source: ByteSource, encoding: DetectedEncoding, options: JournalOptions) {
    this.#source = source
    this.#encoding = encoding
    this.#options = options
    this.#mark = options.mark
    this.#scope = new JournalScope(options.year)
  }

  *read(): Generator<JournalEvent, void, void> {
    let told = 0
    for (const { text, number, position } of readLines(this.#source, this.#encoding)) {
      yield* this.#line(text, number)
      if (position - told >= PROGRESS_STEP) {
        told = position
        yield { type: 'progress', bytes: position }
      }
    }
    yield* this.#close()
  }

  *#line(text: string, number: number): Generator<JournalEvent, void, void> {
    if (this.#endOfBlock !== null) {
      if (this.#endOfBlock.test(text)) this.#endOfBlock = null
      return
    }
    if (text.trim() === '') {
      yield* this.#close()
      this.#declared = null
      return
    }
    if (INDENTED.test(text)) {
      if (this.#open !== null) this.#entryLine(this.#open, text.trim(), number)
      else if (this.#declared !== null) yield* this.#declaredLine(this.#declared, text.trim())
      return
    }
    yield* this.#close()
    this.#declared = null
    if (/^[;#%|*]/.test(text)) return
    if (/^\d/.test(text)) yield* this.#header(text, number)
    else yield* this.#directive(text, number)
  }

  *#header(text: string, number: number): Generator<JournalEvent, void, void> {
    const date = parseJournalDate(text, this.#scope.year)
    const failed = (reason: Reason): JournalEvent => ({ type: 'failed', record: number, reason })
    if (date === null) {
      const shown = text.slice(0, 30)
      yield failed({ code: 'bad-date', message: `"${shown}" does not begin with a day.`, values: { text: shown } })
      return
    }
    let rest = text.replace(DATE, '')
    let otherDate: IsoDate | null = null
    if (rest.startsWith('=')) {
      otherDate = parseJournalDate(rest.slice(1), Number(date.slice(0, 4)))
      rest = rest.slice(1).replace(DATE, '')
    }
    const [content, comment] = splitComment(rest)
    const shape = /^\s*([*!])?\s*(?:\(([^)]*)\))?\s*(.*)$/s.exec(content)
    const description = (shape?.[3] ?? '').trim()
    const bar = description.indexOf('|')
    const payee = (bar < 0 ? description : description.slice(0, bar)).trim()
    const note = bar < 0 ? '' : description.slice(bar + 1).trim()
    const memos = [note, ...(isWords(comment) ? [comment] : [])].filter((each) => each !== '')
    const tags = [...this.#scope.tags, ...tagsOf(comment)]
    const isPending = shape?.[1] === '!'
    const code = (shape?.[2] ?? '').trim()
    this.#open = { record: number, date, otherDate, isPending, code, payee, memos, tags, postings: [], fault: null }
  }

  #entryLine(open: Open, text: string, number: number): void {
    if (/^[;#%|]/.test(text)) {
      const comment = text.slice(1).trim()
      const last = open.postings.at(-1)
      const own = last === undefined || last.own !== undefined ? null : ownDateOf(comment, open.date)
      if (last !== undefined && own !== null) open.postings.splice(-1, 1, { ...last, own })
      open.tags.push(...tagsOf(comment))
      if (isWords(comment) && open.memos.length < 20) open.memos.push(comment)
      return
    }
    try {
      const posting = this.#posting(text, number, open.date)
      if (posting !== null) open.postings.push(posting)
    } catch (error) {
      if (!(error instanceof JournalFault)) throw error
      open.fault ??= error.reason
    }
  }

  #posting(line: string, number: number, date: IsoDate): JournalPosting | null {
    const [content, comment] = splitComment(line.replace(/^[*!]\s*/, ''))
    if (content === '') return null
    const gap = /\t| {2,}|\u3000{2,}| \t/.exec(content)
    const name = (gap === null ? content : content.slice(0, gap.index)).trim()
    const rest = gap === null ? '' : content.slice(gap.index).trim()
    const round = /^\((.+)\)$/.exec(name)?.[1]
    const square = /^\[(.+)\]$/.exec(name)?.[1]
    const virtual = round !== undefined ? 'unbalanced' : square !== undefined ? 'balanced' : 'no'
    const account = this.#scope.accountName((round ?? square ?? name).trim())
    if (account === '') throw new JournalFault('bad-record', 'A line of the entry names no account.')
    const memo = isWords(comment) ? comment.slice(0, LONGEST_MEMO) : ''
    const own = ownDateOf(comment, date)
    return { account, virtual, ...this.#amounts(rest, number), memo, ...(own === null ? {} : { own }) }
  }

  #amounts(text: string, line: number): Pick<JournalPosting, 'amount' | 'lot' | 'price' | 'balance'> {
    const scanner = new AmountScanner(text, this.#mark, false, this.#options.seen)
    let amount: Amount | null = null
    let lot: JournalPosting['lot'] = null
    let price: JournalPosting['price'] = null
    let balance: JournalPosting['balance'] = null
    const next = scanner.peek()
    if (next !== '' && next !== '=') amount = this.#withCommodity(scanner.amount())
    for (let mark = scanner.peek(); mark !== ''; mark = scanner.peek()) {
      if (scanner.take('{{')) lot = this.#lot(scanner.until('}}'), true)
      else if (scanner.take('{')) lot = this.#lot(scanner.until('}'), false)
      else if (scanner.take('[')) scanner.until(']')
      else if (scanner.take('((')) scanner.until('))')
      else if (scanner.take('(@@)') || scanner.take('@@')) price = { amount: this.#pricedAt(scanner), isTotal: true }
      else if (scanner.take('(@)') || scanner.take('@')) price = { amount: this.#pricedAt(scanner), isTotal: false }
      else if (scanner.take('(')) scanner.until(')')
      else if (scanner.take('=')) {
        const isTotal = scanner.take('=')
        while (scanner.take('='));
        const withinToo = scanner.take('*')
        balance = { amount: this.#withCommodity(scanner.amount()), withinToo, isTotal, line }
      } else throw scanner.fault()
    }
    return { amount, lot, price, balance }
  }

  #pricedAt(scanner: AmountScanner): Amount {
    scanner.take('=')
    return this.#withCommodity(scanner.amount())
  }

  /** `{$10}`, `{=$10}`, and hledger's `{2025-01-01, "label", $10}`. */
  #lot(inner: string, isTotal: boolean): JournalPosting['lot'] {
    const part = inner
      .split(/,\s/)
      .map((text) => text.trim().replace(/^=/, '').trim())
      .find((text) => text !== '' && !text.startsWith('"') && !/^\d{4}-\d{2}-\d{2}$/.test(text))
    if (part === undefined) return { amount: null, isTotal }
    return { amount: new AmountScanner(part, this.#mark, false, this.#options.seen).amount(), isTotal }
  }

  #withCommodity(amount: Amount): Amount {
    return amount.commodity === '' ? { ...amount, commodity: this.#defaultCommodity } : amount
  }

  *#close(): Generator<JournalEvent, void, void> {
    const open = this.#open
    this.#open = null
    if (open === null) return
    const { record, fault, date, otherDate, isPending, code, payee } = open
    if (fault !== null) {
      yield { type: 'failed', record, reason: fault }
      return
    }
    const postings = [...open.postings]
    const [only] = postings
    if (postings.length === 1 && only?.virtual === 'no' && this.#bucket !== null) {
      const nothing = { amount: null, lot: null, price: null, balance: null, memo: '' }
      postings.push({ account: this.#bucket, virtual: 'no', ...nothing })
    }
    const memo = open.memos.join('; ').slice(0, LONGEST_MEMO)
    const tags = [...new Set(open.tags)]
    const entry: JournalEntry = { record, date, otherDate, isPending, code, payee, memo, tags, postings }
    yield { type: 'entry', entry }
  }

  *#directive(text: string, number: number): Generator<JournalEvent, void, void> {
    const [content] = splitComment(text)
    const bare = content.replace(/^[!@]/, '')
    const skipped = (message: string): JournalEvent => {
      return { type: 'skipped', record: number, reason: { code: 'information-only', message } }
    }
    if (bare.startsWith('=')) {
      yield skipped('A rule that adds postings by itself (=) is not applied: Onebook keeps what was entered.')
      return
    }
    if (bare.startsWith('~')) {
      yield skipped('A periodic entry (~) is a plan or a budget, not a transaction.')
      return
    }
    if (bare.startsWith('-')) return
    const [word = ''] = bare.split(/\s/, 1)
    const rest = bare.slice(word.length).trim()
    if (word === 'P') yield* this.#price(rest, number)
    else if (/^[iIoObh]$/.test(word) && /^\d/.test(rest)) {
      yield skipped('A line of a time clock: hours are no money.')
    } else yield* this.#worded(word, rest, text, number)
  }

  *#worded(word: string, rest: string, text: string, number: number): Generator<JournalEvent, void, void> {
    switch (word) {
      case 'account':
        yield* this.#account(rest, splitComment(text)[1])
        return
      case 'alias':
        yield* this.#alias(rest)
        return
      case 'apply':
        this.#scope.apply(rest)
        return
      case 'end':
        this.#scope.end(rest)
        return
      case 'Y':
      case 'year':
        this.#scope.yearIn(rest)
        return
      case 'commodity':
        // its sample shows how numbers are written
        this.#commodityOf(rest)
        return
      case 'D':
        this.#defaultCommodity = this.#commodityOf(rest)
        return
      case 'A':
      case 'bucket':
        this.#bucket = rest
        return
      case 'comment':
      case 'test':
        this.#endOfBlock = new RegExp(`^(?:end(?: ${word})?|!end(?: ${word})?)\\s*$`)
        return
      case 'include':
        yield { type: 'finding', finding: includeFinding(rest, number) }
        return
      case 'decimal-mark':
        if (rest === '.' || rest === ',') this.#mark = rest
        return
      case 'python':
        return
      default: {
        if (SILENT.has(word.toLowerCase())) return
        if (/^Y\d{4}$/.test(word)) {
          this.#scope.yearIn(word)
          return
        }
        const shown = text.slice(0, 40)
        const message = `"${shown}" is no line that Onebook knows of journals.`
        yield {
          type: 'failed',
          record: number,
          reason: { code: 'unsupported-record', message, values: { text: shown } },
        }
      }
    }
  }

  *#account(name: string, comment: string): Generator<JournalEvent, void, void> {
    const account = this.#scope.accountName(name.split(/\t| {2,}/, 1)[0]?.trim() ?? '')
    if (account === '') return
    this.#declared = account
    yield { type: 'account', name: account, ...typeIn(comment) }
  }

  *#declaredLine(account: string, text: string): Generator<JournalEvent, void, void> {
    const alias = /^alias\s+(\S.*)$/.exec(text)?.[1]
    if (alias !== undefined) this.#scope.alias(alias.trim(), account)
    else if (text === 'default') this.#bucket = account
    if (!text.startsWith(';')) return
    const type = typeIn(text.slice(1))
    if (type !== undefined) yield { type: 'account', name: account, ...type }
  }

  *#alias(rest: string): Generator<JournalEvent, void, void> {
    const at = rest.indexOf('=')
    if (at < 0) return
    const from = rest.slice(0, at).trim()
    if (from.startsWith('/')) {
      const message = 'An alias by a pattern (/…/) is not applied: its accounts keep their names.'
      yield { type: 'finding', finding: { severity: 'warning', code: 'unsupported-record', message } }
      return
    }
    this.#scope.alias(from, rest.slice(at + 1).trim())
  }

  #commodityOf(sample: string): string {
    try {
      return new AmountScanner(sample, this.#mark, false, this.#options.seen).amount().commodity
    } catch {
      return ''
    }
  }

  *#price(rest: string, number: number): Generator<JournalEvent, void, void> {
    const date = parseJournalDate(rest, this.#scope.year)
    const timeless = rest
      .replace(DATE, '')
      .replace(/^\s+\d{1,2}:\d{2}(?::\d{2})?/, '')
      .trim()
    const quoted = /^"([^"]*)"\s*(.*)$/s.exec(timeless)
    const plain = /^([^\s\d.,;@"=-]+)\s*(.*)$/s.exec(timeless)
    const [commodity, amount] = quoted !== null ? [quoted[1], quoted[2]] : [plain?.[1], plain?.[2]]
    try {
      if (date === null || commodity === undefined || amount === undefined) {
        throw new JournalFault('bad-record', `"${rest.slice(0, 40)}" is no price of a day.`, rest)
      }
      const price = new AmountScanner(amount, this.#mark, false, this.#options.seen).amount()
      yield { type: 'price', record: number, date, commodity, price: this.#withCommodity(price) }
    } catch (error) {
      if (!(error instanceof JournalFault)) throw error
      yield { type: 'failed', record: number, reason: error.reason }
    }
  }
}

/** Told of a journal that this one includes: it is read where it is dropped, too, and never looked for elsewhere. */
export function includeFinding(path: string, record: number): Finding {
  const name = path.replaceAll(/^"|"$/g, '').slice(0, 120)
  const message = `This journal includes "${name}". Drop that file, too, together with this one or in one zip.`
  return { severity: 'warning', code: 'included-file', message, record, values: { name } }
}
