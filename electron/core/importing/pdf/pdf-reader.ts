import { Worker } from 'node:worker_threads'
import { ImportRejection } from '../importer.ts'
import type { PdfAnswer, PdfTask } from './pdf-thread.ts'

export interface ReadingLimits {
  readonly milliseconds: number
  /** Memory for what the PDF becomes while it is read. */
  readonly megabytes: number
}

/** How long a thread without work waits for the next PDF: statements come by the dozen. */
const IDLE_MILLISECONDS = 3000

interface PdfReader {
  readonly thread: Worker
  readonly megabytes: number
}

/** The thread that has nothing to do, if there is one. */
let idle: (PdfReader & { readonly timer: NodeJS.Timeout; readonly forget: () => void }) | null = null

/** Beside this file in the sources; in the build, beside the entry that this was bundled into. */
function threadUrl(): URL {
  const here = import.meta.url
  if (here.endsWith('.ts')) return new URL('./pdf-thread.ts', here)
  return new URL(/\/chunks\/[^/]*$/.test(here) ? '../pdf-thread.js' : './pdf-thread.js', here)
}

function take(megabytes: number): PdfReader {
  const waiting = idle
  if (waiting !== null) {
    idle = null
    clearTimeout(waiting.timer)
    waiting.thread.off('error', waiting.forget)
    if (waiting.megabytes === megabytes) {
      waiting.thread.ref()
      return waiting
    }
    void waiting.thread.terminate()
  }
  const thread = new Worker(threadUrl(), {
    name: 'onebook-pdf',
    env: {},
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  return { thread, megabytes }
}

/** Keeps the thread for the next PDF, but holds nobody up by it. */
function giveBack({ thread, megabytes }: PdfReader): void {
  if (idle !== null) {
    void thread.terminate()
    return
  }
  const forget = (): void => {
    idle = null
    void thread.terminate()
  }
  thread.on('error', forget)
  thread.unref()
  idle = { thread, megabytes, forget, timer: setTimeout(forget, IDLE_MILLISECONDS).unref() }
}

const damaged = (): ImportRejection =>
  new ImportRejection('damaged', 'The PDF cannot be read: it seems to be damaged. Download it again.')

function failureOf(error: unknown, megabytes: number): ImportRejection {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (!outOfMemory) return damaged()
  const message = 'The PDF unfolds to more than a statement does. It was not read.'
  return new ImportRejection('too-large', message, { limit: megabytes })
}

/**
 * Has one PDF read in a thread of its own, bounded in time and memory: no PDF can hold up or bring down the caller.
 * The task's bytes move to the thread. Answers the text's bytes; throws `ImportRejection`, or the signal's reason.
 */
export async function readInThread(
  task: PdfTask,
  limits: ReadingLimits,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  signal?.throwIfAborted()
  const reader = take(limits.megabytes)
  const { thread } = reader
  const { promise, resolve, reject } = Promise.withResolvers<PdfAnswer>()
  const abort = (): void => reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
  const timer = setTimeout(() => {
    const message = 'Reading the PDF takes too long. It was not read.'
    reject(new ImportRejection('too-large', message, { limit: limits.milliseconds }))
  }, limits.milliseconds)
  signal?.addEventListener('abort', abort, { once: true })
  const onError = (error: unknown): void => reject(failureOf(error, limits.megabytes))
  const onExit = (): void => reject(damaged())
  thread.on('message', resolve).on('error', onError).on('exit', onExit)
  thread.postMessage(task, [task.bytes.buffer as ArrayBuffer])
  try {
    const answer = await promise
    thread.off('message', resolve).off('error', onError).off('exit', onExit)
    giveBack(reader)
    if (answer.type === 'text') return answer.bytes
    const { code, message, values } = answer.refusal
    throw new ImportRejection(code, message, values)
  } catch (error) {
    if (idle?.thread !== thread) void thread.terminate()
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
