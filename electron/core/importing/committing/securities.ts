import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Recorder } from '../../changes/record.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import { firstOf } from './first-of.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { ParsedSecurity } from '../importer.ts'

/** Finds the securities that a file names, by ISIN, other id, symbol, then name, and adds those that are new. */
export class Securities {
  readonly #vault: WritableVault
  readonly #recorder: Recorder
  readonly #known = new Map<string, number>()

  constructor(vault: WritableVault, recorder: Recorder) {
    this.#vault = vault
    this.#recorder = recorder
  }

  idOf(security: ParsedSecurity, currency: CurrencyCode | null): number {
    const { isin, symbol, name, otherId } = security
    const key = JSON.stringify([isin, symbol, name, otherId?.scheme, otherId?.value])
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const id = this.#find(security) ?? this.#add(security, currency)
    this.#known.set(key, id)
    return id
  }

  #find({ isin, symbol, name, otherId }: ParsedSecurity): number | undefined {
    const one = (sql: string, ...parameters: string[]): number | undefined =>
      firstOf(
        sqlRows<{ id: number }>(
          this.#vault,
          `select id from securities where ${sql} order by id limit 1`,
          ...parameters,
        ),
      )?.id
    // another ISIN is another security, even under the same symbol
    const open = isin === undefined ? '' : 'isin is null and '
    return (
      (isin === undefined ? undefined : one('isin = ?', isin)) ??
      (otherId === undefined
        ? undefined
        : one(`${open}other_scheme = ? and other_value = ?`, otherId.scheme, otherId.value)) ??
      (symbol === undefined ? undefined : one(`${open}symbol = ?`, symbol)) ??
      (name === undefined || symbol !== undefined || isin !== undefined ? undefined : one('name = ?', name))
    )
  }

  #add({ isin, symbol, name, otherId, class: kind }: ParsedSecurity, currency: CurrencyCode | null): number {
    return this.#recorder.insert('securities', {
      isin: isin ?? null,
      symbol: symbol ?? null,
      name: name ?? symbol ?? isin ?? otherId?.value ?? '?',
      other_scheme: otherId?.scheme ?? null,
      other_value: otherId?.value ?? null,
      class: kind ?? 'other',
      currency,
    })
  }
}
