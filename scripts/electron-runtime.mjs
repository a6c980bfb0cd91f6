// The Electron runtime comes apart from its npm package, by a download that a closed network forbids.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const TRY_MILLISECONDS = 20_000
const REMEMBER_MILLISECONDS = 24 * 60 * 60_000

/** The path of the Electron program, or null where it is not there. */
export function electronBinary(root) {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const present = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return present === version && existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

/** Fetches the runtime within a bounded time. A failure is remembered for a day, so that later starts do not wait. */
export async function fetchElectron(root, node) {
  const noteFolder = join(root, 'node_modules', '.cache')
  const note = join(noteFolder, 'onebook-electron-unavailable')
  try {
    if (Date.now() - Number(readFileSync(note, 'utf8')) < REMEMBER_MILLISECONDS) return null
  } catch {
    // not tried yet
  }
  process.stderr.write('Fetching the Electron runtime (once; at most 20 seconds) …\n')
  await new Promise((resolve) => {
    const child = spawn(node, [join(root, 'node_modules/electron/install.js')], { cwd: root, stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), TRY_MILLISECONDS)
    child.on('error', resolve)
    child.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
  const binary = electronBinary(root)
  if (binary === null) {
    // a download that was cut short must not look installed
    rmSync(join(root, 'node_modules/electron/dist'), { recursive: true, force: true })
    mkdirSync(noteFolder, { recursive: true })
    writeFileSync(note, String(Date.now()))
  }
  return binary
}
