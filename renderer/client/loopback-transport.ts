import { z } from 'zod'
import type { Reply } from '../../shared/ipc/contract.ts'
import { errorCodes } from '../../shared/ipc/errors.ts'
import { NoSession, type Transport, type UploadedFile } from './client.ts'
import { createEventParser } from './event-stream.ts'

const TOKEN_KEY = 'onebook.session'
const RETRY_MILLISECONDS = 1_000

const errorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
const replySchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorSchema }),
])
const uploadedSchema = z.object({ file: z.string(), name: z.string(), bytes: z.number() })

/**
 * Exchanges the one-time code in the address for the session's token, and takes the code out of the address. The token
 * lives in this tab only, so that reloading the page works.
 */
async function openSession(): Promise<string> {
  const code = new URLSearchParams(location.hash.slice(1)).get('code')
  if (code === null) {
    const token = sessionStorage.getItem(TOKEN_KEY)
    if (token === null) throw new NoSession()
    return token
  }
  history.replaceState(null, '', location.pathname)
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  if (!response.ok) throw new NoSession()
  const { token } = z.object({ token: z.string() }).parse(await response.json())
  sessionStorage.setItem(TOKEN_KEY, token)
  return token
}

/** Calls by HTTP to the loopback host that served this page. */
export function createLoopbackTransport(): Transport {
  const session = openSession()
  // whoever calls first hears of a failure; it must not count as unhandled before
  session.catch(() => undefined)
  const listeners = new Set<(event: unknown) => void>()
  let streaming = false

  const readReply = async (response: Response): Promise<Reply<unknown>> => {
    if (response.status === 401) throw new NoSession()
    const parsed = replySchema.safeParse(await response.json())
    if (!parsed.success) throw new Error(`status ${response.status}`)
    if (parsed.data.ok) return { ok: true, value: parsed.data.value }
    const { code, message, values } = parsed.data.error
    return { ok: false, error: values === undefined ? { code, message } : { code, message, values } }
  }

  const stream = async (): Promise<void> => {
    const response = await fetch('/events', { headers: { 'x-onebook-token': await session } })
    if (!response.ok || response.body === null) return
    const parse = createEventParser((data) => {
      const event: unknown = JSON.parse(data)
      for (const listener of listeners) listener(event)
    })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      parse(value)
    }
  }
  const keepStreaming = async (): Promise<void> => {
    streaming = true
    while (listeners.size > 0) {
      await stream().catch(() => undefined)
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY_MILLISECONDS)
      })
    }
    streaming = false
  }

  return {
    async send(channel, input, job) {
      const response = await fetch(`/rpc/${channel}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-onebook-token': await session },
        body: JSON.stringify(job === undefined ? { input } : { input, job }),
      })
      return readReply(response)
    },
    listen(listener) {
      listeners.add(listener)
      if (!streaming) void keepStreaming()
      return () => void listeners.delete(listener)
    },
    async upload(file): Promise<Reply<UploadedFile>> {
      const response = await fetch('/upload', {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'x-onebook-token': await session,
          'x-onebook-name': encodeURIComponent(file.name),
        },
        body: file,
      })
      const reply = await readReply(response)
      return reply.ok ? { ok: true, value: uploadedSchema.parse(reply.value) } : reply
    },
  }
}
