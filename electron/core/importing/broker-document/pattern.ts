import type { Figure } from './figures.ts'
import { foldWord } from './fold.ts'
import type { DocumentLine } from './lines.ts'

/**
 * The small language in which profiles describe lines. A pattern is words and placeholders, divided by blanks:
 *
 * ```
 * Nr.{reference} Kauf|Verkauf {name...} ({isin}/{wkn})
 * ```
 *
 * `{name...}` takes any text up to what follows; every other placeholder takes exactly one thing of its sort, `?` makes
 * it optional, `|` divides alternatives of a word. Case and accents of words do not matter. A pattern fits a whole line,
 * unless it ends with `{...}`. Nothing backtracks: between two `...` the first place that fits is taken.
 */
export const fieldNames = [
  'date',
  'valueDate',
  'time',
  'isin',
  'wkn',
  'symbol',
  'name',
  'quantity',
  'price',
  'gross',
  'amount',
  'fee',
  'tax',
  'balance',
  'rate',
  'currency',
  'reference',
  'kind',
  'account',
  'skip',
] as const
export type FieldName = (typeof fieldNames)[number]

type Step =
  | { readonly type: 'words'; readonly choices: readonly string[]; readonly optional: boolean }
  | { readonly type: 'field'; readonly field: FieldName; readonly optional: boolean }
  | { readonly type: 'gap'; readonly field: FieldName | null }

/** What a line gave for a pattern's placeholders. */
export type PatternMatch = ReadonlyMap<FieldName, Figure | string>

const FIGURE_OF: Partial<Record<FieldName, readonly Figure['type'][]>> = {
  date: ['date', 'day'],
  valueDate: ['date', 'day'],
  time: ['time'],
  isin: ['isin'],
  quantity: ['number'],
  price: ['number'],
  gross: ['number'],
  amount: ['number'],
  fee: ['number'],
  tax: ['number'],
  balance: ['number'],
  rate: ['number'],
  currency: ['currency'],
}

/** Patterns that are not in the language. They are data of the project: found when the program starts, by its tests. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

const PLACEHOLDER = /^\{([A-Za-z]*)(\.\.\.)?(\?)?\}$/

const isField = (name: string): name is FieldName => fieldNames.some((field) => field === name)

function stepOf(token: string): Step {
  const match = PLACEHOLDER.exec(token)
  if (match === null) {
    const optional = token.endsWith('?') && token.length > 1
    const words = optional ? token.slice(0, -1) : token
    return {
      type: 'words',
      choices: words
        .split('|')
        .map(foldWord)
        .filter((word) => word !== ''),
      optional,
    }
  }
  const [, name = '', dots, question] = match
  if (name !== '' && !isField(name)) throw new PatternError(`There is no field "${name}".`)
  if (dots !== undefined) return { type: 'gap', field: name !== '' && isField(name) ? name : null }
  if (name === '' || !isField(name)) throw new PatternError('A placeholder needs a name.')
  return { type: 'field', field: name, optional: question !== undefined }
}

function tokensOf(pattern: string): string[] {
  // placeholders may touch words: "Nr.{reference}", "({isin}/{wkn})"
  return pattern
    .replaceAll(/\{[^{}]*\}/g, (placeholder) => ` ${placeholder} `)
    .split(/\s+/)
    .filter((token) => token !== '')
}

const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character)

function skipBlanks(text: string, at: number): number {
  let next = at
  while (next < text.length && /\s/.test(text[next] ?? '')) next += 1
  return next
}

interface Found {
  readonly end: number
  readonly value: Figure | string | null
}

function wordAt(text: string, at: number, choices: readonly string[]): number {
  for (const choice of choices) {
    const part = foldWord(text.slice(at, at + choice.length))
    if (part !== choice) continue
    const end = at + choice.length
    if (isLetter(choice.at(-1)) && isLetter(text[end])) continue
    return end
  }
  return -1
}

/** The figure of the wanted sort at a place; currencies in front of a number are passed over. */
function figureAt(line: DocumentLine, at: number, wanted: readonly Figure['type'][]): Found | null {
  let from = at
  for (const figure of line.figures) {
    if (figure.end <= from) continue
    if (/[^\s*|:]/.test(line.text.slice(from, Math.max(from, figure.start)))) return null
    if (wanted.includes(figure.type)) return { end: figure.end, value: figure }
    if (figure.type !== 'currency' || !wanted.includes('number')) return null
    from = figure.end
  }
  return null
}

