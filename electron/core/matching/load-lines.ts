import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import { idList, rawRows, type SqlValue, sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'

type LineRow = readonly [
  id: number,
  accountId: number,
  bookedOn: IsoDate,
  valueOn: IsoDate | null,
  time: string | null,
  minor: number,
  kind: string,
  payee: string,
  memo: string,
  reference: string | null,
  checkNumber: string | null,
  counterparty: string | null,
  sourceCategory: string | null,
  merchantCategory: string | null,
  originalMinor: number | null,
  originalCurrency: CurrencyCode | null,
  securityId: number | null,
  quantity: Decimal | null,
  runId: number | null,
  meaning: string | null,
  isLinked: 0 | 1,
]

// by what the files say: names that were cleaned or given since say less
const LINES = `select t.id, t.account_id, t.booked_on, t.value_on, t.booked_time, t.amount_minor, t.kind,
    case when t.raw_payee = '' then t.payee else t.raw_payee end as payee, t.memo,
    t.reference, t.check_number, t.counterparty, t.source_category, t.merchant_category, t.original_minor,
    t.original_currency, trades.security_id, trades.quantity, t.import_run_id,
    case when length(t.fingerprint) > 0 then hex(t.fingerprint) || ':' || t.ordinal end,
    exists (select 1 from transfers where from_transaction_id = t.id)
      or exists (select 1 from transfers where to_transaction_id = t.id)
      or exists (select 1 from splits where counterpart_id = t.id)
  from transactions t left join trades on trades.transaction_id = t.id`

/** Reads lines of the vault as the matcher sees them; pending ones are another matter and left out. */
export class LineLoader {
  readonly #vault: Vault
  readonly #importers = new Map<number, string>()

  constructor(vault: Vault) {
    this.#vault = vault
    for (const { id, importer } of sqlRows<{ id: number; importer: string }>(
      vault,
      'select id, importer from import_runs',
    )) {
      this.#importers.set(id, importer)
    }
  }

  /** Tells what reads the run that is under way: its row says so only when it is through. */
  nameRun(runId: number, importer: string): void {
    this.#importers.set(runId, importer)
  }

  /** The lines of these numbers. */
  byIds(ids: readonly number[]): MatchLine[] {
    return this.#read(`${LINES} where t.id in (select value from json_each(?)) and t.status = 'booked'`, idList(ids))
  }

  #read(sql: string, ...parameters: readonly SqlValue[]): MatchLine[] {
    return rawRows<LineRow>(this.#vault, sql, ...parameters).map((row) => this.#lineOf(row))
  }

  // places, not names: a fifth of a match is this
  #lineOf(row: LineRow): MatchLine {
    const [originalMinor, originalCurrency] = [row[14], row[15]]
    const [securityId, quantity, runId] = [row[16], row[17], row[18]]
    return {
      id: row[0],
      accountId: row[1],
      bookedOn: row[2],
      valueOn: row[3],
      time: row[4],
      minor: row[5],
      kind: row[6],
      payee: row[7],
      memo: row[8],
      reference: row[9],
      checkNumber: row[10],
      counterparty: row[11],
      sourceCategory: row[12],
      merchantCategory: row[13],
      original:
        originalMinor === null || originalCurrency === null
          ? null
          : { minor: originalMinor, currency: originalCurrency },
      trade: securityId === null || quantity === null ? null : { securityId, quantity },
      runId,
      importer: runId === null ? '' : (this.#importers.get(runId) ?? ''),
      meaning: row[19],
      isLinked: row[20] === 1,
    }
  }
}
