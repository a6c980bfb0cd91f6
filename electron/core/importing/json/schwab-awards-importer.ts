import * as z from 'zod'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { absoluteDecimal, addDecimal, type Decimal, ZERO } from '../../../../shared/domain/decimal.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
  type ParsedTransaction,
  type TransactionKind,
} from '../importer.ts'
import { amountIn, bookedOn, type JsonOutcome, optionalText, readRecords, refuseIfAllFailed } from './json-record.ts'
import { looksLikeJson, readJson } from './json-text.ts'
import { schwabMove } from './schwab-actions.ts'
import { schwabDays } from './schwab-importer.ts'

const USD = parseCurrencyCode('USD')

/** What a transaction is made of: an award that vested, a lot that was sold. */
const detailSchema = z.object({
  VestDate: optionalText,
  VestFairMarketValue: optionalText,
  AwardDate: optionalText,
  AwardId: optionalText,
  PurchasePrice: optionalText,
  Shares: optionalText,
  SalePrice: optionalText,
})
type Detail = z.output<typeof detailSchema>

/** A row of the Equity Award Center's history, as "Export → JSON" writes it. */
const rowSchema = z.object({
  Date: optionalText,
  Action: optionalText,
  Symbol: optionalText,
  Description: optionalText,
  Quantity: optionalText,
  FeesAndCommissions: optionalText,
  Amount: optionalText,
  TransactionDetails: z
    .array(z.object({ Details: z.unknown() }).loose())
    .nullish()
    .catch(null),
})
type Row = z.output<typeof rowSchema>

const pick = (
  record: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([to, from]) => (Object.hasOwn(record, from) ? [[to, record[from]]] : [])),
  )

const anyRecord = z.record(z.string(), z.unknown())

/** The same row as the pages of the Equity Award Center load it (and older exports have it), in the export's words. */
const plainRowSchema = anyRecord.transform((record) => ({
  ...pick(record, {
    Date: 'eventDate',
    Action: 'action',
    Symbol: 'symbol',
    Description: 'description',
    Quantity: 'quantity',
    FeesAndCommissions: 'totalCommissionsAndFees',
    Amount: 'amount',
  }),
  TransactionDetails: z
    .array(anyRecord)
    .catch([])
    .parse(record['transactionDetails'])
    .map((detail) => ({
      Details: pick(detail, {
        VestDate: 'vestDate',
        VestFairMarketValue: 'vestFairMarketValue',
        AwardDate: 'awardDate',
        AwardId: 'awardName',
        PurchasePrice: 'purchasePrice',
        Shares: 'shares',
        SalePrice: 'salePrice',
      }),
    })),
}))

const fileSchema = z.union([
  z.object({ Transactions: z.array(z.unknown()) }).transform(({ Transactions }) => Transactions),
  z
    .object({ transactions: z.array(z.unknown()) })
    .transform(({ transactions }) => transactions.map((row) => plainRowSchema.safeParse(row).data ?? row)),
])

/** The one text that all details agree on. */
function agreed(details: readonly Detail[], field: keyof Detail): string | undefined {
  const values = new Set(details.flatMap((detail) => detail[field] ?? []))
  return values.size === 1 ? [...values][0] : undefined
}

/** How many units, where the row rounds them: the sum of what the details sold. */
function quantityOf(row: Row, details: readonly Detail[], label: string): Decimal | undefined {
  const stated = amountIn(row.Quantity, label)
  const shares = details.map(({ Shares }) => amountIn(Shares, label))
  if (stated === undefined || stated.includes('.') || shares.length === 0) return stated
  const sum = shares.reduce((total, each) => addDecimal(total ?? ZERO, each ?? ZERO), ZERO) ?? ZERO
  return shares.every((each) => each !== undefined) && sum.split('.')[0] === stated ? sum : stated
}

/** Every row names the employer's share: these are about it even where no units move. */
const OF_SECURITIES: ReadonlySet<TransactionKind> = new Set(['dividend', 'tax', 'return-of-capital'])

/** Vesting itself brings nothing: the units that are left after tax come with a deposit of their own. */
const WITHOUT_EFFECT = /^(?:lapse|award|grant|vest)/i

function readRow(row: Row, label: string, thisYear: number): JsonOutcome {
  const what = row.Action === undefined ? label : `${label} (${row.Action.slice(0, 40)})`
  const days = schwabDays(row.Date, what, thisYear)
  const details = (row.TransactionDetails ?? []).flatMap(({ Details }) => detailSchema.safeParse(Details).data ?? [])
  const amount = amountIn(row.Amount, what)
  const isIdle = WITHOUT_EFFECT.test(row.Action ?? '') && (amount ?? ZERO) === ZERO
  const quantity = isIdle ? undefined : quantityOf(row, details, what)
  const { kind, quantity: moved } = schwabMove(row.Action ?? '', row.Description ?? '', quantity, amount)
  const fee = amountIn(row.FeesAndCommissions, what)
  const priced =
    agreed(details, 'SalePrice') ?? agreed(details, 'PurchasePrice') ?? agreed(details, 'VestFairMarketValue')
  const price = moved === undefined ? undefined : amountIn(priced, what)
  const award = agreed(details, 'AwardId')
  const memo = [row.Action, row.Description, award].filter((part) => part !== undefined).join(', ')
  const transaction: ParsedTransaction = {
    ...days,
    amount: amount ?? ZERO,
    kind,
    ...(row.Symbol === undefined ? {} : { payee: row.Symbol }),
    ...(memo === '' ? {} : { memo }),
    ...(row.Symbol === undefined || (moved === undefined && !OF_SECURITIES.has(kind))
      ? {}
      : { security: { symbol: row.Symbol, class: 'equity' } }),
    ...(moved === undefined ? {} : { quantity: moved }),
    ...(price === undefined ? {} : { price }),
    ...(fee === undefined || fee === ZERO ? {} : { fee: absoluteDecimal(fee) }),
  }
  return bookedOn(1, transaction)
}

/** The history of Charles Schwab's Equity Award Center as JSON. */
export const schwabAwardsImporter: Importer = {
  id: 'schwab-equity-awards',

  identify({ text }: FileHead): Identification {
    if (!looksLikeJson(text)) return 'no'
    const isExport = /"Transactions"\s*:/.test(text) && /"(?:TransactionDetails|FeesAndCommissions)"\s*:/.test(text)
    const isPage =
      /"transactions"\s*:/.test(text) &&
      /"transactionDetails"\s*:/.test(text) &&
      /"(?:eventDate|totalCommissionsAndFees)"\s*:/.test(text)
    return isExport || isPage ? 'yes' : 'no'
  },

  *parse(source: ByteSource, { today }: ParseOptions): Generator<ParsedItem, void, void> {
    const parsed = fileSchema.safeParse(readJson(source))
    if (!parsed.success) {
      throw new ImportRejection('unknown-format', 'This JSON file holds no transactions of the Equity Award Center.')
    }
    const thisYear = Number(today.slice(0, 4))
    const fates = readRecords(parsed.data, rowSchema, (row, label) => readRow(row, label, thisYear))
    refuseIfAllFailed(fates)
    yield {
      type: 'statement',
      statement: 1,
      account: { name: 'Equity awards', institution: 'Charles Schwab', kind: 'brokerage' },
      currency: USD,
    }
    yield* fates.items
  },
}
