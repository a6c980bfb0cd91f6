import { z } from 'zod'
import resource from '../../../../resources/trade-words.json' with { type: 'json' }
import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { BoundedMap, foldPhrase } from '../delimited/vocabulary-text.ts'
import type { ParsedSecurity, TransactionKind } from '../importer.ts'
import { type Role, roles } from './roles.ts'

const words = z.array(z.string())
const flow = z.enum(['in', 'out', 'none', 'written'])
const actions = [
  'buy',
  'sell',
  'dividend',
  'interest',
  'fee',
  'tax',
  'reinvestment',
  'reinvested',
  'split',
  'return-of-capital',
  'security-in',
  'security-out',
  'reward',
  'stake',
  'deposit',
  'withdrawal',
  'transfer',
  'fx',
  'swap',
  'expiry',
  'assignment',
  'corporate',
  'rebate',
  'cancelled',
  'payment',
  'refund',
  'cash',
] as const
export const actionSchema = z.enum(actions)
/** What happened, finer than a transaction's kind. */
export type Action = z.infer<typeof actionSchema>

const kinds = [
  'payment',
  'transfer',
  'buy',
  'sell',
  'dividend',
  'interest',
  'fee',
  'tax',
  'reinvestment',
  'security-in',
  'security-out',
  'split',
  'return-of-capital',
  'refund',
  'cash-withdrawal',
  'other',
] as const satisfies readonly TransactionKind[]

const pattern = z.string().transform((source) => new RegExp(source, 'iu'))
const phrase = z.strictObject({ about: z.string(), pattern })

const effect = z.strictObject({
  kind: z.enum(kinds),
  /** `written`: the sign in the file is all there is to know. */
  cash: flow,
  units: flow,
})
export type Effect = z.infer<typeof effect>

const schema = z.strictObject({
  about: z.string(),
  columns: z.partialRecord(z.enum(roles), words),
  general: words,
  effects: z.record(actionSchema, effect),
  actions: z.array(z.strictObject({ as: actionSchema, words })),
  phrases: z.array(phrase),
  conversions: z.array(phrase),
  assetClasses: z.partialRecord(z.enum(['equity', 'etf', 'fund', 'bond', 'option', 'crypto', 'metal']), words),
  cryptoAssets: words,
  assetAliases: z.record(z.string(), z.string()),
  incomeHeadings: words,
  minorUnits: z.record(z.string(), z.tuple([z.string(), z.string()])),
})

/** The words of `resources/trade-words.json`, checked once when the module loads. */
const table = schema.parse(resource)

export const phrases: readonly RegExp[] = table.phrases.map((entry) => entry.pattern)
export const conversions: readonly RegExp[] = table.conversions.map((entry) => entry.pattern)
export const cryptoAssets: ReadonlySet<string> = new Set(table.cryptoAssets)
/** Headings of lists of dividends, folded. */
export const incomeHeadings: ReadonlySet<string> = new Set(table.incomeHeadings.map(foldPhrase))
/** Hundredths of a currency that exchanges quote in: GBX is a penny sterling. */
export const minorUnits: ReadonlyMap<string, readonly [currency: string, factor: string]> = new Map(
  Object.entries(table.minorUnits),
)
export const assetAliases: ReadonlyMap<string, string> = new Map(Object.entries(table.assetAliases))

export function effectOf(action: Action): Effect {
  return table.effects[action]
}

const SYLLABIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

interface RankedRole {
  readonly role: Role
  /** Place in the role's list: of two columns, the one with the earlier word has the role. */
  readonly rank: number
}

const rolesByPhrase: ReadonlyMap<string, readonly RankedRole[]> = (() => {
  const index = new Map<string, RankedRole[]>()
  for (const role of roles) {
    for (const [rank, text] of (table.columns[role] ?? []).entries()) {
      for (const folded of new Set([foldHeading(text), foldHeading(text.toLowerCase())])) {
        const known = index.get(folded)
        if (known === undefined) index.set(folded, [{ role, rank }])
        else if (!known.some((entry) => entry.role === role)) known.push({ role, rank })
      }
    }
  }
  return index
})()

/** What one place in a list is worth: never as much as a better match of words. */
const RANK = 0.0001

const general: ReadonlySet<string> = new Set(table.general.map(foldHeading))

