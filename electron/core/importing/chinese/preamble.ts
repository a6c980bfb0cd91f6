import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal } from '../../../../shared/domain/decimal.ts'
import { type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { parseNumberText } from '../text/number-text.ts'
import { cleanCell, normalizeName, parseMoment, type YearContext } from './cell.ts'
import { memoize } from './memoize.ts'
import { rules } from './profile.ts'

/** What a statement says of itself, as printed in its totals. */
export interface StatedTotal {
  readonly count: number
  readonly sum: Decimal | null
}

type LabelKind = keyof typeof rules.labels

const labels: ReadonlyMap<string, LabelKind> = new Map(
  (Object.keys(rules.labels) as LabelKind[]).flatMap((kind) =>
    rules.labels[kind].map((label): [string, LabelKind] => [normalizeName(label), kind]),
  ),
)

const currencies: ReadonlyMap<string, string> = new Map(
  Object.entries(rules.currencies).map(([name, code]) => [normalizeName(name), code]),
)

/** The ISO code of a currency as statements name it ("人民币", "CNY", "人民币-活期"), or null. */
export const currencyOf = memoize((text): CurrencyCode | null => {
  const name = normalizeName(text)
  if (name === '') return null
  const upper = name.toUpperCase()
  if (isCurrencyCode(upper)) return upper
  const exact = currencies.get(name)
  if (exact !== undefined && isCurrencyCode(exact)) return exact
  for (const [key, code] of currencies) if (key.length > 1 && name.includes(key) && isCurrencyCode(code)) return code
  return null
})

const TOTAL_COUNT = /共[:：]?\s*(\d+)\s*(?:笔|条)/u
const TOTALS =
  /(?<!待)(已?收入|已?支出|不计收支|中性交易)[:：]\s*(\d+)\s*笔\s*(?:[(（][^)）]*[)）])?\s*[,，]?\s*(?:([\d.,]+)\s*元)?/gu
const STATEMENT_MONTH = /((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月/u
const DATES = /\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}/gu

const unbracket = (text: string): string => text.replace(/^[[［【(（]+|[\]］】)）]+$/gu, '').trim()

/** Gathers what the lines before and after the table say: account, holder, currency, period, totals. */
export class Preamble {
  readonly #texts: string[] = []
  readonly #facts = new Map<LabelKind, string>()
  readonly #totals = new Map<'in' | 'out' | 'neutral', StatedTotal>()
  #count: number | null = null
  #yearContext: YearContext | null = null

  add(cells: readonly string[]): void {
    const texts = cells.map((cell) => cleanCell(cell)).filter((cell) => cell !== '')
    if (texts.length === 0) return
    const line = texts.join(' ')
    if (this.#texts.length < 200) this.#texts.push(line)
    this.#count ??= Number(TOTAL_COUNT.exec(line)?.[1] ?? Number.NaN) || null
    for (const [, word = '', count = '', sum] of line.matchAll(TOTALS)) {
      const direction = word.includes('收入') ? 'in' : word.includes('支出') ? 'out' : 'neutral'
      this.#totals.set(direction, {
        count: Number(count),
        sum: sum === undefined ? null : parseNumberText(sum, '.'),
      })
    }
    const month = STATEMENT_MONTH.exec(line)
    if (month !== null) this.#yearContext ??= { year: Number(month[1]), month: Number(month[2]) }
    for (const [index, text] of texts.entries()) {
      // "起始时间：[…] 终止时间：[…]" puts two facts into one cell.
      for (const part of text.split(/(?<!\s)\s+(?=[^\s\d:：]{2,8}[:：])/u)) this.#addFact(part, texts[index + 1])
    }
  }

  #addFact(text: string, next: string | undefined): void {
    const colon = text.search(/[:：]/u)
    const name = normalizeName(colon < 0 ? text : text.slice(0, colon))
    const kind = labels.get(name)
    if (kind === undefined || this.#facts.has(kind)) return
    const own = colon < 0 ? '' : unbracket(text.slice(colon + 1).trim())
    const value =
      own === '' && next !== undefined && !labels.has(normalizeName(next.replace(/[:：].*$/u, '')))
        ? unbracket(next)
        : own
    if (value !== '') this.#facts.set(kind, value)
  }

  get text(): string {
    return this.#texts.join('\n')
  }

  get number(): string | undefined {
    return this.#facts.get('number')
  }

  get holder(): string | undefined {
    return this.#facts.get('holder')
  }

  get alias(): string | undefined {
    return this.#facts.get('alias')
  }

  get accountType(): string | undefined {
    return this.#facts.get('type')
  }

  get currency(): CurrencyCode | null {
    return currencyOf(this.#facts.get('currency') ?? '')
  }

  get yearContext(): YearContext | null {
    if (this.#yearContext !== null) return this.#yearContext
    const { to } = this.period
    return to === null ? null : { year: Number(to.slice(0, 4)), month: Number(to.slice(5, 7)) }
  }

  get period(): { readonly from: IsoDate | null; readonly to: IsoDate | null } {
    const dates = [...(this.#facts.get('period') ?? '').matchAll(DATES)].map(([text]) => text)
    const dateOf = (text: string | undefined): IsoDate | null => parseMoment(text ?? '', 'ymd', null)?.date ?? null
    return {
      from: dateOf(this.#facts.get('from') ?? dates[0]),
      to: dateOf(this.#facts.get('to') ?? dates[1]),
    }
  }

  /** How many records the statement says it has, or null. */
  get count(): number | null {
    return this.#count
  }

  get totals(): ReadonlyMap<'in' | 'out' | 'neutral', StatedTotal> {
    return this.#totals
  }
}

/** The bank or wallet a text names, or undefined. */
export function institutionIn(text: string): string | undefined {
  return rules.institutions.find(({ match }) => match.test(text))?.name
}
