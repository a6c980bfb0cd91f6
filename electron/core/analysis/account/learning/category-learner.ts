import { amountBand, payeeKey, payeeWords } from './payee-features.ts'

/** How often the user has filed transactions that look alike. `direction`: −1 out, 1 in, 0 for nothing. */
export interface Lesson {
  readonly payee: string
  readonly direction: number
  readonly accountId: number
  readonly band: number
  /** '' where the file had none. */
  readonly merchantCategory: string
  readonly categoryId: number
  readonly count: number
}

export interface LearnerFacts {
  /** The cleaned name; the memo where there is none. */
  readonly payee: string
  readonly amountMinor: number
  readonly accountId: number
  readonly merchantCategory: string
}

/**
 * Why the learner guesses so. `payee`: so many of all payments to this very payee went there. `similar`: so did those to
 * these payees, whose names share the words. `merchant-code`: so did those of this trade.
 */
export type GuessEvidence =
  | { readonly by: 'payee'; readonly payee: string; readonly count: number; readonly of: number }
  | {
      readonly by: 'similar'
      readonly payees: readonly string[]
      readonly words: readonly string[]
      readonly count: number
      readonly of: number
    }
  | { readonly by: 'merchant-code'; readonly code: string; readonly count: number; readonly of: number }

export interface Guess {
  readonly categoryId: number
  /** In thousandths. */
  readonly confidence: number
  readonly evidence: GuessEvidence
}

/** From here on a guess files a new transaction by itself; below, it is shown as a suggestion. In thousandths. */
export const SURE_FROM = 850
/** Below this nothing is suggested. */
export const SUGGESTED_FROM = 400

// Weights of one earlier choice: more, the more it has in common with the transaction.
const BASE = 4
const SAME_ACCOUNT = 2
const SAME_CODE = 4
const SAME_BAND = 4
const NEXT_BAND = 2
/** As much doubt as one choice that has nothing else in common. */
const DOUBT = BASE
/** Choices of one look that count: habits of years must not drown a new one. */
const MOST_COUNTED = 20

/** Payees that are looked at for one that was never filed, and how alike they must be, in thousandths. */
const NEIGHBOURS = 10
const ALIKE_FROM = 400
/** A word that this many payees have says nothing ("store", "有限公司" in pairs). */
const COMMON_WORD = 400
/** A guess by trade alone is never sure. */
const CODE_CONFIDENCE = 600

interface KnownPayee {
  readonly name: string
  readonly words: readonly string[]
  readonly lessons: Lesson[]
}

interface Vote {
  weight: number
  count: number
}

class Votes {
  readonly #byCategory = new Map<number, Vote>()
  #weight = 0
  #count = 0

  add(categoryId: number, weight: number, count: number): void {
    const vote = this.#byCategory.get(categoryId) ?? { weight: 0, count: 0 }
    vote.weight += weight
    vote.count += count
    this.#byCategory.set(categoryId, vote)
    this.#weight += weight
    this.#count += count
  }