/** A heading for comparison. `#` and `№` stand for a number and survive the folding that drops signs. */
function foldHeading(text: string): string {
  const folded = foldPhrase(text.replaceAll('#', ' nr ').replaceAll('№', ' nr '))
  return SYLLABIC.test(folded) ? folded.replaceAll(' ', '') : folded
}

export interface RoleMatch {
  readonly role: Role
  /** 1 for the very words, less where they are a part of the heading. */
  readonly score: number
}

const isCurrencyWord = (word: string): boolean =>
  word === 'rs' || (word.length === 3 && isCurrencyCode(word.toUpperCase()))

function addMatches(found: Map<Role, number>, phraseText: string, score: number): boolean {
  const matches = rolesByPhrase.get(phraseText)
  if (matches === undefined) return false
  for (const { role, rank } of matches) {
    const worth = score - rank * RANK
    if ((found.get(role) ?? 0) < worth) found.set(role, worth)
  }
  return true
}

const headingCache = new BoundedMap<readonly RoleMatch[]>(2048)

/** Everything a heading may mean in a table of activities, the likeliest first. */
export function matchHeading(heading: string): readonly RoleMatch[] {
  if (heading.length > 80) return []
  const known = headingCache.get(heading)
  if (known !== undefined) return known
  const found = new Map<Role, number>()
  const whole = foldHeading(heading)
  const lower = foldHeading(heading.toLowerCase())
  if (whole !== '' && !addMatches(found, whole, 1) && !addMatches(found, lower, 1) && !addCoin(found, heading)) {
    // "Amount (INR)", "Price ($)", "Total(GBP)": what stands in brackets is a unit
    const bare = foldHeading(heading.replaceAll(/[([（［][^)\]）］]{0,30}[)\]）］]/g, ' '))
    if (bare === whole || bare === '' || !addMatches(found, bare, 0.97)) {
      const parts = whole.split(' ')
      const plain = parts.filter((word, at) => !(isCurrencyWord(word) && at > 0 && at === parts.length - 1))
      if (plain.length === parts.length || !addMatches(found, plain.join(' '), 0.95)) addParts(found, whole)
    }
  }
  const matches = [...found].map(([role, score]): RoleMatch => ({ role, score }))
  return headingCache.set(
    heading,
    matches.toSorted((left, right) => right.score - left.score),
  )
}

/** "BTC Amount", "Price (ETH)", "Fee BTC": a heading that names the coin itself. */
function addCoin(found: Map<Role, number>, heading: string): boolean {
  const parts = heading.split(/[\s()_/]+/).filter((word) => word !== '')
  const rest = parts.filter((word) => !cryptoAssets.has(word))
  if (rest.length === parts.length || rest.length === 0) return false
  const folded = foldHeading(rest.join(' '))
  if (/^(?:amount|quantity|volume|betrag|menge|montant|importe)$/.test(folded)) {
    found.set('quantity', 0.98)
    return true
  }
  return addMatches(found, folded, 0.96)
}

/** Longer words inside a heading: "Total Commission paid" is about a commission. */
function addParts(found: Map<Role, number>, folded: string): void {
  if (SYLLABIC.test(folded)) {
    for (let from = 0; from < folded.length; from += 1) {
      for (let to = folded.length; to - from >= 2; to -= 1) {
        const part = folded.slice(from, to)
        if (!general.has(part)) addMatches(found, part, 0.4 + (0.4 * (to - from)) / folded.length)
      }
    }
    return
  }
  const parts = folded.split(' ')
  if (parts.length < 2 || parts.length > 8) return
  for (let from = 0; from < parts.length; from += 1) {
    for (let to = parts.length; to > from; to -= 1) {
      const part = parts.slice(from, to).join(' ')
      if (part.length < 4 || general.has(part)) continue
      addMatches(found, part, 0.4 + (0.4 * part.length) / folded.length)
    }
  }
}

interface Phrase {
  readonly text: string
  readonly action: Action
}

const exactActions: ReadonlyMap<string, Action> = new Map(
  table.actions
    .flatMap(({ as, words: list }) => list.map((text): [string, Action] => [foldPhrase(text), as]))
    .toReversed(),
)

