import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  type Decimal,
  negateDecimal,
  ONE,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { Finding, ParsedAccount, ParsedSecurity, ParsedTransaction, Reason, TransactionKind } from '../importer.ts'
import { readLegs } from './corporate-action.ts'
import type { PatternMatch } from './pattern.ts'
import type { DocumentLine } from './lines.ts'
import { datesOf, timeOf } from './settlement-dates.ts'
import { type Labelled, labelledFigures, type Money } from './settlement-figures.ts'
import { isCancellation, kindMarksOf, kindOf } from './settlement-kind.ts'
import { securityOf, tradeOf } from './settlement-security.ts'
import { solve } from './settlement-solve.ts'
import type { DocumentKind } from './vocabulary.ts'

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
  /** What the words that begin this part gave: its date and amount, where they stand there. */
  readonly match?: PatternMatch | undefined
  /** The line above this part that names a security, where the part itself does not. */
  readonly securityLine?: DocumentLine | undefined
}

/** A settlement says what it is on its first page's upper half. */
const LAST_TITLE_LINE = 40

const DEBIT_WORDS =
  /lasten|belast|debit|débit|addebit|adeudo|due|payable|cost|charged|zulasten|betalen|verkauf?s?kosten/i
/** Of income, what is due or payable is so to the owner of the security. */
const DUE_WORDS = /\b(?:due|payable)\b/gi
const REFUND_WORDS = /erstattung|optimierung|refund|gutschrift|rückzahlung|verlustausgleich/i

const CREDIT_WORDS =
  /gunsten|gutschrift|credit|crédit|accredit|abono|proceeds|auszahlung|erstattung|ontvangen|überwiesen|receivable|uit te betalen|til gode/i

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

/** What a kind of settlement does to the account. `title` is the phrase that says the kind. */
function effectOf(
  kind: DocumentKind,
  net: Money,
  label: Labelled | undefined,
  title: string,
): { kind: TransactionKind; amount: Decimal } {
  const phrase = label === undefined ? '' : `${label.phrase} ${label.rest}`
  const income = kind === 'dividend' || kind === 'interest'
  const said = income ? phrase.replaceAll(DUE_WORDS, ' ') : phrase
  const debit = DEBIT_WORDS.test(said) && !CREDIT_WORDS.test(phrase)
  const out = negateDecimal(net.value)
  const effects: Readonly<Record<DocumentKind, { kind: TransactionKind; amount: Decimal }>> = {
    buy: { kind: 'buy', amount: out },
    sell: { kind: 'sell', amount: net.value },
    // a fund that keeps its income pays nothing: what is taken is the tax on it
    dividend: debit || net.sign < 0 ? { kind: 'tax', amount: out } : { kind: 'dividend', amount: net.value },
    interest: { kind: 'interest', amount: debit || net.sign < 0 ? out : net.value },
    tax: {
      kind: 'tax',
      amount:
        !debit && net.sign >= 0 && (CREDIT_WORDS.test(phrase) || REFUND_WORDS.test(title) || net.sign > 0)
          ? net.value
          : out,
    },
    fee: { kind: 'fee', amount: out },
    deposit: net.sign < 0 || debit ? { kind: 'other', amount: out } : { kind: 'deposit', amount: net.value },
    'corporate-action': { kind: 'other', amount: debit ? out : net.value },
  }
  return effects[kind]
}

