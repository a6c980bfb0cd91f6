import { join } from 'node:path'
import { app, type BrowserWindow, dialog, session } from 'electron'
import { appFacts } from '../core/hosting/app-facts.ts'
import { createDemoVault } from '../core/hosting/demo-vault.ts'
import { parseHostArguments } from '../core/hosting/host-arguments.ts'
import { createLocalLog } from '../core/hosting/local-log.ts'
import { locate } from '../core/hosting/locations.ts'
import { type Core, startCore } from '../core/hosting/start-core.ts'
import { createFileSeen } from '../core/hosting/seen-files.ts'
import { defaultInboxFolder, defaultVaultPath, userDataFolder } from '../core/hosting/user-data.ts'
import { registerAppScheme, serveRenderer } from './app-protocol.ts'
import { createElectronSettings } from './electron-settings.ts'
import { guardApp, guardSession } from './guards.ts'
import { forwardEvents, handleCalls } from './ipc.ts'
import { createElectronKeyStore } from './key-store.ts'
import { lockOnSleep } from './lock-on-sleep.ts'
import { pickFiles, pickFolder } from './pick-files.ts'
import { printPage } from './print-page.ts'
import { openWindow } from './window.ts'
import { hostName } from '../../shared/ipc/host-names.ts'

/** The Electron host. */

const folder = userDataFolder()
app.setName('Onebook')
app.setPath('userData', folder)
app.enableSandbox()
registerAppScheme()
guardApp(app)

async function start(): Promise<void> {
  const flags = parseHostArguments(process.argv.slice(1), false)
  const { workerUrl, rendererFolder, preload } = locate(import.meta.url)
  const demo = flags.demo ? createDemoVault() : null
  const settings = createElectronSettings(folder)
  let window: BrowserWindow | null = null
  await app.whenReady()

  const keyStore = createElectronKeyStore()
  const core = startCore({
    vaultPath: demo?.path ?? flags.vault ?? defaultVaultPath(folder),
    info: appFacts('electron', flags.demo, {
      systemLanguage: app.getLocale(),
      capabilities: { tray: false, keychain: keyStore.available, nativeDialogs: true },
    }),
    workerUrl,
    settings,
    keyStore,
    log: createLocalLog(join(folder, 'logs', 'onebook.log')),
    pick: (many) => pickFiles(window, many),
    pickFolder: () => pickFolder(window),
    printPage: () => printPage(window),
    inboxFolder: defaultInboxFolder(),
    seen: createFileSeen(folder),
  })
  closeBeforeQuitting(core, () => demo?.remove())
  await refuseHeldVault(core)

  // no "persist:": pages keep nothing on the disk
  const own = session.fromPartition('onebook', { cache: false })
  guardSession(own)
  serveRenderer(own, rendererFolder)
  handleCalls(core)
  lockOnSleep(
    () => void core.lock(),
    () => settings.get().lockOnSleep,
  )
  if (demo !== null) await demo.fill(core)
  core.warm()
  const show = (): void => {
    window = openWindow(preload, own, !app.isPackaged)
    forwardEvents(core, window.webContents)
    window.on('closed', () => {
      window = null
    })
  }
  show()
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  app.on('activate', () => {
    if (window === null) show()
  })
  app.on('window-all-closed', () => app.quit())
}

/** The second host on a vault says who holds it and stops. */
async function refuseHeldVault(core: Core): Promise<void> {
  const reply = await core.call('vault.status', {})
  const status = reply.ok ? (reply.value as { state: string; holder: string | null }) : null
  if (status?.state === 'in-use') {
    throw new Error(`This vault is already open in ${hostName(status.holder)}.`)
  }
}

/** Quitting waits until the vault is closed and its lock released. */
function closeBeforeQuitting(core: Core, afterwards: () => void): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void core.close().finally(() => {
      closed = true
      afterwards()
      app.quit()
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
}

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    dialog.showErrorBox('Onebook', error instanceof Error ? error.message : 'Onebook could not start.')
    app.quit()
  })
} else app.quit()
