import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, Session } from 'electron'
import * as electron from 'electron'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import packageFacts from '../../package.json' with { type: 'json' }
import {
  type ElectronStandIn,
  StandInContents,
  StandInSession,
  StandInWindow,
} from '../../test/support/electron-stand-in.ts'
import { answerRequest, registerAppScheme } from './app-protocol.ts'
import { isAllowedAddress } from './external-links.ts'
import { guardApp, guardSession } from './guards.ts'
import { openWindow, windowPreferences } from './window.ts'

vi.mock('electron', async () => (await import('../../test/support/electron-stand-in.ts')).createElectronStandIn())
const standIn = electron as unknown as ElectronStandIn

const session = new StandInSession()
guardSession(session as unknown as Session)
guardApp(standIn.app as unknown as App)

const preferences = windowPreferences('/out/preload/index.cjs', session as unknown as Session, false)
const newContents = (): StandInContents => {
  const contents = new StandInContents()
  standIn.app.emit('web-contents-created', {}, contents)
  return contents
}
/** Whether the listener of this event stops what was about to happen. */
const isDenied = (emitter: { emit(name: string, ...args: unknown[]): boolean }, name: string, ...more: unknown[]) => {
  const preventDefault = vi.fn<() => void>()
  emitter.emit(name, { preventDefault }, ...more)
  return preventDefault.mock.calls.length > 0
}
const requestIsCancelled = (url: string): boolean => {
  let cancelled = false
  session.beforeRequest?.({ url }, (answer) => {
    cancelled = answer.cancel === true
  })
  return cancelled
}
const folder = mkdtempSync(join(tmpdir(), 'onebook-protocol-'))
mkdirSync(join(folder, 'renderer'))
writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>')
writeFileSync(join(folder, 'secret.json'), '{}')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => standIn.shell.openExternal.mockClear())

/** The numbers are those of https://www.electronjs.org/docs/latest/tutorial/security, "Checklist". */
const checklist: readonly (readonly [string, () => boolean | Promise<boolean>])[] = [
  ['1. loads nothing but its own content', () => requestIsCancelled('http://evil.example/a.js')],
  ['1. … not by https either: nothing goes to a network', () => requestIsCancelled('https://evil.example/a.js')],
  ['1. … nor by web socket', () => requestIsCancelled('wss://evil.example/')],
  ['1. … nor to what only begins like it', () => requestIsCancelled('app://onebook.evil.example/')],
  ['1. … but does load its own', () => !requestIsCancelled('app://onebook/assets/a.js')],
  ['2. no Node in pages', () => preferences.nodeIntegration === false],
  ['2. … nor in workers', () => preferences.nodeIntegrationInWorker === false],
  ['2. … nor in frames', () => preferences.nodeIntegrationInSubFrames === false],
  ['3. context isolation', () => preferences.contextIsolation === true],
  ['4. sandbox', () => preferences.sandbox === true],
  [
    '5. permission requests are denied',
    () => {
      let granted = true
      session.permissionRequest?.(null, 'media', (answer) => {
        granted = answer
      })
      return !granted
    },
  ],
  ['5. … permission checks too', () => session.permissionCheck?.(null, 'clipboard-read', 'app://onebook') === false],
  ['5. … devices too', () => session.devicePermission?.({ deviceType: 'usb' }) === false],
  [
    '5. … screen capture too',
    () => {
      let streams: object = { video: 1 }
      session.displayMedia?.({}, (answer) => {
        streams = answer
      })
      return Object.keys(streams).length === 0
    },
  ],
  ['6. web security is on', () => preferences.webSecurity === true],
  [
    '7. a content security policy comes with every answer',
    async () => {
      const page = await answerRequest(new Request('app://onebook/'), join(folder, 'renderer'))
      const none = await answerRequest(new Request('app://onebook/none.js'), join(folder, 'renderer'))
      return [page, none].every(
        (each) => each.headers.get('content-security-policy')?.includes(`default-src 'none'`) === true,
      )
    },
  ],
  ['8. no insecure content', () => preferences.allowRunningInsecureContent === false],
  ['9. no experimental features', () => preferences.experimentalFeatures === false],
  ['10. no Blink features are switched on', () => preferences.enableBlinkFeatures === undefined],
  ['11. no webview tag, so none that opens popups', () => preferences.webviewTag === false],
  ['12. a webview is never attached', () => isDenied(newContents(), 'will-attach-webview')],
  ['13. navigation is denied', () => isDenied(newContents(), 'will-navigate')],
  ['13. … in frames too', () => isDenied(newContents(), 'will-frame-navigate')],
  ['13. … by redirect too', () => isDenied(newContents(), 'will-redirect')],
  ['13. … by dropping a file on the page too', () => preferences.navigateOnDragDrop === false],
  ['14. new windows are denied', () => newContents().openHandler?.({ url: 'app://onebook/' }).action === 'deny'],
  [
    '15. only listed addresses reach the browser',
    () => {
      newContents().openHandler?.({ url: 'https://evil.example/' })
      newContents().openHandler?.({ url: 'file:///etc/passwd' })
      const before = standIn.shell.openExternal.mock.calls.length
      newContents().openHandler?.({ url: 'https://github.com/a/b' })
      return before === 0 && standIn.shell.openExternal.mock.calls.length === 1
    },
  ],
  ['16. a current Electron', () => Number(packageFacts.devDependencies.electron.split('.')[0]) >= 45],
  ['18. no file: pages', () => requestIsCancelled('file:///etc/passwd')],
  [
    '18. … its own scheme is standard and secure, and may not go around the policy',
    () => {
      registerAppScheme()
      const [schemes] = standIn.protocol.registerSchemesAsPrivileged.mock.calls.at(-1) ?? []
      const [{ scheme, privileges }] = schemes as [{ scheme: string; privileges: Record<string, boolean> }]
      return (
        scheme === 'app' && privileges['standard'] === true && privileges['secure'] === true && !privileges['bypassCSP']
      )
    },
  ],
  ['certificate errors are not passed over', () => isDenied(standIn.app, 'certificate-error', {}, '', '', {}, () => 0)],
  ['no client certificate is offered', () => isDenied(standIn.app, 'select-client-certificate')],
  ['no password is offered', () => isDenied(standIn.app, 'login')],
  ['no dictionary is fetched', () => !session.spellChecker && preferences.spellcheck === false],
  ['no developer tools for users', () => preferences.devTools === false],
  [
    'downloads only of what the page made',
    () =>
      isDenied(session, 'will-download', { getURL: () => 'https://evil.example/a.exe' }) &&
      !isDenied(session, 'will-download', { getURL: () => 'blob:app://onebook/1' }),
  ],
]

