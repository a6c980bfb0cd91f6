import { addDecimal, type Decimal, decimalOf, subtractDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParsedSplit,
  type ParsedTransaction,
} from '../importer.ts'
import { isSqlite, SqliteFile, type SqliteRow } from '../sqlite/sqlite-file.ts'

/** A budget is put together in memory: parts and payees lie in no order. */
const LARGEST = 1 << 29

const NEEDED = ['accounts', 'transactions', 'payees', 'payee_mapping', 'categories', 'category_groups']

const STARTING_BALANCE = 'Starting Balance'

function text(row: SqliteRow, column: string): string {
  const value = row.get(column)
  return typeof value === 'string' ? value.trim() : ''
}

const isSet = (row: SqliteRow, column: string): boolean => row.get(column) === 1

/** Amounts are whole hundredths, whatever the currency. */
function amountOf(row: SqliteRow): Decimal | null {
  const value = row.get('amount')
  if (typeof value === 'bigint') return decimalOf(value, 2)
  return typeof value === 'number' && Number.isSafeInteger(value) ? decimalOf(value, 2) : null
}

/** Days are whole numbers: 20260131. */
function dayOf(row: SqliteRow): IsoDate | null {
  const value = row.get('date')
  if (typeof value !== 'number' || !Number.isInteger(value)) return null
  return tryIsoDate(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100)
}

interface Names {
  readonly accounts: ReadonlyMap<string, { readonly name: string; readonly isClosed: boolean }>
  /** By the id that transactions use: a merged payee stands for the one it was merged into. */
  readonly payees: ReadonlyMap<string, { readonly name: string; readonly account: string }>
  readonly categories: ReadonlyMap<string, { readonly path: string; readonly isIncome: boolean }>
}

const clean = (name: string): string => name.replaceAll(':', ' ').trim()

function readNames(file: SqliteFile): Names {
  const accounts = new Map<string, { name: string; isClosed: boolean }>()
  for (const row of file.rows('accounts')) {
    if (isSet(row, 'tombstone')) continue
    accounts.set(text(row, 'id'), { name: text(row, 'name'), isClosed: isSet(row, 'closed') })
  }
  const own = new Map<string, { name: string; account: string }>()
  for (const row of file.rows('payees')) {
    own.set(text(row, 'id'), { name: text(row, 'name'), account: text(row, 'transfer_acct') })
  }
  const payees = new Map(own)
  for (const row of file.rows('payee_mapping')) {
    const target = own.get(text(row, 'targetid'))
    if (target !== undefined) payees.set(text(row, 'id'), target)
  }
  const groups = new Map<string, string>()
  for (const row of file.rows('category_groups')) groups.set(text(row, 'id'), clean(text(row, 'name')))
  const categories = new Map<string, { path: string; isIncome: boolean }>()
  for (const row of file.rows('categories')) {
    const group = groups.get(text(row, 'cat_group')) ?? ''
    const isIncome = isSet(row, 'is_income')
    const parts = [isIncome ? '' : group, clean(text(row, 'name'))].filter((part) => part !== '')
    categories.set(text(row, 'id'), { path: parts.join(':'), isIncome })
  }
  for (const row of file.rows('category_mapping')) {
    const target = categories.get(text(row, 'transferid'))
    if (target !== undefined) categories.set(text(row, 'id'), target)
  }
  return { accounts, payees, categories }
}

/** The parts of split transactions by the id of the whole: named beside the part, or before "/" in its own id. */
function readParts(file: SqliteFile, names: Names): ReadonlyMap<string, readonly ParsedSplit[]> {
  const parts = new Map<string, ParsedSplit[]>()
  for (const row of file.rows('transactions')) {
    if (!isSet(row, 'ischild') || isSet(row, 'tombstone')) continue
    const id = text(row, 'id')
    const whole = text(row, 'parent_id') || id.slice(0, Math.max(0, id.indexOf('/')))
    const amount = amountOf(row)
    if (amount === null || whole === '') continue
    const category = names.categories.get(text(row, 'category'))?.path ?? ''
    const other = names.accounts.get(names.payees.get(text(row, 'description'))?.account ?? '')?.name
    const notes = text(row, 'notes')
    const part: ParsedSplit = {
      amount,
      ...(category === '' ? {} : { category }),
      ...(notes === '' ? {} : { memo: notes }),
      ...(other === undefined ? {} : { transferAccount: other }),
    }
    const list = parts.get(whole)
    if (list === undefined) parts.set(whole, [part])
    else list.push(part)
  }
  return parts
}

