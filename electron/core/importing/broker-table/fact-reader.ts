import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  multiplyDecimal,
  parseDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type DateText, parseDateText, parseTimeText } from '../delimited/date-text.ts'
import { trimmedCell } from '../delimited/vocabulary-text.ts'
import type { ParsedSecurity } from '../importer.ts'
import { assetOf, type Figure, fiatOf, isNothing, readFigure } from './figure.ts'
import { epochOf } from './moment.ts'
import { type Role } from './roles.ts'
import type { Leg, RowFacts, RowFault } from './row-facts.ts'
import { type AssetPair, pairOf, securityOf } from './security.ts'
import { figureOf, NO_HINT, phraseOf } from './sentence.ts'
import { fiatOrNull, type Sum, sumOf } from './sum.ts'
import { dayText, type Survey, type Table } from './survey.ts'
import { type Action, actionOfCell, actionOfText, conversions, minorUnits } from './vocabulary.ts'

class Damage extends Error {
  readonly code: 'bad-amount' | 'bad-currency'
  readonly text: string
  constructor(code: 'bad-amount' | 'bad-currency', text: string) {
    super(code)
    this.code = code
    this.text = text
  }
}

const ONE_TENTH = parseDecimal('0.1')

const GENERIC: ReadonlySet<Action> = new Set<Action>(['swap', 'transfer', 'corporate'])

/** Reads the rows of one table. */
export class FactReader {
  readonly #table: Table
  readonly #survey: Survey
  readonly #thisYear: number
  readonly #at: Table['columns']['at']
  readonly #descriptions: readonly number[]
  readonly #notes: readonly number[]

  constructor(table: Table, survey: Survey, thisYear: number) {
    this.#table = table
    this.#survey = survey
    this.#thisYear = thisYear
    this.#at = table.columns.at
    this.#descriptions = table.columns.many.description ?? []
    this.#notes = table.columns.many.note ?? []
  }