const TOKEN = /[^\s()]+/y

function fieldAt(line: DocumentLine, at: number, field: FieldName, next: Step | undefined): Found | null {
  const wanted = FIGURE_OF[field]
  if (wanted !== undefined) {
    const found = figureAt(line, at, wanted)
    if (found === null || !wanted.includes('number') || (next?.type === 'field' && next.field === 'currency'))
      return found
    // a currency behind a number belongs to it
    const after = line.figures.find(({ start }) => start >= found.end)
    const touching = after?.type === 'currency' && line.text.slice(found.end, after.start).trim() === ''
    return touching ? { ...found, end: after.end } : found
  }
  TOKEN.lastIndex = at
  const match = TOKEN.exec(line.text)
  if (match === null) return null
  if (field === 'wkn') {
    const wkn = /^[A-Z0-9]{6}(?![A-Za-z0-9])/.exec(match[0])
    return wkn === null ? null : { end: at + 6, value: wkn[0] }
  }
  return { end: at + match[0].length, value: match[0] }
}

/** A compiled pattern. Matching a line takes time proportional to its length times that of the pattern. */
export class LinePattern {
  readonly #steps: readonly Step[]
  readonly #open: boolean

  constructor(pattern: string) {
    const steps = tokensOf(pattern).map(stepOf)
    if (steps.every(({ type }) => type === 'gap')) throw new PatternError('A pattern needs a word or a field.')
    for (const [at, step] of steps.entries()) {
      if (step.type === 'gap' && steps[at + 1]?.type === 'gap')
        throw new PatternError('Two texts of any length cannot follow each other.')
    }
    const last = steps.at(-1)
    this.#open = last?.type === 'gap' && last.field === null
    this.#steps = this.#open ? steps.slice(0, -1) : steps
  }

  match(line: DocumentLine): PatternMatch | null {
    const values = new Map<FieldName, Figure | string>()
    let at = skipBlanks(line.text, 0)
    let step = 0
    while (step < this.#steps.length) {
      const current = this.#steps[step]
      if (current?.type !== 'gap') {
        const end = this.#segment(line, at, step, values)
        if (end === null) return null
        at = end.at
        step = end.step
        continue
      }
      const from = at
      const gap = this.#seek(line, from, step + 1, values)
      if (gap === null) return null
      if (current.field !== null) {
        const text = line.text.slice(from, gap.start).trim()
        if (text === '') return null
        values.set(current.field, text)
      }
      at = gap.at
      step = gap.step
    }
    if (this.#open) return values
    return /^[\s€$£*.,;|]*$/.test(line.text.slice(at)) ? values : null
  }

  /** Steps up to the next gap, each directly behind the other. */
  #segment(
    line: DocumentLine,
    from: number,
    first: number,
    values: Map<FieldName, Figure | string>,
  ): { at: number; step: number } | null {
    const found = new Map<FieldName, Figure | string>()
    let at = from
    let step = first
    for (; step < this.#steps.length; step += 1) {
      const current = this.#steps[step]
      if (current === undefined || current.type === 'gap') break
      at = skipBlanks(line.text, at)
      if (current.type === 'words') {
        const end = wordAt(line.text, at, current.choices)
        if (end < 0 && !current.optional) return null
        if (end >= 0) at = end
        continue
      }
      const value = fieldAt(line, at, current.field, this.#steps[step + 1])
      if (value === null) {
        if (current.optional) continue
        return null
      }
      at = value.end
      if (value.value !== null) found.set(current.field, value.value)
    }
    for (const [field, value] of found) values.set(field, value)
    return { at, step }
  }

  /** The first place from which the steps behind a gap fit; the last segment of a closed pattern must end the line. */
  #seek(
    line: DocumentLine,
    from: number,
    first: number,
    values: Map<FieldName, Figure | string>,
  ): { start: number; at: number; step: number } | null {
    if (first >= this.#steps.length) return { start: line.text.length, at: line.text.length, step: first }
    const last = !this.#open && !this.#steps.slice(first).some(({ type }) => type === 'gap')
    for (let start = from; start < line.text.length; start += 1) {
      if (start > 0 && isLetter(line.text[start]) && isLetter(line.text[start - 1])) continue
      if (/\s/.test(line.text[start] ?? '')) continue
      const end = this.#segment(line, start, first, values)
      if (end === null) continue
      if (last && !/^[\s€$£*.,;|]*$/.test(line.text.slice(end.at))) continue
      return { start, ...end }
    }
    return null
  }
}
