import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const replySchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
])
export type LoopbackReply = z.infer<typeof replySchema>

export interface LoopbackChild {
  /** Everything that the process wrote on its standard output and error so far. */
  said(): string
  call(channel: string, input: unknown, job?: string): Promise<LoopbackReply>
  /** As a call that must succeed; throws with the host's message otherwise. */
  value(channel: string, input: unknown): Promise<unknown>
  upload(name: string, bytes: Uint8Array): Promise<string>
  kill(): Promise<void>
  end(): Promise<void>
}

/** The loopback host from its source as a process of its own, spoken to as its window does. */
export async function startLoopbackChild(vaultPath: string, environment: NodeJS.ProcessEnv): Promise<LoopbackChild> {
  const host = new URL('../../electron/server/index.ts', import.meta.url).pathname
  const child: ChildProcess = spawn(process.execPath, [host, '--no-window', '--vault', vaultPath], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const ended = once(child, 'close')
  child.stderr?.on('data', (text: Buffer) => said.push(text.toString('utf8')))
  const address = await new Promise<URL>((found, failed) => {
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        said.push(line)
        const match = /http:\/\/\S+/.exec(line)
        if (match !== null) found(new URL(match[0]))
      })
    }
    ended.then(() => failed(new Error(`the host ended: ${said.join('\n')}`)), failed)
  })
  const { origin } = address
  const code = new URLSearchParams(address.hash.slice(1)).get('code')
  const json = { origin, 'content-type': 'application/json' }
  const session = await fetch(`${origin}/session`, { method: 'POST', headers: json, body: JSON.stringify({ code }) })
  const { token } = z.object({ token: z.string() }).parse(await session.json())
  const call = async (channel: string, input: unknown, job?: string): Promise<LoopbackReply> => {
    const answer = await fetch(`${origin}/rpc/${channel}`, {
      method: 'POST',
      headers: { ...json, 'x-onebook-token': token },
      body: JSON.stringify(job === undefined ? { input } : { input, job }),
    })
    return replySchema.parse(await answer.json())
  }
  const mustSucceed = (reply: LoopbackReply, what: string): unknown => {
    if (reply.ok) return reply.value
    throw new Error(`${what}: ${reply.error.code} ${reply.error.message}`)
  }
  return {
    said: () => said.join('\n'),
    call,
    value: async (channel, input) => mustSucceed(await call(channel, input), channel),
    async upload(name, bytes) {
      const answer = await fetch(`${origin}/upload`, {
        method: 'POST',
        headers: {
          origin,
          'content-type': 'application/octet-stream',
          'x-onebook-token': token,
          'x-onebook-name': encodeURIComponent(name),
        },
        body: new Blob([Uint8Array.from(bytes)]),
      })
      const value = mustSucceed(replySchema.parse(await answer.json()), 'upload')
      return z.object({ file: z.string() }).parse(value).file
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async end() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
