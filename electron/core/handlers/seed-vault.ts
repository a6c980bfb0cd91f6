import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { defaultCategories } from '../analysis/account/default-categories.ts'
import { prepared } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'

/**
 * What every new vault begins with: its base currency and the default categories. Not a change of the user's, so there
 * is nothing to undo. Doing it twice adds nothing.
 */
export function seedVault(vault: WritableVault, settings: { readonly baseCurrency: CurrencyCode }): void {
  const insertCategory = prepared(
    vault,
    `insert into categories (key, parent_id, kind, name_zh, name_en, icon, position) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (key) do nothing`,
  )
  const idOf = prepared(vault, 'select id from categories where key = ?')
  const insertSetting = prepared(vault, 'insert into settings (key, value) values (?, ?) on conflict (key) do nothing')
  vault.driver
    .transaction(() => {
      insertSetting.run('baseCurrency', JSON.stringify(settings.baseCurrency))
      for (const [position, category] of defaultCategories.entries()) {
        const { key, kind, nameZh, nameEn, icon, children } = category
        insertCategory.run(key, null, kind, nameZh, nameEn, icon, position)
        const parent = idOf.get(key) as { id: number }
        for (const [place, child] of children.entries()) {
          insertCategory.run(child.key, parent.id, kind, child.nameZh, child.nameEn, child.icon, place)
        }
      }
    })
    .immediate()
}
