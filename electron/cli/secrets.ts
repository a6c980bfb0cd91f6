import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { UsageError } from '../core/hosting/host-arguments.ts'

/**
 * The passphrase, from a file or the environment; never from the command line, which every user of the machine can
 * read. The environment's copy is removed, so that no program started from here inherits it.
 */
export function readPassphrase(file: string | null, environment: NodeJS.ProcessEnv = process.env): string {
  const fromEnvironment = environment['ONEBOOK_PASSPHRASE']
  delete environment['ONEBOOK_PASSPHRASE']
  if (file === null) {
    if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment
    throw new UsageError('The vault wants its passphrase: set ONEBOOK_PASSPHRASE or give --passphrase-file FILE.')
  }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new UsageError('The passphrase file cannot be read.')
  }
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? ''
  if (line === '') throw new UsageError('The first line of the passphrase file is empty.')
  return line
}

/** Writes a secret to a new private file; an existing one is never overwritten. */
export function writeSecret(file: string, secret: string): void {
  let descriptor: number
  try {
    descriptor = openSync(file, 'wx', 0o600)
  } catch {
    throw new UsageError(`${file} exists already or cannot be written.`)
  }
  try {
    writeSync(descriptor, `${secret}\n`)
  } finally {
    closeSync(descriptor)
  }
}
