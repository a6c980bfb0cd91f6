import * as electron from 'electron'
import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import type { CoreEvent } from '../../shared/ipc/events.ts'
import { type ElectronStandIn, StandInContents } from '../../test/support/electron-stand-in.ts'
import { createFileRegistry } from '../core/hosting/file-registry.ts'
import type { Core } from '../core/hosting/start-core.ts'
import { forwardEvents, handleCalls } from './ipc.ts'
import { createElectronKeyStore } from './key-store.ts'
import { lockOnSleep } from './lock-on-sleep.ts'
import { pickFiles, pickFolder } from './pick-files.ts'
import { printPage } from './print-page.ts'

vi.mock('electron', async () => (await import('../../test/support/electron-stand-in.ts')).createElectronStandIn())
const standIn = electron as unknown as ElectronStandIn

const listeners = new Set<(event: CoreEvent) => void>()
const called: unknown[][] = []
const core: Core = {
  call: async (...args) => {
    called.push(args)
    return { ok: true, value: 'done' }
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
handleCalls(core)

const invoke = async (message: unknown, frame?: object | null): Promise<unknown> => {
  const sender = new StandInContents()
  const event = { sender, senderFrame: frame === undefined ? sender.mainFrame : frame } as unknown as IpcMainInvokeEvent
  return standIn.invokeHandlers.get('onebook')?.(event, message)
}

describe('the one IPC handler', () => {
  it('is the only one', () => {
    expect([...standIn.invokeHandlers.keys()]).toEqual(['onebook'])
  })
  it('passes a call to the core', async () => {
    expect(await invoke({ type: 'call', channel: 'app.info', input: {}, job: 'job-12345' })).toEqual({
      ok: true,
      value: 'done',
    })
    expect(called.at(-1)).toEqual(['app.info', {}, 'job-12345'])
  })
  it.each([
    ['a frame that has gone', null],
    ['a frame within the page', { origin: 'app://onebook' }],
    ['a page of another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
  ])('refuses %s (checklist 17)', async (_, frame) => {
    const before = called.length
    expect(await invoke({ type: 'call', channel: 'app.info', input: {} }, frame)).toMatchObject({ ok: false })
    expect(called.length).toBe(before)
  })
  it.each([
    null,
    'text',
    {},
    { type: 'call' },
    { type: 'call', channel: 3, input: {} },
    { type: 'call', channel: 'app.info', input: {}, job: 'x' },
    { type: 'eval', code: '1' },
    { type: 'path', path: '' },
    { type: 'bytes', name: 'a', bytes: [1] },
  ])('refuses the message %j', async (message) => {
    expect(await invoke(message)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  })
  it('turns files into tokens', async () => {
    expect(await invoke({ type: 'bytes', name: 'a.csv', bytes: new Uint8Array(3) })).toMatchObject({
      ok: true,
      value: { name: 'a.csv', bytes: 3 },
    })
    expect(await invoke({ type: 'path', path: '/nothing/here.csv' })).toMatchObject({
      ok: false,
      error: { code: 'file-missing' },
    })
  })
})

describe('events', () => {
  it('reach the window until it goes', () => {
    const contents = new StandInContents()
    forwardEvents(core, contents as unknown as WebContents)
    for (const listener of listeners) listener({ type: 'settings' })
    expect(contents.sent).toEqual([['onebook:event', { type: 'settings' }]])
    contents.emit('destroyed')
    expect(listeners.size).toBe(0)
  })
})

describe('the keychain', () => {
  it.each([
    ['linux', true, 'gnome_libsecret', true],
    ['linux', true, 'kwallet6', true],
    ['linux', true, 'basic_text', false],
    ['linux', true, 'unknown', false],
    ['linux', false, 'gnome_libsecret', false],
    ['darwin', true, 'unknown', true],
    ['win32', false, 'unknown', false],
  ] as const)('on %s, encryption %s, backend %s: %s', (platform, available, backend, usable) => {
    Object.assign(standIn.safeStorage, { available, backend })
    const store = createElectronKeyStore(platform)
    expect(store.available).toBe(usable)
    const secret = Uint8Array.from({ length: 32 }, (_, index) => index * 7)
    const roundTrip = (): Uint8Array => Uint8Array.from(store.unseal(store.seal(secret)))
    const outcome = ((): Uint8Array | string => {
      try {
        return roundTrip()
      } catch {
        return 'refused'
      }
    })()
    expect(outcome).toEqual(usable ? secret : 'refused')
  })
})

describe('sleep and the screen lock', () => {
  it('lock the vault if the user wants that; shutting down always does', () => {
    let [wanted, locked] = [true, 0]
    lockOnSleep(
      () => {
        locked += 1
      },
      () => wanted,
    )
    standIn.powerMonitor.emit('suspend')
    standIn.powerMonitor.emit('lock-screen')
    expect(locked).toBe(2)
    wanted = false
    standIn.powerMonitor.emit('suspend')
    expect(locked).toBe(2)
    standIn.powerMonitor.emit('shutdown')
    expect(locked).toBe(3)
  })
})

describe('the picker', () => {
  it('answers with paths, and with none where the user changed their mind', async () => {
    expect(await pickFiles(null, true)).toEqual(['/home/u/a.ofx'])
    expect(standIn.dialog.showOpenDialog.mock.calls.at(-1)?.[0]).toMatchObject({
      properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    })
    standIn.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] })
    expect(await pickFiles(null, false)).toEqual([])
  })

  it('chooses one folder, or none', async () => {
    standIn.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: ['/home/u/inbox'] })
    expect(await pickFolder(null)).toBe('/home/u/inbox')
    expect(standIn.dialog.showOpenDialog.mock.calls.at(-1)?.[0]).toMatchObject({
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    })
    standIn.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] })
    expect(await pickFolder(null)).toBeNull()
  })
})

describe('a page as a PDF', () => {
  it('is printed by its window on A4 with its backgrounds, and cannot be without one', async () => {
    const asked: unknown[] = []
    const printToPDF = (options: unknown): Promise<Uint8Array> => {
      asked.push(options)
      return Promise.resolve(Uint8Array.of(37, 80, 68, 70))
    }
    const window = { webContents: { printToPDF } } as unknown as electron.BrowserWindow
    expect(await printPage(window)).toEqual(Uint8Array.of(37, 80, 68, 70))
    expect(asked).toEqual([{ pageSize: 'A4', printBackground: true, preferCSSPageSize: true }])
    await expect(printPage(null)).rejects.toThrow('no window')
  })
})
