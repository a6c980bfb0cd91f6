import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { accountKindOf } from '../../../../shared/model/account-kinds.ts'
import { cardTermsSchema, termsSchema } from '../../../../shared/model/terms.ts'
import type { Clock } from '../../ports.ts'
import type { Period } from '../../analysis/matching/score-duplicate.ts'
import type { Recorder } from '../../changes/record.ts'
import type { Job } from '../../handler.ts'
import type { MatchLine } from '../../analysis/matching/match-line.ts'
import { coveredPeriod, matchRun } from '../../matching/match-run.ts'
import { prepared, sqlRows } from '../../storage/repositories/query.ts'
import { firstOf } from './first-of.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { ParsedCreditReport, ParsedItem, ParsedPosition } from '../importer.ts'
import { loadBaseCurrency, type TargetAccount } from './account-directory.ts'
import { writeCreditReport } from './credit-report-writer.ts'
import { tryToMinor } from './minor-amount.ts'
import { OpeningBalance } from './opening-balance.ts'
import { KnownLines } from './known-lines.ts'
import type { FileResult, FileSink } from './file-task.ts'
import { RateWriter } from './rate-writer.ts'
import { RecordWriter } from './record-writer.ts'
import { Securities } from './securities.ts'
import type { Fate, Placement, RowToPlace, StatementState } from './statement-state.ts'
import { TransactionWriter, type WrittenRow } from './transaction-writer.ts'
import { TransferPairs } from './transfer-pairs.ts'
import type { LineTraits } from './pending-lines.ts'
import { AccountLines, findAlias, findLine, hasAliases, traitsOfParsed, vaultLines } from './vault-lines.ts'

function periodOf(states: readonly StatementState[]): Period | null {
  return coveredPeriod(
    states.flatMap(({ from, to, firstBookedOn, lastBookedOn }) => [from, to, firstBookedOn, lastBookedOn]),
  )
}

interface OpenAccount {
  readonly id: number
  readonly lines: AccountLines
  readonly opening: OpeningBalance
  /** It had no transactions before this file. */
  readonly wasEmpty: boolean
  /** What it held before this file; null where none of it could be known. */
  readonly known: KnownLines | null
  imported: number
}

/** Writes one file into the vault, inside the transaction that is under way. */
export class CommitSink implements FileSink {
  readonly #vault: WritableVault
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #runId: number
  readonly #writer: TransactionWriter
  readonly #securities: Securities
  readonly #rates: RateWriter
  readonly #records: RecordWriter
  readonly #transfers = new TransferPairs()
  readonly #accounts = new Map<TargetAccount, OpenAccount>()
  readonly #baseCurrency: CurrencyCode
  #prices = 0

  constructor(vault: WritableVault, clock: Clock, recorder: Recorder, runId: number) {
    this.#vault = vault
    this.#clock = clock
    this.#recorder = recorder
    this.#runId = runId
    this.#securities = new Securities(vault, recorder)
    this.#writer = new TransactionWriter(vault, recorder, runId, this.#securities)
    this.#rates = new RateWriter(vault, recorder, runId)
    this.#records = new RecordWriter(vault, runId)
    this.#baseCurrency = loadBaseCurrency(vault)
  }

  openStatement({ target, identity }: StatementState): void {
    if (target === null) return
    const { id } = this.#open(target)
    if (identity === null) return
    const known = firstOf(
      sqlRows<{ account_id: number }>(
        this.#vault,
        'select account_id from account_identities where identity = ?',
        identity,
      ),
    )
    if (known?.account_id !== id) {
      this.#recorder.put('account_identities', [identity], { identity, account_id: id })
    }
  }

  place(row: RowToPlace): Placement {
    const account = this.#open(row.target)
    const { transaction, amountMinor } = row
    const pending = transaction.status === 'pending'
    const known = pending
      ? findLine(this.#vault, account.id, row.fingerprint, row.ordinal)
      : account.known?.find(row.fingerprint, row.ordinal)
    if (known !== undefined) return { outcome: 'duplicate', transactionId: known }
    if (pending || account.lines.hasPending) {
      const traits = traitsOfParsed(transaction, amountMinor)
      const settled = pending ? this.#settledBy(account, row, traits) : undefined
      if (settled !== undefined) return { outcome: 'duplicate', transactionId: settled }
      const settling = pending ? undefined : account.lines.takePending(traits)
      if (settling !== undefined) {
        this.#writer.settle(row, settling)
        account.opening.added(transaction.date, amountMinor)
        return { outcome: 'replaces-pending', transactionId: settling.id }
      }
    }
    const written = this.#writer.insert(row, account.id)
    account.imported += 1
    if (!pending) account.opening.added(transaction.date, amountMinor)
    this.#linkTransfers(row, written)
    return { outcome: 'new', transactionId: written.id }
  }

  /** The row that has booked this pending line: one that is known to have taken its place, else one that looks so. */
  #settledBy({ id, lines }: OpenAccount, { fingerprint, ordinal }: RowToPlace, traits: LineTraits): number | undefined {
    const known = findAlias(this.#vault, id, fingerprint, ordinal)
    return known === undefined || lines.isTaken(known) ? lines.settledBy(traits) : known
  }

  #linkTransfers(
    { state, target, record, side, transaction, amountMinor }: RowToPlace,
    { id, transfers }: WrittenRow,
  ): void {
    const link = (splitId: number | null, minor: number, other: string): void => {
      const traits = {
        on: transaction.date,
        currency: target.currency,
        amountMinor: minor,
        own: state.account.name,
        other,
        record: side === null ? null : record,
      }
      const pair = this.#transfers.match(traits, { transactionId: id, splitId })
      if (pair !== undefined) this.#writer.link(pair)
    }
    if (transaction.transferAccount !== undefined) link(null, amountMinor, transaction.transferAccount)
    for (const { splitId, minor, account } of transfers) link(splitId, minor, account)
  }

