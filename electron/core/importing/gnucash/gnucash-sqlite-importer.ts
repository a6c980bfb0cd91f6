import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { addDays, type IsoDate, isIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
} from '../importer.ts'
import { isSqlite, SqliteFile, type SqliteRow } from '../sqlite/sqlite-file.ts'
import { decimalOfFraction } from './fraction.ts'
import {
  type GnucashAccount,
  GnucashBook,
  type GnucashCommodity,
  type GnucashSplit,
  type GnucashTransaction,
} from './gnucash-book.ts'
import { leftOut } from './left-out.ts'

/** A book is put together in memory: its splits lie in no order. */
const LARGEST = 1 << 29

/** Tables that every book has since GnuCash 2.4. */
const NEEDED = ['commodities', 'accounts', 'transactions', 'splits']

/** Tables whose rows are no transactions, by the name of the XML element that they correspond to. */
const OTHER_TABLES: readonly (readonly [table: string, element: string])[] = [
  ['schedxactions', 'schedxaction'],
  ['budgets', 'budget'],
  ['invoices', 'GncInvoice'],
  ['entries', 'GncEntry'],
  ['orders', 'GncOrder'],
  ['customers', 'GncCustomer'],
  ['vendors', 'GncVendor'],
  ['employees', 'GncEmployee'],
  ['jobs', 'GncJob'],
  ['taxtables', 'GncTaxTable'],
  ['billterms', 'GncBillTerm'],
]

