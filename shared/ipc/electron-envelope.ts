import { z } from 'zod'
import { requestSchema } from './transport.ts'

/** The one IPC channel that the preload bundle may invoke, and the one it may listen to. */
export const invokeChannel = 'onebook'
export const eventChannel = 'onebook:event'

/** What the preload bundle may send. A path comes only from the system's own `File` of a drop or a picker. */
export const envelopeSchema = z.discriminatedUnion('type', [
  requestSchema.extend({ type: z.literal('call') }),
  z.strictObject({ type: z.literal('path'), path: z.string().min(1).max(32_768) }),
  z.strictObject({
    type: z.literal('bytes'),
    name: z.string().max(1_000),
    bytes: z.instanceof(Uint8Array),
  }),
])
export type Envelope = z.infer<typeof envelopeSchema>
