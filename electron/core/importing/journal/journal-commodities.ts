import headers from '../../../../resources/column-headers.json' with { type: 'json' }
import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Commodity } from '../double-entry/book.ts'

const symbols: ReadonlyMap<string, string> = new Map(Object.entries(headers.currencySymbols))
const ISIN = /^[A-Z]{2}[A-Z0-9]{9}\d$/

/** What the commodities of a journal are: currencies by their code or sign, everything else a security. */
export class JournalCommodities {
  readonly #yen: CurrencyCode | null
  readonly #known = new Map<string, Commodity>()

  /** `text` of the file's beginning: its script tells which currency "¥" is. */
  constructor(text: string) {
    const code = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
      ? 'JPY'
      : /\p{Script=Han}/u.test(text)
        ? 'CNY'
        : 'JPY'
    this.#yen = isCurrencyCode(code) ? code : null
  }

  /** The commodity of this name as written; '' is money of a currency that the file does not say. */
  of(name: string): Commodity {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const currency = name === '' ? null : this.#currencyOf(name)
    const commodity: Commodity =
      currency !== null || name === ''
        ? { type: 'currency', currency }
        : {
            type: 'security',
            security: {
              ...(ISIN.test(name) ? { isin: name } : { symbol: name.slice(0, 60) }),
              name: name.slice(0, 200),
            },
          }
    this.#known.set(name, commodity)
    return commodity
  }

  currencyOf(name: string): CurrencyCode | null {
    const commodity = this.of(name)
    return commodity.type === 'currency' ? commodity.currency : null
  }

  #currencyOf(name: string): CurrencyCode | null {
    if (isCurrencyCode(name)) return name
    if (name === '¥' || name === '￥') return this.#yen
    const code = name === '$' ? 'USD' : (symbols.get(name.toLowerCase()) ?? '')
    return isCurrencyCode(code) ? code : null
  }
}
