import type { Recorder } from '../../changes/record.ts'
import { prepared } from '../../storage/repositories/query.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { ParsedItem } from '../importer.ts'

/** What imported rates are marked with; rates of another source (typed in by hand) are never overwritten. */
const SOURCE = 'ecb'

/** Writes exchange rates: adds days that are new, corrects those that were published anew. */
export class RateWriter {
  readonly #recorder: Recorder
  readonly #find

  constructor(vault: WritableVault, recorder: Recorder) {
    this.#recorder = recorder
    this.#find = prepared(vault, 'select rate, source from fx_rates where base = ? and quote = ? and as_of = ?')
  }

  put({ base, quote, rate, on }: Extract<ParsedItem, { type: 'exchange-rate' }>): void {
    const known = this.#find.get(base, quote, on) as { rate: string; source: string } | undefined
    if (known === undefined) this.#recorder.insert('fx_rates', { base, quote, as_of: on, rate, source: SOURCE })
    else if (known.rate !== rate && known.source === SOURCE) {
      this.#recorder.update('fx_rates', [base, quote, on], { rate })
    }
  }
}
