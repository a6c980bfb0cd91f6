import { contract, type ChannelName, isChannelName, type Reply } from '../../../shared/ipc/contract.ts'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import type { Dispatch } from '../dispatcher.ts'
import type { HandlerContext } from '../handler.ts'
import { createJob } from '../jobs.ts'
import type { Role } from './protocol.ts'

/** Channels of the writer that touch no rows and must answer while long work holds the writer. */
const UNQUEUED: ReadonlySet<string> = new Set<ChannelName>(['vault.status'])
/** Channels after which nothing in the vault is different. */
const SILENT = /^vault\./

export interface Call {
  readonly channel: string
  readonly input: unknown
  readonly job: string | null
}

export interface CallRunner {
  run(call: Call): Promise<Reply<unknown>>
  cancel(job: string): void
  /** Cancels whatever runs and resolves when nothing does. */
  drain(): Promise<void>
  /** Runs something between calls, as one of them. */
  between<T>(work: () => Promise<T>): Promise<T>
  /** Runs something beside the calls; it is cancelled and waited for as they are. */
  aside(work: (signal: AbortSignal) => Promise<void>): Promise<void>
}

/**
 * Runs calls on a worker: the writer one after another, for a handler may wait in the middle of its transaction; a
 * reader as they come.
 */
export function createCallRunner(
  role: Role,
  dispatch: Dispatch,
  context: Omit<HandlerContext, 'job'>,
  emit: (event: CoreEvent) => void,
): CallRunner {
  const running = new Map<symbol, { job: string | null; abort: AbortController; done: Promise<unknown> }>()
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }

  const run = (call: Call): Promise<Reply<unknown>> => {
    const abort = new AbortController()
    const job = createJob(call.job, abort.signal, emit, () => context.clock.now())
    const work = async (): Promise<Reply<unknown>> => {
      if (abort.signal.aborted) return { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } }
      const reply = await dispatch(call.channel, call.input, { ...context, job }).catch((): Reply<never> => ({
        ok: false,
        error: { code: 'internal', message: 'this part of Onebook did not load' },
      }))
      if (role === 'writer' && reply.ok && isChannelName(call.channel) && !SILENT.test(call.channel)) {
        emit({ type: 'changed', nouns: [call.channel.slice(0, call.channel.indexOf('.')), 'figures'] })
      }
      return reply
    }
    // locking cancels what runs, so that it need not wait for an import
    if (call.channel === 'vault.lock') for (const each of running.values()) each.abort.abort()
    const queued = role === 'writer' && !UNQUEUED.has(call.channel)
    const done = queued ? inTurn(work) : work()
    const key = Symbol(call.channel)
    running.set(key, { job: call.job, abort, done })
    const forget = (): void => void running.delete(key)
    done.then(forget, forget)
    return done
  }

  return {
    run,
    cancel(job): void {
      for (const each of running.values()) if (each.job === job) each.abort.abort()
    },
    async drain(): Promise<void> {
      for (const each of running.values()) each.abort.abort()
      await Promise.allSettled([...running.values()].map((each) => each.done))
    },
    between: (work) => inTurn(work),
    aside(work): Promise<void> {
      const abort = new AbortController()
      const key = Symbol('aside')
      const done = work(abort.signal).finally(() => void running.delete(key))
      running.set(key, { job: null, abort, done })
      return done
    },
  }
}

/** Whether a worker of this role answers the channel. */
export function belongsTo(role: Role, channel: string): boolean {
  return isChannelName(channel) && contract[channel].access === (role === 'writer' ? 'write' : 'read')
}
