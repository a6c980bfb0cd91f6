import { type IsoDate, isIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
} from '../importer.ts'
import { windowOf } from '../read-window.ts'
import { decodeXmlBytes, scanXml } from '../text/xml-scanner.ts'
import { parseFraction } from './fraction.ts'
import {
  type GnucashAccount,
  GnucashBook,
  type GnucashCommodity,
  type GnucashPrice,
  type GnucashSplit,
  type GnucashTransaction,
} from './gnucash-book.ts'
import { leftOut } from './left-out.ts'
import {
  childOf,
  readXmlRecords,
  slotOf,
  textOf,
  type RecordsEnd,
  type XmlNode,
  type XmlRecord,
} from './xml-records.ts'

const CHUNK = 1 << 18

const ROOT = /<(?:\w{1,20}:)?gnc-v2[\s>]/
/** GnuCash before 1.6 (2001) wrote another XML. */
const ANCIENT = /<gnc\s[^>]{0,200}version|<ledger-data>/

const FIRST_PASS: ReadonlySet<string> = new Set(['commodity', 'account'])
const SECOND_PASS: ReadonlySet<string> = new Set(['transaction', 'price'])

function* pieces(source: ByteSource, seen: (bytes: number) => void): Generator<Uint8Array, void, void> {
  const read = windowOf(source, CHUNK)
  for (let offset = 0; offset < source.size;) {
    const bytes = read(offset)
    if (bytes.length === 0) return
    offset += bytes.length
    seen(offset)
    yield bytes
  }
}

function recordsOf(
  source: ByteSource,
  wanted: ReadonlySet<string>,
  seen: (bytes: number) => void,
): Generator<XmlRecord, RecordsEnd, void> {
  return readXmlRecords(scanXml(decodeXmlBytes(pieces(source, seen))), (name) => wanted.has(name))
}

function commodityOf(node: XmlNode | undefined): GnucashCommodity | null {
  const [space, id] = [textOf(node, 'space'), textOf(node, 'id')]
  if (space === undefined || id === undefined) return null
  const [name, code] = [textOf(node, 'name'), textOf(node, 'xcode')]
  return { space, id, ...(name === undefined ? {} : { name }), ...(code === undefined ? {} : { code }) }
}

function accountOf(node: XmlNode): GnucashAccount | null {
  const guid = textOf(node, 'id')
  if (guid === undefined) return null
  const number = slotOf(node, 'hbci', 'account-id')?.text.trim()
  return {
    guid,
    name: textOf(node, 'name') ?? '',
    type: textOf(node, 'type') ?? '',
    parent: textOf(node, 'parent') ?? null,
    commodity: commodityOf(childOf(node, 'commodity') ?? childOf(node, 'currency')),
    isHidden: slotOf(node, 'hidden')?.text.trim() === 'true',
    ...(number === undefined || number === '' ? {} : { number }),
  }
}

/** GnuCash writes a day as the beginning or, since 2.7, as 10:59 of that day: the day as written is the one meant. */
function dayOf(text: string): IsoDate | null {
  const day = text.trim().slice(0, 10)
  return isIsoDate(day) ? day : null
}

function splitOf(node: XmlNode): GnucashSplit {
  const amount = (name: string): GnucashSplit['value'] => parseFraction(textOf(node, name) ?? '')
  const memo = textOf(node, 'memo')
  const onlineId = slotOf(node, 'online_id')?.text.trim()
  const value = amount('value')
  return {
    account: textOf(node, 'account') ?? '',
    value,
    quantity: childOf(node, 'quantity') === undefined ? value : amount('quantity'),
    ...(memo === undefined ? {} : { memo }),
    ...(onlineId === undefined ? {} : { onlineId }),
  }
}

function transactionOf(node: XmlNode, record: number): GnucashTransaction {
  const posted = textOf(childOf(node, 'date-posted'), 'date') ?? ''
  const settled = textOf(slotOf(node, 'date-posted'), 'gdate')
  const number = textOf(node, 'num')
  const description = textOf(node, 'description')
  const notes = slotOf(node, 'notes')?.text.trim()
  return {
    record,
    guid: textOf(node, 'id') ?? '',
    date: (settled === undefined ? null : dayOf(settled)) ?? dayOf(posted),
    dateText: posted,
    currency: commodityOf(childOf(node, 'currency') ?? childOf(node, 'commodity')),
    ...(number === undefined ? {} : { number }),
    ...(description === undefined ? {} : { description }),
    ...(notes === undefined || notes === '' ? {} : { notes }),
    splits: (childOf(node, 'splits')?.children ?? []).filter(({ name }) => name === 'split').map(splitOf),
  }
}

