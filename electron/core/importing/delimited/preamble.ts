import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { ParsedAccount } from '../importer.ts'
import type { TableRow } from '../table/table-reader.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { isAmountText, readAmount } from './amount-text.ts'
import { currencyFromText, hintsAtCard, preambleLabelOf } from './header-vocabulary.ts'
import { balanceLabelOf } from './row-words.ts'

/** What the lines above (or below) a table say of the account as a whole. */
export interface Preamble {
  readonly account: ParsedAccount
  readonly currency: CurrencyCode | null
  readonly opening: Decimal | null
  readonly closing: Decimal | null
}

const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/
const NUMBER = /^['*xX\dA-Z][*xX\dA-Z\s\-/.•]{3,40}$/
/** A masked or long number inside a text: "[一卡通:6214****1234 深圳分行]". */
const EMBEDDED = /\d{4,6}[*xX]{2,12}\d{3,4}|[*xX]{2,12}\d{3,6}|\b\d{8,24}\b/
const CREDIT_CARD = /credit ?card|kreditkarte|carte de cr[eé]dit|tarjeta de cr[eé]dito|carta di credito|信用卡|кредитн/i

interface Gathered {
  number?: string | undefined
  name?: string
  institution?: string
  currency: CurrencyCode | null
  opening: Decimal | null
  closing: Decimal | null
}

/** "Solde au 05/02/2024 1 523,41 €": a label, its day and the figure without a mark between them. */
const DAY_BETWEEN = /^(\p{L}[\p{L}\s]{2,40}?)\s+\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\s+(\S.*)$/u
/** "1450.00 as of 20240131" */
const DAY_BEHIND = /(?<=\d)\s+as (?:of|at|on) [\d/.-]+$/i

/** The parts of a line: its cells, and the two sides of "label: value" inside a cell. */
function partsOf(cells: readonly string[]): string[] {
  return cells.flatMap((raw) => {
    const cell = raw.trim()
    const colon = cell.search(/[:：]/)
    if (colon >= 0)
      return [
        cell.slice(0, colon).trim(),
        cell
          .slice(colon + 1)
          .replace(DAY_BEHIND, '')
          .trim(),
      ]
    const [, label, value] = DAY_BETWEEN.exec(cell) ?? []
    return label === undefined || value === undefined ? [cell] : [label, value]
  })
}

/** Only in capitals: "All", "Top" and "Try" are words before they are currencies. */
const codeOf = (text: string): CurrencyCode | null => {
  // "EUR", and "SGD 1,234.56"
  const code = /^([A-Z]{3})(?: ?[-+]?\d[\d\s.,'’]*)?$/.exec(text)?.[1]
  return code === undefined ? null : currencyFromText(code)
}

/** "Valuta SEK", "Moneda MXN": label and code without a mark between them. */
const LABELLED_CODE = /^(\S.{2,28}\S)\s([A-Z]{3})$/
/** "All figures in SGD", "Montants en EUR"; "EUR-Konto", "HKD 港元儲蓄 Savings". */
const SPOKEN_CODES: readonly RegExp[] = [
  /^.{4,36}\s(?:in|en)\s([A-Z]{3})$/,
  /^([A-Z]{3})(?:-|\s)(?=(?:account|savings|current|konto|compte|conto|cuenta|rekening)|\P{ASCII})/iu,
]

/** The currency that a short line names in passing. */
function spokenCurrency(text: string): CurrencyCode | null {
  if (/^euros?$/i.test(text)) return currencyFromText('EUR')
  const labelled = LABELLED_CODE.exec(text)
  if (labelled !== null && preambleLabelOf(labelled[1] ?? '') === 'currency') return codeOf(labelled[2] ?? '')
  for (const pattern of SPOKEN_CODES) {
    const code = pattern.exec(text)?.[1]
    if (code !== undefined && code !== 'ALL' && code !== 'TOP') return codeOf(code)
  }
  return null
}

const bare = (text: string): string => text.replace(/^['"=]+|['"]+$/g, '').trim()

function takeLabelled(parts: readonly string[], found: Gathered): void {
  for (const [at, part] of parts.entries()) {
    const label = part === '' ? null : preambleLabelOf(part)
    const value = label === null ? undefined : parts.slice(at + 1).find((text) => text !== '')
    if (value === undefined || value.length > 80) continue
    const text = bare(value)
    if (label === 'account-number') {
      if (found.number === undefined && NUMBER.test(text) && /\d{3}|[*xX]{3}/.test(text)) found.number = text
      found.number ??= EMBEDDED.exec(text)?.[0]
    } else if (label === 'account-name') found.name ??= text
    else if (label === 'institution') found.institution ??= text
    else if (label === 'currency') found.currency ??= currencyFromText(text)
  }
}

/** Some banks write the lines above by another program than the table, with the other decimal mark. */
function balanceOf(text: string, mark: DecimalMark): Decimal | null {
  return readAmount(text, mark) ?? readAmount(text, mark === '.' ? ',' : '.')
}

function takeBalances(
  parts: readonly string[],
  below: readonly string[] | undefined,
  cells: readonly string[],
  mark: DecimalMark,
  found: Gathered,
): void {
  for (const [at, part] of parts.entries()) {
    const label = balanceLabelOf(part)
    if (label === null || found[label] !== null) continue
    const value = parts.slice(at + 1).find((text) => text !== '' && isAmountText(text) && /\d/.test(text))
    if (value !== undefined) {
      found[label] = balanceOf(value, mark)
      found.currency ??= parts.map((text) => codeOf(text)).find((currency) => currency !== null) ?? null
      continue
    }
    // a little table of its own: the label is a title and the value stands under it
    const column = cells.findIndex((cell) => cell.trim() === part)
    const under = below?.[column]?.trim() ?? ''
    if (under === '' || !isAmountText(under)) continue
    found[label] = balanceOf(under, mark)
    found.currency ??= below?.map((text) => codeOf(text.trim())).find((currency) => currency !== null) ?? null
  }
}

/** Reads account number, name, bank, currency and balances from the lines around a table. */
export function readPreamble(rows: readonly TableRow[], mark: DecimalMark, name: string): Preamble {
  const found: Gathered = { currency: null, opening: null, closing: null }
  let card = CREDIT_CARD.test(name)
  for (const [at, row] of rows.entries()) {
    const parts = partsOf(row.cells)
    takeLabelled(parts, found)
    takeBalances(parts, rows[at + 1]?.cells, row.cells, mark, found)
    const iban = found.number === undefined ? IBAN.exec(row.cells.join(' ')) : null
    if (iban !== null) found.number = iban[0]
    found.currency ??= parts.map((text) => codeOf(text)).find((c) => c !== null) ?? null
    found.currency ??= row.cells.map((text) => spokenCurrency(text.trim())).find((c) => c !== null) ?? null
    if (!card && row.cells.some((cell) => cell.length < 60 && CREDIT_CARD.test(cell) && hintsAtCard(cell))) card = true
  }
  return {
    account: {
      ...(found.number === undefined ? {} : { number: found.number }),
      ...(found.name === undefined ? {} : { name: found.name }),
      ...(found.institution === undefined ? {} : { institution: found.institution }),
      ...(card ? { kind: 'credit-card' as const } : {}),
    },
    currency: found.currency,
    opening: found.opening,
    closing: found.closing,
  }
}
