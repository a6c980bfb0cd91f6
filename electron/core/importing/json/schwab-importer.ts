import * as z from 'zod'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { negateDecimal, subtractDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { parseDateText } from '../delimited/date-text.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
  type ParsedTransaction,
  type TransactionKind,
} from '../importer.ts'
import {
  amountIn,
  bookedOn,
  type JsonOutcome,
  optionalText,
  readRecords,
  RecordFault,
  refuseIfAllFailed,
  skip,
} from './json-record.ts'
import { looksLikeJson, readJson } from './json-text.ts'
import { schwabMove } from './schwab-actions.ts'

const USD = parseCurrencyCode('USD')

/** A row of a brokerage account's history, as the broker's "Export → JSON" writes it. */
const tradeSchema = z.object({
  Date: optionalText,
  Action: optionalText,
  Symbol: optionalText,
  Description: optionalText,
  Quantity: optionalText,
  Price: optionalText,
  'Fees & Comm': optionalText,
  Amount: optionalText,
})

/** A row of a checking account's history. */
const bankSchema = z.object({
  Date: optionalText,
  Type: optionalText,
  CheckNumber: optionalText,
  Description: optionalText,
  Withdrawal: optionalText,
  Deposit: optionalText,
  RunningBalance: optionalText,
})

const rows = z.array(z.unknown()).nullish()
const fileSchema = z.object({
  FromDate: optionalText.catch(undefined),
  ToDate: optionalText.catch(undefined),
  BrokerageTransactions: rows,
  PostedTransactions: rows,
  PendingTransactions: rows,
})

/** Days are months first; "02/28/2025 as of 01/28/2025" is booked on the one and counts from the other. */
export function schwabDays(
  text: string | undefined,
  label: string,
  thisYear: number,
): { date: IsoDate; valueDate?: IsoDate } {
  if (text === undefined) throw new RecordFault('missing-date', `${label} has no date.`)
  const [booked = '', counts = ''] = text.slice(0, 60).split(/\s{1,3}as of\s{1,3}/)
  const date = parseDateText(booked.trim(), 'mdy', thisYear)?.date
  if (date === undefined) {
    const shown = text.slice(0, 40)
    throw new RecordFault('bad-date', `${label} has "${shown}" for its date.`, { text: shown })
  }
  const valueDate = parseDateText(counts.trim(), 'mdy', thisYear)?.date
  return valueDate === undefined || valueDate === date ? { date } : { date, valueDate }
}

/** The file names no account, but its own name often does: "Individual_XXX123_Transactions_20260101-000000.json". */
export function maskedNumberIn(fileName: string): string | undefined {
  const digits = /X{2,8}-?(\d{3,6})(?!\d)/.exec(fileName)?.[1]
  return digits === undefined ? undefined : `****${digits}`
}

function readTrade(row: z.output<typeof tradeSchema>, label: string, thisYear: number): JsonOutcome {
  const what = row.Action === undefined ? label : `${label} (${row.Action.slice(0, 40)})`
  const days = schwabDays(row.Date, what, thisYear)
  const quantity = amountIn(row.Quantity, what)
  const amount = amountIn(row.Amount, what)
  const price = amountIn(row.Price, what)
  const fee = amountIn(row['Fees & Comm'], what)
  if (amount === undefined && quantity === undefined) {
    return skip('information-only', `${what} moves neither units nor money.`)
  }
  const { kind, quantity: moved } = schwabMove(row.Action ?? '', row.Description ?? '', quantity, amount)
  const isMove = moved !== undefined
  const transaction: ParsedTransaction = {
    ...days,
    amount: amount ?? ZERO,
    kind,
    ...(row.Description === undefined ? {} : { payee: row.Description }),
    ...(row.Action === undefined ? {} : { memo: row.Action }),
    ...(row.Symbol === undefined
      ? {}
      : { security: { symbol: row.Symbol, ...(row.Description === undefined ? {} : { name: row.Description }) } }),
    ...(isMove ? { quantity: moved } : {}),
    ...(price === undefined || !isMove || kind === 'split' ? {} : { price }),
    ...(fee === undefined || fee === ZERO ? {} : { fee: fee.startsWith('-') ? negateDecimal(fee) : fee }),
  }
  return bookedOn(1, transaction)
}

const BANK_KINDS: ReadonlyMap<string, TransactionKind> = new Map<string, TransactionKind>([
  ['ATM', 'cash-withdrawal'],
  ['ATMREBATE', 'refund'],
  ['DEPOSIT', 'deposit'],
  ['INTADJUST', 'interest'],
  ['INTEREST', 'interest'],
  ['SERVICE', 'fee'],
  ['FEE', 'fee'],
  ['TRANSFER', 'transfer'],
])

