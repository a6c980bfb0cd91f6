import { dayNumber, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { decimalFromMinor } from '../../../../shared/domain/money.ts'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { linkOf, type SearchField, searchFlags, type SearchRow } from '../../analysis/account/search/search-block.ts'
import type { Vault } from '../open-vault.ts'
import { idList, prepared, type SqlValue } from './query.ts'

/** Which transactions: all of a range of numbers, or these. */
export type RowChoice = { readonly from: number; readonly to: number } | { readonly ids: readonly number[] }

type TransactionValues = [
  id: number,
  bookedOn: IsoDate,
  amountMinor: number,
  accountId: number,
  categoryId: number | null,
  kind: SearchRow['kind'],
  status: string,
  splitCount: number,
  payee: string,
  rawPayee: string,
  memo: string,
  notes: string,
  reference: string | null,
  counterparty: string | null,
  checkNumber: string | null,
  sourceCategory: string | null,
  originalMinor: number | null,
  originalCurrency: CurrencyCode | null,
]

const COLUMNS = `id, booked_on, amount_minor, account_id, category_id, kind, status, split_count, payee, raw_payee, memo,
  notes, reference, counterparty, check_number, source_category, original_minor, original_currency`

/** What hangs on a transaction in other tables. */
interface Hanging {
  readonly texts: [SearchField, string][]
  readonly links: number[]
  flags: number
}

class Reading {
  readonly #vault: Vault
  readonly #choice: RowChoice
  readonly hanging = new Map<number, Hanging>()

  constructor(vault: Vault, choice: RowChoice) {
    this.#vault = vault
    this.#choice = choice
  }

  rows<T>(table: string, columns: string, key: string, order: string): T[] {
    const choice = this.#choice
    const [where, parameters]: [string, SqlValue[]] =
      'ids' in choice
        ? [`${key} in (select value from json_each(?))`, [idList(choice.ids)]]
        : [`${key} between ? and ?`, [choice.from, choice.to]]
    return prepared(this.#vault, `select ${columns} from ${table} where ${where} order by ${order}`)
      .raw()
      .all(...parameters) as T[]
  }

  on(id: number): Hanging {
    const known = this.hanging.get(id)
    if (known !== undefined) return known
    const fresh: Hanging = { texts: [], links: [], flags: 0 }
    this.hanging.set(id, fresh)
    return fresh
  }
}

function readHanging(reading: Reading): void {
  type Part = [id: number, categoryId: number | null, memo: string, sourceCategory: string | null]
  const parts = 'transaction_id, category_id, memo, source_category'
  for (const [id, categoryId, memo, sourceCategory] of reading.rows<Part>(
    'splits',
    parts,
    'transaction_id',
    'transaction_id, position, id',
  )) {
    const { texts, links } = reading.on(id)
    if (categoryId !== null) links.push(linkOf('partCategory', categoryId))
    if (memo !== '') texts.push(['part-memo', memo])
    if (sourceCategory !== null) texts.push(['source-category', sourceCategory])
  }
  const byTag = 'transaction_id, tag_id'
  for (const [id, tagId] of reading.rows<[number, number]>('transaction_tags', byTag, 'transaction_id', byTag)) {
    const row = reading.on(id)
    row.links.push(linkOf('tag', tagId))
    row.flags |= searchFlags.tagged
  }
  const bySecurity = 'transaction_id, security_id'
  for (const [id, securityId] of reading.rows<[number, number]>('trades', bySecurity, 'transaction_id', bySecurity)) {
    reading.on(id).links.push(linkOf('security', securityId))
  }
  for (const [id, name] of reading.rows<[number, string]>(
    'attachments',
    'transaction_id, name',
    'transaction_id',
    'transaction_id, id',
  )) {
    const row = reading.on(id)
    row.texts.push(['attachment', name])
    row.flags |= searchFlags.attachment
  }
  for (const column of ['from_transaction_id', 'to_transaction_id']) {
    for (const [id] of reading.rows<[number]>('transfers', column, column, column)) {
      reading.on(id).flags |= searchFlags.linked
    }
  }
}

function rowOf(values: TransactionValues, hanging: Hanging | undefined): SearchRow {
  const [id, bookedOn, amountMinor, accountId, categoryId, kind, status, splitCount, payee, rawPayee, memo, notes] =
    values
  const [reference, counterparty, checkNumber, sourceCategory, originalMinor, originalCurrency] = values.slice(12) as [
    string | null,
    string | null,
    string | null,
    string | null,
    number | null,
    CurrencyCode | null,
  ]
  const texts: [SearchField, string][] = [
    ['payee', payee],
    ['raw-payee', rawPayee],
    ['memo', memo],
    ['notes', notes],
    ['reference', reference ?? ''],
    ['counterparty', counterparty ?? ''],
    ['check-number', checkNumber ?? ''],
    ['source-category', sourceCategory ?? ''],
  ]
  if (originalMinor !== null && originalCurrency !== null) {
    texts.push(['original', `${decimalFromMinor(Math.abs(originalMinor), originalCurrency)} ${originalCurrency}`])
  }
  if (hanging !== undefined) texts.push(...hanging.texts)
  return {
    id,
    day: dayNumber(bookedOn),
    amountMinor,
    accountId,
    categoryId: categoryId ?? 0,
    kind,
    flags:
      (hanging?.flags ?? 0) |
      (status === 'pending' ? searchFlags.pending : 0) |
      (splitCount > 0 ? searchFlags.split : 0) |
      (notes === '' ? 0 : searchFlags.note),
    texts,
    links: hanging?.links ?? [],
  }
}

/** What is searched of the chosen transactions; numbers that are not there are left out. */
export function loadSearchRows(vault: Vault, choice: RowChoice): SearchRow[] {
  const reading = new Reading(vault, choice)
  readHanging(reading)
  return reading
    .rows<TransactionValues>('transactions', COLUMNS, 'id', 'id')
    .map((values) => rowOf(values, reading.hanging.get(values[0])))
}
