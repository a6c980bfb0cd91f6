import { addDecimal, type Decimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Finding, ParsedTransaction, TransactionKind } from '../importer.ts'
import { type QifCategory, readCategory } from './category-text.ts'
import { failed, type QifConventions, type QifOutcome } from './qif-context.ts'
import { parseQifDate } from './qif-date.ts'
import { parseQifNumber } from './qif-number.ts'
import { fieldOf, type QifField } from './qif-records.ts'
import { readSplits } from './qif-splits.ts'

const OPENING =
  /^(?:opening balance|initial balance|saldo inicial|saldo iniziale|solde initial|solde d'ouverture|anfangssaldo|eröffnungssaldo|anfangsbestand|beginsaldo|期初余额|开户余额)/i

/** What NUM says instead of a cheque's number. */
const NUM_KINDS: ReadonlyMap<string, TransactionKind> = new Map([
  ['atm', 'cash-withdrawal'],
  ['cash', 'cash-withdrawal'],
  ['dep', 'deposit'],
  ['deposit', 'deposit'],
  ['txfr', 'transfer'],
  ['xfer', 'transfer'],
  ['transfer', 'transfer'],
  ['eft', 'payment'],
  ['send', 'payment'],
  ['print', 'payment'],
  ['div', 'dividend'],
  ['int', 'interest'],
  ['fee', 'fee'],
])

/** Whether the payee says that the line is the account's opening balance. */
export function isOpening(fields: readonly QifField[]): boolean {
  return OPENING.test(fieldOf(fields, 'P') ?? fieldOf(fields, 'M') ?? '')
}

/** The date, or why there is none. */
export function dateOf(fields: readonly QifField[], conventions: QifConventions): IsoDate | QifOutcome {
  const text = fieldOf(fields, 'D')
  if (text === undefined) return failed('missing-date', 'The transaction has no date.')
  const date = parseQifDate(text, conventions.order, conventions.today)
  if (date !== null) return date
  const shown = text.slice(0, 40)
  return failed('bad-date', `"${shown}" is no day in this file's order of day and month.`, { text: shown })
}

/** Address lines and messages, where no memo says more. */
export function memoOf(fields: readonly QifField[]): string | undefined {
  const memos = fields.filter(({ code, value }) => code === 'M' && value !== '').map(({ value }) => value)
  if (memos.length > 0) return memos.join(' ')
  const payee = fieldOf(fields, 'P')
  const address = fields.filter(({ code, value }) => code === 'A' && value !== '' && value !== payee)
  return address.length === 0 ? undefined : address.map(({ value }) => value).join(', ')
}

/** The amount: T, or U which repeats it, or the sum of the parts where neither is there. */
function amountOf(fields: readonly QifField[], conventions: QifConventions): Decimal | QifOutcome {
  const text = fieldOf(fields, 'T') ?? fieldOf(fields, 'U')
  if (text !== undefined) {
    const amount = parseQifNumber(text, conventions.mark)
    if (amount !== null) return amount
    const shown = text.slice(0, 40)
    return failed('bad-amount', `"${shown}" is no amount.`, { text: shown })
  }
  let sum: Decimal | null = null
  for (const { code, value } of fields) {
    if (code !== '$') continue
    const part = parseQifNumber(value, conventions.mark)
    if (part === null) return failed('bad-amount', `"${value.slice(0, 40)}" is no amount.`)
    sum = addDecimal(sum ?? ZERO, part)
  }
  return sum ?? failed('missing-amount', 'The transaction has no amount.')
}

function kindOf(fields: readonly QifField[], category: QifCategory, amount: Decimal): TransactionKind {
  if (category.transferAccount !== undefined) return 'transfer'
  const kind = NUM_KINDS.get(fieldOf(fields, 'N')?.toLowerCase() ?? '') ?? 'payment'
  if (kind === 'cash-withdrawal' && signOfDecimal(amount) > 0) return 'deposit'
  return kind === 'deposit' && signOfDecimal(amount) < 0 ? 'payment' : kind
}

/** Reads a line of a bank, cash, card, asset or liability account. `account` is the account's own name, if it has one. */
export function readBankRecord(
  fields: readonly QifField[],
  account: string | undefined,
  conventions: QifConventions,
): QifOutcome {
  const date = dateOf(fields, conventions)
  if (typeof date === 'object') return date
  const amount = amountOf(fields, conventions)
  if (typeof amount === 'object') return amount
  const read = readCategory(fieldOf(fields, 'L'))
  const opening = isOpening(fields) && (read.transferAccount === undefined || read.transferAccount === account)
  const parts = readSplits(fields, amount, conventions)
  if (parts === 'bad-amount') return failed('bad-amount', 'The amount of one part of the transaction is no number.')
  const payee = fieldOf(fields, 'P')
  const memo = memoOf(fields)
  const number = fieldOf(fields, 'N')
  const category = read.category
  const transfer = opening || read.transferAccount === account ? undefined : read.transferAccount
  const single = parts !== null && parts.splits.length < 2
  const splits = parts === null || single ? undefined : parts.splits
  const transaction: ParsedTransaction = {
    date,
    amount,
    kind: opening ? 'opening' : kindOf(fields, transfer === undefined ? {} : { transferAccount: transfer }, amount),
    ...(payee === undefined ? {} : { payee }),
    ...(memo === undefined ? {} : { memo }),
    ...(number === undefined || NUM_KINDS.has(number.toLowerCase()) ? {} : { checkNumber: number }),
    ...(splits !== undefined || category === undefined ? {} : { category }),
    ...(read.tags === undefined ? {} : { tags: read.tags }),
    ...(splits !== undefined || transfer === undefined ? {} : { transferAccount: transfer }),
    ...(splits === undefined ? {} : { splits }),
  }
  if (parts === null || parts.missing === ZERO) return { type: 'transaction', transaction }
  const finding: Finding = {
    severity: 'warning',
    code: 'balance-mismatch',
    message: `The parts of a transaction of ${date} leave ${parts.missing} of its ${amount}: a part without category was added.`,
    values: { date, missing: parts.missing, amount },
  }
  return { type: 'transaction', transaction, finding }
}
