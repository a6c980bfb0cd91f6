import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { type Money, money } from '../../../shared/domain/money.ts'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import type { TransactionMarks } from '../../../shared/model/search.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'

export type Found = OutputOf<'search.query'>
export type Marks = readonly (readonly [from: number, to: number])[]

/** Something to go to. */
export interface Hit {
  readonly key: string
  readonly to: string
  /** Empty where a transaction names nobody. */
  readonly title: string
  /** Where the title has the words. */
  readonly marks: Marks
  /** A kind of account or document, to be put in words. */
  readonly kind?: string
  readonly transaction?: Transaction
  readonly transactionMarks?: TransactionMarks
}

export interface HitGroup {
  readonly name:
    | 'places'
    | 'accounts'
    | 'categories'
    | 'tags'
    | 'transactions'
    | 'documents'
    | 'attachments'
    | 'securities'
    | 'rules'
    | 'more'
  readonly hits: readonly Hit[]
}

export interface Place {
  readonly to: string
  readonly title: string
}

export function transactionHit(transaction: Transaction, marks?: TransactionMarks): Hit {
  const named = transaction.payee !== ''
  return {
    key: `transaction ${transaction.id}`,
    to: `/account/${transaction.accountId}?open=${transaction.id}`,
    title: named ? transaction.payee : transaction.memo,
    marks: (named ? marks?.payee : marks?.memo) ?? [],
    transaction,
    ...(marks === undefined ? {} : { transactionMarks: marks }),
  }
}

type Attachment = Found['attachments'][number]

function attachmentAddress({ owner, accountId }: Attachment): string {
  if (owner.type === 'document') return `/life?document=${owner.id}`
  return owner.type === 'account' ? `/account/${owner.id}` : `/account/${accountId ?? 'all'}?open=${owner.id}`
}

/** What was found by group, in the order it is shown; a group that has nothing is left out. */
export function groupsOf(found: Found): HitGroup[] {
  const groups: HitGroup[] = [
    {
      name: 'accounts',
      hits: found.accounts.map(({ id, name, kind, marks }) => ({
        key: `account ${id}`,
        to: `/account/${id}`,
        title: name,
        marks,
        kind,
      })),
    },
    {
      name: 'categories',
      hits: found.categories.map(({ id, name, marks }) => ({
        key: `category ${id}`,
        to: transactionsAddress(`category:"${name}"`),
        title: name,
        marks,
      })),
    },
    {
      name: 'tags',
      hits: found.tags.map(({ id, name, marks }) => ({
        key: `tag ${id}`,
        to: transactionsAddress(`tag:"${name}"`),
        title: name,
        marks,
      })),
    },
    { name: 'transactions', hits: found.transactions.map((one, index) => transactionHit(one, found.marks[index])) },
    {
      name: 'documents',
      hits: found.documents.map(({ id, name, kind, marks }) => ({
        key: `document ${id}`,
        to: `/life?document=${id}`,
        title: name,
        marks,
        kind,
      })),
    },
    {
      name: 'attachments',
      hits: found.attachments.map((one) => ({
        key: `attachment ${one.id}`,
        to: attachmentAddress(one),
        title: one.name,
        marks: one.marks,
      })),
    },
    {
      name: 'securities',
      hits: found.securities.map(({ id, name, marks }) => ({
        key: `security ${id}`,
        to: `/wealth?security=${id}`,
        title: name,
        marks,
      })),
    },
    {
      name: 'rules',
      hits: found.rules.map(({ id, name, marks }) => ({
        key: `rule ${id}`,
        to: `/settings/rules`,
        title: name,
        marks,
      })),
    },
  ]
  return groups.filter((group) => group.hits.length > 0)
}

/** Places of the app whose name has the text; all of them for an empty text. */
export function placesMatching(places: readonly Place[], text: string): HitGroup[] {
  const wanted = text.trim().toLowerCase()
  const hits = places
    .filter(({ title }) => title.toLowerCase().includes(wanted))
    .map(({ to, title }) => ({ key: `place ${to}`, to, title, marks: [] }))
  return hits.length === 0 ? [] : [{ name: 'places', hits }]
}

/** The next choice by an arrow key, round at both ends; −1 is none. */
export function nextChoice(current: number, step: -1 | 1, count: number): number {
  if (count === 0) return -1
  return (current + step + count) % count
}

export const searchAddress = (text: string): string => `/search?q=${encodeURIComponent(text)}`
export const transactionsAddress = (text: string): string => `/account/all?query=${encodeURIComponent(text)}`

/** The amount that the text stands for, in the base currency, where a transaction of it was found. */
export function exactAmount({ minorMatched, transactions }: Found, base: CurrencyCode): Money | null {
  if (minorMatched === null) return null
  const minor = Math.abs(minorMatched)
  const found = transactions.some(({ amount }) => amount.currency === base && Math.abs(amount.minor) === minor)
  return found ? money(minor, base) : null
}
