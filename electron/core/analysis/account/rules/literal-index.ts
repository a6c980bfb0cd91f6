import type { Literal, RuleTextField } from './compile-condition.ts'
import { foldText } from './fold-text.ts'

const REMEMBERED = 10_000
const ROOT = 0
const NOTHING: readonly number[] = []

/**
 * Finds which of many texts occur in another in one pass over it, however many there are (A. Aho, M. Corasick,
 * "Efficient string matching", 1975).
 */
class TextFinder {
  /** By state and character, the next state. */
  readonly #next: Map<number, number>[] = [new Map()]
  /** By state, the state of the longest end of what was read that another text begins with. */
  readonly #shorter: number[] = [ROOT]
  /** By state, the entries whose text ends there. */
  readonly #ends: number[][] = [[]]
  #isLinked = true

  add(text: string, entry: number): void {
    let state = ROOT
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      const known = this.#next[state]?.get(code)
      const target = known ?? this.#next.length
      if (known === undefined) {
        this.#next[state]?.set(code, target)
        this.#next.push(new Map())
        this.#shorter.push(ROOT)
        this.#ends.push([])
      }
      state = target
    }
    this.#ends[state]?.push(entry)
    this.#isLinked = false
  }

  /** The entries whose text occurs, each once. */
  in(text: string): readonly number[] {
    if (!this.#isLinked) this.#link()
    let found: Set<number> | null = null
    let state = ROOT
    for (let index = 0; index < text.length; index += 1) {
      state = this.#step(state, text.charCodeAt(index))
      const ends = this.#ends[state]
      if (ends === undefined || ends.length === 0) continue
      found ??= new Set()
      for (const entry of ends) found.add(entry)
    }
    return found === null ? NOTHING : [...found]
  }

  #step(from: number, code: number): number {
    let state = from
    for (;;) {
      const next = this.#next[state]?.get(code)
      if (next !== undefined) return next
      if (state === ROOT) return ROOT
      state = this.#shorter[state] ?? ROOT
    }
  }

  /** States in the order of their depth, so that shorter ones are ready before those that need them. */
  #link(): void {
    const queue = [...(this.#next[ROOT]?.values() ?? [])]
    for (const state of queue) this.#shorter[state] = ROOT
    for (let head = 0; head < queue.length; head += 1) {
      const state = queue[head] ?? ROOT
      for (const [code, target] of this.#next[state] ?? []) {
        const shorter = this.#step(this.#shorter[state] ?? ROOT, code)
        this.#shorter[target] = shorter
        const ends = this.#ends[target] ?? []
        this.#ends[target] = [...new Set([...ends, ...(this.#ends[shorter] ?? [])])]
        queue.push(target)
      }
    }
    this.#isLinked = true
  }
}

/** The entries that wait for texts in one field. */
class FieldIndex {
  readonly field: RuleTextField
  readonly #finder = new TextFinder()
  readonly #memory = new Map<string, readonly number[]>()

  constructor(field: RuleTextField) {
    this.field = field
  }

  add(text: string, entry: number): void {
    this.#finder.add(text, entry)
  }

  in(raw: string): readonly number[] {
    const known = this.#memory.get(raw)
    if (known !== undefined) return known
    const entries = this.#finder.in(foldText(raw))
    if (this.#memory.size >= REMEMBERED) this.#memory.clear()
    this.#memory.set(raw, entries)
    return entries
  }
}

/** Finds, among many entries that each need some text in some field, those whose text is there. */
export class LiteralIndex {
  readonly #fields = new Map<RuleTextField, FieldIndex>()

  /** `literals`: folded texts, one of which must be there. All are added before anything is looked for. */
  add(literals: readonly Literal[], entry: number): void {
    for (const { field, text } of literals) {
      const known = this.#fields.get(field) ?? new FieldIndex(field)
      this.#fields.set(field, known)
      known.add(text, entry)
    }
  }

  /** Entries whose text is in one of the fields, each once, in no order. */
  find(texts: Readonly<Record<RuleTextField, string>>): Set<number> {
    const found = new Set<number>()
    for (const index of this.#fields.values()) for (const entry of index.in(texts[index.field])) found.add(entry)
    return found
  }

  /** As `find`, for one field. */
  findIn(field: RuleTextField, text: string): readonly number[] {
    return this.#fields.get(field)?.in(text) ?? NOTHING
  }
}
