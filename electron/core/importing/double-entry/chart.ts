import type { AccountKindHint } from '../importer.ts'
import type { BookAccount } from './book.ts'
import { isHeading } from './book-words.ts'

/** How deep a tree is followed: deeper is a circle or nonsense. */
const DEEPEST = 64

/** The accounts of a book: who is above whom, what each is called where it stands alone, which are the household's own. */
export class Chart {
  readonly #byId: ReadonlyMap<string, BookAccount>
  readonly #names = new Map<string, string>()
  readonly #headings = new Map<string, string | null>()
  readonly #holders = new Set<string>()
  readonly #tops: 'telling' | 'headings'

  /**
   * Accounts whose parent is not in the book stand at the top. `tops`: where `telling`, the only top of a side is a
   * category like any other; else it is taken for a heading.
   */
  constructor(accounts: Iterable<BookAccount>, tops: 'telling' | 'headings' = 'headings') {
    this.#tops = tops
    this.#byId = new Map([...accounts].map((account) => [account.id, account]))
    this.#nameOwn()
    for (const account of this.#byId.values()) {
      if (account.isHolding === true) this.#holders.add(this.holderOf(account).id)
    }
  }

  get(id: string): BookAccount | undefined {
    return this.#byId.get(id)
  }

  isOwn(account: BookAccount): boolean {
    return account.role === 'asset' || account.role === 'liability'
  }

  /**
   * The account that its postings are listed under: for a holding the own one above it, however many holdings lie
   * between, but not the heading over all assets; else itself.
   */
  holderOf(account: BookAccount): BookAccount {
    let at = account
    for (let depth = 0; at.isHolding === true && depth < DEEPEST; depth += 1) {
      const above = at.parent === null ? undefined : this.#byId.get(at.parent)
      if (above === undefined || above.parent === null || !this.isOwn(above)) return at
      at = above
    }
    return at
  }

  /** What an own account is called: its own name, with as many of its parents' as tell it from the others. */
  nameOf(account: BookAccount): string {
    return this.#names.get(account.id) ?? account.name
  }

  /** The kind that the book says or the account's role means; an account that holds securities is a depot. */
  kindOf(account: BookAccount): AccountKindHint | undefined {
    if (this.#holders.has(account.id) && (account.kind === undefined || account.kind === 'asset')) return 'brokerage'
    if (account.kind !== undefined) return account.kind
    return account.role === 'liability' ? 'liability' : undefined
  }

  /** Names from the top down. */
  pathOf(account: BookAccount): readonly string[] {
    const path: string[] = []
    let at: BookAccount | undefined = account
    while (at !== undefined && path.length < DEEPEST) {
      path.unshift(at.name)
      at = at.parent === null ? undefined : this.#byId.get(at.parent)
    }
    return path
  }

  /**
   * An income or expense account as a category: its path, joined by ":", without the heading over all of its side
   * ("Expenses"). Undefined for the heading itself, which says no more than that money was spent. Equity keeps its whole
   * path.
   */
  categoryOf(account: BookAccount): string | undefined {
    const path = this.pathOf(account)
    const isTelling = account.role === 'equity' || !this.#isUnderHeading(account, path)
    const inner = isTelling ? path : path.slice(1)
    const text = inner
      .map((name) => name.replaceAll(':', ' ').trim())
      .filter((name) => name !== '')
      .join(':')
    return text === '' ? undefined : text
  }

  /** A heading is the only top of its side with accounts below it, or bears a name that says "income" or "expenses". */
  #isUnderHeading(account: BookAccount, path: readonly string[]): boolean {
    const top = path[0] ?? ''
    if (isHeading(top)) return true
    if (this.#tops === 'telling') return false
    if (!this.#headings.has(account.role)) this.#headings.set(account.role, this.#onlyTopOf(account.role))
    return this.#headings.get(account.role) === top
  }

  #onlyTopOf(role: BookAccount['role']): string | null {
    const tops = new Set<string>()
    let below = 0
    for (const account of this.#byId.values()) {
      if (account.role !== role) continue
      const path = this.pathOf(account)
      tops.add(path[0] ?? '')
      if (path.length > 1) below += 1
    }
    const [only] = tops
    return tops.size === 1 && below > 0 && only !== undefined ? only : null
  }

  #nameOwn(): void {
    const paths = new Map<string, readonly string[]>()
    for (const account of this.#byId.values()) if (this.isOwn(account)) paths.set(account.id, this.pathOf(account))
    let open = [...paths.keys()]
    for (let length = 1; open.length > 0 && length <= DEEPEST; length += 1) {
      const tail = (id: string): string => (paths.get(id) ?? []).slice(-length).join(':')
      const count = new Map<string, number>()
      for (const id of open) count.set(tail(id), (count.get(tail(id)) ?? 0) + 1)
      for (const id of open) {
        const isWhole = (paths.get(id)?.length ?? 0) <= length
        if (count.get(tail(id)) === 1 || isWhole) this.#names.set(id, tail(id))
      }
      open = open.filter((id) => !this.#names.has(id))
    }
  }
}
