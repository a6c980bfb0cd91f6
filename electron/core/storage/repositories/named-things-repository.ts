import { allAccountFields } from '../../../../shared/model/account-fields.ts'
import { termsSchema } from '../../../../shared/model/terms.ts'
import type { NamedThings } from '../../analysis/account/search/named-things.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

type AccountRow = Omit<NamedThings['accounts'][number], 'facts'> & { readonly terms: string }

const textFields = new Set(
  allAccountFields()
    .filter(({ type }) => type === 'text')
    .map(({ key }) => key),
)

/** The texts among the facts of an account; none where they cannot be read. */
function factsOf(terms: string): string[] {
  const parsed = termsSchema.safeParse(JSON.parse(terms))
  if (!parsed.success) return []
  const { home, vehicle, details = {} } = parsed.data
  const own = Object.entries(details).flatMap(([key, value]) =>
    textFields.has(key) && typeof value === 'string' ? [value] : [],
  )
  return [home?.address ?? '', vehicle?.plate ?? '', ...own].filter((text) => text !== '')
}

/** The names that a word of a search may mean, in the order they are shown in. */
export function loadNamedThings(vault: Vault): NamedThings {
  return {
    accounts: sqlRows<AccountRow>(
      vault,
      `select accounts.id, accounts.name, institutions.name as institution, number, currency, accounts.kind,
         accounts.notes, accounts.terms
       from accounts left join institutions on institutions.id = institution_id order by position, accounts.id`,
    ).map(({ id, name, institution, number, currency, kind, notes, terms }) => ({
      id,
      name,
      institution,
      number,
      currency,
      kind,
      notes,
      facts: factsOf(terms),
    })),
    categories: sqlRows(
      vault,
      `select id, parent_id as parentId, name_zh as nameZh, name_en as nameEn, kind from categories
       order by position, id`,
    ),
    tags: sqlRows(vault, 'select id, name from tags order by name, id'),
    securities: sqlRows(vault, 'select id, name, symbol, isin from securities order by name, id'),
  }
}
