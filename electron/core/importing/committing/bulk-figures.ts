import { prepared } from '../../storage/repositories/query.ts'
import type { WritableVault } from '../../storage/open-vault.ts'

/**
 * The triggers that run for each new row: one keeps the figures, the other teaches the learner what the user has chosen.
 * No row of a file is the user's choice, so that the latter has nothing to do, and yet costs a fifth of an import.
 */
const TRIGGERS = ['transactions_inserted', 'transactions_taught'] as const

/** Rows of one file that the trigger counts before counting them here is worth the change. */
const BY_TRIGGER = 400

interface MonthSum {
  readonly accountId: number
  readonly month: string
  inflow: number
  outflow: number
  count: number
}

/**
 * Keeps `account_balances` and `account_months` for the many new rows of one file: written once for each account and
 * month, which takes half the time of a trigger that runs for each row. Meanwhile the triggers are gone, within the very
 * transaction that brings the rows: if that ends by anything but a commit, rows, figures and triggers are as before.
 * Rows that are changed or deleted are counted by their own triggers: only those of before this file may be.
 */
export class BulkFigures {
  readonly #vault: WritableVault
  readonly #byTrigger: number
  readonly #sums = new Map<string, MonthSum>()
  #rows = 0
  #triggers: readonly string[] | null = null

  constructor(vault: WritableVault, byTrigger = BY_TRIGGER) {
    this.#vault = vault
    this.#byTrigger = byTrigger
  }

  /** Tells that so many rows will be inserted next. */
  expect(rows: number): void {
    this.#rows += rows
    if (this.#triggers === null && this.#rows > this.#byTrigger) this.#takeOver()
  }

  /** Tells of a row that was expected and has been inserted. */
  inserted(accountId: number, bookedOn: string, amountMinor: number): void {
    if (this.#triggers === null) return
    const sum = this.#sumOf(accountId, bookedOn.slice(0, 7))
    const flow = amountMinor < 0 ? 'outflow' : 'inflow'
    // what JavaScript could not add exactly, the engine does
    if (!Number.isSafeInteger(sum[flow] + Math.abs(amountMinor))) this.#write(sum)
    sum[flow] += Math.abs(amountMinor)
    sum.count += 1
  }

  /** Writes what has been counted; the triggers are back after that. To be called before anything reads the figures. */
  finish(): void {
    if (this.#triggers === null) return
    for (const sum of this.#sums.values()) this.#write(sum)
    this.#sums.clear()
    for (const trigger of this.#triggers) this.#vault.driver.exec(trigger)
    this.#triggers = null
    this.#rows = 0
  }

  #takeOver(): void {
    const { driver } = this.#vault
    if (!driver.inTransaction) throw new Error('figures are taken over inside a transaction')
    const sqlOf = driver.prepare<[string], { sql: string }>(
      `select sql from sqlite_schema where type = 'trigger' and name = ?`,
    )
    this.#triggers = TRIGGERS.map((name) => {
      const row = sqlOf.get(name)
      if (row === undefined) throw new Error(`the vault lacks the trigger ${name}`)
      driver.exec(`drop trigger ${name}`)
      return row.sql
    })
  }

  #sumOf(accountId: number, month: string): MonthSum {
    const key = `${accountId} ${month}`
    const known = this.#sums.get(key)
    if (known !== undefined) return known
    const sum = { accountId, month, inflow: 0, outflow: 0, count: 0 }
    this.#sums.set(key, sum)
    return sum
  }

  #write(sum: MonthSum): void {
    const { accountId, month, inflow, outflow, count } = sum
    if (count === 0) return
    prepared(
      this.#vault,
      `update account_balances set
         change_minor = change_minor + cast(? as integer) - cast(? as integer),
         transaction_count = transaction_count + cast(? as integer)
       where account_id = ?`,
    ).run(inflow, outflow, count, accountId)
    prepared(
      this.#vault,
      `insert into account_months (account_id, month, inflow_minor, outflow_minor, transaction_count)
       values (?, ?, cast(? as integer), cast(? as integer), cast(? as integer))
       on conflict (account_id, month) do update set
         inflow_minor = inflow_minor + excluded.inflow_minor,
         outflow_minor = outflow_minor + excluded.outflow_minor,
         transaction_count = transaction_count + excluded.transaction_count`,
    ).run(accountId, month, inflow, outflow, count)
    sum.inflow = 0
    sum.outflow = 0
    sum.count = 0
  }
}
