import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { signOfDecimal } from '../../../../shared/domain/decimal.ts'
import { isIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
} from '../importer.ts'
import { inMajorUnits } from '../text/quoted-currency.ts'
import { attributesOf, XmlFile } from '../text/xml-file.ts'
import { type ObjectNode, readObjectTree } from './object-tree.ts'
import { isAside, type PpHolder, PpModel } from './pp-model.ts'
import { scaled } from './pp-scale.ts'
import { PpFault, type PpRow, PpTransactions } from './pp-transaction.ts'

const PROGRESS_EVERY = 2000

/** Binary forms of the program's files: encrypted ("PORTFOLIO", then AES) and protocol buffers ("PPPBV1"). */
const BINARY_FORMS = ['PORTFOLIO', 'PPPBV1']

function binaryForm(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return BINARY_FORMS.find((form) => head.startsWith(form))
}

class PpReader {
  readonly #file: XmlFile
  readonly #model: PpModel
  readonly #transactions: PpTransactions
  readonly #isWhole: boolean
  readonly #isSound: boolean
  readonly #securities: ObjectNode[] = []
  readonly #statements = new Map<PpHolder, Map<string, number>>()
  #statementCount = 0
  #records = 0

  constructor(source: ByteSource) {
    this.#file = new XmlFile(source)
    const { root, isWhole, isSound } = readObjectTree(this.#file, isAside)
    if (root.name !== 'client') {
      throw new ImportRejection('unknown-format', 'The file is no portfolio of Portfolio Performance.')
    }
    this.#isWhole = isWhole
    this.#isSound = isSound
    this.#model = new PpModel(root)
    this.#transactions = new PpTransactions(this.#model)
    const { holders, version } = this.#model
    if (holders.length === 0) {
      throw new ImportRejection('no-transactions-table', 'The file holds no accounts.')
    }
    if (!Number.isSafeInteger(version)) {
      throw new ImportRejection('damaged', 'The file does not say its version, by which its figures are read.')
    }
    collectSecurities(root, this.#securities)
  }

  *read(): Generator<ParsedItem, void, void> {
    // accounts without transactions exist, too
    for (const holder of this.#model.holders) yield* this.#announce(holder, holder.currency)
    const sides = this.#sides()
    for (const [record, members] of sides) {
      this.#records += 1
      yield* this.#record(record, members)
      if (this.#records % PROGRESS_EVERY === 0) yield { type: 'progress', bytes: this.#file.position }
    }
    // in broken markup, a quote could be taken for another security's
    if (this.#isSound) yield* this.#prices()
    if (!this.#isWhole || !this.#isSound) {
      const message = 'The file is broken or its end is missing: check its last transactions, or save it again.'
      yield { type: 'finding', finding: { severity: 'warning', code: 'unclosed-element', message } }
    }
  }

  /** Transactions by the record that they are part of, in the order of the lists. */
  #sides(): ReadonlyMap<ObjectNode, readonly ObjectNode[]> {
    const sides = new Map<ObjectNode, ObjectNode[]>()
    for (const { transactions } of this.#model.holders) {
      for (const transaction of transactions) {
        const record = this.#model.recordOf(transaction)
        const members = sides.get(record)
        if (members === undefined) sides.set(record, [transaction])
        else if (transaction === record) members.unshift(transaction)
        else members.push(transaction)
      }
    }
    return sides
  }

  *#record(node: ObjectNode, members: readonly ObjectNode[]): Generator<ParsedItem, void, void> {
    const record = this.#records
    const rows: PpRow[] = []
    try {
      for (const member of members) {
        const holder = this.#model.holderOf(member)
        if (holder !== undefined) rows.push(...this.#transactions.rows(member, holder))
      }
    } catch (error) {
      if (!(error instanceof PpFault)) throw error
      yield { type: 'failed', record, reason: error.reason }
      return
    }
    const placed = []
    for (const { holder, currency, transaction } of rows) {
      placed.push({ statement: yield* this.#announce(holder, currency), transaction })
    }
    const isSingle = placed.length === 1
    for (const [at, row] of placed.entries()) {
      yield {
        type: 'transaction',
        record,
        ...row,
        ...(isSingle ? {} : { side: at === 0 ? 'main' : 'counterpart' }),
      }
    }
    if (placed.length === 0) {
      const message = `A transaction (${this.#model.references.text(node, 'type') ?? '?'}) belongs to no account.`
      yield { type: 'failed', record, reason: { code: 'bad-record', message } }
    }
  }

  /** The statement of an account in one currency: a securities account may trade in several. */
  *#announce(holder: PpHolder, currency: CurrencyCode | null): Generator<ParsedItem, number, void> {
    const own = this.#statements.get(holder) ?? new Map<string, number>()
    this.#statements.set(holder, own)
    const known = own.get(currency ?? '')
    if (known !== undefined) return known
    this.#statementCount += 1
    own.set(currency ?? '', this.#statementCount)
    yield {
      type: 'statement',
      statement: this.#statementCount,
      account: {
        name: holder.name,
        ...(holder.kind === 'portfolio' ? { kind: 'brokerage' } : {}),
        ...(holder.isClosed ? { isClosed: true } : {}),
      },
      currency,
    }
    return this.#statementCount
  }

  /** Quotes are passed over in a walk of their own: there may be a hundred thousand of them. */
  *#prices(): Generator<ParsedItem, void, void> {
    const { scale } = this.#model
    let depth = 0
    let aside = 0
    let count = -1
    const open: { readonly node: ObjectNode; readonly depth: number }[] = []
    const parents: string[] = []
    for (const { kind, name, attributes, isEmpty } of this.#file.events()) {
      if (kind === 'close') {
        if (aside > 0) aside -= 1
        else {
          depth -= 1
          parents.pop()
          if (open.at(-1)?.depth === depth) open.pop()
        }
        continue
      }
      if (kind !== 'open') continue
      if (aside === 0 && (name === 'price' || name === 'latest')) {
        const security = open.at(-1)?.node
        if (security !== undefined) yield* this.#price(security, attributes, scale.quote)
      }
      if (aside > 0 || isAside(name, parents.at(-1) ?? '')) {
        if (!isEmpty) aside += 1
        continue
      }
      if (isSecurity(name, attributes)) {
        count += 1
        const node = this.#securities[count]
        if (node !== undefined && !isEmpty) open.push({ node, depth })
      }
      if (isEmpty) continue
      depth += 1
      parents.push(name)
    }
  }

  *#price(node: ObjectNode, tag: string, decimals: number): Generator<ParsedItem, void, void> {
    // an index has no currency, and no one holds it
    const quoted = this.#model.quotedIn(node)
    const attributes = attributesOf(tag)
    const on = attributes.get('t') ?? ''
    const price = scaled(attributes.get('v') ?? '', decimals)
    if (quoted === null || !isIsoDate(on) || price === null || signOfDecimal(price) <= 0) return
    const { currency } = quoted
    yield { type: 'price', security: this.#model.describe(node), price: inMajorUnits(price, quoted), currency, on }
  }
}

/** A security as written out, not one that refers to another place. */
const isSecurity = (name: string, attributes: string): boolean =>
  name === 'security' && !attributes.includes('reference')

/** In the order of the file, as the walk over the quotes meets them. */
function collectSecurities(root: ObjectNode, into: ObjectNode[]): void {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.name === 'security' && !node.attributes.has('reference')) into.push(node)
    for (let at = node.children.length - 1; at >= 0; at -= 1) {
      const child = node.children[at]
      if (child !== undefined) open.push(child)
    }
  }
}

/**
 * Portfolio Performance's own file as XML (also zipped): cash accounts, securities accounts, securities and their quotes.
 * Each transaction of an account's list is a record; the other side that is written inside its cross entry is part of it.
 * A purchase is told by both accounts: its money goes from the cash account to the securities account and is spent there.
 * The file's structure is that of the program's model, https://github.com/portfolio-performance/portfolio.
 */
export const portfolioPerformanceImporter: Importer = {
  id: 'portfolio-performance',

  identify({ text, bytes }: FileHead): Identification {
    if (binaryForm(bytes) !== undefined) return 'yes'
    const head = text.slice(0, 16_384)
    const isClient = /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<client[\s>]/s.test(head)
    return isClient && /<version>\d{1,4}<\/version>/.test(head) ? 'yes' : 'no'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    if (binaryForm(source.read(0, 16)) !== undefined) {
      throw new ImportRejection(
        'other-save-format',
        'Portfolio Performance saved this file encrypted or in its binary form. Save it there as XML without a password, and import that.',
      )
    }
    yield* new PpReader(source).read()
  },
}
