import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { readAmount } from '../delimited/amount-text.ts'
import { currencyFromText } from '../delimited/header-vocabulary.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { assetAliases, cryptoAssets } from './vocabulary.ts'

/** A number of a table with the unit that stands beside it. */
export interface Figure {
  readonly value: Decimal
  /** A currency's code, or the symbol of an asset ("BTC") where the cell names one. */
  readonly unit: string | null
}

const ASSET_BEHIND = /^([-+−–]?[\d.,'’\s]{1,40}?)\s?([A-Za-z][A-Za-z0-9.]{0,11})$/
const ASSET_BEFORE = /^([A-Z][A-Z0-9]{1,9})\s?([-+−–]?[\d.,'’\s]{1,40})$/
const AFFIX = /[\d.,\s'’+\-−–()]+/g
const BLANK = /^(?:[-–—]+|n\/?a|null|none|nan|not available|--+|#n\/a)$/i

/** Numbers that a spreadsheet wrote with an exponent ("1E-8", "2.5e-05"): exact as a shift of the decimal point. */
const EXPONENT = /^([-+]?)(\d{1,20})(?:[.,](\d{1,30}))?[eE]([-+]?\d{1,2})$/

function withoutExponent(text: string): string | null {
  const match = EXPONENT.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(power)
  if (point < -30 || point > 40) return null
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = point <= 0 ? 1 : point
  return `${sign}${padded.slice(0, at)}.${padded.slice(at) || '0'}`
}

/** Whether a cell says that there is nothing: empty, a dash, "N/A". */
export function isNothing(text: string): boolean {
  if (text === '') return true
  const first = text.charCodeAt(0)
  // digits, as most cells begin with, never begin such a word
  return !(first >= 48 && first <= 57) && text.length < 14 && BLANK.test(text)
}

/** Kraken's staked and bonded holdings: DOT.S, ETH.F, KSM28.S. */
const STAKED = /^([A-Z]{2,6}?)\d{0,2}\.[BFMPS]$/

/** The symbol under which an asset is known everywhere: Kraken's XXBT is BTC, its ZEUR the euro. */
export function assetOf(text: string): string {
  const trimmed = text.trim()
  const alias = assetAliases.get(trimmed)
  if (alias !== undefined) return alias
  const staked = STAKED.exec(trimmed)
  const base = staked?.[1]
  if (base === undefined) return trimmed
  const name = assetAliases.get(base) ?? base
  return cryptoAssets.has(name) ? name : trimmed
}

/** The ISO currency that a text names by code or sign, or null. */
export function fiatOf(text: string): CurrencyCode | null {
  const asset = assetOf(text)
  if (isCurrencyCode(asset)) return asset
  return currencyFromText(asset)
}

/** A number with its unit; null where the cell is empty, `bad` where it holds something that is no number. */
export function readFigure(text: string, mark: DecimalMark): Figure | null | 'bad' {
  if (isNothing(text)) return null
  // dollars are by far the most common sign, and say no more than which mark of money stands there
  if (text.startsWith('$') || text.startsWith('-$')) {
    const plain = readAmount(text.startsWith('$') ? text.slice(1) : `-${text.slice(2)}`, mark)
    if (plain !== null) return { value: plain, unit: null }
  }
  const direct = readAmount(text, mark)
  if (direct !== null) {
    const last = text.charCodeAt(text.length - 1)
    const first = text.charCodeAt(0)
    const bare = last >= 48 && last <= 57 && ((first >= 48 && first <= 57) || first === 45 || first === 46)
    const affix = bare ? '' : text.replaceAll(AFFIX, '')
    return { value: direct, unit: affix === '' ? null : unitOfAffix(affix) }
  }
  const plain = withoutExponent(text)
  if (plain !== null) {
    const value = readAmount(plain, '.')
    return value === null ? 'bad' : { value, unit: null }
  }
  const behind = ASSET_BEHIND.exec(text)
  const before = behind === null ? ASSET_BEFORE.exec(text) : null
  const digits = behind?.[1] ?? before?.[2]
  const asset = behind?.[2] ?? before?.[1]
  if (digits === undefined || asset === undefined) return other(text, mark)
  // "PETR4" and "7203T" are names: without a space or a decimal mark, what stands beside must be known
  const apart = /\s/.test(text) || /[.,]\d/.test(digits)
  if (!apart && !cryptoAssets.has(asset) && !isCurrencyCode(asset) && !(asset === 'S' && behind !== null)) return 'bad'
  const value = readAmount(digits.trim(), mark)
  return value === null ? other(text, mark) : { value, unit: assetOf(asset) }
}

/** "0,76672417" among points, "1,234.5" among commas: read the other way where only that makes a number. */
function other(text: string, mark: DecimalMark): Figure | 'bad' {
  const value = readAmount(text, mark === '.' ? ',' : '.')
  if (value === null) return 'bad'
  const affix = text.replaceAll(AFFIX, '')
  return { value, unit: affix === '' ? null : unitOfAffix(affix) }
}

function unitOfAffix(affix: string): string | null {
  return fiatOf(affix) ?? (/^[A-Z]{3,5}$/.test(affix) ? affix : null)
}
