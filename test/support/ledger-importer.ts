import { type CurrencyCode, parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseDecimal } from '../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import {
  type AccountKindHint,
  type ByteSource,
  type Importer,
  ImportRejection,
  type ParsedAccount,
  type ParsedItem,
  type ParsedTransaction,
} from '../../electron/core/importing/importer.ts'

export interface LedgerLine {
  readonly statement?: number
  readonly date: string
  readonly amount: string
  readonly payee?: string
  readonly memo?: string
  readonly reference?: string
  readonly status?: 'pending'
  readonly balance?: string
  readonly transferAccount?: string
}

export interface LedgerAccount {
  readonly number?: string
  readonly name?: string
  readonly institution?: string
  readonly kind?: AccountKindHint
  readonly currency?: string | null
}

export interface LedgerFile {
  readonly accounts?: readonly LedgerAccount[]
  readonly lines: readonly LedgerLine[]
  readonly opening?: readonly [amount: string, on: string | null, statement?: number]
  readonly closing?: readonly [amount: string, on: string | null, statement?: number]
  readonly limit?: readonly [amount: string, on: string | null, statement?: number]
  readonly skipped?: number
  readonly failed?: number
  /** The file breaks after its lines: a rejection. */
  readonly breaks?: boolean
}

/** A file of the tests' own format: one JSON object a line, so that a test says just what a statement says. */
export function ledgerBytes(file: LedgerFile): Uint8Array {
  const { lines, ...rest } = file
  const text = [`LEDGER ${JSON.stringify(rest)}`, ...lines.map((line) => JSON.stringify(line))].join('\n')
  return new TextEncoder().encode(text)
}

function accountOf({ number, name, institution, kind }: LedgerAccount): ParsedAccount {
  return {
    ...(number === undefined ? {} : { number }),
    ...(name === undefined ? {} : { name }),
    ...(institution === undefined ? {} : { institution }),
    ...(kind === undefined ? {} : { kind }),
  }
}

function transactionOf(line: LedgerLine): ParsedTransaction {
  const { date, amount, payee, memo, reference, status, balance, transferAccount } = line
  return {
    date: parseIsoDate(date),
    amount: parseDecimal(amount),
    kind: 'payment',
    ...(payee === undefined ? {} : { payee }),
    ...(memo === undefined ? {} : { memo }),
    ...(reference === undefined ? {} : { reference }),
    ...(status === undefined ? {} : { status }),
    ...(balance === undefined ? {} : { balance: parseDecimal(balance) }),
    ...(transferAccount === undefined ? {} : { transferAccount }),
  }
}

function* parse(source: ByteSource): Generator<ParsedItem, void, void> {
  const text = new TextDecoder().decode(source.read(0, source.size))
  const [head = '', ...rows] = text.split('\n')
  const file = JSON.parse(head.slice('LEDGER '.length)) as Omit<LedgerFile, 'lines'>
  const accounts = file.accounts ?? [{ number: '12345678', currency: 'EUR' }]
  for (const [statement, account] of accounts.entries()) {
    const code: CurrencyCode | null =
      account.currency === undefined || account.currency === null ? null : parseCurrencyCode(account.currency)
    yield { type: 'statement', statement, account: accountOf(account), currency: code }
  }
  for (const [index, row] of rows.entries()) {
    if (row === '') continue
    const line = JSON.parse(row) as LedgerLine
    yield {
      type: 'transaction',
      statement: line.statement ?? 0,
      record: index + 2,
      transaction: transactionOf(line),
    }
  }
  let record = rows.length + 2
  for (let count = 0; count < (file.skipped ?? 0); count += 1) {
    yield { type: 'skipped', record, reason: { code: 'totals-row', message: 'A row of totals.' } }
    record += 1
  }
  for (let count = 0; count < (file.failed ?? 0); count += 1) {
    yield { type: 'failed', record, reason: { code: 'bad-amount', message: 'No amount.' } }
    record += 1
  }
  if (file.breaks === true) throw new ImportRejection('truncated', 'The file ends in the middle of a record.')
  for (const kind of ['opening', 'closing', 'limit'] as const) {
    const stated = file[kind]
    if (stated === undefined) continue
    const [amount, on, statement = 0] = stated
    yield { type: 'balance', statement, kind, amount: parseDecimal(amount), on: on === null ? null : parseIsoDate(on) }
  }
}

/** Reads `ledgerBytes`. */
export const ledgerImporter: Importer = {
  id: 'ledger',
  identify: (head) => (head.text.startsWith('LEDGER ') ? 'yes' : 'no'),
  parse,
}
