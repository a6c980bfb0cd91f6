import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { ParsedSecurity } from '../importer.ts'
import { isIsin } from '../ofx/ofx-securities.ts'
import { type QuotedCurrency, quotedCurrency } from '../text/quoted-currency.ts'
import { type ObjectNode, ObjectReferences } from './object-tree.ts'
import { type PpScale, scaleOf } from './pp-scale.ts'

/** Whether an element and all within it says nothing of accounts: it is left out of the tree. */
export const isAside = (name: string, parent: string): boolean =>
  name === 'price' ||
  name === 'attributes' ||
  (name === 'events' && parent === 'security') ||
  (parent === 'client' && ASIDE.has(name))

const ASIDE: ReadonlySet<string> = new Set([
  'taxonomies',
  'dashboards',
  'properties',
  'settings',
  'consumerPriceIndeces',
  'plans',
  'filters',
])

/** A cash account or a securities account, and the elements of its own list of transactions. */
export interface PpHolder {
  readonly node: ObjectNode
  readonly kind: 'account' | 'portfolio'
  readonly name: string
  readonly currency: CurrencyCode | null
  readonly isClosed: boolean
  /** Resolved, in the order of the list. */
  readonly transactions: readonly ObjectNode[]
}

const LIST_NAMES: ReadonlySet<string> = new Set(['account-transaction', 'portfolio-transaction'])

/** What a Portfolio Performance file holds, its references followed. */
export class PpModel {
  readonly references: ObjectReferences
  readonly scale: PpScale
  readonly version: number
  readonly baseCurrency: CurrencyCode | null
  readonly holders: readonly PpHolder[]
  readonly #holderOf = new Map<ObjectNode, PpHolder>()
  readonly #byNode = new Map<ObjectNode, PpHolder>()
  readonly #securities = new Map<ObjectNode, ParsedSecurity>()

  constructor(root: ObjectNode) {
    this.references = new ObjectReferences(root)
    this.version = Number(this.references.text(root, 'version') ?? 'NaN')
    this.scale = scaleOf(this.version)
    this.baseCurrency = quotedCurrency(this.references.text(root, 'baseCurrency') ?? '')?.currency ?? null
    const accounts = this.#list(root, 'accounts', 'account')
    const taken = new Set(accounts.map((node) => this.#nameOf(node, 'Account')))
    const portfolios = this.#list(root, 'portfolios', 'portfolio')
    this.holders = [
      ...accounts.map((node) => this.#holder(node, 'account', this.#nameOf(node, 'Account'))),
      ...portfolios.map((node) => {
        // the two sides of a purchase are told apart by the names of their accounts
        const name = this.#nameOf(node, 'Portfolio')
        return this.#holder(node, 'portfolio', taken.has(name) ? `${name} (Portfolio)` : name)
      }),
    ]
    for (const holder of this.holders) {
      this.#byNode.set(holder.node, holder)
      for (const transaction of holder.transactions) this.#holderOf.set(transaction, holder)
    }
  }

  /** The account whose list has this transaction; undefined for one that is in none. */
  holderOf(transaction: ObjectNode): PpHolder | undefined {
    return this.#holderOf.get(transaction)
  }

  /**
   * The record that a transaction is part of: itself where it stands in a list, else the transaction of a list in whose
   * cross entry it is written.
   */
  recordOf(transaction: ObjectNode): ObjectNode {
    let at: ObjectNode | null = transaction
    while (at !== null && !LIST_NAMES.has(at.name)) at = at.parent
    return at ?? transaction
  }

  /** The other account of a transaction's cross entry; undefined where it has none. */
  otherSide(transaction: ObjectNode): PpHolder | undefined {
    const entry = this.references.child(transaction, 'crossEntry')
    if (entry === null) return undefined
    const own = this.holderOf(transaction)
    for (const name of ['account', 'portfolio', 'accountFrom', 'accountTo', 'portfolioFrom', 'portfolioTo']) {
      const node = this.references.child(entry, name)
      const holder = node === null ? undefined : this.#byNode.get(node)
      if (holder !== undefined && holder !== own) return holder
    }
    return undefined
  }

  /** The security of a transaction; null where it has none. */
  securityOf(transaction: ObjectNode): ParsedSecurity | null {
    const node = this.references.child(transaction, 'security')
    return node === null ? null : this.describe(node)
  }

  describe(node: ObjectNode): ParsedSecurity {
    const known = this.#securities.get(node)
    if (known !== undefined) return known
    const text = (name: string): string | undefined => this.references.text(node, name)
    const isin = text('isin')?.toUpperCase()
    const wkn = text('wkn')
    const symbol = text('tickerSymbol')
    const name = text('name')
    const isCoin = text('feed') === 'COINGECKO'
    const security: ParsedSecurity = {
      ...(isin !== undefined && isIsin(isin) ? { isin } : {}),
      ...(symbol === undefined ? {} : { symbol }),
      ...(name === undefined ? {} : { name }),
      ...(wkn === undefined ? {} : { otherId: { scheme: 'WKN', value: wkn } }),
      ...(isCoin ? { class: 'crypto' } : {}),
    }
    this.#securities.set(node, security)
    return security
  }

  /** The currency that an account or security is in (the program knows pence, too); null for none or an unknown one. */
  quotedIn(node: ObjectNode): QuotedCurrency | null {
    return quotedCurrency(this.references.text(node, 'currencyCode') ?? '')
  }

  #nameOf(node: ObjectNode, fallback: string): string {
    return this.references.text(node, 'name') ?? fallback
  }

  #list(root: ObjectNode, list: string, name: string): ObjectNode[] {
    const nodes = this.references.child(root, list)?.children ?? []
    const found = nodes.flatMap((node) => (node.name === name ? (this.references.resolve(node) ?? []) : []))
    return [...new Set(found)]
  }

  #holder(node: ObjectNode, kind: PpHolder['kind'], name: string): PpHolder {
    const reference = kind === 'portfolio' ? this.references.child(node, 'referenceAccount') : null
    const list = this.references.child(node, 'transactions')?.children ?? []
    return {
      node,
      kind,
      name,
      currency: this.quotedIn(reference ?? node)?.currency ?? this.baseCurrency,
      isClosed: this.references.text(node, 'isRetired') === 'true',
      transactions: [...new Set(list.flatMap((each) => this.references.resolve(each) ?? []))],
    }
  }
}
