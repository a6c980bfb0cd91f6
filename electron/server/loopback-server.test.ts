import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreEvent } from '../../shared/ipc/events.ts'
import { createFileRegistry } from '../core/hosting/file-registry.ts'
import type { Core } from '../core/hosting/start-core.ts'
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts'

const listeners = new Set<(event: CoreEvent) => void>()
const calls: unknown[][] = []
const core: Core = {
  call: async (channel, input, job) => {
    calls.push([channel, input, job])
    return { ok: true, value: { echoed: input } }
  },
  subscribe: (listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  files: createFileRegistry(
    () => undefined,
    () => undefined,
  ),
  warm: () => undefined,
  woken: () => undefined,
  lock: async () => undefined,
  close: async () => undefined,
}

const folder = mkdtempSync(join(tmpdir(), 'onebook-server-'))
let server: LoopbackServer
let token = ''

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request with exactly these headers, which fetch would not send. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
const json = { 'content-type': 'application/json' }
const codeOf = (address: string): string => new URL(address).hash.replace('#code=', '')
const exchange = (code: string): Promise<Answer> =>
  send('/session', { method: 'POST', headers: json, body: JSON.stringify({ code }) })
const call = (headers: Record<string, string> = {}, body = '{"input":{}}', path = '/rpc/vault.status') =>
  send(path, { method: 'POST', headers: { ...json, 'x-onebook-token': token, ...headers }, body })

beforeAll(async () => {
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'renderer', 'assets', 'a.js'), '1')
  writeFileSync(join(folder, 'secret.json'), '{"secret":1}')
  server = await startLoopbackServer({ core, rendererFolder: join(folder, 'renderer'), port: 0, largestBody: 2_000 })
  token = (JSON.parse((await exchange(codeOf(server.issueAddress()))).body) as { token: string }).token
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the one-time address', () => {
  it('opens one session only', async () => {
    const code = codeOf(server.issueAddress())
    expect((await exchange(code)).status).toBe(200)
    expect((await exchange(code)).status).toBe(401)
  })
  it('is void once a new one is given', async () => {
    const old = codeOf(server.issueAddress())
    const current = codeOf(server.issueAddress())
    expect((await exchange(old)).status).toBe(401)
    expect((await exchange(current)).status).toBe(200)
  })
  it('has its code behind #, where no server and no referrer gets it', () => {
    const address = new URL(server.issueAddress())
    expect([address.hostname, address.pathname, address.search]).toEqual(['127.0.0.1', '/', ''])
    expect(codeOf(address.href).length).toBeGreaterThanOrEqual(32)
  })
})

