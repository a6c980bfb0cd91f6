import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { DelimitedLayout } from '../../../shared/model/delimited-layout.ts'

/**
 * The border between a statement file and the rest of Onebook. An importer is pure: bytes in, parsed items out, lazily,
 * so that a file of any size passes through a window of memory. It never knows about the vault.
 */

/** Random access to a file's bytes. Reads are synchronous: importers run in a worker thread, never on a host's thread. */
export interface ByteSource {
  /** The file's own name without folders: a hint, and what messages call it. */
  readonly name: string
  readonly size: number
  /** Up to `length` bytes from `offset`; fewer only at the end. The array is the reader's to keep. */
  read(offset: number, length: number): Uint8Array
  /** As `read`, into an array of the reader's own; answers how many. For those who pass over a big file. */
  readInto?(offset: number, target: Uint8Array): number
  /** Set for what was written in a mail itself, beside the files that were attached to it. */
  readonly isMailBody?: true
}

/** What an importer sees before it decides whether a file is its own. */
export interface FileHead {
  readonly name: string
  readonly size: number
  /** The first 64 KiB (or all of a smaller file). */
  readonly bytes: Uint8Array
  /** `bytes` as text in the detected encoding, without a byte order mark; '' for binary content. */
  readonly text: string
}

/**
 * `no`: not this format. `maybe`: could be read as such (delimited text says so to nearly any table).
 * `likely`: the shape fits a format without a signature of its own. `yes`: the format's own signature is there.
 */
export type Identification = 'no' | 'maybe' | 'likely' | 'yes'

/** Closed list: each has a text in both languages under `importing.reason.*`, with `values` filled in. */
export type ReasonCode =
  // of a whole file
  | 'empty-file'
  | 'unknown-format'
  | 'wrong-kind'
  | 'truncated'
  | 'binary'
  | 'password-protected'
  | 'scanned-document'
  | 'damaged'
  | 'no-transactions-table'
  | 'too-large'
  | 'archive-bomb'
  | 'unsupported-version'
  | 'other-save-format'
  // of one record
  | 'missing-amount'
  | 'bad-amount'
  | 'missing-date'
  | 'bad-date'
  | 'bad-record'
  | 'bad-currency'
  | 'not-settled'
  | 'closed-order'
  | 'zero-amount'
  | 'balance-row'
  | 'totals-row'
  | 'repeated-header'
  | 'information-only'
  | 'unsupported-record'

/** Codes of things worth telling that are not the fate of one record. */
export type FindingCode =
  | ReasonCode
  | 'balance-mismatch'
  | 'assertion-broken'
  | 'balance-gap'
  | 'rounded-amount'
  | 'encoding-guess'
  | 'ambiguous-date-order'
  | 'year-guess'
  | 'ambiguous-decimal-mark'
  | 'ambiguous-sign'
  | 'currency-unknown'
  | 'count-mismatch'
  | 'unclosed-element'
  | 'future-date'
  | 'included-file'
  | 'settlement-mismatch'
  | 'hidden-rows'
  | 'sheet-left-out'
  | 'sheets-repeated'
  | 'holdings-day'
  | 'credit-enquiries'
  | 'credit-overdue'
  | 'credit-public-records'

export type MessageValues = Readonly<Record<string, string | number>>

export interface Reason {
  readonly code: ReasonCode
  /** Plain English: what is wrong and what to do. */
  readonly message: string
  readonly values?: MessageValues
}

export interface Finding {
  readonly severity: 'info' | 'warning' | 'error'
  readonly code: FindingCode
  readonly message: string
  /** 1-based: the line of a text file, the row of a sheet, or the ordinal of the record in other formats. */
  readonly record?: number
  readonly values?: MessageValues
}

/** Thrown by `parse` where nothing of the file may be imported. */
export class ImportRejection extends Error {
  override readonly name = 'ImportRejection'
  readonly code: ReasonCode
  readonly values: MessageValues
  constructor(code: ReasonCode, message: string, values: MessageValues = {}) {
    super(message)
    this.code = code
    this.values = values
  }
}

/** A key of `resources/account-kinds/`, checked: what a format or a profile knows beyond the general kinds. */
export type SpecificKind = string & { readonly specificKind: true }

/** A hint at the account's kind; the names are those of `resources/account-kinds/`. */
export type AccountKindHint =
  | SpecificKind
  | 'checking'
  | 'savings'
  | 'cash'
  | 'credit-card'
  | 'loan'
  | 'line-of-credit'
  | 'money-market'
  | 'brokerage'
  | 'retirement'
  | 'e-wallet'
  | 'asset'
  | 'receivable'
  | 'liability'

