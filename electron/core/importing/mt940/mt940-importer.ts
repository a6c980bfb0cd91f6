import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { detectEncoding } from '../text/encoding.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedAccount,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import { readLines } from '../text/decode.ts'
import { MessageHeading, readAccountField } from './account-field.ts'
import { readBalance, readTotal, type SwiftBalance } from './balance.ts'
import { bookingOf } from './booking.ts'
import { checkBalance, checkTotals, continues, finding, unreadable } from './statement-checks.ts'
import { readStatementLine, type StatementLine } from './statement-line.ts'
import { MessageHeader, Mt940Statement } from './statement-state.ts'
import { SwiftFields, type SwiftPart } from './swift-fields.ts'

const PROGRESS_STEP = 1 << 20

type Field = Extract<SwiftPart, { type: 'field' }>

/** A booking whose further fields are still to come. */
interface OpenBooking {
  readonly line: StatementLine
  readonly record: number
  readonly details: string[]
  readonly numbered: string[]
}

/** Lines of text that one booking keeps: many times what any has. */
const MOST_LINES = 240

function addLines(kept: string[] | undefined, lines: readonly string[]): void {
  if (kept !== undefined && kept.length + lines.length <= MOST_LINES) kept.push(...lines)
}

/** Reads one file: keeps message and statement and turns fields into items. */
class Mt940Reader {
  readonly #today: IsoDate
  readonly #heading = new MessageHeading()
  #header = new MessageHeader()
  /** Set from a message's first field until its first balance or booking: only then is it clear whether it continues. */
  #fresh = true
  #statement: Mt940Statement | null = null
  #statements = 0
  #booking: OpenBooking | null = null

  constructor(today: IsoDate) {
    this.#today = today
  }

  *read(parts: Iterable<SwiftPart>): Generator<ParsedItem, void, void> {
    let reported = 0
    for (const part of parts) {
      if (part.position - reported >= PROGRESS_STEP) {
        reported = part.position
        yield { type: 'progress', bytes: reported }
      }
      if (part.type === 'field') yield* this.#field(part)
      else if (part.type === 'header') this.#heading.add(part.text)
      else yield* this.#broken(part.text, part.line)
    }
    yield* this.#endBooking()
    yield* this.#endStatement()
    if (this.#statements === 0) {
      const message = 'The file begins like MT940 but has neither a balance nor a booking: download it again.'
      throw new ImportRejection('truncated', message)
    }
  }

