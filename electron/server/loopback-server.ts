import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { CoreError } from '../../shared/ipc/errors.ts'
import { requestSchema } from '../../shared/ipc/transport.ts'
import { rendererFile, securityHeaders } from '../core/hosting/renderer-files.ts'
import type { Core } from '../core/hosting/start-core.ts'
import { isOtherUser } from './peer-owner.ts'
import { createSessionKeys } from './session-keys.ts'

export interface LoopbackOptions {
  readonly core: Core
  /** The built renderer. */
  readonly rendererFolder: string
  /** 0: any free one. */
  readonly port: number
  /** Origins beside the server's own: the development server's. */
  readonly moreOrigins?: readonly string[]
  /** Lower for tests. */
  readonly largestBody?: number
}

export interface LoopbackServer {
  readonly port: number
  readonly origin: string
  /** An address that opens the window once. */
  issueAddress(): string
  close(): Promise<void>
}

/** Pasted text is the largest thing a call carries: 20 million characters. */
const LARGEST_BODY = 96 * 1_048_576
const HEARTBEAT_MILLISECONDS = 15_000
const EVENTS_BUFFER = 1_048_576

const callBodySchema = requestSchema.omit({ channel: true })
const sessionBodySchema = z.strictObject({ code: z.string().min(1).max(200) })

/** A refusal, told by status; its text never quotes what was sent. */
class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>

/** Serves the window to a browser on this machine, and the core to the window. Listens on 127.0.0.1 only. */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const { core, rendererFolder } = options
  const largestBody = options.largestBody ?? LARGEST_BODY
  const keys = createSessionKeys()
  const streams = new Set<ServerResponse>()
  let port = 0
  let origin = ''

  const refuseStrangers = (request: IncomingMessage): void => {
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
    // a name that was made to point at this machine is not ours
    if (!hosts.includes(request.headers.host ?? '')) throw new Refusal(421, 'wrong host')
    const from = request.headers.origin
    const origins = [...hosts.map((host) => `http://${host}`), ...(options.moreOrigins ?? [])]
    if (from !== undefined && !origins.includes(from)) throw new Refusal(403, 'wrong origin')
    const site = request.headers['sec-fetch-site']
    if (from === undefined && site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new Refusal(403, 'wrong origin')
    }
  }
  const requireToken = (request: IncomingMessage): void => {
    const token = request.headers['x-onebook-token']
    if (typeof token !== 'string' || !keys.accepts(token)) throw new Refusal(401, 'wrong token')
  }
  const requireMethod = (request: IncomingMessage, ...methods: string[]): void => {
    if (!methods.includes(request.method ?? '')) throw new Refusal(405, 'wrong method', { allow: methods.join(', ') })
  }

  const exchangeCode: Route = async (request, response) => {
    requireMethod(request, 'POST')
    const { code } = await readJson(request, 1_024, sessionBodySchema)
    if (isOtherUser(request.socket.remotePort ?? 0, port)) throw new Refusal(403, 'another user')
    const token = keys.exchange(code)
    if (token === null) throw new Refusal(401, 'this address has been used; ask for a new one')
    sendJson(response, 200, { token })
  }
  const call: Route = async (request, response, url) => {
    requireMethod(request, 'POST')
    requireToken(request)
    const channel = url.pathname.slice('/rpc/'.length)
    const { input, job } = await readJson(request, largestBody, callBodySchema)
    sendJson(response, 200, await core.call(channel, input, job))
  }
  const upload: Route = async (request, response) => {
    requireMethod(request, 'POST')
    requireToken(request)
    const length = Number(request.headers['content-length'] ?? Number.NaN)
    if (!Number.isSafeInteger(length)) throw new Refusal(411, 'the length is missing')
    try {
      const facts = await core.files.addStream(headerText(request, 'x-onebook-name'), length, request)
      sendJson(response, 200, { ok: true, value: facts })
    } catch (error) {
      if (!(error instanceof CoreError)) throw error
      // the rest of the body is not read, so nothing else may follow on this connection
      response.setHeader('connection', 'close')
      response.once('finish', () => request.destroy())
      sendJson(response, error.code === 'invalid-input' ? 413 : 507, {
        ok: false,
        error: { code: error.code, message: error.message },
      })
    }
  }
  const events: Route = async (request, response) => {
    requireMethod(request, 'GET')
    requireToken(request)
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    })
    response.write(': hello\n\n')
    streams.add(response)
    const stop = core.subscribe((event) => {
      // a window that does not read any more asks anew when it comes back
      if (response.writableLength > EVENTS_BUFFER) response.destroy()
      else response.write(`data: ${JSON.stringify(event)}\n\n`)
    })
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MILLISECONDS)
    response.on('close', () => {
      stop()
      clearInterval(heartbeat)
      streams.delete(response)
    })
  }
  const page: Route = async (request, response, url) => {
    requireMethod(request, 'GET', 'HEAD')
    const file = rendererFile(rendererFolder, url.pathname)
    const facts = file === null ? null : await stat(file.path).catch(() => null)
    if (file === null || facts === null || !facts.isFile()) throw new Refusal(404, 'not found')
    // built files carry a hash in their name; the page itself must always be the current one
    const lasting = url.pathname.startsWith('/assets/')
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': file.type,
      'content-length': facts.size,
      'cache-control': lasting ? 'private, max-age=31536000, immutable' : 'no-store',
    })
    if (request.method === 'HEAD') response.end()
    else await pipeline(createReadStream(file.path), response)
  }

  const route = (path: string): Route => {
    if (path === '/session') return exchangeCode
    if (path === '/upload') return upload
    if (path === '/events') return events
    if (path.startsWith('/rpc/')) return call
    return page
  }

  const server = createServer({ requestTimeout: 600_000, headersTimeout: 10_000 }, (request, response) => {
    const answer = async (): Promise<void> => {
      refuseStrangers(request)
      const url = URL.parse(request.url ?? '', origin)
      if (url === null || url.origin !== origin) throw new Refusal(400, 'wrong address')
      await route(url.pathname)(request, response, url)
    }
    answer().catch((error: unknown) => refuse(request, response, error))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  port = address.port
  origin = `http://127.0.0.1:${port}`

  return {
    port,
    origin,
    issueAddress: () => `${origin}/#code=${keys.issueCode()}`,
    close: () =>
      new Promise((resolve) => {
        for (const stream of streams) stream.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'something went wrong inside Onebook')
  // whatever is still being sent is not read
  response.writeHead(refusal.status, {
    ...securityHeaders,
    ...refusal.headers,
    'content-type': 'application/json; charset=utf-8',
    connection: 'close',
  })
  response.end(JSON.stringify({ error: refusal.message }), () => request.destroy())
}

async function readJson<T>(request: IncomingMessage, largest: number, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) throw new Refusal(415, 'JSON only')
  const tooLarge = (): Refusal => new Refusal(413, 'too large')
  if (Number(request.headers['content-length'] ?? 0) > largest) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largest) throw tooLarge()
    chunks.push(chunk)
  }
  let raw: unknown
  try {
    raw = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Refusal(400, 'not JSON')
  }
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw new Refusal(400, 'wrong shape')
  return parsed.data
}

/** Header values are Latin-1 only: other text comes percent-encoded. */
function headerText(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  try {
    return typeof value === 'string' ? decodeURIComponent(value) : 'file'
  } catch {
    throw new Refusal(400, 'wrong name')
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  })
  response.end(body)
}
