import { z } from 'zod'
import { exportFormats, exportNotes } from '../../model/exporting.ts'
import { idSchema, isoDateSchema, nothingSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

/** Names a finished export until it is released, the vault is locked or the host ends. */
const exportTokenSchema = z.string().min(8).max(64)

export const exportChannels = {
  /**
   * Writes the household's records in a format that other programs read. The result waits, encrypted, in a temporary file
   * until it has been read; outside it is plain text.
   */
  'export.run': {
    access: 'read',
    job: true,
    input: z
      .strictObject({
        format: z.enum(exportFormats),
        /** Null: all. */
        accountIds: z.array(idSchema).min(1).max(10_000).nullable().default(null),
        /** Both days are included. */
        from: isoDateSchema.nullable().default(null),
        to: isoDateSchema.nullable().default(null),
        /** Of category names and headings. */
        language: z.enum(['en', 'zh-CN']).default('en'),
      })
      .refine(({ from, to }) => from === null || to === null || from <= to, 'a period that begins before it ends')
      .refine(
        ({ format, accountIds, from, to }) =>
          format !== 'json' || (accountIds === null && from === null && to === null),
        'JSON holds the whole vault: it takes no accounts and no period',
      ),
    output: z.strictObject({
      export: exportTokenSchema,
      /** A file name to offer. */
      name: z.string(),
      mediaType: z.string(),
      bytes: z.int(),
      notes: z.array(z.strictObject({ code: z.enum(exportNotes), values: z.record(z.string(), z.string()) })),
    }),
  },
  /** A piece of a finished export, base64. A job, so that it is asked where the export was made. */
  'export.read': {
    access: 'read',
    job: true,
    input: z.strictObject({ export: exportTokenSchema, offset: z.int().nonnegative() }),
    output: z.strictObject({ base64: z.string(), next: z.int().nullable() }),
  },
  'export.release': {
    access: 'read',
    job: true,
    input: z.strictObject({ export: exportTokenSchema }),
    output: nothingSchema,
  },
} as const satisfies Record<string, Channel>
