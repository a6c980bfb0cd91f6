import { z } from 'zod'
import { forecastQuerySchema, forecastSchema } from '../../model/forecast.ts'
import { enteredMinorSchema, idSchema, nothingSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

export const forecastChannels = {
  /** Balances of the next twelve months; the same history always gives the same answer. */
  'forecast.get': { access: 'read', input: forecastQuerySchema, output: forecastSchema },
  /** The balance that an account should not fall below, in its currency; null: zero. */
  'forecast.setFloor': {
    access: 'write',
    input: z.strictObject({ accountId: idSchema, floorMinor: enteredMinorSchema.nullable() }),
    output: nothingSchema,
  },
} as const satisfies Record<string, Channel>
