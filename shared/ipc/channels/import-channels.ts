import { z } from 'zod'
import { fileChoiceSchema, filePreviewSchema, importRunSchema, previewRowSchema } from '../../model/importing.ts'
import { idSchema, nothingSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

export const importChannels = {
  'import.preview': {
    access: 'read',
    job: true,
    input: z.strictObject({ files: z.array(fileChoiceSchema).min(1).max(1000) }),
    /** A zip with several statements answers with one preview for each inside. */
    output: z.strictObject({ files: z.array(filePreviewSchema) }),
  },
  'import.rows': {
    access: 'read',
    input: z.strictObject({ file: fileChoiceSchema, offset: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.strictObject({ total: z.int(), rows: z.array(previewRowSchema) }),
  },
  /** All files in one transaction: everything or nothing. */
  'import.commit': {
    access: 'write',
    job: true,
    input: z.strictObject({ files: z.array(fileChoiceSchema).min(1).max(1000) }),
    output: z.strictObject({ runs: z.array(importRunSchema) }),
  },
  'import.history': { access: 'read', input: nothingSchema, output: z.array(importRunSchema) },
  'import.records': {
    access: 'read',
    input: z.strictObject({ runId: idSchema }),
    output: z.array(
      z.strictObject({
        record: z.int(),
        outcome: z.string(),
        reason: z.string(),
        message: z.string(),
        transactionId: idSchema.nullable(),
      }),
    ),
  },
  /** Restores exactly what was there before the run; itself undoable. */
  'import.undo': { access: 'write', job: true, input: z.strictObject({ runId: idSchema }), output: importRunSchema },
  /** Every importer, with the own name of the institution or program that it is for, where it is for one alone. */
  'import.formats': {
    access: 'read',
    whenLocked: true,
    input: nothingSchema,
    output: z.array(z.strictObject({ id: z.string(), title: z.string().nullable() })),
  },
} as const satisfies Record<string, Channel>