function text(row: SqliteRow, column: string): string | undefined {
  const value = row.get(column)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function whole(row: SqliteRow, column: string): bigint | null {
  const value = row.get(column)
  if (typeof value === 'bigint') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : null
}

function fraction(row: SqliteRow, name: string): Decimal | null {
  const [numerator, denominator] = [whole(row, `${name}_num`), whole(row, `${name}_denom`)]
  return numerator === null || denominator === null ? null : decimalOfFraction(numerator, denominator)
}

/** "20180211" or "2018-02-11", whatever follows. */
function dayOf(written: string): IsoDate | null {
  const digits = written.replaceAll(/\D/g, '').slice(0, 8)
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  return isIsoDate(day) ? day : null
}

/**
 * A day written as a time in UTC. Since 2.7 it is 10:59 of the day itself. Before, it was the beginning of the day where
 * the book was kept: 22:00 of the day before in Berlin, 16:00 of the day before in Shanghai, 05:00 in New York.
 */
function dayOfTime(written: string): IsoDate | null {
  const day = dayOf(written)
  const hour = Number(written.replaceAll(/\D/g, '').slice(8, 10) || '0')
  return day === null || hour < 12 ? day : addDays(day, 1)
}

interface BookSlots {
  readonly notes: ReadonlyMap<string, string>
  readonly postedOn: ReadonlyMap<string, IsoDate>
  readonly onlineIds: ReadonlyMap<string, string>
  readonly numbers: ReadonlyMap<string, string>
}

/** What the program hangs on its objects by name. Slots within a frame hang on the frame, which names its owner. */
function readSlots(file: SqliteFile): BookSlots {
  const notes = new Map<string, string>()
  const postedOn = new Map<string, IsoDate>()
  const onlineIds = new Map<string, string>()
  const numbers = new Map<string, string>()
  const ownerOfFrame = new Map<string, string>()
  const inFrames: (readonly [frame: string, number: string])[] = []
  for (const row of file.rows('slots')) {
    const [owner, name] = [text(row, 'obj_guid'), text(row, 'name')]
    if (owner === undefined || name === undefined) continue
    const value = text(row, 'string_val')
    if (name === 'notes' && value !== undefined) notes.set(owner, value)
    else if (name === 'online_id' && value !== undefined) onlineIds.set(owner, value)
    else if (name === 'hbci') ownerOfFrame.set(text(row, 'guid_val') ?? '', owner)
    else if (name === 'hbci/account-id' && value !== undefined) inFrames.push([owner, value])
    else if (name === 'date-posted') {
      const on = dayOf(text(row, 'gdate_val') ?? '')
      if (on !== null) postedOn.set(owner, on)
    }
  }
  for (const [frame, number] of inFrames) {
    const owner = ownerOfFrame.get(frame)
    if (owner !== undefined) numbers.set(owner, number)
  }
  return { notes, postedOn, onlineIds, numbers }
}

function readCommodities(file: SqliteFile): ReadonlyMap<string, GnucashCommodity> {
  const commodities = new Map<string, GnucashCommodity>()
  for (const row of file.rows('commodities')) {
    const [guid, space, id] = [text(row, 'guid'), text(row, 'namespace'), text(row, 'mnemonic')]
    if (guid === undefined || space === undefined || id === undefined) continue
    const [name, code] = [text(row, 'fullname'), text(row, 'cusip')]
    const more = { ...(name === undefined ? {} : { name }), ...(code === undefined ? {} : { code }) }
    commodities.set(guid, { space, id, ...more })
  }
  return commodities
}

interface BookAccounts {
  readonly accounts: readonly GnucashAccount[]
  /** Accounts below the root of the templates of scheduled transactions. */
  readonly templates: ReadonlySet<string>
}

function readAccounts(
  file: SqliteFile,
  commodities: ReadonlyMap<string, GnucashCommodity>,
  { numbers }: BookSlots,
): BookAccounts {
  const templateRoots = new Set([...file.rows('books')].map((row) => text(row, 'root_template_guid') ?? ''))
  const accounts: GnucashAccount[] = []
  const templates = new Set(templateRoots)
  for (const row of file.rows('accounts')) {
    const guid = text(row, 'guid')
    if (guid === undefined) continue
    const parent = text(row, 'parent_guid') ?? null
    const number = numbers.get(guid)
    if (parent !== null && templates.has(parent)) templates.add(guid)
    accounts.push({
      guid,
      name: text(row, 'name') ?? '',
      type: text(row, 'account_type') ?? '',
      parent,
      commodity: commodities.get(text(row, 'commodity_guid') ?? '') ?? null,
      isHidden: row.get('hidden') === 1,
      ...(number === undefined ? {} : { number }),
    })
  }
  return { accounts, templates }
}

function readSplits(file: SqliteFile, { onlineIds }: BookSlots): ReadonlyMap<string, GnucashSplit[]> {
  const splits = new Map<string, GnucashSplit[]>()
  for (const row of file.rows('splits')) {
    const transaction = text(row, 'tx_guid') ?? ''
    const memo = text(row, 'memo')
    const onlineId = onlineIds.get(text(row, 'guid') ?? '')
    const split: GnucashSplit = {
      account: text(row, 'account_guid') ?? '',
      value: fraction(row, 'value'),
      quantity: fraction(row, 'quantity'),
      ...(memo === undefined ? {} : { memo }),
      ...(onlineId === undefined ? {} : { onlineId }),
    }
    const list = splits.get(transaction)
    if (list === undefined) splits.set(transaction, [split])
    else list.push(split)
  }
  return splits
}

function transactionOf(
  row: SqliteRow,
  record: number,
  commodities: ReadonlyMap<string, GnucashCommodity>,
  splits: ReadonlyMap<string, GnucashSplit[]>,
  { notes, postedOn }: BookSlots,
): GnucashTransaction {
  const guid = text(row, 'guid') ?? ''
  const written = text(row, 'post_date') ?? ''
  const [number, description, note] = [text(row, 'num'), text(row, 'description'), notes.get(guid)]
  return {
    record,
    guid,
    date: postedOn.get(guid) ?? dayOfTime(written),
    dateText: written,
    currency: commodities.get(text(row, 'currency_guid') ?? '') ?? null,
    ...(number === undefined ? {} : { number }),
    ...(description === undefined ? {} : { description }),
    ...(note === undefined ? {} : { notes: note }),
    splits: splits.get(guid) ?? [],
  }
}

/** GnuCash's SQLite books (since 2.4). Only tables are read, by the file's format itself: see `sqlite-file.ts`. */
export const gnucashSqliteImporter: Importer = {
  id: 'gnucash',

  identify(head: FileHead): Identification {
    if (!isSqlite(head.bytes)) return 'no'
    const beginning = new TextDecoder('latin1').decode(head.bytes)
    return /\bgnclock\b|\broot_template_guid\b|\bschedxactions\b/i.test(beginning) ? 'yes' : 'no'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    const file = new SqliteFile(source)
    if (!NEEDED.every((table) => file.tables.has(table))) {
      throw new ImportRejection('wrong-kind', 'The database is no book of GnuCash: it lacks its tables.')
    }
    if (source.size > LARGEST) {
      const message = 'The book is larger than 512 MB. Save it as XML in GnuCash and import that file.'
      throw new ImportRejection('too-large', message)
    }
    const slots = readSlots(file)
    const commodities = readCommodities(file)
    const { accounts, templates } = readAccounts(file, commodities, slots)
    const book = new GnucashBook(accounts, [...commodities.values()])
    const splits = readSplits(file, slots)
    let record = 0
    for (const row of file.rows('prices')) {
      record += 1
      yield book.price({
        record,
        commodity: commodities.get(text(row, 'commodity_guid') ?? '') ?? null,
        currency: commodities.get(text(row, 'currency_guid') ?? '') ?? null,
        on: dayOfTime(text(row, 'date') ?? ''),
        value: fraction(row, 'value'),
      })
    }
    for (const row of file.rows('transactions')) {
      const transaction = transactionOf(row, record + 1, commodities, splits, slots)
      // what scheduled transactions are made after
      const isTemplate =
        transaction.splits.length > 0 && transaction.splits.every(({ account }) => templates.has(account))
      if (isTemplate) continue
      record += 1
      yield* book.transaction(transaction)
    }
    for (const [table, element] of OTHER_TABLES) {
      const reason = leftOut(element)
      if (reason === null) continue
      for (const _row of file.rows(table)) {
        record += 1
        yield { type: 'skipped', record, reason }
      }
    }
  },
}
