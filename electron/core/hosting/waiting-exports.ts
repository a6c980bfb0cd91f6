import { contract, type Reply } from '../../../shared/ipc/contract.ts'
import { MOST_KEPT } from '../exporting/finished-exports.ts'

/** Finished exports that wait to be read, as their host hears of them: the reader that holds them must stay until then. */
export class WaitingExports {
  readonly #tokens = new Set<string>()

  get any(): boolean {
    return this.#tokens.size > 0
  }

  /** Of every call to a reader and its reply. */
  heard(channel: string, input: unknown, reply: Reply<unknown>): void {
    if (!reply.ok) return
    if (channel === 'export.run') this.#add(contract[channel].output.safeParse(reply.value).data?.export)
    if (channel === 'export.release') this.#tokens.delete(contract[channel].input.safeParse(input).data?.export ?? '')
  }

  /** Locking ends them all. */
  forget(): void {
    this.#tokens.clear()
  }

  #add(token: string | undefined): void {
    if (token === undefined) return
    this.#tokens.add(token)
    const [oldest] = this.#tokens
    // the reader lets go of the oldest itself
    if (this.#tokens.size > MOST_KEPT && oldest !== undefined) this.#tokens.delete(oldest)
  }
}
