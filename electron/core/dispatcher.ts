import { z } from 'zod'
import { type ChannelName, contract, isChannelName, type Reply } from '../../shared/ipc/contract.ts'
import { CoreError } from '../../shared/ipc/errors.ts'
import type { HandlerContext } from './handler.ts'
import type { Log } from './ports.ts'
import { toStorageError } from './storage/storage-errors.ts'

type AnyHandler = (input: never, context: HandlerContext) => unknown

/** Some or all of the contract's handlers: a worker has those of its access. */
export type HandlerTable = { readonly [N in ChannelName]?: AnyHandler }

export type Dispatch = (channel: string, input: unknown, context: HandlerContext) => Promise<Reply<unknown>>

function failure(code: CoreError['code'], message: string, values?: CoreError['values']): Reply<never> {
  return { ok: false, error: values === undefined ? { code, message } : { code, message, values } }
}

/** Names the fields that are wrong, never their content. */
function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    .join('; ')
}

/**
 * Looks the channel up, parses the input, runs the handler, parses the output. Expected failures keep their code; any
 * other throw becomes `internal` and only its type and place go to the log, for a message may quote what the vault holds.
 */
export function createDispatcher(handlers: HandlerTable, log: Log): Dispatch {
  return async (channel, rawInput, context) => {
    if (!isChannelName(channel)) return failure('unknown-channel', 'there is no such channel')
    const handler = Object.hasOwn(handlers, channel) ? handlers[channel] : undefined
    if (handler === undefined) return failure('unknown-channel', `${channel} is not available here`)
    const input = contract[channel].input.safeParse(rawInput)
    if (!input.success) return failure('invalid-input', `${channel}: ${describeIssues(input.error)}`)
    try {
      const value = await handler(input.data as never, context)
      const output = contract[channel].output.safeParse(value)
      if (output.success) return { ok: true, value: output.data }
      log.write('output-mismatch', { channel, issues: describeIssues(output.error) })
      return failure('internal', 'something went wrong inside Onebook; nothing was lost')
    } catch (thrown) {
      const error = toStorageError(thrown)
      if (error instanceof CoreError) return failure(error.code, error.message, error.values)
      log.write('fault', { channel, ...faultFacts(error) })
      return failure('internal', 'something went wrong inside Onebook; nothing was lost')
    }
  }
}

/** The type of a fault and where it arose; not its message. */
function faultFacts(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { type: typeof error }
  const at = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? ''
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return { type: error.name, code, at: at.trim().replace(/\([^(]*[\\/]/, '(') }
}
