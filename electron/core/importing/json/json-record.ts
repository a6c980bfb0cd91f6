import * as z from 'zod'
import { type Decimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { type IsoDate, isIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  ImportRejection,
  type MessageValues,
  type ParsedItem,
  type ParsedTransaction,
  type Reason,
  type ReasonCode,
} from '../importer.ts'
import { jsonDecimal } from './json-text.ts'

/** Thrown while one record is read; becomes its reason. */
export class RecordFault extends Error {
  readonly reason: Reason
  constructor(code: ReasonCode, message: string, values: MessageValues = {}) {
    super(message)
    this.reason = { code, message, values }
  }
}

/** A text field: absent, null and blank are the same. Numbers arrive as their own digits. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => {
    const trimmed = text?.trim() ?? ''
    return trimmed === '' ? undefined : trimmed
  })

/** What becomes of one record: what it moves, first its own row, then those on other statements; or why nothing. */
export type JsonOutcome =
  | { readonly type: 'booked'; readonly rows: readonly JsonRow[] }
  | { readonly type: 'skipped'; readonly reason: Reason }

export interface JsonRow {
  readonly statement: number
  readonly transaction: ParsedTransaction
}

export const bookedOn = (statement: number, transaction: ParsedTransaction): JsonOutcome => ({
  type: 'booked',
  rows: [{ statement, transaction }],
})

export const skip = (code: ReasonCode, message: string): JsonOutcome => ({ type: 'skipped', reason: { code, message } })

/** A number in a field of a record; undefined where the field is empty. Throws `RecordFault` where it is no number. */
export function amountIn(text: string | undefined, label: string): Decimal | undefined {
  if (text === undefined) return undefined
  const value = jsonDecimal(text)
  if (value !== null) return value
  const shown = text.slice(0, 40)
  throw new RecordFault('bad-amount', `${label} has "${shown}" for a number.`, { text: shown })
}

/** As `amountIn`, zero where the field is empty. */
export const amountOrZero = (text: string | undefined, label: string): Decimal => amountIn(text, label) ?? ZERO

/** The day and time of an ISO 8601 moment as it stands there, in whatever zone. Throws `RecordFault`. */
export function isoMoment(text: string | undefined, label: string): { date: IsoDate; time?: string } {
  if (text === undefined) throw new RecordFault('missing-date', `${label} has no date.`)
  const [, date = '', time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})\S{0,20})?$/.exec(text.slice(0, 60)) ?? []
  if (!isIsoDate(date)) {
    const shown = text.slice(0, 40)
    throw new RecordFault('bad-date', `${label} has "${shown}" for its date.`, { text: shown })
  }
  return time === undefined || time === '00:00:00' ? { date } : { date, time }
}

interface Fates {
  readonly items: readonly ParsedItem[]
  readonly booked: number
  readonly firstFailure: Reason | null
}

/**
 * Reads records one by one: a schema first, then `read`. One that fits neither is named, the rest is kept.
 * `first` is the number of the first record.
 */
export function readRecords<Schema extends z.ZodType>(
  records: readonly unknown[],
  schema: Schema,
  read: (record: z.output<Schema>, label: string) => JsonOutcome,
  { first = 1, noun = 'Record' }: { readonly first?: number; readonly noun?: string } = {},
): Fates {
  const items: ParsedItem[] = []
  let booked = 0
  let firstFailure: Reason | null = null
  for (const [index, raw] of records.entries()) {
    const record = first + index
    const outcome = readOne(raw, schema, read, `${noun} ${record}`)
    if (outcome.type === 'booked') {
      const several = outcome.rows.length > 1
      for (const [at, row] of outcome.rows.entries()) {
        const side = at === 0 ? 'main' : 'counterpart'
        items.push({ type: 'transaction', record, ...row, ...(several ? { side } : {}) })
      }
      booked += 1
    } else {
      items.push({ type: outcome.type, record, reason: outcome.reason })
      if (outcome.type === 'failed') firstFailure ??= outcome.reason
    }
  }
  return { items, booked, firstFailure }
}

function readOne<Schema extends z.ZodType>(
  raw: unknown,
  schema: Schema,
  read: (record: z.output<Schema>, label: string) => JsonOutcome,
  label: string,
): JsonOutcome | { readonly type: 'failed'; readonly reason: Reason } {
  const parsed = schema.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.join('.') ?? ''
    const message = `${label} cannot be read${field === '' ? '' : `: its field "${field.slice(0, 60)}" is not as it should be`}.`
    return { type: 'failed', reason: { code: 'bad-record', message } }
  }
  try {
    return read(parsed.data, label)
  } catch (error) {
    if (!(error instanceof RecordFault)) throw error
    return { type: 'failed', reason: error.reason }
  }
}

/** Refuses a file of which every record is damaged: with the reason of the first. */
export function refuseIfAllFailed(...fates: readonly Fates[]): void {
  const failure = fates.find(({ firstFailure }) => firstFailure !== null)?.firstFailure
  if (failure === null || failure === undefined || fates.some(({ booked }) => booked > 0)) return
  throw new ImportRejection(
    failure.code,
    `Nothing in the file can be imported. ${failure.message}`,
    failure.values ?? {},
  )
}
