import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { addressOf, ended } from './window-host.ts'

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))
const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
])

/** The built loopback host over a vault, called as its window calls it. */
export class HostSession {
  readonly #host: ChildProcess
  readonly #origin: string
  readonly #token: string

  private constructor(host: ChildProcess, origin: string, token: string) {
    this.#host = host
    this.#origin = origin
    this.#token = token
  }

  /** Starts the host and unlocks the vault at this path, beside which its settings and logs are kept. */
  static async open(vault: string, passphrase: string): Promise<HostSession> {
    const home = dirname(vault)
    const host = spawn(process.execPath, [join(root, 'out/main/server.js'), '--no-window', '--vault', vault], {
      env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, LANG: 'en_US.UTF-8' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const address = new URL(await addressOf(host))
    const code = new URLSearchParams(address.hash.slice(1)).get('code')
    const response = await fetch(new URL('/session', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address.origin },
      body: JSON.stringify({ code }),
    })
    const { token } = z.object({ token: z.string() }).parse(await response.json())
    const session = new HostSession(host, address.origin, token)
    await session.call('vault.unlock', { passphrase })
    return session
  }

  /** A channel's answer; throws what it refuses. */
  async call(channel: string, input: unknown): Promise<unknown> {
    const response = await fetch(`${this.#origin}/rpc/${channel}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-onebook-token': this.#token, origin: this.#origin },
      body: JSON.stringify({ input }),
    })
    const reply = replySchema.parse(await response.json())
    if (!reply.ok) throw new Error(`${channel}: ${reply.error.code} ${reply.error.message}`)
    return reply.value
  }

  /** The most memory that the host's process ever held, in MB; null where the system does not tell (only Linux does). */
  mostMegabytes(): number | null {
    try {
      const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.#host.pid}/status`, 'utf8'))?.[1]
      return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024)
    } catch {
      return null
    }
  }

  /** Hundredths of a second of processor time so far; null where the system does not tell. */
  #ticks(): number | null {
    try {
      // what stands before the closing bracket is the name
      const [, behind = ''] = readFileSync(`/proc/${this.#host.pid}/stat`, 'utf8').split(') ')
      const fields = behind.split(' ')
      return Number(fields[11]) + Number(fields[12])
    } catch {
      return null
    }
  }

  /** Waits until the work in the background (first look, index, backup) is through: a second or two of rest. */
  async rest(): Promise<void> {
    let quiet = 0
    for (let second = 0; second < 180 && quiet < 3; second += 1) {
      const before = this.#ticks()
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      const after = this.#ticks()
      if (before === null || after === null || after - before <= 5) quiet += 1
      else quiet = 0
    }
  }

  close(): Promise<void> {
    return ended(this.#host)
  }
}