describe('Electron’s security checklist', () => {
  it.each(checklist)('%s', async (_, holds) => {
    expect(await holds()).toBe(true)
  })

  it('19. and 20. stand elsewhere: fuses at packaging, the preload bundle in its own test', () => {
    const main = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    const text = main.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n')
    expect(text).toContain('app.enableSandbox()')
    expect(text.match(/ipcMain\.(handle|on|handleOnce)\(/g)).toEqual(['ipcMain.handle('])
  })
})

describe('the app protocol', () => {
  const answerTo = (url: string, method = 'GET') =>
    answerRequest(new Request(url, { method }), join(folder, 'renderer')).then(({ status }) => status)
  it.each([
    ['app://onebook/', 200],
    ['app://onebook/index.html', 200],
    ['app://onebook/../secret.json', 404],
    ['app://onebook/%2e%2e/secret.json', 404],
    ['app://onebook/..%2fsecret.json', 404],
    ['app://other/index.html', 404],
    ['https://onebook/index.html', 404],
  ])('%s: %d', async (url, status) => {
    expect(await answerTo(url)).toBe(status)
  })
  it('takes no other method', async () => {
    expect(await answerTo('app://onebook/', 'POST')).toBe(405)
  })
})

describe('addresses for the user’s browser', () => {
  it.each([
    ['https://github.com/a', true],
    ['https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip', true],
    ['https://www.ecb.europa.eu/other', false],
    ['http://github.com/a', false],
    ['https://github.com.evil.example/', false],
    ['https://user@github.com/', false],
    ['https://github.com:8443/', false],
    ['javascript:alert(1)', false],
    ['file:///etc/passwd', false],
    ['smb://github.com/', false],
    ['', false],
  ])('%s: %s', (address, allowed) => {
    expect(isAllowedAddress(address)).toBe(allowed)
  })
})

describe('the window', () => {
  it('shows the own page when it is ready, under a title that never changes', () => {
    openWindow('/out/preload/index.cjs', session as unknown as Session, false)
    const window = StandInWindow.last
    expect(window?.loaded).toEqual(['app://onebook/'])
    expect(window?.options).toMatchObject({ show: false, title: 'Onebook' })
    expect(window !== null && isDenied(window, 'page-title-updated')).toBe(true)
  })
})
