import { z } from 'zod'
import table from '../../../../../resources/payee-cleanup.json' with { type: 'json' }

const knownFrom = { from: z.enum(['processor', 'bank-lines']) }
const codesSchema = z.strictObject({ source: z.string(), codes: z.array(z.string().regex(/^[A-Z]{2,3}$/)) })
const vocabularySchema = z.strictObject({
  about: z.string(),
  prefixes: z.array(
    z.strictObject({
      text: z.string().min(2),
      of: z.string(),
      confirmed: z.boolean(),
      needsSeparator: z.boolean().optional(),
      needsStar: z.boolean().optional(),
      ...knownFrom,
    }),
  ),
  phrases: z.array(
    z.strictObject({
      language: z.string(),
      texts: z.array(z.string().min(2)),
      needsNumber: z.boolean().optional(),
      ...knownFrom,
    }),
  ),
  names: z.array(
    z.strictObject({ starts: z.string().min(4), name: z.string().min(1), confirmed: z.boolean(), ...knownFrom }),
  ),
  numberWords: z.array(z.string()),
  ownersOfNumbers: z.array(z.string()),
  cardWords: z.array(z.string()),
  courtesies: z.array(z.string()),
  states: codesSchema,
  countries: codesSchema,
})
export const payeeVocabulary = vocabularySchema.parse(table)

const isAscii = (text: string): boolean => !/[^\p{ASCII}]/u.test(text)
/** Wide forms, and halves of characters beyond the first plane, which this leaves alone. */
const needsEachCharacter = (text: string): boolean => /[\u3000\uff01-\uff5e\ud800-\udfff]/.test(text)

/** Compares as written in either width and case; as long as the text itself, so that places in it agree. */
function plain(text: string): string {
  const whole = text.toUpperCase()
  if (isAscii(text) || (whole.length === text.length && !needsEachCharacter(text))) return whole
  let folded = ''
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    // the wide forms of ASCII stand in the same order as ASCII; the wide space is apart
    const narrow = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code === 0x3000 ? 0x20 : code
    const character = String.fromCharCode(narrow)
    const upper = character.toUpperCase()
    folded += upper.length === 1 ? upper : character
  }
  return folded
}

/** By their first character, the longest first: most texts begin with none of them. */
function byBeginning<Entry extends { readonly text: string }>(
  entries: readonly Entry[],
): (text: string) => readonly Entry[] {
  const groups = Map.groupBy(
    entries.toSorted((left, right) => right.text.length - left.text.length),
    ({ text }) => text.charAt(0),
  )
  return (text) => groups.get(text.charAt(0)) ?? []
}

const prefixesFor = byBeginning(
  payeeVocabulary.prefixes.map((entry) => Object.assign({}, entry, { text: plain(entry.text) })),
)
const phrasesFor = byBeginning(
  payeeVocabulary.phrases.flatMap(({ texts, needsNumber = false }) =>
    texts.map((text) => ({ text: plain(text), needsNumber })),
  ),
)
const namesFor = byBeginning(payeeVocabulary.names.map(({ starts, name }) => ({ text: plain(starts), name })))
const courtesies = payeeVocabulary.courtesies.map((text) => ` ${plain(text)}`)
const numberWords = new Set(payeeVocabulary.numberWords)
const ownersOfNumbers = new Set(payeeVocabulary.ownersOfNumbers)
const cardWords = new Set(payeeVocabulary.cardWords)
const states = new Set(payeeVocabulary.states.codes)
const countries = new Set(payeeVocabulary.countries.codes)

/** Longer texts are no names; they stay as they are. */
const LONGEST = 300

const SEPARATOR = /^[\s\-–—_:*/|,.]$/
const hasLetter = (text: string): boolean => /\p{L}/u.test(text)
const isPlace = (token: string): boolean => states.has(token) || countries.has(token)

const startsWithDigit = (token: string): boolean => token >= '0' && token < ':'

/** "14/03", "2026-03-14", "14.03.26", "14MAR", "12:30". */
function isDateOrTime(token: string): boolean {
  // most words are none of them
  if (!startsWithDigit(token)) return false
  return (
    /^\d{1,2}[./-]\d{1,2}\.?$/.test(token) ||
    /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(token) ||
    /^\d{4}[./-]\d{1,2}[./-]\d{1,2}$/.test(token) ||
    /^\d{1,2}(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:\d{2}|\d{4})?$/.test(token) ||
    /^\d{1,2}:\d{2}(?::\d{2})?$/.test(token)
  )
}

