import { z } from 'zod'
import { type ChannelName, contract } from '../../shared/ipc/contract.ts'

export interface ChannelDescription {
  readonly channel: string
  readonly access: string
  readonly whenLocked: boolean
  readonly job: boolean
  readonly input: unknown
  readonly output: unknown
}

/** Every channel with its schemas as JSON Schema 2020-12; the input's as a caller may send it. */
export function describeChannels(): readonly ChannelDescription[] {
  return (Object.keys(contract) as ChannelName[]).map((channel) => {
    const { access, input, output, ...more } = contract[channel]
    return {
      channel,
      access,
      whenLocked: 'whenLocked' in more,
      job: 'job' in more,
      input: z.toJSONSchema(input, { io: 'input' }),
      output: z.toJSONSchema(output, { io: 'output' }),
    }
  })
}
