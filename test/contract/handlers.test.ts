import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChannelName, contract } from '../../shared/ipc/contract.ts'
import { errorCodes } from '../../shared/ipc/errors.ts'
import { describeChannels } from '../../electron/cli/channel-schemas.ts'
import { composeCore } from '../../electron/core/compose.ts'
import { createDispatcher } from '../../electron/core/dispatcher.ts'
import { createHostHandlers } from '../../electron/core/hosting/host-handlers.ts'
import { appFacts } from '../../electron/core/hosting/app-facts.ts'
import { createMemorySettings } from '../../electron/core/hosting/settings-port.ts'
import { silentLog } from '../../electron/core/hosting/local-log.ts'
import { createFileRegistry } from '../../electron/core/hosting/file-registry.ts'
import { passphrase, startTemporaryCore, type TemporaryCore } from '../support/temporary-core.ts'

const channels = Object.keys(contract) as ChannelName[]
const hostHandlers = createHostHandlers({
  info: appFacts('loopback', false),
  settings: createMemorySettings(),
  settingsChanged: () => undefined,
  files: createFileRegistry(
    () => undefined,
    () => undefined,
  ),
  pick: null,
  printPage: null,
  inbox: {
    view: () => ({ folder: null, trouble: null, waiting: [], imported: 0 }),
    choose: async () => undefined,
    dismiss: () => undefined,
  },
  calendar: {
    export: async () => ({ name: 'reminders.ics', mediaType: 'text/calendar', base64: '', events: 0 }),
    daysOff: async () => ({ off: [], worked: [] }),
    file: () => ({ path: null, writtenAt: null, events: 0, trouble: null }),
    choose: async () => undefined,
    stop: () => undefined,
  },
  cancelJob: () => undefined,
  touch: () => undefined,
})

describe('the contract', () => {
  it.each(channels)('%s has a handler, on the side that its access names', (channel) => {
    const [host, core] = [Object.hasOwn(hostHandlers, channel), Object.hasOwn(composeCore(null), channel)]
    expect([host, core]).toEqual(contract[channel].access === 'host' ? [true, false] : [false, true])
  })

  it('has no handler without a channel', () => {
    const handled = [...Object.keys(hostHandlers), ...Object.keys(composeCore(null))].toSorted()
    expect(handled).toEqual(channels.toSorted())
  })

  it.each(channels)('%s is named noun.verb', (channel) => {
    expect(channel).toMatch(/^[a-z]+([A-Z][a-z]+)*\.[a-z]+([A-Z][a-z]+)*$/)
  })

  it('describes every channel by JSON schemas', () => {
    const described = describeChannels()
    expect(described.map(({ channel }) => channel)).toEqual(channels)
    for (const { input, output } of described) {
      expect(input).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
      expect(output).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
      expect(JSON.parse(JSON.stringify([input, output]))).toEqual([input, output])
    }
  })

  it('has no setting that is set without being named', () => {
    for (const channel of ['settings.set', 'vaultSettings.set'] as const) {
      expect(contract[channel].input.parse({})).toEqual({})
    }
  })
})

/** Channels that end or replace the vault, or wait for the slow derivation of a key; their inputs are tried elsewhere. */
const leftOut = new Set<ChannelName>([
  'vault.lock',
  'vault.create',
  'vault.unlock',
  'vault.unlockWithRecoveryKey',
  'vault.changePassphrase',
  'vault.newRecoveryKey',
  'vault.backup',
])
const tried = channels.filter((channel) => !leftOut.has(channel))

describe('whatever is sent', () => {
  let temporary: TemporaryCore
  beforeAll(async () => {
    temporary = startTemporaryCore()
    await temporary.call('vault.create', { passphrase, baseCurrency: 'CNY' })
  })
  afterAll(() => temporary.close())

  /** Null for a value or a listed error, else what went wrong: 'internal' would be a fault of ours. */
  const faultOf = async (channel: string, input: unknown): Promise<unknown> => {
    const reply = await temporary.core.call(channel, input)
    const clean = reply.ok || (reply.error.code !== 'internal' && errorCodes.includes(reply.error.code))
    return clean ? null : { channel, input, reply }
  }

  it('as JSON to a channel ends in a value or one of the listed errors', { timeout: 300_000 }, async () => {
    const anything = fc.jsonValue({ maxDepth: 3 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tried), anything, async (channel, input) => {
        expect(await faultOf(channel, input)).toBeNull()
      }),
      { numRuns: 400 },
    )
  })

  it('with the fields of a channel and odd values ends the same way', { timeout: 300_000 }, async () => {
    const odd = fc.oneof(
      fc.constantFrom(0, 1, -1, 999_999_999, Number.MAX_SAFE_INTEGER, '', 'x', '2026-02-29', '2026-02-28', 'CNY', 'zz'),
      fc.constantFrom(true, false, null, [], {}, [1], ['x'], "'; drop table accounts; --", '\u0000', '一本账'),
      fc.integer(),
      fc.string({ maxLength: 20 }),
    )
    const withFields = fc.constantFrom(...tried).chain((channel) => {
      const { input } = contract[channel]
      const names = 'shape' in input ? Object.keys(input.shape) : []
      const fields = Object.fromEntries(names.map((name) => [name, odd]))
      return fc.record(fields, { requiredKeys: [] }).map((given) => ({ channel, given }))
    })
    await fc.assert(
      fc.asyncProperty(withFields, async ({ channel, given }) => {
        expect(await faultOf(channel, given)).toBeNull()
      }),
      { numRuns: 1_500 },
    )
  })

  it('under any name ends the same way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toString', 'vault.')), async (name) => {
        expect(await faultOf(name, {})).toBeNull()
      }),
      { numRuns: 100 },
    )
  })
})

describe('the dispatcher', () => {
  const context = {} as Parameters<ReturnType<typeof createDispatcher>>[2]
  it('keeps what a fault says out of the reply and out of the log', async () => {
    const written: unknown[] = []
    const log = { write: (...entry: unknown[]) => void written.push(entry) }
    const fail = (): never => {
      throw new Error('SELECT secret-marker FROM transactions')
    }
    const reply = await createDispatcher({ 'account.list': fail }, log)('account.list', {}, context)
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify([reply, written])).not.toContain('secret-marker')
    expect(written).toHaveLength(1)
  })
  it('refuses an output that the contract does not know, without quoting it', async () => {
    const wrong = (): unknown => ({ secret: 'secret-marker' })
    const reply = await createDispatcher({ 'account.list': wrong }, silentLog)('account.list', {}, context)
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(reply)).not.toContain('secret-marker')
  })
})
