// Makes node_modules what package-lock.json says. Runs on any Node ≥ 20.19, with no dependency of its own.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const INSTALL_MILLISECONDS = 15 * 60_000

/** A failure that is told in one line, without a stack. */
export class PlainError extends Error {}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Of all that decides what is installed; editing a script or the version of the app asks for no installation. */
function fingerprint(root) {
  const { dependencies, devDependencies, overrides, allowScripts } = readJson(join(root, 'package.json'))
  return createHash('sha256')
    .update(JSON.stringify([dependencies, devDependencies, overrides, allowScripts]))
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
}

/** The project's own Node 24. */
export function nodeBinary(root) {
  const windows = process.platform === 'win32'
  return join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
}

/** Whether what npm has noted of its last installation agrees with the lock file: then only our own stamp is missing. */
function alreadyInstalled(root) {
  try {
    const wanted = readJson(join(root, 'package-lock.json')).packages
    const present = readJson(join(root, 'node_modules', '.package-lock.json')).packages
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '' || entry.optional || entry.peer) return true
      return present[path]?.version === entry.version && existsSync(join(root, path, 'package.json'))
    })
  } catch {
    return false
  }
}

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, which only a shell starts; the arguments are our own and hold no spaces
    const child = spawn(command, args, { cwd, shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const timer = setTimeout(() => child.kill(), INSTALL_MILLISECONDS)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(
        error.code === 'ENOENT'
          ? new PlainError(`${command} was not found. Install Node.js with npm (≥ 20.19).`)
          : error,
      )
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, output })
    })
  })
}

function explain(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|fetch failed/i.test(output)) {
    return (
      'The packages could not be fetched: no connection to the npm registry. Onebook needs it once. ' +
      'Connect to the network (or set a proxy: npm config set proxy …, or a mirror: npm config set registry …) and run this again.'
    )
  }
  if (/ENOSPC/.test(output))
    return 'The disk is full: the packages need about 1 GB. Free some space and run this again.'
  if (/EACCES|EPERM/.test(output)) return 'This folder cannot be written to. Run Onebook from a folder of your own.'
  return 'The packages could not be installed. npm says:'
}

async function npm(args, root) {
  const { code, output } = await run('npm', args, root)
  if (code === 0) return
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => /error|ERR!/i.test(line))
    .slice(0, 8)
  throw new PlainError([explain(output), ...lines.map((line) => `  ${line}`)].join('\n'))
}

function nodeWorks(root) {
  return existsSync(nodeBinary(root))
}

/** Installs what is missing or stale; does nothing, quickly, where all is current. Throws PlainError. */
export async function ensureDependencies(root) {
  const stamp = join(root, 'node_modules', '.onebook-installed')
  const wanted = fingerprint(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wanted && nodeWorks(root)) return
  if (!alreadyInstalled(root)) {
    process.stderr.write('Installing packages (once; a minute or two) …\n')
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=2', '--fetch-timeout=60000'], root)
  }
  if (!nodeWorks(root)) {
    await npm(['rebuild', 'node'], root)
    // npm versions differ in which install scripts they let run: if it was held back, this does the same
    if (!nodeWorks(root)) {
      await run(process.execPath, ['installArchSpecificPackage.js'], join(root, 'node_modules', 'node'))
    }
    if (!nodeWorks(root))
      throw new PlainError('Node 24 could not be installed. Delete node_modules and run this again.')
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stamp, `${wanted}\n`)
}
