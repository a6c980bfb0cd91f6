import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { CoreError, type ErrorCode } from '../../../shared/ipc/errors.ts'
import type { KeyStore } from '../ports.ts'

/**
 * What a worker asks its host's thread and waits for, thread stopped: the keychain, which only that thread reaches, and
 * the lock on the vault, which belongs to the process. Answers take a moment; nothing the host does waits for a worker
 * that way, so the two cannot wait for each other.
 */
export type HostQuestion =
  | { readonly ask: 'hold-vault' }
  | { readonly ask: 'keychain-available' }
  | { readonly ask: 'seal' | 'unseal'; readonly bytes: Uint8Array }

type HostAnswer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly code: ErrorCode
      readonly message: string
      readonly values: Readonly<Record<string, string | number>>
    }

export interface BridgeEnd {
  readonly port: MessagePort
  readonly gate: Int32Array<SharedArrayBuffer>
}

const LONGEST_WAIT_MILLISECONDS = 120_000

/** Host side. `answer` may throw a CoreError, which the worker then throws. */
export function createBridge(answer: (question: HostQuestion) => unknown): BridgeEnd & { close(): void } {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  const { port1, port2 } = new MessageChannel()
  port1.on('message', (question: HostQuestion) => {
    port1.postMessage(answerOf(question, answer))
    Atomics.store(gate, 0, 1)
    Atomics.notify(gate, 0)
  })
  port1.unref()
  return { port: port2, gate, close: () => port1.close() }
}

function answerOf(question: HostQuestion, answer: (question: HostQuestion) => unknown): HostAnswer {
  try {
    return { ok: true, value: answer(question) }
  } catch (error) {
    if (error instanceof CoreError) {
      return { ok: false, code: error.code, message: error.message, values: error.values }
    }
    return { ok: false, code: 'internal', message: 'something went wrong inside Onebook; nothing was lost', values: {} }
  }
}

/** Worker side. */
export function askHost(end: { port: MessagePort; gate: Int32Array }, question: HostQuestion): unknown {
  Atomics.store(end.gate, 0, 0)
  end.port.postMessage(question, [])
  Atomics.wait(end.gate, 0, 0, LONGEST_WAIT_MILLISECONDS)
  const received = receiveMessageOnPort(end.port)
  if (received === undefined) throw new Error('the host did not answer')
  const answer = received.message as HostAnswer
  if (answer.ok) return answer.value
  throw new CoreError(answer.code, answer.message, answer.values)
}

/** The host's keychain as a worker sees it. */
export function keyStoreOverBridge(end: { port: MessagePort; gate: Int32Array }): KeyStore {
  const bytes = (value: unknown): Uint8Array => {
    if (value instanceof Uint8Array) return value
    throw new Error('the host did not answer with bytes')
  }
  return {
    get available() {
      return askHost(end, { ask: 'keychain-available' }) === true
    },
    seal: (secret) => bytes(askHost(end, { ask: 'seal', bytes: secret })),
    unseal: (sealed) => bytes(askHost(end, { ask: 'unseal', bytes: sealed })),
  }
}