/** "XXXX1234", "*1234", "****1234", "X1234". */
const isCardDigits = (token: string): boolean => /^[X*]+\d{4}$/.test(token)
/** "#1234", "#0042-A". */
const isMarkedNumber = (token: string): boolean => /^#\d[\d-]*[A-Z]?$/.test(token)
/** A number that is no part of a name: a branch, an order, a terminal. */
const isLongNumber = (token: string): boolean => /^\d{3,20}$/.test(token)
const isPhone = (token: string): boolean =>
  /^(?:\+?\d{1,3}-)?\(?\d{3}\)?-\d{3}-\d{4}$/.test(token) || /^\d{3}-\d{7}$/.test(token) || /^\+\d{7,15}$/.test(token)
/** "*2K3AB4C71" behind a name: an order's code, which has digits. */
const isOrderCode = (code: string): boolean => /^[A-Z0-9]{5,20}$/.test(code) && /\d/.test(code)

interface Token {
  /** As it was written. */
  readonly raw: string
  readonly text: string
}

/** The words of a text; `folded`: the text made plain. */
function tokensOf(text: string, folded = plain(text)): Token[] {
  const plainWords = folded.split(/\s+/)
  const tokens: Token[] = []
  for (const [index, raw] of text.split(/\s+/).entries()) {
    if (raw !== '') tokens.push({ raw, text: plainWords[index] ?? '' })
  }
  return tokens
}

const joined = (tokens: readonly Token[]): string => tokens.map(({ raw }) => raw).join(' ')
const namesSomething = (tokens: readonly Token[]): boolean => tokens.some(({ text }) => hasLetter(text))

/** Takes one prefix away, where a name is left. */
function withoutPrefix(text: string, folded: string): string {
  for (const { text: prefix, needsSeparator, needsStar } of prefixesFor(folded)) {
    if (!folded.startsWith(prefix)) continue
    const rest = text.slice(prefix.length)
    const next = folded.charAt(prefix.length)
    if (needsSeparator === true && !SEPARATOR.test(next)) continue
    if (needsStar === true && next !== '*') continue
    const name = rest.replace(/^[\s\-–—－_:：*/|,]{1,10}/u, '')
    if (hasLetter(name)) return name
  }
  for (const { text: phrase, needsNumber } of phrasesFor(folded)) {
    if (!folded.startsWith(phrase) || !SEPARATOR.test(folded.charAt(phrase.length))) continue
    const behind = text.slice(phrase.length).replace(/^[\s\-–—:*/,]{1,10}/u, '')
    const first = tokensOf(behind)[0]?.text ?? ''
    const isNumber = /^\d{4}$/.test(first) || isLongNumber(first) || isDateOrTime(first) || isCardDigits(first)
    // "EC Berlin" and "Visa office" may be names; "EC 12345678 …" and "VISA 14/03 …" are not
    if (needsNumber && !isNumber) continue
    const name = isNumber ? behind.slice(behind.search(/\s|$/)).trim() : behind
    if (hasLetter(name)) return name
  }
  return text
}

/** Takes away what a terminal writes before the name: dates, the digits of a card, its own number. */
function withoutLead(tokens: readonly Token[]): readonly Token[] {
  let from = 0
  for (; from < tokens.length - 1; from += 1) {
    const token = tokens[from]?.text ?? ''
    const isCardWord = cardWords.has(token) && /^[X*]*\d{4}$/.test(tokens[from + 1]?.text ?? '')
    const isNumber = isLongNumber(token) && token.length >= 6
    if (!isCardWord && !isNumber && !isDateOrTime(token) && !isCardDigits(token)) break
    if (isCardWord) from += 1
  }
  if (from === 0) return tokens
  const rest = tokens.slice(from)
  return namesSomething(rest) ? rest : tokens
}

