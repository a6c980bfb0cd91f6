/** A thing that people look for by name. */
export interface Named {
  /** What it is called: first its name in Chinese and in English, then by what else people know it. */
  readonly names: readonly string[]
  /** First letters of its Chinese name's syllables, lower case. */
  readonly initials: string
}

/** Without regard to case, width, spaces and punctuation. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s·’'"()（）.,，。/&+-]+/gu, '')
}

/**
 * How well what was typed names the thing, 0 best; null: not at all. A name itself, then its beginning, the beginning of
 * the initials, the beginning of a word, and last any part of a name. Linear in the names.
 */
export function nameRank({ names, initials }: Named, typed: string): number | null {
  const query = foldName(typed)
  if (query === '') return null
  let best: number | null = null
  const offer = (rank: number): void => {
    if (best === null || rank < best) best = rank
  }
  for (const [index, name] of names.entries()) {
    const step = index < 2 ? 0 : 1
    const folded = foldName(name)
    if (folded === query) offer(step)
    else if (folded.startsWith(query)) offer(2 + step)
    else if (name.split(/[\s/(（-]+/u).some((word) => foldName(word).startsWith(query))) offer(6 + step)
    else if (folded.includes(query)) offer(8 + step)
  }
  if (/^[a-z0-9]+$/.test(query)) {
    if (initials === query) offer(1)
    else if (initials.startsWith(query)) offer(4)
    else if (query.length > 1 && initials.includes(query)) offer(10)
  }
  return best
}

/** The things that what was typed names, best first; equals stay in their order. */
export function findNamed<T>(things: readonly T[], named: (thing: T) => Named, typed: string, limit: number): T[] {
  return things
    .flatMap((thing) => {
      const rank = nameRank(named(thing), typed)
      return rank === null ? [] : [{ thing, rank }]
    })
    .sort((left, right) => left.rank - right.rank)
    .slice(0, limit)
    .map(({ thing }) => thing)
}
