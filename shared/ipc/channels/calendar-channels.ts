import { z } from 'zod'
import { daysBetween } from '../../domain/iso-date.ts'
import { calendarFileSchema } from '../../model/calendar-file.ts'
import { isoDateSchema, nothingSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

/** What falls due as an iCalendar file. It leaves the vault unencrypted: amounts are in it only where they are asked for. */
export const calendarChannels = {
  'calendar.export': {
    access: 'host',
    input: z.strictObject({
      language: z.enum(['en', 'zh-CN']).default('en'),
      amounts: z.boolean().default(false),
      /** Whether the calendar program shall remind, too. */
      alarms: z.boolean().default(true),
    }),
    output: z.strictObject({
      /** A file name to offer. */
      name: z.string(),
      mediaType: z.string(),
      base64: z.string(),
      events: z.int().nonnegative(),
    }),
  },
  /** Days that are no working days, and days of a weekend that are, by the household's calendar of public holidays. */
  'calendar.daysOff': {
    access: 'host',
    input: z
      .strictObject({ from: isoDateSchema, until: isoDateSchema })
      .refine(({ from, until }) => from <= until && daysBetween(from, until) <= 400, 'at most 400 days'),
    output: z.strictObject({ off: z.array(isoDateSchema), worked: z.array(isoDateSchema) }),
  },
  /** The file that is kept up to date while the vault is open. */
  'calendar.file': { access: 'host', input: nothingSchema, output: calendarFileSchema },
  /** Chooses its folder: by the system's picker, or, where the host has none, one of Onebook's own in the home folder. */
  'calendar.chooseFile': {
    access: 'host',
    input: nothingSchema,
    output: calendarFileSchema,
  },
  /** It is no longer kept up to date; what was written stays where it is. */
  'calendar.stopFile': { access: 'host', input: nothingSchema, output: calendarFileSchema },
} as const satisfies Record<string, Channel>
