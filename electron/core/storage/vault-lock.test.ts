import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockVault } from './vault-lock.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  path = join(folder, 'home.onebook')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Takes the lock, leaves its file behind as a crash would, and changes what it says. */
function leaveLock(changes: Record<string, unknown>): void {
  const lock = lockVault(path, 'electron')
  const held: unknown = JSON.parse(readFileSync(lock.path, 'utf8'))
  lock.release()
  writeFileSync(lock.path, JSON.stringify({ ...(held as object), ...changes }))
}

/** A process number that is not in use: that of a process just ended would do, but this one cannot exist at all. */
const NO_PROCESS = 4_194_304 * 8

describe('vault lock', () => {
  it('lets one host in, says to the second who it is, and lets it in afterwards', () => {
    const first = lockVault(path, 'electron')
    expect(() => lockVault(path, 'cli')).toThrow(
      expect.objectContaining({ code: 'vault-in-use', values: { holder: 'electron', pid: process.pid } }),
    )
    first.release()
    first.release()
    const second = lockVault(path, 'cli')
    second.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is one lock for all ways to write the path', () => {
    const lock = lockVault(join(folder, 'sub', '..', 'home.onebook'), 'cli')
    expect(() => lockVault(path, 'cli')).toThrow(code('vault-in-use'))
    lock.release()
  })

  it('takes over from a process that has ended', () => {
    leaveLock({ pid: NO_PROCESS })
    const lock = lockVault(path, 'cli')
    expect(readFileSync(lock.path, 'utf8')).toContain('"cli"')
    lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('takes over when the number belongs to another process now', () => {
    leaveLock({ startedAt: '1' })
    lockVault(path, 'cli').release()
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('takes over what was held before the machine was started again', () => {
    leaveLock({ boot: 'another' })
    lockVault(path, 'cli').release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('never takes over from another machine, whose processes it cannot see', () => {
    leaveLock({ machine: 'another', pid: NO_PROCESS })
    expect(() => lockVault(path, 'cli')).toThrow(code('vault-in-use'))
  })

  it('never takes over a lock that it cannot read, and does not remove it', () => {
    writeFileSync(`${path}.lock`, 'half a lo')
    expect(() => lockVault(path, 'cli')).toThrow(code('vault-in-use'))
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe('half a lo')
  })

  it('takes over after a process that ended in the middle of taking over', () => {
    leaveLock({ token: '00000000-0000-4000-8000-000000000001', pid: NO_PROCESS })
    const dead: unknown = JSON.parse(readFileSync(`${path}.lock`, 'utf8'))
    const second = { ...(dead as object), token: '00000000-0000-4000-8000-000000000002' }
    writeFileSync(`${path}.lock.after-00000000-0000-4000-8000-000000000001`, JSON.stringify(second))
    const lock = lockVault(path, 'cli')
    lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('waits for a living process that is taking over, and gives way', () => {
    const living = lockVault(path, 'loopback')
    const content = readFileSync(living.path, 'utf8')
    living.release()
    leaveLock({ token: '00000000-0000-4000-8000-000000000001', pid: NO_PROCESS })
    writeFileSync(`${path}.lock.after-00000000-0000-4000-8000-000000000001`, content)
    expect(() => lockVault(path, 'cli')).toThrow(code('vault-in-use'))
  })

  it('does not remove the lock of another when it is released late', () => {
    const lock = lockVault(path, 'cli')
    writeFileSync(
      lock.path,
      readFileSync(lock.path, 'utf8').replace(/"token":"[^"]+"/, '"token":"00000000-0000-4000-8000-000000000003"'),
    )
    lock.release()
    expect(readdirSync(folder)).toEqual(['home.onebook.lock'])
  })

  it('says that a folder does not exist', () => {
    expect(() => lockVault(join(folder, 'none', 'home.onebook'), 'cli')).toThrow(code('vault-missing'))
    mkdirSync(join(folder, 'none'))
    lockVault(join(folder, 'none', 'home.onebook'), 'cli').release()
  })
})
