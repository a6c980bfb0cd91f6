import { type Decimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import type { Reason, ReasonCode } from '../importer.ts'
import { type QuotedCurrency, quotedCurrency } from '../text/quoted-currency.ts'

/** What an attribute has in place of a value. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['-', '--', 'N/A'])

/** Thrown while one element is read; becomes its record's reason. */
export class FlexFault extends Error {
  readonly reason: Reason
  constructor(code: ReasonCode, message: string, values: Readonly<Record<string, string>> = {}) {
    super(message)
    this.reason = { code, message, values }
  }
}

/** A data element of a Flex statement: all it says stands in its attributes, of which a query may leave out any. */
export class FlexElement {
  readonly name: string
  readonly #attributes: ReadonlyMap<string, string>

  constructor(name: string, attributes: ReadonlyMap<string, string>) {
    this.name = name
    this.#attributes = attributes
  }

  /** The first of these attributes that has a value. */
  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.#attributes.get(name)
      if (value !== undefined && !PLACEHOLDERS.has(value)) return value
    }
    return undefined
  }

  /** The first of these attributes that has a value, as a number. Throws `FlexFault` where it is none. */
  number(...names: readonly string[]): Decimal | undefined {
    const text = this.text(...names)
    if (text === undefined) return undefined
    const value = tryParseDecimal(text.replaceAll(',', ''))
    if (value === null) {
      const shown = text.slice(0, 40)
      throw new FlexFault('bad-amount', `The ${this.label()} has "${shown}" for ${names[0]}, which is no number.`, {
        text: shown,
      })
    }
    return value
  }

  /** The currency of an attribute. Throws `FlexFault` where there is none or an unknown one. */
  currency(...names: readonly string[]): QuotedCurrency {
    const text = this.text(...names) ?? ''
    const quoted = quotedCurrency(text)
    if (quoted === null) {
      const shown = text.slice(0, 20)
      throw new FlexFault('bad-currency', `The ${this.label()} has the unknown currency "${shown}".`, { text: shown })
    }
    return quoted
  }

  /** How a message calls this record: its kind, its number and what it is about. */
  label(): string {
    const id = this.text('transactionID', 'tradeID', 'ibOrderID')
    const about = this.text('symbol', 'description')
    const parts = [this.name, id === undefined ? '' : ` ${id}`, about === undefined ? '' : ` (${about.slice(0, 40)})`]
    return parts.join('').slice(0, 120)
  }
}
