import { z } from 'zod'
import type { CallOf, ChannelName, OutputOf, Reply } from '../../shared/ipc/contract.ts'
import type { CallError, ErrorCode } from '../../shared/ipc/errors.ts'
import { type CoreEvent, coreEventSchema } from '../../shared/ipc/events.ts'

// zod otherwise probes `new Function`, which the page's policy forbids and reports
z.config({ jitless: true })

export interface UploadedFile {
  readonly file: string
  readonly name: string
  readonly bytes: number
}

export interface CallOptions {
  /** Chosen by the caller (8 to 64 characters), to follow long work by its progress events. */
  readonly job?: string
  /** Cancels the job; without one it only stops waiting. */
  readonly signal?: AbortSignal
}

/** The window's way to the core, whatever carries it. */
export interface Client {
  /** Rejects with a CallFailure. */
  call<N extends ChannelName>(channel: N, input: CallOf<N>, options?: CallOptions): Promise<OutputOf<N>>
  subscribe(listener: (event: CoreEvent) => void): () => void
  uploadFiles(files: readonly File[]): Promise<UploadedFile[]>
}

/** A call that failed, with the code that the window's texts go by. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure'
  readonly code: ErrorCode
  readonly values: Readonly<Record<string, string | number>>
  constructor({ code, message, values }: CallError) {
    super(message)
    this.code = code
    this.values = values ?? {}
  }
}

/** This tab may not speak to the program: its address was used before, or came from nowhere. */
export class NoSession extends CallFailure {
  constructor() {
    super({ code: 'internal', message: 'this address has been used' })
  }
}

/** What carries calls: the one thing in which hosts differ. */
export interface Transport {
  send(channel: string, input: unknown, job: string | undefined): Promise<Reply<unknown>>
  /** Events as they come, unparsed. */
  listen(listener: (event: unknown) => void): () => void
  upload(file: File): Promise<Reply<UploadedFile>>
}

const unreachable: CallError = { code: 'internal', message: 'Onebook does not answer any more. Is it still running?' }

export function createClient(transport: Transport): Client {
  const settle = <T>(reply: Reply<T>): T => {
    if (reply.ok) return reply.value
    throw new CallFailure(reply.error)
  }
  const reach = async <T>(send: () => Promise<Reply<T>>): Promise<Reply<T>> => {
    try {
      return await send()
    } catch (error) {
      if (error instanceof CallFailure) throw error
      return { ok: false, error: unreachable }
    }
  }
  return {
    async call<N extends ChannelName>(channel: N, input: CallOf<N>, options: CallOptions = {}): Promise<OutputOf<N>> {
      const { job, signal } = options
      const cancelled: CallError = { code: 'cancelled', message: 'Cancelled.' }
      if (signal?.aborted === true) throw new CallFailure(cancelled)
      const answer = reach(() => transport.send(channel, input, job))
      // the core has parsed the output by the channel's own schema
      if (signal === undefined) return settle(await answer) as OutputOf<N>
      const { promise, resolve } = Promise.withResolvers<Reply<unknown>>()
      const abort = (): void => {
        if (job === undefined) resolve({ ok: false, error: cancelled })
        else void reach(() => transport.send('job.cancel', { job }, undefined))
      }
      signal.addEventListener('abort', abort, { once: true })
      try {
        return settle(await Promise.race([answer, promise])) as OutputOf<N>
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
    subscribe: (listener) =>
      transport.listen((raw) => {
        const event = coreEventSchema.safeParse(raw)
        if (event.success) listener(event.data)
      }),
    async uploadFiles(files) {
      const uploaded: UploadedFile[] = []
      for (const file of files) uploaded.push(settle(await reach(() => transport.upload(file))))
      return uploaded
    },
  }
}
