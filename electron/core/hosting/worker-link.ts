import { Worker } from 'node:worker_threads'
import type { Reply } from '../../../shared/ipc/contract.ts'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import type { FromWorker, Role, ToWorker, WorkerSetup } from '../workers/protocol.ts'
import { createBridge, type HostQuestion } from './host-bridge.ts'

/** How long a worker may take to close its vault before it is ended. */
const STOP_MILLISECONDS = 20_000

export interface WorkerLinkOptions {
  readonly url: URL
  readonly setup: Omit<WorkerSetup, 'bridge'>
  readonly answer: (question: HostQuestion) => unknown
  readonly onEvent: (event: CoreEvent) => void
  readonly onLog: (event: string, facts: Readonly<Record<string, string | number | boolean>>) => void
  /** It ended without being asked to. Calls that were under way have been answered with `internal`. */
  readonly onCrash: (role: Role, type: string) => void
}

/** The host's end of one worker. */
export interface WorkerLink {
  readonly role: Role
  call(channel: string, input: unknown, job: string | null): Promise<Reply<unknown>>
  /** Has a reader make the day's backup, if it is due. */
  backUp(): Promise<void>
  send(message: ToWorker): void
  /** Calls under way. */
  readonly busy: number
  readonly ended: boolean
  stop(): Promise<void>
}

/**
 * Room for new objects, three times the half-space. What an import passes through is garbage at once: a larger one takes
 * memory and saves no time. What a reader answers is small.
 */
const NURSERY_MB = { writer: 24, reader: 12 }

/** A passphrase in the environment is the host's affair; where compiled code is kept is not. */
const environmentOf = ({ NODE_COMPILE_CACHE }: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }

export function startWorker(options: WorkerLinkOptions): WorkerLink {
  const { setup } = options
  const bridge = createBridge(options.answer)
  const worker = new Worker(options.url, {
    workerData: { ...setup, bridge: { port: bridge.port, gate: bridge.gate } } satisfies WorkerSetup,
    transferList: [bridge.port],
    name: `onebook-${setup.role}`,
    env: environmentOf(process.env),
    stdin: false,
    resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB[setup.role] },
  })
  const pending = new Map<number, (reply: Reply<unknown>) => void>()
  let nextId = 0
  let ended = false
  let stopping: Promise<void> | null = null

  const failAll = (): void => {
    const error = { code: 'internal', message: 'something went wrong inside Onebook; nothing was lost' } as const
    for (const settle of pending.values()) settle({ ok: false, error })
    pending.clear()
  }
  const send = (message: ToWorker): void => {
    const moved = message.type === 'reader' || message.type === 'writer' ? [message.port] : []
    if (!ended) worker.postMessage(message, moved)
  }
  const ask = (message: (id: number) => ToWorker): Promise<Reply<unknown>> =>
    new Promise((resolve) => {
      nextId += 1
      pending.set(nextId, resolve)
      if (ended) failAll()
      else send(message(nextId))
    })
  worker.on('message', (message: FromWorker) => {
    if (message.type === 'reply') {
      pending.get(message.id)?.(message.reply)
      pending.delete(message.id)
    } else if (message.type === 'event') options.onEvent(message.event)
    else if (message.type === 'log') options.onLog(message.event, message.facts)
    // its vault is closed; what it may still be loading is of no use
    else void worker.terminate()
  })
  let fault = ''
  worker.on('error', (error: unknown) => {
    fault = error instanceof Error ? ('code' in error ? String(error.code) : error.name) : typeof error
  })
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      ended = true
      bridge.close()
      failAll()
      resolve()
      if (stopping === null) options.onCrash(setup.role, fault)
    })
  })

  return {
    role: setup.role,
    get busy() {
      return pending.size
    },
    get ended() {
      return ended
    },
    call: (channel, input, job) => ask((id) => ({ type: 'call', id, channel, input, job })),
    async backUp(): Promise<void> {
      await ask((id) => ({ type: 'back-up', id }))
    },
    send,
    stop(): Promise<void> {
      stopping ??= (async () => {
        if (ended) return
        send({ type: 'stop' })
        const timer = setTimeout(() => void worker.terminate(), STOP_MILLISECONDS)
        await exited
        clearTimeout(timer)
      })()
      return stopping
    },
  }
}
