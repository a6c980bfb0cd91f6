import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'

export interface SwiftAccount {
  readonly number?: string
  /** A BIC or a national bank code. */
  readonly institution?: string
  readonly currency?: CurrencyCode
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/
const BIC = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/
const BANK_CODE = /^\d{5,9}$/

/** Whether the text is an IBAN by its shape (ISO 13616), spaces left out. */
export function looksLikeIban(text: string): boolean {
  if (text.length < 15 || text.length > 42) return false
  return IBAN.test(text.includes(' ') ? text.replaceAll(' ', '') : text)
}

/** A currency at the end of the number, as ING and others write it: "NL62INGB0001212121EUR", "1234567890 USD". */
function withoutCurrency(text: string): { number: string; currency?: CurrencyCode } {
  const match = /^(.*\d)[\s/]?([A-Z]{3})$/.exec(text)
  const code = match?.[2] ?? ''
  return match?.[1] !== undefined && isCurrencyCode(code) ? { number: match[1], currency: code } : { number: text }
}

/**
 * Reads field 25 or 25P: an IBAN, an account number, either with a bank before it ("10020030/1234567",
 * "BPHKPLPK/320000546101") or the BIC on the next line.
 */
export function readAccountField(lines: readonly string[]): SwiftAccount {
  const first = (lines[0] ?? '').trim().replace(/^\//, '')
  const below = (lines[1] ?? '').trim()
  const slash = first.indexOf('/')
  const before = slash < 0 ? '' : first.slice(0, slash).trim()
  const after = slash < 0 ? '' : first.slice(slash + 1).trim()
  const upper = before.toUpperCase()
  const isBank = BIC.test(upper) || BANK_CODE.test(upper)
  const { number, currency } = withoutCurrency(isBank && after !== '' ? after : first)
  const institution = isBank ? upper : BIC.test(below) ? below : undefined
  return {
    ...(number === '' ? {} : { number }),
    ...(institution === undefined ? {} : { institution }),
    ...(currency === undefined ? {} : { currency }),
  }
}

/** Block 2 of a message as received: time, date and address of the sender. */
const SENDER = /\{2:O94\d\d{10}([A-Z]{6}[A-Z0-9]{2})/
const OWN_ADDRESS = /\{1:[A-Z]?\d{2}([A-Z]{6}[A-Z0-9]{2})/
const PLAIN_ADDRESS = /^\d{4} \d{2}([A-Z]{6}[A-Z0-9]{2})X/

/** What lines outside of any field tell of a message: its type and the bank. */
export class MessageHeading {
  type: '940' | '942' | null = null
  bank: string | undefined
  /** A line that is a BIC if a message type follows. */
  #candidate: string | undefined

  add(text: string): void {
    if (text.includes('{')) {
      const bank = SENDER.exec(text)?.[1] ?? OWN_ADDRESS.exec(text)?.[1]
      if (bank !== undefined) this.bank = bank
      const type = /\{2:[IO]94([0-2])/.exec(text)?.[1]
      if (type !== undefined) this.type = type === '2' ? '942' : '940'
      return
    }
    const address = PLAIN_ADDRESS.exec(text)?.[1]
    if (address !== undefined) this.#candidate = address
    else if (BIC.test(text)) this.#candidate = text
    else if (/^94[02](?:\s|$)/.test(text)) {
      this.type = text.startsWith('942') ? '942' : '940'
      this.bank = this.#candidate ?? this.bank
    }
  }
}
