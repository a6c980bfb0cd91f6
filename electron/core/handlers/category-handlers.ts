import { CoreError } from '../../../shared/ipc/errors.ts'
import type { transactionChannels } from '../../../shared/ipc/channels/transaction-channels.ts'
import type { Category } from '../../../shared/model/category.ts'
import { replaceCategoryInRules } from '../categorising/replace-category.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'

type CategoryChannels = Pick<
  typeof transactionChannels,
  | 'category.list'
  | 'category.create'
  | 'category.update'
  | 'category.delete'
  | 'tag.list'
  | 'tag.create'
  | 'tag.rename'
  | 'tag.delete'
>

type CategoryRow = Omit<Category, 'archived'> & { archived: 0 | 1 }

function loadCategories(vault: Vault): Category[] {
  return sqlRows<CategoryRow>(
    vault,
    `select id, key, parent_id as parentId, kind, name_zh as nameZh, name_en as nameEn, icon, position, archived
     from categories order by position, id`,
  ).map((row) => Object.assign(row, { archived: row.archived === 1 }))
}

function requireCategory(vault: Vault, id: number): Category {
  const category = loadCategories(vault).find((entry) => entry.id === id)
  if (category === undefined) throw new CoreError('not-found', 'there is no such category', { id })
  return category
}

/** The tree has two levels, each of one kind. */
function requireParent(vault: Vault, parentId: number | null, kind: Category['kind'], id: number | null): void {
  if (parentId === null) return
  const parent = requireCategory(vault, parentId)
  if (parent.parentId !== null || parentId === id) {
    throw new CoreError('invalid-input', 'a category lies in a main category')
  }
  if (parent.kind !== kind) throw new CoreError('invalid-input', 'a category is of the kind of its main category')
  if (id !== null && loadCategories(vault).some((entry) => entry.parentId === id)) {
    throw new CoreError('invalid-input', 'a category with categories in it is a main category')
  }
}

interface TagRow {
  id: number
  name: string
  count: number
}
const TAGS = `select id, name, (select count(*) from transaction_tags where tag_id = tags.id) as count from tags`

function requireTag(vault: Vault, id: number): TagRow {
  const [tag] = sqlRows<TagRow>(vault, `${TAGS} where id = ?`, id)
  if (tag === undefined) throw new CoreError('not-found', 'there is no such tag', { id })
  return tag
}

function refuseTakenName(vault: Vault, name: string, id: number | null): void {
  const [taken] = sqlRows<{ id: number }>(vault, 'select id from tags where name = ?', name)
  if (taken !== undefined && taken.id !== id) throw new CoreError('conflict', 'there is already a tag of this name')
}

export const categoryHandlers: HandlersOf<CategoryChannels> = {
  'category.list': (_, context) => loadCategories(context.readable()),

  'category.create': ({ parentId, kind, nameZh, nameEn, icon }, context) => {
    const vault = context.writable()
    if (nameZh === '' && nameEn === '') throw new CoreError('invalid-input', 'a category needs a name')
    requireParent(vault, parentId, kind, null)
    const facts = { name: nameZh === '' ? nameEn : nameZh }
    const id = recordChange(vault, context.clock, { label: 'category.create', facts }, (recorder) =>
      recorder.insert('categories', {
        key: null,
        parent_id: parentId,
        kind,
        name_zh: nameZh === '' ? nameEn : nameZh,
        name_en: nameEn === '' ? nameZh : nameEn,
        icon,
        position: loadCategories(vault).filter((entry) => entry.parentId === parentId).length,
      }),
    )
    return requireCategory(vault, id)
  },

  'category.update': ({ id, patch }, context) => {
    const vault = context.writable()
    const category = requireCategory(vault, id)
    const nameZh = patch.nameZh ?? category.nameZh
    const nameEn = patch.nameEn ?? category.nameEn
    if (nameZh === '' && nameEn === '') throw new CoreError('invalid-input', 'a category needs a name')
    if (patch.parentId !== undefined) requireParent(vault, patch.parentId, category.kind, id)
    const facts = { name: nameZh === '' ? nameEn : nameZh }
    recordChange(vault, context.clock, { label: 'category.update', facts }, (recorder) => {
      recorder.update('categories', [id], {
        name_zh: nameZh === '' ? nameEn : nameZh,
        name_en: nameEn === '' ? nameZh : nameEn,
        ...(patch.parentId !== undefined && { parent_id: patch.parentId }),
        ...(patch.icon !== undefined && { icon: patch.icon }),
        ...(patch.position !== undefined && { position: patch.position }),
        ...(patch.archived !== undefined && { archived: patch.archived ? 1 : 0 }),
      })
    })
    return requireCategory(vault, id)
  },

  'category.delete': ({ id, replaceWithId }, context) => {
    const vault = context.writable()
    const category = requireCategory(vault, id)
    if (replaceWithId === id) throw new CoreError('invalid-input', 'a category cannot take its own place')
    if (replaceWithId !== null) requireCategory(vault, replaceWithId)
    if (loadCategories(vault).some((entry) => entry.parentId === id)) {
      throw new CoreError('conflict', 'move or delete the categories in it first', { id })
    }
    const facts = { name: category.nameZh }
    recordChange(vault, context.clock, { label: 'category.delete', facts }, (recorder) => {
      const where = { sql: 'category_id = ?', parameters: [id] }
      recorder.updateWhere('transactions', where, { category_id: replaceWithId })
      recorder.updateWhere('splits', where, { category_id: replaceWithId })
      replaceCategoryInRules(vault, recorder, id, replaceWithId)
      recorder.delete('categories', [id])
    })
    return {}
  },

  'tag.list': (_, context) => sqlRows<TagRow>(context.readable(), `${TAGS} order by name`),

  'tag.create': ({ name }, context) => {
    const vault = context.writable()
    refuseTakenName(vault, name, null)
    const id = recordChange(vault, context.clock, { label: 'tag.create', facts: { name } }, (recorder) =>
      recorder.insert('tags', { name }),
    )
    return requireTag(vault, id)
  },

  'tag.rename': ({ id, name }, context) => {
    const vault = context.writable()
    requireTag(vault, id)
    refuseTakenName(vault, name, id)
    recordChange(vault, context.clock, { label: 'tag.rename', facts: { name } }, (recorder) => {
      recorder.update('tags', [id], { name })
    })
    return requireTag(vault, id)
  },

  'tag.delete': ({ id }, context) => {
    const vault = context.writable()
    const { name } = requireTag(vault, id)
    recordChange(vault, context.clock, { label: 'tag.delete', facts: { name } }, (recorder) => {
      recorder.delete('tags', [id])
    })
    return {}
  },
}
