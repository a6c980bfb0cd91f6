import { negateDecimal, signOfDecimal } from '../../../../shared/domain/decimal.ts'
import { BookItems } from '../double-entry/book-items.ts'
import { Chart } from '../double-entry/chart.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import { detectEncoding, type DetectedEncoding, looksBinary } from '../text/encoding.ts'
import { DecimalMarkVote, type DecimalMark } from '../text/number-text.ts'
import { Assertions, type Asserted, assertedBefore, type BrokenAssertion } from './assertions.ts'
import { balanceEntry, type BalancedEntry, RunningBalances } from './balance-entry.ts'
import { BeancountReader } from './beancount-reader.ts'
import { identifyBeancount, identifyLedger } from './identify-journal.ts'
import { JournalAccounts } from './journal-accounts.ts'
import { JournalCommodities } from './journal-commodities.ts'
import { type Amount, type JournalEntry, type JournalEvent, JournalFault } from './journal-entry.ts'
import { LedgerReader } from './ledger-reader.ts'
import { type Mismatch, Padding } from './padding.ts'

const HEAD = 65_536

type PadEvent = Extract<JournalEvent, { type: 'pad' }>
type PriceEvent = Extract<JournalEvent, { type: 'price' }>

type Read = (seen: ((number: string) => void) | null, mark: DecimalMark) => Iterable<JournalEvent>

/** The items of a journal: read once for its accounts and the way it writes numbers, then once more, entry by entry. */
function* itemsOf(read: Read, head: string, isBeancount: boolean): Generator<ParsedItem, void, void> {
  const vote = new DecimalMarkVote()
  const accounts = new JournalAccounts(isBeancount)
  const padding = new Padding()
  const commodities = new JournalCommodities(head)
  const stated: Asserted[] = []
  const assertions = new Assertions()
  let records = 0
  // what an amount is does not matter here, which accounts there are does not depend on it
  for (const event of read((number) => vote.add(number), '.')) {
    if (event.type === 'account') accounts.declare(event.name, event)
    else if (event.type === 'root') accounts.nameRoot(event.name, event.role)
    else if (event.type === 'entry') {
      accounts.useAll(event.entry)
      assertions.note(event.entry)
      records += 1
    } else if (event.type === 'pad') {
      accounts.use(event.account, true)
      accounts.use(event.source, true)
      padding.note(event)
    } else if (event.type === 'balance') {
      padding.note(event)
      // one that need only hold about is no balance to the cent
      if (event.tolerance === null) stated.push(assertedBefore(event))
    } else if (event.type !== 'progress') records += 1
  }
  const { points, commas, ambiguous } = vote.verdict()
  const mark: DecimalMark = commas > points ? ',' : '.'
  if (records === 0) {
    throw new ImportRejection(
      'no-transactions-table',
      'The journal holds no entries and no prices: there is nothing to import.',
    )
  }
  if (ambiguous > 0 && points === 0 && commas === 0) yield ambiguousMark()
  const includes = { any: false }
  if (padding.isNeeded) {
    const balances = new RunningBalances()
    for (const event of read(null, mark)) {
      if (event.type === 'finding' && event.finding.code === 'included-file') includes.any = true
      if (event.type !== 'entry') continue
      const { date, record } = event.entry
      for (const { account, amount } of balanced(event.entry, commodities, balances)?.amounts ?? []) {
        padding.add(account, date, record, amount)
      }
    }
  }
  const { padded, mismatches } = padding.solve()
  const chart = new Chart(accounts.book((name) => commodities.of(name).type === 'security'))
  const items = new BookItems(chart)
  const padsOf = Map.groupBy(padded, ({ pad }) => pad.record)
  const balances = new RunningBalances()
  for (const event of read(null, mark)) {
    if (event.type === 'entry') {
      const entry = yield* entryItems(event.entry, commodities, balances, items)
      if (entry !== null) assertions.take(event.entry, entry)
    } else if (event.type === 'pad') {
      const pads = padsOf.get(event.record) ?? []
      yield skippedPad(event.record, pads.length > 0)
      for (const { pad, amount } of pads) {
        for (const item of entryItems(padEntry(pad, amount), commodities, balances, items)) yield besideIt(item)
      }
    } else if (event.type === 'price') yield priceItem(event, commodities)
    else if (event.type === 'skipped' || event.type === 'failed' || event.type === 'finding') {
      if (event.type === 'finding' && event.finding.code === 'included-file') includes.any = true
      yield event
    } else if (event.type === 'progress') yield event
  }
  // a part of the book that lies in other files would make every balance look wrong
  if (includes.any) return
  const { broken, kept } = assertions.solve()
  for (const mismatch of mismatches) yield mismatchItem(mismatch)
  for (const each of broken) yield brokenItem(each)
  for (const each of [...stated, ...kept]) {
    const { account, amount, on } = each
    const commodity = commodities.of(amount.commodity)
    // the vault has no account that holds what lies on those below it
    if (commodity.type !== 'currency' || commodity.currency === null) continue
    if (each.withinToo && accounts.hasBelow(account)) continue
    yield* items.stated(account, commodity.currency, amount.quantity, on)
  }
}

/** ledger and hledger read a lone "1,000" each in its own way. */
function ambiguousMark(): ParsedItem {
  const message = 'Nothing in the journal shows whether "1,000" is a thousand or one: it was read as a thousand.'
  return { type: 'finding', finding: { severity: 'warning', code: 'ambiguous-decimal-mark', message } }
}

