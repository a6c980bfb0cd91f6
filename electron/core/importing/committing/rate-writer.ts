import type { Recorder } from '../../changes/record.ts'
import { prepared } from '../../storage/repositories/query.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { ParsedItem } from '../importer.ts'

/** What imported rates are marked with; rates of another source (typed in by hand) are never overwritten. */
const SOURCE = 'ecb'

/** Where the log of added rates begins: beyond what the recorder itself numbers, below what an undo adds. */
const LOGGED_FROM = 500_000_000

/**
 * Writes exchange rates: adds days that are new, corrects those that were published anew. A central bank's whole history
 * is 200,000 rates, so what is added is logged for undo by prepared statements of its own, in the recorder's form.
 */
export class RateWriter {
  readonly #recorder: Recorder
  readonly #find
  readonly #insert
  readonly #log
  #logged = 0

  constructor(vault: WritableVault, recorder: Recorder) {
    this.#recorder = recorder
    this.#find = prepared(vault, 'select rate, source from fx_rates where base = ? and quote = ? and as_of = ?')
    this.#insert = prepared(
      vault,
      `insert into fx_rates (base, quote, as_of, rate, source) values (?, ?, ?, ?, ?) on conflict do nothing`,
    )
    this.#log = prepared(
      vault,
      `insert into change_rows (change_id, sequence, table_name, row_key, before, after)
       values (?, ?, 'fx_rates', ?, null, ?)`,
    )
  }

  put({ base, quote, rate, on }: Extract<ParsedItem, { type: 'exchange-rate' }>): void {
    if (this.#insert.run(base, quote, on, rate, SOURCE).changes > 0) {
      this.#logged += 1
      const image = { base, quote, as_of: on, rate, source: SOURCE }
      const key = JSON.stringify([base, quote, on])
      this.#log.run(this.#recorder.changeId, LOGGED_FROM + this.#logged, key, JSON.stringify(image))
      return
    }
    const known = this.#find.get(base, quote, on) as { rate: string; source: string } | undefined
    if (known !== undefined && known.rate !== rate && known.source === SOURCE) {
      this.#recorder.update('fx_rates', [base, quote, on], { rate })
    }
  }
}
