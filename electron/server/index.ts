import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { appFacts } from '../core/hosting/app-facts.ts'
import { createDemoVault, demoPassphrase } from '../core/hosting/demo-vault.ts'
import { type HostArguments, parseHostArguments, UsageError } from '../core/hosting/host-arguments.ts'
import { createLocalLog } from '../core/hosting/local-log.ts'
import { locate } from '../core/hosting/locations.ts'
import { createLateSettings } from '../core/hosting/settings-port.ts'
import { type Core, noKeyStore, startCore } from '../core/hosting/start-core.ts'
import { createFileSeen } from '../core/hosting/seen-files.ts'
import {
  defaultCalendarFolder,
  defaultInboxFolder,
  defaultVaultPath,
  userDataFolder,
} from '../core/hosting/user-data.ts'
import { type AppWindow, findAppBrowser, hasDisplay, openAppWindow, openInBrowser } from './app-window.ts'
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts'
import { hostName } from '../../shared/ipc/host-names.ts'

/** The loopback host: the same core and window as Electron's, in a browser's window. */

// each thread's heap by default grows to four times what lives in it before it is looked through
setFlagsFromString('--heap-growing-percent=25')

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const flags = parseHostArguments(process.argv.slice(2), true)
  const { workerUrl, rendererFolder } = locate(import.meta.url)
  const folder = userDataFolder()
  const demo = flags.demo ? createDemoVault() : null
  const settings = createLateSettings()
  const core = startCore({
    vaultPath: demo?.path ?? flags.vault ?? defaultVaultPath(folder),
    info: appFacts('loopback', flags.demo),
    workerUrl,
    settings,
    keyStore: noKeyStore,
    log: createLocalLog(join(folder, 'logs', 'onebook.log')),
    inboxFolder: defaultInboxFolder(),
    calendarFolder: defaultCalendarFolder(),
    seen: createFileSeen(folder),
  })
  // its library takes as long to load as a worker does to start: both at once
  settings.arrive((await import('../core/hosting/file-settings.ts')).createFileSettings(folder))
  let server: LoopbackServer | null = null
  let window: AppWindow | null = null
  const ended = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.resolve())
  try {
    await refuseHeldVault(core)
    server = await startLoopbackServer({
      core,
      rendererFolder,
      port: flags.port,
      moreOrigins: flags.devOrigin === null ? [] : [flags.devOrigin],
    })
    if (demo !== null) {
      await demo.fill(core)
      say(`This is a sample household. Its passphrase is "${demoPassphrase}"; it goes when Onebook ends.`)
    }
    core.warm()
    window = present(server, flags, () => ended.resolve())
    await ended.promise
  } finally {
    await window?.close()
    await server?.close()
    await core.close()
    demo?.remove()
  }
}

/** The second host on a vault says who holds it and stops. */
async function refuseHeldVault(core: Core): Promise<void> {
  const reply = await core.call('vault.status', {})
  if (!reply.ok) throw new UsageError(reply.error.message)
  const { state, holder } = reply.value as { state: string; holder: string | null }
  if (state === 'in-use') throw new UsageError(`This vault is already open in ${hostName(holder)}.`)
}

function present(server: LoopbackServer, flags: HostArguments, end: () => void): AppWindow | null {
  const because = flags.because ?? ''
  const print = (): void => {
    const address = server.issueAddress()
    say(
      `Open this address once: ${flags.devOrigin === null ? address : address.replace(server.origin, flags.devOrigin)}`,
    )
    if (process.stdin.isTTY) say('Enter gives a new address, Ctrl-C ends.')
  }
  if (process.stdin.isTTY) createInterface({ input: process.stdin }).on('line', print)
  if (flags.noWindow) {
    print()
    return null
  }
  if (flags.browser) {
    openInBrowser(server.issueAddress())
    say('Onebook is open in your browser. If it did not come up, press Enter for its address; Ctrl-C ends.')
    return null
  }
  const browser = hasDisplay() ? findAppBrowser() : null
  if (browser === null) {
    const why =
      because === '' ? (hasDisplay() ? 'No Chromium, Chrome or Edge was found' : 'There is no display') : because
    say(`${why}, so Onebook serves a browser of yours.`)
    print()
    return null
  }
  if (because !== '') say(`${because}, so Onebook opens in a browser window of its own.`)
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('Running as root: the browser runs without its sandbox. Better use an account of your own.')
  }
  const window = openAppWindow(browser, server.issueAddress())
  const watch = async (): Promise<void> => {
    if ((await window.closed) === 'closed') {
      end()
      return
    }
    say('The window did not come up.')
    print()
  }
  void watch()
  return window
}

main().then(
  // a handle of the terminal's must not keep a finished program
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof UsageError ? error.message : describeFault(error)}\n`)
    process.exit(error instanceof UsageError ? 2 : 1)
  },
)

function describeFault(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'This port is taken by another program: choose another with --port.'
  }
  return `Onebook could not start: ${error instanceof Error ? error.message : 'unknown fault'}`
}