  /** The category with the most weight; of equals the one that was made first. `confidence` in thousandths. */
  winner(doubt: number): { categoryId: number; confidence: number; count: number; of: number } | null {
    let best: { categoryId: number; vote: Vote } | null = null
    for (const [categoryId, vote] of this.#byCategory) {
      if (
        best === null ||
        vote.weight > best.vote.weight ||
        (vote.weight === best.vote.weight && categoryId < best.categoryId)
      ) {
        best = { categoryId, vote }
      }
    }
    if (best === null || best.vote.weight === 0) return null
    const confidence = Math.floor((best.vote.weight * 1000) / (this.#weight + doubt))
    return { categoryId: best.categoryId, confidence, count: best.vote.count, of: this.#count }
  }
}

/** How much one look of earlier choices says about the transaction. */
function affinity(lesson: Lesson, facts: LearnerFacts, band: number): number {
  const apart = Math.abs(lesson.band - band)
  return (
    BASE +
    (lesson.accountId === facts.accountId ? SAME_ACCOUNT : 0) +
    (lesson.merchantCategory !== '' && lesson.merchantCategory === facts.merchantCategory ? SAME_CODE : 0) +
    (apart === 0 ? SAME_BAND : apart === 1 ? NEXT_BAND : 0)
  )
}

/** The whole part of the binary logarithm: how many questions tell a word's payees from the rest. */
const bits = (value: number): number => 31 - Math.clz32(Math.max(1, value))

/**
 * Guesses categories from nothing but this vault's own choices. A known payee: its choices vote, weighted by how alike
 * the transactions are in size, account and trade. An unknown one: the payees whose names share its rarest words vote.
 * All in whole numbers, so that the same choices always give the same guess, whatever the order they were made in.
 */
export class CategoryLearner {
  readonly #payees = new Map<string, KnownPayee>()
  readonly #byWord = new Map<string, KnownPayee[]>()
  readonly #byCode = new Map<string, Lesson[]>()

  constructor(lessons: readonly Lesson[]) {
    for (const lesson of lessons) {
      const key = payeeKey(lesson.payee)
      if (key !== '') this.#payeeOf(key, lesson.payee).lessons.push(lesson)
      if (lesson.merchantCategory !== '') {
        const list = this.#byCode.get(lesson.merchantCategory)
        if (list === undefined) this.#byCode.set(lesson.merchantCategory, [lesson])
        else list.push(lesson)
      }
    }
  }

  get isEmpty(): boolean {
    return this.#payees.size === 0
  }

  /** The best guess with at least `SUGGESTED_FROM` of confidence, or null. */
  guess(facts: LearnerFacts): Guess | null {
    const guess = this.#byPayee(facts) ?? this.#bySimilar(facts) ?? this.#byTrade(facts)
    return guess === null || guess.confidence < SUGGESTED_FROM ? null : guess
  }

  #payeeOf(key: string, name: string): KnownPayee {
    const known = this.#payees.get(key)
    if (known !== undefined) return known
    const payee: KnownPayee = { name, words: payeeWords(name), lessons: [] }
    this.#payees.set(key, payee)
    for (const word of payee.words) {
      const list = this.#byWord.get(word)
      if (list === undefined) this.#byWord.set(word, [payee])
      else list.push(payee)
    }
    return payee
  }

  #byPayee(facts: LearnerFacts): Guess | null {
    const known = this.#payees.get(payeeKey(facts.payee))
    if (known === undefined) return null
    const winner = tally(known.lessons, facts).winner(DOUBT)
    if (winner === null) return null
    const { categoryId, confidence, count, of } = winner
    return { categoryId, confidence, evidence: { by: 'payee', payee: known.name, count, of } }
  }

  #bySimilar(facts: LearnerFacts): Guess | null {
    const words = payeeWords(facts.payee)
    const near = this.#neighbours(words)
    const [nearest] = near
    if (nearest === undefined) return null
    const votes = new Votes()
    const band = amountBand(facts.amountMinor)
    for (const { payee, likeness } of near) {
      for (const lesson of payee.lessons) {
        if (lesson.direction !== Math.sign(facts.amountMinor)) continue
        const weight = Math.floor(
          (Math.min(lesson.count, MOST_COUNTED) * affinity(lesson, facts, band) * likeness) / 1000,
        )
        votes.add(lesson.categoryId, weight, lesson.count)
      }
    }
    const winner = votes.winner(DOUBT)
    if (winner === null) return null
    const { categoryId, count, of } = winner
    const agreeing = near.filter(({ payee }) => payee.lessons.some((lesson) => lesson.categoryId === categoryId))
    const shared = words.filter((word) => agreeing.some(({ payee }) => payee.words.includes(word)))
    // no surer than the names are alike
    const confidence = Math.floor((winner.confidence * (agreeing[0]?.likeness ?? 0)) / 1000)
    const payees = agreeing.slice(0, 3).map(({ payee }) => payee.name)
    return { categoryId, confidence, evidence: { by: 'similar', payees, words: shared, count, of } }
  }

  /** The payees that share the most of the rarest words, the nearest first. `likeness` (Dice’s, in thousandths): what both share of what they have. */
  #neighbours(words: readonly string[]): { readonly payee: KnownPayee; readonly likeness: number }[] {
    const shared = new Map<KnownPayee, number>()
    for (const word of words) {
      const holders = this.#byWord.get(word)
      if (holders === undefined || holders.length > COMMON_WORD) continue
      const weight = this.#rarity(word)
      for (const payee of holders) shared.set(payee, (shared.get(payee) ?? 0) + weight)
    }
    const own = words.reduce((sum, word) => sum + this.#rarity(word), 0)
    return [...shared]
      .map(([payee, common]) => {
        const theirs = payee.words.reduce((sum, word) => sum + this.#rarity(word), 0)
        return { payee, likeness: Math.floor((common * 2000) / Math.max(1, own + theirs)) }
      })
      .filter(({ likeness }) => likeness >= ALIKE_FROM)
      .toSorted((left, right) => right.likeness - left.likeness || (left.payee.name < right.payee.name ? -1 : 1))
      .slice(0, NEIGHBOURS)
  }

  #rarity(word: string): number {
    return 1 + bits(Math.floor((this.#payees.size * 2) / (1 + (this.#byWord.get(word)?.length ?? 1))))
  }

  #byTrade(facts: LearnerFacts): Guess | null {
    const lessons = this.#byCode.get(facts.merchantCategory)
    if (lessons === undefined) return null
    const winner = tally(lessons, facts).winner(DOUBT)
    if (winner === null) return null
    const { categoryId, count, of } = winner
    const confidence = Math.floor((winner.confidence * CODE_CONFIDENCE) / 1000)
    return { categoryId, confidence, evidence: { by: 'merchant-code', code: facts.merchantCategory, count, of } }
  }
}

function tally(lessons: readonly Lesson[], facts: LearnerFacts): Votes {
  const votes = new Votes()
  const band = amountBand(facts.amountMinor)
  for (const lesson of lessons) {
    // what comes back is not filed as what went out
    if (lesson.direction !== Math.sign(facts.amountMinor)) continue
    const weight = Math.min(lesson.count, MOST_COUNTED) * affinity(lesson, facts, band)
    votes.add(lesson.categoryId, weight, lesson.count)
  }
  return votes
}
