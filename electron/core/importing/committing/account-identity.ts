import { narrowKind } from '../account-kinds.ts'
import type { AccountKindHint, ParsedAccount } from '../importer.ts'
import { normaliseText } from '../fingerprint.ts'
import { comparableNumber, maskedNumber } from './account-number.ts'

/** What is known of a statement's file when its account is sought. */
export interface StatementOrigin {
  readonly importer: string
  readonly fileName: string
  /** The fingerprint of a delimited layout, where there is one. */
  readonly layout: string | null
}

/** Words of file names that say nothing of the account. */
const GENERIC = new Set(
  (
    'account activity all bank bill bills csv data download downloads export exported exports file files history import list ' +
    'movements new ofx original qfx qif report sample statement statements test transaction transactions txns umsatz umsaetze ' +
    'umsätze kontoauszug xls xlsx txt jan feb mar apr may jun jul aug sep oct nov dec january february march april june july ' +
    'august september october november december copy of the to from'
  ).split(' '),
)

const ENDING = /\.[a-z0-9]{1,5}$/i

/** The words of a file name that may name an account: no ending, dates, counters, hashes or generic words. */
export function tellingWords(fileName: string): string[] {
  return fileName
    .normalize('NFKC')
    .replace(ENDING, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^\d+$/.test(word) && !/^[0-9a-f]{8,}$/i.test(word))
    .map((word) => word.replaceAll(/^\d+|\d+$/g, ''))
    .filter((word) => word.length > 1 && !GENERIC.has(word.toLowerCase()))
}

/** How the identity of a statement begins that names no account: its file alone tells. */
export const ANONYMOUS = 'file|'

/** An anonymous identity without the words of the file's name. */
export function kinOf(identity: string): string {
  const parts = identity.split('|')
  return identity.startsWith(ANONYMOUS) ? [...parts.slice(0, 4), parts.at(-1)].join('|') : identity
}

/**
 * What a statement calls its account, as one text: the same for every statement of that account, whatever format it
 * comes in as long as the number is whole. Without a number and a name, it is the layout and the file's telling words.
 */
export function identityOf(account: ParsedAccount, currency: string | null, origin: StatementOrigin): string {
  const money = currency ?? '*'
  const number = comparableNumber(account.number)
  if (number?.full !== null && number !== null && number.full.length >= 8) return `number|${number.full}|${money}`
  const institution = normaliseText(account.institution)
  const name = normaliseText(account.name)
  if (number !== null) return `part|${institution}|${number.tail}|${name}|${money}`
  if (name !== '') return `name|${origin.importer}|${institution}|${name}|${money}`
  const words = tellingWords(origin.fileName).join(' ').toLowerCase()
  return `${ANONYMOUS}${origin.importer}|${institution}|${origin.layout ?? ''}|${words}|${money}`
}

/** What an account is where nothing says more. */
export const DEFAULT_KIND = 'checking'

const KIND_WORDS: readonly (readonly [RegExp, AccountKindHint])[] = [
  [
    /credit.?card|kreditkarte|carte de cr|tarjeta|信用卡|\bvisa\b|master.?card|\bamex\b|american express/i,
    'credit-card',
  ],
  [/mortgage|\bloans?\b|darlehen|kredit|贷款|房贷|\bprêt\b/i, 'loan'],
  [/saving|sparkonto|tagesgeld|livret|储蓄|存款|\bahorro/i, 'savings'],
  [/broker|depot|securit|invest|portfolio|stocks?\b|证券|基金|股票/i, 'brokerage'],
  [/pension|retire|\b401k\b|\bira\b|养老/i, 'retirement'],
  [/paypal|alipay|wechat|支付宝|微信|wallet|钱包|venmo|revolut/i, 'e-wallet'],
  [/\bcash\b|现金|bargeld|espèces/i, 'cash'],
]

/**
 * The account's kind: the file's own word, else what its name or the file's name says, else a current account; as closely
 * as its name and institution tell it.
 */
export function kindOf(account: ParsedAccount, fileName: string): string {
  if (account.kind !== undefined) return narrowKind(account.kind, account)
  const text = namedAs(account, fileName)
  return narrowKind(KIND_WORDS.find(([words]) => words.test(text))?.[1] ?? DEFAULT_KIND, account)
}

/** Words that a debt's name has, but other accounts' names, too: they say so only beside balances that are all owed. */
const DEBT_WORDS: readonly (readonly [RegExp, AccountKindHint])[] = [
  [/\bcards?\b|kart|\bcarte\b|\bcarta\b|tarjeta|卡/i, 'credit-card'],
  [/credit|kredit|crédit|crédito|credito|额度|白条|花呗|借呗|债|欠/i, 'loan'],
]

/** The kind of a debt that the name may mean, where the account was in debt throughout; null for any other name. */
export function debtKindOf(account: ParsedAccount, fileName: string): AccountKindHint | null {
  if (account.kind !== undefined) return null
  const text = namedAs(account, fileName)
  if (/借记|debit|girocard/i.test(text)) return null
  return DEBT_WORDS.find(([words]) => words.test(text))?.[1] ?? null
}

/** What speaks of the account's kind: a bill of a wallet speaks of other accounts, too, so the file's name comes last. */
function namedAs(account: ParsedAccount, fileName: string): string {
  const own = [account.name, account.institution].filter((part) => part !== undefined).join(' ')
  return own === '' ? fileName : own
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  checking: 'Checking',
  savings: 'Savings',
  cash: 'Cash',
  'credit-card': 'Credit card',
  loan: 'Loan',
  'line-of-credit': 'Line of credit',
  'money-market': 'Money market',
  brokerage: 'Brokerage',
  retirement: 'Retirement',
  'e-wallet': 'E-wallet',
}

const LONGEST_NAME = 100

/** The text if it is a name; a bank's number or a mask is none. */
export function nameOrNone(text: string | undefined): string {
  const trimmed = text?.trim() ?? ''
  return /\p{L}.*\p{L}/u.test(trimmed) ? trimmed : ''
}

/** A name for a new account that its owner recognises: "招商银行 ··1234", "Checking ··0123", the file's telling words. */
export function nameFor(account: ParsedAccount, kind: string, fileName: string): string {
  const institution = nameOrNone(account.institution)
  const own = nameOrNone(account.name)
  const masked = maskedNumber(account.number)
  const told = tellingWords(fileName).join(' ')
  const words = told.length > 3 ? told : ''
  const subject = own !== '' ? own : institution !== '' ? institution : masked !== null ? '' : words
  const label = subject === '' ? (KIND_NAMES[kind] ?? 'Account') : subject
  const repeats = masked !== null && label.endsWith(masked.slice(2))
  return (masked === null || repeats ? label : `${label} ${masked}`).slice(0, LONGEST_NAME)
}
