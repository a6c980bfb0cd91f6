import { money } from '../../../shared/domain/money.ts'
import type { RuleReport, RuleRowChange } from '../../../shared/ipc/channels/rule-channels.ts'
import type { RuleSet } from '../analysis/account/rules/rule-set.ts'
import { beginChange, type Recorder } from '../changes/record.ts'
import type { HandlerContext, Job } from '../handler.ts'
import type { Vault, WritableVault } from '../storage/open-vault.ts'
import { idList, prepared, sqlRows } from '../storage/repositories/query.ts'
import { countUses, loadRuleSet } from '../storage/repositories/rule-repository.ts'
import { toStorageError } from '../storage/storage-errors.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { changeOf, isChange, type RowChange, type RowPatch, type RuleScope } from './row-change.ts'
import { StoredFacts, type StoredRow, storedPages } from './stored-rows.ts'
import { findTransferHalves } from './transfer-partner.ts'

const SHOWN_ROWS = 100
const SHOWN_MOVES = 50

/** Counts what changes, and keeps the newest rows to be looked at. */
class Report {
  readonly #facts: StoredFacts
  readonly #rows: RuleRowChange[] = []
  readonly #moves = new Map<string, { from: number | null; to: number | null; count: number }>()
  examined = 0
  met = 0
  changed = 0
  own = 0

  constructor(facts: StoredFacts) {
    this.#facts = facts
  }

  add(row: StoredRow, change: RowChange): void {
    if (change.met) this.met += 1
    if (change.own) this.own += 1
    if (!isChange(change)) return
    this.changed += 1
    const to = change.patch?.category_id ?? row.category_id
    if (to !== row.category_id) {
      const key = `${row.category_id ?? ''} ${to ?? ''}`
      const move = this.#moves.get(key) ?? { from: row.category_id, to, count: 0 }
      move.count += 1
      this.#moves.set(key, move)
    }
    if (this.#rows.length < SHOWN_ROWS) this.#rows.push(this.#rowOf(row, change, to))
  }

  result(): RuleReport {
    const { examined, met, changed, own } = this
    const categories = [...this.#moves.values()].toSorted((left, right) => right.count - left.count)
    return { examined, met, changed, own, categories: categories.slice(0, SHOWN_MOVES), rows: this.#rows }
  }

  #rowOf(row: StoredRow, { patch, addTags, removeTags }: RowChange, to: number | null): RuleRowChange {
    return {
      transactionId: row.id,
      accountId: row.account_id,
      bookedOn: row.booked_on,
      amount: money(row.amount_minor, this.#facts.currencyOf(row)),
      payee: { before: row.payee, after: patch?.payee ?? row.payee },
      categoryId: { before: row.category_id, after: to },
      more: addTags.length + removeTags.length > 0 || patch?.notes !== undefined || patch?.kind !== undefined,
    }
  }
}

type Changed = readonly { readonly row: StoredRow; readonly change: RowChange }[]

async function walk(
  vault: Vault,
  rules: RuleSet,
  scope: RuleScope,
  job: Job,
  onPage: (changed: Changed) => void,
): Promise<RuleReport> {
  const total =
    sqlRows<{ n: number }>(vault, 'select coalesce(sum(transaction_count), 0) as n from account_balances')[0]?.n ?? 0
  const facts = new StoredFacts(vault)
  const report = new Report(facts)
  for (const page of storedPages(vault, rules.usesTags)) {
    const changed: { row: StoredRow; change: RowChange }[] = []
    for (const row of page) {
      const seen = facts.of(row)
      const change = changeOf(row, seen.payee, rules.evaluate(seen), scope)
      report.add(row, change)
      if (isChange(change)) changed.push({ row, change })
    }
    report.examined += page.length
    onPage(changed)
    job.progress('rules', report.examined, Math.max(total, report.examined))
    await job.breathe()
  }
  return report.result()
}

/** What rules would change of the transactions there are. Throws CoreError('cancelled'). */
export function testRules(vault: Vault, rules: RuleSet, scope: RuleScope, job: Job): Promise<RuleReport> {
  return walk(vault, rules, scope, job, () => {})
}

/** Rows that change alike are written by one statement. */
function write(vault: WritableVault, recorder: Recorder, changed: Changed): void {
  const alike = new Map<string, { readonly patch: RowPatch; readonly ids: number[] }>()
  for (const { row, change } of changed) {
    if (change.patch !== null) {
      const key = JSON.stringify(change.patch)
      const group = alike.get(key)
      if (group === undefined) alike.set(key, { patch: change.patch, ids: [row.id] })
      else group.ids.push(row.id)
    }
    for (const tagId of change.addTags) {
      recorder.put('transaction_tags', [row.id, tagId], { transaction_id: row.id, tag_id: tagId })
    }
    for (const tagId of change.removeTags) recorder.delete('transaction_tags', [row.id, tagId])
  }
  for (const { patch, ids } of alike.values()) {
    const where = { sql: 'id in (select value from json_each(?))', parameters: [idList(ids)] }
    recorder.updateWhere('transactions', where, patch)
  }
  for (const { row, change } of changed) {
    if (change.pairWith === null) continue
    const halves = findTransferHalves(vault, row.id, change.pairWith)
    if (halves === null) continue
    recorder.insert('transfers', { from_transaction_id: halves.from, to_transaction_id: halves.to })
  }
}

/**
 * Runs rules over the transactions there are, in one transaction and as one change that can be undone; whatever happens
 * (a cancellation, a full disk), all of it or nothing. Nothing changes twice: run again, it finds nothing to do.
 * Throws CoreError: 'cancelled', 'conflict' while another change is under way, 'disk-full'.
 */
export async function applyRules(vault: WritableVault, scope: RuleScope, context: HandlerContext): Promise<RuleReport> {
  const { driver } = vault
  if (driver.inTransaction) throw new CoreError('conflict', 'Another change is being made; try again in a moment.')
  try {
    driver.exec('begin immediate')
    const recorder = beginChange(vault, context.clock, { label: 'rule.apply' })
    const uses = new Map<number, number>()
    const report = await walk(vault, loadRuleSet(vault), scope, context.job, (changed) => {
      write(vault, recorder, changed)
      for (const { change } of changed) {
        for (const id of change.by) uses.set(id, (uses.get(id) ?? 0) + 1)
      }
    })
    countUses(vault, uses)
    if (recorder.changeId !== null) {
      const facts = JSON.stringify({ count: report.changed })
      prepared(vault, 'update changes set facts = ? where id = ?').run(facts, recorder.changeId)
    }
    driver.exec('commit')
    return report
  } catch (error) {
    if (driver.inTransaction) driver.exec('rollback')
    throw toStorageError(error)
  }
}
