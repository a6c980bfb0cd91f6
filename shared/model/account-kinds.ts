import { z } from 'zod'
import bank from '../../resources/account-kinds/bank.json' with { type: 'json' }
import debt from '../../resources/account-kinds/debt.json' with { type: 'json' }
import insurance from '../../resources/account-kinds/insurance.json' with { type: 'json' }
import life from '../../resources/account-kinds/life.json' with { type: 'json' }
import other from '../../resources/account-kinds/other.json' with { type: 'json' }
import securities from '../../resources/account-kinds/securities.json' with { type: 'json' }
import { accountClasses } from './account.ts'

/** How kinds are offered: the five financial classes, and the accounts of daily life. */
export const kindGroups = ['bank', 'securities', 'insurance', 'debt', 'other', 'life'] as const
export type KindGroup = (typeof kindGroups)[number]

/** How soon it can be money: at once, within days, at a date, at a price of the day, hardly; `none`: no asset. */
export const liquidityTiers = ['cash', 'days', 'term', 'market', 'illiquid', 'none'] as const
export type LiquidityTier = (typeof liquidityTiers)[number]

export const riskGrades = ['R1', 'R2', 'R3', 'R4', 'R5'] as const
export type RiskGrade = (typeof riskGrades)[number]

/** Markets that a kind is offered first in. */
export const kindRegions = ['CN', 'US', 'EU', 'UK', 'HK', 'IN'] as const
export type KindRegion = (typeof kindRegions)[number]

/** Families of files that accounts of a kind can be imported from. */
export const importFamilies = [
  'bank-statement',
  'card-statement',
  'wallet-bill',
  'broker-statement',
  'exchange-export',
  'books',
] as const

const kindSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  class: z.enum(accountClasses),
  side: z.enum(['asset', 'liability']),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  /**
   * What gives its value: its transactions, its securities as well, a loan's schedule where there are no transactions,
   * dated values alone, or a number of points times what one is worth.
   */
  valuedBy: z.enum(['balance', 'holdings', 'schedule', 'valuation', 'points']),
  liquidity: z.enum(liquidityTiers),
  /** The product's usual risk; null where that depends on what is held, or is no question. */
  risk: z.enum(riskGrades).nullable(),
  /** Keys of `resources/deposit-insurance.json` by region; "*": wherever it is. */
  insuredBy: z.partialRecord(z.enum([...kindRegions, '*']), z.string()),
  /** Notes and coins: no bank holds it, nothing insures it, it earns nothing. */
  inHand: z.boolean().default(false),
  /** Keys of `resources/account-fields.json`. */
  fields: z.array(z.string()),
  /** Keys of `resources/reminder-rules.json`. */
  reminders: z.array(z.string()),
  /** A name of the Tabler icon set. */
  icon: z.string().regex(/^[a-z0-9-]+$/),
  imports: z.array(z.enum(importFamilies)),
  regions: z.array(z.enum(kindRegions)).min(1),
  /** False: in use, but its facts were not looked up. */
  confirmed: z.boolean(),
})

export interface AccountKind extends z.output<typeof kindSchema> {
  readonly group: KindGroup
}

const tables = { bank, securities, insurance, debt, other, life }

const kinds: ReadonlyMap<string, AccountKind> = new Map(
  kindGroups.flatMap((group) =>
    z
      .array(kindSchema)
      .parse(tables[group].kinds)
      .map((kind) => [kind.key, { ...kind, group }] as const),
  ),
)

/** All kinds in the order of the tables, which is the order they are offered in. */
export function allAccountKinds(): readonly AccountKind[] {
  return [...kinds.values()]
}

/** Whether the key names a kind of this version. */
export function isAccountKind(key: string): boolean {
  return kinds.has(key)
}

/** The kind of this key. A key that this version does not know counts as an asset valued by its balance. */
export function accountKindOf(key: string): AccountKind {
  const kind = kinds.get(key) ?? kinds.get('asset')
  if (kind === undefined) throw new Error('the table of kinds has no "asset"')
  return kind
}

/** The scheme that insures money of this kind in a region, by its key; null where none does. */
export function insuranceSchemeOf(kind: AccountKind, region: KindRegion): string | null {
  return kind.insuredBy[region] ?? kind.insuredBy['*'] ?? null
}
