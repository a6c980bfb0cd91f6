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

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/g

function fromCode(code: number, otherwise: string): string {
  const surrogate = code >= 0xd800 && code <= 0xdfff
  if (surrogate || code > 0x10ffff || code === 0) return otherwise
  return String.fromCodePoint(code)
}

function decodeOnce(text: string): string {
  return text.replaceAll(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return fromCode(Number(decimal), whole)
    if (hex !== undefined) return fromCode(Number.parseInt(hex, 16), whole)
    return NAMED.get(name ?? '') ?? whole
  })
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
