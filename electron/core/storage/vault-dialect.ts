import type { Database } from 'better-sqlite3-multiple-ciphers'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'

/** A failed migration must leave nothing behind: SQLite can roll back changes of tables, which Kysely asks about here. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Refuses to go on in a transaction that the engine has ended: what follows would be committed row by row. */
class GuardedConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection
  readonly #refuseLostTransaction: () => void
  constructor(connection: DatabaseConnection, refuseLostTransaction: () => void) {
    this.#connection = connection
    this.#refuseLostTransaction = refuseLostTransaction
  }
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#refuseLostTransaction()
    return this.#connection.executeQuery<Row>(query)
  }
  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    this.#refuseLostTransaction()
    return this.#connection.streamQuery<Row>(query, chunkSize)
  }
}

/**
 * After some errors (a full disk is one) the engine rolls the transaction back by itself. Kysely's own rollback would
 * then fail and hide the reason, and code that had caught the error would go on without a transaction.
 */
class VaultDriver extends SqliteDriver {
  readonly #database: Database
  #inTransaction = false
  constructor(database: Database) {
    super({ database })
    this.#database = database
  }
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection()
    return new GuardedConnection(connection, () => {
      if (this.#inTransaction && !this.#database.inTransaction) {
        throw new Error('the engine has rolled this transaction back after an earlier error')
      }
    })
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await super.beginTransaction(connection)
    this.#inTransaction = true
  }
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection)
    this.#inTransaction = false
  }
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#inTransaction = false
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

/** Kysely's SQLite, made to roll back changes of tables and to notice a transaction that the engine has ended. */
export class VaultDialect extends SqliteDialect {
  readonly #database: Database
  constructor(database: Database) {
    super({ database })
    this.#database = database
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
  override createDriver(): SqliteDriver {
    return new VaultDriver(this.#database)
  }
}
