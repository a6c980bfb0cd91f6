import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { ByteSource, ParsedSecurity } from '../importer.ts'
import { decodeChunks } from '../text/decode.ts'
import type { DetectedEncoding } from '../text/encoding.ts'
import { type OfxRecord, readRecord } from './ofx-record.ts'
import { OfxScanner } from './ofx-scanner.ts'

const WINDOW = 1 << 20
const MOST = 500_000

const CLASSES: ReadonlyMap<string, NonNullable<ParsedSecurity['class']>> = new Map([
  ['STOCKINFO', 'equity'],
  ['MFINFO', 'fund'],
  ['DEBTINFO', 'bond'],
  ['OPTINFO', 'option'],
  ['OTHERINFO', 'other'],
  ['POSSTOCK', 'equity'],
  ['POSMF', 'fund'],
  ['POSDEBT', 'bond'],
  ['POSOPT', 'option'],
  ['BUYSTOCK', 'equity'],
  ['SELLSTOCK', 'equity'],
  ['BUYMF', 'fund'],
  ['SELLMF', 'fund'],
  ['BUYDEBT', 'bond'],
  ['SELLDEBT', 'bond'],
  ['BUYOPT', 'option'],
  ['SELLOPT', 'option'],
])

/** Names of the groups that describe one security. */
export const SECURITY_GROUPS: ReadonlySet<string> = new Set(['STOCKINFO', 'MFINFO', 'DEBTINFO', 'OPTINFO', 'OTHERINFO'])

/** Whether the text is an ISIN with a right check digit (ISO 6166: letters as two digits, then Luhn). */
export function isIsin(text: string): boolean {
  if (!/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(text)) return false
  let digits = ''
  for (const character of text) digits += Number.parseInt(character, 36).toString()
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at))
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function classOf(group: string, name: string | undefined): ParsedSecurity['class'] {
  const plain = CLASSES.get(group)
  if (name !== undefined) {
    if (/\bMONEY MA?R?KE?T\b/i.test(name) && (plain === 'fund' || plain === 'other')) return 'money-market'
    if (/\bETF\b/i.test(name) && plain !== 'option' && plain !== 'bond') return 'etf'
  }
  return plain
}

/** A security by what the record itself says of it; null where it names none. */
export function securityOf(record: OfxRecord): ParsedSecurity | null {
  const id = record.values.get('UNIQUEID')?.toUpperCase()
  const scheme = record.values.get('UNIQUEIDTYPE')?.toUpperCase()
  const ticker = record.values.get('TICKER')
  const name = record.values.get('SECNAME')
  if (id === undefined && ticker === undefined && name === undefined) return null
  const symbol = ticker ?? (scheme === 'TICKER' || scheme === 'SYMBOL' ? id : undefined)
  const kind = classOf(record.name, name)
  return {
    ...(id !== undefined && isIsin(id) ? { isin: id } : {}),
    ...(symbol === undefined ? {} : { symbol }),
    ...(name === undefined ? {} : { name }),
    ...(id === undefined || isIsin(id) || id === symbol ? {} : { otherId: { scheme: scheme ?? 'OFX', value: id } }),
    ...(kind === undefined ? {} : { class: kind }),
  }
}

/** The currency of a record's CURRENCY group, where it is a known one. */
export function symbolCurrency(record: OfxRecord, group: 'CURRENCY' | 'ORIGCURRENCY'): CurrencyCode | null {
  const code = (record.values.get(`${group}/CURSYM`) ?? record.values.get(group))?.toUpperCase()
  return code !== undefined && isCurrencyCode(code) ? code : null
}

/** The byte at which the first list of securities begins, by a plain search of the bytes; −1 where there is none. */
function listOffset(source: ByteSource): number {
  const marks = ['<SECLIST', '<seclist', 'SECINFO>'].map((mark) => Buffer.from(mark, 'latin1'))
  for (let offset = 0; offset < source.size; offset += WINDOW) {
    const bytes = source.read(offset, WINDOW + 16)
    const window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const found = marks.map((mark) => window.indexOf(mark)).filter((index) => index >= 0)
    if (found.length > 0) return offset + Math.max(0, Math.min(...found) - 64)
    if (bytes.length === 0) break
  }
  return -1
}

/**
 * The file's list of securities. It stands behind the statements that refer to it, so it is fetched in a run of its own
 * when the first reference is met.
 */
export class OfxSecurities {
  readonly #source: ByteSource
  readonly #encoding: DetectedEncoding
  #known: Map<string, ParsedSecurity> | null = null

  constructor(source: ByteSource, encoding: DetectedEncoding) {
    this.#source = source
    this.#encoding = encoding
  }

  /** The security that a transaction or position refers to, as fully as the file describes it. */
  resolve(record: OfxRecord): ParsedSecurity | null {
    const id = record.values.get('UNIQUEID')?.toUpperCase()
    this.#known ??= this.#load()
    return (id === undefined ? undefined : this.#known.get(id)) ?? securityOf(record)
  }

  #load(): Map<string, ParsedSecurity> {
    const known = new Map<string, ParsedSecurity>()
    const wide = this.#encoding.encoding.startsWith('utf-16')
    const offset = wide ? this.#encoding.markLength : listOffset(this.#source)
    if (offset < 0) return known
    const scanner = new OfxScanner(decodeChunks(this.#source, { ...this.#encoding, markLength: offset }))
    for (let token = scanner.next(); token !== 'end'; token = scanner.next()) {
      if (token !== 'open' || !SECURITY_GROUPS.has(scanner.name)) continue
      const record = readRecord(scanner)
      const id = record.values.get('UNIQUEID')?.toUpperCase()
      const security = securityOf(record)
      if (id !== undefined && security !== null && known.size < MOST) known.set(id, security)
    }
    return known
  }
}
