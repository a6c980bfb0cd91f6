import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { FileLocation } from '../workers/protocol.ts'
import { createSpoolCipher, readSpool } from '../workers/sealed-spool.ts'
import { openLocation } from '../workers/worker-files.ts'
import { createFileRegistry } from './file-registry.ts'

const folder = mkdtempSync(join(tmpdir(), 'onebook-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size)
}

describe('the sealed spool', () => {
  it('reads any range as it was written', () => {
    const written = fc.uint8Array({ minLength: 1, maxLength: 5_000 })
    const secret = fc.record({
      key: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      nonce: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    })
    fc.assert(
      fc.property(written, secret, fc.nat(5_000), fc.nat(5_000), (bytes, { key, nonce }, offset, length) => {
        const sealed = createSpoolCipher(key, nonce).update(bytes)
        const range = readSpool(key, nonce, offset, length, (from, count) => sealed.subarray(from, from + count))
        expect(Buffer.from(range)).toEqual(Buffer.from(bytes.subarray(offset, offset + length)))
      }),
    )
  })

  it('carries the counter over its whole width', () => {
    const [key, nonce] = [new Uint8Array(32).fill(7), new Uint8Array(16).fill(0xff)]
    const bytes = new Uint8Array(64).fill(1)
    const sealed = createSpoolCipher(key, nonce).update(bytes)
    expect(readSpool(key, nonce, 33, 20, (from, count) => sealed.subarray(from, from + count))).toEqual(
      bytes.subarray(33, 53),
    )
  })
})

describe('files by token', () => {
  const announced = new Map<string, FileLocation>()
  const registry = createFileRegistry(
    (token, location) => void announced.set(token, location),
    (token) => void announced.delete(token),
  )
  const open = (token: string): ReturnType<typeof openLocation> => {
    const location = announced.get(token)
    if (location === undefined) throw new Error('not announced')
    return openLocation(location)
  }

  it('reads a path, bytes and a small upload alike', async () => {
    const bytes = Buffer.from('Datum;Betrag\n2026-01-02;-1,50\n')
    const path = join(folder, 'umsätze.csv')
    writeFileSync(path, bytes)
    const all = [
      registry.addPath(path),
      registry.addBytes('umsätze.csv', bytes),
      await registry.addStream('umsätze.csv', bytes.length, inChunks(bytes, 7)),
    ]
    for (const { file, name, bytes: size } of all) {
      expect([name, size]).toEqual(['umsätze.csv', bytes.length])
      const source = open(file)
      expect(Buffer.from(source.read(6, 6)).toString()).toBe('Betrag')
      expect(source.read(bytes.length, 10)).toHaveLength(0)
      expect(source.read(bytes.length - 2, 10)).toHaveLength(2)
      source.close()
    }
  })

  it('spools a large upload encrypted: its text is nowhere on the disk', async () => {
    const marker = 'GEHEIMES-KONTO-4711 '
    const bytes = Buffer.alloc(33 * 1_048_576, marker)
    const before = new Set(readdirSync(tmpdir()))
    const { file } = await registry.addStream('large.csv', bytes.length, inChunks(bytes, 1_000_003))
    const location = announced.get(file)
    if (location?.kind !== 'sealed') throw new Error('not spooled')
    expect(readFileSync(location.path).includes(marker.trim())).toBe(false)
    const source = open(file)
    expect(source.size).toBe(bytes.length)
    const offset = 20_000_001
    expect(Buffer.from(source.read(offset, 1_000)).equals(bytes.subarray(offset, offset + 1_000))).toBe(true)
    source.close()
    registry.releaseAll()
    const left = readdirSync(tmpdir()).filter((name) => !before.has(name) && location.path.includes(name))
    expect(left).toEqual([])
  })

  it.each([
    ['longer than it said', 5, 6],
    ['shorter than it said', 7, 6],
    ['of no length', -1, 6],
    ['larger than 2 GB', 3 * 2 ** 30, 6],
  ])('refuses an upload %s', async (_, said, sent) => {
    await expect(registry.addStream('a', said, inChunks(Buffer.alloc(sent), 4))).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it.each([join(folder, 'nothing-here'), folder])('refuses a path that is no file', (path) => {
    expect(() => registry.addPath(path)).toThrow(expect.objectContaining({ code: 'file-missing' }))
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\a\\b.csv', 'b.csv'],
    ['a\u0000b\nc.csv', 'abc.csv'],
    ['', 'file'],
    ['/', 'file'],
  ])('calls %j %j', (given, name) => {
    expect(registry.addBytes(given, new Uint8Array()).name).toBe(name)
  })
})