export interface ParsedAccount {
  /** As in the file, spaces kept. May be masked ("****1234"). */
  readonly number?: string
  readonly name?: string
  /** The institution's name, or its code where the file has only that (a BIC, an OFX ORG, a bank code). */
  readonly institution?: string
  readonly kind?: AccountKindHint
  /** The program that the file comes from has closed or hidden it. */
  readonly isClosed?: boolean
}

export interface ParsedSecurity {
  readonly isin?: string
  readonly symbol?: string
  readonly name?: string
  /** CUSIP, WKN, SEDOL or the file's own id, with its scheme. */
  readonly otherId?: { readonly scheme: string; readonly value: string }
  readonly class?: 'equity' | 'fund' | 'etf' | 'bond' | 'option' | 'money-market' | 'crypto' | 'metal' | 'other'
}

/** The vocabulary of what a transaction is. Cash effect and sign are in `amount`, never in the kind. */
export type TransactionKind =
  | 'payment'
  | 'transfer'
  | 'refund'
  | 'buy'
  | 'sell'
  | 'dividend'
  | 'interest'
  | 'fee'
  | 'tax'
  | 'reinvestment'
  | 'security-in'
  | 'security-out'
  | 'split'
  | 'return-of-capital'
  | 'cash-withdrawal'
  | 'deposit'
  | 'opening'
  | 'other'

export interface ParsedSplit {
  /** Signed as the transaction's amount; the parts add up to it. */
  readonly amount: Decimal
  readonly category?: string
  readonly memo?: string
  /** Set where the part is a transfer to that account of the same file or program. */
  readonly transferAccount?: string
}

export interface ParsedTransaction {
  /** The booking date. */
  readonly date: IsoDate
  readonly valueDate?: IsoDate
  /** HH:MM or HH:MM:SS where the file has one: it orders a day and tells twins apart. */
  readonly time?: string
  /** The cash effect on the account in the statement's currency: credit positive. Zero for moves of securities alone. */
  readonly amount: Decimal
  readonly kind: TransactionKind
  /** Absent means booked. */
  readonly status?: 'booked' | 'pending'
  readonly payee?: string
  readonly memo?: string
  /** The bank's own identity of this transaction (FITID, order number, end-to-end id). */
  readonly reference?: string
  readonly checkNumber?: string
  /** IBAN or account number of the other side. */
  readonly counterparty?: string
  /** The file's own category text, parts joined by ":". */
  readonly category?: string
  readonly tags?: readonly string[]
  /** Merchant category code. */
  readonly merchantCategory?: string
  /** Set where the whole transaction is a transfer to that account of the same file or program. */
  readonly transferAccount?: string
  /** The account's balance after this transaction, as the file says. */
  readonly balance?: Decimal
  /** What was charged in another currency: `amount` = `original.amount` × `original.rate` where the file has a rate. */
  readonly original?: { readonly amount: Decimal; readonly currency: CurrencyCode; readonly rate?: Decimal }
  readonly splits?: readonly ParsedSplit[]
  readonly security?: ParsedSecurity
  /** Positive into the account, negative out of it. */
  readonly quantity?: Decimal
  /** Per unit, in the statement's currency. */
  readonly price?: Decimal
  /** Magnitudes, already contained in `amount`. */
  readonly fee?: Decimal
  readonly tax?: Decimal
}

/** A holding as the statement reports it. */
export interface ParsedPosition {
  readonly security: ParsedSecurity
  readonly quantity: Decimal
  readonly price?: Decimal
  /** Market value in the statement's currency. */
  readonly value?: Decimal
  /** What was paid for it, where the file says. */
  readonly cost?: Decimal
  readonly on: IsoDate
}

/** 查询记录 of a credit report: who looked at it, on which civil day, what for. */
export interface ParsedEnquiry {
  readonly on: IsoDate
  /** As the report writes it. */
  readonly institution: string
  /** As the report writes it: `resources/credit-enquiry-reasons.json` knows the usual ones. */
  readonly reason: string
  /** By the person that the report is of. */
  readonly isOwn: boolean
}

/** A card or loan that was overdue within the five years before the report. */
export interface ParsedOverdue {
  readonly lender: string
  readonly product: string
  readonly openedOn: IsoDate | null
  /** Months of the last five years in which it was overdue; null where the report does not count them. */
  readonly months: number | null
  /** Of these, months in which it was so for more than 90 days; null where the report does not say. */
  readonly monthsOver90: number | null
  /** What is overdue on the day of the report, a magnitude in CNY; null where the report names nothing. */
  readonly overdue: Decimal | null
}

