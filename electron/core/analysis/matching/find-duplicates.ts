import { daysBetween } from '../../../../shared/domain/iso-date.ts'
import { assign, type Assigned, type Pair } from './assign.ts'
import { Evidence } from './confidence.ts'
import type { MatchLine } from './match-line.ts'
import { NearbyLines } from './nearby-lines.ts'
import { DUPLICATE_DAYS, type DuplicateContext, scoreDuplicate, within } from './score-duplicate.ts'

/** Of the rows that two sources both cover, so many must be in both for them to be the same statement. */
const AGREEMENT = 0.9
const AGREEING_ROWS = 5

export interface DuplicateSearch extends DuplicateContext {
  /** Rows of the account within the period of the new file, those of this run at the least; counted to one above `most`. */
  readonly storedCount: (runId: number | null, accountId: number, most: number) => number
  /** Whether the two may be compared at all: not claimed by another row of the file, not told apart by the user. */
  readonly mayBeOne: (fresh: MatchLine, stored: MatchLine) => boolean
}

/** Lines without an amount are told apart by what they trade. */
const keyOf = (line: MatchLine): string => {
  if (line.minor !== 0) return `${line.accountId} ${line.minor}`
  return line.trade === null ? '' : `${line.accountId} 0 ${line.trade.securityId} ${line.trade.quantity}`
}

function tieOf(left: MatchLine, right: MatchLine): string {
  const [a, b] = [`${left.bookedOn} ${left.payee}`, `${right.bookedOn} ${right.payee}`]
  return a <= b ? `${a}|${b}` : `${b}|${a}`
}

/** Runs whose rows and the new ones are one statement in two formats, by account: `accountId runId`. */
function agreeingRuns(
  pairs: readonly { fresh: MatchLine; stored: MatchLine; apart: number }[],
  fresh: readonly MatchLine[],
  search: DuplicateSearch,
): ReadonlySet<string> {
  const near = pairs.flatMap(({ fresh: left, stored, apart }): (Pair & { run: string })[] => {
    const evidence = new Evidence(10 - apart)
    const ends = { first: stored.id, second: left.id, daysApart: apart, tie: tieOf(left, stored) }
    return apart > 1 ? [] : [{ ...ends, evidence, run: `${stored.accountId} ${stored.runId ?? ''}` }]
  })
  const runOf = new Map(pairs.map(({ stored }) => [stored.id, stored]))
  const counts = new Map<string, { count: number; accountId: number; runId: number | null }>()
  for (const { first } of assign(near)) {
    const stored = runOf.get(first)
    if (stored === undefined) continue
    const key = `${stored.accountId} ${stored.runId ?? ''}`
    const known = counts.get(key) ?? { count: 0, accountId: stored.accountId, runId: stored.runId }
    counts.set(key, { ...known, count: known.count + 1 })
  }
  const agreeing = new Set<string>()
  for (const [key, { count, accountId, runId }] of counts) {
    if (count < AGREEING_ROWS || runId === null) continue
    const period = search.storedPeriod(runId, accountId)
    const covered = fresh.filter((line) => line.accountId === accountId && within(line.bookedOn, period)).length
    const most = Math.ceil(count / AGREEMENT)
    if (count >= covered * AGREEMENT || count >= search.storedCount(runId, accountId, most) * AGREEMENT)
      agreeing.add(key)
  }
  return agreeing
}

/**
 * The new lines that other sources have told of already: `first` is the stored line, `second` the new one. Each line is
 * in one link at most. O(n log n): lines are compared with the nearest of their own account and amount alone.
 */
export function findDuplicates(
  fresh: readonly MatchLine[],
  stored: readonly MatchLine[],
  search: DuplicateSearch,
): Assigned[] {
  const nearby = new NearbyLines()
  for (const line of stored) {
    const key = keyOf(line)
    if (key !== '') nearby.add(key, line)
  }
  const pairs = fresh.flatMap((line) =>
    nearby
      .near(keyOf(line), line, DUPLICATE_DAYS, DUPLICATE_DAYS)
      .filter((other) => other.id !== line.id && (other.runId === null || other.runId !== line.runId))
      .filter((other) => search.mayBeOne(line, other))
      .map((other) => ({ fresh: line, stored: other, apart: Math.abs(daysBetween(line.bookedOn, other.bookedOn)) })),
  )
  if (pairs.length === 0) return []
  const agreeing = agreeingRuns(pairs, fresh, search)
  const scored = pairs.map(({ fresh: left, stored: right, apart }): Pair => {
    const evidence = scoreDuplicate(left, right, search, agreeing.has(`${right.accountId} ${right.runId ?? ''}`))
    return { first: right.id, second: left.id, daysApart: apart, evidence, tie: tieOf(left, right) }
  })
  addOnlyCandidate(scored, 3)
  return assign(scored)
}

/** Weighs that neither line has another candidate that is any good. */
export function addOnlyCandidate(pairs: readonly Pair[], weight: number): void {
  const counts = new Map<number, number>()
  const likely = pairs.filter(({ evidence }) => evidence.score >= -2)
  for (const { first, second } of likely) {
    counts.set(first, (counts.get(first) ?? 0) + 1)
    counts.set(second, (counts.get(second) ?? 0) + 1)
  }
  for (const { first, second, evidence } of likely) {
    if (counts.get(first) === 1 && counts.get(second) === 1) evidence.add('only-candidate', weight)
  }
}
