import type { TransactionFilter } from '../../../../shared/model/transaction.ts'
import type { Vault } from '../open-vault.ts'
import { loadOwnershipView } from './person-repository.ts'
import { idList, sqlRows, type SqlValue } from './query.ts'

/** A condition on `transactions`, for the text of a query, with its parameters in order. */
export interface Condition {
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

const escapeLike = (word: string): string => word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)

/** The engine folds the case of ASCII alone: other words are looked for as typed, in small, in capitals and as a name. */
function spellings(word: string): string[] {
  const lower = word.toLowerCase()
  const upper = word.toUpperCase()
  const asciiOnly = !/[^\u0020-\u007e]/u.test(word)
  if (asciiOnly) return [word]
  return [...new Set([word, lower, upper, `${upper.slice(0, 1)}${lower.slice(1)}`])]
}

/** Every word must occur in one of the texts of a transaction. */
export function textCondition(text: string): Condition[] {
  const columns = ['payee', 'raw_payee', 'memo', 'transactions.notes', 'reference', 'counterparty']
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 10)
    .map((word) => {
      const patterns = spellings(word).map((spelling) => `%${escapeLike(spelling)}%`)
      const tests = patterns.flatMap((pattern) => columns.map((column) => ({ column, pattern })))
      return {
        sql: `(${tests.map(({ column }) => `${column} like ? escape '\\'`).join(' or ')})`,
        parameters: tests.map(({ pattern }) => pattern),
      }
    })
}

/** The filter with a person's accounts in place of the person, so that kept figures of accounts can be used. */
export function resolvePerson(vault: Vault, { person, ...filter }: TransactionFilter): TransactionFilter {
  if (person === undefined) return filter
  const view = loadOwnershipView(vault, person)
  const all = sqlRows<{ id: number }>(vault, 'select id from accounts order by id').map(({ id }) => id)
  const theirs = all.filter((id) => view.includes(id))
  if (filter.accountIds !== undefined) {
    return { ...filter, accountIds: filter.accountIds.filter((id) => view.includes(id)) }
  }
  return theirs.length === all.length ? filter : { ...filter, accountIds: theirs }
}

/** The filter as one condition; "true" where nothing is filtered. */
export function filterCondition(filter: TransactionFilter): Condition {
  const all: Condition[] = []
  const add = (sql: string, ...parameters: SqlValue[]): void => void all.push({ sql, parameters })
  const { accountIds, categoryIds, tagIds, kinds } = filter
  if (filter.person !== undefined) throw new Error('a person is resolved to accounts first')
  if (accountIds !== undefined) {
    const [only] = accountIds
    if (accountIds.length === 1 && only !== undefined) add('transactions.account_id = ?', only)
    else add('transactions.account_id in (select value from json_each(?))', idList(accountIds))
  }
  if (filter.from !== undefined) add('transactions.booked_on >= ?', filter.from)
  if (filter.to !== undefined) add('transactions.booked_on <= ?', filter.to)
  if (filter.text !== undefined) all.push(...textCondition(filter.text))
  if (categoryIds !== undefined) {
    const ids = idList(categoryIds)
    // a split transaction is found by the categories of its parts
    add(
      `(category_id in (select value from json_each(?)) or (split_count > 0 and exists (select 1 from splits
        where splits.transaction_id = transactions.id and splits.category_id in (select value from json_each(?)))))`,
      ids,
      ids,
    )
  }
  if (filter.uncategorised === true) add('category_id is null and split_count = 0')
  if (tagIds !== undefined) {
    add(
      `exists (select 1 from transaction_tags where transaction_tags.transaction_id = transactions.id
        and tag_id in (select value from json_each(?)))`,
      idList(tagIds),
    )
  }
  if (kinds !== undefined) add('transactions.kind in (select value from json_each(?))', JSON.stringify(kinds))
  if (filter.minMinor !== undefined) add('abs(amount_minor) >= ?', filter.minMinor)
  if (filter.maxMinor !== undefined) add('abs(amount_minor) <= ?', filter.maxMinor)
  if (filter.direction === 'in') add('amount_minor > 0')
  if (filter.direction === 'out') add('amount_minor < 0')
  if (filter.status !== undefined) add('status = ?', filter.status)
  if (filter.importRunId !== undefined) add('transactions.import_run_id = ?', filter.importRunId)
  if (filter.currency !== undefined) {
    add('transactions.account_id in (select id from accounts where currency = ?)', filter.currency)
  }
  if (all.length === 0) return { sql: 'true', parameters: [] }
  return { sql: all.map(({ sql }) => sql).join(' and '), parameters: all.flatMap(({ parameters }) => parameters) }
}

/** The accounts, where the filter asks for nothing else; then totals and running balances are kept figures. */
export function onlyAccounts(filter: TransactionFilter): readonly number[] | undefined | false {
  const { accountIds, ...others } = filter
  if (Object.values(others).some((value) => value !== undefined)) return false
  return accountIds === undefined ? undefined : [...new Set(accountIds)]
}
