import { CERTAIN, type Evidence, RIVAL_MARGIN, WORTH_ASKING } from './confidence.ts'

/** Two lines that may belong together. */
export interface Pair {
  readonly first: number
  readonly second: number
  readonly daysApart: number
  readonly evidence: Evidence
  /** For an order that does not depend on the order of the files: the lines' content. */
  readonly tie: string
}

export interface Assigned extends Pair {
  /** Scored high enough and without a rival. */
  readonly certain: boolean
}

export function withCertainty(pair: Pair, certain: boolean): Assigned {
  const { first, second, daysApart, evidence, tie } = pair
  return { first, second, daysApart, evidence, tie, certain }
}

const byScore = (left: Pair, right: Pair): number =>
  right.evidence.score - left.evidence.score ||
  left.daysApart - right.daysApart ||
  (left.tie < right.tie ? -1 : left.tie > right.tie ? 1 : left.first - right.first || left.second - right.second)

/**
 * Gives each line at most one other, the likeliest first. A link is certain where neither line has another candidate of
 * nearly the same score that is still free: two equal coffees in two files are paired in order, one against two is not.
 * O(n log n) in the pairs.
 */
export function assign(pairs: readonly Pair[]): Assigned[] {
  const worth = pairs.filter(({ evidence }) => evidence.score >= WORTH_ASKING).toSorted(byScore)
  const takenFirst = new Map<number, number>()
  const takenSecond = new Map<number, number>()
  const chosen: Pair[] = []
  for (const pair of worth) {
    if (takenFirst.has(pair.first) || takenSecond.has(pair.second)) continue
    takenFirst.set(pair.first, pair.evidence.score)
    takenSecond.set(pair.second, pair.evidence.score)
    chosen.push(pair)
  }
  const bestRivalOfFirst = new Map<number, number>()
  const bestRivalOfSecond = new Map<number, number>()
  const isFree = (takenAt: number | undefined, score: number): boolean => takenAt === undefined || takenAt < score - 3
  const raise = (rivals: Map<number, number>, line: number, score: number): void => {
    if (score > (rivals.get(line) ?? -Infinity)) rivals.set(line, score)
  }
  const own = new Set(chosen)
  for (const pair of worth) {
    if (own.has(pair)) continue
    const { score } = pair.evidence
    if (isFree(takenSecond.get(pair.second), score)) raise(bestRivalOfFirst, pair.first, score)
    if (isFree(takenFirst.get(pair.first), score)) raise(bestRivalOfSecond, pair.second, score)
  }
  return chosen.map((pair) => {
    const { score } = pair.evidence
    const rival = Math.max(
      bestRivalOfFirst.get(pair.first) ?? -Infinity,
      bestRivalOfSecond.get(pair.second) ?? -Infinity,
    )
    return withCertainty(pair, score >= CERTAIN && rival < score - RIVAL_MARGIN)
  })
}
