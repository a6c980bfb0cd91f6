import type { Selectable } from 'kysely'
import { type Categorised, RowCategoriser } from '../../categorising/row-categoriser.ts'
import { findTransferHalves } from '../../categorising/transfer-partner.ts'
import type { Recorder } from '../../changes/record.ts'
import { prepared } from '../../storage/repositories/query.ts'
import { countUses } from '../../storage/repositories/rule-repository.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { Schema } from '../../storage/schema.ts'
import type { ParsedSplit, ParsedTransaction } from '../importer.ts'
import { CategoryMaker } from './category-maker.ts'
import { CategoryMatcher } from './category-matcher.ts'
import { tryToMinor } from './minor-amount.ts'
import type { Securities } from './securities.ts'
import type { RowToPlace } from './statement-state.ts'
import { type NewRow, type RowDetails, TransactionInserts } from './transaction-inserts.ts'
import type { TransferPair } from './transfer-pairs.ts'
import type { PendingLine } from './vault-lines.ts'

const textOrNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text)

/** What the file calls the category; an account that the money went to or came from stands in brackets. */
function sourceCategory({
  category,
  transferAccount,
}: Pick<ParsedSplit, 'category' | 'transferAccount'>): string | null {
  return textOrNull(category) ?? (transferAccount === undefined ? null : `[${transferAccount}]`)
}

function detailsOf(transaction: ParsedTransaction, made: Categorised): RowDetails {
  const { original } = transaction
  const minor = original === undefined ? null : tryToMinor(original.amount, original.currency)
  const converted = minor === null ? undefined : original
  return {
    value_on: transaction.valueDate ?? null,
    booked_time: transaction.time ?? null,
    reference: textOrNull(transaction.reference),
    check_number: textOrNull(transaction.checkNumber),
    counterparty: textOrNull(transaction.counterparty),
    category_id: made.categoryId,
    category_source: made.source,
    category_rule_id: made.categoryRuleId,
    payee_source: made.rules === null || made.rules.payee === null ? null : 'rule',
    notes: made.rules?.notes?.value ?? null,
    source_category: sourceCategory(transaction),
    merchant_category: textOrNull(transaction.merchantCategory),
    original_minor: minor,
    original_currency: converted?.currency ?? null,
    original_rate: converted?.rate ?? null,
  }
}

interface Part {
  readonly minor: number
  readonly source: ParsedSplit
}

/** The parts in minor units, or none where they do not add up to the transaction exactly. */
function partsOf({ transaction, amountMinor, target }: RowToPlace): readonly Part[] {
  const parts: Part[] = []
  let sum = 0
  for (const source of transaction.splits ?? []) {
    const minor = tryToMinor(source.amount, target.currency)
    if (minor === null) return []
    parts.push({ minor, source })
    sum += minor
  }
  return sum === amountMinor ? parts : []
}

/** A new row, and its parts that are transfers. */
export interface WrittenRow {
  readonly id: number
  readonly transfers: readonly { readonly splitId: number; readonly minor: number; readonly account: string }[]
}

/** What the user, a rule or an earlier file made of a pending line. */
type PendingRow = Pick<
  Selectable<Schema['transactions']>,
  | 'account_id'
  | 'split_count'
  | 'category_id'
  | 'category_source'
  | 'category_rule_id'
  | 'payee'
  | 'payee_source'
  | 'notes'
>

const NO_TRANSFERS: WrittenRow['transfers'] = []

/** Writes transactions of one import run with what hangs on them, by prepared statements. */
export class TransactionWriter {
  readonly #vault: WritableVault
  readonly #recorder: Recorder
  readonly #runId: number
  readonly #securities: Securities
  readonly #matcher: CategoryMatcher
  readonly #categoriser: RowCategoriser
  readonly #inserts: TransactionInserts
  readonly #tags = new Map<string, number>()
  /** How many new transactions each rule has met. */
  readonly #uses = new Map<number, number>()
  /** Rows that a rule calls a transfer with that account. */
  readonly #toPair: { readonly id: number; readonly accountId: number }[] = []

  constructor(vault: WritableVault, recorder: Recorder, runId: number, securities: Securities) {
    this.#vault = vault
    this.#recorder = recorder
    this.#runId = runId
    this.#securities = securities
    this.#matcher = new CategoryMatcher(vault, new CategoryMaker(vault, recorder))
    this.#categoriser = new RowCategoriser(vault, this.#matcher)
    this.#inserts = new TransactionInserts(vault)
  }

