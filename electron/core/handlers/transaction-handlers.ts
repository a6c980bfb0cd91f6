import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { addDays } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { transactionChannels } from '../../../shared/ipc/channels/transaction-channels.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { madeTransaction } from '../changes/made-transaction.ts'
import { type Recorder, recordChange } from '../changes/record.ts'
import type { HandlersOf, InputOf } from '../handler.ts'
import { isSearched, loadFiltered } from '../searching/filtered-list.ts'
import type { FoundList } from '../searching/search-index.ts'
import type { Vault } from '../storage/open-vault.ts'
import { resolvePerson } from '../storage/repositories/transaction-filter.ts'
import { idList, sqlRows } from '../storage/repositories/query.ts'
import {
  loadMatchingIds,
  loadSums,
  loadTransactions,
  loadTransactionWindow,
} from '../storage/repositories/transaction-repository.ts'
import { requireAccount } from './account-view.ts'

type TransactionChannels = Pick<
  typeof transactionChannels,
  | 'transaction.list'
  | 'transaction.sums'
  | 'transaction.ids'
  | 'transaction.get'
  | 'transaction.create'
  | 'transaction.update'
  | 'transaction.delete'
  | 'transaction.setSplits'
  | 'transfer.link'
  | 'transfer.unlink'
  | 'transfer.candidates'
>

/** A selection of everything is cut here; the caller is told. */
const MOST_IDS = 50_000

/** Throws CoreError('not-found'). */
export function requireTransaction(vault: Vault, id: number): Transaction {
  const [transaction] = loadTransactions(vault, [id])
  if (transaction === undefined) throw new CoreError('not-found', 'there is no such transaction', { id })
  return transaction
}

/** Throws CoreError('not-found') unless every id is there. */
function requireRows(vault: Vault, table: 'categories' | 'tags' | 'transactions', ids: readonly number[]): void {
  const sql = `select count(*) as count from ${table} where id in (select value from json_each(?))`
  const found = sqlRows<{ count: number }>(vault, sql, idList(ids))[0]?.count ?? 0
  if (found !== new Set(ids).size) throw new CoreError('not-found', `not all of these ${table} are there`)
}

const byIds = (ids: readonly number[]) => ({
  sql: 'id in (select value from json_each(?))',
  parameters: [idList(ids)],
})

function setTags(vault: Vault, recorder: Recorder, ids: readonly number[], patch: Patch): void {
  const { tagIds, addTagIds, removeTagIds } = patch
  for (const list of [tagIds, addTagIds]) if (list !== undefined) requireRows(vault, 'tags', list)
  const rows = 'transaction_id in (select value from json_each(?))'
  if (tagIds !== undefined) {
    recorder.deleteWhere('transaction_tags', {
      sql: `${rows} and tag_id not in (select value from json_each(?))`,
      parameters: [idList(ids), idList(tagIds)],
    })
  }
  if (removeTagIds !== undefined) {
    recorder.deleteWhere('transaction_tags', {
      sql: `${rows} and tag_id in (select value from json_each(?))`,
      parameters: [idList(ids), idList(removeTagIds)],
    })
  }
  const added = [...new Set([...(tagIds ?? []), ...(addTagIds ?? [])])]
  const missing = sqlRows<{ transaction_id: number; tag_id: number }>(
    vault,
    `select rows.value as transaction_id, tags.value as tag_id from json_each(?) rows, json_each(?) tags
     where not exists (select 1 from transaction_tags known
       where known.transaction_id = rows.value and known.tag_id = tags.value)`,
    idList([...new Set(ids)]),
    idList(added),
  )
  for (const row of missing) recorder.insert('transaction_tags', row)
}

type Patch = InputOf<'transaction.update'>['patch']

/** A row in two transfers or with parts that no longer add up would be wrong: the amount then stays as it is. */
function refuseBrokenAmounts(vault: Vault, ids: readonly number[], amountMinor: number): void {
  const [row] = sqlRows<{ splits: number; linked: number }>(
    vault,
    `select exists (select 1 from transactions where id in (select value from json_each(?1)) and split_count > 0
         and amount_minor <> ?2) as splits,
       exists (select 1 from transfers join transactions on transactions.id in (from_transaction_id, to_transaction_id)
         where transactions.id in (select value from json_each(?1)) and sign(amount_minor) <> sign(?2)) as linked`,
    idList(ids),
    amountMinor,
  )
  if (row?.splits === 1) throw new CoreError('conflict', 'change the splits first: they must add up to the amount')
  if (row?.linked === 1) throw new CoreError('conflict', 'unlink the transfer first: its halves have opposite signs')
}