  *#field(field: Field): Generator<ParsedItem, void, void> {
    const value = field.lines[0] ?? ''
    switch (field.tag) {
      case '86':
        addLines(this.#booking?.details, field.lines)
        return
      case 'NS':
        this.#numbered(field.lines)
        return
      case '61':
        yield* this.#endBooking()
        yield* this.#line(field)
        return
      case '60':
      case '60F':
      case '60M':
        yield* this.#endBooking()
        yield* this.#opening(field)
        return
      case '62':
      case '62F':
      case '62M':
        yield* this.#endBooking()
        yield* this.#closing(field)
        return
      case '64':
        yield* this.#endBooking()
        if (this.#statement !== null) {
          this.#statement.available =
            readBalance(value, this.#statement.currency, this.#today) ?? this.#statement.available
        }
        return
      case '90C':
      case '90D':
        yield* this.#endBooking()
        yield* this.#total(field)
        return
      case '65':
      case '65F':
        yield* this.#endBooking()
        return
      default:
        yield* this.#endBooking()
        this.#head(field.tag, field.lines)
    }
  }

  /** A field of a message's head. */
  #head(tag: string, lines: readonly string[]): void {
    const value = lines[0] ?? ''
    if (tag === '940' || tag === '942') {
      this.#heading.type = tag
      return
    }
    const startsAgain = (tag === '25' || tag === '25P') && this.#header.hasAccount
    if (tag === '20' || (!this.#fresh && this.#statement?.begun === true && (startsAgain || tag === '21')))
      this.#begin()
    const header = this.#header
    if (tag === '25' || tag === '25P') {
      header.account = readAccountField(lines)
      header.hasAccount = true
    } else if (tag === '28' || tag === '28C') header.readNumber(value)
    else if (tag === '34F') {
      const code = value.trim().slice(0, 3).toUpperCase()
      if (isCurrencyCode(code)) header.currency = code
      header.interim = true
    } else if (tag.startsWith('13')) header.interim ||= tag === '13D'
  }

  #begin(): void {
    this.#header = new MessageHeader()
    this.#fresh = true
  }

  #numbered(lines: readonly string[]): void {
    if (this.#booking !== null) {
      addLines(this.#booking.numbered, lines)
      return
    }
    // the head of a message names the holder (22) and the account (23)
    const owner = lines.find((line) => line.startsWith('23')) ?? lines.find((line) => line.startsWith('22'))
    const name = owner?.slice(2).trim()
    if (this.#fresh && name !== undefined && /\p{L}/u.test(name)) this.#header.accountName ??= name
  }

  /** The statement that a balance or a booking belongs to: a new one, or that which this message continues. */
  *#current(opening: SwiftBalance | null, intermediate: boolean): Generator<ParsedItem, Mt940Statement, void> {
    const known = this.#statement
    if (!this.#fresh && known !== null) return known
    this.#fresh = false
    const header = this.#header
    header.interim = this.#heading.type === '942' || (this.#heading.type === null && header.interim)
    header.bank = this.#heading.bank
    if (known !== null && continues(known, header, opening, intermediate)) {
      if (known.closing !== null && opening !== null && known.closing.amount !== opening.amount) {
        const message =
          'A page of the statement begins with another balance than the page before ended with: one may be missing.'
        yield finding('warning', 'balance-gap', message)
        known.unsure = true
      }
      known.header = header
      known.continues = false
      known.closing = null
      return known
    }
    yield* this.#endStatement()
    const statement = new Mt940Statement(this.#statements, header)
    this.#statements += 1
    this.#statement = statement
    return statement
  }

  *#announce(statement: Mt940Statement, currency: CurrencyCode | null): Generator<ParsedItem, void, void> {
    if (statement.announced) return
    statement.announced = true
    const { account, accountName, bank } = statement.header
    statement.currency = currency ?? statement.header.currency ?? account.currency ?? null
    const institution = account.institution ?? bank
    const described: ParsedAccount = {
      ...(account.number === undefined ? {} : { number: account.number }),
      ...(accountName === undefined ? {} : { name: accountName }),
      ...(institution === undefined ? {} : { institution }),
    }
    yield { type: 'statement', statement: statement.index, account: described, currency: statement.currency }
    if (statement.currency === null) {
      const message = `The file does not say the currency of account ${account.number ?? ''}.`
      yield finding('warning', 'currency-unknown', message)
    }
  }

  *#opening(field: Field): Generator<ParsedItem, void, void> {
    const balance = readBalance(field.lines[0] ?? '', null, this.#today)
    if (!this.#fresh && this.#statement?.begun === true) {
      // a message whose head is missing: the account is that of the one before
      const { account, hasAccount, accountName } = this.#header
      this.#begin()
      Object.assign(this.#header, { account, hasAccount, accountName })
    }
    const statement = yield* this.#current(balance, field.tag === '60M')
    // an interim report has no opening balance: fields of one in a statement change nothing
    statement.header.interim = this.#heading.type === '942'
    yield* this.#announce(statement, balance?.currency ?? null)
    if (balance === null) {
      statement.unsure = true
      yield unreadable('opening', field)
      return
    }
    if (statement.opening !== null || statement.bookings > 0) return
    statement.opening = balance
    yield { type: 'balance', statement: statement.index, kind: 'opening', amount: balance.amount, on: balance.on }
  }

  *#closing(field: Field): Generator<ParsedItem, void, void> {
    const known = this.#fresh ? this.#header.currency : (this.#statement?.currency ?? null)
    const balance = readBalance(field.lines[0] ?? '', known, this.#today)
    const statement = yield* this.#current(null, false)
    yield* this.#announce(statement, balance?.currency ?? null)
    statement.continues = field.tag === '62M'
    if (balance === null) {
      statement.unsure = true
      yield unreadable('closing', field)
      return
    }
    if (balance.currency !== null && statement.currency !== null && balance.currency !== statement.currency) {
      statement.unsure = true
      const message = `The closing balance is in ${balance.currency}, the statement in ${statement.currency}: it was not used.`
      yield finding('warning', 'bad-currency', message, field.line)
      return
    }
    statement.closing = balance
  }

  *#total(field: Field): Generator<ParsedItem, void, void> {
    const total = readTotal(field.lines[0] ?? '')
    if (total === null) return
    const statement = yield* this.#current(null, false)
    const code = /[A-Z]{3}/.exec(field.lines[0] ?? '')?.[0] ?? ''
    yield* this.#announce(statement, isCurrencyCode(code) ? code : null)
    if (this.#heading.type === null && statement.opening === null) statement.header.interim = true
    if (field.tag === '90C') statement.toldCredits = total
    else statement.toldDebits = total
  }

  *#line(field: Field): Generator<ParsedItem, void, void> {
    const statement = yield* this.#current(null, false)
    yield* this.#announce(statement, null)
    const line = readStatementLine(field.lines, statement.currency, this.#today)
    if ('message' in line) {
      statement.failures += 1
      yield { type: 'failed', record: field.line, reason: line }
      return
    }
    this.#booking = { line, record: field.line, details: [], numbered: [] }
  }

  *#broken(text: string, record: number): Generator<ParsedItem, void, void> {
    yield* this.#endBooking()
    const statement = yield* this.#current(null, false)
    yield* this.#announce(statement, null)
    statement.failures += 1
    const message = `A line looks like a booking, but its tag (:61:) is damaged: "${text.slice(0, 60)}".`
    yield { type: 'failed', record, reason: { code: 'bad-record', message, values: { text: text.slice(0, 60) } } }
  }

  *#endBooking(): Generator<ParsedItem, void, void> {
    const booking = this.#booking
    const statement = this.#statement
    this.#booking = null
    if (booking === null || statement === null) return
    const { line, record, details, numbered } = booking
    statement.take(line)
    const { account, interim } = statement.header
    const transaction = bookingOf(line, details, numbered, {
      currency: statement.currency,
      account: account.number,
      interim,
    })
    yield { type: 'transaction', statement: statement.index, record, transaction }
  }

  *#endStatement(): Generator<ParsedItem, void, void> {
    const statement = this.#statement
    this.#statement = null
    if (statement === null) return
    const { index, opening, closing, available, first, last, header } = statement
    if (closing !== null) {
      yield { type: 'balance', statement: index, kind: 'closing', amount: closing.amount, on: closing.on }
    } else if (opening !== null && !statement.unsure && !header.interim) {
      const message = 'A statement has no closing balance: check that the last bookings are there.'
      yield finding('warning', 'truncated', message)
    }
    if (available !== null && (available.currency === null || available.currency === statement.currency)) {
      yield { type: 'balance', statement: index, kind: 'available', amount: available.amount, on: available.on }
    }
    const from = first ?? opening?.on ?? null
    const to = closing?.on ?? last
    if (from !== null || to !== null) yield { type: 'period', statement: index, from, to }
    yield* checkBalance(statement)
    yield* checkTotals(statement)
  }
}