  /** A category that the file's program has: made when a row needs it, unless the vault has one of that meaning. */
  category({ path, kind }: { readonly path: string; readonly kind: 'income' | 'expense' }): void {
    this.#matcher.declare(path, kind)
  }

  /** Adds a row that the account is known not to have; its columns may be written as late as `finish`. */
  insert(row: RowToPlace, accountId: number): WrittenRow {
    const { transaction: t, amountMinor, record, fingerprint, ordinal } = row
    const parts = t.splits === undefined ? [] : partsOf(row)
    const tags = t.tags ?? []
    const made = this.#categorise(row, accountId, parts.length > 0)
    const { rules } = made
    const added: NewRow = {
      accountId,
      bookedOn: t.date,
      amountMinor,
      kind: rules?.kind?.value ?? t.kind,
      status: t.status ?? 'booked',
      payee: made.payee,
      rawPayee: t.payee ?? '',
      memo: t.memo ?? '',
      splitCount: parts.length,
      runId: this.#runId,
      record,
      fingerprint,
      ordinal,
      details: detailsOf(t, made),
    }
    const isBare =
      parts.length === 0 &&
      tags.length === 0 &&
      t.security === undefined &&
      t.transferAccount === undefined &&
      (rules === null || rules.addTags.length === 0)
    // what hangs on a row refers to it
    const id = isBare ? this.#inserts.addLater(added) : this.#inserts.add(added)
    this.#follow(id, made)
    if (isBare) return { id, transfers: NO_TRANSFERS }
    const transfers = parts.length === 0 ? NO_TRANSFERS : this.#addSplits(id, parts, t.kind)
    this.#addTags(id, tags, made)
    if (t.security !== undefined) this.#addTrade(id, row, accountId)
    return { id, transfers }
  }

