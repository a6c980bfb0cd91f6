import type { EvidenceCode, MatchEvidence } from '../../../../shared/model/matching.ts'

/**
 * Evidence is weighed in decibans (I. J. Good, Probability and the Weighing of Evidence, 1950): ten of them make a link
 * ten times likelier. The weights are this program's own judgement of how often each sign accompanies a true link and a
 * chance one; they are tried on named households in test/scenarios/matching-*.test.ts.
 */
export type Weighed = MatchEvidence & { readonly weight: number }

/** From here on a link is certain enough (98 %) to be applied with an import, if it has no rival. */
export const CERTAIN = 17
/** Below this (76 %) a link is not worth a question. */
export const WORTH_ASKING = 5
/** Another link of one of the two lines within so many decibans leaves it open which of them is right. */
export const RIVAL_MARGIN = 6

/** Gathers the evidence for one link. */
export class Evidence {
  readonly #signs: Weighed[] = []
  #score: number

  /** `prior`: what a pair of this kind weighs before anything is known of it. */
  constructor(prior: number) {
    this.#score = prior
  }

  add(code: EvidenceCode, weight: number, values: MatchEvidence['values'] = {}): void {
    this.#signs.push({ code, weight, values })
    this.#score += weight
  }

  get score(): number {
    return this.#score
  }

  /** The heaviest signs first. */
  get signs(): readonly Weighed[] {
    return this.#signs.toSorted((left, right) => Math.abs(right.weight) - Math.abs(left.weight))
  }
}

/** The chance that a link of this score is true, between 0 and 0.999; never 1, for only the user knows. */
export function confidenceOf(score: number): number {
  const chance = 1 / (1 + 10 ** (-score / 10))
  return Math.min(0.999, Math.round(chance * 1000) / 1000)
}
