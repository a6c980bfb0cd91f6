import * as z from 'zod'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { parseDateText } from '../delimited/date-text.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
  type ParsedTransaction,
} from '../importer.ts'
import { quotedCurrency } from '../text/quoted-currency.ts'
import {
  amountIn,
  type JsonOutcome,
  optionalText,
  readRecords,
  RecordFault,
  refuseIfAllFailed,
  skip,
  type JsonRow,
} from './json-record.ts'
import { jsonDecimal, looksLikeJson, readJson } from './json-text.ts'

const rawAmountSchema = z.object({ value: optionalText, currencyCode: optionalText })

/** A transaction's details as the wallet's own pages load them. */
const transactionSchema = z.object({
  transactionId: optionalText,
  transactionType: optionalText,
  status: optionalText,
  date: optionalText,
  isCredit: z.boolean().nullish().catch(null),
  counterparty: z.object({ name: optionalText }).nullish().catch(null),
  amount: z.object({
    grossAmount: optionalText,
    netAmount: optionalText,
    feeAmount: optionalText,
    currencyCode: optionalText,
    rawAmounts: z
      .object({ gross: rawAmountSchema.nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
  fundingSource: z
    .object({ fundingSourceList: z.array(z.unknown()) })
    .nullish()
    .catch(null),
  itemDetails: z
    .object({ itemList: z.array(z.unknown()) })
    .nullish()
    .catch(null),
  note: optionalText.catch(undefined),
})
type Details = z.output<typeof transactionSchema>

const sourceSchema = z.object({
  type: optionalText,
  institution: optionalText.catch(undefined),
  amount: optionalText,
  currencyCode: optionalText,
})
const itemSchema = z.object({ name: optionalText })

const envelopes = z.union([
  z.array(z.unknown()),
  z.object({ transactions: z.array(z.unknown()) }).transform(({ transactions }) => transactions),
  z.object({ data: z.object({ transactions: z.array(z.unknown()) }) }).transform(({ data }) => data.transactions),
  z.object({ data: z.object({ details: z.unknown() }) }).transform(({ data }) => [data.details]),
  z
    .object({ transactionId: z.unknown() })
    .loose()
    .transform((details): unknown[] => [details]),
])

const CLOSED = /cancel|denied|failed|expired|voided|removed/i
const WAITING = /pending|processing|on.?hold|uncleared/i

/** Money of the wallet itself; whatever else paid is another account of the owner. */
const OWN_BALANCE = /^(?:balance|paypal_balance|paypal_cash|holding)/i

/** What other accounts paid into the wallet for this purchase: the wallet's balance is not what it cost. */
function fundedBy(details: Details, currency: string, spent: Decimal): { amount: Decimal; name: string }[] {
  const sources = (details.fundingSource?.fundingSourceList ?? []).flatMap((raw) => {
    const { data } = sourceSchema.safeParse(raw)
    const amount = data?.amount === undefined ? null : jsonDecimal(data.amount)
    if (data?.type === undefined || amount === null || OWN_BALANCE.test(data.type)) return []
    const isSameCurrency = data.currencyCode === undefined || data.currencyCode === currency
    const name = [data.institution, data.type.replaceAll('_', ' ').toLowerCase()].filter((part) => part !== undefined)
    return isSameCurrency ? [{ amount: absoluteDecimal(amount), name: name.join(' ') }] : []
  })
  const sum = sources.reduce((total, { amount }) => addDecimal(total, amount), ZERO)
  // figures that pay more than was spent are not understood: then the purchase stands alone
  return subtractDecimal(absoluteDecimal(spent), sum).startsWith('-') ? [] : sources
}

class PaypalReader {
  readonly #statements = new Map<string, number>()
  readonly announcements: ParsedItem[] = []
  readonly #thisYear: number

  constructor(thisYear: number) {
    this.#thisYear = thisYear
  }

  details(details: Details, label: string): JsonOutcome {
    const what = `${label}${details.transactionId === undefined ? '' : ` (${details.transactionId.slice(0, 40)})`}`
    if (CLOSED.test(details.status ?? '')) return skip('closed-order', `${what} was not carried out.`)
    const { date } = parseDateText(details.date ?? '', 'mdy', this.#thisYear) ?? {}
    if (date === undefined) {
      const code = details.date === undefined ? 'missing-date' : 'bad-date'
      const shown = (details.date ?? '').slice(0, 40)
      throw new RecordFault(code, `${what} has "${shown}" for its date.`, { text: shown })
    }
    const { amount, fee, currency } = this.#money(details, what)
    const statement = this.#statementOf(currency, what)
    const memo = itemsOf(details)
    const main: ParsedTransaction = {
      date,
      amount,
      kind: kindOf(details),
      ...(WAITING.test(details.status ?? '') ? { status: 'pending' } : {}),
      ...(details.counterparty?.name === undefined ? {} : { payee: details.counterparty.name }),
      ...(memo === '' ? {} : { memo }),
      ...(details.transactionId === undefined ? {} : { reference: details.transactionId }),
      ...(fee === ZERO ? {} : { fee }),
    }
    const funding = amount.startsWith('-') ? fundedBy(details, currency, amount) : []
    const rows: JsonRow[] = funding.map(({ amount: paid, name }) => ({
      statement,
      transaction: {
        date,
        amount: paid,
        kind: 'transfer',
        payee: name,
        ...(main.reference === undefined ? {} : { reference: main.reference }),
      },
    }))
    return { type: 'booked', rows: [{ statement, transaction: main }, ...rows] }
  }

  /** What the wallet's balance gains or loses: the net, which is the gross without the wallet's fee. */
  #money({ amount, isCredit }: Details, label: string): { amount: Decimal; fee: Decimal; currency: string } {
    const raw = amount.rawAmounts?.gross
    const gross = amountIn(raw?.value ?? amount.grossAmount, label)
    const fee = absoluteDecimal(amountIn(amount.feeAmount, label) ?? ZERO)
    const net = amountIn(amount.netAmount, label)
    if (gross === undefined && net === undefined) throw new RecordFault('missing-amount', `${label} has no amount.`)
    const size = absoluteDecimal(net ?? subtractDecimal(absoluteDecimal(gross ?? ZERO), fee))
    const isIn = isCredit ?? !(net ?? gross ?? ZERO).startsWith('-')
    const code = raw?.currencyCode ?? amount.currencyCode ?? codeOf(amount.grossAmount ?? amount.netAmount ?? '')
    return { amount: isIn ? size : negateDecimal(size), fee, currency: code }
  }

  #statementOf(code: string, label: string): number {
    const currency = quotedCurrency(code)?.currency
    if (currency === undefined) {
      throw new RecordFault('bad-currency', `${label} names no currency that is known ("${code.slice(0, 20)}").`)
    }
    const known = this.#statements.get(currency)
    if (known !== undefined) return known
    const statement = this.#statements.size + 1
    this.#statements.set(currency, statement)
    this.announcements.push({
      type: 'statement',
      statement,
      account: { name: 'PayPal', institution: 'PayPal', kind: 'e-wallet' },
      currency,
    })
    return statement
  }
}

/** The currency of an amount that only its sign or code tells. A dollar sign alone is the United States'. */
function codeOf(text: string): string {
  const code = /[A-Z]{3}/.exec(text)?.[0]
  if (code !== undefined) return code
  return text.includes('€') ? 'EUR' : text.includes('£') ? 'GBP' : /(?<![A-Z])\$/.test(text) ? 'USD' : ''
}

function kindOf({ transactionType = '' }: Details): ParsedTransaction['kind'] {
  const type = transactionType.toLowerCase()
  if (/refund|reversal/.test(type)) return 'refund'
  return /transfer|withdraw|bank deposit|add(?:ed)? (?:money|funds)/.test(type) ? 'transfer' : 'payment'
}

function itemsOf({ itemDetails, transactionType, note }: Details): string {
  const names = (itemDetails?.itemList ?? []).flatMap((raw) => itemSchema.safeParse(raw).data?.name ?? [])
  return [transactionType, note, ...names.slice(0, 5)]
    .filter((part) => part !== undefined)
    .join('; ')
    .slice(0, 500)
}

/** PayPal's details of transactions as JSON: one in a file, or a list of them. */
export const paypalImporter: Importer = {
  id: 'paypal-json',

  identify({ text }: FileHead): Identification {
    if (!looksLikeJson(text) || !/"transactionId"\s*:/.test(text)) return 'no'
    const marks = [
      /"(?:grossAmount|netAmount)"\s*:/,
      /"transactionTypeEnum"\s*:/,
      /"isCredit"\s*:/,
      /"fptiTag"\s*:/,
      /paypal/i,
    ]
    return marks.filter((mark) => mark.test(text)).length >= 2 ? 'yes' : 'no'
  },

  *parse(source: ByteSource, { today }: ParseOptions): Generator<ParsedItem, void, void> {
    const parsed = envelopes.safeParse(readJson(source))
    if (!parsed.success || parsed.data.length === 0) {
      throw new ImportRejection('unknown-format', 'This JSON file holds no transactions as PayPal describes them.')
    }
    const reader = new PaypalReader(Number(today.slice(0, 4)))
    const fates = readRecords(parsed.data, transactionSchema, (each, label) => reader.details(each, label), {
      noun: 'Transaction',
    })
    refuseIfAllFailed(fates)
    yield* reader.announcements
    yield* fates.items
  },
}