describe('calls', () => {
  it('pass the channel, input and job to the core and its reply back', async () => {
    const answer = await call({}, '{"input":{"a":1},"job":"job-12345"}', '/rpc/import.preview')
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { echoed: { a: 1 } } })
    expect(calls.at(-1)).toEqual(['import.preview', { a: 1 }, 'job-12345'])
  })

  it.each([
    ['a wrong token', { 'x-onebook-token': 'wrong' }, 401],
    ['an empty token', { 'x-onebook-token': '' }, 401],
    ['another name for this machine (DNS rebinding)', { host: 'evil.example' }, 421],
    ['another port in Host', { host: '127.0.0.1:1' }, 421],
    ['a page of another origin', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['our own name on https', { origin: 'https://127.0.0.1' }, 403],
    ['a cross-site request without an origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a form’s content type, which needs no preflight', { 'content-type': 'text/plain' }, 415],
  ])('with %s are refused', async (_, headers, status) => {
    const before = calls.length
    expect((await call(headers)).status).toBe(status)
    expect(calls.length).toBe(before)
  })

  it('without a token are refused', async () => {
    const answer = await send('/rpc/vault.status', { method: 'POST', headers: json, body: '{"input":{}}' })
    expect(answer.status).toBe(401)
  })

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by %s are refused with what is allowed', async (method) => {
    const answer = await send('/rpc/vault.status', { method, headers: { 'x-onebook-token': token } })
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST'])
  })

  it('with a body that is too large are refused, whether it says so or not', async () => {
    const body = JSON.stringify({ input: 'x'.repeat(3_000) })
    expect((await call({ 'content-length': String(body.length) }, body)).status).toBe(413)
    expect((await call({ 'transfer-encoding': 'chunked' }, body)).status).toBe(413)
  })

  it.each(['', '{', '[]', '{"input":{},"more":1}', '{"input":{},"job":"x"}', '"text"'])(
    'with the body %j are refused',
    async (body) => {
      expect((await call({}, body)).status).toBe(400)
    },
  )

  it('from the own page, by either name, are taken', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const own = `${host}:${server.port}`
      expect((await call({ host: own, origin: `http://${own}`, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    }
  })

  it('answer with nothing that other pages could read or keep', async () => {
    const { headers } = await call()
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('uploads', () => {
  const upload = (headers: Record<string, string>, body: string) =>
    send('/upload', { method: 'POST', headers: { 'x-onebook-token': token, ...headers }, body })

  it('become a file by token, named as the file was', async () => {
    const answer = await upload({ 'x-onebook-name': encodeURIComponent('流水.csv'), 'content-length': '3' }, 'abc')
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({ ok: true, value: { name: '流水.csv', bytes: 3 } })
  })
  it.each([
    ['a wrong token', { 'x-onebook-token': 'no', 'content-length': '3' }, 401],
    ['no length', { 'transfer-encoding': 'chunked' }, 411],
    ['more than 2 GB', { 'content-length': String(3 * 2 ** 30) }, 413],
    ['a broken name', { 'x-onebook-name': '%', 'content-length': '3' }, 400],
  ])('with %s are refused', async (_, headers, status) => {
    expect((await upload(headers, 'abc')).status).toBe(status)
  })
})

describe('events', () => {
  it('need the token', async () => {
    expect((await send('/events')).status).toBe(401)
  })
  it('arrive as they happen, and end with the connection', async () => {
    const response = await fetch(`${server.origin}/events`, { headers: { 'x-onebook-token': token } })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    await expect.poll(() => listeners.size).toBe(1)
    for (const listener of listeners) listener({ type: 'changed', nouns: ['account'] })
    let text = ''
    while (!text.includes('data:')) text += (await reader?.read())?.value ?? ''
    expect(text).toContain('data: {"type":"changed","nouns":["account"]}')
    await reader?.cancel()
    await expect.poll(() => listeners.size).toBe(0)
  })
})

describe('the page', () => {
  it('comes with its policy, and is never kept by a cache', async () => {
    const { status, headers, body } = await send('/')
    expect([status, body, headers['cache-control']]).toEqual([200, '<!doctype html>', 'no-store'])
    expect(headers['content-security-policy']).toContain(`default-src 'none'`)
    expect(headers['x-frame-options']).toBe('DENY')
  })
  it('serves its parts and no other file', async () => {
    expect((await send('/assets/a.js')).status).toBe(200)
    for (const path of [
      '/../secret.json',
      '/..%2fsecret.json',
      '/assets/%2e%2e/%2e%2e/secret.json',
      '/assets',
      '/x.js',
    ]) {
      expect([path, (await send(path)).status]).toEqual([path, 404])
    }
    expect((await send('//evil.example/a.js')).status).toBe(400)
    expect((await send('http://evil.example/', { headers: {} })).status).toBe(400)
    expect((await send('/', { method: 'POST' })).status).toBe(405)
  })
})

describe('the listening socket', () => {
  it('is on 127.0.0.1 and no other address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((each) => each.family === 'IPv4' && !each.internal)
    for (const { address } of others) {
      const refused = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port: server.port, timeout: 2_000 })
        socket.on('connect', () => {
          socket.destroy()
          resolve(false)
        })
        socket.on('error', () => resolve(true))
        socket.on('timeout', () => resolve(true))
      })
      expect(refused).toBe(true)
    }
    expect(server.origin).toBe(`http://127.0.0.1:${server.port}`)
  })
})
