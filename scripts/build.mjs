// Builds out/ when a source is newer in content than the last build.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
  'postcss.config.cjs',
  'tsconfig.base.json',
]
const BUILT = [
  'out/main/index.js',
  'out/main/server.js',
  'out/main/core-worker.js',
  'out/main/pdf-thread.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]

function* filesBelow(path) {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) {
    yield path
    return
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'fixtures' || entry.name.includes('.test.')) continue
    yield* filesBelow(join(path, entry.name))
  }
}

/** Of the content of everything that goes into the build, so that a checkout or a touch asks for none. */
export function sourceFingerprint(root) {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const path of filesBelow(join(root, source))) hash.update(path.slice(root.length)).update(readFileSync(path))
  }
  return hash.digest('hex')
}

const stampPath = (root) => join(root, 'out', '.stamp')

export function isBuilt(root) {
  if (BUILT.some((path) => !existsSync(join(root, path)))) return false
  return existsSync(stampPath(root)) && readFileSync(stampPath(root), 'utf8').trim() === sourceFingerprint(root)
}

/** `runNode(args)` runs the project's Node to its end and answers its exit code. */
export async function build(root, runNode, { quiet = false, force = false } = {}) {
  if (!force && isBuilt(root)) return 0
  if (quiet) process.stderr.write('Building (once after every change of the program) …\n')
  const fingerprint = sourceFingerprint(root)
  const level = quiet ? ['--logLevel', 'error'] : ['--logLevel', 'warn']
  const code = await runNode([join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', ...level], {
    quiet,
  })
  if (code !== 0) return code
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stampPath(root), `${fingerprint}\n`)
  return 0
}
