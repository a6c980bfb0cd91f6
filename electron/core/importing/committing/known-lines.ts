import { rawRows } from '../../storage/repositories/query.ts'
import type { Vault } from '../../storage/open-vault.ts'
import { firstOfMonth, monthOfFingerprint } from '../fingerprint.ts'
import { findAlias, findLine, hasAliases } from './vault-lines.ts'

/** Of a month so many lines are looked for one by one before it is read; not read then, it is after four times as many. */
const FIRST_READ = 4
const THEN_AFTER = 4
/** A line that is read costs a fraction of one that is looked for: so many for each that was asked for. */
const READ_FOR_EACH = 64
/** Lines of a month that are kept at most, a bound on memory. */
const MOST_OF_MONTH = 20_000
/** Files run by days, from old to new or from new to old. */
const MONTHS_KEPT = 3

type Meanings = ReadonlyMap<string, number>

const keyOf = (hexadecimal: string, ordinal: number): string =>
  ordinal === 0 ? hexadecimal : `${hexadecimal}:${ordinal}`

/**
 * The lines that an account holds, by their meanings, as it was before a file: read month by month where a file has many
 * rows of it, for to look for each row alone takes ten times as long.
 */
export class KnownLines {
  readonly #vault: Vault
  readonly #accountId: number
  /** Rows of the account are known by other meanings than their own. */
  readonly #hasAliases: boolean
  readonly #unread = new Map<number, { asked: number; readAt: number }>()
  readonly #months = new Map<number, Meanings>()

  constructor(vault: Vault, accountId: number) {
    this.#vault = vault
    this.#accountId = accountId
    this.#hasAliases = hasAliases(vault, accountId)
  }

  /** The line of this meaning and ordinal, or that is known by it, too; its own meaning goes before. */
  find(fingerprint: Buffer, ordinal: number): number | undefined {
    const month = monthOfFingerprint(fingerprint)
    const meanings = this.#months.get(month) ?? this.#readSometimes(month)
    if (meanings !== undefined) return meanings.get(keyOf(fingerprint.toString('hex'), ordinal))
    const own = findLine(this.#vault, this.#accountId, fingerprint, ordinal)
    if (own !== undefined || !this.#hasAliases) return own
    return findAlias(this.#vault, this.#accountId, fingerprint, ordinal)
  }

  #readSometimes(month: number): Meanings | undefined {
    const unread = this.#unread.get(month) ?? { asked: 0, readAt: FIRST_READ }
    this.#unread.set(month, unread)
    unread.asked += 1
    if (unread.asked < unread.readAt) return undefined
    const most = Math.min(unread.asked * READ_FOR_EACH, MOST_OF_MONTH)
    unread.readAt = most < MOST_OF_MONTH ? unread.asked * THEN_AFTER : Infinity
    const meanings = this.#read(month, most)
    if (meanings === undefined) return undefined
    this.#unread.delete(month)
    this.#months.set(month, meanings)
    const [oldest] = this.#months.keys()
    if (oldest !== undefined && this.#months.size > MONTHS_KEPT) this.#months.delete(oldest)
    return meanings
  }

  /** All meanings of a month, or undefined where there are more of them. */
  #read(month: number, most: number): Meanings | undefined {
    const meanings = new Map<string, number>()
    for (const [table, id] of [
      ...(this.#hasAliases ? [['transaction_aliases', 'transaction_id'] as const] : []),
      ['transactions', 'id'] as const,
    ]) {
      const rows = rawRows<readonly [fingerprint: string, ordinal: number, id: number]>(
        this.#vault,
        `select lower(hex(fingerprint)), ordinal, ${id} from ${table}
         where account_id = ? and fingerprint >= ? and fingerprint < ? limit ?`,
        this.#accountId,
        firstOfMonth(month),
        firstOfMonth(month + 1),
        most,
      )
      if (rows.length >= most) return undefined
      for (const [fingerprint, ordinal, line] of rows) meanings.set(keyOf(fingerprint, ordinal), line)
    }
    return meanings
  }
}
