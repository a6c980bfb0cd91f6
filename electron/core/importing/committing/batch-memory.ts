import { addDays } from '../../../../shared/domain/iso-date.ts'
import type { Vault } from '../../storage/open-vault.ts'
import { OccurrenceTable } from '../occurrence-table.ts'
import type { TargetAccount } from './account-directory.ts'
import { type LineTraits, PENDING_DAYS } from './pending-lines.ts'
import type { FileResult } from './file-task.ts'
import { type HeldLine, type LineSource, type PendingLine, vaultLines } from './vault-lines.ts'

/** Booked lines that are remembered for pending ones of later files. */
const MOST_BOOKED = 200_000

interface AccountMemory {
  readonly pendings: PendingLine[]
  /** Pending lines, of the vault or of the batch, that a booked line has taken the place of. */
  readonly taken: Set<number>
  readonly booked: Map<number, HeldLine[]>
}

/** The lines that one file of a batch brings, for the files behind it. */
export class BroughtLines {
  readonly pendings: { readonly target: TargetAccount; readonly line: Omit<PendingLine, 'id'> }[] = []
  readonly booked: { readonly target: TargetAccount; readonly line: LineTraits }[] = []
  readonly taken: { readonly target: TargetAccount; readonly id: number }[] = []
  /** Pending lines that came to nothing, for they look booked already: by `keyOf`. */
  readonly settled: string[] = []
}

/** The line's account, meaning and ordinal as one text. */
export function keyOf(line: { target: TargetAccount; fingerprint: Uint8Array | null; ordinal: number }): string {
  return `${line.target.id ?? line.target.name} ${Buffer.from(line.fingerprint ?? []).toString('hex')} ${line.ordinal}`
}

const byDay = (left: LineTraits, right: LineTraits): number =>
  left.bookedOn < right.bookedOn ? -1 : left.bookedOn > right.bookedOn ? 1 : 0

/** What earlier files of a batch would have brought by the time a later one is committed. */
export class BatchMemory {
  readonly #seen = new Map<TargetAccount, OccurrenceTable>()
  readonly #accounts = new Map<TargetAccount, AccountMemory>()
  readonly #settled = new Set<string>()
  #lastId = 0
  #booked = 0

  has(target: TargetAccount, fingerprint: Buffer, ordinal: number): boolean {
    if ((this.#seen.get(target)?.count(fingerprint) ?? 0) <= ordinal) return false
    return this.#settled.size === 0 || !this.#settled.has(keyOf({ target, fingerprint, ordinal }))
  }

  add(result: FileResult, brought: BroughtLines): void {
    for (const [target, table] of result.occurrences) {
      const seen = this.#seen.get(target)
      if (seen === undefined) this.#seen.set(target, table)
      else seen.takeLarger(table)
    }
    for (const { target, line } of brought.pendings) {
      this.#memoryOf(target).pendings.push(this.#numbered(line))
      this.#settled.delete(keyOf({ target, ...line }))
    }
    for (const key of brought.settled) this.#settled.add(key)
    for (const { target, id } of brought.taken) this.#memoryOf(target).taken.add(id)
    for (const { target, line } of brought.booked) {
      if (this.#booked >= MOST_BOOKED) break
      this.#booked += 1
      const { booked } = this.#memoryOf(target)
      const list = booked.get(line.amountMinor)
      if (list === undefined) booked.set(line.amountMinor, [this.#numbered(line)])
      else list.push(this.#numbered(line))
    }
  }

  /** The account's lines as they would be before the next file. */
  linesOf(vault: Vault, target: TargetAccount): LineSource {
    const held = target.id === null ? null : vaultLines(vault, target.id)
    const memory = this.#accounts.get(target)
    if (memory === undefined) return held ?? { pendings: [], bookedLike: () => [] }
    const { pendings, taken, booked } = memory
    return {
      pendings: [...(held?.pendings ?? []), ...pendings].filter(({ id }) => !taken.has(id)).toSorted(byDay),
      bookedLike(pending) {
        const from = addDays(pending.bookedOn, -PENDING_DAYS)
        const to = addDays(pending.bookedOn, PENDING_DAYS)
        const likely = (booked.get(pending.amountMinor) ?? []).filter(
          ({ bookedOn }) => bookedOn >= from && bookedOn <= to,
        )
        return [...(held?.bookedLike(pending) ?? []), ...likely].toSorted(byDay)
      },
    }
  }

  /** Lines that are in no vault yet have numbers below zero. */
  #numbered<Line extends LineTraits>(line: Line): Line & { readonly id: number } {
    this.#lastId -= 1
    return { ...line, id: this.#lastId }
  }

  #memoryOf(target: TargetAccount): AccountMemory {
    const known = this.#accounts.get(target)
    if (known !== undefined) return known
    const memory: AccountMemory = { pendings: [], taken: new Set(), booked: new Map() }
    this.#accounts.set(target, memory)
    return memory
  }
}
