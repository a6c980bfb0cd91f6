import { tryParseDecimal } from '../../../shared/domain/decimal.ts'
import { minorFromDecimal } from '../../../shared/domain/money.ts'
import type { transactionChannels } from '../../../shared/ipc/channels/transaction-channels.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { textCondition } from '../storage/repositories/transaction-filter.ts'
import { loadTransactions } from '../storage/repositories/transaction-repository.ts'

type SearchChannels = Pick<typeof transactionChannels, 'search.query'>

/** "1,234.50" and "¥12" as minor units of the base currency; null where the text is no amount. */
function amountIn(vault: Vault, text: string): number | null {
  const plain = text
    .trim()
    .replace(/^[¥$€£+-]+/u, '')
    .replaceAll(/[,\s]/g, '')
  const amount = tryParseDecimal(plain)
  if (amount === null || plain.length > 15) return null
  return minorFromDecimal(amount, loadVaultSettings(vault).baseCurrency).minor
}

const likely = (text: string): string => `%${text.trim().replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`

export const searchHandlers: HandlersOf<SearchChannels> = {
  'search.query': ({ text, limit }, context) => {
    const vault = context.readable()
    const like = likely(text)
    const minorMatched = amountIn(vault, text)
    const words = textCondition(text)
    const found = new Set<number>()
    if (minorMatched !== null) {
      const sql = 'select id from transactions where amount_minor in (?, ?) order by booked_on desc, id desc limit ?'
      for (const { id } of sqlRows<{ id: number }>(vault, sql, minorMatched, -minorMatched, limit)) found.add(id)
    }
    if (words.length > 0 && found.size < limit) {
      const sql = `select id from transactions where ${words.map((word) => word.sql).join(' and ')}
        order by booked_on desc, id desc limit ?`
      const parameters = words.flatMap((word) => word.parameters)
      for (const { id } of sqlRows<{ id: number }>(vault, sql, ...parameters, limit)) found.add(id)
    }
    return {
      accounts: sqlRows<{ id: number; name: string; kind: string }>(
        vault,
        `select accounts.id, accounts.name, accounts.kind from accounts
         left join institutions on institutions.id = institution_id
         where accounts.name like ?1 escape '\\' or institutions.name like ?1 escape '\\'
           or accounts.notes like ?1 escape '\\' or (length(?2) >= 4 and number like '%' || ?2)
         order by accounts.position, accounts.id limit ?3`,
        like,
        text.trim(),
        limit,
      ),
      transactions: loadTransactions(vault, [...found].slice(0, limit)),
      documents: sqlRows<{ id: number; name: string; kind: string }>(
        vault,
        `select id, name, kind from documents where name like ?1 escape '\\' or holder like ?1 escape '\\'
           or notes like ?1 escape '\\' order by name limit ?2`,
        like,
        limit,
      ),
      securities: sqlRows<{ id: number; name: string }>(
        vault,
        `select id, name from securities where name like ?1 escape '\\' or symbol like ?1 escape '\\'
           or isin like ?1 escape '\\' order by name limit ?2`,
        like,
        limit,
      ),
      minorMatched,
    }
  },
}
