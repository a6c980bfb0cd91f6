import type { TitleCell } from './find-headers.ts'
import type { Token } from './line-tokens.ts'

/** A column of a table on one page. */
export interface Column {
  readonly title: string
  readonly concern: TitleCell['concern'] | 'direction'
  /** Where its cells stand: of text, the room that belongs to it. */
  readonly x: number
  readonly right: number
  /** No cell on this page shows where it stands, only its title. */
  readonly open?: true
}

/** Widths that count as nothing: about two letters. */
export interface Measure {
  readonly letter: number
}

interface Cluster {
  x: number
  right: number
  count: number
}

/** Cells whose edges differ by less than `tolerance` from one to the next stand in one column. */
function cluster(tokens: readonly Token[], edge: 'x' | 'right', tolerance: number): Cluster[] {
  const clusters: Cluster[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const token of tokens.toSorted((left, right) => left[edge] - right[edge])) {
    const current = clusters.at(-1)
    if (current === undefined || token[edge] - last > tolerance) {
      clusters.push({ x: token.x, right: token.right, count: 1 })
    } else {
      current.x = Math.min(current.x, token.x)
      current.right = Math.max(current.right, token.right)
      current.count += 1
    }
    last = token[edge]
  }
  return clusters
}

interface Span {
  readonly x: number
  readonly right: number
}

const overlapOf = (a: Span, b: Span): number => Math.min(a.right, b.right) - Math.max(a.x, b.x)
const middle = ({ x, right }: Span): number => (x + right) / 2

/** Distance of two spans; below zero where they overlap. */
const distance = (a: Span, b: Span): number => -overlapOf(a, b)

/** Pairs each cluster with the nearest title of its kind, the nearest pairs first. */
function pair(clusters: readonly Cluster[], titles: readonly TitleCell[], reach: number): Map<Cluster, TitleCell> {
  const options = clusters.flatMap((own) =>
    titles.map((title) => ({ own, title, gap: distance(own, title), off: Math.abs(middle(own) - middle(title)) })),
  )
  options.sort((left, right) => Math.max(left.gap, 0) - Math.max(right.gap, 0) || left.off - right.off)
  const paired = new Map<Cluster, TitleCell>()
  const taken = new Set<TitleCell>()
  for (const { own, title, gap } of options) {
    if (gap > reach || paired.has(own) || taken.has(title)) continue
    paired.set(own, title)
    taken.add(title)
  }
  return paired
}

/** Where text may be cut in two between two titles: the place that the fewest cells cross, the widest of equals. */
function cutBetween(left: TitleCell, right: TitleCell, rows: readonly (readonly Token[])[], letter: number): number {
  const from = Math.min(middle(left), right.x)
  const to = Math.max(middle(right), left.right)
  const steps = 200
  const step = Math.max((to - from) / steps, letter / 8)
  let best = right.x - letter / 2
  let bestCost = Number.POSITIVE_INFINITY
  let run = 0
  let runCost = -1
  let bestRun = 0
  for (let x = from; x <= to; x += step) {
    let cost = 0
    for (const row of rows) {
      for (const token of row) {
        if (token.x >= x || token.right <= x) continue
        cost += token.words.some((word) => word.x < x && word.x + word.width > x) ? 2 : 1
      }
    }
    if (cost === runCost) run += 1
    else {
      runCost = cost
      run = 1
    }
    if (cost < bestCost || (cost === bestCost && run > bestRun)) {
      bestCost = cost
      bestRun = run
      best = x - ((run - 1) * step) / 2
    }
  }
  return best
}

/** Rooms for text between the columns of days and money, divided among the titles that stand over them. */
function textColumns(
  fixed: readonly Column[],
  titles: readonly TitleCell[],
  rows: readonly (readonly Token[])[],
  letter: number,
): Column[] {
  const edges = fixed.toSorted((left, right) => left.x - right.x)
  const columns: Column[] = []
  for (let at = 0; at <= edges.length; at += 1) {
    const from = at === 0 ? Number.NEGATIVE_INFINITY : (edges[at - 1]?.right ?? 0)
    const to = at === edges.length ? Number.POSITIVE_INFINITY : (edges[at]?.x ?? 0)
    const inside = (span: Span): boolean => middle(span) > from && middle(span) < to
    const own = titles.filter(inside)
    const texts = rows.map((row) => row.filter((token) => !token.direction && inside(token)))
    if (own.length === 0) {
      if (texts.some((row) => row.length > 0)) columns.push({ title: '', concern: 'text', x: from, right: to })
      continue
    }
    let left = from
    for (const [index, title] of own.entries()) {
      const next = own[index + 1]
      const right = next === undefined ? to : cutBetween(title, next, texts, letter)
      columns.push({ title: title.text, concern: 'text', x: left, right })
      left = right
    }
  }
  return columns
}

/** Columns of "CR" and "DR" behind sums. */
function directionColumns(
  money: readonly Column[],
  titles: readonly TitleCell[],
  rows: readonly (readonly Token[])[],
  letter: number,
): Column[] {
  const directions = rows.flatMap((row) => row.filter((token) => token.direction))
  if (directions.length === 0) return []
  return cluster(directions, 'x', 2 * letter).flatMap(({ x, right }): Column[] => {
    // under a title of their own they are that column's text
    if (titles.some((title) => title.concern === 'text' && overlapOf(title, { x, right }) > 0)) return []
    const sum = money.findLast((column) => column.right <= x + 3 * letter)
    return sum === undefined || x - sum.right > 6 * letter ? [] : [{ title: 'Dr/Cr', concern: 'direction', x, right }]
  })
}