  knows(target: TargetAccount, fingerprint: Buffer, ordinal: number): boolean {
    if (target.id === null) return false
    this.#writer.flush()
    const known = findLine(this.#vault, target.id, fingerprint, ordinal)
    return (known ?? findAlias(this.#vault, target.id, fingerprint, ordinal)) !== undefined
  }

  fate({ record, outcome, reason, transactionId }: Fate): void {
    if (outcome === 'new' || outcome === 'replaces-pending') return
    this.#records.add({
      record,
      outcome,
      reason: reason?.code ?? outcome,
      message: reason?.message ?? '',
      transactionId,
    })
  }

  position({ target }: StatementState, position: ParsedPosition): void {
    if (target === null) return
    const securityId = this.#securities.idOf(position.security, target.currency)
    const values = {
      quantity: position.quantity,
      price: position.price ?? null,
      value_minor: position.value === undefined ? null : tryToMinor(position.value, target.currency),
      cost_minor: position.cost === undefined ? null : tryToMinor(position.cost, target.currency),
    }
    const accountId = this.#open(target).id
    const known = firstOf(
      sqlRows<{ id: number } & typeof values>(
        this.#vault,
        `select id, quantity, price, value_minor, cost_minor from positions
         where account_id = ? and security_id = ? and as_of = ?`,
        accountId,
        securityId,
        position.on,
      ),
    )
    if (known !== undefined) {
      const { id, ...before } = known
      if (JSON.stringify(before) === JSON.stringify(values)) return
      this.#recorder.update('positions', [id], { ...values, import_run_id: this.#runId })
      return
    }
    prepared(
      this.#vault,
      `insert into positions (account_id, security_id, as_of, quantity, price, value_minor, cost_minor, import_run_id)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      accountId,
      securityId,
      position.on,
      values.quantity,
      values.price,
      values.value_minor,
      values.cost_minor,
      this.#runId,
    )
  }

  price({ security, price, currency, on }: Extract<ParsedItem, { type: 'price' }>): void {
    const securityId = this.#securities.idOf(security, currency)
    const known = firstOf(
      sqlRows<{ price: string; currency: string }>(
        this.#vault,
        'select price, currency from prices where security_id = ? and as_of = ?',
        securityId,
        on,
      ),
    )
    const money = currency ?? this.#currencyOf(securityId)
    if (known?.price === price && known.currency === money) return
    this.#prices += 1
    if (known !== undefined) {
      this.#recorder.update('prices', [securityId, on], { price, currency: money, import_run_id: this.#runId })
      return
    }
    prepared(
      this.#vault,
      'insert into prices (security_id, as_of, price, currency, import_run_id) values (?, ?, ?, ?, ?)',
    ).run(securityId, on, price, money, this.#runId)
  }

  rate(item: Extract<ParsedItem, { type: 'exchange-rate' }>): void {
    this.#rates.put(item)
  }

  category(item: Extract<ParsedItem, { type: 'category' }>): void {
    this.#writer.category(item)
  }

  creditReport(report: ParsedCreditReport): boolean {
    return writeCreditReport(this.#vault, this.#runId, report)
  }

  /** Exchange rates that were added or corrected. */
  get rates(): number {
    return this.#rates.written
  }

  /** Prices that were added or corrected. */
  get prices(): number {
    return this.#prices
  }

  /** What remains once the whole file has passed: opening balances, what the statements said, counts by account. */
  async finish(result: FileResult, job: Job): Promise<void> {
    this.#writer.finish()
    this.#rates.finish()
    this.#records.flush()
    await this.#match(result, job)
    for (const [target, account] of this.#accounts) {
      const statements = result.statements.filter((state) => state.target === target)
      const period = periodOf(statements)
      this.#completeAccount(target, account.id, statements)
      account.opening.settle(statements, this.#runId, result.findings)
      prepared(
        this.#vault,
        `insert into import_run_accounts (import_run_id, account_id, imported, first_on, last_on)
         values (?, ?, ?, ?, ?)`,
      ).run(this.#runId, account.id, account.imported, period?.from ?? null, period?.to ?? null)
    }
  }

  /** Finds what the new rows belong to; a row that another source has brought already is known after all. */
  async #match(result: FileResult, job: Job): Promise<void> {
    const accounts = [...this.#accounts].map(([target, { id, imported, wasEmpty }]) => {
      const period = periodOf(result.statements.filter((state) => state.target === target))
      return { id, imported, wasEmpty, period }
    })
    await matchRun({
      vault: this.#vault,
      job,
      recorder: this.#recorder,
      runId: this.#runId,
      importer: result.importer,
      accounts,
      onMerged: (merges) => {
        for (const { line } of merges) this.#countMerged(line, result)
        this.#records.addMerged(merges.map(({ line, keptId }) => ({ keptId, goneId: line.id })))
      },
    })
  }

  /** A line that was counted as new is known after all, and gone. */
  #countMerged({ accountId, bookedOn, minor }: MatchLine, result: FileResult): void {
    for (const [target, account] of this.#accounts) {
      if (account.id !== accountId) continue
      account.imported -= 1
      account.opening.removed(bookedOn, minor, this.#runId)
      const state = result.statements.find((known) => known.target === target && known.counts.new > 0)
      for (const counts of [result.counts, state?.counts]) {
        if (counts === undefined) continue
        counts.new -= 1
        counts.duplicate += 1
      }
    }
  }

  /** What only the whole statement tells of an account: the kind of a new one, a card's credit limit. */
  #completeAccount(target: TargetAccount, id: number, statements: readonly StatementState[]): void {
    if (target.draft !== null) this.#recorder.update('accounts', [id], { kind: target.kind })
    if (target.draft !== null && statements.some(({ account }) => account.isClosed === true)) this.#close(id)
    const limitMinor = statements.findLast(({ limit }) => limit !== null && limit.minor > 0)?.limit?.minor
    if (limitMinor === undefined || accountKindOf(target.kind).class !== 'credit-card') return
    const sql = 'select terms from accounts where id = ?'
    const row = firstOf(sqlRows<{ terms: string }>(this.#vault, sql, id))
    const terms = termsSchema.safeParse(JSON.parse(row?.terms ?? '{}'))
    // what the user has said stands
    if (!terms.success || (terms.data.card?.limitMinor ?? null) !== null) return
    const card = cardTermsSchema.parse({ ...terms.data.card, limitMinor })
    this.#recorder.update('accounts', [id], { terms: JSON.stringify({ ...terms.data, card }) })
  }

  /** An account that its program has closed is closed with its last transaction, unless money is left on it. */
  #close(id: number): void {
    const sql = `select a.opening_minor + b.change_minor as minor,
        (select max(booked_on) from transactions where account_id = a.id) as last
      from accounts a join account_balances b on b.account_id = a.id where a.id = ?`
    const row = firstOf(sqlRows<{ minor: number; last: string | null }>(this.#vault, sql, id))
    if (row === undefined || row.minor !== 0 || row.last === null) return
    this.#recorder.update('accounts', [id], { closed_on: row.last })
  }

  #open(target: TargetAccount): OpenAccount {
    const known = this.#accounts.get(target)
    if (known !== undefined) return known
    const id = target.id ?? this.#create(target)
    const wasEmpty = this.#isEmpty(id)
    const opened = {
      id,
      lines: new AccountLines(vaultLines(this.#vault, id)),
      opening: new OpeningBalance(this.#vault, this.#recorder, id, target),
      wasEmpty,
      // a line that went to another account may still be known by a meaning of this one
      known: wasEmpty && !hasAliases(this.#vault, id) ? null : new KnownLines(this.#vault, id),
      imported: 0,
    }
    this.#accounts.set(target, opened)
    return opened
  }

  #isEmpty(accountId: number): boolean {
    const sql = 'select exists (select 1 from transactions where account_id = ?) as found'
    return firstOf(sqlRows<{ found: number }>(this.#vault, sql, accountId))?.found === 0
  }

  #create(target: TargetAccount): number {
    const { draft } = target
    if (draft === null) throw new TypeError('an account without a draft must exist')
    const last = firstOf(
      sqlRows<{ position: number | null }>(this.#vault, 'select max(position) as position from accounts'),
    )
    const id = this.#recorder.insert('accounts', {
      name: draft.name,
      kind: draft.kind,
      institution_id: this.#institutionId(draft.institution),
      number: draft.number,
      currency: draft.currency,
      opening_minor: draft.openingMinor,
      opening_on: draft.openingOn,
      position: (last?.position ?? 0) + 1,
      notes: draft.notes,
      terms: JSON.stringify(draft.terms),
      created_at: this.#clock.now(),
    })
    target.id = id
    return id
  }

  #institutionId(name: string | null): number | null {
    if (name === null || name === '') return null
    const row = firstOf(
      sqlRows<{ id: number }>(
        this.#vault,
        'select id from institutions where name = ? collate nocase order by id limit 1',
        name,
      ),
    )
    return row?.id ?? this.#recorder.insert('institutions', { key: null, name, country: null, kind: null })
  }

  #currencyOf(securityId: number): string {
    const row = firstOf(
      sqlRows<{ currency: string | null }>(this.#vault, 'select currency from securities where id = ?', securityId),
    )
    return row?.currency ?? this.#baseCurrency
  }
}