function referenceOf(labelled: readonly Labelled[]): string | undefined {
  for (const { label, rest } of labelled) {
    if (label !== 'order') continue
    const token = /^[\s:.#]*([A-Za-z0-9][\w./-]{3,39})/.exec(rest)?.[1]
    if (token !== undefined && /\d/.test(token)) return token
  }
  return undefined
}

function depotOf(labelled: readonly Labelled[]): string | null {
  for (const { label, rest } of labelled) {
    if (label !== 'depot') continue
    const token = /^(?:[\s:.-]|Nr|Rubrik|Konto|EUR|CHF)*([A-Z0-9][\dA-Z./-]{4,24}(?: \d{2,4}){0,4})/.exec(rest)?.[1]
    if (token !== undefined && /\d{3}/.test(token)) return token.trim()
  }
  return null
}

const ibanIn = (lines: readonly DocumentLine[]): string | null =>
  lines.flatMap(({ figures }) => figures).find((figure) => figure.type === 'iban')?.value ?? null

/** The account that a document names: the securities account, here or in the file's heading; else the cash account. */
export function accountOf(
  lines: readonly DocumentLine[],
  labelled: readonly Labelled[],
  headingLines: readonly DocumentLine[] = [],
  heading: readonly Labelled[] = [],
): ParsedAccount {
  const number = depotOf(labelled) ?? depotOf(heading) ?? ibanIn(lines) ?? ibanIn(headingLines)
  return number === null ? { kind: 'brokerage' } : { number, kind: 'brokerage' }
}

function failed(record: number, kind: DocumentKind | null, code: Reason['code'], message: string): Settlement {
  return { ok: false, record, kind, reason: { code, message, ...(kind === null ? {} : { values: { kind } }) } }
}

/** The first lines of a settlement name its security; where they do not, the line above them that does. */
const NEAR_LINES = 8

function securityFor(
  lines: readonly DocumentLine[],
  labelled: readonly Labelled[],
  above: DocumentLine | undefined,
): ParsedSecurity | null {
  const own = securityOf(lines, labelled)
  if (above === undefined) return own
  const near = lines.slice(0, NEAR_LINES).some(({ figures }) => figures.some(({ type }) => type === 'isin'))
  return near ? own : (securityOf([above], labelledFigures([above])) ?? own)
}

function capturedAmount(match: PatternMatch | undefined): Money | null {
  const figure = match?.get('amount')
  if (typeof figure !== 'object' || figure.type !== 'number') return null
  return { value: absoluteDecimal(figure.value), currency: figure.currency, sign: figure.sign, line: -1 }
}

/** Reads one settlement: what it is, when, which security, and what it moved on the account. */
export function readSettlement(lines: readonly DocumentLine[], options: SettlementOptions = {}): Settlement {
  const marks = kindMarksOf(lines)
  const kind = options.kind ?? kindOf(marks)?.kind ?? null
  const record = lines[marks[0]?.line ?? 0]?.number ?? 1
  if (kind === null)
    return failed(
      record,
      null,
      'unsupported-record',
      'The document does not say what it settles (a purchase, a sale, a dividend …).',
    )
  const labelled = labelledFigures(lines)
  const heading = options.heading === undefined ? [] : labelledFigures(options.heading)
  const { booked: said, value } = datesOf(lines, labelled, marks, kind, heading)
  const captured = options.match?.get('date')
  const booked = typeof captured === 'object' && captured.type === 'date' ? captured.value : said
  const account = accountOf(lines, labelled, options.heading, heading)
  if (kind === 'corporate-action') {
    const legs = booked === null ? [] : readLegs(lines, booked)
    if (legs.length > 0)
      return { ok: true, transactions: legs, currency: usualCurrency(lines), account, findings: [], record }
  }
  const solved = solve(labelled, lines, kind, capturedAmount(options.match))
  if (solved === null)
    return failed(record, kind, 'missing-amount', 'The document names no amount that was booked: enter it by hand.')
  if (booked === null) return failed(record, kind, 'missing-date', 'The document names no date: enter it by hand.')
  const trades = kind === 'buy' || kind === 'sell'
  // outside a heading, words such as "fee" or "interest" explain; only a settlement begins with them
  if (
    !trades &&
    kind !== 'dividend' &&
    options.kind === undefined &&
    !solved.verified &&
    (marks[0]?.line ?? 0) > LAST_TITLE_LINE
  ) {
    return failed(
      record,
      kind,
      'unsupported-record',
      'The document does not say clearly what was booked: enter it by hand.',
    )
  }
  const security = securityFor(lines, labelled, options.securityLine)
  if (security === null && trades)
    return failed(record, kind, 'bad-record', 'The document names no security: enter it by hand.')
  const currency = solved.net.currency ?? usualCurrency(lines) ?? usualCurrency(options.heading ?? [])
  const netLabel = labelled.findLast((entry) => entry.line === solved.net.line && entry.label.startsWith('net'))
  const cancelled = isCancellation(lines)
  // a cancellation prints the amount that it takes back with the sign turned: what was settled had none
  const net: Money = cancelled ? { ...solved.net, sign: 0 } : solved.net
  const effect = effectOf(kind, net, netLabel, kindOf(marks)?.phrase ?? '')
  const { quantity: units, price } = tradeOf(
    lines,
    labelled,
    solved.gross?.value ?? solved.net.value,
    solved.gross !== null,
  )
  // what was paid is no number of units, whatever stands above it, unless a unit costs one
  const quantity = trades && units === solved.net.value && price?.value !== ONE ? null : units
  if (trades && quantity === null)
    return failed(record, kind, 'bad-record', 'The document names no number of units: enter it by hand.')
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
    transactions.push({
      ...common,
      kind: effect.kind,
      amount: turned(solved.tax),
      ...(quantity === null ? {} : { quantity }),
    })
    transactions.push({ ...common, kind: 'tax', amount: turned(negateDecimal(solved.tax)) })
  } else {
    const amount = refund === null ? effect.amount : subtractDecimal(effect.amount, back)
    transactions.push({
      ...common,
      kind: effect.kind,
      amount: turned(amount),
      ...(signedQuantity === null || !(trades || effect.kind === 'dividend')
        ? {}
        : { quantity: trades ? turned(signedQuantity) : signedQuantity }),
      ...(trades && price !== null && (price.currency === currency || price.currency === null)
        ? { price: price.value }
        : {}),
      ...(signOfDecimal(solved.fee) > 0 ? { fee: solved.fee } : {}),
      ...(signOfDecimal(solved.tax) > 0 ? { tax: solved.tax } : {}),
    })
    if (refund !== null) transactions.push({ ...common, kind: refund.sort, amount: turned(back) })
  }
  if (solved.unexplained && effect.kind !== 'tax') {
    findings.push({
      severity: 'warning',
      code: 'settlement-mismatch',
      message: `Gross amount, fees and taxes do not add up to the booked amount ${solved.net.value}: fees and taxes are left out.`,
      record,
      values: { net: solved.net.value, ...(solved.gross === null ? {} : { gross: solved.gross.value }) },
    })
  }
  return { ok: true, transactions, currency, account, findings, record }
}