const byPlace = (left: Column, right: Column): number => left.x - right.x || left.right - right.right

/**
 * The columns of a table on one page, from left to right. Days and sums of money line up and show their columns
 * themselves; titles name them, and divide what is between. `rows` are the lines that look like transactions.
 */
export function columnsOf(
  titles: readonly TitleCell[],
  rows: readonly (readonly Token[])[],
  { letter }: Measure,
): Column[] {
  const days = rows.flatMap((row) => row.filter((token) => token.date !== null && (!token.amount || row[0] === token)))
  const dayClusters = cluster(days, 'x', 2 * letter)
  const sums = rows.flatMap((row) => row.filter((token) => token.amount && token.date === null))
  const sumClusters = cluster(sums, 'right', 2 * letter)
  const dayTitles = titles.filter(({ concern }) => concern === 'date')
  const sumTitles = titles.filter(({ concern }) => concern === 'money')
  const reach = 10 * letter
  const namedDays = pair(dayClusters, dayTitles, reach)
  const namedSums = pair(sumClusters, sumTitles, reach)
  // a day told within the text of a row is no column: without a title it takes most rows to be one
  const keptDays = dayClusters.filter((own) => namedDays.has(own) || (own.count * 2 > rows.length && own.count > 1))
  const kept = sumClusters.filter((own) => {
    if (namedSums.has(own) || titles.length === 0) return true
    // a sum that is told within the text of a row, not a column
    const over = titles.filter((title) => overlapOf(title, own) > 0)
    return own.count * 2 >= rows.length && over.every(({ concern }) => concern !== 'text')
  })
  const fixed: Column[] = [
    ...keptDays.map((own): Column => ({
      title: namedDays.get(own)?.text ?? '',
      concern: 'date',
      x: own.x,
      right: own.right,
    })),
    ...kept.map((own): Column => ({
      title: namedSums.get(own)?.text ?? '',
      concern: 'money',
      x: own.x,
      right: own.right,
    })),
  ]
  const used = new Set([...namedDays.values(), ...namedSums.values()])
  for (const title of [...dayTitles, ...sumTitles]) {
    if (used.has(title)) continue
    if (fixed.some((column) => column.concern === title.concern && overlapOf(column, title) > 0)) continue
    fixed.push({ title: title.text, concern: title.concern, x: title.x, right: title.right, open: true })
  }
  const money = fixed.filter(({ concern }) => concern === 'money').toSorted(byPlace)
  const directions = directionColumns(money, titles, rows, letter)
  const texts = textColumns(
    [...fixed, ...directions],
    titles.filter((title) => title.concern === 'text'),
    rows.map((row) => row.filter((token) => token.date === null && !token.amount)),
    letter,
  )
  return [...fixed, ...directions, ...texts].toSorted(byPlace)
}

/** A column that only its title shows reaches this many times further. */
const OPEN_REACH = 4
const TORN_DAY = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?$/

function nearest(columns: readonly Column[], place: (column: Column) => number, reach: number): number {
  let best = -1
  let least = reach
  for (const [index, column] of columns.entries()) {
    const off = place(column)
    if (off <= least) {
      least = off
      best = index
    }
  }
  return best
}

/** The column that a token stands in: −1 for text, which has to be placed word by word. */
export function placeOf(token: Token, columns: readonly Column[], { letter }: Measure): number {
  const of = (concern: Column['concern'], off: (column: Column) => number): number =>
    nearest(columns, (column) => (column.concern === concern ? off(column) : Number.POSITIVE_INFINITY), 2.5 * letter)
  if (token.date !== null) {
    const at = of('date', (column) => (overlapOf(column, token) > 0 ? 0 : Math.abs(column.x - token.x)))
    if (at >= 0 || !token.amount) return at
  }
  if (token.direction) return of('direction', (column) => (overlapOf(column, token) >= 0 ? 0 : distance(column, token)))
  // a day that cannot be is still what stands in the column of days
  if (TIME.test(token.text) || TORN_DAY.test(token.text)) {
    const at = of('date', (column) => (overlapOf(column, token) > 0 ? 0 : Number.POSITIVE_INFINITY))
    if (at >= 0) return at
  }
  if (!token.amount && !/^[-+−–(]?[\d.,'’ ]{1,15}[)\-−]?$/.test(token.text)) return -1
  return of('money', (column) => {
    if (overlapOf(column, token) > 0) return 0
    return Math.abs(column.right - token.right) / (column.open === true ? OPEN_REACH : 1)
  })
}

/** The text column of a word. */
export function textColumnOf(word: Span, columns: readonly Column[]): number {
  const at = middle(word)
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (const [index, column] of columns.entries()) {
    if (column.concern !== 'text') continue
    const off = at < column.x ? column.x - at : at > column.right ? at - column.right : 0
    if (off < least) {
      least = off
      best = index
    }
  }
  return best
}
