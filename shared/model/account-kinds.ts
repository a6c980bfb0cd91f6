import { z } from 'zod'
import table from '../../resources/account-kinds.json' with { type: 'json' }
import { accountClasses } from './account.ts'

const rowSchema = z.tuple([
  z.string().regex(/^[a-z0-9-]+$/),
  z.enum(accountClasses),
  z.enum(['asset', 'liability']),
  z.string().min(1),
  z.string().min(1),
  z.enum(['balance', 'holdings', 'valuation']),
])

const kindSchema = rowSchema.transform(([key, accountClass, side, nameZh, nameEn, valuedBy]) => ({
  key,
  class: accountClass,
  side,
  nameZh,
  nameEn,
  /** What gives its value: its transactions, its securities as well, or dated values alone. */
  valuedBy,
}))
export type AccountKind = z.output<typeof kindSchema>

const kinds: ReadonlyMap<string, AccountKind> = new Map(
  z
    .array(kindSchema)
    .parse(table.kinds)
    .map((kind) => [kind.key, kind]),
)

/** All kinds in the order of the table, which is the order they are offered in. */
export function allAccountKinds(): readonly AccountKind[] {
  return [...kinds.values()]
}

/** Whether the key names a kind of this version. */
export function isAccountKind(key: string): boolean {
  return kinds.has(key)
}

const unknownKind: AccountKind = {
  key: 'asset',
  class: 'property',
  side: 'asset',
  nameZh: '其他资产',
  nameEn: 'Other asset',
  valuedBy: 'balance',
}

/** The kind of this key. A key that this version does not know counts as an asset valued by its balance. */
export function accountKindOf(key: string): AccountKind {
  return kinds.get(key) ?? unknownKind
}