function balanced(
  entry: JournalEntry,
  commodities: JournalCommodities,
  balances: RunningBalances,
): BalancedEntry | null {
  try {
    return balanceEntry(entry, commodities, balances)
  } catch (error) {
    if (error instanceof JournalFault) return null
    throw error
  }
}

function* entryItems(
  entry: JournalEntry,
  commodities: JournalCommodities,
  balances: RunningBalances,
  items: BookItems,
): Generator<ParsedItem, BalancedEntry | null, void> {
  try {
    const balancedEntry = balanceEntry(entry, commodities, balances)
    const { transactions } = balancedEntry
    let isFirst = true
    for (const transaction of transactions) {
      for (const item of items.take(transaction)) {
        const isOutcome = item.type === 'transaction' || item.type === 'skipped' || item.type === 'failed'
        // an entry counts once: lines that need not balance go with it
        if (isFirst || !isOutcome) yield item
        else if (item.type === 'transaction') yield { ...item, side: 'counterpart' }
      }
      isFirst = false
    }
    return balancedEntry
  } catch (error) {
    if (!(error instanceof JournalFault)) throw error
    yield { type: 'failed', record: entry.record, reason: error.reason }
    return null
  }
}

function padEntry({ record, date, account, source }: PadEvent, amount: Amount): JournalEntry {
  const plain = { virtual: 'no', lot: null, price: null, balance: null, memo: '' } as const
  const postings = [
    { ...plain, account, amount },
    { ...plain, account: source, amount: { ...amount, quantity: negateDecimal(amount.quantity) } },
  ]
  return { record, date, otherDate: null, isPending: false, code: '', payee: '', memo: 'pad', tags: [], postings }
}

/** The record itself is no transaction; what it puts in goes beside it. */
function skippedPad(record: number, isFilled: boolean): ParsedItem {
  const message = isFilled
    ? 'A pad: what was missing for the balance after it was put in.'
    : 'A pad that puts nothing in: the balance after it holds already.'
  return { type: 'skipped', record, reason: { code: 'information-only', message } }
}

function besideIt(item: ParsedItem): ParsedItem {
  return item.type === 'transaction' ? { ...item, side: 'counterpart' } : item
}

function priceItem({ record, date, commodity, price }: PriceEvent, commodities: JournalCommodities): ParsedItem {
  const [what, into] = [commodities.of(commodity), commodities.of(price.commodity)]
  const skipped = (message: string): ParsedItem => {
    return { type: 'skipped', record, reason: { code: 'information-only', message } }
  }
  if (signOfDecimal(price.quantity) <= 0) return skipped('A price of nothing is not kept.')
  if (into.type !== 'currency' || into.currency === null) {
    return skipped('A price in something that is no currency is not kept.')
  }
  if (what.type === 'security') {
    return { type: 'price', security: what.security, price: price.quantity, currency: into.currency, on: date }
  }
  if (what.currency === null || what.currency === into.currency)
    return skipped('A price of money in itself is not kept.')
  return { type: 'exchange-rate', base: what.currency, quote: into.currency, rate: price.quantity, on: date }
}

function mismatchItem({ balance, found }: Mismatch): ParsedItem {
  const { account, amount, record, date } = balance
  const stated = `${amount.quantity} ${amount.commodity}`
  const message = `On ${date} ${account} should hold ${stated}, but its entries lead to ${found}.`
  const values = { account, on: date, stated, found }
  return { type: 'finding', finding: { severity: 'warning', code: 'balance-mismatch', message, record, values } }
}

function brokenItem({ record, line, account, on, stated, found, difference }: BrokenAssertion): ParsedItem {
  const amount = `${stated.quantity} ${stated.commodity}`.trim()
  const message = `Line ${line}: on ${on} ${account} should hold ${amount} there, but the lines up to it lead to ${found}: a difference of ${difference}.`
  const values = { line, account, on, stated: amount, found, difference }
  return { type: 'finding', finding: { severity: 'warning', code: 'assertion-broken', message, record, values } }
}

interface Opened {
  readonly encoding: DetectedEncoding
  readonly head: string
}

function open(source: ByteSource): Opened {
  if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
  const bytes = source.read(0, HEAD)
  if (looksBinary(bytes)) throw new ImportRejection('binary', 'The file is not text, so it is no journal.')
  const encoding = detectEncoding(source)
  return { encoding, head: new TextDecoder(encoding.encoding).decode(bytes) }
}

/** Journals of ledger and hledger. */
export const ledgerImporter: Importer = {
  id: 'ledger',
  identify: (head: FileHead): Identification => identifyLedger(head),
  *parse(source: ByteSource, { today }: ParseOptions): Generator<ParsedItem, void, void> {
    const { encoding, head } = open(source)
    const year = Number(today.slice(0, 4))
    yield* itemsOf((seen, mark) => new LedgerReader(source, encoding, { mark, year, seen }).read(), head, false)
  },
}

/** Beancount's files. */
export const beancountImporter: Importer = {
  id: 'beancount',
  identify: (head: FileHead): Identification => identifyBeancount(head),
  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    const { encoding, head } = open(source)
    yield* itemsOf(() => new BeancountReader(source, encoding).read(), head, true)
  },
}
