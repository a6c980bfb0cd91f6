import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import { createDispatcher, type Dispatch } from '../dispatcher.ts'
import { backUpIfDue, createVaultHandlers } from '../handlers/vault-handlers.ts'
import { askHost, keyStoreOverBridge } from '../hosting/host-bridge.ts'
import type { Log } from '../ports.ts'
import { createSearchIndexer } from '../searching/search-indexer.ts'
import { dataKeyOf, openVault, type ReadableVault, type WritableVault } from '../storage/open-vault.ts'
import { createBackgroundLook } from './background-look.ts'
import { createCallRunner } from './call-runner.ts'
import type { FromReader, FromWorker, ToReader, ToWorker, WorkerSetup } from './protocol.ts'
import { ReaderRing } from './reader-ring.ts'
import { createSystemClock } from './system-clock.ts'
import { createVaultSession, type VaultSession } from './vault-session.ts'
import { createWorkerFiles } from './worker-files.ts'

/** The entry of every worker thread of the core: one writer, and readers. */

const loadCompose = (): Promise<typeof import('../compose.ts')> => import('../compose.ts')

function start(port: MessagePort, setup: WorkerSetup): void {
  const tell = (message: FromWorker): void => port.postMessage(message)
  const emit = (event: CoreEvent): void => {
    tell({ type: 'event', event })
    if (event.type === 'changed' || (event.type === 'vault' && event.state === 'open')) indexer?.poke()
  }
  const log: Log = { write: (event, facts) => tell({ type: 'log', event, facts: facts ?? {} }) }
  const clock = createSystemClock(setup.today)
  const files = createWorkerFiles()
  const readers = new ReaderRing()
  let reading: ReadableVault | null = null

  const session: VaultSession | null =
    setup.role === 'reader'
      ? null
      : createVaultSession({
          path: setup.vaultPath,
          host: setup.host,
          demo: setup.demo,
          clock,
          keyStore: keyStoreOverBridge(setup.bridge),
          ...(setup.argon2 === undefined ? {} : { argon2: setup.argon2 }),
          holdVault: () => void askHost(setup.bridge, { ask: 'hold-vault' }),
          openReaders: (dataKey) => readers.open(dataKey),
          closeReaders: () => readers.close(),
          emit,
        })

  const context = {
    clock,
    files,
    log,
    emit,
    readable(): ReadableVault {
      if (reading === null) throw new CoreError('locked', 'The vault is locked.')
      return reading
    },
    writable(): WritableVault {
      if (session === null) throw new Error('a reader cannot write')
      return session.vault()
    },
  }
  // the vault's own channels come first, so that the unlock screen need not wait for importers and figures to load
  const vaultOnly = createDispatcher(
    createVaultHandlers(session, async (vault, settings) => {
      const { createSeed } = await loadCompose()
      await createSeed(setup.demo ? clock : null)(vault, settings)
    }),
    log,
  )
  let everything: Promise<Dispatch> | null = null
  const load = (): Promise<Dispatch> => {
    if (everything === null) {
      everything = loadCompose().then(({ composeCore }) => createDispatcher(composeCore(session), log))
      // told to whoever calls; it must not end the thread before
      everything.catch(() => log.write('load-failed'))
    }
    return everything
  }
  if (setup.preload) void load()
  const dispatch: Dispatch = async (channel, input, handlerContext) =>
    (channel.startsWith('vault.') ? vaultOnly : await load())(channel, input, handlerContext)
  const runner = createCallRunner(setup.role, dispatch, context, emit)
  const background =
    session === null
      ? null
      : createBackgroundLook({
          between: (work) => runner.between(work),
          vault: () => (session.isOpen() ? session.vault() : null),
          clock,
          log,
          emit,
        })

  const indexer =
    session === null
      ? null
      : createSearchIndexer({
          vault: () => (session.isOpen() ? session.vault() : null),
          between: (work) => runner.between(work),
          caughtUp: () => tell({ type: 'event', event: { type: 'changed', nouns: ['search'] } }),
          log,
        })

  const joined = Promise.withResolvers<void>()
  if (session !== null) joined.resolve()

  const followWriter = (writer: MessagePort): void => {
    writer.on('message', (message: ToReader) => {
      const answer = (ok: boolean): void => {
        const reply: FromReader = { turn: message.turn, ok }
        writer.postMessage(reply, [])
        joined.resolve()
      }
      if (message.type === 'open') {
        try {
          reading ??= openVault({ path: setup.vaultPath, dataKey: message.dataKey, access: 'read' })
          answer(true)
        } catch (error) {
          log.write('reader-open-failed', { code: error instanceof CoreError ? error.code : 'unknown' })
          answer(false)
        } finally {
          message.dataKey.fill(0)
        }
        return
      }
      const closing = reading
      reading = null
      void runner
        .drain()
        .then(() => closing?.close())
        .then(
          () => answer(true),
          () => answer(true),
        )
    })
    writer.unref()
  }

  /** On a reader, for copying a large vault takes seconds in which the writer could let nobody in. */
  const backUp = async (id: number): Promise<void> => {
    await joined.promise
    await runner.aside(async (signal) => {
      if (reading === null) return
      try {
        const made = await backUpIfDue(reading, { now: clock.now(), signal })
        if (made) emit({ type: 'changed', nouns: ['vault'] })
      } catch (error) {
        log.write('automatic-backup-failed', { code: error instanceof CoreError ? error.code : 'unknown' })
      }
    })
    tell({ type: 'reply', id, reply: { ok: true, value: null } })
  }

  const stop = async (): Promise<void> => {
    indexer?.stop()
    await runner.drain()
    await session?.lock()
    await reading?.close()
    tell({ type: 'stopped' })
    port.close()
  }

  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'call':
        void joined.promise
          .then(() => runner.run(message))
          .then((reply) => {
            if (reply.ok) background?.poke()
            return tell({ type: 'reply', id: message.id, reply })
          })
        return
      case 'cancel':
        runner.cancel(message.job)
        return
      case 'file':
        files.add(message.token, message.location)
        return
      case 'file-gone':
        files.remove(message.token)
        return
      case 'reader':
        void readers.join(message.port, session?.isOpen() === true ? Uint8Array.from(dataKeyOf(session.vault())) : null)
        return
      case 'writer':
        followWriter(message.port)
        return
      case 'back-up':
        void backUp(message.id)
        return
      case 'stop':
        void stop()
        return
    }
  })
}

if (parentPort !== null) start(parentPort, workerData as WorkerSetup)
