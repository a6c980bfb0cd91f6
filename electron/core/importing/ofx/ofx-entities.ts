/**
 * Character references as banks write them: the five of XML, numbers, and the names of HTML's Latin-1 letters.
 * A fixed table, one character for one reference: declarations in the file are never looked at, nothing can grow.
 */

const LATIN_NAMES =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml'

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['euro', '\u20ac'],
  ['ndash', '\u2013'],
  ['mdash', '\u2014'],
  ['lsquo', '\u2018'],
  ['rsquo', '\u2019'],
  ['ldquo', '\u201c'],
  ['rdquo', '\u201d'],
  ['hellip', '\u2026'],
  ['trade', '\u2122'],
  ['bull', '\u2022'],
  ...LATIN_NAMES.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
])

const LONGEST_REFERENCE = 10

function fromCode(code: number): string | null {
  const surrogate = code >= 0xd800 && code <= 0xdfff
  return surrogate || code > 0x10ffff || code === 0 ? null : String.fromCodePoint(code)
}

/** The character that the inside of "&…;" stands for, or null where it stands for none. */
function characterOf(reference: string): string | null {
  const named = NAMED.get(reference)
  if (named !== undefined) return named
  const decimal = /^#(\d{1,7})$/.exec(reference)?.[1]
  if (decimal !== undefined) return fromCode(Number(decimal))
  const hex = /^#[xX]([0-9a-fA-F]{1,6})$/.exec(reference)?.[1]
  return hex === undefined ? null : fromCode(Number.parseInt(hex, 16))
}

function decodeOnce(text: string): string {
  let decoded = ''
  let taken = 0
  let end = -1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    // looked for once for all references before it, or a long run of "&" would take its square in time
    if (end < at) end = text.indexOf(';', at)
    if (end < 0) break
    if (end - at > LONGEST_REFERENCE) continue
    const character = characterOf(text.slice(at + 1, end))
    if (character === null) continue
    decoded += text.slice(taken, at) + character
    taken = end + 1
    at = end
  }
  return taken === 0 ? text : decoded + text.slice(taken)
}

/**
 * The text with its references resolved; an unknown one stays as written. Some banks escape twice ("&amp;lt;"), so a
 * second round follows where the first left something behind; never a third.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  const once = decodeOnce(text)
  return once.includes('&') && once !== text ? decodeOnce(once) : once
}
