import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import { launchElectron } from './electron.ts'

const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)))

/** The passphrase of every vault that these tests make. */
export const passphrase = 'correct horse battery staple'

export interface RunningApp {
  /** Empty: the folder of this app alone, its home included. */
  readonly folder: string
  readonly vaultPath: string
  /** Opens the window at its one-time address. */
  open(page: Page): Promise<void>
  /** Runs `onebook …` on this home; only while the host is stopped can it open the vault. */
  onebook(...args: string[]): { code: number | null; stdout: string; stderr: string }
  stop(): Promise<void>
  start(): Promise<void>
  /** The desktop app's window; null where the window is a browser's. */
  readonly ownPage: Page | null
}

export interface AppOptions {
  /** `none`: no vault yet; `empty`: a vault without accounts; `demo`: the sample household. */
  vault: 'none' | 'empty' | 'demo'
  /** Where the window opens: a browser on the loopback host, or the desktop app. */
  host: 'browser' | 'electron'
}

interface AppFixtures {
  app: RunningApp
}

function environmentOf(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: folder,
    USERPROFILE: folder,
    APPDATA: join(folder, 'AppData'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    TMPDIR: folder,
    LANG: 'en_US.UTF-8',
    TZ: 'Asia/Shanghai',
  }
}

function firstAddress(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    const said: string[] = []
    const read = (line: string): void => {
      said.push(line)
      const match = /http:\/\/\S+/.exec(line)
      if (match !== null) found(match[0])
    }
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', read)
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => said.push(line))
    child.on('exit', (code) => failed(new Error(`the host ended with ${code}: ${said.join(' / ')}`)))
  })
}

function createApp(folder: string, demo: boolean, host: AppOptions['host']): RunningApp {
  const vaultPath = join(folder, 'test.vault')
  const env = environmentOf(folder)
  let child: ChildProcess | null = null
  let address = ''
  let desktop: Awaited<ReturnType<typeof launchElectron>> | null = null
  return {
    folder,
    vaultPath,
    get ownPage() {
      return desktop?.page ?? null
    },
    async open(page) {
      // the desktop app's window is open from the start
      if (desktop === null) await page.goto(address)
    },
    onebook(...args) {
      const run = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...args, '--vault', vaultPath], {
        env: { ...env, ONEBOOK_PASSPHRASE: passphrase },
        encoding: 'utf8',
      })
      return { code: run.status, stdout: run.stdout, stderr: run.stderr }
    },
    async start() {
      const vault = demo ? ['--demo'] : ['--vault', vaultPath]
      if (host === 'electron') {
        desktop = await launchElectron(vault, env)
        return
      }
      child = spawn(process.execPath, [join(root, 'out/main/server.js'), '--no-window', ...vault], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      address = await firstAddress(child)
    },
    async stop() {
      await desktop?.application.close()
      desktop = null
      const running = child
      child = null
      if (running === null || running.exitCode !== null) return
      const ended = new Promise((done) => running.once('exit', done))
      running.kill('SIGTERM')
      await ended
    },
  }
}

/** `test` with an app of its own: own folder, own vault, own host. */
export const test = base.extend<AppOptions & AppFixtures>({
  vault: ['empty', { option: true }],
  host: ['browser', { option: true }],
  app: async ({ vault, host }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'onebook-e2e-'))
    const app = createApp(folder, vault === 'demo', host)
    try {
      if (vault === 'empty') {
        const made = app.onebook('create', '--currency', 'CNY', '--recovery-key-file', join(folder, 'recovery.txt'))
        expect(made.code, made.stderr).toBe(0)
      }
      await app.start()
      await use(app)
    } finally {
      await app.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
  page: async ({ app, context }, use) => {
    const page = app.ownPage ?? (await context.newPage())
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
    await use(page)
    expect(faults, 'nothing may fail in the window').toEqual([])
  },
})

/** Another loopback host on the same vault, run to its end. */
export function startSecondHost(app: RunningApp): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'out/main/server.js'), '--no-window', '--vault', app.vaultPath], {
      env: environmentOf(app.folder),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
    })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString('utf8')))
    child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString('utf8')))
    child.on('error', failed)
    child.on('close', (code) => done({ code, ...said }))
  })
}

/** Unlocks an open window. */
export async function unlock(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()
}

/** A statement file in the app's own folder. */
export function writeStatement(app: RunningApp, name: string, text: string): string {
  const path = join(app.folder, name)
  writeFileSync(path, text)
  return path
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface AxeViolation {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Fails on anything that axe calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.addScriptTag({ path: axeSource }).catch(async () => {
    // the window's content policy allows no foreign script: evaluate it through the debugger instead
    const { readFileSync } = await import('node:fs')
    await page.evaluate(readFileSync(axeSource, 'utf8'))
  })
  // a screen that was caught half drawn is right a moment later; a fault of the screen stays
  await expect(async () => {
    const serious = await seriousViolations(page)
    expect(serious, JSON.stringify(serious, null, 1)).toEqual([])
  }).toPass({ timeout: 8_000, intervals: [500, 1_500, 3_000] })
}

async function seriousViolations(page: Page): Promise<readonly object[]> {
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: AxeViolation[] }> }
    }
    const result = await axe.run({ resultTypes: ['violations'] })
    return result.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)),
    }))
  })
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
}

export { expect }
