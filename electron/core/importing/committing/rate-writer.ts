import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Recorder } from '../../changes/record.ts'
import { prepared, sqlRows } from '../../storage/repositories/query.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { ParsedItem } from '../importer.ts'

type Rate = Extract<ParsedItem, { type: 'exchange-rate' }>

/** What reference rates are marked with. Rates typed in by hand are never overwritten. */
const SOURCE = 'ecb'

/** What rates out of another program's book are marked with: reference rates take their place. */
const BOOK_SOURCE = 'book'

const sourceOf = ({ source }: Rate): string => (source === 'book' ? BOOK_SOURCE : SOURCE)

/** Rates that are gathered before they are written. */
const GATHERED = 30_000

/** Rows that one statement adds: a call for each row takes twice the time. */
const AT_ONCE = 40

const insertOf = (rows: number): string =>
  `insert into fx_rates (base, quote, as_of, rate, source, import_run_id)
   values ${Array.from({ length: rows }, () => '(?, ?, ?, ?, ?, ?)').join(', ')}`

interface KnownRate {
  readonly on: string
  readonly rate: string
  readonly source: string
  readonly run: number | null
}

/**
 * Writes exchange rates: adds days that are new, corrects those that were published anew. A central bank's whole history
 * is 200,000 rates, newest first, a line for each day: written in the order of the table, by currency and day, that
 * takes half the time. What is added carries its run and is logged only when it is undone.
 */
export class RateWriter {
  readonly #vault: WritableVault
  readonly #recorder: Recorder
  readonly #runId: number
  readonly #insertMany
  #gathered: Rate[] = []
  #written = 0

  constructor(vault: WritableVault, recorder: Recorder, runId: number) {
    this.#vault = vault
    this.#recorder = recorder
    this.#runId = runId
    this.#insertMany = prepared(vault, insertOf(AT_ONCE))
  }

  /** Rates that were added or corrected; complete after `finish`. */
  get written(): number {
    return this.#written
  }

  put(rate: Rate): void {
    this.#gathered.push(rate)
    if (this.#gathered.length >= GATHERED) this.finish()
  }

  /** Writes what has been gathered. */
  finish(): void {
    const byPair = Map.groupBy(this.#gathered, ({ base, quote }) => `${base}${quote}`)
    this.#gathered = []
    for (const [, rates] of [...byPair].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
      const [first] = rates
      if (first !== undefined) this.#writePair(first.base, first.quote, rates)
    }
  }

  /** Where a file has one day twice, the later line counts: sorting keeps the order of the file. */
  #writePair(base: CurrencyCode, quote: CurrencyCode, rates: readonly Rate[]): void {
    const sorted = rates.toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
    const known = this.#knownOf(base, quote, sorted[0]?.on ?? '', sorted.at(-1)?.on ?? '')
    const added: (readonly [on: string, rate: string, source: string])[] = []
    for (const [on, item] of new Map(sorted.map((rate) => [rate.on, rate]))) {
      const { rate } = item
      const source = sourceOf(item)
      const before = known.get(on)
      if (before === undefined) added.push([on, rate, source])
      else if (before.source === source ? before.rate !== rate : before.source === BOOK_SOURCE && source === SOURCE) {
        this.#correct(before, base, quote, rate, source)
      }
    }
    this.#written += added.length
    for (let at = 0; at < added.length; at += AT_ONCE) {
      const some = added.slice(at, at + AT_ONCE)
      const values = some.flatMap(([on, rate, source]) => [base, quote, on, rate, source, this.#runId])
      const insert = some.length === AT_ONCE ? this.#insertMany : prepared(this.#vault, insertOf(some.length))
      insert.run(values)
    }
  }

  #correct(before: KnownRate, base: CurrencyCode, quote: CurrencyCode, rate: string, source: string): void {
    if (before.run === this.#runId) {
      // the run's own row is logged as a whole if it is undone
      const sql = 'update fx_rates set rate = ?, source = ? where base = ? and quote = ? and as_of = ?'
      prepared(this.#vault, sql).run(rate, source, base, quote, before.on)
      return
    }
    this.#recorder.update('fx_rates', [base, quote, before.on], { rate, source, import_run_id: this.#runId })
    this.#written += 1
  }

  #knownOf(base: CurrencyCode, quote: CurrencyCode, from: string, to: string): Map<string, KnownRate> {
    const rows = sqlRows<KnownRate>(
      this.#vault,
      `select as_of as "on", rate, source, import_run_id as run from fx_rates
       where base = ? and quote = ? and as_of between ? and ?`,
      base,
      quote,
      from,
      to,
    )
    return new Map(rows.map((row) => [row.on, row]))
  }
}
