import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from '@playwright/test'
import { createVault } from '../../electron/core/storage/create-vault.ts'
import { openVault } from '../../electron/core/storage/open-vault.ts'
import { findBrowser } from '../e2e/support/browser.ts'
import { fillAccounts } from './sample-data.ts'

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))
const vaultIn = (folder: string): string => join(folder, 'bench.vault')

export const passphrase = 'correct horse battery staple'

/** The text that a program prints first that looks like an address. */
export function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    child.on('exit', (code) => failed(new Error(`the host ended with ${code}`)))
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const match = /http:\/\/\S+/.exec(line)
      if (match !== null) found(match[0])
    })
  })
}

/** Builds the program if it never was. */
export function ensureBuilt(): void {
  spawnSync(process.execPath, [join(root, 'scripts/run.mjs'), 'build'], { cwd: root, stdio: 'inherit' })
}

/** The built loopback host on the vault of this folder. */
export function startHost(folder: string): ChildProcess {
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, LANG: 'en_US.UTF-8' }
  const host = join(root, 'out/main/server.js')
  return spawn(process.execPath, [host, '--no-window', '--vault', vaultIn(folder)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

export async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await exit
}

/** A vault with so many transactions in so many accounts. */
export async function household(folder: string, accounts: number, transactions: number): Promise<void> {
  const path = vaultIn(folder)
  const { dataKey } = await createVault({ path, passphrase, now: Date.now(), holder: 'test' })
  const vault = openVault({ path, dataKey, access: 'write' })
  fillAccounts(vault, accounts, transactions)
  await vault.close()
}

export async function launchBrowser(): Promise<Browser> {
  const program = await findBrowser()
  return chromium.launch({ executablePath: program.path, args: [...program.args] })
}
