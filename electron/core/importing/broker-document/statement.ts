import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  parseDecimal,
  signOfDecimal,
  subtractDecimal,
} from '../../../../shared/domain/decimal.ts'
import { type IsoDate, partsOfDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import type {
  AccountKindHint,
  Finding,
  ParsedAccount,
  ParsedTransaction,
  Reason,
  TransactionKind,
} from '../importer.ts'
import { wordsOf } from './fold.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { type Span, spansOf } from './statement-accounts.ts'
import { type Balances, balancesOf } from './statement-balances.ts'
import {
  balanceWordOf,
  columnsOf,
  currencyIn,
  looksLikeRow,
  type RawRow,
  type RowDay,
  rowsOf,
  type StatementColumns,
} from './statement-rows.ts'
import { chargesBelow } from './statement-charges.ts'
import { type SignedRow, signRows } from './statement-signs.ts'
import { countsWithUnit } from './settlement-security.ts'
import { cashAccountWords, rowKindWords, statementWords } from './vocabulary.ts'

export type StatementRow =
  | {
      readonly type: 'transaction'
      readonly record: number
      readonly transaction: ParsedTransaction
      readonly currency: CurrencyCode | null
    }
  | { readonly type: 'skipped' | 'failed'; readonly record: number; readonly reason: Reason }

export interface StatementSection {
  readonly account: ParsedAccount
  readonly currency: CurrencyCode | null
  readonly opening: Decimal | null
  readonly closing: Decimal | null
  readonly rows: readonly StatementRow[]
  readonly findings: readonly Finding[]
}

const LONGEST_TITLE = 14
const MOST_MEMO_LINES = 8

/** Whether a text calls itself a statement of account, in a line of its own. */
export function hasStatementTitle(lines: readonly DocumentLine[]): boolean {
  return lines.some(
    (line) =>
      line.words.length <= LONGEST_TITLE &&
      phrasesIn(line, statementWords).some(({ meaning, before }) => meaning === 'title' && before <= 4),
  )
}

/** The year of a day without one: a year printed by itself beside the row, else the latest that the document allows. */
function yearFor(
  day: number,
  month: number,
  row: RawRow,
  lines: readonly DocumentLine[],
  latest: IsoDate | null,
): IsoDate | null {
  for (let at = row.line; at <= Math.min(row.amountLine + 1, lines.length - 1); at += 1) {
    const year = /^\s*((?:19|20)\d{2})(?![\d.,])/.exec(lines[at]?.text ?? '')?.[1]
    if (year !== undefined) return tryIsoDate(Number(year), month, day)
  }
  if (latest === null) return null
  const { year } = partsOfDate(latest)
  const own = tryIsoDate(year, month, day)
  return own !== null && own <= latest ? own : (tryIsoDate(year - 1, month, day) ?? own)
}

function dateOf(
  day: RowDay | null,
  row: RawRow,
  lines: readonly DocumentLine[],
  latest: IsoDate | null,
): IsoDate | null {
  if (day === null) return null
  return 'date' in day ? day.date : yearFor(day.day, day.month, row, lines, latest)
}

/** The latest day of the heading: the end of the period or the day of printing. */
function latestDate(lines: readonly DocumentLine[], firstRow: number): IsoDate | null {
  const dates = lines
    .slice(0, firstRow + 1)
    .flatMap(({ figures }) => figures.flatMap((figure) => (figure.type === 'date' ? [figure.value] : [])))
  const all =
    dates.length > 0
      ? dates
      : lines.flatMap(({ figures }) => figures.flatMap((figure) => (figure.type === 'date' ? [figure.value] : [])))
  return all.toSorted().at(-1) ?? null
}

function kindOf(text: string, amount: Decimal): TransactionKind {
  // a number that a program glued to the word behind it ("SVD1475COMPRA") is none of it
  const hits = rowKindWords.find(wordsOf(text.replaceAll(/(?<=\d)(?=\p{L}{4})/gu, ' ')))
  const kind = hits[0]?.meaning
  if (kind === undefined) return 'payment'
  // "Gutschrift", "Einzahlung" say deposit; one that goes out is a payment
  if (kind === 'deposit' && signOfDecimal(amount) < 0) return 'payment'
  if (kind === 'buy' && signOfDecimal(amount) > 0)
    return hits.some(({ meaning }) => meaning === 'sell') ? 'sell' : 'payment'
  if (kind === 'sell' && signOfDecimal(amount) < 0) return 'payment'
  return kind
}

const QUANTITY = /(quantity|anzahl|stückzahl|quantité|quantità|cantidad|aantal)\s{0,3}:\s{0,3}$/i
const POINTED = /^\d{1,12}\.\d{1,12}$/

/**
 * "… EUR Acc, quantity: 23.163118": the number of units in a row's text. Behind the English word a point divides, whatever
 * mark the amounts of the document have.
 */
function statedQuantity(lines: readonly DocumentLine[]): Decimal | undefined {
  for (const { text, figures } of lines) {
    for (const { type, start, end, ...figure } of figures) {
      const word = type === 'number' ? QUANTITY.exec(text.slice(Math.max(0, start - 20), start))?.[1] : undefined
      if (word === undefined || !('percent' in figure) || figure.currency !== null || figure.percent) continue
      const printed = text.slice(start, end).trim()
      return word.toLowerCase() === 'quantity' && POINTED.test(printed) ? parseDecimal(printed) : figure.value
    }
  }
  return undefined
}

function transactionOf(
  signed: SignedRow,
  date: IsoDate,
  value: IsoDate | null,
  more: readonly DocumentLine[],
  lines: readonly DocumentLine[],
): ParsedTransaction | null {
  const { row, amount } = signed
  if (amount === null) return null
  const below = more.map(({ text }) => text.trim())
  const [head = '', ...details] = [row.text, ...below].filter((text) => text !== '')
  const text = head.replaceAll(/\s+/g, ' ').trim()
  const kind = kindOf(`${text} ${details.join(' ')}`, amount)
  const own = [...lines.slice(row.line, row.amountLine + 1), ...more]
  const isin = own.flatMap(({ figures }) => figures).find((figure) => figure.type === 'isin')
  const trade = kind === 'buy' || kind === 'sell'
  const count = trade ? (own.flatMap(countsWithUnit)[0]?.value ?? statedQuantity(own)) : undefined
  const quantity = count === undefined ? undefined : absoluteDecimal(count)
  return {
    date,
    ...(value === null || value === date ? {} : { valueDate: value }),
    ...(row.time === undefined ? {} : { time: row.time }),
    amount,
    kind,
    ...(text === '' ? {} : { payee: text.slice(0, 140) }),
    ...(details.length === 0 ? {} : { memo: details.join(' ').replaceAll(/\s+/g, ' ').slice(0, 500) }),
    ...(signed.balance === null ? {} : { balance: signed.balance }),
    ...(isin === undefined ? {} : { security: { isin: isin.value } }),
    ...(quantity === undefined ? {} : { quantity: kind === 'sell' ? negateDecimal(quantity) : quantity }),
  }
}

const reason = (code: Reason['code'], message: string): Reason => ({ code, message })

/** Lines below a row that belong to it: up to the next row, not a repeated header or a balance. */
function detailsOf(lines: readonly DocumentLine[], row: RawRow, next: RawRow | undefined): DocumentLine[] {
  const details: DocumentLine[] = []
  for (
    let at = row.amountLine + 1;
    at < Math.min(next?.line ?? lines.length, row.amountLine + 1 + MOST_MEMO_LINES);
    at += 1
  ) {
    const line = lines[at]
    if (
      line === undefined ||
      line.words.length > 12 ||
      columnsOf(line) !== null ||
      balanceWordOf(line, 0) === 'closing' ||
      balanceWordOf(line, 0) === 'opening'
    )
      break
    if (/^\s*(?:19|20)\d{2}\s*$/.test(line.text)) continue
    details.push(line)
  }
  return details
}

function sectionColumns(lines: readonly DocumentLine[]): StatementColumns {
  let columns: StatementColumns = { balance: false, first: null }
  for (const line of lines) {
    const found = columnsOf(line)
    if (found === null) continue
    columns = { balance: columns.balance || found.balance, first: columns.first ?? found.first }
  }
  return columns
}

function check(rows: readonly StatementRow[], { opening, closing }: Balances, record: number): Finding[] {
  if (opening === null || closing === null || rows.some(({ type }) => type === 'failed')) return []
  const booked = rows.flatMap((row) => (row.type === 'transaction' ? [row.transaction] : []))
  const reached = (list: readonly ParsedTransaction[]): Decimal =>
    list.reduce((total, { amount }) => addDecimal(total, amount), opening)
  const sum = reached(booked)
  if (sum === closing) return []
  // balances by the days of value hold what was valued before the first day of booking already
  const first = booked.map(({ date }) => date).toSorted()[0]
  if (first !== undefined && reached(booked.filter(({ date, valueDate = date }) => valueDate >= first)) === closing)
    return []
  return [
    {
      severity: 'warning',
      code: 'balance-mismatch',
      message: `The rows lead from ${opening} to ${sum}, but the statement ends with ${closing}.`,
      record,
      values: { expected: closing, found: sum, difference: subtractDecimal(closing, sum) },
    },
  ]
}

/** Reads the rows of one account's section of a statement. */
function readSection(
  lines: readonly DocumentLine[],
  account: ParsedAccount,
  currency: CurrencyCode | null,
  latest: IsoDate | null,
): StatementSection | null {
  const raw = rowsOf(lines)
  if (raw.length === 0) return null
  const balances = balancesOf(lines)
  const kept = raw.filter((row) => {
    const line = lines[row.amountLine]
    if (line === undefined) return false
    const from = row.text === '' ? 0 : Math.max(0, line.text.indexOf(row.text.slice(0, 12)))
    const word = balanceWordOf(line, from)
    return word === null || (word === 'total' && row.shape !== 'trailing')
  })
  const signed = signRows(kept, sectionColumns(lines), balances.opening, balances.closing)
  const rows: StatementRow[] = []
  let last: IsoDate | null = null
  for (const [at, entry] of signed.entries()) {
    const { row, amount } = entry
    const record = lines[row.line]?.number ?? 1
    const value = dateOf(row.value, row, lines, latest)
    const date: IsoDate | null =
      dateOf(row.booked, row, lines, latest) ?? (row.shape === 'continued' ? (last ?? value) : value)
    if (date === null)
      rows.push({ type: 'failed', record, reason: reason('missing-date', 'The row has no date with a year.') })
    else if (amount === null)
      rows.push({
        type: 'failed',
        record,
        reason: reason('bad-amount', 'Nothing says whether the amount was paid in or paid out: enter it by hand.'),
      })
    else if (signOfDecimal(amount) === 0)
      rows.push({ type: 'skipped', record, reason: reason('zero-amount', 'The amount is zero.') })
    else {
      last = date
      const next = signed[at + 1]?.row
      const currencyOfRow = currencyIn(row.monies)
      const transaction = transactionOf(entry, date, value, detailsOf(lines, row, next), lines)
      if (transaction !== null) rows.push({ type: 'transaction', record, transaction, currency: currencyOfRow })
      // what looks like a row and could not be read as one does not go by as words of the row above
      for (const lost of lines.slice(row.amountLine + 1, next?.line ?? lines.length).filter(looksLikeRow))
        rows.push({
          type: 'failed',
          record: lost.number,
          reason: reason('bad-record', 'The line looks like a booking and cannot be read: enter it by hand.'),
        })
      for (const charge of chargesBelow(lines, row.amountLine + 1, next?.line ?? lines.length)) {
        const booked: ParsedTransaction = { date, amount: charge.amount, kind: 'fee', payee: charge.text }
        rows.push({ type: 'transaction', record: charge.record, transaction: booked, currency: currencyOfRow })
      }
    }
  }
  if (rows.length === 0) return null
  const complete = signed.every(({ amount }) => amount !== null)
  const record = lines[0]?.number ?? 1
  const mismatch = complete ? check(rows, balances, record) : []
  const proved = complete && mismatch.length === 0 && balances.opening !== null && balances.closing !== null
  const unsure = signed.filter(({ guessed }) => guessed).length
  const doubt: Finding[] =
    unsure === 0 || proved
      ? []
      : [
          {
            severity: 'warning',
            code: 'ambiguous-sign',
            message: `${unsure} rows print no sign and no balance: whether they came in or went out was told from their words. Please check.`,
            record,
            values: { count: unsure },
          },
        ]
  return { account, currency, ...balances, rows, findings: [...mismatch, ...doubt] }
}

const HEADING_LINES = 40

/** What kind of bank account a section without trades is, by its name or the words above its rows; null for others. */
function cashKindOf({ lines, account }: Span, { rows }: StatementSection): AccountKindHint | null {
  // money for a trade may also leave a bank account: it does not say of which security
  const trades = rows.some(
    (row) =>
      row.type === 'transaction' &&
      (row.transaction.kind === 'buy' || row.transaction.kind === 'sell') &&
      row.transaction.security !== undefined,
  )
  if (trades) return null
  const named = account?.name === undefined ? [] : cashAccountWords.find(wordsOf(account.name))
  if (named[0] !== undefined) return named[0].meaning
  const first = rowsOf(lines)[0]?.line ?? 0
  const heading = lines.slice(Math.max(0, first - HEADING_LINES), first)
  const said = heading.flatMap((line) => (line.words.length > LONGEST_TITLE ? [] : phrasesIn(line, cashAccountWords)))
  return said.find(({ before }) => before <= 2)?.meaning ?? null
}

/** Reads a statement: one section, or one for each of its accounts. */
export function readSections(
  lines: readonly DocumentLine[],
  account: ParsedAccount,
  currency: CurrencyCode | null,
): StatementSection[] {
  const latest = latestOf(lines)
  return spansOf(lines).flatMap((span) => {
    const { kind } = account
    const own = span.account === undefined ? account : { ...span.account, ...(kind === undefined ? {} : { kind }) }
    const section = readSection(span.lines, own, currency, latest)
    if (section === null) return []
    const cash = cashKindOf(span, section)
    return [cash === null ? section : { ...section, account: { ...section.account, kind: cash } }]
  })
}

/** What a statement's heading says of years. */
export function latestOf(lines: readonly DocumentLine[]): IsoDate | null {
  const first = rowsOf(lines)[0]?.line ?? 0
  return latestDate(lines, first)
}
