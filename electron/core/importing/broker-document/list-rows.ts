import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { type IsoDate, partsOfDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedSecurity, ParsedTransaction, TransactionKind } from '../importer.ts'
import type { Figure } from './figures.ts'
import type { DocumentLine } from './lines.ts'
import type { FieldName, PatternMatch } from './pattern.ts'
import type { BrokerProfile, ListRow } from './profiles.ts'
import type { StatementRow } from './statement.ts'

type Values = ReadonlyMap<FieldName, Figure | string>

const textOf = (values: Values, field: FieldName): string | undefined => {
  const value = values.get(field)
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').replace(/(?<![.,;:])[.,;:]+$/, '') : undefined
}

function numberOf(values: Values, field: FieldName): Decimal | undefined {
  const value = values.get(field)
  return typeof value === 'object' && value.type === 'number' ? value.value : undefined
}

function dateOf(values: Values, field: FieldName, latest: IsoDate | null): IsoDate | null {
  const value = values.get(field)
  if (typeof value !== 'object') return null
  if (value.type === 'date') return value.value
  if (value.type !== 'day' || latest === null) return null
  const { year } = partsOfDate(latest)
  const own = tryIsoDate(year, value.month, value.day)
  return own !== null && own <= latest ? own : tryIsoDate(year - 1, value.month, value.day)
}

function securityOf(values: Values): ParsedSecurity | undefined {
  const isin = values.get('isin')
  const name = textOf(values, 'name')
  const wkn = textOf(values, 'wkn')
  const symbol = textOf(values, 'symbol')
  const security = {
    ...(typeof isin === 'object' && isin.type === 'isin' ? { isin: isin.value } : {}),
    ...(wkn === undefined ? {} : { otherId: { scheme: 'WKN', value: wkn } }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(name === undefined ? {} : { name: name.slice(0, 140) }),
  }
  return Object.keys(security).length === 0 ? undefined : security
}

function currencyOf(values: Values): CurrencyCode | null {
  const named = values.get('currency')
  if (typeof named === 'object' && named.type === 'currency') return named.value
  const amount = values.get('amount')
  return typeof amount === 'object' && amount.type === 'number' ? amount.currency : null
}

function kindOf(row: ListRow, quantity: Decimal | undefined, amount: Decimal): TransactionKind {
  if (row.sideBy === undefined) return row.kind
  const sign = row.sideBy === 'quantity' && quantity !== undefined ? signOfDecimal(quantity) : -signOfDecimal(amount)
  return sign < 0 ? 'sell' : 'buy'
}

function transactionOf(row: ListRow, values: Values, latest: IsoDate | null): ParsedTransaction | null {
  const date = dateOf(values, 'date', latest)
  const printed = numberOf(values, 'amount')
  if (date === null || printed === undefined) return null
  const counted = numberOf(values, 'quantity')
  const charged = row.feeApart === true ? absoluteDecimal(numberOf(values, 'fee') ?? ZERO) : ZERO
  const magnitude =
    row.money === 'in'
      ? subtractDecimal(absoluteDecimal(printed), charged)
      : addDecimal(absoluteDecimal(printed), charged)
  const outward =
    row.money === 'out' || (row.money === 'against-quantity' && counted !== undefined && signOfDecimal(counted) > 0)
  const amount = row.money === 'printed' ? printed : outward ? negateDecimal(magnitude) : magnitude
  const kind = kindOf(row, counted, amount)
  const trade = kind === 'buy' || kind === 'sell'
  const quantity =
    counted === undefined
      ? undefined
      : trade && kind === 'sell'
        ? negateDecimal(absoluteDecimal(counted))
        : trade
          ? absoluteDecimal(counted)
          : counted
  const price = numberOf(values, 'price')
  const priced = values.get('price')
  const priceCurrency = typeof priced === 'object' && priced.type === 'number' ? priced.currency : null
  const own = currencyOf(values)
  const fee = numberOf(values, 'fee')
  const tax = numberOf(values, 'tax')
  const value = dateOf(values, 'valueDate', latest)
  const time = values.get('time')
  const security = securityOf(values)
  const reference = textOf(values, 'reference')
  return {
    date,
    ...(value === null || value === date ? {} : { valueDate: value }),
    ...(typeof time === 'object' && time.type === 'time' && time.value !== '00:00' ? { time: time.value } : {}),
    amount,
    kind,
    ...(security === undefined ? {} : { security }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined || (priceCurrency !== null && own !== null && priceCurrency !== own)
      ? {}
      : { price: absoluteDecimal(price) }),
    ...(fee === undefined || signOfDecimal(fee) === 0 ? {} : { fee: absoluteDecimal(fee) }),
    ...(tax === undefined || signOfDecimal(tax) === 0 ? {} : { tax: absoluteDecimal(tax) }),
    ...(reference === undefined ? {} : { reference }),
  }
}

/** Where the money of a purchase of units came from, or where that of a sale went. */
function counterpartOf(
  { date, amount, security, reference }: ParsedTransaction,
  kind: 'dividend' | 'fee' | 'tax',
): ParsedTransaction {
  return {
    date,
    amount: negateDecimal(amount),
    kind,
    ...(security === undefined ? {} : { security }),
    ...(reference === undefined ? {} : { reference }),
  }
}

/** Fields of a context line that hold until the next one of their sort. */
const SECURITY_FIELDS: readonly FieldName[] = ['isin', 'wkn', 'symbol', 'name']

function remember(context: Map<FieldName, Figure | string>, match: PatternMatch): void {
  // a new security forgets the whole of the one before
  if (match.has('isin')) for (const field of SECURITY_FIELDS) context.delete(field)
  for (const [field, value] of match) context.set(field, value)
}

/** A row that names a security of its own is not about the one above. */
function valuesFor(context: ReadonlyMap<FieldName, Figure | string>, match: PatternMatch): Values {
  const own = SECURITY_FIELDS.some((field) => match.has(field))
  const kept = [...context].filter(([field]) => !own || !SECURITY_FIELDS.includes(field))
  return new Map([...kept, ...match])
}

/** The rows of a list by the profile's patterns; none where no line fits. */
export function readList(
  lines: readonly DocumentLine[],
  profile: BrokerProfile,
  latest: IsoDate | null,
): StatementRow[] {
  const context = new Map<FieldName, Figure | string>()
  const rows: StatementRow[] = []
  for (const line of lines) {
    const held = profile.context?.map((pattern) => pattern.match(line)).find((match) => match !== null)
    if (held !== undefined && held !== null) remember(context, held)
    for (const row of profile.rows ?? []) {
      const match = row.line.match(line)
      if (match === null) continue
      const values = valuesFor(context, match)
      const transaction = transactionOf(row, values, latest)
      if (transaction === null) {
        rows.push({
          type: 'failed',
          record: line.number,
          reason: { code: 'bad-record', message: 'The row has no date or no amount that can be read.' },
        })
      } else {
        const currency = currencyOf(values)
        if (row.also !== undefined) {
          const counterpart = counterpartOf(transaction, row.also)
          rows.push({ type: 'transaction', record: line.number, transaction: counterpart, currency })
        }
        rows.push({ type: 'transaction', record: line.number, transaction, currency })
      }
      break
    }
  }
  return rows
}