function priceOf(node: XmlNode, record: number): GnucashPrice {
  const time = textOf(childOf(node, 'time'), 'date') ?? textOf(childOf(node, 'time'), 'gdate') ?? ''
  return {
    record,
    commodity: commodityOf(childOf(node, 'commodity')),
    currency: commodityOf(childOf(node, 'currency')),
    on: dayOf(time),
    value: parseFraction(textOf(node, 'value') ?? ''),
  }
}

const ACCOUNT_TAG = Buffer.from('<gnc:account')
const TRANSACTION_TAG = Buffer.from('<gnc:transaction')

/** Whether no account stands behind the first transaction, as GnuCash itself writes books without templates. */
function accountsComeFirst(source: ByteSource): boolean {
  let carried = Buffer.alloc(0)
  let met = false
  for (const bytes of pieces(source, () => {})) {
    const window = Buffer.concat([carried, bytes])
    const first = met ? 0 : window.indexOf(TRANSACTION_TAG)
    if (first >= 0) {
      met = true
      if (window.indexOf(ACCOUNT_TAG, first) >= 0) return false
    }
    // a tag may begin in one piece and end in the next
    carried = Buffer.from(window.subarray(Math.max(0, window.length - TRANSACTION_TAG.length + 1)))
  }
  return true
}

/** The accounts and commodities of the whole file: a transaction may come before its accounts. */
function surveyBook(source: ByteSource): { readonly book: GnucashBook; readonly accounts: number } {
  const accounts: GnucashAccount[] = []
  const commodities: GnucashCommodity[] = []
  const stopsEarly = accountsComeFirst(source)
  for (const { name, node } of recordsOf(source, FIRST_PASS, () => {})) {
    if (stopsEarly && name === 'transaction') break
    if (node === null) continue
    const account = name === 'account' ? accountOf(node) : null
    const commodity = name === 'commodity' ? commodityOf(node) : null
    if (account !== null) accounts.push(account)
    if (commodity !== null) commodities.push(commodity)
  }
  return { book: new GnucashBook(accounts, commodities), accounts: accounts.length }
}

/** GnuCash's XML, plain (gzip is opened before): accounts, transactions, prices; templates and business papers left out. */
export const gnucashXmlImporter: Importer = {
  id: 'gnucash',

  identify(head: FileHead): Identification {
    return ROOT.test(head.text) || (head.text.startsWith('<?xml') && ANCIENT.test(head.text)) ? 'yes' : 'no'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    const head = new TextDecoder().decode(source.read(0, 4096))
    if (!ROOT.test(head) && ANCIENT.test(head)) {
      const message =
        'The file comes from a GnuCash before version 1.6. Open it in a newer GnuCash, save it there, and import that file.'
      throw new ImportRejection('unsupported-version', message)
    }
    const { book, accounts } = surveyBook(source)
    let position = 0
    let record = 0
    let told = 0
    const records = recordsOf(source, SECOND_PASS, (bytes) => (position = bytes))
    let next = records.next()
    for (; next.done !== true; next = records.next()) {
      const { name, node, state } = next.value
      const reason = state === 'passed' ? leftOut(name) : null
      if (reason !== null) {
        record += 1
        yield { type: 'skipped', record, reason }
      } else if (SECOND_PASS.has(name)) {
        record += 1
        if (node !== null) {
          if (name === 'transaction') yield* book.transaction(transactionOf(node, record))
          else yield book.price(priceOf(node, record))
        } else {
          const message =
            state === 'torn'
              ? 'The file breaks off within this record: what is left of it was not taken.'
              : 'A record is larger than any transaction: its end is missing.'
          yield { type: 'failed', record, reason: { code: 'bad-record', message } }
        }
      }
      if (position > told) {
        told = position
        yield { type: 'progress', bytes: position }
      }
    }
    if (!next.value.complete) {
      if (accounts === 0 && record === 0) {
        throw new ImportRejection(
          'truncated',
          'The file breaks off before its first account: save it again in GnuCash.',
        )
      }
      const message = 'The file breaks off before its end: what came after is missing. Save it again in GnuCash.'
      yield { type: 'finding', finding: { severity: 'error', code: 'truncated', message } }
    }
  },
}