/** What a trade knows of its transaction moves with it. */
function moveTrades(recorder: Recorder, ids: readonly number[], patch: Patch): void {
  if (patch.bookedOn === undefined) return
  const where = { sql: 'transaction_id in (select value from json_each(?))', parameters: [idList(ids)] }
  recorder.updateWhere('trades', where, { booked_on: patch.bookedOn })
}

/** Sums of found transactions by currency; `out` is a magnitude. */
function sumsOfFound(vault: Vault, found: FoundList) {
  const sql = 'select id, currency from accounts'
  const accounts = sqlRows<{ id: number; currency: CurrencyCode }>(vault, sql)
  const currencies = new Map(accounts.map(({ id, currency }) => [id, currency]))
  const sums = new Map<CurrencyCode, { currency: CurrencyCode; inMinor: number; outMinor: number; count: number }>()
  for (const [accountId, part] of found.sums) {
    const currency = currencies.get(accountId)
    if (currency === undefined) continue
    const sum = sums.get(currency) ?? { currency, inMinor: 0, outMinor: 0, count: 0 }
    sums.set(currency, sum)
    sum.count += part.count
    sum.inMinor += part.in
    sum.outMinor += part.out
  }
  return [...sums.values()].toSorted((one, other) => (one.currency < other.currency ? -1 : 1))
}

const currencyOfAccount = (vault: Vault, id: number): CurrencyCode => requireAccount(vault, id).currency

