import { foldText, foldWithPlaces, hanRuns } from './fold-text.ts'
import { charactersMeant, type ReadingOf } from './pinyin-needles.ts'
import type { Query } from './search-query.ts'

/** A stretch of a text to be marked, in UTF-16 units. */
export type Mark = readonly [from: number, to: number]

/** A word to be marked. `exact`: not by its reading. */
export interface MarkedWord {
  readonly folded: string
  readonly exact: boolean
}

/** The words of a query that texts are marked for. */
export function markedWords({ terms }: Query): MarkedWord[] {
  return terms.flatMap(({ meaning, negated }) =>
    meaning.is === 'text' && !negated ? [{ folded: foldText(meaning.text), exact: meaning.exact }] : [],
  )
}

function literalMarks(text: string, word: string): Mark[] {
  const { folded, places } = foldWithPlaces(text)
  const marks: Mark[] = []
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
    const from = places[at] ?? 0
    let end = at + word.length
    // a character that folds to several is marked whole
    while (end < folded.length && places[end] === places[end - 1]) end += 1
    marks.push([from, places[end] ?? text.length])
  }
  return marks
}

function readingMarks(text: string, word: string, readingOf: ReadingOf): Mark[] {
  const marks: Mark[] = []
  for (const { run, at } of hanRuns(text)) {
    const characters = Array.from(run)
    const meant = charactersMeant(readingOf(run), word)
    if (meant === null) continue
    const before = characters.slice(0, meant.from).join('').length
    const within = characters.slice(meant.from, meant.to).join('').length
    marks.push([at + before, at + before + within])
  }
  return marks
}

/** Where a text has the words, in order and without overlaps. */
export function marksIn(text: string, words: readonly MarkedWord[], readingOf: ReadingOf): Mark[] {
  if (text === '') return []
  const found = words.flatMap(({ folded, exact }): Mark[] => {
    if (folded === '') return []
    const literal = literalMarks(text, folded)
    return literal.length > 0 || exact ? literal : readingMarks(text, folded, readingOf)
  })
  const merged: [number, number][] = []
  for (const [from, to] of found.toSorted((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}
