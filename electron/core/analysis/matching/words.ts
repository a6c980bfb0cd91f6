import { z } from 'zod'
import table from '../../../../resources/matching-words.json' with { type: 'json' }

const wordsSchema = z.strictObject({
  about: z.string(),
  transfer: z.array(z.string()),
  card: z.array(z.string()),
  wallet: z.array(z.string()),
  refund: z.array(z.string()),
  fee: z.array(z.string().min(2)),
  processors: z.array(
    z.strictObject({ key: z.string(), importers: z.array(z.string()), words: z.array(z.string().min(2)) }),
  ),
  empty: z.array(z.string()),
})
const words = wordsSchema.parse(table)

const PLAIN = /^[\u0021-\u007e]*$/

/** Text as far as it carries meaning: width, case and spacing evened out. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

const SEPARATORS = /[^\p{L}\p{N}]+/u
const HAN = /\p{Script=Han}/u

/** The folded text's words between single spaces, with one at either end, so that a word can be looked for whole. */
function spaced(folded: string): string {
  return ` ${folded.split(SEPARATORS).filter(Boolean).join(' ')} `
}

type Phrase = (text: { readonly folded: string; readonly spaced: string }) => boolean

function phraseOf(word: string): Phrase {
  const folded = foldText(word)
  if (HAN.test(folded)) return (text) => text.folded.includes(folded)
  const whole = spaced(folded)
  return (text) => text.spaced.includes(whole)
}

export type Role = 'transfer' | 'card' | 'wallet' | 'refund'
const roles: Readonly<Record<Role, readonly Phrase[]>> = {
  transfer: words.transfer.map(phraseOf),
  card: words.card.map(phraseOf),
  wallet: words.wallet.map(phraseOf),
  refund: words.refund.map(phraseOf),
}
const processors = words.processors.map(({ key, importers, words: names }) => ({
  key,
  importers: new Set(importers),
  phrases: names.map(phraseOf),
}))
const empty = new Set(words.empty.map(foldText))

/** The words of a text that tell it from others: Latin words whole, Chinese in pairs of characters, no figures. */
function tellingWords(folded: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const part of folded.split(SEPARATORS)) {
    if (part.length < 2 || empty.has(part)) continue
    if (!HAN.test(part)) {
      if (!/^\d+$/.test(part)) found.add(part.replaceAll(/(?<!\d)\d{3,}$/g, ''))
      continue
    }
    for (let at = 0; at + 1 < part.length && at < 60; at += 1) {
      const pair = part.slice(at, at + 2)
      if (!empty.has(pair) && !/^\d+$/.test(pair)) found.add(pair)
    }
  }
  found.delete('')
  return found
}

/** The words of a line, taken apart once. */
export interface LineWords {
  readonly payee: string
  readonly folded: string
  readonly spaced: string
  readonly payeeWords: ReadonlySet<string>
  readonly allWords: ReadonlySet<string>
  /** Runs of digits and letters, for numbers of accounts and references. */
  readonly tokens: ReadonlySet<string>
  /** Whether the line speaks of this. */
  hasRole(role: Role): boolean
}

/** Longer texts are cut: what tells a line apart stands at the beginning. */
const LONGEST = 400

class TakenApart implements LineWords {
  readonly payee: string
  readonly folded: string
  #spaced: string | null = null
  #payeeWords: ReadonlySet<string> | null = null
  #allWords: ReadonlySet<string> | null = null
  #tokens: ReadonlySet<string> | null = null
  readonly #roles = new Map<Role, boolean>()

  constructor(payee: string, memo: string) {
    this.payee = foldText(payee.slice(0, LONGEST))
    this.folded = memo === '' ? this.payee : `${this.payee} ${foldText(memo.slice(0, LONGEST))}`
  }

  get spaced(): string {
    this.#spaced ??= spaced(this.folded)
    return this.#spaced
  }

  get payeeWords(): ReadonlySet<string> {
    this.#payeeWords ??= tellingWords(this.payee)
    return this.#payeeWords
  }

  get allWords(): ReadonlySet<string> {
    this.#allWords ??= this.folded === this.payee ? this.payeeWords : tellingWords(this.folded)
    return this.#allWords
  }

  get tokens(): ReadonlySet<string> {
    this.#tokens ??= new Set(this.folded.split(/[^\p{N}a-z]+/u).filter((token) => token.length >= 4))
    return this.#tokens
  }

  hasRole(role: Role): boolean {
    let has = this.#roles.get(role)
    if (has === undefined) {
      has = roles[role].some((phrase) => phrase(this))
      this.#roles.set(role, has)
    }
    return has
  }
}

/** The words of a line; taken apart in each way once, when that is first asked for. */
export function lineWords(payee: string, memo: string): LineWords {
  return new TakenApart(payee, memo)
}

export function hasRole(text: LineWords, role: Role): boolean {
  return text.hasRole(role)
}

const feeWords = words.fee.map(foldText)

/** The figure that follows a word for a fee, as written ("0.10"), where the folded text has one. */
export function feeFigureIn(folded: string): string | null {
  for (const word of feeWords) {
    const at = folded.indexOf(word)
    if (at < 0) continue
    const behind = folded.slice(at + word.length, at + word.length + 24)
    const figure = /^\s?[:：]?\s?[¥￥$€£]?\s?(\d{1,9}(?:\.\d{1,4})?)(?![\d.,%])/u.exec(behind)?.[1]
    if (figure !== undefined) return figure
  }
  return null
}

const refundWords = words.refund.map(foldText)

/** A quick look whether a text may speak of a refund, before its words are taken apart. */
export function maySpeakOfRefund(payee: string, memo: string): boolean {
  const folded = foldText(`${payee.slice(0, LONGEST)} ${memo.slice(0, LONGEST)}`)
  return refundWords.some((word) => folded.includes(word))
}

/** The platform whose bill the importer reads, if it is one. */
export function processorOfImporter(importer: string): string | null {
  return processors.find(({ importers }) => importers.has(importer))?.key ?? null
}

/** Whether a line speaks of the platform. */
export function namesProcessor(text: LineWords, key: string): boolean {
  return processors.find((processor) => processor.key === key)?.phrases.some((phrase) => phrase(text)) ?? false
}

/** The platforms that a name or a text speaks of. */
export function processorsIn(text: string): readonly string[] {
  const folded = foldText(text)
  const parts = { folded, spaced: spaced(folded) }
  return processors.filter(({ phrases }) => phrases.some((phrase) => phrase(parts))).map(({ key }) => key)
}

export type Likeness = 'same' | 'similar' | 'other' | 'unknown'

function shared(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const smaller = Math.min(left.size, right.size)
  return smaller > 0 && left.intersection(right).size * 2 >= smaller
}

/**
 * How alike the words of two lines are: `same` payee, `similar` where half of the telling words of one occur in the
 * other, `unknown` where one has none.
 */
export function likenessOf(left: LineWords, right: LineWords): Likeness {
  if (left.payee !== '' && left.payee === right.payee) return 'same'
  if (left.allWords.size === 0 || right.allWords.size === 0) return 'unknown'
  if (shared(left.payeeWords, right.payeeWords)) return 'similar'
  if (shared(left.payeeWords, right.allWords) || shared(left.allWords, right.payeeWords)) return 'similar'
  return 'other'
}
