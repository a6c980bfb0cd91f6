import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** The browsers whose `--app` windows look like a program's own. */
const names = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
]

const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
]

const windowsPaths = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
]

/** The first browser of this machine that can show an app window, or null. */
export function findAppBrowser(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): string | null {
  if (platform === 'darwin') {
    const own = macPaths.map((path) => join(environment['HOME'] ?? '', path))
    return [...macPaths, ...own].find(exists) ?? null
  }
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => environment[name] ?? '')
    const paths = roots.filter((root) => root !== '').flatMap((root) => windowsPaths.map((path) => `${root}\\${path}`))
    return paths.find(exists) ?? null
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return paths.find(exists) ?? null
}

/** Whether windows can be shown at all. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform !== 'linux') return true
  return (environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== ''
}

/** The browser's flags: a profile of its own, nothing remembered, no traffic of the browser's own. */
export function appWindowArguments(address: string, profile: string, asRoot: boolean): readonly string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--incognito',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-breakpad',
    '--disable-features=Translate,MediaRouter,OptimizationHints',
    '--password-store=basic',
    '--window-size=1280,860',
    ...(asRoot ? ['--no-sandbox'] : []),
  ]
}

export interface AppWindow {
  /** Resolves when the user has closed the window; `failed` where it never came up. */
  readonly closed: Promise<'closed' | 'failed'>
  close(): Promise<void>
}

const FAILED_WITHIN_MILLISECONDS = 4_000

/** Opens the address in an app window. The one-time code in it is spent as soon as the window shows. */
export function openAppWindow(browser: string, address: string): AppWindow {
  const profile = mkdtempSync(join(tmpdir(), 'onebook-window-'))
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const started = Date.now()
  const child: ChildProcess = spawn(browser, appWindowArguments(address, profile, asRoot), { stdio: 'ignore' })
  const closed = new Promise<'closed' | 'failed'>((resolve) => {
    child.once('error', () => resolve('failed'))
    child.once('exit', () => resolve(Date.now() - started < FAILED_WITHIN_MILLISECONDS ? 'failed' : 'closed'))
  })
  const removeProfile = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  void closed.then(removeProfile)
  return {
    closed,
    async close(): Promise<void> {
      child.kill()
      await closed
      removeProfile()
    },
  }
}

/** Opens the address in the user's own browser. */
export function openInBrowser(address: string, platform: NodeJS.Platform = process.platform): void {
  const [command, args] =
    platform === 'darwin'
      ? (['open', [address]] as const)
      : platform === 'win32'
        ? (['rundll32', ['url.dll,FileProtocolHandler', address]] as const)
        : (['xdg-open', [address]] as const)
  const child = spawn(command, [...args], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
