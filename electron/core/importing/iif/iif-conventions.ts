import { z } from 'zod'
import table from '../../../../resources/iif-conventions.json' with { type: 'json' }
import type { AccountRole } from '../double-entry/book.ts'
import type { AccountKindHint } from '../importer.ts'

const roleSchema = z.enum(['asset', 'liability', 'income', 'expense', 'equity', 'none'])
const kindSchema = z.enum(['checking', 'receivable', 'asset', 'liability', 'credit-card', 'loan'])
const conventions = z
  .strictObject({
    about: z.string(),
    accountTypes: z.record(z.string(), z.tuple([roleSchema]).or(z.tuple([roleSchema, kindSchema]))),
    transactionTypes: z.record(z.string(), z.tuple([z.string(), z.string()])),
    nonPosting: z.array(z.string()),
    accountNames: z.record(z.string(), z.string()),
  })
  .parse(table)

/** What an account is to the household. */
export interface IifTraits {
  readonly role: AccountRole
  readonly kind?: AccountKindHint
}

const fold = (text: string): string => text.trim().toUpperCase()
const types = new Map<string, IifTraits>(
  Object.entries(conventions.accountTypes).map(([type, [role, kind]]) => [
    type,
    kind === undefined ? { role } : { role, kind },
  ]),
)
const transactions = new Map(Object.entries(conventions.transactionTypes))
const nonPosting: ReadonlySet<string> = new Set(conventions.nonPosting)
const names = new Map(Object.entries(conventions.accountNames).map(([name, type]) => [fold(name), type]))

/** What an ACCNTTYPE of the list of accounts means; undefined for one that is not known. */
export function traitsOfType(type: string): IifTraits | undefined {
  return types.get(fold(type))
}

/** The type of an account that every company file has, by its name. */
export function typeOfName(name: string): string | undefined {
  return names.get(fold(name))
}

/** The types of a transaction's accounts by its TRNSTYPE: of its first line, and of its others. */
export function typesOfTransaction(type: string): readonly [first: string, other: string] | undefined {
  return transactions.get(fold(type))
}

/** Whether transactions of this TRNSTYPE are mere papers: estimates, orders. */
export function isNonPosting(type: string): boolean {
  return nonPosting.has(fold(type))
}
