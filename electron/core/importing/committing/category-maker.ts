import type { Recorder } from '../../changes/record.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import { type CategoryRow, foldName, type MakesCategories } from './category-matcher.ts'

const LONGEST_NAME = 100

/** Makes categories that a book brings along. The vault's tree has two levels: what lies deeper joins its names. */
export class CategoryMaker implements MakesCategories {
  readonly #vault: WritableVault
  readonly #recorder: Recorder

  constructor(vault: WritableVault, recorder: Recorder) {
    this.#vault = vault
    this.#recorder = recorder
  }

  /**
   * The category of a path with the one above it, both sought by what `named` knows of their names and made where they
   * are not there.
   * Answers both, the one above first. An archived category of that name is taken as it is.
   */
  make(path: string, kind: 'income' | 'expense', named: (name: string) => CategoryRow | null): CategoryRow[] {
    const [first = '', ...rest] = path.split(':')
    if (rest.length === 0) return [this.#categoryOf(first, null, kind)]
    const found = named(first)
    const isParent = found !== null && found.parent_id === null && found.kind === kind
    const parent = isParent ? found : this.#categoryOf(first, null, kind)
    // both names mean something here, and the one lies under the other
    const leaf = isParent ? named(rest.join(':')) : null
    if (leaf !== null && leaf.parent_id === parent.id) return [parent, leaf]
    return [parent, this.#categoryOf(rest.join(': '), parent.id, kind)]
  }

  #categoryOf(wanted: string, parentId: number | null, kind: 'income' | 'expense'): CategoryRow {
    const name = wanted.slice(0, LONGEST_NAME)
    const beside = sqlRows<CategoryRow>(
      this.#vault,
      `select id, key, parent_id, kind, name_zh, name_en from categories where kind = ? and parent_id is ? order by id`,
      kind,
      parentId,
    )
    const folded = foldName(name)
    const known = beside.find((row) => foldName(row.name_en) === folded || foldName(row.name_zh) === folded)
    if (known !== undefined) return known
    const row = { key: null, parent_id: parentId, kind, name_zh: name, name_en: name }
    const id = this.#recorder.insert('categories', { ...row, icon: null, position: beside.length })
    return { id, ...row }
  }
}
