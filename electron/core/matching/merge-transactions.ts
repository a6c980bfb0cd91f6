import { z } from 'zod'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type MergeableLine, mergeLines } from '../analysis/matching/merge-lines.ts'
import type { Recorder } from '../changes/record.ts'
import {
  imageValues,
  parseImage,
  readSnapshot,
  type RecordedTable,
  type RowImage,
  shapeOf,
} from '../changes/table-shape.ts'
import type { CategoryMatcher } from '../importing/committing/category-matcher.ts'
import { idList, prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'

/** A row of `transactions` as far as a merge looks at it. */
export interface TransactionRow extends MergeableLine {
  readonly id: number
  readonly account_id: number
  readonly amount_minor: number
  readonly split_count: number
  readonly import_run_id: number | null
  readonly fingerprint: Uint8Array | null
  readonly ordinal: number
}

/** All columns of it and no others: a row has twice as many. */
const COLUMNS: Readonly<Record<keyof TransactionRow, true>> = {
  id: true,
  account_id: true,
  amount_minor: true,
  split_count: true,
  import_run_id: true,
  fingerprint: true,
  ordinal: true,
  booked_on: true,
  value_on: true,
  booked_time: true,
  kind: true,
  payee: true,
  raw_payee: true,
  memo: true,
  reference: true,
  check_number: true,
  counterparty: true,
  category_id: true,
  source_category: true,
  merchant_category: true,
  original_minor: true,
  original_currency: true,
  original_rate: true,
  notes: true,
  category_source: true,
  category_rule_id: true,
  payee_source: true,
}

const imageSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
/** A line that was merged away: its rows as they were, and attachments that went over to the line that stays. */
const mergedSchema = z.strictObject({
  rows: z.array(z.strictObject({ table: z.string(), image: imageSchema })),
  attachments: z.array(z.int()),
})
type Merged = z.infer<typeof mergedSchema>

const HANGING = ['splits', 'transaction_tags', 'trades'] as const

/** The rows of these numbers. */
export function rowsOf(vault: WritableVault, ids: readonly number[]): Map<number, TransactionRow> {
  const rows = sqlRows<TransactionRow>(
    vault,
    `select ${Object.keys(COLUMNS).join(', ')} from transactions where id in (select value from json_each(?))`,
    idList(ids),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

function hanging(vault: WritableVault, table: RecordedTable, id: number): RowImage[] {
  const shape = shapeOf(vault, table)
  const sql = `select ${shape.snapshot} as image from ${table} where transaction_id = ?`
  return sqlRows<{ image: string }>(vault, sql, id).map(({ image }) => parseImage(image))
}

/** How a merge is made: by the user, all of it recorded; or within the import that brings the line that goes. */
export interface MergeMode {
  /** Set for an import: the rows of this run are written without the recorder. */
  readonly runId: number | null
  readonly importerOf: (runId: number | null) => string
  readonly categories: CategoryMatcher
}

function isCategoryChosen(row: TransactionRow, categories: CategoryMatcher): boolean {
  if (row.category_id === null) return false
  if (row.category_source !== null) return row.category_source === 'user' || row.category_source === 'rule'
  const source = row.source_category === null || row.source_category.startsWith('[') ? undefined : row.source_category
  return (
    categories.idOf(source, row.amount_minor, row.kind as Parameters<CategoryMatcher['idOf']>[2]) !== row.category_id
  )
}

/** Whether the two may be one line: of one account and amount. */
export function areMergeable(kept: TransactionRow | undefined, gone: TransactionRow | undefined): boolean {
  return kept !== undefined && kept.account_id === gone?.account_id && kept.amount_minor === gone.amount_minor
}

/** What the kept line says after the merge; null where the other says nothing new, as most lines of other sources. */
export function mergedLine(kept: TransactionRow, gone: TransactionRow, mode: MergeMode): MergeableLine | null {
  const side = (row: TransactionRow) => ({
    line: row,
    importer: mode.importerOf(row.import_run_id),
    isCategoryChosen: isCategoryChosen(row, mode.categories),
  })
  const line = mergeLines(side(kept), side(gone))
  const differs = Object.entries(line).some(([name, value]) => kept[name as keyof MergeableLine] !== value)
  return differs ? line : null
}

/**
 * Makes one line of two that tell of one booking: `keptId` stays with the better of both texts, `goneId` goes; its
 * meaning is remembered, so that a file that lists it again changes nothing, and its rows, so that the two can be told
 * apart again. Tags, splits, the trade and attachments go over where the other has none. Both must be of one account and
 * amount. Answers whether it was done: not where a row is gone.
 */
export function mergeTransactions(
  vault: WritableVault,
  recorder: Recorder,
  keptId: number,
  goneId: number,
  mode: MergeMode,
): boolean {
  const rows = rowsOf(vault, [keptId, goneId])
  const [kept, gone] = [rows.get(keptId), rows.get(goneId)]
  if (kept === undefined || gone === undefined || !areMergeable(kept, gone)) return false
  const merged = imagesOf(vault, gone)
  const line = mergedLine(kept, gone, mode)
  if (line !== null) recorder.update('transactions', [keptId], line)
  const moved = moveHanging(vault, recorder, kept, gone, merged, mode)
  removeLine(vault, recorder, gone, mode)
  const alias = {
    transaction_id: keptId,
    account_id: kept.account_id,
    fingerprint: gone.fingerprint,
    ordinal: gone.ordinal,
    merged: JSON.stringify({ ...merged, attachments: moved } satisfies Merged),
    import_run_id: gone.import_run_id,
  }
  if (mode.runId !== null && gone.import_run_id === mode.runId) {
    prepared(
      vault,
      `insert into transaction_aliases (transaction_id, account_id, fingerprint, ordinal, merged, import_run_id)
       values (?, ?, ?, ?, ?, ?)`,
    ).run(...Object.values(alias))
  } else recorder.insert('transaction_aliases', alias)
  return true
}

function imagesOf(vault: WritableVault, gone: TransactionRow): Merged {
  const own = readSnapshot(vault, shapeOf(vault, 'transactions'), [gone.id])
  const rows: Merged['rows'] = own === undefined ? [] : [{ table: 'transactions', image: parseImage(own) }]
  for (const table of HANGING) {
    for (const image of hanging(vault, table, gone.id)) rows.push({ table, image })
  }
  return { rows, attachments: [] }
}

/** What hangs on the line that goes and the other lacks; answers the attachments that went over. */
function moveHanging(
  vault: WritableVault,
  recorder: Recorder,
  kept: TransactionRow,
  gone: TransactionRow,
  merged: Merged,
  mode: MergeMode,
): number[] {
  const of = (table: string): RowImage[] => merged.rows.flatMap((row) => (row.table === table ? [row.image] : []))
  const splits = of('splits')
  if (kept.split_count === 0 && splits.length > 0) {
    for (const { id: _id, ...split } of splits) {
      recorder.insert('splits', imageValues(shapeOf(vault, 'splits'), { ...split, transaction_id: kept.id }) as never)
    }
    recorder.update('transactions', [kept.id], { split_count: splits.length })
  }
  for (const { tag_id } of of('transaction_tags')) {
    const tag = Number(tag_id)
    const known = prepared(vault, 'select 1 from transaction_tags where transaction_id = ? and tag_id = ?')
    if (known.get(kept.id, tag) === undefined) {
      recorder.insert('transaction_tags', { transaction_id: kept.id, tag_id: tag })
    }
  }
  const [trade] = of('trades')
  if (trade !== undefined && hanging(vault, 'trades', kept.id).length === 0) {
    recorder.insert('trades', imageValues(shapeOf(vault, 'trades'), { ...trade, transaction_id: kept.id }) as never)
  }
  const attachments = sqlRows<{ id: number }>(vault, 'select id from attachments where transaction_id = ?', gone.id)
  for (const { id } of attachments) recorder.update('attachments', [id], { transaction_id: kept.id })
  const aliases = sqlRows<{ id: number }>(vault, 'select id from transaction_aliases where transaction_id = ?', gone.id)
  for (const { id } of aliases) recorder.update('transaction_aliases', [id], { transaction_id: kept.id })
  relinkTransfer(vault, recorder, kept.id, gone.id, mode)
  return attachments.map(({ id }) => id)
}

/** The other half of a transfer of the line that goes belongs to the line that stays, unless that has one. */
function relinkTransfer(
  vault: WritableVault,
  recorder: Recorder,
  keptId: number,
  goneId: number,
  { runId }: MergeMode,
): void {
  const half = (id: number) =>
    sqlRows<{ id: number; from_transaction_id: number; to_transaction_id: number }>(
      vault,
      'select * from transfers where from_transaction_id = ?1 or to_transaction_id = ?1',
      id,
    )[0]
  const link = half(goneId)
  if (link === undefined) return
  // what hangs on a row of the run under way is not recorded
  const isOfRun = (id: number): boolean =>
    runId !== null &&
    prepared(vault, 'select 1 from transactions where id = ? and import_run_id = ?').get(id, runId) !== undefined
  if (isOfRun(goneId)) prepared(vault, 'delete from transfers where id = ?').run(link.id)
  else recorder.delete('transfers', [link.id])
  const leaves = link.from_transaction_id === goneId
  const other = leaves ? link.to_transaction_id : link.from_transaction_id
  if (half(keptId) !== undefined || other === keptId) return
  const [from, to] = leaves ? [keptId, other] : [other, keptId]
  if (isOfRun(other)) {
    prepared(vault, 'insert into transfers (from_transaction_id, to_transaction_id) values (?, ?)').run(from, to)
  } else recorder.insert('transfers', { from_transaction_id: from, to_transaction_id: to })
}

function removeLine(vault: WritableVault, recorder: Recorder, gone: TransactionRow, mode: MergeMode): void {
  if (mode.runId !== null && gone.import_run_id === mode.runId) {
    prepared(vault, 'delete from transactions where id = ?').run(gone.id)
  } else recorder.delete('transactions', [gone.id])
}

interface AliasRow {
  id: number
  transaction_id: number
  merged: string | null
}

/**
 * Brings back the line that an alias stands for, as it was when it was merged away; answers its number, or null where
 * only a meaning was remembered. What its rows referred to and is gone since (a category, a tag) they go without.
 */
export function restoreMerged(vault: WritableVault, recorder: Recorder, aliasId: number): number | null {
  const [alias] = sqlRows<AliasRow>(
    vault,
    'select id, transaction_id, merged from transaction_aliases where id = ?',
    aliasId,
  )
  if (alias === undefined || alias.merged === null) return null
  const merged = mergedSchema.parse(JSON.parse(alias.merged))
  // before the row comes back: two may not have one meaning
  recorder.delete('transaction_aliases', [aliasId])
  let restored: number | null = null
  for (const { table, image } of merged.rows) {
    const shape = shapeOf(vault, table)
    if (!isWhole(vault, shape.table, image)) continue
    const values = imageValues(shape, withoutLost(vault, shape.table, image))
    const id = recorder.insert(shape.table, values)
    if (table === 'transactions') restored = id
  }
  if (restored === null) return null
  for (const id of merged.attachments) {
    const at = prepared(vault, 'select transaction_id from attachments where id = ?').get(id) as
      | { transaction_id: number | null }
      | undefined
    if (at?.transaction_id === alias.transaction_id) {
      recorder.update('attachments', [id], { transaction_id: restored })
    }
  }
  return restored
}

const exists = (vault: WritableVault, table: string, id: number | string | null): boolean =>
  id === null || prepared(vault, `select 1 from ${table} where id = ?`).get(id) !== undefined

/** Whether what a hanging row cannot be without is still there. */
function isWhole(vault: WritableVault, table: RecordedTable, image: RowImage): boolean {
  if (table === 'transaction_tags') return exists(vault, 'tags', image['tag_id'] ?? null)
  if (table === 'trades') return exists(vault, 'securities', image['security_id'] ?? null)
  return true
}

function withoutLost(vault: WritableVault, table: RecordedTable, image: RowImage): RowImage {
  if (table !== 'transactions' && table !== 'splits') return image
  const category = image['category_id'] ?? null
  const counterpart = image['counterpart_id'] ?? null
  return {
    ...image,
    category_id: exists(vault, 'categories', category) ? category : null,
    ...(table === 'splits' && { counterpart_id: exists(vault, 'transactions', counterpart) ? counterpart : null }),
  }
}

/** What a merged line had said of itself; null where only its meaning is known. */
export function mergedFacts(
  merged: string | null,
): { bookedOn: IsoDate; payee: string; memo: string; importRunId: number | null } | null {
  if (merged === null) return null
  const own = mergedSchema.parse(JSON.parse(merged)).rows.find(({ table }) => table === 'transactions')?.image
  if (own === undefined) return null
  const run = own['import_run_id'] ?? null
  return {
    bookedOn: String(own['booked_on']) as IsoDate,
    payee: String(own['payee'] ?? ''),
    memo: String(own['memo'] ?? ''),
    importRunId: typeof run === 'number' ? run : null,
  }
}
