import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, decimalOf, negateDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  ImportRejection,
  type Importer,
  type ParseOptions,
  type ParsedItem,
  type ParsedTransaction,
  type Reason,
} from '../importer.ts'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import { parseDateText } from './date-text.ts'

/**
 * LITAS-ESIS, the statement format of Lithuanian banks: tab-divided records 000 (account), 010 (transaction),
 * 020 (balance) and 999 (check sum), amounts in cents without a mark, encoded in windows-1257.
 */
const ENCODING = 'windows-1257'
const SIGNATURE = /^\uFEFF?000\t\d{8}\t/

/** "Likutis pradžiai" and "likutis pabaigai". */
const BALANCES: ReadonlyMap<string, 'opening' | 'closing'> = new Map([
  ['likutispr', 'opening'],
  ['likutispb', 'closing'],
])

const field = (cells: readonly string[], at: number): string => (cells[at] ?? '').trim()

/** Cents as an amount; the second figure is that of the account's currency, the first that of the payment. */
function amountOf(cells: readonly string[]): Decimal | null {
  const text = field(cells, 5) || field(cells, 4)
  return /^-?\d{1,15}$/.test(text) ? decimalOf(BigInt(text), 2) : null
}

function dateOf(cells: readonly string[], options: ParseOptions): IsoDate | null {
  return parseDateText(field(cells, 2), 'ymd', Number(options.today.slice(0, 4)))?.date ?? null
}

function failed(record: number, code: Reason['code'], message: string): ParsedItem {
  return { type: 'failed', record, reason: { code, message } }
}

function transactionOf(cells: readonly string[], options: ParseOptions): ParsedTransaction | Reason {
  const date = dateOf(cells, options)
  if (date === null) return { code: 'bad-date', message: 'The date cannot be read.' }
  const amount = amountOf(cells)
  if (amount === null) return { code: 'bad-amount', message: 'The amount cannot be read as a number of cents.' }
  const direction = field(cells, 6).toUpperCase()
  if (direction !== 'D' && direction !== 'C' && direction !== 'K') {
    return { code: 'bad-record', message: 'The record says neither debit (D) nor credit (C).' }
  }
  const texts = {
    payee: field(cells, 17),
    memo: field(cells, 13),
    reference: field(cells, 10),
    counterparty: field(cells, 16),
  }
  const known = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
  return { date, amount: direction === 'D' ? negateDecimal(amount) : amount, kind: 'payment', ...known }
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  const reader = createDelimitedReader(source, { encoding: ENCODING, delimiter: '\t', quote: '' })
  let statement = -1
  for (const { cells, record } of reader.rows()) {
    const type = field(cells, 0)
    if (type === '000') {
      const currency = field(cells, 17)
      const [number, institution, name] = [field(cells, 16), field(cells, 4), field(cells, 10)]
      statement += 1
      yield {
        type: 'statement',
        statement,
        account: { ...(number && { number }), ...(institution && { institution }), ...(name && { name }) },
        currency: isCurrencyCode(currency) ? currency : null,
      }
    } else if (statement < 0) {
      throw new ImportRejection('damaged', 'The file does not begin with the record of an account (000).')
    } else if (type === '010') {
      const result = transactionOf(cells, options)
      if ('code' in result) yield failed(record, result.code, result.message)
      else yield { type: 'transaction', statement, record, transaction: result }
    } else if (type === '020') {
      const amount = amountOf(cells)
      const kind = BALANCES.get(field(cells, 1).toLowerCase())
      if (amount !== null && kind !== undefined) {
        yield { type: 'balance', statement, kind, amount, on: dateOf(cells, options) }
      }
      yield { type: 'skipped', record, reason: { code: 'balance-row', message: 'The record states a balance.' } }
    } else if (type !== '999')
      yield failed(record, 'unsupported-record', `Records of type "${type.slice(0, 8)}" are not known.`)
  }
  if (statement < 0) throw new ImportRejection('empty-file', 'The file holds no statement.')
}

function identify(head: FileHead): Identification {
  return SIGNATURE.test(head.text) ? 'yes' : 'no'
}

/** Statements of Lithuanian banks in LITAS-ESIS. */
export const litasEsisImporter: Importer = { id: 'litas-esis', identify, parse }