function readBank(
  row: z.output<typeof bankSchema>,
  label: string,
  { thisYear, isPending }: { readonly thisYear: number; readonly isPending: boolean },
): JsonOutcome {
  const what = row.Description === undefined ? label : `${label} (${row.Description.slice(0, 40)})`
  const days = schwabDays(row.Date, what, thisYear)
  const out = amountIn(row.Withdrawal, what)
  const into = amountIn(row.Deposit, what)
  if (out === undefined && into === undefined) throw new RecordFault('missing-amount', `${what} has no amount.`)
  const balance = amountIn(row.RunningBalance, what)
  return bookedOn(2, {
    ...days,
    amount: subtractDecimal(into ?? ZERO, out ?? ZERO),
    kind: BANK_KINDS.get(row.Type ?? '') ?? 'payment',
    ...(isPending ? { status: 'pending' } : {}),
    ...(row.Description === undefined ? {} : { payee: row.Description }),
    ...(row.Type === undefined ? {} : { memo: row.Type }),
    ...(row.CheckNumber === undefined ? {} : { checkNumber: row.CheckNumber }),
    ...(balance === undefined || isPending ? {} : { balance }),
  })
}

/** The history of Charles Schwab's brokerage and checking accounts as JSON. */
export const schwabImporter: Importer = {
  id: 'schwab-json',

  identify({ text }: FileHead): Identification {
    if (!looksLikeJson(text)) return 'no'
    return /"BrokerageTransactions"\s*:/.test(text) ||
      (/"PostedTransactions"\s*:/.test(text) && /"(?:RunningBalance|Withdrawal|FromDate)"\s*:/.test(text))
      ? 'yes'
      : 'no'
  },

  *parse(source: ByteSource, { today }: ParseOptions): Generator<ParsedItem, void, void> {
    const parsed = fileSchema.safeParse(readJson(source))
    const {
      BrokerageTransactions: trades,
      PostedTransactions: posted,
      PendingTransactions: pending,
    } = parsed.data ?? {}
    const bank = [...(posted ?? []), ...(pending ?? [])]
    if (!parsed.success || ((trades ?? null) === null && (posted ?? null) === null)) {
      throw new ImportRejection('unknown-format', 'This JSON file holds no transactions as Schwab exports them.')
    }
    const thisYear = Number(today.slice(0, 4))
    const own = readRecords(trades ?? [], tradeSchema, (row, label) => readTrade(row, label, thisYear))
    const first = (trades ?? []).length + 1
    const settled = readRecords(
      posted ?? [],
      bankSchema,
      (row, label) => readBank(row, label, { thisYear, isPending: false }),
      { first },
    )
    const waiting = readRecords(
      pending ?? [],
      bankSchema,
      (row, label) => readBank(row, label, { thisYear, isPending: true }),
      { first: first + (posted ?? []).length },
    )
    refuseIfAllFailed(own, settled, waiting)
    const hasBoth = own.items.length > 0 && bank.length > 0
    // the file's name tells the number of one account; two of them are told apart by what they are
    const number = hasBoth ? undefined : maskedNumberIn(source.name)
    const announce = (statement: number, kind: 'brokerage' | 'checking'): ParsedItem => ({
      type: 'statement',
      statement,
      account: {
        ...(number === undefined ? {} : { number }),
        ...(hasBoth ? { name: `Schwab ${kind}` } : {}),
        institution: 'Charles Schwab',
        kind,
      },
      currency: USD,
    })
    if (own.items.length > 0 || bank.length === 0) yield announce(1, 'brokerage')
    if (bank.length > 0) yield announce(2, 'checking')
    yield* own.items
    yield* settled.items
    yield* waiting.items
    yield* periods(parsed.data, own.items.length > 0, bank.length > 0, thisYear)
  },
}

function* periods(
  { FromDate, ToDate }: z.output<typeof fileSchema>,
  hasTrades: boolean,
  hasBank: boolean,
  thisYear: number,
): Generator<ParsedItem, void, void> {
  const day = (text: string | undefined): IsoDate | null => parseDateText(text ?? '', 'mdy', thisYear)?.date ?? null
  const from = day(FromDate)
  const to = day(ToDate)
  if (from === null && to === null) return
  if (hasTrades) yield { type: 'period', statement: 1, from, to }
  if (hasBank) yield { type: 'period', statement: 2, from, to }
}
