import { z } from 'zod'
import budgetApps from '../../../../resources/app-profiles/budget-apps.json' with { type: 'json' }
import chineseApps from '../../../../resources/app-profiles/chinese-bookkeeping.json' with { type: 'json' }
import { normalizeName } from '../chinese/cell.ts'

/** What the columns of a program's export may hold. */
export const roles = [
  'date',
  'account',
  'amount',
  'outflow',
  'inflow',
  /** A part of a split transaction, on a row of its own. */
  'part',
  'type',
  /** The two sides of a row, own accounts or others, as its type says. */
  'from',
  'to',
  'fromKind',
  /** What arrives on the other side of a transfer, where it is not the same. */
  'otherAmount',
  'otherCurrency',
  'currency',
  'payee',
  'memo',
  'group',
  'category',
  'subcategory',
  'tags',
  'reference',
  'check',
] as const
export type Role = (typeof roles)[number]

/**
 * What a row does. `transfer`: from one own account to the other, both told by this row; `transfer-back`: the other way
 * round; `transfer-out` and `transfer-in`: one side of a transfer whose other side has a row of its own. `own-side`: in
 * or out, by which side is an own account.
 */
const meaningSchema = z.enum([
  'in',
  'out',
  'transfer',
  'transfer-back',
  'transfer-out',
  'transfer-in',
  'opening',
  'own-side',
])
export type Meaning = z.infer<typeof meaningSchema>

const names = z.array(z.string()).min(1)
const columnsSchema = z.partialRecord(z.enum(roles), names)
const readTableSchema = z.strictObject({
  needs: names,
  /** `flows`: a column for each direction. `type`: a word says the direction. `out`, `in`, `transfer`: all rows do so. */
  sign: z.enum(['signed', 'type', 'flows', 'from-to', 'out', 'in', 'transfer']),
  columns: columnsSchema,
  types: z.record(z.string(), meaningSchema).default({}),
  /** What a payee begins with whose rest is the other account of a transfer. */
  transferPayees: z.array(z.string()).default([]),
  /** A payee without a category that is called as an account of the file is the other account of a transfer. */
  accountPayees: z.boolean().default(false),
  /** On rows of transfers the category is the other account. */
  otherIsCategory: z.boolean().default(false),
  transferCategories: z.array(z.string()).default([]),
  /** Payees of opening balances. */
  opening: z.array(z.string()).default([]),
  noGroups: z.array(z.string()).default([]),
  noCategories: z.array(z.string()).default([]),
})
/** A table that holds no transactions. `kind` names the text that the window shows. */
const refusedTableSchema = z.strictObject({
  needs: names,
  kind: z.enum(['budget', 'group-expenses']),
  refuse: z.string(),
})
type RefusedTable = z.infer<typeof refusedTableSchema>
const fileSchema = z.strictObject({
  about: z.string(),
  programs: z.array(
    z.strictObject({
      id: z.string().startsWith('app:'),
      program: z.string(),
      source: z.string(),
      confirmed: z.boolean(),
      tables: z.array(z.union([readTableSchema, refusedTableSchema])).min(1),
    }),
  ),
})

export type ReadTable = z.infer<typeof readTableSchema>

interface AppTable {
  readonly program: string
  readonly id: string
  readonly needs: readonly string[]
  readonly table: ReadTable | RefusedTable
}

const programs = [budgetApps, chineseApps].flatMap((file) => fileSchema.parse(file).programs)

/** The programs by id and name, in the order of their profiles. */
export const programNames: readonly { readonly id: string; readonly title: string }[] = programs.map(
  ({ id, program }) => ({ id, title: program }),
)

const tables: readonly AppTable[] = programs
  .flatMap(({ id, program, tables: own }) =>
    own.map((table) => ({ id, program, needs: table.needs.map(normalizeName), table })),
  )
  // the more words a table asks for, the surer it is
  .toSorted((left, right) => right.needs.length - left.needs.length)

/** How one table of a program's export is to be read. */
export interface AppLayout {
  readonly id: string
  readonly program: string
  readonly table: ReadTable
  readonly columns: ReadonlyMap<Role, readonly number[]>
}

/** A known table, to be read or refused with a reason. */
export type FoundTable =
  | { readonly type: 'read'; readonly layout: AppLayout }
  | { readonly type: 'refused'; readonly id: string; readonly table: RefusedTable }

function columnsOf(header: readonly string[], table: ReadTable): ReadonlyMap<Role, readonly number[]> {
  const columns = new Map<Role, readonly number[]>()
  for (const role of roles) {
    const wanted = (table.columns[role] ?? []).map(normalizeName)
    // the first of several columns of one name
    const found = wanted.flatMap((name) => {
      const at = header.indexOf(name)
      return at < 0 ? [] : [at]
    })
    if (found.length > 0) columns.set(role, found)
  }
  return columns
}

/** The table that has this header row; null where the row is none that is known. */
export function findTable(cells: readonly string[]): FoundTable | null {
  if (cells.length < 4) return null
  const header = cells.map(normalizeName)
  const present = new Set(header)
  for (const { id, program, needs, table } of tables) {
    if (!needs.every((name) => present.has(name))) continue
    if ('refuse' in table) return { type: 'refused', id, table }
    return { type: 'read', layout: { id, program, table, columns: columnsOf(header, table) } }
  }
  return null
}

/** The program whose header words all occur in a piece of text, for workbooks of which only the beginning shows. */
export function guessProgram(text: string): string | null {
  const normalized = normalizeName(text)
  return tables.find(({ needs }) => needs.every((name) => normalized.includes(name)))?.id ?? null
}
