import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { type Money, money } from '../../../shared/domain/money.ts'
import { nameRank } from '../../../shared/domain/name-search.ts'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { inQuotationMarks } from '../../../shared/domain/quoted-value.ts'
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
  /** Told by its path in the language of the window, where that is another name than the one that has the words. */
  readonly categoryId?: number
  /** What it is on, to be told where several are called the same. */
  readonly accountId?: number
  readonly transaction?: Transaction
  readonly transactionMarks?: TransactionMarks
}

export interface HitGroup {
  readonly name:
    | 'places'
    | 'accounts'
    | 'institutions'
    | 'categories'
    | 'tags'
    | 'transactions'
    | 'recurring'
    | 'budgets'
    | 'reminders'
    | 'documents'
    | 'attachments'
    | 'securities'
    | 'persons'
    | 'rules'
    | 'more'
  readonly hits: readonly Hit[]
}

export interface Place {
  readonly to: string
  readonly title: string
  /** What it is called in Chinese, in English, and with what it is a part of. */
  readonly names: readonly string[]
  /** How its Chinese name is read; none where nobody types that. */
  readonly syllables: readonly string[]
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
      name: 'institutions',
      hits: found.institutions.map(({ id, name, marks }) => ({
        key: `institution ${id}`,
        to: transactionsAddress(`institution:${inQuotationMarks(name)}`),
        title: name,
        marks,
      })),
    },
    {
      name: 'categories',
      hits: found.categories.map(({ id, name, marks }) => ({
        key: `category ${id}`,
        to: transactionsAddress(`category:${inQuotationMarks(name)}`),
        title: name,
        marks,
        categoryId: id,
      })),
    },
    {
      name: 'tags',
      hits: found.tags.map(({ id, name, marks }) => ({
        key: `tag ${id}`,
        to: transactionsAddress(`tag:${inQuotationMarks(name)}`),
        title: name,
        marks,
      })),
    },
    { name: 'transactions', hits: found.transactions.map((one, index) => transactionHit(one, found.marks[index])) },
    {
      name: 'recurring',
      hits: found.recurring.map(({ key, name, accountId, marks }) => ({
        key: `recurring ${key}`,
        to: `/account/bills?series=${encodeURIComponent(key)}`,
        title: name,
        marks,
        accountId,
      })),
    },
    {
      name: 'budgets',
      hits: found.budgets.map(({ id, name, marks }) => ({
        key: `budget ${id}`,
        to: `/account/budgets?category=${id}`,
        title: name,
        marks,
        categoryId: id,
      })),
    },
    {
      name: 'reminders',
      hits: found.reminders.map(({ id, name, marks }) => ({
        key: `reminder ${id}`,
        to: `/reminders?reminder=${id}`,
        title: name,
        marks,
      })),
    },
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
        ...(one.accountId === null ? {} : { accountId: one.accountId }),
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
      name: 'persons',
      hits: found.persons.map(({ id, name, marks }) => ({
        key: `person ${id}`,
        to: `/settings/people?person=${id}`,
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

/** Behind all that is called so from its beginning, before what only has it somewhere. */
const READ_RANK = 5

function placeRank({ names, syllables }: Place, text: string): number | null {
  const initials = syllables.map((syllable) => syllable.charAt(0)).join('')
  const rank = nameRank({ names, initials }, text)
  const letters = text.replaceAll(' ', '').toLowerCase()
  const read = /^[a-z]{2,}$/.test(letters) && syllables.join('').startsWith(letters)
  return read && (rank === null || rank > READ_RANK) ? READ_RANK : rank
}

/** Places of the app that are called or read so, the best first; all of them for an empty text. */
export function placesMatching(places: readonly Place[], text: string): HitGroup[] {
  const wanted = text.trim()
  const found =
    wanted === ''
      ? places
      : places
          .flatMap((place) => {
            const rank = placeRank(place, wanted)
            return rank === null ? [] : [{ place, rank }]
          })
          .toSorted((one, other) => one.rank - other.rank)
          .map(({ place }) => place)
  const hits = found.map(({ to, title }) => ({ key: `place ${to}`, to, title, marks: [] }))
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
