import type { NamedThings } from '../../analysis/account/search/named-things.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

/** The names that a word of a search may mean, in the order they are shown in. */
export function loadNamedThings(vault: Vault): NamedThings {
  return {
    accounts: sqlRows(
      vault,
      `select accounts.id, accounts.name, institutions.name as institution, number, currency, accounts.kind,
         accounts.notes
       from accounts left join institutions on institutions.id = institution_id order by position, accounts.id`,
    ),
    categories: sqlRows(
      vault,
      `select id, parent_id as parentId, name_zh as nameZh, name_en as nameEn, kind from categories
       order by position, id`,
    ),
    tags: sqlRows(vault, 'select id, name from tags order by name, id'),
    securities: sqlRows(vault, 'select id, name, symbol, isin from securities order by name, id'),
  }
}
