import { signOfDecimal } from '../../../../shared/domain/decimal.ts'
import type { ParsedTransaction, TransactionKind } from '../importer.ts'
import {
  conversionOf,
  convertedAmount,
  dateFault,
  failed,
  labelOf,
  momentOf,
  type OfxContext,
  type OfxOutcome,
} from './ofx-context.ts'
import { parseOfxDate } from './ofx-date.ts'
import type { OfxRecord } from './ofx-record.ts'

const KINDS: ReadonlyMap<string, TransactionKind> = new Map([
  ['CREDIT', 'payment'],
  ['DEBIT', 'payment'],
  ['IN', 'payment'],
  ['OUT', 'payment'],
  ['INT', 'interest'],
  ['DIV', 'dividend'],
  ['FEE', 'fee'],
  ['SRVCHG', 'fee'],
  ['DEP', 'deposit'],
  ['DIRECTDEP', 'payment'],
  ['POS', 'payment'],
  ['XFER', 'transfer'],
  ['CHECK', 'payment'],
  ['PAYMENT', 'payment'],
  ['DIRECTDEBIT', 'payment'],
  ['REPEATPMT', 'payment'],
  ['HOLD', 'payment'],
])

/** The kind by TRNTYPE (OFX 2.1.1 §11.4.4.3); cash and machine lines by their direction. */
function kindOf(type: string | undefined, negative: boolean): TransactionKind {
  const key = type?.toUpperCase() ?? ''
  if (key === 'ATM' || key === 'CASH') return negative ? 'cash-withdrawal' : 'deposit'
  return KINDS.get(key) ?? 'other'
}

/** An identity that banks write where they have none. */
const isBlankId = (text: string): boolean => /^(?:0+|none|null|n\/?a|-+)$/i.test(text)

/** Many banks fill CHECKNUM for every line: it is a cheque's where the line is one, or where it is a number of its own. */
function isCheckNumber(text: string, type: string | undefined, reference: string | undefined): boolean {
  if (isBlankId(text)) return false
  return type?.toUpperCase() === 'CHECK' || (text !== reference && /^\d{1,12}$/.test(text))
}

/** Joins the name fields: the extended name replaces the name it continues. */
function payeeOf(values: OfxRecord['values']): string | undefined {
  const name = values.get('NAME') ?? values.get('PAYEE/NAME') ?? values.get('PAYEE') ?? values.get('EXTDPAYEE/NAME')
  const extended = values.get('EXTDNAME')
  if (extended === undefined) return name
  return name === undefined || extended.startsWith(name) ? extended : name
}

/** Reads STMTTRN and STMTTRNP: one line of a bank or card statement. */
export function readBankRecord(record: OfxRecord, context: OfxContext): OfxOutcome {
  const { values } = record
  const pending = record.name === 'STMTTRNP' || values.get('TRNTYPE')?.toUpperCase() === 'HOLD'
  const amountText = values.get('TRNAMT')
  const moment = momentOf(record, context, ['DTPOSTED', 'DTTRAN', 'DTUSER', 'DTAVAIL'])
  if (amountText === undefined) {
    return failed('missing-amount', `The transaction${labelOf(record)} has no amount.`)
  }
  const written = context.numbers.parse(amountText)
  if (written === null) {
    return failed('bad-amount', `The transaction${labelOf(record)} has "${amountText.slice(0, 40)}" for an amount.`, {
      text: amountText.slice(0, 40),
    })
  }
  if ('fault' in moment) return dateFault(record, moment)
  if (values.get('CORRECTACTION')?.toUpperCase() === 'DELETE') {
    const id = (values.get('CORRECTFITID') ?? '').slice(0, 60)
    return {
      type: 'skipped',
      reason: {
        code: 'unsupported-record',
        message: `The bank withdraws its transaction ${id}: delete it if you have it.`,
        values: { reference: id },
      },
    }
  }
  const conversion = conversionOf(record, context)
  const available = values.get('DTAVAIL')
  const valueDate = available === undefined ? undefined : parseOfxDate(available, context.monthFirst)?.date
  const reference = values.get('FITID') ?? values.get('SRVRTID')
  const check = values.get('CHECKNUM')
  const payee = payeeOf(values)
  const memo = values.get('MEMO')
  const counterparty =
    values.get('BANKACCTTO/ACCTID') ?? values.get('CCACCTTO/ACCTID') ?? values.get('LOANACCTTO/ACCTID')
  const merchant = values.get('SIC')
  const transaction: ParsedTransaction = {
    date: moment.date,
    ...(valueDate === undefined || valueDate === moment.date ? {} : { valueDate }),
    ...(moment.time === undefined ? {} : { time: moment.time }),
    ...convertedAmount(written, conversion, context),
    kind: kindOf(values.get('TRNTYPE'), signOfDecimal(written) < 0),
    ...(pending ? { status: 'pending' } : {}),
    ...(payee === undefined ? {} : { payee }),
    ...(memo === undefined || memo === payee ? {} : { memo }),
    ...(reference === undefined || isBlankId(reference) ? {} : { reference }),
    ...(check !== undefined && isCheckNumber(check, values.get('TRNTYPE'), reference) ? { checkNumber: check } : {}),
    ...(counterparty === undefined ? {} : { counterparty }),
    ...(merchant !== undefined && /^\d{4}$/.test(merchant) ? { merchantCategory: merchant } : {}),
  }
  return { type: 'transaction', transaction }
}