const BALANCE = /^[ \t]{0,9}:6[02][FM]? ?: ?[CD] ?\d{6}/im
const LINE = /^[ \t]{0,9}:61 ?: ?\d{6}/m
const ENVELOPE = /\{2:[IO]94[0-2]/
const HEADS = [/^[ \t]{0,9}:20 ?:/m, /^[ \t]{0,9}:25P? ?:/m, /^[ \t]{0,9}:28C? ?:/m]
const CONTROLS = /[^\t\n\r\u0020-\uffff]/g

/** The head as text, also where a transmission's control characters made it look binary. */
function textOf({ text, bytes }: FileHead): string {
  if (text !== '') return text
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').replaceAll(CONTROLS, '')
}

/** MT940, MT942, MT941 and MT950, with or without a SWIFT envelope, in the dialects of banks everywhere. */
export const mt940Importer: Importer = {
  id: 'mt940',

  identify(head: FileHead): Identification {
    const text = textOf(head)
    if (!text.includes(':')) return 'no'
    if (LINE.test(text) || BALANCE.test(text) || ENVELOPE.test(text)) return 'yes'
    return HEADS.filter((pattern) => pattern.test(text)).length >= 2 ? 'likely' : 'no'
  },

  *parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    const encoding = detectEncoding(source)
    if (encoding.by === 'guess') {
      yield finding('info', 'encoding-guess', `The text was read as ${encoding.encoding}.`, undefined, {
        encoding: encoding.encoding,
      })
    }
    yield* new Mt940Reader(options.today).read(new SwiftFields().read(readLines(source, encoding)))
  },
}
