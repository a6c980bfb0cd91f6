import type { MessagePort } from 'node:worker_threads'
import type { FromReader, ToReader } from './protocol.ts'

/** The writer's side of its readers: they open after it and close before it. */
export class ReaderRing {
  readonly #ports = new Set<MessagePort>()
  readonly #waiting = new Map<number, (ok: boolean) => void>()
  #turn = 0

  /** `dataKey` is that of the vault the writer has open, or null; it is cleared. */
  async join(port: MessagePort, dataKey: Uint8Array<ArrayBuffer> | null): Promise<void> {
    this.#ports.add(port)
    port.on('message', ({ turn, ok }: FromReader) => {
      this.#waiting.get(turn)?.(ok)
      this.#waiting.delete(turn)
    })
    port.on('close', () => this.#ports.delete(port))
    port.unref()
    // told in either case: a reader takes no calls before it knows
    if (dataKey === null) await this.#ask(port, (turn) => ({ type: 'close', turn }))
    else await this.#openOne(port, dataKey)
  }

  /** Opens every reader, each with a key of its own to clear. Throws if one cannot open what the writer could. */
  async open(dataKey: Uint8Array<ArrayBuffer>): Promise<void> {
    const opened = [...this.#ports].map((port) => this.#openOne(port, Uint8Array.from(dataKey)))
    dataKey.fill(0)
    await Promise.all(opened)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#ports].map((port) => this.#ask(port, (turn) => ({ type: 'close', turn }))))
  }

  async #openOne(port: MessagePort, dataKey: Uint8Array<ArrayBuffer>): Promise<void> {
    const ok = await this.#ask(port, (turn) => ({ type: 'open', turn, dataKey }), [dataKey.buffer])
    if (!ok) throw new Error('a reader could not open the vault')
  }

  #ask(port: MessagePort, message: (turn: number) => ToReader, moved: ArrayBuffer[] = []): Promise<boolean> {
    this.#turn += 1
    const turn = this.#turn
    return new Promise((resolve) => {
      const gone = (): void => settle(true)
      const settle = (ok: boolean): void => {
        port.off('close', gone)
        this.#waiting.delete(turn)
        resolve(ok)
      }
      this.#waiting.set(turn, settle)
      // a reader that has ended has nothing open
      port.once('close', gone)
      port.postMessage(message(turn), moved)
    })
  }
}
