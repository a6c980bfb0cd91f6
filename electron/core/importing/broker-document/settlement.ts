import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { absoluteDecimal, type Decimal, multiplyDecimal, negateDecimal, parseDecimal, roundDecimal, signOfDecimal, subtractDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { daysBetween, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Finding, ParsedAccount, ParsedTransaction, Reason, TransactionKind } from '../importer.ts'
import type { Figure } from './figures.ts'
import { readLegs } from './corporate-action.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { type Charge, convertedNear, settle, type Settled } from './settlement-arithmetic.ts'
import { type Labelled, labelledFigures, type Money, moneyOf } from './settlement-figures.ts'
import { isCancellation, type KindMark, kindMarksOf, kindOf } from './settlement-kind.ts'
import { securityOf, tradeOf } from './settlement-security.ts'
import { type DocumentKind, type LabelName, statementWords } from './vocabulary.ts'

/** One event that a document settles, or why it cannot be read. */
export type Settlement =
  | {
      readonly ok: true
      readonly transactions: readonly ParsedTransaction[]
      readonly currency: CurrencyCode | null
      readonly account: ParsedAccount
      readonly findings: readonly Finding[]
      readonly record: number
    }
  | { readonly ok: false; readonly reason: Reason; readonly record: number; readonly kind: DocumentKind | null }

export interface SettlementOptions {
  /** Set where a profile knows the kind from the words that begin this part. */
  readonly kind?: DocumentKind | undefined
  /** Lines in front of the first part of the file: date and account stand there for all of them. */
  readonly heading?: readonly DocumentLine[] | undefined
}

const ONE_CENT = parseDecimal('0.01')
const TWO_CENTS = parseDecimal('0.02')
const DEBIT_WORDS = /lasten|belast|debit|débit|addebit|adeudo|due|payable|cost|charged|zulasten|betalen|verkauf?s?kosten/i
const CREDIT_WORDS = /gunsten|gutschrift|credit|crédit|accredit|abono|proceeds|auszahlung|erstattung|ontvangen|überwiesen/i

const isDate = (figure: Figure): figure is Extract<Figure, { type: 'date' }> => figure.type === 'date'

function dateOf(labelled: readonly Labelled[], label: LabelName): IsoDate | null {
  for (const entry of labelled) {
    if (entry.label !== label) continue
    const date = entry.figures.find(isDate)
    if (date !== undefined) return date.value
  }
  return null
}

function timeOf(lines: readonly DocumentLine[], labelled: readonly Labelled[]): string | undefined {
  for (const { label, figures } of labelled) {
    if (label !== 'tradeDate') continue
    const time = figures.find((figure) => figure.type === 'time')
    if (time !== undefined && time.value !== '00:00' && time.value !== '00:00:00') return time.value
  }
  const marked = lines.find(({ figures }) => figures.some(isDate) && figures.some(({ type }) => type === 'time'))
  const time = labelled.some(({ label }) => label === 'tradeDate') ? undefined : marked?.figures.find((figure) => figure.type === 'time')
  return time === undefined || time.value === '00:00' ? undefined : time.value
}

/** The dates that only tell of something else: record date, ex date, period. */
function otherDates(labelled: readonly Labelled[]): ReadonlySet<Figure> {
  return new Set(labelled.filter(({ label }) => label === 'otherDate').flatMap(({ figures }) => figures.filter(isDate)))
}

/** The day a document was printed, where that can be the day of the trade: on or a few days before the value date. */
function shortlyBefore(printed: IsoDate | null, value: IsoDate | null): IsoDate | null {
  if (printed === null || value === null) return null
  const days = daysBetween(printed, value)
  return days >= 0 && days <= 7 ? printed : null
}

interface Dates {
  readonly booked: IsoDate | null
  readonly value: IsoDate | null
}

function datesOf(lines: readonly DocumentLine[], labelled: readonly Labelled[], marks: readonly KindMark[], kind: DocumentKind, heading: readonly Labelled[]): Dates {
  const value = dateOf(labelled, 'valueDate')
  const other = otherDates(labelled)
  const ofMark = marks
    .filter((mark) => mark.kind === kind)
    .map(({ line }) => lines[line]?.figures.find((figure) => isDate(figure) && !other.has(figure)))
    .find((figure) => figure !== undefined)
  const marked = ofMark !== undefined && isDate(ofMark) ? ofMark.value : null
  const printed = dateOf(labelled, 'documentDate') ?? dateOf(heading, 'documentDate')
  const any = lines.flatMap(({ figures }) => figures.filter(isDate)).find((figure) => !other.has(figure))?.value ?? null
  const income = kind !== 'buy' && kind !== 'sell'
  const booked = income
    ? (dateOf(labelled, 'paymentDate') ?? value ?? dateOf(labelled, 'tradeDate') ?? printed ?? marked ?? any)
    : (dateOf(labelled, 'tradeDate') ?? marked ?? shortlyBefore(printed, value) ?? value ?? printed ?? any)
  return { booked, value }
}

/** The currency most figures carry. */
function usualCurrency(lines: readonly DocumentLine[]): CurrencyCode | null {
  const counts = new Map<CurrencyCode, number>()
  for (const { figures } of lines) {
    for (const figure of figures) {
      if (figure.type === 'currency') counts.set(figure.value, (counts.get(figure.value) ?? 0) + 1)
    }
  }
  return [...counts].toSorted((left, right) => right[1] - left[1])[0]?.[0] ?? null
}

function chargesOf(labelled: readonly Labelled[], net: Money): Charge[] {
  const informed = new Set(labelled.filter(({ label }) => label === 'taxInformation').map(({ line }) => line))
  const charges: Charge[] = []
  for (const entry of labelled) {
    const { label, phrase, line, after, below } = entry
    if ((label !== 'fee' && label !== 'tax' && label !== 'discount') || after || informed.has(line) || line === net.line || below) continue
    const money = moneyOf(entry)
    if (money === null || signOfDecimal(money.value) === 0) continue
    charges.push({ sort: label, phrase, value: money.value, sign: money.sign, currency: money.currency ?? net.currency, line })
  }
  return charges
}

interface Solved extends Settled {
  readonly net: Money
  readonly gross: Money | null
  readonly verified: boolean
}

const NONE: Settled = { fee: ZERO, tax: ZERO, refund: null }

function inCurrency(value: Decimal, currency: CurrencyCode | null, wanted: Money, rate: Decimal | null, near: Decimal): Decimal | null {
  if (currency === wanted.currency || currency === null || wanted.currency === null) return value
  return rate === null ? null : convertedNear(value, rate, near)
}

/** Tries to explain one candidate for the net amount by one for the gross amount and the charges. */
function explain(net: Money, gross: Money, charges: readonly Charge[], rate: Decimal | null, direction: 1 | -1): Settled | null {
  const base = inCurrency(gross.value, gross.currency, net, rate, net.value)
  if (base === null) return null
  const same = gross.currency === net.currency || gross.currency === null
  const converted: Charge[] = []
  for (const charge of charges) {
    if (charge.line === gross.line && charge.value === gross.value) continue
    const value =
      charge.currency === net.currency || charge.currency === null
        ? charge.value
        : // a charge is converted the way the gross amount was
          rate === null
          ? null
          : convertedLike(charge.value, rate, gross.value, base)
    if (value !== null) converted.push({ ...charge, value })
  }
  return settle({ direction, net: net.value, gross: base, charges: converted, tolerance: same ? ONE_CENT : TWO_CENTS })
}

function convertedLike(value: Decimal, rate: Decimal, from: Decimal, to: Decimal): Decimal | null {
  const multiplied = roundDecimal(multiplyDecimal(from, rate), 2)
  return convertedNear(value, rate, multiplied === to ? roundDecimal(multiplyDecimal(value, rate), 2) : ZERO)
}

/** A value date with an amount behind it is the line that tells what was booked. */
function isNet(entry: Labelled, tier: LabelName): boolean {
  if (entry.label === tier) return true
  return tier === 'net1' && entry.label === 'valueDate' && entry.figures.some(isDate) && entry.figures.findLast(({ type }) => type === 'number' || type === 'date')?.type === 'number'
}

function solve(labelled: readonly Labelled[], lines: readonly DocumentLine[], kind: DocumentKind): Solved | null {
  const candidates: Money[] = []
  const balances = new Set(lines.flatMap((line, at) => (phrasesIn(line, statementWords).some(({ meaning }) => meaning === 'opening' || meaning === 'closing') ? [at] : [])))
  for (const tier of ['net1', 'net2', 'net3'] as const) {
    for (const after of [false, true]) {
      if (after && candidates.length > 0) continue
      const found = labelled.filter((entry) => isNet(entry, tier) && entry.after === after && !balances.has(entry.line)).map(moneyOf)
      // what is booked stands last
      candidates.push(...found.filter((money) => money !== null).toReversed())
    }
    if (tier === 'net2' && candidates.length > 0) break
  }
  const first = candidates.find(({ value }) => signOfDecimal(value) !== 0) ?? candidates[0]
  if (first === undefined) return null
  const grosses = labelled.filter(({ label, after }) => label === 'gross' && !after).map(moneyOf).filter((money) => money !== null)
  if (grosses.length === 0) {
    const { quantity, price } = tradeOf(lines, labelled, first.value, false)
    if (quantity !== null && price !== null) {
      const value = roundDecimal(multiplyDecimal(quantity, price.value), 2)
      grosses.push({ value, currency: price.currency, sign: 0, line: -1 })
    }
  }
  const rateFigure = labelled
    .filter(({ label }) => label === 'rate')
    .flatMap(({ figures }) => figures)
    .find((figure) => figure.type === 'number' && signOfDecimal(figure.value) !== 0 && figure.decimals >= 2)
  const rate = rateFigure?.type === 'number' ? absoluteDecimal(rateFigure.value) : null
  const direction = kind === 'buy' ? 1 : -1
  for (const net of candidates) {
    for (const gross of grosses) {
      const solved = explain(net, gross, chargesOf(labelled, net), rate, direction)
      if (solved !== null && (signOfDecimal(net.value) !== 0 || signOfDecimal(solved.tax) !== 0)) return { ...solved, net, gross, verified: true }
    }
  }
  return { ...NONE, net: first, gross: grosses[0] ?? null, verified: false }
}

function effectOf(kind: DocumentKind, net: Money, label: Labelled | undefined): { kind: TransactionKind; amount: Decimal } {
  const phrase = label === undefined ? '' : `${label.phrase} ${label.rest}`
  const debit = DEBIT_WORDS.test(phrase) && !CREDIT_WORDS.test(phrase)
  const out = negateDecimal(net.value)
  switch (kind) {
    case 'buy':
      return { kind: 'buy', amount: out }
    case 'sell':
      return { kind: 'sell', amount: net.value }
    case 'dividend':
      // a fund that keeps its income pays nothing: what is taken is the tax on it
      return debit || net.sign < 0 ? { kind: 'tax', amount: out } : { kind: 'dividend', amount: net.value }
    case 'interest':
      return { kind: 'interest', amount: debit || net.sign < 0 ? out : net.value }
    case 'tax':
      return { kind: 'tax', amount: (CREDIT_WORDS.test(phrase) && !debit) || net.sign > 0 ? net.value : out }
    case 'fee':
      return { kind: 'fee', amount: out }
    case 'deposit':
      return net.sign < 0 || debit ? { kind: 'other', amount: out } : { kind: 'deposit', amount: net.value }
    case 'corporate-action':
      return { kind: 'other', amount: debit ? out : net.value }
  }
}

function referenceOf(labelled: readonly Labelled[]): string | undefined {
  for (const { label, rest } of labelled) {
    if (label !== 'order') continue
    const token = /^[\s:.#]*([A-Za-z0-9][\w./-]{3,39})/.exec(rest)?.[1]
    if (token !== undefined && /\d/.test(token)) return token
  }
  return undefined
}

/** The account that a document names: the securities account, else the cash account. */
export function accountOf(lines: readonly DocumentLine[], labelled: readonly Labelled[]): ParsedAccount {
  for (const { label, rest } of labelled) {
    if (label !== 'depot') continue
    const token = /^(?:[\s:.-]|Nr|Rubrik|Konto|EUR|CHF)*([A-Z0-9][\dA-Z./-]{4,24}(?: \d{2,4}){0,4})/.exec(rest)?.[1]
    if (token !== undefined && /\d{3}/.test(token)) return { number: token.trim(), kind: 'brokerage' }
  }
  const iban = lines.flatMap(({ figures }) => figures).find((figure) => figure.type === 'iban')
  return iban === undefined ? { kind: 'brokerage' } : { number: iban.value, kind: 'brokerage' }
}

function failed(record: number, kind: DocumentKind | null, code: Reason['code'], message: string): Settlement {
  return { ok: false, record, kind, reason: { code, message, ...(kind === null ? {} : { values: { kind } }) } }
}

/** Reads one settlement: what it is, when, which security, and what it moved on the account. */
export function readSettlement(lines: readonly DocumentLine[], options: SettlementOptions = {}): Settlement {
  const marks = kindMarksOf(lines)
  const kind = options.kind ?? kindOf(marks)?.kind ?? null
  const record = lines[marks[0]?.line ?? 0]?.number ?? 1
  if (kind === null) return failed(record, null, 'unsupported-record', 'The document does not say what it settles (a purchase, a sale, a dividend …).')
  const labelled = labelledFigures(lines)
  const heading = options.heading === undefined ? [] : labelledFigures(options.heading)
  const { booked, value } = datesOf(lines, labelled, marks, kind, heading)
  const inLines = accountOf(lines, labelled)
  const account = inLines.number === undefined && options.heading !== undefined ? accountOf(options.heading, heading) : inLines
  if (kind === 'corporate-action') {
    const legs = booked === null ? [] : readLegs(lines, booked)
    if (legs.length > 0) return { ok: true, transactions: legs, currency: usualCurrency(lines), account, findings: [], record }
  }
  const solved = solve(labelled, lines, kind)
  if (solved === null) return failed(record, kind, 'missing-amount', 'The document names no amount that was booked: enter it by hand.')
  if (booked === null) return failed(record, kind, 'missing-date', 'The document names no date: enter it by hand.')
  const security = securityOf(lines, labelled)
  const trades = kind === 'buy' || kind === 'sell'
  if (security === null && trades) return failed(record, kind, 'bad-record', 'The document names no security: enter it by hand.')
  const currency = solved.net.currency ?? usualCurrency(lines)
  const netLabel = labelled.findLast((entry) => entry.line === solved.net.line && entry.label.startsWith('net'))
  const effect = effectOf(kind, solved.net, netLabel)
  const { quantity, price } = tradeOf(lines, labelled, solved.gross?.value ?? solved.net.value, solved.gross !== null)
  if (trades && quantity === null) return failed(record, kind, 'bad-record', 'The document names no number of units: enter it by hand.')
  const cancelled = isCancellation(lines)
  const turned = (amount: Decimal): Decimal => (cancelled ? negateDecimal(amount) : amount)
  const signedQuantity = quantity === null ? null : kind === 'sell' ? negateDecimal(quantity) : quantity
  const reference = referenceOf(labelled)
  const { refund } = solved
  const back = refund === null ? ZERO : refund.amount
  const time = trades ? timeOf(lines, labelled) : undefined
  const common = {
    date: booked,
    ...(value === null || value === booked ? {} : { valueDate: value }),
    ...(time === undefined ? {} : { time }),
    ...(reference === undefined ? {} : { reference }),
    ...(security === null ? {} : { security }),
    ...(cancelled ? { memo: 'Storno' } : {}),
  }
  const transactions: ParsedTransaction[] = []
  const findings: Finding[] = []
  const nothingPaid = signOfDecimal(effect.amount) === 0 && signOfDecimal(solved.tax) !== 0
  if (nothingPaid) {
    // the tax took all of it: both are told
    transactions.push({ ...common, kind: effect.kind, amount: turned(solved.tax), ...(quantity === null ? {} : { quantity }) })
    transactions.push({ ...common, kind: 'tax', amount: turned(negateDecimal(solved.tax)) })
  } else {
    const amount = refund === null ? effect.amount : subtractDecimal(effect.amount, back)
    transactions.push({
      ...common,
      kind: effect.kind,
      amount: turned(amount),
      ...(signedQuantity === null || !(trades || effect.kind === 'dividend') ? {} : { quantity: trades ? turned(signedQuantity) : signedQuantity }),
      ...(trades && price !== null && (price.currency === currency || price.currency === null) ? { price: price.value } : {}),
      ...(signOfDecimal(solved.fee) > 0 ? { fee: solved.fee } : {}),
      ...(signOfDecimal(solved.tax) > 0 ? { tax: solved.tax } : {}),
    })
    if (refund !== null) transactions.push({ ...common, kind: refund.sort, amount: turned(back) })
  }
  if (!solved.verified && solved.gross !== null && trades) {
    findings.push({
      severity: 'info',
      code: 'settlement-mismatch',
      message: `Gross amount, fees and taxes do not add up to the booked amount ${solved.net.value}: fees and taxes are left out.`,
      record,
      values: { net: solved.net.value, gross: solved.gross.value },
    })
  }
  return { ok: true, transactions, currency, account, findings, record }
}
