import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseHostArguments } from './host-arguments.ts'
import { createIdleLock } from './idle-lock.ts'
import { rendererFile, securityHeaders } from './renderer-files.ts'
import { readSettings } from './settings-port.ts'
import { userDataFolder } from './user-data.ts'

describe('the idle lock', () => {
  const setUp = (minutes: number) => {
    const state = { now: 0, busy: false, locked: 0 }
    const idle = createIdleLock({
      now: () => state.now,
      minutes: () => minutes,
      isBusy: () => state.busy,
      lock: () => {
        state.locked += 1
      },
    })
    idle.stop()
    return { state, idle }
  }
  it('locks after so many minutes without input and not before', () => {
    const { state, idle } = setUp(10)
    state.now = 10 * 60_000 - 1
    idle.look()
    expect(state.locked).toBe(0)
    state.now = 10 * 60_000
    idle.look()
    expect(state.locked).toBe(1)
  })
  it('begins anew at each input', () => {
    const { state, idle } = setUp(1)
    state.now = 59_000
    idle.touch()
    state.now = 118_000
    idle.look()
    expect(state.locked).toBe(0)
  })
  it('never locks where 0 minutes are set', () => {
    const { state, idle } = setUp(0)
    state.now = 1e12
    idle.look()
    expect(state.locked).toBe(0)
  })
  it('waits for long work, and counts from its end', () => {
    const { state, idle } = setUp(1)
    state.busy = true
    state.now = 300_000
    idle.look()
    state.busy = false
    state.now = 359_000
    idle.look()
    expect(state.locked).toBe(0)
    state.now = 360_000
    idle.look()
    expect(state.locked).toBe(1)
  })
})

describe('settings from a file', () => {
  it('keeps what is right of a file that is partly wrong', () => {
    const read = readSettings({ theme: 'dark', autoLockMinutes: -3, language: 'fr', lockOnSleep: false, other: 1 })
    expect(read).toMatchObject({ theme: 'dark', autoLockMinutes: 10, language: 'system', lockOnSleep: false })
  })
  it.each([null, 3, 'x', [], undefined])('reads %j as the defaults', (raw) => {
    expect(readSettings(raw)).toMatchObject({ theme: 'system', autoLockMinutes: 10 })
  })
})

describe('files of the renderer', () => {
  const root = resolve('/srv/renderer')
  it('serves the page and its parts', () => {
    expect(rendererFile(root, '/')).toEqual({ path: join(root, 'index.html'), type: 'text/html; charset=utf-8' })
    expect(rendererFile(root, '/assets/a-1.js')?.path).toBe(join(root, 'assets', 'a-1.js'))
  })
  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/assets/../../secret.json',
    '/..%2fsecret.json',
    '/..\\secret.json',
    '/%5c..%5csecret.json',
    '/a%00.js',
    '/c:/secret.json',
    '/%',
    'index.html',
    '/vault.db',
    '/.env',
  ])('serves nothing for %s', (path) => {
    expect(rendererFile(root, path)).toBeNull()
  })
  it('takes a path that looks absolute as one below its folder', () => {
    expect(rendererFile(root, '//etc/a.js')?.path).toBe(join(root, 'etc', 'a.js'))
  })
  it('lets pages load and run only what is Onebook’s own', () => {
    const policy = securityHeaders['content-security-policy'] ?? ''
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`script-src 'self'`)
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
  })
})

describe('flags', () => {
  it('reads those of npm start', () => {
    const flags = parseHostArguments(['--vault', '/a/b.vault', '--port', '8123', '--browser'], true)
    expect(flags).toMatchObject({ vault: '/a/b.vault', port: 8123, browser: true, demo: false })
  })
  it.each([[['--port', 'x']], [['--port', '70000']], [['--unknown']], [['stray']], [['--demo', '--vault', 'a']]])(
    'refuses %j',
    (args) => {
      expect(() => parseHostArguments(args, true)).toThrow(expect.objectContaining({ name: 'UsageError' }))
    },
  )
  it('passes over switches of Electron’s own', () => {
    expect(parseHostArguments(['--no-sandbox', '.', '--demo'], false).demo).toBe(true)
  })
})

describe('the folder for data', () => {
  it.each([
    ['linux', { XDG_DATA_HOME: '/x' }, '/x/Onebook'],
    ['linux', {}, '/home/u/.local/share/Onebook'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/u/.local/share/Onebook'],
    ['darwin', {}, '/home/u/Library/Application Support/Onebook'],
  ] as const)('on %s with %j is %s', (platform, environment, folder) => {
    expect(userDataFolder(platform, environment, '/home/u')).toBe(folder)
  })
})