/** Phrases that may stand at the beginning of or inside a longer text: by their first word, the longest first. */
const actionPhrases: ReadonlyMap<string, readonly Phrase[]> = (() => {
  const index = new Map<string, Phrase[]>()
  for (const [text, action] of exactActions) {
    if (SYLLABIC.test(text) ? text.length < 2 : text.length < 3) continue
    const start = SYLLABIC.test(text) ? text.slice(0, 2) : (text.split(' ')[0] ?? text)
    const list = index.get(start)
    if (list === undefined) index.set(start, [{ text, action }])
    else list.push({ text, action })
  }
  for (const list of index.values()) list.sort((left, right) => right.text.length - left.text.length)
  return index
})()

/** Words that begin too many names and sentences to mean anything in the midst of a text. */
const ONLY_IN_FRONT: ReadonlySet<string> = new Set(
  'trade trades spot income release fund award gift grant gold lost note order sale long credit debit journal check bonus plan swap exchange exp exercise rights change received sent spend receive send vente costs kosten total call share shares investment staking conversion exchange transfer fee fees tax taxes commission interest contribution redemption distribution'.split(
    ' ',
  ),
)

/** Texts that are rather sentences than words for a kind. */
const LONGEST_TEXT = 200

const exactCache = new BoundedMap<Action | 'none'>(2048)
const textCache = new BoundedMap<Action | 'none'>(2048)

/** The action that a cell names in full ("Market buy", "DIVIDEND", "買付"), or null. */
export function actionOfCell(text: string): Action | null {
  const known = exactCache.get(text)
  if (known !== undefined) return known === 'none' ? null : known
  const folded = text.length > 60 ? '' : foldPhrase(text)
  const action =
    exactActions.get(folded) ??
    exactActions.get(foldPhrase(text.slice(0, 60).toLowerCase())) ??
    exactActions.get(folded.replace(/^you /, '')) ??
    null
  exactCache.set(text, action ?? 'none')
  return action
}

/** The action that a text speaks of: its beginning counts most, then the longest phrase inside it. */
export function actionOfText(text: string): Action | null {
  const exact = actionOfCell(text)
  if (exact !== null) return exact
  const known = textCache.get(text)
  if (known !== undefined) return known === 'none' ? null : known
  const action = searchAction(foldPhrase(text.slice(0, LONGEST_TEXT)))
  textCache.set(text, action ?? 'none')
  return action
}

function searchAction(folded: string): Action | null {
  if (folded === '') return null
  const syllabic = SYLLABIC.test(folded)
  let best: Phrase | null = null
  let bestWeight = 0
  const consider = (candidate: Phrase, at: number): void => {
    const weight = candidate.text.length + (at === 0 ? 6 : 0)
    if (weight > bestWeight) {
      best = candidate
      bestWeight = weight
    }
  }
  if (syllabic) {
    const plain = folded.replaceAll(' ', '')
    for (let at = 0; at + 2 <= plain.length && at < 60; at += 1) {
      const hit = actionPhrases.get(plain.slice(at, at + 2))?.find(({ text }) => plain.startsWith(text, at))
      if (hit !== undefined) consider(hit, at)
    }
  }
  let at = 0
  let count = 0
  for (const word of folded.split(' ')) {
    count += 1
    if (count > 30) break
    for (const candidate of actionPhrases.get(word) ?? []) {
      if (!folded.startsWith(candidate.text, at)) continue
      const after = folded.charCodeAt(at + candidate.text.length)
      if (!Number.isNaN(after) && after !== 32) continue
      if (at > 4 && ONLY_IN_FRONT.has(candidate.text)) continue
      consider(candidate, at)
      break
    }
    at += word.length + 1
  }
  return (best as Phrase | null)?.action ?? null
}

const classes: ReadonlyMap<string, NonNullable<ParsedSecurity['class']>> = new Map(
  Object.entries(table.assetClasses).flatMap(([name, list]) =>
    list.map((text): [string, NonNullable<ParsedSecurity['class']>] => [
      foldPhrase(text),
      name as NonNullable<ParsedSecurity['class']>,
    ]),
  ),
)

/** What kind of security a cell of a class column names, or undefined. */
export function classOfCell(text: string): ParsedSecurity['class'] | undefined {
  return text.length > 40 ? undefined : classes.get(foldPhrase(text))
}
