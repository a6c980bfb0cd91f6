import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface BrowserProgram {
  readonly path: string
  readonly args: readonly string[]
}

const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const quiet = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
]

/**
 * The system's Chromium, Chrome or Edge; else the headless one that comes inside the package `@sparticuz/chromium`,
 * which finds its libraries only if these two variables are set before it is loaded.
 */
export async function findBrowser(): Promise<BrowserProgram> {
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const path = process.env['ONEBOOK_BROWSER'] ?? wellKnown.find((candidate) => existsSync(candidate))
  if (path !== undefined) return { path, args: [...quiet, ...sandbox] }
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  process.env['LD_LIBRARY_PATH'] ??= join(tmpdir(), 'al2023', 'lib')
  const { default: packaged } = await import('@sparticuz/chromium')
  return { path: await packaged.executablePath(), args: [...packaged.args, ...quiet] }
}
