import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { isIsin } from '../delimited/conventions.ts'
import { BoundedMap, foldPhrase } from '../delimited/vocabulary-text.ts'
import type { ParsedSecurity } from '../importer.ts'
import { assetOf, fiatOf, isNothing } from './figure.ts'
import { isinIn } from './isin.ts'
import type { Survey } from './survey.ts'
import { actionOfCell, actionOfText, classOfCell, cryptoAssets } from './vocabulary.ts'

/** Two assets that are exchanged: one of `base` costs so many of `quote`. */
export interface AssetPair {
  readonly base: string
  readonly quote: string
}

/** Assets that others are quoted in, the longer codes first. */
const QUOTES = [
  'ZEUR',
  'ZUSD',
  'ZGBP',
  'ZCAD',
  'ZJPY',
  'ZCHF',
  'ZAUD',
  'FDUSD',
  'USDT',
  'USDC',
  'BUSD',
  'TUSD',
  'EURT',
  'XXBT',
  'XETH',
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'AUD',
  'CAD',
  'JPY',
  'TRY',
  'BRL',
  'PLN',
  'SGD',
  'INR',
  'KRW',
  'CZK',
  'BTC',
  'XBT',
  'ETH',
  'BNB',
  'DAI',
  'UST',
] as const

const known = (asset: string): boolean => cryptoAssets.has(asset) || isCurrencyCode(asset)

/** "BTC/EUR", "ETH-BTC", "XXBTZEUR", "BTCUSDT", "EUR.USD"; `sure` demands that both sides are known assets. */
export function pairOf(text: string, sure: boolean): AssetPair | null {
  const upper = text.trim().toUpperCase()
  const parts = upper.split(/[/\-_.:]/)
  const [left, right] = parts
  if (parts.length === 2 && left !== undefined && right !== undefined && left !== '' && right !== '') {
    const pair = { base: assetOf(left), quote: assetOf(right) }
    return sure && !(known(pair.base) && known(pair.quote)) ? null : pair
  }
  if (sure || parts.length !== 1) return null
  const quote = QUOTES.find((code) => upper.length > code.length + 1 && upper.endsWith(code))
  return quote === undefined ? null : { base: assetOf(upper.slice(0, -quote.length)), quote: assetOf(quote) }
}

