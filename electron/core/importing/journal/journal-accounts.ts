import { z } from 'zod'
import table from '../../../../resources/journal-words.json' with { type: 'json' }
import type { AccountRole, BookAccount } from '../double-entry/book.ts'
import { assetKindByName } from '../double-entry/book-words.ts'
import type { AccountKindHint } from '../importer.ts'
import type { JournalEntry } from './journal-entry.ts'

const listSchema = z.strictObject({ confirmed: z.array(z.string()), unconfirmed: z.array(z.string()) })
const { roots } = z
  .strictObject({
    about: z.string(),
    roots: z.strictObject({
      asset: listSchema,
      liability: listSchema,
      income: listSchema,
      expense: listSchema,
      equity: listSchema,
    }),
  })
  .parse(table)

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim()
const roleByRoot: ReadonlyMap<string, AccountRole> = new Map(
  Object.entries(roots).flatMap(([role, { confirmed, unconfirmed }]) =>
    [...confirmed, ...unconfirmed].map((word) => [fold(word), role as AccountRole] as const),
  ),
)

interface Declared {
  readonly role?: AccountRole
  readonly kind?: AccountKindHint
  readonly isClosed?: boolean
}

interface Used {
  isReal: boolean
  readonly commodities: Set<string>
}

/** More commodities than this on one account are not counted. */
const MOST_COMMODITIES = 50

/** Beancount has no spaces in names: hyphens stand for them, and an "X-" for a capital that other scripts do not have. */
const spelled = (part: string): string =>
  part
    .replace(/^X-(?=[^ -~])/, '')
    .replaceAll('-', ' ')
    .trim() || part

/** More levels than any book has: deeper ones are one name. */
const MOST_LEVELS = 64

/** The names from the top down that an account's name is made of. */
function levelsOf(name: string): string[] {
  const levels = name.split(':')
  return levels.length <= MOST_LEVELS
    ? levels
    : [...levels.slice(0, MOST_LEVELS - 1), levels.slice(MOST_LEVELS - 1).join(':')]
}

/** The accounts of a journal as its lines name them, one after another. */
export class JournalAccounts {
  readonly #declared = new Map<string, Declared>()
  readonly #roots = new Map<string, AccountRole>()
  readonly #used = new Map<string, Used>()
  readonly #isBeancount: boolean
  #knowsRoots: boolean | null = null

  constructor(isBeancount: boolean) {
    this.#isBeancount = isBeancount
  }

  declare(name: string, { role, kind, isClosed }: Declared): void {
    const known = this.#declared.get(name)
    this.#declared.set(name, {
      ...known,
      ...(role === undefined ? {} : { role }),
      ...(kind === undefined ? {} : { kind }),
      ...(isClosed === undefined ? {} : { isClosed }),
    })
  }

  nameRoot(name: string, role: AccountRole): void {
    this.#roots.set(fold(name), role)
  }

  use(name: string, isReal: boolean, commodity?: string): void {
    const known = this.#used.get(name) ?? { isReal: false, commodities: new Set<string>() }
    known.isReal ||= isReal
    if (commodity !== undefined && known.commodities.size < MOST_COMMODITIES) known.commodities.add(commodity)
    this.#used.set(name, known)
  }

  /** Whether entries name accounts below this one. */
  hasBelow(name: string): boolean {
    return [...this.#used.keys()].some((other) => other.startsWith(`${name}:`))
  }

  useAll({ postings }: JournalEntry): void {
    for (const { account, virtual, amount } of postings) this.use(account, virtual === 'no', amount?.commodity)
  }

  /** Every account that postings name, and those above them. `isSecurity` tells which commodities are no money. */
  book(isSecurity: (commodity: string) => boolean): BookAccount[] {
    const accounts = new Map<string, BookAccount>()
    for (const [name, used] of this.#used) {
      const parts = levelsOf(name)
      for (let length = 1; length <= parts.length; length += 1) {
        const id = parts.slice(0, length).join(':')
        if (accounts.has(id)) continue
        accounts.set(id, this.#account(id, parts.slice(0, length), length === parts.length ? used : null, isSecurity))
      }
    }
    // an account that stands above another was made without its own postings
    for (const [name, used] of this.#used) accounts.set(name, this.#account(name, levelsOf(name), used, isSecurity))
    return [...accounts.values()]
  }

  #account(
    id: string,
    parts: readonly string[],
    used: Used | null,
    isSecurity: (commodity: string) => boolean,
  ): BookAccount {
    const name = this.#isBeancount ? spelled(parts.at(-1) ?? id) : (parts.at(-1) ?? id)
    const role = this.#roleOf(parts, used)
    const declared = this.#inherited(parts)
    const kind = role === 'asset' ? (declared.kind ?? assetKindByName(name)) : undefined
    const [only] = used === null ? [] : [...used.commodities]
    // the custom of one account for each security, under its depot
    const isHolding =
      role === 'asset' &&
      used?.commodities.size === 1 &&
      only !== undefined &&
      isSecurity(only) &&
      fold(only) === fold(parts.at(-1) ?? id)
    return {
      id,
      name,
      parent: parts.length > 1 ? parts.slice(0, -1).join(':') : null,
      role,
      ...(kind === undefined || isHolding ? {} : { kind }),
      ...(isHolding ? { isHolding } : {}),
      ...(this.#declared.get(id)?.isClosed === true ? { isClosed: true } : {}),
    }
  }

  /** What is declared of the account or of the nearest above it. */
  #inherited(parts: readonly string[]): Declared {
    for (let length = parts.length; length > 0; length -= 1) {
      const declared = this.#declared.get(parts.slice(0, length).join(':'))
      if (declared?.role !== undefined) return declared
    }
    return {}
  }

  #roleOf(parts: readonly string[], used: Used | null): AccountRole {
    const declared = this.#inherited(parts).role
    if (declared !== undefined) return declared
    const root = fold(parts[0] ?? '')
    const known = this.#roots.get(root) ?? roleByRoot.get(root)
    if (known !== undefined) return known
    // where others have a known top, envelopes of a budget are no money; else the accounts are the household's own
    return used !== null && !used.isReal && this.#hasKnownRoots() ? 'none' : 'asset'
  }

  #hasKnownRoots(): boolean {
    this.#knowsRoots ??= [...this.#used.keys()].some((name) => {
      const root = fold(name.split(':', 1)[0] ?? '')
      return this.#roots.has(root) || roleByRoot.has(root)
    })
    return this.#knowsRoots
  }
}
