import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { CategorySource } from '../../../shared/model/category.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { cleanPayee } from '../analysis/account/payee/payee-cleanup.ts'
import type { RuleFacts } from '../analysis/account/rules/rule-facts.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'

/** A transaction of the vault as rules look at it. */
export interface StoredRow {
  readonly id: number
  readonly account_id: number
  readonly booked_on: IsoDate
  readonly amount_minor: number
  readonly kind: Transaction['kind']
  readonly payee: string
  readonly raw_payee: string
  readonly memo: string
  readonly notes: string
  readonly reference: string | null
  readonly counterparty: string | null
  readonly source_category: string | null
  readonly merchant_category: string | null
  readonly category_id: number | null
  readonly category_source: CategorySource | null
  readonly payee_source: 'user' | 'rule' | null
  readonly split_count: number
  readonly import_run_id: number | null
  /** JSON; only read where rules are about tags. */
  readonly tag_ids: string
}

const COLUMNS = `id, account_id, booked_on, amount_minor, kind, payee, raw_payee, memo, notes, reference, counterparty,
  source_category, merchant_category, category_id, category_source, payee_source, split_count, import_run_id`

/** Rows that are in memory at once. */
export const PAGE = 2000

/** The SQL of one page, the newest rows first: by the rows' own numbers, so that each page is one walk in the table. */
export function pageSql(withTags: boolean): string {
  const tags = withTags
    ? '(select json_group_array(tag_id) from transaction_tags where transaction_id = transactions.id)'
    : `'[]'`
  return `select ${COLUMNS}, ${tags} as tag_ids from transactions where id < ? order by id desc limit ${PAGE}`
}

/** All transactions in pages, so that a vault of any size passes through bounded memory. */
export function* storedPages(vault: Vault, withTags: boolean): Generator<readonly StoredRow[], void, void> {
  const sql = pageSql(withTags)
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = sqlRows<StoredRow>(vault, sql, before)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    before = last.id
  }
}

const REMEMBERED = 20_000

/** Turns stored rows into what rules see: looks up what stands around them once. */
export class StoredFacts {
  readonly #accounts: ReadonlyMap<number, { readonly currency: CurrencyCode; readonly institution: string }>
  readonly #importers: ReadonlyMap<number, string>
  readonly #names = new Map<string, string>()

  constructor(vault: Vault) {
    const accounts = sqlRows<{ id: number; currency: CurrencyCode; institution: string }>(
      vault,
      `select accounts.id, currency, coalesce(institutions.name, '') as institution
       from accounts left join institutions on institutions.id = institution_id`,
    )
    this.#accounts = new Map(accounts.map(({ id, currency, institution }) => [id, { currency, institution }]))
    const runs = sqlRows<{ id: number; importer: string }>(vault, 'select id, importer from import_runs')
    this.#importers = new Map(runs.map(({ id, importer }) => [id, importer]))
  }

  currencyOf(row: Pick<StoredRow, 'account_id'>): CurrencyCode {
    return this.#accounts.get(row.account_id)?.currency ?? ('CNY' as CurrencyCode)
  }

  /** The name that rules begin with: the user's own, else the cleaned one of what the file said. */
  nameOf({ payee, raw_payee, payee_source }: Pick<StoredRow, 'payee' | 'raw_payee' | 'payee_source'>): string {
    if (payee_source === 'user' || raw_payee === '') return payee
    const known = this.#names.get(raw_payee)
    if (known !== undefined) return known
    const name = cleanPayee(raw_payee)
    if (this.#names.size >= REMEMBERED) this.#names.clear()
    this.#names.set(raw_payee, name)
    return name
  }

  of(row: StoredRow): RuleFacts {
    const account = this.#accounts.get(row.account_id)
    return {
      payee: this.nameOf(row),
      rawPayee: row.raw_payee,
      memo: row.memo,
      notes: row.notes,
      reference: row.reference ?? '',
      counterparty: row.counterparty ?? '',
      accountId: row.account_id,
      institution: account?.institution ?? '',
      kind: row.kind,
      amountMinor: row.amount_minor,
      currency: this.currencyOf(row),
      bookedOn: row.booked_on,
      sourceCategory: row.source_category ?? '',
      merchantCategory: row.merchant_category ?? '',
      importer: row.import_run_id === null ? '' : (this.#importers.get(row.import_run_id) ?? ''),
      tagIds: row.tag_ids === '[]' ? [] : (JSON.parse(row.tag_ids) as number[]),
    }
  }
}