  #cell(cells: readonly string[], role: Role): string {
    const index = this.#at[role]
    return index === undefined ? '' : trimmedCell(cells, index)
  }

  #many(role: Role): readonly number[] {
    return this.#table.columns.many[role] ?? []
  }

  #figure(cells: readonly string[], index: number | undefined): Figure | null {
    if (index === undefined) return null
    const text = trimmedCell(cells, index)
    const figure = readFigure(text, this.#survey.mark)
    // a word among figures ("Not available", "see note") is no damage; digits that make no number are
    if (figure === 'bad' && /\d/.test(text)) throw new Damage('bad-amount', text)
    return figure === 'bad' ? null : figure
  }

  #optional(cells: readonly string[], index: number | undefined): Figure | null {
    const figure = index === undefined ? null : readFigure(trimmedCell(cells, index), this.#survey.mark)
    return figure === 'bad' ? null : figure
  }

  /** The currency of a column's figure, where the column itself or its neighbour says it. */
  #ownCurrency(cells: readonly string[], index: number, figure: Figure): string | null {
    if (figure.unit !== null) return figure.unit
    const linked = this.#table.columns.currencyAt.get(index)
    const text = linked === undefined ? '' : trimmedCell(cells, linked)
    if (text !== '') return text
    return this.#table.columns.headerCurrency.get(index) ?? null
  }

  #currencyCell(cells: readonly string[], role: Role): string | null {
    const text = this.#cell(cells, role)
    if (isNothing(text)) return null
    if (fiatOf(text) !== null || minorUnits.has(text)) return text
    // a coin in place of a currency is another matter; anything else is damage, unless the whole column is
    if (/^[A-Z0-9]{2,10}$/.test(text) && !isCurrencyCode(text)) return text
    if (role === 'currency' && this.#table.columns.currencyUnreadable) return null
    throw new Damage('bad-currency', text)
  }

  #sum(cells: readonly string[], index: number | undefined, fallback: string | null): Sum | null {
    const figure = this.#figure(cells, index)
    if (figure === null || index === undefined) return null
    return sumOf(figure.value, this.#ownCurrency(cells, index, figure) ?? fallback)
  }

  read(cells: readonly string[]): RowFacts | RowFault {
    const when = this.#when(cells)
    if ('fault' in when) return when
    try {
      return this.#read(cells, when)
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      return { fault: error.code, text: error.text }
    }
  }

  #when(cells: readonly string[]): (DateText & { settlement?: IsoDate }) | RowFault {
    const order = this.#survey.order.order
    const read = (text: string): DateText | null => epochOf(text) ?? parseDateText(dayText(text), order, this.#thisYear)
    const text = this.#cell(cells, 'date')
    const later = this.#cell(cells, 'settlement')
    const settlement = later === '' ? null : read(later)
    if (text === '' || isNothing(text)) {
      return settlement === null ? { fault: 'no-date' } : settlement
    }
    const first = read(text)
    if (first === null) return { fault: 'bad-date', text }
    const clock = first.time ?? parseTimeText(this.#cell(cells, 'time'))
    return {
      date: first.date,
      ...(clock === undefined || /^00:00(?::00)?$/.test(clock) ? {} : { time: clock }),
      ...(settlement === null ? {} : { settlement: settlement.date }),
    }
  }

  #read(cells: readonly string[], when: DateText & { settlement?: IsoDate }): RowFacts {
    const descriptions = this.#texts(cells, this.#descriptions)
    const texts = [...new Set([...descriptions, ...this.#texts(cells, this.#notes)])]
    const { action, named, actionText } = this.#action(cells, texts)
    const currencyText = this.#currencyCell(cells, 'currency')
    const netText = this.#currencyCell(cells, 'net-currency') ?? currencyText
    const pair = this.#dealtPair(cells)
    const hint = this.#isPlain(cells) ? NO_HINT : phraseOf(texts, actionText, this.#survey)
    const fallback = netText ?? (pair === null ? null : pair.quote)
    const priceText = this.#currencyCell(cells, 'price-currency') ?? currencyText ?? fallback
    const quantityFigure = this.#figure(cells, this.#at.quantity)
    const price = this.#sum(cells, this.#at.price, priceText) ?? hint.price
    const net = this.#likePrice(cells, this.#net(cells, fallback), price, quantityFigure)
    const charges = this.#charges(cells, netText, net, price)
    const currency = net?.currency ?? fiatOrNull(netText)
    const rate = this.#optional(cells, this.#at['fx-rate'])
    const originalText = this.#cell(cells, 'original-currency')
    const original = this.#optional(cells, this.#at['original-amount'])
    const balance = this.#optional(cells, this.#at.balance)
    return {
      date: when.date,
      ...(when.time === undefined ? {} : { time: when.time }),
      ...(when.settlement === undefined || when.settlement === when.date ? {} : { settlement: when.settlement }),
      action,
      named,
      actionText,
      texts,
      security: this.#securityOrBase(
        pair,
        this.#security(cells, descriptions, actionText, hint.security, quantityFigure),
      ),
      pair,
      quantity: isRatio(action, quantityFigure, texts) ? null : (quantityFigure?.value ?? hint.quantity),
      price:
        price === null || signOfDecimal(price.value) === 0 ? null : { ...price, value: absoluteDecimal(price.value) },
      gross: this.#sum(cells, this.#at.gross, priceText ?? fallback),
      net,
      ...charges,
      currency,
      fxRate: rate === null || signOfDecimal(rate.value) <= 0 ? null : rate.value,
      original: originalOf(original, originalText),
      balance: balance?.value ?? null,
      account: this.#cell(cells, 'account').replace(/^['=]+/, ''),
      reference: this.#reference(cells),
      counterparty: this.#cell(cells, 'counterparty'),
      payer: this.#cell(cells, 'payer'),
      payee: this.#cell(cells, 'payee'),
      category: this.#cell(cells, 'category'),
      counterpartyAccount: this.#cell(cells, 'counterparty-account'),
      multiplier: this.#optional(cells, this.#at.multiplier)?.value ?? null,
      ...this.#legs(cells, texts),
    }
  }

  /** Whether the columns say what and how many, so that no sentence needs to be read for it. */
  #isPlain(cells: readonly string[]): boolean {
    return (
      this.#cell(cells, 'quantity') !== '' && (this.#cell(cells, 'symbol') !== '' || this.#cell(cells, 'isin') !== '')
    )
  }

  #texts(cells: readonly string[], columns: readonly number[]): string[] {
    const texts: string[] = []
    for (const index of columns) {
      const text = trimmedCell(cells, index).replaceAll(/\s+/g, ' ')
      if (!isNothing(text) && !texts.includes(text)) texts.push(text)
    }
    return texts
  }

  #action(
    cells: readonly string[],
    texts: readonly string[],
  ): { action: Action | null; named: boolean; actionText: string } {
    const { rules } = this.#table
    const first = this.#cell(cells, 'action').replaceAll(/\s+/g, ' ')
    const second = this.#cell(cells, 'action-detail').replaceAll(/\s+/g, ' ')
    const actionText = first || second
    if (rules.actions !== undefined) {
      const all = [first, second, ...texts, this.#reference(cells)].join(' | ')
      const given = rules.actions.find(({ match }) => match.test(all))
      if (given !== undefined) return { action: given.as, named: true, actionText }
    }
    if (rules.action !== undefined) return { action: rules.action, named: true, actionText }
    const exact = actionOfCell(first)
    const detail = actionOfCell(second)
    if (exact !== null && !GENERIC.has(exact)) return { action: exact, named: true, actionText }
    if (detail !== null && !GENERIC.has(detail)) return { action: detail, named: true, actionText }
    const spoken = actionOfText(first)
    if (spoken !== null && !GENERIC.has(spoken)) return { action: spoken, named: true, actionText }
    const generic = exact ?? detail ?? spoken
    if (generic !== null) return { action: generic, named: true, actionText }
    for (const text of texts) {
      const action = actionOfText(text)
      if (action !== null) return { action, named: false, actionText }
    }
    if (this.#table.columns.income) return { action: 'dividend', named: true, actionText }
    const named = actionOfText(this.#cell(cells, 'name'))
    return { action: this.#at.action === undefined ? named : null, named: false, actionText }
  }

  /** A pair of currencies beside a share is the rate's, not what was dealt in. */
  #dealtPair(cells: readonly string[]): AssetPair | null {
    const pair = this.#pair(cells)
    if (pair === null || fiatOf(pair.base) === null) return pair
    return this.#cell(cells, 'isin') === '' && this.#cell(cells, 'name') === '' ? pair : null
  }

  #pair(cells: readonly string[]): AssetPair | null {
    const text = this.#cell(cells, 'pair')
    if (text !== '') return pairOf(text, false)
    const symbol = this.#cell(cells, 'symbol')
    // paid for in a coin: an exchange of one asset for another
    const coin = this.#currencyCell(cells, 'net-currency') ?? this.#currencyCell(cells, 'currency')
    if (symbol !== '' && coin !== null && fiatOf(coin) === null && !minorUnits.has(coin)) {
      return { base: assetOf(symbol), quote: assetOf(coin) }
    }
    return /[/_.-]/.test(symbol) ? pairOf(symbol, true) : null
  }

  #security(
    cells: readonly string[],
    texts: readonly string[],
    actionText: string,
    hint: ParsedSecurity | null,
    quantity: Figure | null,
  ): ParsedSecurity | null {
    const unit = quantity?.unit ?? null
    return securityOf(
      {
        isin: this.#cell(cells, 'isin'),
        symbol: this.#cell(cells, 'symbol') || (unit !== null && fiatOf(unit) === null ? unit : ''),
        cusip: this.#cell(cells, 'cusip'),
        sedol: this.#cell(cells, 'sedol'),
        wkn: this.#cell(cells, 'wkn'),
        name: this.#cell(cells, 'name').replaceAll(/\s+/g, ' '),
        class: this.#cell(cells, 'class'),
        description: texts[0] ?? '',
        actionText,
      },
      hint,
      this.#survey,
    )
  }

  #securityOrBase(pair: AssetPair | null, security: ParsedSecurity | null): ParsedSecurity | null {
    if (pair === null || fiatOf(pair.base) !== null) return security
    return { ...security, symbol: pair.base, class: 'crypto' }
  }

  #net(cells: readonly string[], fallback: string | null): Sum | null {
    const net = this.#sum(cells, this.#at.net, fallback)
    if (net !== null) return net
    const debit = this.#sum(cells, this.#at.debit, fallback)
    const credit = this.#sum(cells, this.#at.credit, fallback)
    if (debit === null && credit === null) return null
    const out = debit === null ? ZERO : multiplyDecimal(absoluteDecimal(debit.value), parseDecimal('-1'))
    return {
      value: addDecimal(out, credit === null ? ZERO : absoluteDecimal(credit.value)),
      currency: credit?.currency ?? debit?.currency ?? null,
    }
  }

  /** An amount without a currency is in that of the price where it is quantity × price, or nearly so. */
  #likePrice(cells: readonly string[], net: Sum | null, price: Sum | null, quantity: Figure | null): Sum | null {
    if (net === null || net.currency !== null || this.#at['price-currency'] === undefined) return net
    const currency = fiatOrNull(this.#cell(cells, 'price-currency') || null)
    if (currency === null || price === null || quantity === null) return net
    const worth = absoluteDecimal(multiplyDecimal(price.value, quantity.value))
    const difference = absoluteDecimal(subtractDecimal(worth, absoluteDecimal(net.value)))
    return compareDecimal(difference, multiplyDecimal(worth, ONE_TENTH)) > 0 ? net : { value: net.value, currency }
  }

  #charges(
    cells: readonly string[],
    netText: string | null,
    net: Sum | null,
    price: Sum | null,
  ): Pick<RowFacts, 'fees' | 'feeAssets' | 'taxes'> {
    const fees: Sum[] = []
    const feeAssets: Leg[] = []
    const taxes: Sum[] = []
    const feeText = this.#cell(cells, 'fee-currency')
    const usual = netText ?? net?.currency ?? price?.currency ?? null
    for (const index of [...this.#many('commission'), ...this.#many('fee')]) {
      const figure = this.#figure(cells, index)
      if (figure === null || signOfDecimal(figure.value) === 0) continue
      const unit = this.#ownCurrency(cells, index, figure) ?? (isNothing(feeText) ? usual : feeText)
      if (unit !== null && fiatOf(unit) === null && !minorUnits.has(unit)) {
        feeAssets.push({ quantity: absoluteDecimal(figure.value), asset: unit })
      } else fees.push(sumOf(figure.value, unit))
    }
    for (const index of this.#many('tax')) {
      const figure = this.#figure(cells, index)
      if (figure === null || signOfDecimal(figure.value) === 0) continue
      taxes.push(sumOf(figure.value, this.#ownCurrency(cells, index, figure) ?? usual))
    }
    return { fees, feeAssets, taxes }
  }

  /** Both sides of an exchange. What a sentence says of them is after all charges. */
  #legs(
    cells: readonly string[],
    texts: readonly string[],
  ): Pick<RowFacts, 'incoming' | 'outgoing'> & Partial<Pick<RowFacts, 'fees' | 'feeAssets'>> {
    for (const text of texts) {
      for (const conversion of conversions) {
        const groups = text.length > 200 ? undefined : conversion.exec(text)?.groups
        const [out, into] = [
          figureOf(groups?.['outQuantity'], this.#survey),
          figureOf(groups?.['inQuantity'], this.#survey),
        ]
        if (groups === undefined || out === null || into === null) continue
        return {
          incoming: { quantity: into, asset: groups['inAsset'] ?? '' },
          outgoing: { quantity: out, asset: groups['outAsset'] ?? '' },
          fees: [],
          feeAssets: [],
        }
      }
    }
    const incoming = this.#leg(cells, 'in-quantity', 'in-asset')
    const outgoing = this.#leg(cells, 'out-quantity', 'out-asset')
    if (this.#table.rules.sides !== undefined) return this.#kept(cells, incoming, outgoing)
    if (outgoing === null || incoming !== null || !this.#table.columns.signedOut) return { incoming, outgoing }
    const signed = this.#figure(cells, this.#at['out-quantity'])
    return signed !== null && signOfDecimal(signed.value) > 0
      ? { incoming: outgoing, outgoing: null }
      : { incoming, outgoing }
  }

  /** The side that the account had; what the other side got is the original sum. */
  #kept(
    cells: readonly string[],
    incoming: Leg | null,
    outgoing: Leg | null,
  ): Pick<RowFacts, 'incoming' | 'outgoing'> & Partial<Pick<RowFacts, 'original'>> {
    const words = [this.#cell(cells, 'action'), this.#cell(cells, 'action-detail')].join(' | ')
    const keep = this.#table.rules.sides?.find(({ match }) => match.test(words))?.keep ?? 'both'
    if (keep === 'both') return { incoming, outgoing }
    const other = keep === 'in' ? outgoing : incoming
    const original = other === null ? {} : { original: sumOf(other.quantity, other.asset) }
    return keep === 'in' ? { incoming, outgoing: null, ...original } : { incoming: null, outgoing, ...original }
  }

  #leg(cells: readonly string[], quantityRole: Role, assetRole: Role): Leg | null {
    const index = this.#at[quantityRole]
    const figure = this.#figure(cells, index)
    if (figure === null || signOfDecimal(figure.value) === 0) return null
    const asset = this.#cell(cells, assetRole) || figure.unit || ''
    return asset === '' ? null : { quantity: absoluteDecimal(figure.value), asset }
  }

  #reference(cells: readonly string[]): string {
    for (const index of this.#many('reference')) {
      const text = trimmedCell(cells, index).replace(/^'+/, '')
      if (!isNothing(text)) return text
    }
    return ''
  }
}

function originalOf(figure: Figure | null, currency: string): Sum | null {
  const unit = figure?.unit ?? (currency === '' ? null : currency)
  return figure === null || unit === null ? null : sumOf(figure.value, unit)
}

const RATIO = /(?:^|\D)(\d{1,4})[ -]?(?:for|:)[ -]?\d{1,4}(?:\D|$)/i

/** "3-for-1": a split that names its ratio in place of the shares that came. */
function isRatio(action: Action | null, quantity: Figure | null, texts: readonly string[]): boolean {
  if (action !== 'split' || quantity === null) return false
  return texts.some((text) => RATIO.exec(text)?.[1] === quantity.value)
}