function transactionOf(
  row: SqliteRow,
  date: IsoDate,
  amount: Decimal,
  names: Names,
  parts: readonly ParsedSplit[],
): ParsedTransaction {
  const payee = names.payees.get(text(row, 'description'))
  const other = names.accounts.get(payee?.account ?? '')?.name
  const category = names.categories.get(text(row, 'category'))?.path ?? ''
  const isOpening = isSet(row, 'starting_balance_flag')
  const shown = payee === undefined || payee.name === '' ? text(row, 'imported_description') : payee.name
  const notes = text(row, 'notes')
  const reference = text(row, 'financial_id') || text(row, 'id')
  const missing = subtractDecimal(
    amount,
    parts.reduce((sum, part) => addDecimal(sum, part.amount), ZERO),
  )
  const splits = parts.length === 0 || missing === ZERO ? parts : [...parts, { amount: missing }]
  return {
    date,
    amount,
    kind: isOpening ? 'opening' : other === undefined ? 'payment' : 'transfer',
    ...(shown === '' ? (isOpening ? { payee: STARTING_BALANCE } : {}) : { payee: shown }),
    ...(notes === '' ? {} : { memo: notes }),
    ...(reference === '' ? {} : { reference }),
    ...(category === '' || isOpening || splits.length > 0 ? {} : { category }),
    ...(other === undefined || splits.length > 0 ? {} : { transferAccount: other }),
    ...(splits.length === 0 ? {} : { splits }),
  }
}

/** Actual's own database, which its export packs into a zip as `db.sqlite`. Deleted rows ("tombstones") are not there. */
export const actualDatabaseImporter: Importer = {
  id: 'actual',

  identify(head: FileHead): Identification {
    if (!isSqlite(head.bytes)) return 'no'
    const beginning = new TextDecoder('latin1').decode(head.bytes)
    return /\bpayee_mapping\b/.test(beginning) && /\bcategory_groups\b/.test(beginning) ? 'yes' : 'no'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    const file = new SqliteFile(source)
    if (!NEEDED.every((table) => file.tables.has(table))) {
      throw new ImportRejection('wrong-kind', 'The database is no budget of Actual: it lacks its tables.')
    }
    if (source.size > LARGEST) {
      throw new ImportRejection('too-large', 'The budget is larger than 512 MB: export it as CSV and import that.')
    }
    const names = readNames(file)
    const parts = readParts(file, names)
    for (const { path, isIncome } of names.categories.values()) {
      if (path !== '') yield { type: 'category', path, kind: isIncome ? 'income' : 'expense' }
    }
    const statements = new Map<string, number>()
    let record = 0
    for (const row of file.rows('transactions')) {
      if (isSet(row, 'tombstone') || isSet(row, 'ischild')) continue
      record += 1
      const account = names.accounts.get(text(row, 'acct'))
      // with its account gone, a row is nowhere to be seen in Actual either
      if (account === undefined) {
        const message = 'A transaction of an account that was deleted in Actual.'
        yield { type: 'skipped', record, reason: { code: 'information-only', message } }
        continue
      }
      const date = dayOf(row)
      const amount = amountOf(row)
      if (date === null || amount === null) {
        const message = date === null ? 'The transaction has no date.' : 'The transaction has no amount.'
        yield { type: 'failed', record, reason: { code: date === null ? 'bad-date' : 'bad-amount', message } }
        continue
      }
      const known = statements.get(account.name)
      const statement = known ?? statements.size
      if (known === undefined) {
        statements.set(account.name, statement)
        const closed = account.isClosed ? { isClosed: true } : {}
        yield { type: 'statement', statement, account: { name: account.name, ...closed }, currency: null }
      }
      const own = isSet(row, 'isparent') ? (parts.get(text(row, 'id')) ?? []) : []
      const transaction = transactionOf(row, date, amount, names, own)
      yield { type: 'transaction', statement, record, transaction }
    }
  },
}
