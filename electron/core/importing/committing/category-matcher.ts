import { z } from 'zod'
import table from '../../../../resources/category-aliases.json' with { type: 'json' }
import type { TransactionKind } from '../importer.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import type { Vault } from '../../storage/open-vault.ts'

const aliasesSchema = z.strictObject({
  about: z.string(),
  roots: z.array(z.string()),
  bySign: z.record(z.string(), z.strictObject({ in: z.string().optional(), out: z.string().optional() })),
  aliases: z.record(z.string(), z.array(z.string())),
})
export const categoryAliases = aliasesSchema.parse(table)

/** A name without what programs write differently: width, case, spaces. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')
}

const roots: ReadonlySet<string> = new Set(categoryAliases.roots.map(foldName))
const bySign = new Map(Object.entries(categoryAliases.bySign).map(([name, keys]) => [foldName(name), keys]))
const keyOfAlias = new Map(
  Object.entries(categoryAliases.aliases).flatMap(([key, names]) =>
    names.map((name): [string, string] => [foldName(name), key]),
  ),
)

/** A category of the vault, as far as names go. */
export interface CategoryRow {
  id: number
  key: string | null
  parent_id: number | null
  kind: 'income' | 'expense' | 'transfer'
  name_zh: string
  name_en: string
}

/** Earnings and charges: never what moves between one's own accounts, whatever a bill files them under. */
const NO_TRANSFERS: ReadonlySet<TransactionKind> = new Set(['interest', 'dividend', 'fee', 'tax'])

const REMEMBERED = 5000

/** Makes the category of a path that the vault has nothing like; see `category-maker.ts`. */
export interface MakesCategories {
  make(path: string, kind: 'income' | 'expense', named: (name: string) => CategoryRow | null): CategoryRow[]
}

/**
 * Finds the vault's category that an imported text names: by its name in either language, by "Parent:Child", or by the
 * name that another program gives it. Nothing is guessed from a part of a text. A category is made only where the file
 * has declared it as one of its program's own tree.
 */
export class CategoryMatcher {
  readonly #byKey = new Map<string, CategoryRow>()
  /** By folded name or path; null where several have it. */
  readonly #byName = new Map<string, CategoryRow | null>()
  readonly #memory = new Map<string, CategoryRow | null>()
  readonly #declared = new Map<string, 'income' | 'expense'>()
  readonly #maker: MakesCategories | null

  constructor(vault: Vault, maker: MakesCategories | null = null) {
    this.#maker = maker
    const sql = 'select id, key, parent_id, kind, name_zh, name_en from categories where archived = 0 order by id'
    const rows = sqlRows<CategoryRow>(vault, sql)
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const row of rows) {
      if (row.key !== null) this.#byKey.set(row.key, row)
      this.#take(row, row.parent_id === null ? undefined : byId.get(row.parent_id))
    }
  }

  /** Takes note of a category of the file's own tree, parts of its path joined by ":". */
  declare(path: string, kind: 'income' | 'expense'): void {
    this.#declared.set(path, kind)
  }

  #take(row: CategoryRow, parent: CategoryRow | undefined): void {
    const names = namesOf(row)
    for (const name of names) this.#name(name, row)
    if (parent === undefined) return
    for (const outer of namesOf(parent)) for (const name of names) this.#name(`${outer}:${name}`, row)
  }

  /** The category's id, or null. The amount's sign tells a gift given from a gift received. */
  idOf(text: string | undefined, amountMinor: number, kind: TransactionKind): number | null {
    if (text === undefined || text === '') return null
    const memory = `${amountMinor < 0 ? '-' : '+'}${text}`
    const known = this.#memory.get(memory)
    const found = known === undefined ? (this.#find(text, amountMinor) ?? this.#make(text)) : known
    if (known === undefined) {
      if (this.#memory.size >= REMEMBERED) this.#memory.clear()
      this.#memory.set(memory, found)
    }
    return found === null || (found.kind === 'transfer' && NO_TRANSFERS.has(kind)) ? null : found.id
  }

  /** Makes what the file has declared; null for any other text. */
  #make(text: string): CategoryRow | null {
    const kind = this.#declared.get(text)
    if (kind === undefined || this.#maker === null) return null
    const made = this.#maker.make(text, kind, (name) => this.#find(name, kind === 'expense' ? -1 : 1))
    const byId = new Map(made.map((row) => [row.id, row]))
    for (const row of made) this.#take(row, row.parent_id === null ? undefined : byId.get(row.parent_id))
    this.#memory.clear()
    return made.at(-1) ?? null
  }

  #name(name: string, row: CategoryRow): void {
    const known = this.#byName.get(name)
    if (known === undefined) this.#byName.set(name, row)
    else if (known?.id !== row.id) this.#byName.set(name, null)
  }

  #find(text: string, amountMinor: number): CategoryRow | null {
    const folded = foldName(text)
    const inner = withoutRoot(folded)
    return this.#named(folded, amountMinor) ?? (inner === null ? null : this.#named(inner, amountMinor))
  }

  #named(name: string, amountMinor: number): CategoryRow | null {
    const own = this.#byName.get(name)
    // what the user called so is what the user means
    if (own?.key === null) return own
    const signed = bySign.get(name)
    if (signed !== undefined) return this.#byKey.get((amountMinor < 0 ? signed.out : signed.in) ?? '') ?? null
    return own ?? this.#byKey.get(keyOfAlias.get(name) ?? '') ?? null
  }
}

function namesOf(row: CategoryRow): string[] {
  return [...new Set([foldName(row.name_zh), foldName(row.name_en)])].filter((name) => name !== '')
}

/** What stands behind a heading that says nothing ("Expenses:Rent", "Income.Salary"), or null. */
function withoutRoot(folded: string): string | null {
  const end = folded.search(/[:.]/)
  return end > 0 && roots.has(folded.slice(0, end)) ? folded.slice(end + 1) : null
}
