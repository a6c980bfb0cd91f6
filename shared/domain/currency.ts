import table from '../../resources/currencies.json' with { type: 'json' }

declare const currencyBrand: unique symbol
/** An ISO 4217 alphabetic code, upper case, known to the table in `resources/currencies.json`. */
export type CurrencyCode = string & { readonly [currencyBrand]: true }

export interface Currency {
  readonly code: CurrencyCode
  /** Digits after the decimal mark in one major unit: JPY 0, CNY 2, KWD 3. Metals and test codes count as 2. */
  readonly exponent: number
  /** False for a currency that ISO 4217 lists as withdrawn: old statements still carry it. */
  readonly active: boolean
  readonly englishName: string
}

type Row = [code: string, exponent: number | null, active: boolean, name: string]

const currencies: ReadonlyMap<string, Currency> = new Map(
  (table.currencies as Row[]).map(([code, exponent, active, englishName]) => [
    code,
    { code: code as CurrencyCode, exponent: exponent ?? 2, active, englishName },
  ]),
)

/** Whether the text is an ISO 4217 code, current or withdrawn, in upper case. */
export function isCurrencyCode(text: string): text is CurrencyCode {
  return currencies.has(text)
}

/** The code in canonical form. Takes any case and surrounding space; throws a RangeError on an unknown code. */
export function parseCurrencyCode(text: string): CurrencyCode {
  const code = text.trim().toUpperCase()
  if (!isCurrencyCode(code)) throw new RangeError(`"${text}" is not an ISO 4217 currency code`)
  return code
}

/** What the table says of a currency. */
export function currencyOf(code: CurrencyCode): Currency {
  const currency = currencies.get(code)
  if (currency === undefined) throw new RangeError(`"${code}" is not an ISO 4217 currency code`)
  return currency
}

/** Digits of the minor unit: `exponentOf('JPY')` is 0. */
export function exponentOf(code: CurrencyCode): number {
  return currencyOf(code).exponent
}

/** Every currency, the current ones first, each group by code. */
export function allCurrencies(): readonly Currency[] {
  return [...currencies.values()]
}
