import type { ColumnRole } from '../../../../shared/model/delimited-layout.ts'
import {
  type ColumnProfile,
  isAmountColumn,
  isCurrencyColumn,
  isDateColumn,
  isDirectionColumn,
  isTimeColumn,
} from './column-profile.ts'
import { type HeaderConcept, matchHeader } from './header-vocabulary.ts'

/** Least score of a meaning that decides where a wrong column would falsify figures; `FAIR` serves for texts. */
export const SURE = 0.6
export const FAIR = 0.55

const NUMERIC: ReadonlySet<HeaderConcept> = new Set([
  'amount',
  'account-amount',
  'net',
  'gross',
  'total',
  'debit',
  'credit',
  'balance',
  'fee',
  'tax',
  'original-amount',
  'rate',
])
const DATES: ReadonlySet<HeaderConcept> = new Set([
  'booking-date',
  'date',
  'transaction-date',
  'value-date',
  'other-date',
])

/** Whether the cells of the column can mean the concept. A column without cells can mean anything. */
function fits(concept: HeaderConcept, profile: ColumnProfile): boolean {
  if (concept === 'ignore') return true
  if (profile.filled === 0) return true
  if (DATES.has(concept)) return isDateColumn(profile)
  if (concept === 'time') return isTimeColumn(profile) || isDateColumn(profile)
  if (NUMERIC.has(concept)) return isAmountColumn(profile)
  if (concept === 'currency' || concept === 'original-currency') return isCurrencyColumn(profile)
  if (concept === 'direction') return isDirectionColumn(profile)
  if (concept === 'merchant-category') return true
  return !isDateColumn(profile)
}

/** One column with all that it may mean. */
export interface Candidate {
  readonly index: number
  readonly profile: ColumnProfile
  readonly name: string
  readonly scores: ReadonlyMap<HeaderConcept, number>
  readonly best: number
}

/** A merged title over a currency and an amount ("Mutatie,,"): the name belongs to the number, the code is its currency. */
function unmerged(header: readonly string[], profiles: readonly ColumnProfile[]): string[] {
  const names = profiles.map((profile) => (header[profile.index] ?? '').trim())
  for (const [at, profile] of profiles.entries()) {
    const next = profiles[at + 1]
    const name = names[at] ?? ''
    if (next === undefined || name === '' || names[at + 1] !== '') continue
    if (!isCurrencyColumn(profile) || !isAmountColumn(next)) continue
    if (!matchHeader(name).some(({ concept, score }) => NUMERIC.has(concept) && score >= SURE)) continue
    names[at + 1] = name
    names[at] = 'Currency'
  }
  return names
}

export function candidatesOf(header: readonly string[], profiles: readonly ColumnProfile[]): Candidate[] {
  const names = unmerged(header, profiles)
  return profiles.map((profile, at): Candidate => {
    const scores = new Map<HeaderConcept, number>()
    let best = 0
    for (const { concept, score } of matchHeader(names[at] ?? '')) {
      if (!fits(concept, profile)) continue
      scores.set(concept, score)
      best = Math.max(best, score)
    }
    return { index: profile.index, profile, name: names[at] ?? '', scores, best }
  })
}

/** The roles given so far. Each column bears at most one. */
export class Assigner {
  readonly candidates: readonly Candidate[]
  readonly roles = new Map<number, ColumnRole>()
  byShape = 0
  rivals = 0

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates
  }

  free(candidate: Candidate): boolean {
    return !this.roles.has(candidate.index)
  }

  has(role: ColumnRole): boolean {
    return [...this.roles.values()].includes(role)
  }

  indexOf(role: ColumnRole): number {
    for (const [index, known] of this.roles) if (known === role) return index
    return -1
  }

  set(candidate: Candidate | undefined, role: ColumnRole): boolean {
    if (candidate === undefined) return false
    this.roles.set(candidate.index, role)
    return true
  }

  /** Free columns that mean the concept, none of whose other meanings is likelier; the best first. */
  meaning(concept: HeaderConcept, least: number = SURE): Candidate[] {
    return this.candidates
      .filter((candidate) => {
        const score = candidate.scores.get(concept) ?? 0
        return this.free(candidate) && score >= least && score >= candidate.best
      })
      .toSorted((left, right) => (right.scores.get(concept) ?? 0) - (left.scores.get(concept) ?? 0))
  }
}