export const transactionHandlers: HandlersOf<TransactionChannels> = {
  'transaction.list': async ({ filter: asked, offset, limit }, context) => {
    const vault = context.readable()
    const filter = resolvePerson(vault, asked)
    if (!isSearched(filter)) return { offset, ...loadTransactionWindow(vault, filter, offset, limit) }
    const found = await loadFiltered(vault, filter, context.clock.today())
    const shown = Array.from(found.ids.subarray(offset, offset + limit))
    return { offset, total: found.ids.length, rows: loadTransactions(vault, shown) }
  },

  'transaction.sums': async ({ filter: asked }, context) => {
    const vault = context.readable()
    const filter = resolvePerson(vault, asked)
    const sums = isSearched(filter)
      ? sumsOfFound(vault, await loadFiltered(vault, filter, context.clock.today()))
      : loadSums(vault, filter)
    return sums.map(({ currency, inMinor, outMinor, count }) => ({
      in: money(inMinor, currency),
      out: money(outMinor, currency),
      count,
    }))
  },

  'transaction.ids': async ({ filter: asked }, context) => {
    const vault = context.readable()
    const filter = resolvePerson(vault, asked)
    const ids = isSearched(filter)
      ? Array.from((await loadFiltered(vault, filter, context.clock.today())).ids)
      : loadMatchingIds(vault, filter, MOST_IDS + 1)
    return { ids: ids.slice(0, MOST_IDS), truncated: ids.length > MOST_IDS }
  },

  'transaction.get': ({ id }, context) => requireTransaction(context.readable(), id),

  'transaction.create': (draft, context) => {
    const vault = context.writable()
    requireAccount(vault, draft.accountId)
    const id = recordChange(
      vault,
      context.clock,
      { label: 'transaction.create', facts: { payee: draft.payee } },
      (recorder) => {
        if (draft.categoryId !== null) requireRows(vault, 'categories', [draft.categoryId])
        return recorder.insert('transactions', {
          ...madeTransaction(draft),
          value_on: draft.valueOn,
          memo: draft.memo,
          notes: draft.notes,
          category_id: draft.categoryId,
          ...(draft.categoryId !== null && { category_source: 'user' }),
          payee_source: 'user',
        })
      },
    )
    return requireTransaction(vault, id)
  },

  'transaction.update': ({ ids, patch }, context) => {
    const vault = context.writable()
    requireRows(vault, 'transactions', ids)
    const facts = { count: new Set(ids).size }
    recordChange(vault, context.clock, { label: 'transaction.update', facts }, (recorder) => {
      if (patch.categoryId !== undefined && patch.categoryId !== null) {
        requireRows(vault, 'categories', [patch.categoryId])
      }
      if (patch.amountMinor !== undefined) refuseBrokenAmounts(vault, ids, patch.amountMinor)
      recorder.updateWhere('transactions', byIds(ids), {
        ...(patch.bookedOn !== undefined && { booked_on: patch.bookedOn }),
        ...(patch.valueOn !== undefined && { value_on: patch.valueOn }),
        ...(patch.amountMinor !== undefined && { amount_minor: patch.amountMinor }),
        ...(patch.payee !== undefined && { payee: patch.payee, payee_source: 'user' }),
        ...(patch.memo !== undefined && { memo: patch.memo }),
        ...(patch.notes !== undefined && { notes: patch.notes }),
        // also where it is taken away: no rule or guess fills it again
        ...(patch.categoryId !== undefined && {
          category_id: patch.categoryId,
          category_source: 'user',
          category_rule_id: null,
        }),
        ...(patch.kind !== undefined && { kind: patch.kind }),
      })
      moveTrades(recorder, ids, patch)
      setTags(vault, recorder, ids, patch)
    })
    return { updated: facts.count }
  },

  'transaction.delete': ({ ids }, context) => {
    const vault = context.writable()
    requireRows(vault, 'transactions', ids)
    const facts = { count: new Set(ids).size }
    recordChange(vault, context.clock, { label: 'transaction.delete', facts }, (recorder) => {
      recorder.deleteWhere('transactions', byIds(ids))
    })
    return { deleted: facts.count }
  },

  'transaction.setSplits': ({ id, splits }, context) => {
    const vault = context.writable()
    const { amount, splits: before } = requireTransaction(vault, id)
    const sum = splits.reduce((total, { amountMinor }) => total + amountMinor, 0)
    if (splits.length > 0 && sum !== amount.minor) {
      const values = { sum, amount: amount.minor }
      throw new CoreError('invalid-input', 'the splits do not add up to the transaction', values)
    }
    const facts = { count: splits.length }
    recordChange(vault, context.clock, { label: 'transaction.setSplits', facts }, (recorder) => {
      requireRows(
        vault,
        'categories',
        splits.flatMap(({ categoryId }) => categoryId ?? []),
      )
      recorder.deleteWhere('splits', { sql: 'transaction_id = ?', parameters: [id] })
      for (const [position, { amountMinor, categoryId, memo }] of splits.entries()) {
        const known = before[position]?.amountMinor === amountMinor ? before[position] : undefined
        recorder.insert('splits', {
          transaction_id: id,
          position,
          amount_minor: amountMinor,
          category_id: categoryId,
          memo,
          source_category: known?.sourceCategory ?? null,
          counterpart_id: known?.transfer?.transactionId ?? null,
        })
      }
      recorder.update('transactions', [id], { split_count: splits.length })
    })
    return requireTransaction(vault, id)
  },

  'transfer.link': ({ fromId, toId }, context) => {
    const vault = context.writable()
    const [from, to] = [requireTransaction(vault, fromId), requireTransaction(vault, toId)]
    if (from.accountId === to.accountId) {
      throw new CoreError('invalid-input', 'the two halves of a transfer are in different accounts')
    }
    if (Math.sign(from.amount.minor) * Math.sign(to.amount.minor) !== -1) {
      throw new CoreError('invalid-input', 'the two halves of a transfer have opposite signs')
    }
    if (from.transfer !== null || to.transfer !== null) {
      throw new CoreError('conflict', 'one of these is already half of a transfer')
    }
    const [outgoing, incoming] = from.amount.minor < 0 ? [fromId, toId] : [toId, fromId]
    recordChange(vault, context.clock, { label: 'transfer.link' }, (recorder) => {
      recorder.insert('transfers', { from_transaction_id: outgoing, to_transaction_id: incoming })
    })
    return {}
  },

  'transfer.unlink': ({ transactionId }, context) => {
    const vault = context.writable()
    if (requireTransaction(vault, transactionId).transfer === null) {
      throw new CoreError('not-found', 'this is no half of a transfer')
    }
    recordChange(vault, context.clock, { label: 'transfer.unlink' }, (recorder) => {
      recorder.deleteWhere('transfers', {
        sql: 'from_transaction_id = ? or to_transaction_id = ?',
        parameters: [transactionId, transactionId],
      })
      // its other half may be one part of a split transaction
      const part = { sql: 'counterpart_id = ?', parameters: [transactionId] }
      recorder.updateWhere('splits', part, { counterpart_id: null })
    })
    return {}
  },

  'transfer.candidates': ({ transactionId }, context) => {
    const vault = context.readable()
    const { accountId, amount, bookedOn } = requireTransaction(vault, transactionId)
    const rows = sqlRows<{ id: number }>(
      vault,
      `select transactions.id from transactions join accounts on accounts.id = account_id
       where booked_on between ? and ? and account_id <> ? and amount_minor = ? and currency = ?
         and not exists (select 1 from transfers where from_transaction_id = transactions.id)
         and not exists (select 1 from transfers where to_transaction_id = transactions.id)
         and not exists (select 1 from splits where counterpart_id = transactions.id)
       order by abs(julianday(booked_on) - julianday(?)), transactions.id limit 20`,
      // as text, for the calendar of dates ends somewhere and a search need not
      bookedOn <= '0001-01-08' ? '' : addDays(bookedOn, -7),
      bookedOn >= '9999-12-24' ? '9999-12-31' : addDays(bookedOn, 7),
      accountId,
      -amount.minor,
      currencyOfAccount(vault, accountId),
      bookedOn,
    )
    return loadTransactions(
      vault,
      rows.map(({ id }) => id),
    )
  },
}
