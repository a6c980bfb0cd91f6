import type Database from 'better-sqlite3-multiple-ciphers'
import { type Compilable, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Vault } from '../open-vault.ts'
import type { Schema } from '../schema.ts'

/**
 * Builds typed SQL that is then run synchronously on the vault's own driver: within one call nothing else can come
 * between two statements, and each text is prepared once.
 */
export const build = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

export type SqlValue = string | number | null | Uint8Array

type Driver = Vault['driver']
export type Statement = Database.Statement

/** Filters make many texts; beyond this the oldest statement is dropped. */
const KEPT_STATEMENTS = 300
const statements = new WeakMap<Driver, Map<string, Statement>>()

/** The prepared statement of this text on this connection. */
export function prepared(vault: Pick<Vault, 'driver'>, sql: string): Statement {
  let known = statements.get(vault.driver)
  if (known === undefined) {
    known = new Map()
    statements.set(vault.driver, known)
  }
  const found = known.get(sql)
  if (found !== undefined) return found
  const statement = vault.driver.prepare(sql)
  if (known.size >= KEPT_STATEMENTS) {
    const oldest = known.keys().next()
    if (oldest.done !== true) known.delete(oldest.value)
  }
  known.set(sql, statement)
  return statement
}

export function allRows<T>(vault: Vault, query: Compilable<T>): T[] {
  const compiled = query.compile()
  return prepared(vault, compiled.sql).all(...compiled.parameters) as T[]
}

export function firstRow<T>(vault: Vault, query: Compilable<T>): T | undefined {
  const compiled = query.compile()
  return prepared(vault, compiled.sql).get(...compiled.parameters) as T | undefined
}

/** Rows of hand-written SQL; the caller states their shape. */
export function sqlRows<T>(vault: Vault, sql: string, ...parameters: readonly SqlValue[]): T[] {
  // the driver takes numbered parameters (?1) by name
  if (sql.includes('?1')) return prepared(vault, sql).all(numbered(parameters)) as T[]
  return prepared(vault, sql).all(...parameters) as T[]
}

/** The rows as lists of their columns' values, which is half the work where there are thousands; no numbered parameters. */
export function rawRows<T extends readonly unknown[]>(
  vault: Pick<Vault, 'driver'>,
  sql: string,
  ...parameters: readonly SqlValue[]
): T[] {
  const statement = prepared(vault, sql)
  statement.raw(true)
  try {
    return statement.all(...parameters) as T[]
  } finally {
    // the statement is shared by all who run this text
    statement.raw(false)
  }
}

function numbered(parameters: readonly SqlValue[]): Record<string, SqlValue> {
  return Object.fromEntries(parameters.map((value, index) => [index + 1, value]))
}

/** A list of ids as one parameter, whatever its length. */
export function idList(ids: readonly number[]): string {
  return JSON.stringify(ids)
}
