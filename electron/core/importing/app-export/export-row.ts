import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { readAmount } from '../delimited/amount-text.ts'
import type { DateOrder, DateText } from '../delimited/date-text.ts'
import { parseDateText } from '../delimited/date-text.ts'
import { currencyFromText } from '../delimited/header-vocabulary.ts'
import type { Reason, TransactionKind } from '../importer.ts'
import type { DecimalMark } from '../text/number-text.ts'
import type { AppLayout, Meaning, Role } from './app-profiles.ts'

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** How one export writes things, as told by all of it. */
export interface ExportConventions {
  readonly order: DateOrder
  readonly mark: DecimalMark
  readonly thisYear: number
  /** Names of the accounts in the file. */
  readonly accounts: ReadonlySet<string>
}

/**
 * What the sign of an amount says beside a word for the direction: `reversal`: amounts are magnitudes, a minus takes
 * something back; `written`: amounts bear the sign that the word means; `none`: nothing, for it contradicts the words.
 */
export type SignReading = 'reversal' | 'written' | 'none'

const MINUS = /^[^\d]{0,6}[-−(]/

/** Gathers from all rows of a table what their signs say beside their words. */
export class SignVote {
  readonly #words: ReadonlyMap<string, Meaning>
  readonly #type: number | undefined
  readonly #amount: number | undefined
  #outAgree = 0
  #outDiffer = 0
  #inAgree = 0
  #inDiffer = 0

  constructor({ table, columns }: AppLayout) {
    this.#words = new Map(Object.entries(table.types).map(([word, meaning]) => [fold(word), meaning]))
    this.#type = columns.get('type')?.[0]
    this.#amount = columns.get('amount')?.[0]
  }

  add(cells: readonly string[]): void {
    if (this.#type === undefined || this.#amount === undefined) return
    const meaning = this.#words.get(fold(cells[this.#type] ?? ''))
    const text = (cells[this.#amount] ?? '').trim()
    if (text === '' || (meaning !== 'in' && meaning !== 'out')) return
    const isMinus = MINUS.test(text)
    if (meaning === 'out') {
      if (isMinus) this.#outAgree += 1
      else this.#outDiffer += 1
    } else if (isMinus) this.#inDiffer += 1
    else this.#inAgree += 1
  }

  verdict(): SignReading {
    if (this.#outAgree > this.#outDiffer) return 'written'
    return this.#inDiffer > this.#inAgree ? 'none' : 'reversal'
  }
}

/** A row as the program means it. */
export interface ExportRow {
  readonly when: DateText
  readonly account: string
  readonly currency: CurrencyCode | null
  /** Signed, credit to the account positive. */
  readonly amount: Decimal
  readonly kind: TransactionKind
  readonly payee: string
  readonly memos: readonly string[]
  /** Parts of the path joined by ":"; '' for none. */
  readonly category: string
  readonly tags: readonly string[]
  readonly reference: string
  readonly check: string
  /** The other own account of a transfer. */
  readonly other: string
  /** What arrives there, and in which currency, where this row alone tells of both sides. */
  readonly arrives: { readonly amount: Decimal; readonly currency: CurrencyCode | null } | null
  readonly original: { readonly amount: Decimal; readonly currency: CurrencyCode } | null
}

/** What has become of a row: itself, one part of the transaction above it, or why it is none. */
export type RowOutcome =
  | { readonly type: 'row'; readonly row: ExportRow }
  | { readonly type: 'part'; readonly amount: Decimal; readonly category: string; readonly memo: string }
  | { readonly type: 'failed' | 'skipped'; readonly reason: Reason }

const failed = (code: Reason['code'], message: string, text?: string): RowOutcome => ({
  type: 'failed',
  reason: { code, message, ...(text === undefined ? {} : { values: { text } }) },
})

/** Reads the rows of one table. */
export class RowReader {
  readonly #layout: AppLayout
  readonly #conventions: ExportConventions
  readonly #types: ReadonlyMap<string, Meaning>
  readonly #sign: SignReading

  constructor(layout: AppLayout, conventions: ExportConventions, sign: SignReading) {
    this.#layout = layout
    this.#sign = sign
    this.#conventions = conventions
    this.#types = new Map(Object.entries(layout.table.types).map(([word, meaning]) => [fold(word), meaning]))
  }

  /** The cells of a role, the most telling first, without empty ones and those that a dash says to be empty. */
  #all(cells: readonly string[], role: Role): readonly string[] {
    const columns = this.#layout.columns.get(role) ?? []
    return columns.map((at) => (cells[at] ?? '').trim()).filter((text) => text !== '' && text !== '-')
  }

  #get(cells: readonly string[], role: Role): string {
    return this.#all(cells, role)[0] ?? ''
  }

  #number(cells: readonly string[], role: Role): Decimal | null | 'bad' {
    const text = this.#get(cells, role)
    return text === '' ? null : (readAmount(text, this.#conventions.mark) ?? 'bad')
  }

  /** The category's path; '' where the program says that there is none. */
  #category(cells: readonly string[]): string {
    const { noGroups, noCategories } = this.#layout.table
    const [group, category, sub] = [
      this.#get(cells, 'group'),
      this.#get(cells, 'category'),
      this.#get(cells, 'subcategory'),
    ]
    const isNone = (text: string, list: readonly string[]): boolean => list.some((none) => fold(none) === fold(text))
    const parts = [isNone(group, noGroups) ? '' : group, isNone(category, noCategories) ? '' : category, sub]
    const path = parts.map((part) => part.replaceAll(':', ' ').trim()).filter((part) => part !== '' && part !== '-')
    // a group of the same name as its category says nothing more
    return [...new Set(path)].join(':')
  }

  #transferOf(cells: readonly string[], payee: string, category: string): string {
    const { table } = this.#layout
    const prefix = table.transferPayees.find((start) => fold(payee).startsWith(fold(start)) && payee !== start.trim())
    if (prefix !== undefined) return payee.slice(prefix.trimEnd().length).trim()
    const isAccount = table.accountPayees && category === '' && this.#conventions.accounts.has(payee)
    return isAccount && payee !== this.#get(cells, 'account') ? payee : ''
  }

  read(cells: readonly string[]): RowOutcome {
    const { table } = this.#layout
    const dateText = this.#get(cells, 'date')
    if (dateText === '') return failed('missing-date', 'The row has no date.')
    const when = parseDateText(dateText, this.#conventions.order, this.#conventions.thisYear)
    if (when === null) {
      const shown = dateText.slice(0, 40)
      return failed('bad-date', `"${shown}" is not a date.`, shown)
    }
    const category = this.#category(cells)
    const part = this.#number(cells, 'part')
    const whole = table.sign === 'flows' ? this.#flows(cells) : this.#number(cells, 'amount')
    if (whole === 'bad' || part === 'bad') {
      const shown = (this.#get(cells, 'amount') || this.#get(cells, 'outflow') || this.#get(cells, 'inflow')).slice(
        0,
        40,
      )
      return failed('bad-amount', `"${shown}" is not an amount.`, shown)
    }
    if (part !== null && signOfDecimal(part) !== 0 && (whole === null || signOfDecimal(whole) === 0)) {
      return { type: 'part', amount: part, category, memo: this.#get(cells, 'memo') }
    }
    if (whole === null) return failed('missing-amount', 'The row has no amount.')
    const typeText = this.#get(cells, 'type')
    const meaning = this.#meaning(typeText, whole)
    if (meaning === null) {
      const shown = typeText.slice(0, 40)
      return failed('unsupported-record', `"${shown}" is no kind of row that Onebook knows of this program.`, shown)
    }
    return { type: 'row', row: this.#row(cells, when, whole, meaning, category) }
  }

  #flows(cells: readonly string[]): Decimal | null | 'bad' {
    const [inflow, outflow] = [this.#number(cells, 'inflow'), this.#number(cells, 'outflow')]
    if (inflow === 'bad' || outflow === 'bad') return 'bad'
    if (inflow === null && outflow === null) return null
    return subtractDecimal(inflow ?? ZERO, outflow ?? ZERO)
  }

  #meaning(typeText: string, amount: Decimal): Meaning | null {
    const { sign } = this.#layout.table
    if (sign === 'out' || sign === 'in' || sign === 'transfer') return sign
    if (sign === 'signed' || sign === 'flows') return signOfDecimal(amount) < 0 ? 'out' : 'in'
    return this.#types.get(fold(typeText)) ?? null
  }

  #row(cells: readonly string[], when: DateText, whole: Decimal, meaning: Meaning, path: string): ExportRow {
    const { table } = this.#layout
    const [from, to] = [this.#get(cells, 'from'), this.#get(cells, 'to')]
    const fromIsOwn = !/initial balance|reconciliation|revenue/i.test(this.#get(cells, 'fromKind'))
    const isTransfer = meaning.startsWith('transfer')
    const isOut =
      meaning === 'out' ||
      meaning === 'transfer' ||
      meaning === 'transfer-back' ||
      meaning === 'transfer-out' ||
      ((meaning === 'opening' || meaning === 'own-side') && fromIsOwn)
    const tellsBoth = meaning === 'transfer' || meaning === 'transfer-back'
    const [source, target] = meaning === 'transfer-back' ? [to, from] : [from, to]
    const hasSides = this.#layout.columns.has('from')
    const account = hasSides ? (isOut ? source : target) : this.#get(cells, 'account')
    const described = this.#get(cells, 'payee')
    const side = hasSides && !tellsBoth && meaning !== 'opening' ? (isOut ? target : source) : ''
    const payee = side === '' ? described : side
    const found = hasSides
      ? tellsBoth
        ? target
        : ''
      : isTransfer && table.otherIsCategory
        ? this.#get(cells, 'category')
        : this.#transferOf(cells, described, path)
    const isMove = isTransfer || found !== '' || table.transferCategories.some((name) => fold(name) === fold(path))
    const isSigned = table.sign === 'signed' || table.sign === 'flows'
    const isPlain = table.sign === 'type' && (meaning === 'in' || meaning === 'out')
    const size = isPlain && this.#sign === 'reversal' ? whole : absoluteDecimal(whole)
    const isWritten = isSigned || (isPlain && this.#sign === 'written')
    const amount = isWritten ? whole : isOut ? negateDecimal(size) : size
    const isOpening = meaning === 'opening' || table.opening.some((name) => fold(name) === fold(described))
    const memos = this.#all(cells, 'memo').filter((memo) => memo !== payee)
    if (side !== '' && described !== '' && described !== payee) memos.unshift(described)
    const currency = currencyFromText(this.#get(cells, 'currency'))
    const foreign = this.#foreign(cells)
    return {
      when,
      account,
      currency,
      amount,
      kind: isOpening ? 'opening' : isMove ? 'transfer' : 'payment',
      payee,
      memos,
      category: isMove ? '' : path,
      tags: this.#all(cells, 'tags').flatMap((text) => text.split(/(?<!\s)\s*[,;|]\s*/).filter((tag) => tag !== '')),
      reference: this.#get(cells, 'reference'),
      check: this.#get(cells, 'check'),
      other: found,
      arrives: tellsBoth
        ? { amount: foreign?.amount ?? absoluteDecimal(amount), currency: foreign?.currency ?? currency }
        : null,
      original:
        tellsBoth || foreign === null || foreign.currency === null || foreign.currency === currency
          ? null
          : { amount: isOut ? negateDecimal(foreign.amount) : foreign.amount, currency: foreign.currency },
    }
  }

  /** The amount on the other side, as a magnitude, and its currency where one is named. */
  #foreign(cells: readonly string[]): { readonly amount: Decimal; readonly currency: CurrencyCode | null } | null {
    const amount = this.#number(cells, 'otherAmount')
    if (amount === null || amount === 'bad' || signOfDecimal(amount) === 0) return null
    return { amount: absoluteDecimal(amount), currency: currencyFromText(this.#get(cells, 'otherCurrency')) }
  }
}