export const publicRecordKinds = ['tax-owed', 'judgment', 'enforcement', 'penalty', 'telephone-bill'] as const

/** 公共记录 of a credit report, in its own words. */
export interface ParsedPublicRecord {
  readonly kind: (typeof publicRecordKinds)[number]
  readonly body: string
}

/** What a credit report tells of a person beside what is owed: no money, but what lenders look at. */
export interface ParsedCreditReport {
  /** The name of the person as the report has it; '' where it cannot be read. */
  readonly subject: string
  /** The report's own number, '' without one. */
  readonly number: string
  readonly reportedOn: IsoDate | null
  readonly enquiries: readonly ParsedEnquiry[]
  readonly overdues: readonly ParsedOverdue[]
  readonly publicRecords: readonly ParsedPublicRecord[]
}

/**
 * One item after another. A statement is announced before the first item that belongs to it; several may be open at
 * once (a program's export that mixes accounts). Every source record ends as exactly one of transaction, skipped, failed.
 */
export type ParsedItem =
  | {
      readonly type: 'statement'
      readonly statement: number
      readonly account: ParsedAccount
      readonly currency: CurrencyCode | null
    }
  | {
      readonly type: 'transaction'
      readonly statement: number
      readonly record: number
      readonly transaction: ParsedTransaction
      /**
       * Set where one source record touches several accounts of a double-entry book: its `main` row first, then a
       * `counterpart` on each other account; or exchanges one asset for another, each with a row of its own. A record is
       * counted once, by its main row.
       */
      readonly side?: 'main' | 'counterpart'
    }
  | { readonly type: 'skipped'; readonly record: number; readonly reason: Reason }
  | { readonly type: 'failed'; readonly record: number; readonly reason: Reason }
  | { readonly type: 'position'; readonly statement: number; readonly position: ParsedPosition }
  | {
      readonly type: 'balance'
      readonly statement: number
      readonly kind: 'opening' | 'closing' | 'available' | 'limit'
      readonly amount: Decimal
      readonly on: IsoDate | null
    }
  /** What the account held at the end of a day, as the file says; any number of them, in any order. */
  | {
      readonly type: 'day-balance'
      readonly statement: number
      readonly amount: Decimal
      readonly on: IsoDate
    }
  /**
   * A category of the program that the file comes from, parts of its path joined by ":". Told before the first
   * transaction that names it: the vault then makes it unless it has one of that meaning. Other category texts make none.
   */
  | { readonly type: 'category'; readonly path: string; readonly kind: 'income' | 'expense' }
  | { readonly type: 'period'; readonly statement: number; readonly from: IsoDate | null; readonly to: IsoDate | null }
  | {
      readonly type: 'price'
      readonly security: ParsedSecurity
      readonly price: Decimal
      readonly currency: CurrencyCode | null
      readonly on: IsoDate
    }
  | {
      readonly type: 'exchange-rate'
      readonly base: CurrencyCode
      readonly quote: CurrencyCode
      readonly rate: Decimal
      readonly on: IsoDate
      /** Absent: a central bank's reference rate. `book`: another program's own, which gives way to reference rates. */
      readonly source?: 'book'
    }
  | {
      readonly type: 'layout'
      readonly layout: DelimitedLayout
      readonly confidence: number
      readonly columns: readonly string[]
      readonly sample: readonly (readonly string[])[]
    }
  | { readonly type: 'credit-report'; readonly report: ParsedCreditReport }
  | { readonly type: 'finding'; readonly finding: Finding }
  /** How far the reader is, for a progress bar. */
  | { readonly type: 'progress'; readonly bytes: number }

export interface ParseOptions {
  /** Set where the user (or a remembered profile) has said how the columns are to be read: detection is then left out. */
  readonly layout?: DelimitedLayout
  readonly password?: string
  /** Resolves two-digit years and relative words. */
  readonly today: IsoDate
}

export interface Importer {
  /** Stable and short, as `inspect` prints it: "ofx", "qif", "csv", "csv:alipay". */
  readonly id: string
  /** The institution's or program's own name, where the importer is for one alone. */
  readonly title?: string
  /** Why the answer: the first sure signature wins; ties go to the importer that comes first in the registry. */
  identify(head: FileHead): Identification
  /** Throws `ImportRejection` where nothing may be imported. Any other throw is a defect and is reported as `damaged`. */
  parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void>
}
