import type { NamedThings } from '../analysis/account/search/named-things.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { isDocumentOf } from '../analysis/life/document-holder.ts'
import { ownKey } from '../recurring/list-items.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadPersons } from '../storage/repositories/person-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'

/** What is found by its name, beside the names that a word of a query may mean. */
export interface Findable {
  readonly documents: readonly FindableDocument[]
  readonly rules: readonly { readonly id: number; readonly name: string }[]
  /** The last added first. */
  readonly attachments: readonly FindableAttachment[]
  /** Bills and whatever else comes again, those aside that were said to be none. */
  readonly recurring: readonly {
    readonly key: string
    readonly name: string
    readonly payee: string
    readonly accountId: number
  }[]
  /** Categories with a budget. */
  readonly budgets: readonly { readonly id: number; readonly nameZh: string; readonly nameEn: string }[]
  /** The household's own. */
  readonly reminders: readonly {
    readonly id: number
    readonly name: string
    readonly notes: string
    readonly accountId: number | null
  }[]
  readonly persons: readonly { readonly id: number; readonly name: string; readonly shortName: string }[]
  /** Those that have accounts. */
  readonly institutions: readonly {
    readonly id: number
    readonly name: string
    readonly accountIds: readonly number[]
  }[]
}

interface FindableDocument {
  readonly id: number
  readonly name: string
  readonly kind: string
  readonly holder: string
  readonly number: string | null
  readonly notes: string
  readonly accountId: number | null
}

export interface FindableAttachment {
  readonly id: number
  readonly name: string
  readonly owner: { readonly type: 'account' | 'transaction' | 'document'; readonly id: number }
  /** The account that it, or its transaction, is on. */
  readonly accountId: number | null
}

interface AttachmentRow {
  id: number
  name: string
  account: number | null
  transactionId: number | null
  document: number | null
  accountOfTransaction: number | null
}

function attachmentOf({ id, name, account, transactionId, document, accountOfTransaction }: AttachmentRow) {
  const owner: FindableAttachment['owner'] =
    transactionId !== null
      ? { type: 'transaction', id: transactionId }
      : account !== null
        ? { type: 'account', id: account }
        : { type: 'document', id: document ?? 0 }
  return { id, name, owner, accountId: transactionId !== null ? accountOfTransaction : account }
}

function loadRecurring(vault: Vault): Findable['recurring'] {
  const found = sqlRows<Findable['recurring'][number]>(
    vault,
    `select s.key, coalesce(d.name, s.payee) as name, s.payee, s.account_id as accountId
     from recurring_series s left join recurring_decisions d on d.series_key = s.key
     where coalesce(d.status, '') <> 'dismissed' order by 2, 1`,
  )
  // one whose series is no longer found is shown only where all there is to say was said
  const own = sqlRows<{ id: number; seriesKey: string | null; name: string; accountId: number }>(
    vault,
    `select id, series_key as seriesKey, coalesce(name, '') as name, account_id as accountId from recurring_decisions d
     where status <> 'dismissed' and account_id is not null and amount_minor is not null and period is not null
       and next_on is not null and not exists (select 1 from recurring_series s where s.key = d.series_key)
     order by name, id`,
  )
  return [
    ...found,
    ...own.map(({ id, seriesKey, name, accountId }) => ({ key: seriesKey ?? ownKey(id), name, payee: '', accountId })),
  ]
}

function loadInstitutions(vault: Vault): Findable['institutions'] {
  const rows = sqlRows<{ id: number; name: string; accountId: number }>(
    vault,
    `select institutions.id, institutions.name, accounts.id as accountId
     from institutions join accounts on accounts.institution_id = institutions.id order by institutions.name, accounts.id`,
  )
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, group]) => ({
    id,
    name: group[0]?.name ?? '',
    accountIds: group.map(({ accountId }) => accountId),
  }))
}

/** Everything that is found by its name alone. Costs as much as there is of it, never the transactions. */
export function loadFindable(vault: Vault): Findable {
  return {
    documents: sqlRows(
      vault,
      'select id, name, kind, holder, number, notes, account_id as accountId from documents order by name, id',
    ),
    rules: sqlRows(vault, `select id, name from rules where name <> '' order by position, id`),
    attachments: sqlRows<AttachmentRow>(
      vault,
      `select attachments.id, name, attachments.account_id as account, transaction_id as transactionId,
         document_id as document, transactions.account_id as accountOfTransaction
       from attachments left join transactions on transactions.id = transaction_id order by attachments.id desc`,
    ).map(attachmentOf),
    recurring: loadRecurring(vault),
    budgets: sqlRows(
      vault,
      `select id, name_zh as nameZh, name_en as nameEn from budget_lines join categories on id = category_id
       order by position, id`,
    ),
    reminders: sqlRows(
      vault,
      'select id, title as name, notes, account_id as accountId from own_reminders order by title, id',
    ),
    persons: sqlRows(vault, 'select id, name, short_name as shortName from persons order by position, id'),
    institutions: loadInstitutions(vault),
  }
}

/** Securities that were traded or held, but never on an account of the view. */
function securitiesOfOthers(vault: Vault, view: OwnershipView): Set<number> {
  const rows = sqlRows<{ accountId: number; securityId: number }>(
    vault,
    `select distinct account_id as accountId, security_id as securityId from trades
     union select account_id, security_id from positions`,
  )
  const theirs = new Set(rows.flatMap((row) => (view.includes(row.accountId) ? [row.securityId] : [])))
  return new Set(rows.flatMap(({ securityId }) => (theirs.has(securityId) ? [] : [securityId])))
}

export interface Things {
  readonly named: NamedThings
  readonly findable: Findable
}

/** What of all this a person sees: what is on accounts that are in part theirs, and what is on none. Null sees all. */
export function thingsInView(vault: Vault, { named, findable }: Things, view: OwnershipView): Things {
  if (view.personId === null) return { named, findable }
  const onAccount = ({ accountId }: { readonly accountId: number | null }): boolean =>
    accountId === null || view.includes(accountId)
  const persons = loadPersons(vault)
  const documents = findable.documents.filter((document) => isDocumentOf(document, view, persons))
  const documentIds = new Set(documents.map(({ id }) => id))
  const others = securitiesOfOthers(vault, view)
  return {
    named: {
      ...named,
      accounts: named.accounts.filter(({ id }) => view.includes(id)),
      securities: named.securities.filter(({ id }) => !others.has(id)),
    },
    findable: {
      ...findable,
      documents,
      attachments: findable.attachments.filter((one) =>
        one.owner.type === 'document' ? documentIds.has(one.owner.id) : onAccount(one),
      ),
      recurring: findable.recurring.filter(onAccount),
      // as they are told of: also those of an account that is the whole household's
      reminders: findable.reminders.filter(
        (one) => onAccount(one) || (one.accountId !== null && view.ownership.ownersOf(one.accountId).length === 0),
      ),
      institutions: findable.institutions.filter(({ accountIds }) => accountIds.some((id) => view.includes(id))),
    },
  }
}
