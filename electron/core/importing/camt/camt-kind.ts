import type { TransactionKind } from '../importer.ts'
import { type CamtElement, elementAt, textAt } from './camt-element.ts'
import type { Direction } from './camt-values.ts'

/** A bank transaction code: the ISO triple and the bank's own. */
export interface BankCode {
  readonly domain: string
  readonly family: string
  readonly subFamily: string
  readonly proprietary: string
}

export const NO_CODE: BankCode = { domain: '', family: '', subFamily: '', proprietary: '' }

/** Reads BkTxCd; null where it is absent or empty. */
export function bankCodeOf(element: CamtElement | undefined): BankCode | null {
  if (element === undefined) return null
  const domain = elementAt(element, 'Domn')
  const family = elementAt(domain, 'Fmly')
  const code: BankCode = {
    domain: textAt(domain, 'Cd') ?? '',
    family: textAt(family, 'Cd') ?? '',
    subFamily: textAt(family, 'SubFmlyCd') ?? '',
    proprietary: textAt(element, 'Prtry', 'Cd') ?? '',
  }
  return code.domain === '' && code.proprietary === '' ? null : code
}

type CashKind = TransactionKind | 'cash'

/** Sub-families that mean the same in every family (ISO 20022 external bank transaction codes, generic sub-families). */
const SUB_FAMILIES: ReadonlyMap<string, CashKind> = new Map<string, CashKind>([
  ['CHRG', 'fee'],
  ['FEES', 'fee'],
  ['COMC', 'fee'],
  ['COME', 'fee'],
  ['COMI', 'fee'],
  ['COMM', 'fee'],
  ['COMO', 'fee'],
  ['COMT', 'fee'],
  ['INTR', 'interest'],
  ['TAXE', 'tax'],
  ['CWDL', 'cash'],
  ['XBCW', 'cash'],
  ['BCWD', 'cash'],
  ['CDPT', 'cash'],
  ['BCDP', 'cash'],
  ['FCDP', 'cash'],
  ['FCWD', 'cash'],
  ['MIXD', 'deposit'],
  ['CHKD', 'deposit'],
  ['CQRV', 'deposit'],
  ['DVCA', 'dividend'],
  ['DVOP', 'dividend'],
  ['DVSC', 'dividend'],
  ['RIMB', 'refund'],
  ['RRTN', 'refund'],
  ['RPCR', 'refund'],
  ['UPDD', 'refund'],
  ['UPCT', 'refund'],
  ['UPCQ', 'refund'],
  ['PRDD', 'refund'],
  ['PRCT', 'refund'],
  ['SWEP', 'transfer'],
  ['TOPG', 'transfer'],
  ['ZABA', 'transfer'],
])

const FAMILIES: ReadonlyMap<string, TransactionKind> = new Map([
  ['PMNT/ICCN', 'transfer'],
  ['PMNT/RCCN', 'transfer'],
  ['CAMT/ACCB', 'transfer'],
  ['CAMT/CAPL', 'transfer'],
])

/** The bank transaction codes of the German banks (Geschäftsvorfallcodes of the DK): what is sure among them. */
const GERMAN: ReadonlyMap<string, CashKind> = new Map<string, CashKind>([
  ['009', 'refund'],
  ['059', 'refund'],
  ['082', 'cash'],
  ['083', 'cash'],
  ['108', 'refund'],
  ['109', 'refund'],
  ['159', 'refund'],
  ['801', 'fee'],
  ['802', 'fee'],
  ['803', 'fee'],
  ['807', 'fee'],
  ['808', 'fee'],
  ['809', 'fee'],
  ['810', 'fee'],
  ['814', 'interest'],
  ['815', 'interest'],
  ['817', 'interest'],
  ['820', 'transfer'],
  ['833', 'transfer'],
])

/** The transaction types of SWIFT's MT940, which many banks carry over. */
const SWIFT: ReadonlyMap<string, CashKind> = new Map<string, CashKind>([
  ['CHG', 'fee'],
  ['COM', 'fee'],
  ['INT', 'interest'],
  ['DIV', 'dividend'],
  ['RTI', 'refund'],
])

function proprietaryKind(code: string): CashKind | undefined {
  const german = /^(?:[A-Z]{4}\+)?(\d{3})(?:\+|$)/.exec(code)?.[1]
  const known = german === undefined ? undefined : GERMAN.get(german)
  if (known !== undefined) return known
  const swift = /^[NSF]([A-Z]{3})(?:\+|$)/.exec(code)?.[1]
  return swift === undefined ? undefined : SWIFT.get(swift)
}

/**
 * The kind by the bank transaction code where that is clear; cash by its direction. `isReturn`: the entry reverses or
 * returns an earlier one; charges and interest stay what they are, so that what is given back lowers them.
 */
export function kindOf(code: BankCode, direction: Direction, isReturn: boolean): TransactionKind {
  const general = SUB_FAMILIES.get(code.subFamily)
  // a reimbursement of a loan is no refund
  const found =
    (general === 'refund' && code.domain !== 'PMNT' ? undefined : general) ??
    FAMILIES.get(`${code.domain}/${code.family}`)
  const kind = found ?? proprietaryKind(code.proprietary)
  if (kind === 'fee' || kind === 'interest' || kind === 'tax' || kind === 'dividend') return kind
  if (isReturn) return 'refund'
  if (kind === 'cash') return direction === 'debit' ? 'cash-withdrawal' : 'deposit'
  if (kind !== undefined) return kind
  if (code.domain === 'SECU' || code.domain === 'FORX' || code.domain === 'DERV') return 'other'
  return 'payment'
}
