import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { type Money, money } from '../../../shared/domain/money.ts'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'

export type Found = OutputOf<'search.query'>

/** Something to go to. */
export interface Hit {
  readonly key: string
  readonly to: string
  /** Empty where a transaction names nobody. */
  readonly title: string
  /** A kind of account or document, to be put in words. */
  readonly kind?: string
  readonly transaction?: Transaction
}

export interface HitGroup {
  readonly name: 'places' | 'accounts' | 'transactions' | 'documents' | 'securities' | 'more'
  readonly hits: readonly Hit[]
}

export interface Place {
  readonly to: string
  readonly title: string
}

function transactionHit(transaction: Transaction): Hit {
  return {
    key: `transaction ${transaction.id}`,
    to: `/account/${transaction.accountId}?open=${transaction.id}`,
    title: transaction.payee === '' ? transaction.memo : transaction.payee,
    transaction,
  }
}

/** What was found by group, in the order it is shown; a group that has nothing is left out. */
export function groupsOf(found: Found): HitGroup[] {
  const groups: HitGroup[] = [
    {
      name: 'accounts',
      hits: found.accounts.map(({ id, name, kind }) => ({
        key: `account ${id}`,
        to: `/account/${id}`,
        title: name,
        kind,
      })),
    },
    { name: 'transactions', hits: found.transactions.map(transactionHit) },
    {
      name: 'documents',
      hits: found.documents.map(({ id, name, kind }) => ({
        key: `document ${id}`,
        to: `/life?document=${id}`,
        title: name,
        kind,
      })),
    },
    {
      name: 'securities',
      hits: found.securities.map(({ id, name }) => ({
        key: `security ${id}`,
        to: `/wealth?security=${id}`,
        title: name,
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
    .map(({ to, title }) => ({ key: `place ${to}`, to, title }))
  return hits.length === 0 ? [] : [{ name: 'places', hits }]
}

/** The next choice by an arrow key, round at both ends; −1 is none. */
export function nextChoice(current: number, step: -1 | 1, count: number): number {
  if (count === 0) return -1
  return (current + step + count) % count
}

export const searchAddress = (text: string): string => `/search?q=${encodeURIComponent(text)}`
export const transactionsAddress = (text: string): string => `/account/all?text=${encodeURIComponent(text)}`

/** The amount that the text stands for, in the base currency, where a transaction of it was found. */
export function exactAmount({ minorMatched, transactions }: Found, base: CurrencyCode): Money | null {
  if (minorMatched === null) return null
  const minor = Math.abs(minorMatched)
  const found = transactions.some(({ amount }) => amount.currency === base && Math.abs(amount.minor) === minor)
  return found ? money(minor, base) : null
}
