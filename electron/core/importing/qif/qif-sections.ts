import type { AccountKindHint } from '../importer.ts'
import { fieldOf, type QifField } from './qif-records.ts'

export type QifSection =
  | { readonly type: 'transactions'; readonly kind: AccountKindHint | undefined; readonly label: string }
  | { readonly type: 'investments'; readonly kind: AccountKindHint; readonly label: string }
  | { readonly type: 'account' }
  | { readonly type: 'securities' }
  | { readonly type: 'prices' }
  /** Categories, classes, memorized transactions, budgets …: nothing that changes a balance. */
  | { readonly type: 'list'; readonly label: string }
  /** A type that no program is known to write: its records are looked at one by one. */
  | { readonly type: 'unknown'; readonly label: string }

const ACCOUNT_KINDS: ReadonlyMap<string, AccountKindHint> = new Map([
  ['bank', 'checking'],
  ['banco', 'checking'],
  ['banque', 'checking'],
  ['cash', 'cash'],
  ['bargeld', 'cash'],
  ['ccard', 'credit-card'],
  ['creditcard', 'credit-card'],
  ['oth a', 'asset'],
  ['otha', 'asset'],
  ['oth s', 'asset'],
  ['oth l', 'liability'],
  ['othl', 'liability'],
  ['invoice', 'asset'],
  ['bill', 'liability'],
  ['invst', 'brokerage'],
  ['invest', 'brokerage'],
  ['port', 'brokerage'],
  ['mutual', 'brokerage'],
  ['401(k)', 'retirement'],
  ['401(k)/403(b)', 'retirement'],
])

const LISTS: ReadonlySet<string> = new Set([
  'cat',
  'category',
  'class',
  'klass',
  'memorized',
  'budget',
  'tag',
  'tax',
  'template',
  'invitem',
  'payee',
  'address',
])

const INVESTMENTS: ReadonlySet<string> = new Set(['invst', 'invest', 'port', 'mutual', '401(k)', '401(k)/403(b)'])

/** The kind of an account by the name of its type, as headers and account records write it. */
export function accountKindOf(type: string): AccountKindHint | undefined {
  return ACCOUNT_KINDS.get(type.trim().toLowerCase())
}

/** The section that a header begins, or null for an option. `header` is in lower case, without the "!". */
export function sectionOf(header: string): QifSection | null {
  if (header.startsWith('option:') || header.startsWith('clear:')) return null
  if (header.startsWith('account')) return { type: 'account' }
  const label = header.startsWith('type')
    ? header
        .slice(4)
        .replace(/^\s?:\s?/, '')
        .trim()
    : header
  if (INVESTMENTS.has(label)) return { type: 'investments', kind: ACCOUNT_KINDS.get(label) ?? 'brokerage', label }
  const kind = ACCOUNT_KINDS.get(label)
  if (kind !== undefined) return { type: 'transactions', kind, label }
  if (label === 'security' || label === 'securities') return { type: 'securities' }
  if (label === 'prices') return { type: 'prices' }
  return LISTS.has(label) ? { type: 'list', label } : { type: 'unknown', label: label.slice(0, 40) }
}

/** Whether the fields are those of a transaction: a date with an amount. */
export function looksLikeTransaction(fields: readonly QifField[]): boolean {
  const date = fieldOf(fields, 'D')
  const amount = fieldOf(fields, 'T') ?? fieldOf(fields, 'U')
  return date !== undefined && /\d/.test(date) && amount !== undefined && /\d/.test(amount)
}
