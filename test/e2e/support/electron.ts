import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)))

/** The Electron runtime where it is there and a window can be shown, or why the specs do not run in it. */
export function findElectron(): { readonly binary: string } | { readonly missing: string } {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    if (!existsSync(binary)) return { missing: 'its runtime is not downloaded' }
    const displayless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']
    return displayless ? { missing: 'there is no display' } : { binary }
  } catch {
    return { missing: 'its runtime is not downloaded' }
  }
}

const owners = new WeakMap<Page, ElectronApplication>()

/** The desktop app with its first window. */
export async function launchElectron(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ application: ElectronApplication; page: Page }> {
  const found = findElectron()
  if ('missing' in found) throw new Error(`Electron cannot start: ${found.missing}`)
  const env = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const application = await _electron.launch({ executablePath: found.binary, args: [...sandbox, root, ...args], env })
  const page = await application.firstWindow()
  owners.set(page, application)
  return { application, page }
}

/** Lets the system's next file picker answer with these files; false where the page is a browser's. */
export async function answerSystemPicker(page: Page, paths: readonly string[]): Promise<boolean> {
  const application = owners.get(page)
  if (application === undefined) return false
  await application.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
    },
    [...paths],
  )
  return true
}
