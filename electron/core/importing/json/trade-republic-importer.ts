import * as z from 'zod'
import {
  absoluteDecimal,
  compareDecimal,
  type Decimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParsedSecurity,
  type ParsedTransaction,
  type TransactionKind,
} from '../importer.ts'
import { isIsin } from '../ofx/ofx-securities.ts'
import { parseNumberText } from '../text/number-text.ts'
import { quotedCurrency } from '../text/quoted-currency.ts'
import {
  amountIn,
  bookedOn,
  isoMoment,
  type JsonOutcome,
  optionalText,
  readRecords,
  RecordFault,
  refuseIfAllFailed,
  skip,
} from './json-record.ts'
import { looksLikeJson, readJson } from './json-text.ts'

const moneySchema = z.object({ currency: z.string(), value: z.string(), fractionDigits: optionalText })

/** A line of an event's details: a label in the app's language and what stands behind it. */
const rowSchema = z.object({
  title: optionalText,
  detail: z
    .object({
      text: optionalText,
      displayValue: z.object({ prefix: optionalText, text: optionalText }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
const sectionSchema = z.object({
  title: optionalText,
  data: z.unknown(),
  action: z.object({ type: optionalText, payload: z.unknown() }).nullish().catch(null),
})

/** An event of the app's timeline, as the broker's own interface sends it and export tools save it. */
const eventSchema = z.object({
  id: optionalText,
  timestamp: optionalText,
  title: optionalText,
  subtitle: optionalText,
  eventType: optionalText,
  status: optionalText,
  icon: optionalText,
  deleted: z.boolean().nullish().catch(null),
  amount: moneySchema.nullish(),
  subAmount: moneySchema.nullish().catch(null),
  details: z
    .object({ sections: z.array(z.unknown()) })
    .nullish()
    .catch(null),
})
type Event = z.output<typeof eventSchema>

const envelopeSchema = z.union([z.array(z.unknown()), z.object({ items: z.array(z.unknown()) })])

/** By the event's type, in small letters; the first that fits counts. What is a purchase by its sign is `trade`. */
const KINDS: readonly (readonly [RegExp, TransactionKind | 'trade' | 'bonus'])[] = [
  [/saveback|trade_perk|stock_perk/, 'bonus'],
  [/interest/, 'interest'],
  [/tax/, 'tax'],
  [/dividend|corporate_action.*cash|^credit$/, 'dividend'],
  [/atm/, 'cash-withdrawal'],
  [/card.*(?:refund|oct)/, 'refund'],
  [/^card|^payment_outbound.*card/, 'payment'],
  [/inbound|incoming/, 'deposit'],
  [/outbound|outgoing|p2p/, 'transfer'],
  [/fee/, 'fee'],
  [/trade|order|savings?_?plan|spare_change|round_?up|private_market/, 'trade'],
]

const CLOSED = /^(?:cancell?ed|failed|rejected|expired|declined)$/i
const WAITING = /^(?:pending|created|in_?progress)$/i

/** Labels of the number of units, of fees and of taxes in the app's languages. */
const UNITS = /^(?:aktien|anteile|shares|actions|parts|azioni|quote|acciones|participaciones|aandelen)$/i
const UNIT_PRICE = /^(?:aktienkurs|anteilspreis|share price|price|cours|prezzo|precio|koers)/i
const FEES = /^(?:gebühr|gebühren|fee|fees|frais|commissione|comisión|kosten)$/i
const TAXES = /^(?:steuer|steuern|tax|taxes|impôts?|tasse|impuestos|belasting)$/i

interface Row {
  readonly title: string
  readonly text: string
}

function sectionsOf(event: Event): z.output<typeof sectionSchema>[] {
  return (event.details?.sections ?? []).flatMap((section) => {
    const parsed = sectionSchema.safeParse(section)
    return parsed.success ? [parsed.data] : []
  })
}

function rowsOf(event: Event): Row[] {
  const rows: Row[] = []
  for (const { data } of sectionsOf(event)) {
    if (!Array.isArray(data)) continue
    for (const raw of data) {
      const parsed = rowSchema.safeParse(raw)
      const { title, detail } = parsed.data ?? {}
      const shown = detail?.displayValue
      const text = shown?.prefix === undefined ? detail?.text : `${shown.prefix} ${shown.text ?? ''}`
      if (title !== undefined && text !== undefined) rows.push({ title, text })
    }
  }
  return rows
}

/** A figure as the app shows it, in the notation of its language. Both readings where both are possible. */
function readings(text: string): Decimal[] {
  const values = ([',', '.'] as const).map((mark) => parseNumberText(text, mark)).filter((value) => value !== null)
  return [...new Set(values)]
}

const textOf = (rows: readonly Row[], label: RegExp): string | undefined =>
  rows.find(({ title }) => label.test(title))?.text

/** A charge that is shown with its event: money has two decimals, so that the last mark is the decimal one. */
function chargeIn(rows: readonly Row[], label: RegExp): Decimal | undefined {
  const text = textOf(rows, label) ?? ''
  const mark = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.'
  const value = parseNumberText(text, mark)
  return value === null || value === ZERO ? undefined : absoluteDecimal(value)
}

const NEARLY = parseDecimal('0.03')

interface Units {
  readonly quantity: Decimal
  readonly price?: Decimal
}

/**
 * How many units moved, by the details. "1.234" may be one unit and a bit or more than a thousand: the reading that fits
 * the amount at the stated price counts; where none does, only a sure one.
 */
function unitsOf(rows: readonly Row[], worth: Decimal): Units | undefined {
  const combined = rows
    .map(({ text }) => /^([\d.,'\u00a0 ]{1,30})[×x]\s{0,3}(.{1,40})$/.exec(text))
    .find((match) => match !== null)
  const quantities = readings(combined?.[1]?.trim() ?? textOf(rows, UNITS) ?? '')
  const prices = readings(combined?.[2]?.trim() ?? textOf(rows, UNIT_PRICE) ?? '')
  const slack = multiplyDecimal(worth, NEARLY)
  for (const quantity of quantities) {
    for (const price of prices) {
      const gap = absoluteDecimal(subtractDecimal(multiplyDecimal(quantity, price), worth))
      if (quantity !== ZERO && compareDecimal(gap, slack) <= 0) return { quantity, price }
    }
  }
  const [only, ...others] = quantities
  return only === undefined || only === ZERO || others.length > 0 ? undefined : { quantity: only }
}

function securityOf(event: Event): ParsedSecurity | undefined {
  const opened = sectionsOf(event).find(({ action }) => action?.type === 'instrumentDetail')?.action?.payload
  const code = typeof opened === 'string' ? opened : /^logos\/([A-Z]{2}[A-Z0-9]{9}\d)\//.exec(event.icon ?? '')?.[1]
  if (code === undefined) return undefined
  const id = isIsin(code) ? { isin: code } : { otherId: { scheme: 'TRADE-REPUBLIC', value: code.slice(0, 40) } }
  return event.title === undefined ? id : { ...id, name: event.title }
}

/** In the account's smallest unit: the interface sends −39.999935 for the 40.00 that are booked. */
function moneyIn(money: z.output<typeof moneySchema>, label: string): Decimal {
  const value = amountIn(money.value, label) ?? ZERO
  const digits = Number(money.fractionDigits ?? '2')
  return roundDecimal(value, Number.isInteger(digits) && digits >= 0 && digits <= 8 ? digits : 2)
}

const OF_SECURITIES: ReadonlySet<string> = new Set(['trade', 'bonus', 'dividend', 'tax'])

class TimelineReader {
  readonly #statements = new Map<string, number>()
  readonly announcements: ParsedItem[] = []

  event(event: Event, label: string): JsonOutcome {
    const what = `${label}${event.title === undefined ? '' : ` (${event.title.slice(0, 40)})`}`
    if (event.amount === null || event.amount === undefined) return skip('information-only', `${what} moves no money.`)
    if (event.deleted === true) return skip('closed-order', `${what} was deleted.`)
    if (CLOSED.test(event.status ?? '')) return skip('closed-order', `${what} was not carried out.`)
    const amount = moneyIn(event.amount, what)
    if (amount === ZERO) return skip('zero-amount', `${what} moves no money.`)
    const statement = this.#statementOf(event.amount.currency, what)
    const named = KINDS.find(([pattern]) => pattern.test((event.eventType ?? '').toLowerCase()))?.[1] ?? 'other'
    const transaction = build(event, named, amount, what)
    if (named !== 'bonus') return bookedOn(statement, transaction)
    // a bonus is given and invested at once: its cash comes in beside the purchase
    const given: ParsedTransaction = {
      date: transaction.date,
      amount: negateDecimal(transaction.amount),
      kind: 'other',
      payee: 'Trade Republic',
      ...(event.subtitle === undefined ? {} : { memo: event.subtitle }),
      ...(event.id === undefined ? {} : { reference: event.id }),
    }
    return {
      type: 'booked',
      rows: [
        { statement, transaction },
        { statement, transaction: given },
      ],
    }
  }

  #statementOf(code: string, label: string): number {
    const currency = quotedCurrency(code)?.currency
    if (currency === undefined) {
      throw new RecordFault('bad-currency', `${label} has the unknown currency "${code.slice(0, 20)}".`)
    }
    const known = this.#statements.get(currency)
    if (known !== undefined) return known
    const statement = this.#statements.size + 1
    this.#statements.set(currency, statement)
    this.announcements.push({
      type: 'statement',
      statement,
      account: { name: 'Trade Republic', institution: 'Trade Republic', kind: 'brokerage' },
      currency,
    })
    return statement
  }
}

function build(event: Event, named: (typeof KINDS)[number][1], moved: Decimal, label: string): ParsedTransaction {
  const rows = rowsOf(event)
  const isTrade = named === 'trade' || named === 'bonus'
  const amount = named === 'bonus' ? negateDecimal(absoluteDecimal(moved)) : moved
  const isPurchase = signOfDecimal(amount) < 0
  const security = OF_SECURITIES.has(named) ? securityOf(event) : undefined
  const units = isTrade && security !== undefined ? unitsOf(rows, absoluteDecimal(amount)) : undefined
  const fee = chargeIn(rows, FEES)
  const tax = chargeIn(rows, TAXES)
  const iban = textOf(rows, /^iban$/i)
  const other = event.subAmount
  const isForeign = other !== null && other !== undefined && other.currency !== event.amount?.currency
  const foreign = isForeign ? quotedCurrency(other.currency)?.currency : undefined
  const original = foreign === undefined || other === null || other === undefined ? undefined : moneyIn(other, label)
  const moment = isoMoment(event.timestamp, label)
  return {
    ...moment,
    amount,
    kind: isTrade ? (isPurchase ? 'buy' : 'sell') : named,
    ...(WAITING.test(event.status ?? '') ? { status: 'pending' } : {}),
    ...(event.title === undefined ? {} : { payee: event.title }),
    ...(event.subtitle === undefined ? {} : { memo: event.subtitle }),
    ...(event.id === undefined ? {} : { reference: event.id }),
    ...(iban === undefined ? {} : { counterparty: iban }),
    ...(original === undefined || foreign === undefined
      ? {}
      : {
          original: {
            amount: isPurchase ? negateDecimal(absoluteDecimal(original)) : absoluteDecimal(original),
            currency: foreign,
          },
        }),
    ...(security === undefined ? {} : { security }),
    ...(units === undefined ? {} : { ...units, quantity: isPurchase ? units.quantity : negateDecimal(units.quantity) }),
    ...(fee === undefined ? {} : { fee }),
    ...(tax === undefined ? {} : { tax }),
  }
}

/** Trade Republic's timeline of events with their details, as tools that export it save it. */
export const tradeRepublicImporter: Importer = {
  id: 'trade-republic',

  identify({ text }: FileHead): Identification {
    if (!looksLikeJson(text) || !/"eventType"\s*:/.test(text) || !/"timestamp"\s*:/.test(text)) return 'no'
    return /"timeline(?:Transaction|Activity|Detail)"|"logos\/|"cashAccountNumber"|"fractionDigits"/.test(text)
      ? 'yes'
      : 'no'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    const parsed = envelopeSchema.safeParse(readJson(source))
    if (!parsed.success) throw new ImportRejection('unknown-format', 'This JSON file is no list of events.')
    const events = Array.isArray(parsed.data) ? parsed.data : parsed.data.items
    if (events.length === 0) throw new ImportRejection('no-transactions-table', 'The file holds no events.')
    const reader = new TimelineReader()
    const fates = readRecords(events, eventSchema, (event, label) => reader.event(event, label), { noun: 'Event' })
    refuseIfAllFailed(fates)
    yield* reader.announcements
    yield* fates.items
  },
}
