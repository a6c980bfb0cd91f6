import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { civilTime } from '../../shared/domain/civil-time.ts'
import { type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { CallOf, ChannelName, OutputOf } from '../../shared/ipc/contract.ts'
import type { ErrorCode } from '../../shared/ipc/errors.ts'
import { instantInUtc } from '../support/civil-clock.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'
import { createDispatcher } from '../../electron/core/dispatcher.ts'
import type { HandlerContext } from '../../electron/core/handler.ts'
import type { ReadableVault } from '../../electron/core/storage/open-vault.ts'
import { dataHandlers } from '../../electron/core/handlers/data-handlers.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'

/** Calls as a host makes them, on a real encrypted vault in a folder of its own. For tests. */
export interface TestCalls {
  readonly temporary: TemporaryVault
  readonly faults: string[]
  today: IsoDate
  /** Minute of the day by the wall clock. */
  minute: number
  /** The value of a call that must succeed. */
  call<N extends ChannelName>(channel: N, input: CallOf<N>): Promise<OutputOf<N>>
  /** The code of a call that must fail. */
  fail<N extends ChannelName>(channel: N, input: CallOf<N>): Promise<ErrorCode>
  /** Makes bytes available under a token, as a picked file. */
  offer(token: string, name: string, bytes: Uint8Array): void
  close(): Promise<void>
}

export async function openTestCalls(today = '2026-11-23', baseCurrency = 'CNY'): Promise<TestCalls> {
  const temporary = await createTemporaryVault()
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode(baseCurrency) })
  const files = new Map<string, { name: string; bytes: Uint8Array }>()
  const faults: string[] = []
  const log = {
    write: (event: string, facts?: Readonly<Record<string, unknown>>) =>
      void faults.push(`${event} ${JSON.stringify(facts)}`),
  }
  const dispatch = createDispatcher(dataHandlers, log)
  const context: HandlerContext = {
    clock: {
      today: () => calls.today,
      now: () => 1_795_000_000_000,
      time: () => civilTime(calls.today, calls.minute),
      instantOf: instantInUtc,
    },
    files: {
      open(token) {
        const file = files.get(token)
        if (file === undefined) throw new Error('no such file')
        const { name, bytes } = file
        return {
          name,
          size: bytes.length,
          read: (offset, length) => bytes.slice(offset, offset + length),
          close: () => undefined,
        }
      },
    },
    log,
    // reading through the writing connection: the channels only read
    readable: () => temporary.vault as unknown as ReadableVault,
    writable: () => temporary.vault,
    job: { signal: new AbortController().signal, progress: () => undefined, breathe: async () => undefined },
    emit: () => undefined,
  }
  const calls: TestCalls = {
    temporary,
    faults,
    today: parseIsoDate(today),
    minute: 10 * 60,
    async call(channel, input) {
      const reply = await dispatch(channel, input, context)
      if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}: ${reply.error.message} ${faults.join('\n')}`)
      return reply.value as OutputOf<typeof channel>
    },
    async fail(channel, input) {
      const reply = await dispatch(channel, input, context)
      if (reply.ok) throw new Error(`${channel} was expected to fail`)
      return reply.error.code
    },
    offer: (token, name, bytes) => void files.set(token, { name, bytes }),
    close: () => temporary.close(),
  }
  return calls
}