/** A CUSIP's check digit: odd places once, even places twice, digits added (ANSI X9.6). */
export function isCusip(text: string): boolean {
  if (!/^[0-9A-Z*@#]{8}\d$/.test(text) || !/\d{3}/.test(text)) return false
  let sum = 0
  for (let at = 0; at < 8; at += 1) {
    const code = text.charCodeAt(at)
    const value = code >= 48 && code <= 57 ? code - 48 : code >= 65 ? code - 55 : 36
    const weighted = at % 2 === 1 ? value * 2 : value
    sum += Math.floor(weighted / 10) + (weighted % 10)
  }
  return (10 - (sum % 10)) % 10 === Number(text.charAt(8))
}

/** OCC option symbols ("AAPL  240119C00150000") and names that speak of puts and calls. */
const OPTION = /^[A-Z.]{1,6}\s*\d{6}[CP]\d{8}$|\b\d{1,2}\/\d{1,2}\/\d{2,4}\s+\$?[\d.]+\s+[CP]\b/
const OPTION_NAME = /\b(?:put|call)s?\b.*\d/i

export interface SecurityCells {
  readonly isin: string
  readonly symbol: string
  readonly cusip: string
  readonly sedol: string
  readonly wkn: string
  readonly name: string
  readonly class: string
  readonly description: string
  readonly actionText: string
}

const NO_SECURITY = /^(?:no description|cash|n\/?a|none|-+|multiple|various)$/i

/** "AAPL/USD": a share with the currency it is dealt in; "BTC (Bitcoin)": a symbol with its name. */
const withoutQuote = (symbol: string): string => {
  const named = /^([A-Z0-9.-]{1,12}) \([^)]{1,80}\)$/.exec(symbol)
  if (named?.[1] !== undefined) return named[1]
  const match = /^([A-Z0-9.-]{1,12})\/([A-Z]{3})$/.exec(symbol)
  return match?.[1] !== undefined && isCurrencyCode(match[2] ?? '') ? match[1] : symbol
}

type Writable = { -readonly [Key in keyof ParsedSecurity]: ParsedSecurity[Key] }

/** The security that a row names by any of its marks, or null. */
export function securityOf(cells: SecurityCells, hint: ParsedSecurity | null, survey: Survey): ParsedSecurity | null {
  const security: Writable = {}
  const isin = isinIn(cells.isin) ?? cells.isin.toUpperCase()
  const symbol = isNothing(cells.symbol) || NO_SECURITY.test(cells.symbol) ? '' : assetOf(withoutQuote(cells.symbol))
  if (isIsin(isin)) security.isin = isin
  if (isIsin(symbol)) security.isin ??= symbol
  else if (isCusip(symbol)) security.otherId = { scheme: 'CUSIP', value: symbol }
  else if (symbol !== '') security.symbol = symbol
  else if (isin !== '' && !isIsin(isin) && /^[A-Z0-9.]{1,12}$/.test(isin) && !isNothing(isin)) security.symbol = isin
  if (isIsin(cells.wkn.toUpperCase())) security.isin ??= cells.wkn.toUpperCase()
  if (security.otherId === undefined) {
    if (isCusip(cells.cusip)) security.otherId = { scheme: 'CUSIP', value: cells.cusip }
    else if (/^[A-Z0-9]{6}$/.test(cells.wkn)) security.otherId = { scheme: 'WKN', value: cells.wkn }
    else if (/^[A-Z0-9]{7}$/.test(cells.sedol)) security.otherId = { scheme: 'SEDOL', value: cells.sedol }
  }
  const identified = security.isin !== undefined || security.symbol !== undefined || security.otherId !== undefined
  if (!isNothing(cells.name) && !NO_SECURITY.test(cells.name) && actionOfCell(cells.name) === null) {
    security.name = cells.name
  } else if (identified && cells.description.length <= 120 && isName(cells, survey)) security.name = cells.description
  const behind = isin.length < cells.isin.length ? cells.isin.indexOf(isin) : -1
  if (security.name === undefined && behind > 0) {
    const name = cells.isin
      .slice(0, behind)
      .replace(/(?<![\s:/|])[\s:/|]+$/, '')
      .replace(/isin$/i, '')
      .replace(/(?<![\s/|,;(-])[\s/|,;(-]+$/, '')
    if (name !== '') security.name = name
  }
  if (hint !== null) {
    if (security.isin === undefined && hint.isin !== undefined && isIsin(hint.isin)) security.isin = hint.isin
    if (security.symbol === undefined && security.otherId === undefined && hint.symbol !== undefined) {
      if (isCusip(hint.symbol)) security.otherId = { scheme: 'CUSIP', value: hint.symbol }
      else security.symbol = hint.symbol
    }
    if (security.name === undefined && !identified && hint.name !== undefined) security.name = hint.name
  }
  const instrument = security.symbol === undefined ? undefined : survey.instruments.get(security.symbol)
  if (instrument !== undefined) {
    if (instrument.isin !== undefined) security.isin ??= instrument.isin
    if (instrument.name !== undefined) security.name ??= instrument.name
    if (instrument.class !== undefined) security.class ??= instrument.class
  }
  if (security.isin === undefined && security.symbol === undefined && security.otherId === undefined) {
    if (security.name === undefined) return null
  }
  const kind = classOf(security, cells, survey)
  if (kind !== undefined) security.class = kind
  if (
    kind === 'option' &&
    security.symbol !== undefined &&
    /^[A-Z.]{1,6}$/.test(security.symbol) &&
    OPTION_NAME.test(cells.description)
  ) {
    // the symbol is that of the share beneath; the contract is named in the description
    return {
      name: cells.description.replace(/^option (?:expiration|assignment|exercise) (?:for|of) /i, ''),
      class: 'option',
    }
  }
  return security
}

/** A description beside a symbol is the security's name unless it is a sentence about the action. */
function isName({ description, actionText, symbol }: SecurityCells, survey: Survey): boolean {
  if (description === '' || description === actionText || NO_SECURITY.test(description)) return false
  if (survey.profile?.class === 'crypto' || actionOfCell(description) !== null) return false
  if (actionOfCell(description.replace(/(?<!\s)\s*\([^()]*\)$/, '')) !== null) return false
  if (symbol !== '' && description.startsWith(symbol)) return OPTION_NAME.test(description)
  if (/\d/.test(description) && actionOfText(description) !== null && !OPTION_NAME.test(description)) return false
  return !/\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.*\d|@|quantity:|:/i.test(description) || OPTION_NAME.test(description)
}

function classOf(
  security: ParsedSecurity,
  cells: SecurityCells,
  survey: Survey,
): NonNullable<ParsedSecurity['class']> | undefined {
  const stated = classOfCell(cells.class)
  if (stated !== undefined) return stated
  const { symbol, isin } = security
  if (security.class !== undefined) return security.class
  if ((symbol !== undefined && OPTION.test(symbol)) || (isin === undefined && OPTION_NAME.test(cells.description)))
    return 'option'
  const given = survey.profile?.class
  if (given !== undefined) return given
  const crypto = survey.coins
  if (symbol !== undefined && crypto && isin === undefined) return 'crypto'
  if (symbol !== undefined && isin === undefined && MAJOR_COINS.has(symbol)) return 'crypto'
  return security.name !== undefined && isFundName(security.name) ? 'etf' : undefined
}

const fundNames = new BoundedMap<boolean>(1024)

/** Names of exchange-traded funds say so. */
function isFundName(name: string): boolean {
  const known = fundNames.get(name)
  if (known !== undefined) return known
  const words = foldPhrase(name).split(' ')
  return fundNames.set(name, words.includes('etf') || words.includes('ucits'))
}

/** Coins whose symbols no share is known by. */
const MAJOR_COINS: ReadonlySet<string> = new Set(['BTC', 'XBT', 'USDT', 'USDC', 'ETH', 'DOGE', 'XRP'])

/** Whether a symbol is money: a ledger names currencies and coins alike. */
export const isMoney = (asset: string): boolean => fiatOf(asset) !== null
