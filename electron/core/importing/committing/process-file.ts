import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { decimalFromMinor } from '../../../../shared/domain/money.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import type { Importer, ParsedItem, ParsedTransaction, Reason } from '../importer.ts'
import { fingerprintOf, meaningOf } from '../fingerprint.ts'
import { OccurrenceTable } from '../occurrence-table.ts'
import { readItems, type ReadOptions } from '../registry.ts'
import { reconsiderKind, type TargetAccount } from './account-directory.ts'
import { BalanceChain } from './balance-chain.ts'
import type { FileLayout, FileResult, FileSink, FileTask } from './file-task.ts'
import { toMinor, tryToMinor } from './minor-amount.ts'
import { FindingList, noCounts, type StatementState } from './statement-state.ts'

const BREATH = 2000
const FAILURES_TOLD = 50

/** Rows that are read ahead to find the account of a renamed file, and how many of them must be known. */
const ROWS_AHEAD = 20_000
const ROWS_TO_KNOW = 3

/** What the remembered layout says and this file's own detection could not know: the rest is the file's own. */
function withRemembered(detected: DelimitedLayout, known: DelimitedLayout): DelimitedLayout {
  const { columns, dateOrder, decimalMark, sign, currency } = known
  return { ...detected, columns, dateOrder, decimalMark, sign, currency }
}

/**
 * Passes a file's items, in bounded memory, to a sink: finds each statement's account, turns amounts into minor units,
 * gives each transaction its fingerprint and ordinal, and counts what becomes of every record.
 * Throws `ImportRejection` where nothing may be imported, CoreError('cancelled'), and what the sink throws.
 */
export async function processFile(task: FileTask, sink: FileSink): Promise<FileResult> {
  const first = new FileRun(task, sink, task.choice.layout, task.choice.layout !== undefined)
  if ((await first.read()) === 'finished') return first.result()
  const second = new FileRun(task, sink, first.betterLayout, true)
  await second.read()
  return second.result()
}

class FileRun {
  readonly #task: FileTask
  readonly #sink: FileSink
  readonly #givenLayout: DelimitedLayout | undefined
  readonly #settled: boolean
  readonly #states = new Map<number, StatementState>()
  readonly #occurrences = new Map<TargetAccount, OccurrenceTable>()
  readonly #counts = noCounts()
  readonly #findings = new FindingList()
  readonly #leftOut: ReadonlySet<number>
  #importer = ''
  #layout: FileLayout | null = null
  #rates = 0
  #prices = 0
  #creditReports = 0
  #rounded = 0
  #future = 0
  #failures = 0
  betterLayout: DelimitedLayout | undefined

  constructor(task: FileTask, sink: FileSink, layout: DelimitedLayout | undefined, settled: boolean) {
    this.#task = task
    this.#sink = sink
    this.#givenLayout = layout
    this.#settled = settled
    this.#leftOut = new Set(task.choice.leaveOut)
  }

  #options(): ReadOptions {
    const { today, choice } = this.#task
    return {
      today,
      ...(this.#givenLayout === undefined ? {} : { layout: this.#givenLayout }),
      ...(choice.password === undefined ? {} : { password: choice.password }),
      ...(choice.importer === undefined ? {} : { importer: choice.importer }),
    }
  }

