/** What holds for the lines of a journal from a directive on to its end: prefixes, tags, aliases, the year. */
export class JournalScope {
  readonly #firstYear: number
  readonly #prefixes: string[] = []
  readonly #tags: string[] = []
  readonly #applied: string[] = []
  readonly #aliases: { readonly from: string; readonly to: string }[] = []
  #year: number

  constructor(year: number) {
    this.#firstYear = year
    this.#year = year
  }

  /** For dates without a year. */
  get year(): number {
    return this.#year
  }

  /** Tags that every entry gets. */
  get tags(): readonly string[] {
    return this.#tags
  }

  /** Takes the first four figures of the text as the year; without any it stays. */
  yearIn(text: string): void {
    this.#year = Number(/\d{4}/.exec(text)?.[0] ?? this.#year)
  }

  /** Accounts of this name and those below it are called by the other from now on; the last alias that fits holds. */
  alias(from: string, to: string): void {
    this.#aliases.push({ from, to })
  }

  /** The whole name of an account as it is written here. */
  accountName(written: string): string {
    const plain = [...this.#prefixes, written].join(':').replaceAll(/\s+/g, ' ')
    for (const { from, to } of this.#aliases.toReversed()) {
      if (plain === from) return to
      if (plain.startsWith(`${from}:`)) return to + plain.slice(from.length)
    }
    return plain
  }

  /** `apply account …`, `apply tag …`, `apply year …`; others are only known to end. */
  apply(rest: string): void {
    const [what = ''] = rest.split(/\s/, 1)
    const value = rest.slice(what.length).trim()
    this.#applied.push(what)
    if (what === 'account') this.#prefixes.push(value)
    else if (what === 'tag') this.#tags.push(value.replace(/:.*$/s, '').trim())
    else if (what === 'year') this.yearIn(value)
  }

  /** `end apply …`, `end aliases`, and a bare `end` for what was applied last. */
  end(rest: string): void {
    const words = rest.replace(/^apply\s*/, '').trim()
    if (words === 'aliases') {
      this.#aliases.length = 0
      return
    }
    const what = words === '' ? this.#applied.at(-1) : words
    const at = what === undefined ? -1 : this.#applied.lastIndexOf(what)
    if (at < 0) return
    this.#applied.splice(at, 1)
    if (what === 'account') this.#prefixes.pop()
    else if (what === 'tag') this.#tags.pop()
    else if (what === 'year') this.#year = this.#firstYear
  }
}
