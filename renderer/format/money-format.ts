import { allCurrencies, type CurrencyCode, exponentOf } from '../../shared/domain/currency.ts'
import { decimalFromMinor, type Money } from '../../shared/domain/money.ts'
import type { Language } from './language.ts'

export const unknown = '—'
/** What stands in an amount's place while privacy mode is on: of one length, so that it tells nothing of the size. */
export const masked = '●●●●'

export interface MoneyParts {
  /** "−", "+" or nothing. */
  readonly sign: string
  readonly symbol: string
  readonly whole: string
  /** With its decimal mark; empty for currencies without a minor unit. */
  readonly fraction: string
}

export type SignDisplay = 'auto' | 'always' | 'never'

const formats = new Map<string, Intl.NumberFormat>()

function numberFormat(key: string, make: () => Intl.NumberFormat): Intl.NumberFormat {
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = make()
  formats.set(key, made)
  return made
}

/** `¥` is the yuan in this app, so the yen is written JP¥; all else as the language writes it. */
export function currencySymbol(currency: CurrencyCode, language: Language): string {
  if (currency === 'CNY') return '¥'
  if (currency === 'JPY') return 'JP¥'
  const format = numberFormat(
    `symbol ${language} ${currency}`,
    () => new Intl.NumberFormat(language, { style: 'currency', currency }),
  )
  const symbol = format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency
  return /[A-Za-z]$/.test(symbol) ? `${symbol} ` : symbol
}

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3}){1,12}$)/g, ',')
}

/** An amount in the pieces it is shown by, exact to the minor unit. Both languages group by three and use a point. */
export function moneyParts(value: Money, language: Language, signDisplay: SignDisplay = 'auto'): MoneyParts {
  const negative = value.minor < 0
  const exponent = exponentOf(value.currency)
  const [whole = '0', fraction = ''] = decimalFromMinor(Math.abs(value.minor), value.currency).split('.')
  const sign = signDisplay === 'never' ? '' : negative ? '−' : signDisplay === 'always' && value.minor > 0 ? '+' : ''
  return {
    sign,
    symbol: currencySymbol(value.currency, language),
    whole: groupDigits(whole),
    fraction: exponent === 0 ? '' : `.${fraction.padEnd(exponent, '0')}`,
  }
}

/** Whether a figure is longer than a column of a table has room for: from some hundreds of billions on, with minor units. */
export function isLongFigure({ sign, symbol, whole, fraction }: MoneyParts): boolean {
  return (sign + symbol + whole + fraction).length > 19
}

/** `¥1,234,567.89`; null is "—", never 0. */
export function formatMoney(value: Money | null, language: Language, signDisplay: SignDisplay = 'auto'): string {
  if (value === null) return unknown
  const { sign, symbol, whole, fraction } = moneyParts(value, language, signDisplay)
  return `${sign}${symbol}${whole}${fraction}`
}

/** Short form for axes and chips: 123.5万 in Chinese, ¥1.24M in English. Not exact; never used where it could pass for it. */
export function formatCompactMoney(value: Money, language: Language, signDisplay: SignDisplay = 'auto'): string {
  const size = Math.abs(value.minor) / 10 ** exponentOf(value.currency)
  const format = numberFormat(
    `compact ${language}`,
    () => new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: 4 }),
  )
  const plain = numberFormat(`plain ${language}`, () => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }))
  const sign =
    signDisplay === 'never' ? '' : value.minor < 0 ? '−' : signDisplay === 'always' && value.minor > 0 ? '+' : ''
  const short = size < 10_000 ? plain.format(size) : format.format(size)
  return `${sign}${currencySymbol(value.currency, language)}${short}`
}

/** The name of a currency in the language, by Intl; the code where it has none. */
export function currencyName(currency: CurrencyCode, language: Language): string {
  const names = new Intl.DisplayNames([language], { type: 'currency' })
  return names.of(currency) ?? currency
}

const common = ['CNY', 'USD', 'EUR', 'HKD', 'GBP', 'JPY', 'AUD', 'CAD', 'CHF', 'SGD', 'TWD', 'KRW']

/** Currencies in use for a picker, the common ones first. */
export function currencyChoices(language: Language): { code: CurrencyCode; name: string }[] {
  const rank = (code: string) => (common.includes(code) ? common.indexOf(code) : common.length)
  return allCurrencies()
    .filter((currency) => currency.active && !currency.code.startsWith('X'))
    .map((currency) => ({ code: currency.code, name: currencyName(currency.code, language) }))
    .sort((a, b) => rank(a.code) - rank(b.code) || (a.code < b.code ? -1 : 1))
}
