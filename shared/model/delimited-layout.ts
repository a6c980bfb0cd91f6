import { z } from 'zod'

/** What a column of a delimited file means. A column without a role is kept in the memo only if the user says so. */
export const columnRoles = [
  'date',
  'value-date',
  'time',
  'amount',
  'debit',
  'credit',
  'direction',
  'balance',
  'currency',
  'payee',
  'memo',
  'reference',
  'category',
  'account',
  'counterparty',
  'status',
  'kind',
  'fee',
  'tax',
  'original-amount',
  'original-currency',
  'rate',
  'tags',
  'check-number',
  'merchant-category',
] as const
export type ColumnRole = (typeof columnRoles)[number]

/**
 * How a delimited file is to be read: detected from the whole file, or said by the user and then remembered for files
 * with the same `fingerprint`.
 */
export const delimitedLayoutSchema = z.strictObject({
  encoding: z.string(),
  delimiter: z.string().min(1).max(2),
  quote: z.enum(['"', "'", '']),
  /** 1-based line of the header, or null where the file has none. */
  headerRow: z.int().positive().nullable(),
  /** 1-based line of the first data row. */
  firstRow: z.int().positive(),
  /** Zero-based column index → role; several columns may be memo. */
  columns: z.array(z.strictObject({ index: z.int().nonnegative(), role: z.enum(columnRoles) })),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']),
  decimalMark: z.enum(['.', ',']),
  /** `as-written`: credit is positive in the file; `inverted`: spending is positive (many card exports). */
  sign: z.enum(['as-written', 'inverted']),
  /** The currency of rows that name none. */
  currency: z.string().length(3).nullable(),
  /** The same for all files of one origin: a hash of delimiter and header cells (or of the column shapes). */
  fingerprint: z.string(),
})
export type DelimitedLayout = z.infer<typeof delimitedLayoutSchema>
