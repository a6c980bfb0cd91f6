import { z } from 'zod'
import { inboxSchema } from '../../model/inbox.ts'
import { fileTokenSchema, jobIdSchema, nothingSchema } from '../../model/primitives.ts'
import { appSettingsPatchSchema, appSettingsSchema } from '../../model/settings.ts'
import type { Channel } from '../channel.ts'

export const appInfoSchema = z.strictObject({
  version: z.string(),
  host: z.enum(['electron', 'loopback', 'cli']),
  /** The system's language as a BCP 47 tag. */
  systemLanguage: z.string(),
  capabilities: z.strictObject({ tray: z.boolean(), keychain: z.boolean(), nativeDialogs: z.boolean() }),
  demo: z.boolean(),
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const hostChannels = {
  'app.info': { access: 'host', whenLocked: true, input: nothingSchema, output: appInfoSchema },
  'settings.get': { access: 'host', whenLocked: true, input: nothingSchema, output: appSettingsSchema },
  'settings.set': { access: 'host', whenLocked: true, input: appSettingsPatchSchema, output: appSettingsSchema },
  /** Opens the system's picker (Electron); the browser host uploads instead. */
  'file.pick': {
    access: 'host',
    input: z.strictObject({ many: z.boolean() }),
    output: z.array(z.strictObject({ file: fileTokenSchema, name: z.string(), bytes: z.int() })),
  },
  /** Pasted text as a file. */
  'file.paste': {
    access: 'host',
    input: z.strictObject({ name: z.string().max(200), text: z.string().max(20_000_000) }),
    output: z.strictObject({ file: fileTokenSchema, name: z.string(), bytes: z.int() }),
  },
  'file.release': {
    access: 'host',
    whenLocked: true,
    input: z.strictObject({ files: z.array(fileTokenSchema) }),
    output: nothingSchema,
  },
  /** The watched folder and the new files in it. */
  'inbox.get': { access: 'host', input: nothingSchema, output: inboxSchema },
  /** Chooses the watched folder: by the system's picker, or, where the host has none, one of Onebook's own in the home folder. */
  'inbox.choose': { access: 'host', input: nothingSchema, output: inboxSchema },
  /** Files of the watched folder that shall not be offered again; they stay where they are. */
  'inbox.dismiss': { access: 'host', input: z.strictObject({ files: z.array(fileTokenSchema) }), output: inboxSchema },
  'job.cancel': {
    access: 'host',
    whenLocked: true,
    input: z.strictObject({ job: jobIdSchema }),
    output: nothingSchema,
  },
  /** The page in the window as a PDF (Electron), in base64; null where the host cannot: the browser prints it itself. */
  'page.pdf': { access: 'host', input: nothingSchema, output: z.strictObject({ pdf: z.string().nullable() }) },
  /** The window tells of input, for the idle timer. */
  'app.touch': { access: 'host', whenLocked: true, input: nothingSchema, output: nothingSchema },
} as const satisfies Record<string, Channel>