/** Cuts where a branch's number stands before its place: "COFFEE #0123 SEATTLE WA". */
function withoutPlace(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1)?.text ?? ''
  const at = tokens.findIndex(
    ({ text }, index) => index > 0 && (isMarkedNumber(text) || isPhone(text) || (isLongNumber(text) && isPlace(last))),
  )
  if (at < 1) return tokens
  const behind = tokens.slice(at + 1)
  const isPlaceBehind = behind.length === 0 || isPlace(last) || isMarkedNumber(tokens[at]?.text ?? '')
  const name = tokens.slice(0, at)
  return isPlaceBehind && behind.length <= 5 && namesSomething(name) ? name : tokens
}

/** Takes away what stands behind the name: numbers, dates, card digits, order codes. */
function withoutTail(tokens: readonly Token[]): readonly Token[] {
  let end = tokens.length
  for (; end > 1; end -= 1) {
    const token = tokens[end - 1]?.text ?? ''
    const before = tokens[end - 2]?.text ?? ''
    const isNumbered = numberWords.has(before) && /^[#:]?\d{1,12}$/.test(token) && end > 2
    const isCard = cardWords.has(before) && /^[X*]*\d{4}$/.test(token) && end > 2
    const isNoise =
      isLongNumber(token) || isMarkedNumber(token) || isPhone(token) || isDateOrTime(token) || isCardDigits(token)
    // "Transfer to 9876": the number is the name
    if (ownersOfNumbers.has(before) || (!isNumbered && !isCard && !isNoise)) break
    if (isNumbered || isCard) end -= 1
  }
  if (end === tokens.length) return tokens
  const rest = tokens.slice(0, end)
  return namesSomething(rest) ? rest : tokens
}

/** "SHOP//Berlin/DE", "SHOP\\BERLIN\DE", and columns set apart by spaces that end with a country or state. */
function withoutColumns(text: string, folded: string): string {
  if (!/[/\\]|\s\s/.test(text)) return text
  for (const mark of ['//', '\\']) {
    const at = folded.indexOf(mark)
    const end = folded.slice(Math.max(folded.lastIndexOf('/'), folded.lastIndexOf('\\')) + 1).trim()
    if (at > 0 && countries.has(end) && hasLetter(text.slice(0, at))) return text.slice(0, at)
  }
  const columns = text.split(/\s{2,}/)
  const last =
    plain(columns.at(-1) ?? '')
      .split(' ')
      .at(-1) ?? ''
  const [first] = columns
  if (columns.length < 2 || first === undefined || !isPlace(last) || !hasLetter(first)) return text
  return first
}

function withoutCode(text: string): string {
  const star = text.lastIndexOf('*')
  if (star < 2 || !isOrderCode(plain(text.slice(star + 1)).trim())) return text
  const name = text.slice(0, star).trim()
  return hasLetter(name) ? name : text
}

function withoutCourtesy(text: string, folded: string): string {
  const courtesy = courtesies.find((entry) => folded.endsWith(entry))
  return courtesy === undefined ? text : text.slice(0, -courtesy.length)
}

/** What one step makes of a text, which most leave as it is; with it made plain. */
function afterStep(before: Token, step: (text: string, folded: string) => string): Token {
  const raw = step(before.raw, before.text).trim()
  return raw === before.raw ? before : { raw, text: plain(raw) }
}

function cleanedOnce(given: string): string {
  const folded = plain(given)
  const known = namesFor(folded).find((entry) => folded.startsWith(entry.text))
  if (known !== undefined) return known.name
  const steps = [withoutColumns, withoutPrefix, withoutCourtesy]
  const { raw, text } = steps.reduce(afterStep, { raw: given, text: folded })
  const name = withoutCode(raw)
  const tokens = tokensOf(name, name === raw ? text : plain(name))
  // what is taken away from either end has a number in it
  return joined(/\d/.test(text) ? withoutTail(withoutPlace(withoutLead(tokens))) : tokens)
}

/** More rounds than there are kinds of ornament around one name. */
const MOST_ROUNDS = 12

/**
 * A payee's name out of what a bank wrote: without the payment processor, the kind of booking, card digits, dates,
 * branch numbers, telephone numbers and the place behind them. Answers the text itself, spaces put in order, where
 * nothing would be left, and is the same again when done twice. Nothing is made up: but for a few names that are known
 * by what they are shortened to, the answer is a part of the text.
 */
export function cleanPayee(raw: string): string {
  const given = raw.trim()
  if (given === '' || given.length > LONGEST) return given
  let text = given
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = cleanedOnce(text)
    if (next === text || next === '') break
    text = next
  }
  return text
}