  /**
   * Which of these accounts already holds rows of a statement: at least three of them, or all where there are fewer.
   * Reads ahead in the file, for the statement has only just begun.
   */
  #holderOfRows(statement: number, candidates: readonly TargetAccount[]): TargetAccount | undefined {
    const tables = candidates.map((target) => ({ target, occurrences: new OccurrenceTable(), known: 0 }))
    let rows = 0
    for (const item of readItems(this.#task.source, this.#options(), this.#task.importers)) {
      if (item.type !== 'transaction' || item.statement !== statement) continue
      rows += 1
      for (const table of tables) {
        const minor = tryToMinor(item.transaction.amount, table.target.currency)
        if (minor === null) continue
        const fingerprint = fingerprintOf(item.transaction.date, meaningOf(item.transaction, minor))
        const ordinal = table.occurrences.increment(fingerprint) - 1
        if (this.#sink.knows(table.target, fingerprint, ordinal)) table.known += 1
      }
      if (rows >= ROWS_AHEAD) break
    }
    const best = tables.toSorted((left, right) => right.known - left.known)[0]
    return best !== undefined && best.known > 0 && best.known >= Math.min(rows, ROWS_TO_KNOW) ? best.target : undefined
  }

  /** `restart`: a remembered layout reads this file better. Nothing has reached the sink then. */
  async read(): Promise<'finished' | 'restart'> {
    const { source, job, step, importers } = this.#task
    const options = {
      ...this.#options(),
      onImporter: (importer: Importer): void => {
        this.#importer = importer.id
      },
    }
    let sinceBreath = 0
    let position = 0
    for (const item of readItems(source, options, importers)) {
      if (item.type === 'progress') position = item.bytes
      else if (item.type !== 'layout') this.#take(item)
      else if (this.#isReadBetter(item)) return 'restart'
      sinceBreath += 1
      if (sinceBreath < BREATH) continue
      sinceBreath = 0
      job.progress(step, Math.min(position, source.size), source.size, source.name)
      await job.breathe()
    }
    job.progress(step, source.size, source.size, source.name)
    this.#conclude()
    return 'finished'
  }

  result(): FileResult {
    return {
      importer: this.#importer,
      statements: [...this.#states.values()],
      counts: this.#counts,
      findings: this.#findings,
      layout: this.#layout,
      rates: this.#rates,
      prices: this.#prices,
      creditReports: this.#creditReports,
      occurrences: this.#occurrences,
    }
  }

  #take(item: Exclude<ParsedItem, { type: 'progress' | 'layout' }>): void {
    switch (item.type) {
      case 'transaction':
        this.#transaction(this.#stateOf(item.statement), item)
        break
      case 'statement':
        this.#statement(item)
        break
      case 'skipped':
      case 'failed':
        this.#fail(null, item.record, item.type, item.reason)
        break
      case 'balance': {
        const state = this.#stateOf(item.statement)
        const minor = tryToMinor(item.amount, state.currency)
        if (minor !== null) state[item.kind] = { minor, on: item.on }
        break
      }
      case 'day-balance': {
        const state = this.#stateOf(item.statement)
        const minor = tryToMinor(item.amount, state.currency)
        if (minor !== null) state.days.push({ minor, on: item.on })
        break
      }
      case 'period': {
        const state = this.#stateOf(item.statement)
        state.from = item.from ?? state.from
        state.to = item.to ?? state.to
        break
      }
      case 'position': {
        const state = this.#stateOf(item.statement)
        state.positions += 1
        if (state.target !== null) this.#sink.position(state, item.position)
        break
      }
      case 'price':
        this.#prices += 1
        this.#sink.price(item)
        break
      case 'exchange-rate':
        this.#rates += 1
        this.#sink.rate(item)
        break
      case 'category':
        this.#sink.category(item)
        break
      case 'credit-report':
        if (this.#sink.creditReport(item.report)) this.#creditReports += 1
        break
      case 'finding': {
        const { severity, code, message, record, values } = item.finding
        this.#findings.add(severity, code, message, { record: record ?? null, values: { ...values } })
        break
      }
    }
  }

  #stateOf(statement: number): StatementState {
    const state = this.#states.get(statement)
    if (state === undefined) throw new TypeError(`statement ${statement} was not announced`)
    return state
  }

  /** Keeps the layout found; true where a remembered one differs, which the file is then read again with. */
  #isReadBetter(item: Extract<ParsedItem, { type: 'layout' }>): boolean {
    const { layout, confidence, columns, sample } = item
    const remembered = this.#settled && this.#task.choice.layout === undefined
    this.#layout = { layout, confidence, columns, sample, remembered }
    if (this.#settled || this.#states.size > 0) return false
    const known = this.#task.rememberedLayout(layout.fingerprint)
    if (known === null) return false
    const better = withRemembered(layout, known)
    if (JSON.stringify(better) === JSON.stringify(layout)) return false
    this.betterLayout = better
    return true
  }

  #statement(item: Extract<ParsedItem, { type: 'statement' }>): void {
    const { statement: number, account, currency: statedCurrency } = item
    const chosen = this.#task.choice.targets?.find((entry) => entry.statement === number)?.target
    const origin = {
      importer: this.#importer,
      fileName: this.#task.source.name,
      layout: this.#layout?.layout.fingerprint ?? null,
    }
    const blank = {
      number,
      importer: this.#importer,
      account,
      statedCurrency,
      chain: new BalanceChain(),
      opening: null,
      closing: null,
      available: null,
      limit: null,
      days: [],
      from: null,
      to: null,
      firstBookedOn: null,
      lastBookedOn: null,
      bookedMinor: 0,
      bookedRows: 0,
      transactions: 0,
      positions: 0,
      counts: noCounts(),
    }
    if (chosen?.type === 'leave-out') {
      const currency = statedCurrency ?? ('CNY' as CurrencyCode)
      this.#states.set(number, { ...blank, currency, target: null, why: null, identity: null, occurrences: null })
      return
    }
    const { target, why, identity, currencyGuessed } = this.#task.directory.resolve(
      account,
      statedCurrency,
      origin,
      chosen,
      (candidates) => this.#holderOfRows(number, candidates),
    )
    if (currencyGuessed) {
      const message = `The file does not say its currency; ${target.currency} was taken. If it is another, choose it in the preview, or undo the import and give it a new account in that currency.`
      this.#findings.add('warning', 'currency-unknown', message, { values: { currency: target.currency } })
    }
    const occurrences = this.#occurrences.get(target) ?? new OccurrenceTable()
    this.#occurrences.set(target, occurrences)
    const state = { ...blank, currency: target.currency, target, why, identity, occurrences }
    this.#states.set(number, state)
    this.#sink.openStatement(state)
  }

