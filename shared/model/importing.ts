import { z } from 'zod'
import { accountDraftSchema } from './account.ts'
import { delimitedLayoutSchema } from './delimited-layout.ts'
import { matchCountsSchema, matchPreviewSchema } from './matching.ts'
import { currencySchema, decimalSchema, fileTokenSchema, idSchema, isoDateSchema } from './primitives.ts'

const valuesSchema = z.record(z.string(), z.union([z.string(), z.number()]))

export const importFindingSchema = z.strictObject({
  severity: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  message: z.string(),
  record: z.int().nullable(),
  values: valuesSchema,
})
export type ImportFinding = z.infer<typeof importFindingSchema>

export const importReasonSchema = z.strictObject({ code: z.string(), message: z.string(), values: valuesSchema })

export const importCountsSchema = z.strictObject({
  new: z.int(),
  duplicate: z.int(),
  skipped: z.int(),
  failed: z.int(),
  /** Pending lines in the vault that a booked line of this file takes the place of. */
  replaced: z.int(),
})
export type ImportCounts = z.infer<typeof importCountsSchema>

export const previewRowSchema = z.strictObject({
  statement: z.int(),
  record: z.int(),
  outcome: z.enum(['new', 'duplicate', 'replaces-pending', 'skipped', 'failed']),
  date: isoDateSchema.nullable(),
  /** Credit positive, in major units. */
  amount: decimalSchema.nullable(),
  currency: currencySchema.nullable(),
  kind: z.string().nullable(),
  payee: z.string(),
  memo: z.string(),
  reason: importReasonSchema.nullable(),
})
export type PreviewRow = z.infer<typeof previewRowSchema>

export const previewStatementSchema = z.strictObject({
  statement: z.int(),
  /** What the file says of the account; the number masked. */
  found: z.strictObject({
    name: z.string().nullable(),
    maskedNumber: z.string().nullable(),
    institution: z.string().nullable(),
    kind: z.string().nullable(),
  }),
  currency: currencySchema.nullable(),
  from: isoDateSchema.nullable(),
  to: isoDateSchema.nullable(),
  opening: decimalSchema.nullable(),
  closing: decimalSchema.nullable(),
  transactions: z.int(),
  positions: z.int(),
  counts: importCountsSchema,
  /** The account it goes to: one that exists, or the draft of a new one. */
  target: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('existing'),
      accountId: idSchema,
      why: z.enum(['remembered', 'number', 'only-candidate', 'chosen']),
    }),
    z.strictObject({ type: z.literal('new'), draft: accountDraftSchema }),
    z.strictObject({ type: z.literal('leave-out') }),
  ]),
})
export type PreviewStatement = z.infer<typeof previewStatementSchema>

/** What the user has said of one file; absent means: as proposed. */
export const fileChoiceSchema = z.strictObject({
  file: fileTokenSchema,
  /** Of the bytes that were previewed: a commit refuses any other. */
  sha256: z.string().length(64).optional(),
  layout: delimitedLayoutSchema.optional(),
  password: z.string().max(200).optional(),
  /** Importer id, where the user overrules the detection. */
  importer: z.string().optional(),
  targets: z
    .array(
      z.strictObject({
        statement: z.int(),
        target: z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('existing'), accountId: idSchema }),
          z.strictObject({ type: z.literal('new'), draft: accountDraftSchema }),
          z.strictObject({ type: z.literal('leave-out') }),
        ]),
      }),
    )
    .optional(),
  /** Records that the user unticked. */
  leaveOut: z.array(z.int()).max(100_000).optional(),
})
export type FileChoice = z.infer<typeof fileChoiceSchema>

export const filePreviewSchema = z.strictObject({
  /** The token of the picked file; a file inside an archive has its own, to be given back as it is. */
  file: fileTokenSchema,
  /** Of its bytes, to be given back with the choice; absent where the file was refused. */
  sha256: z.string().length(64).optional(),
  name: z.string(),
  bytes: z.int(),
  status: z.enum(['ready', 'refused', 'known']),
  importer: z.string().nullable(),
  reason: importReasonSchema.nullable(),
  /** The earlier run that imported the very same bytes. */
  knownFrom: z.strictObject({ runId: idSchema, startedAt: z.int() }).nullable(),
  layout: z
    .strictObject({
      layout: delimitedLayoutSchema,
      confidence: z.number(),
      columns: z.array(z.string()),
      sample: z.array(z.array(z.string())),
      remembered: z.boolean(),
    })
    .nullable(),
  statements: z.array(previewStatementSchema),
  counts: importCountsSchema,
  /** Exchange rates and prices that the file brings beside transactions. */
  rates: z.int(),
  prices: z.int(),
  /** Credit reports in it that the vault does not have yet. */
  creditReports: z.int(),
  /** What its rows were found to belong to; null where there are too many rows to say it before they are imported. */
  matches: matchPreviewSchema.nullable(),
  firstRows: z.array(previewRowSchema),
  findings: z.array(importFindingSchema),
})
export type FilePreview = z.infer<typeof filePreviewSchema>

export const importRunSchema = z.strictObject({
  id: idSchema,
  startedAt: z.int(),
  fileName: z.string(),
  fileSha256: z.string(),
  bytes: z.int(),
  importer: z.string(),
  imported: z.int(),
  duplicates: z.int(),
  skipped: z.int(),
  failed: z.int(),
  replaced: z.int(),
  /** Exchange rates and prices that it added or corrected. */
  rates: z.int(),
  prices: z.int(),
  /** Credit reports that it brought and that are still there. */
  creditReports: z.int(),
  findings: z.array(importFindingSchema),
  /** What its rows were found to belong to. */
  matches: matchCountsSchema,
  accounts: z.array(z.strictObject({ id: idSchema, name: z.string(), imported: z.int() })),
  undoneAt: z.int().nullable(),
})
export type ImportRun = z.infer<typeof importRunSchema>
