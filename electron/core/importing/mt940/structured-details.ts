import { accountNumber, type Details, joinLines, tidy } from './details.ts'
import { looksLikeIban } from './account-field.ts'
import { realReference } from './statement-line.ts'

/** An optional code, then a mark and two digits: "166?00", "020~00", "020<00", "?20", " 020?00". */
const SHAPE = /^\s*(\d{3})?\s?([?~<>^@!|&#$§%*])(?=\d\d)/

/** Characters of a subfield from which on the next one continues it without a space (27x in the German rules). */
const FULL_SUBFIELD = 27

/** SEPA keywords within the purpose (DFÜ-Abkommen, Anlage 3, 8.2.3). */
const KEYWORDS: ReadonlySet<string> = new Set(
  'EREF KREF MREF BREF RREF CRED DEBT COAM OAMT SVWZ ABWA ABWE IBAN PURP SQTP ANAM'.split(' '),
)

/** The mark that divides the subfields; null where the text is not structured so. */
export function subfieldMark(first: string): string | null {
  return SHAPE.exec(first)?.[2] ?? null
}

/** A structured field in one line: a mark at a line's edge is never parted from its digits. */
function joined(lines: readonly string[], mark: string): string {
  let text = ''
  for (const [index, line] of lines.entries()) {
    const glued =
      index === 0 ||
      line.startsWith(mark) ||
      text.endsWith(mark) ||
      text.endsWith(' ') ||
      (lines[index - 1] ?? '').length >= 60
    text += glued ? line : ` ${line}`
  }
  return text
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Joins subfields that are parts of one text. */
class Parts {
  text = ''
  #last = 0

  add(value: string): void {
    if (value === '') return
    if (this.text === '') this.text = value
    else this.text += this.#last >= FULL_SUBFIELD || this.text.endsWith(' ') ? value : ` ${value}`
    this.#last = value.length
  }
}

interface Keyed {
  readonly plain: string
  readonly values: ReadonlyMap<string, string>
}

/** The keyword that ends where "+" or ": " stands; null where it is another word. */
function keywordBefore(text: string, at: number): string | null {
  const word = text.slice(Math.max(0, at - 4), at)
  if (KEYWORDS.has(word)) return word
  return word.endsWith('BIC') ? 'BIC' : null
}

/** Divides a purpose at its SEPA keywords, "EREF+…" or "EREF: …"; null where it has none. */
function keyed(purpose: string): Keyed | null {
  const sign = purpose.includes('+') ? '+' : ': '
  const values = new Map<string, string>()
  let plain: string | null = null
  let key = ''
  let from = 0
  const take = (end: number): void => {
    const value = purpose.slice(from, end).trim()
    if (plain === null) plain = value
    else if (value !== '' && !values.has(key)) values.set(key, value)
  }
  for (let at = purpose.indexOf(sign); at >= 0; at = purpose.indexOf(sign, at + 1)) {
    const word = keywordBefore(purpose, at)
    if (word === null) continue
    const begin = at - word.length
    if (sign === ': ' && begin > 0 && purpose.charAt(begin - 1) !== ' ') continue
    take(Math.max(from, begin))
    key = word
    from = at + sign.length
  }
  if (plain === null) return null
  take(purpose.length)
  return { plain, values }
}

/**
 * Reads the structured field 86 of German, Austrian, Polish and other banks: subfields of two digits behind a mark
 * (DFÜ-Abkommen, Anlage 3, 8.2.3): 00 booking text, 20–29 and 60–63 purpose, 30/31 bank and account, 32/33 name;
 * Polish banks put the IBAN of the other side into 38.
 */
export function readStructuredDetails(lines: readonly string[], mark: string): Details {
  const text = joined(lines, mark)
  const begin = text.indexOf(mark)
  const bookingText = new Parts()
  const purpose = new Parts()
  const name = new Parts()
  let account = ''
  let iban = ''
  let fallback = ''
  let at = begin
  while (at >= 0 && at < text.length) {
    let next = text.indexOf(mark, at + 3)
    while (next >= 0 && !(isDigit(text.charCodeAt(next + 1)) && isDigit(text.charCodeAt(next + 2)))) {
      next = text.indexOf(mark, next + 1)
    }
    const code = text.slice(at + 1, at + 3)
    const value = text.slice(at + 3, next < 0 ? undefined : next)
    const group = code.charAt(0)
    if (code === '00') bookingText.add(value)
    else if (group === '2' || code === '60' || code === '61' || code === '62' || code === '63') purpose.add(value)
    else if (code === '31') account += value
    // Triodos has the other side's account in 10, where German banks number their journal
    else if (code === '10' && mark === '>') fallback = value
    else if (code === '32' || code === '33') name.add(value)
    else if (code === '38') iban += value
    at = next
  }
  const transactionCode = /^\s*(\d{3})/.exec(text.slice(0, begin))?.[1]
  const sepa = keyed(purpose.text)
  const value = (key: string): string | undefined => sepa?.values.get(key)
  const written = iban !== '' ? iban : account !== '' ? account : (value('IBAN') ?? fallback)
  const remittance = sepa === null ? purpose.text : (value('SVWZ') ?? sepa.plain)
  return {
    transactionCode,
    bookingText: tidy(bookingText.text),
    purpose: tidy(remittance),
    payee: tidy(name.text) ?? tidy(value('ANAM') ?? value('ABWE') ?? value('ABWA')),
    counterparty: accountNumber(written),
    endToEndId: realReference(value('EREF')),
    customerReference: realReference(value('KREF')),
    ...(value('RREF') !== undefined || value('OAMT') !== undefined ? { returned: true } : {}),
  }
}

/**
 * Reads the lines that Commerzbank and others put into a field NS: two digits, then text. 01–14 purpose, 15/16 name,
 * 17 booking text.
 */
export function readNumberedLines(lines: readonly string[]): Details {
  const purpose: string[] = []
  const name: string[] = []
  let bookingText: string | undefined
  for (const line of lines) {
    const code = Number(line.slice(0, 2))
    const value = line.slice(2).trim()
    if (!/^\d\d/.test(line) || value === '') continue
    if (code >= 1 && code <= 14) purpose.push(value)
    else if (code === 15 || code === 16) name.push(value)
    else if (code === 17) bookingText = value
  }
  return { purpose: tidy(purpose.join(' ')), payee: tidy(name.join(' ')), bookingText: tidy(bookingText) }
}

/** "999SEPA_CREDIT_TRANSFER:purpose:name:IBAN", as banks on the Solaris platform write it. */
const COLONED = /^\d{3}([A-Z_]{4,40}):(.*)$/s

/** "BEA   NR:CT409640 24.08.19/15.49 SHOP PLACE,PAS263": payments and withdrawals with a card at ABN AMRO. */
const DUTCH_CARD =
  /^(BEA|GEA)\b.{0,20}\bNR:\s?\S{1,12}\s{1,10}\d\d\.\d\d\.\d\d\/(\d\d)[.:](\d\d)\s{1,10}(.{1,80}?),\s?PAS\s?\d{1,4}/s

/** Reads field 86 without any structure: what is sure to be told from it, and the text as it stands. */
export function readFreeDetails(lines: readonly string[], supplement: string): Details {
  const text = tidy(joinLines(lines)) ?? ''
  const coloned = COLONED.exec(text)
  if (coloned !== null) {
    const parts = (coloned[2] ?? '').split(':')
    const at = parts.findLastIndex((part) => /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(part))
    const bookingText = tidy(coloned[1]?.replaceAll('_', ' '))
    if (at < 1) return { bookingText, purpose: tidy(coloned[2]) }
    const purpose = [parts.slice(0, at - 1).join(':'), ...parts.slice(at + 1)].join(' ')
    return { bookingText, purpose: tidy(purpose), payee: tidy(parts[at - 1]), counterparty: parts[at] }
  }
  const card = DUTCH_CARD.exec(text)
  if (card !== null) {
    const [, kind = '', hour = '', minute = '', place = ''] = card
    const time = hour < '24' && minute < '60' ? `${hour}:${minute}` : undefined
    return { payee: tidy(place), time, purpose: text, bookingText: kind === 'GEA' ? 'GELDAUTOMAAT' : 'BETAALAUTOMAAT' }
  }
  if (/^999[A-Za-z]/.test(text)) return { transactionCode: '999', purpose: tidy(text.slice(3)) }
  const space = text.indexOf(' ')
  const first = space < 0 ? text : text.slice(0, space)
  if (!looksLikeIban(first)) return { purpose: tidy(text) }
  const rest = text.slice(first.length).trim()
  // ASN and its sisters: the other side's IBAN and name, which the line above has, too
  const name = tidy(supplement)
  const repeated = name !== undefined && rest.toLowerCase().startsWith(name.toLowerCase())
  return {
    counterparty: first,
    purpose: tidy(repeated ? rest.slice(name.length) : rest),
    ...(repeated ? { payee: name } : {}),
  }
}