  #transaction(state: StatementState, item: Extract<ParsedItem, { type: 'transaction' }>): void {
    const { record, transaction, side = null } = item
    state.transactions += 1
    const { target, occurrences } = state
    if (target === null || occurrences === null || this.#leftOut.has(record)) {
      this.#leaveOut(state, record, transaction)
      return
    }
    let amountMinor: number
    try {
      const { minor, exact } = toMinor(transaction.amount, state.currency)
      amountMinor = minor
      if (!exact) this.#rounded += 1
    } catch {
      const message = `The amount ${transaction.amount} is beyond what an account can hold.`
      this.#fail(state, record, 'failed', { code: 'bad-amount', message, values: { text: transaction.amount } })
      return
    }
    this.#follow(state, transaction, amountMinor)
    const fingerprint = fingerprintOf(transaction.date, meaningOf(transaction, amountMinor))
    const ordinal = occurrences.increment(fingerprint) - 1
    const row = { state, target, record, transaction, side, amountMinor, fingerprint, ordinal }
    const { outcome, transactionId } = this.#sink.place(row)
    const count = outcome === 'replaces-pending' ? 'replaced' : outcome
    this.#counts[count] += 1
    state.counts[count] += 1
    this.#sink.fate({ state, record, outcome, transaction, reason: null, transactionId })
  }

  /** Keeps the statement's dates, sum and running balance. */
  #follow(state: StatementState, transaction: ParsedTransaction, amountMinor: number): void {
    const { date, balance, status } = transaction
    if (date > this.#task.today) this.#future += 1
    if (status === 'pending') return
    state.bookedMinor += amountMinor
    state.bookedRows += 1
    if (state.firstBookedOn === null || date < state.firstBookedOn) state.firstBookedOn = date
    if (state.lastBookedOn === null || date > state.lastBookedOn) state.lastBookedOn = date
    const balanceMinor = balance === undefined ? null : tryToMinor(balance, state.currency)
    if (balanceMinor !== null) state.chain.add({ on: date, amountMinor, balanceMinor })
  }

  #leaveOut(state: StatementState, record: number, transaction: ParsedTransaction): void {
    this.#counts.skipped += 1
    state.counts.skipped += 1
    this.#sink.fate({ state, record, outcome: 'left-out', transaction, reason: null, transactionId: null })
  }

  #fail(state: StatementState | null, record: number, outcome: 'skipped' | 'failed', reason: Reason): void {
    this.#counts[outcome] += 1
    if (state !== null) state.counts[outcome] += 1
    this.#sink.fate({ state, record, outcome, transaction: null, reason, transactionId: null })
    if (outcome === 'skipped') return
    this.#failures += 1
    if (this.#failures > FAILURES_TOLD) return
    this.#findings.add('error', reason.code, reason.message, { record, values: { ...reason.values } })
  }

  #conclude(): void {
    if (this.#rounded > 0) {
      const message = `${this.#rounded} amounts had more digits than the currency has and were rounded.`
      this.#findings.add('warning', 'rounded-amount', message, { values: { count: this.#rounded } })
    }
    if (this.#future > 0) {
      const message = `${this.#future} transactions are dated after today.`
      this.#findings.add('warning', 'future-date', message, { values: { count: this.#future } })
    }
    for (const state of this.#states.values()) this.#concludeStatement(state)
    this.#reconsiderKinds()
  }

  /** What was owed throughout may be a card or a loan: known only now that all balances have passed. */
  #reconsiderKinds(): void {
    for (const target of this.#occurrences.keys()) {
      const balances = [...this.#states.values()]
        .filter((state) => state.target === target)
        .flatMap(({ opening, closing, chain }) => [
          opening?.minor ?? [],
          closing?.minor ?? [],
          chain.highestMinor ?? [],
        ])
      reconsiderKind(target, balances.flat())
    }
  }

  #concludeStatement(state: StatementState): void {
    const verdict = state.chain.verdict()
    if (verdict !== null) {
      if (verdict.breaks > 0 && !this.#findings.has('balance-gap')) {
        const message = `${verdict.breaks} rows do not follow from the balance of the row before: the file may lack some.`
        this.#findings.add('warning', 'balance-gap', message, { values: { count: verdict.breaks } })
      }
      // a chain with a gap, or with rows outside it, says where the account ended but not where it began
      const whole = verdict.breaks === 0 && verdict.rows === state.bookedRows
      if (whole) state.opening ??= { minor: verdict.openingMinor, on: verdict.openingOn }
      state.closing ??= { minor: verdict.closingMinor, on: verdict.closingOn }
    }
    const { opening, closing, currency } = state
    if (opening === null || closing === null || state.counts.skipped + state.counts.failed > 0) return
    const difference = closing.minor - opening.minor - state.bookedMinor
    // an importer that knows the file's own figures has told it already
    if (difference === 0 || this.#findings.has('balance-mismatch')) return
    const values = { difference: decimalFromMinor(difference, currency), currency }
    const message = `The statement's own figures do not add up: its closing balance differs by ${values.difference} ${currency} from its opening balance and its transactions.`
    this.#findings.add('warning', 'balance-mismatch', message, { values })
  }
}
