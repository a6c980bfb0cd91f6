import type { AccountRole } from '../double-entry/book.ts'
import type { AccountKindHint } from '../importer.ts'

/** hledger's account types (its manual, "Account types"): V is a kind of equity, G of revenue. */
const TYPES: ReadonlyMap<string, { readonly role: AccountRole; readonly kind?: AccountKindHint }> = new Map([
  ['a', { role: 'asset' }],
  ['asset', { role: 'asset' }],
  ['l', { role: 'liability' }],
  ['liability', { role: 'liability' }],
  ['e', { role: 'equity' }],
  ['equity', { role: 'equity' }],
  ['r', { role: 'income' }],
  ['revenue', { role: 'income' }],
  ['x', { role: 'expense' }],
  ['expense', { role: 'expense' }],
  ['c', { role: 'asset', kind: 'checking' }],
  ['cash', { role: 'asset', kind: 'checking' }],
  ['v', { role: 'equity' }],
  ['conversion', { role: 'equity' }],
  ['g', { role: 'income' }],
  ['gain', { role: 'income' }],
])

/** The type that a comment on an account states ("type: Asset"), or undefined. */
export function typeIn(comment: string): { role: AccountRole; kind?: AccountKindHint } | undefined {
  const type = /(?:^|[\s,;])type:\s*([a-z]+)/i.exec(comment)?.[1]?.toLowerCase()
  return type === undefined ? undefined : TYPES.get(type)
}
