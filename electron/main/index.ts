import { join } from 'node:path'
import { app, type BrowserWindow, dialog, session } from 'electron'
import { eventChannel } from '../../shared/ipc/electron-envelope.ts'
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
import { keepInTray } from './keep-in-tray.ts'
import { lockOnSleep, onWake } from './lock-on-sleep.ts'
import { pickFiles, pickFolder } from './pick-files.ts'
import { printPage } from './print-page.ts'
import { RemindersOutside } from './reminders-outside.ts'
import { hiddenFlag, setStartAtLogin } from './start-at-login.ts'
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
  const hidden = process.argv.includes(hiddenFlag)
  const flags = parseHostArguments(
    process.argv.slice(1).filter((each) => each !== hiddenFlag),
    false,
  )
  const { workerUrl, rendererFolder, preload, trayIcon } = locate(import.meta.url)
  const demo = flags.demo ? createDemoVault() : null
  const settings = createElectronSettings(folder)
  let window: BrowserWindow | null = null
  await app.whenReady()

  const keyStore = createElectronKeyStore()
  const outside = new RemindersOutside({
    settings,
    systemLanguage: app.getLocale(),
    icon: trayIcon,
    showWindow: (to) => bringUp(to),
    quit: () => app.quit(),
    setStartAtLogin: (wanted) =>
      setStartAtLogin(wanted, {
        platform: process.platform,
        program: process.execPath,
        configFolder: process.env['XDG_CONFIG_HOME'] ?? join(app.getPath('home'), '.config'),
      }),
  })
  const core = startCore({
    vaultPath: demo?.path ?? flags.vault ?? defaultVaultPath(folder),
    info: appFacts('electron', flags.demo, {
      systemLanguage: app.getLocale(),
      capabilities: { tray: true, keychain: keyStore.available, nativeDialogs: true },
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
    teller: outside.teller,
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
  onWake(() => core.woken())
  outside.start(core)
  core.warm()
  const show = (unseen: boolean): void => {
    window = openWindow(preload, own, !app.isPackaged, unseen)
    keepInTray(window, () => outside.hasTray && settings.get().keepInTray)
    forwardEvents(core, window.webContents)
    window.on('closed', () => {
      window = null
    })
  }
  const bringUp = (to: string | null): void => {
    if (window === null) show(false)
    if (window?.isMinimized() === true) window.restore()
    window?.show()
    window?.focus()
    if (to !== null) window?.webContents.send(eventChannel, { type: 'go', to })
  }
  show(hidden && outside.hasTray)
  app.on('second-instance', () => bringUp(null))
  app.on('activate', () => bringUp(null))
  app.on('will-quit', () => outside.stop())
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