  #categorise(row: RowToPlace, accountId: number, isSplit: boolean): Categorised {
    const { transaction, amountMinor, target, state } = row
    const tagIds =
      this.#categoriser.usesTags && transaction.tags !== undefined
        ? transaction.tags.flatMap((name) => this.#knownTagId(name.trim()) ?? [])
        : []
    return this.#categoriser.categorise({
      transaction,
      amountMinor,
      currency: target.currency,
      accountId,
      institution: target.institution ?? state.account.institution ?? null,
      importer: state.importer,
      tagIds,
      isSplit,
    })
  }

  /** Keeps what is to be done about a new row once the file has passed. */
  #follow(id: number, { rules }: Categorised): void {
    if (rules === null) return
    for (const ruleId of rules.met) this.#uses.set(ruleId, (this.#uses.get(ruleId) ?? 0) + 1)
    const accountId = rules.transfer?.value ?? null
    if (accountId !== null) this.#toPair.push({ id, accountId })
  }

  /** Turns a pending line into the booked one; what the user made of it (category, notes, tags, splits) stays. */
  settle(row: RowToPlace, pending: PendingLine): void {
    const { transaction: t, amountMinor, record, fingerprint, ordinal } = row
    const before = this.#pendingRow(pending.id)
    const made = this.#categorise(row, before?.account_id ?? 0, (before?.split_count ?? 0) > 0)
    const { notes, ...details } = detailsOf(t, made)
    const isFiled = before !== undefined && (before.category_id !== null || before.category_source === 'user')
    this.#recorder.update('transactions', [pending.id], {
      ...details,
      ...(isFiled && {
        category_id: before.category_id,
        category_source: before.category_source,
        category_rule_id: before.category_rule_id,
      }),
      booked_on: t.date,
      amount_minor: amountMinor,
      kind: made.rules?.kind?.value ?? t.kind,
      status: 'booked',
      payee: made.payee,
      // the name that the user gave stays
      ...(before?.payee_source === 'user' && { payee: before.payee, payee_source: 'user' }),
      raw_payee: t.payee ?? '',
      memo: t.memo ?? '',
      ...(before?.notes === '' && notes !== null && { notes }),
      import_run_id: this.#runId,
      source_record: record,
      fingerprint,
      ordinal,
    })
    if (pending.fingerprint === null) return
    // a file that still lists the pending line shall know it for what it is
    prepared(
      this.#vault,
      `insert into transaction_aliases (transaction_id, account_id, fingerprint, ordinal, import_run_id)
       select id, account_id, ?, ?, ? from transactions where id = ? on conflict do nothing`,
    ).run(pending.fingerprint, pending.ordinal, this.#runId, pending.id)
  }

  #pendingRow(id: number): PendingRow | undefined {
    const columns = `account_id, split_count, category_id, category_source, category_rule_id, payee, payee_source, notes`
    return prepared(this.#vault, `select ${columns} from transactions where id = ?`).get(id) as PendingRow | undefined
  }

  /** Writes the rows that wait, before the vault is asked for them. */
  flush(): void {
    this.#inserts.flush()
  }

  /** Once the file has passed, before anything reads what it brought or the maintained figures. */
  finish(): void {
    this.#inserts.finish()
    countUses(this.#vault, this.#uses)
    for (const { id, accountId } of this.#toPair) {
      const halves = findTransferHalves(this.#vault, id, accountId)
      if (halves === null) continue
      const sql = 'insert into transfers (from_transaction_id, to_transaction_id) values (?, ?)'
      prepared(this.#vault, sql).run(halves.from, halves.to)
    }
  }

  /** Links the halves of a transfer; a half that is one part of a split transaction keeps its counterpart itself. */
  link({ from, to }: TransferPair): void {
    if (from.splitId === null && to.splitId === null) {
      const sql = 'insert into transfers (from_transaction_id, to_transaction_id) values (?, ?)'
      prepared(this.#vault, sql).run(from.transactionId, to.transactionId)
      return
    }
    const [part, whole] = from.splitId === null ? [to, from] : [from, to]
    prepared(this.#vault, 'update splits set counterpart_id = ? where id = ?').run(whole.transactionId, part.splitId)
  }

  #addSplits(id: number, parts: readonly Part[], kind: ParsedTransaction['kind']): WrittenRow['transfers'] {
    const insert = prepared(
      this.#vault,
      `insert into splits (transaction_id, position, amount_minor, category_id, memo, source_category)
       values (?, ?, ?, ?, ?, ?)`,
    )
    return parts.flatMap(({ minor, source }, position) => {
      const { category, memo, transferAccount } = source
      const categoryId = this.#categoriser.categoryOfPart(category, minor, kind)
      const result = insert.run(id, position, minor, categoryId, memo ?? '', sourceCategory(source))
      const splitId = Number(result.lastInsertRowid)
      return transferAccount === undefined ? [] : [{ splitId, minor, account: transferAccount }]
    })
  }

  #addTags(id: number, tags: readonly string[], { rules }: Categorised): void {
    const names = tags.map((name) => name.trim()).filter((name) => name !== '')
    const ids = new Set(names.map((name) => this.#tagId(name)))
    for (const { value } of rules?.addTags ?? []) ids.add(value)
    for (const { value } of rules?.removeTags ?? []) ids.delete(value)
    if (ids.size === 0) return
    const sql = 'insert into transaction_tags (transaction_id, tag_id) values (?, ?) on conflict do nothing'
    for (const tagId of ids) prepared(this.#vault, sql).run(id, tagId)
  }

  #knownTagId(name: string): number | undefined {
    const known = this.#tags.get(name)
    if (known !== undefined) return known
    const row = prepared(this.#vault, 'select id from tags where name = ?').get(name) as { id: number } | undefined
    if (row !== undefined) this.#tags.set(name, row.id)
    return row?.id
  }

  #tagId(name: string): number {
    const known = this.#knownTagId(name)
    if (known !== undefined) return known
    const id = this.#recorder.insert('tags', { name })
    this.#tags.set(name, id)
    return id
  }

  #addTrade(id: number, { transaction: t, target }: RowToPlace, accountId: number): void {
    if (t.security === undefined) return
    const magnitude = (value: ParsedTransaction['fee']): number =>
      value === undefined ? 0 : Math.abs(tryToMinor(value, target.currency) ?? 0)
    prepared(
      this.#vault,
      `insert into trades (transaction_id, account_id, security_id, booked_on, quantity, price, fee_minor, tax_minor)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      id,
      accountId,
      this.#securities.idOf(t.security, target.currency),
      t.date,
      t.quantity ?? '0',
      t.price ?? null,
      magnitude(t.fee),
      magnitude(t.tax),
    )
  }
}
