import { constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFile, syncFolder } from './durable-file.ts'

/** What may stand beside a vault file and belongs to it: its keys, and the engine's log and index of the log. */
const COMPANIONS = ['.keys', '-wal', '-shm'] as const

/** A moment as a part of a file name: `20261123T101500000Z`. */
export function fileStamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:.]/g, '')
}

/**
 * Copies a closed vault to another name, under which it opens with its own passphrase. It is whole and durable there
 * when this returns, and nothing has happened to the vault itself. Leaves nothing behind if it fails. Returns the name.
 * A copy and not a second name of the same file: after a crash, opening one of two names would apply an old log to both.
 */
export function copyVaultAside(path: string, now: number): string {
  const aside = `${path}.replaced-${fileStamp(now)}`
  const suffixes = ['.keys', '-wal', ''].filter((suffix) => existsSync(path + suffix))
  if (suffixes.some((suffix) => existsSync(aside + suffix))) throw new Error('the name to move the vault to is taken')
  try {
    for (const suffix of suffixes) {
      copyFileSync(path + suffix, `${aside}${suffix}.part`, constants.COPYFILE_FICLONE)
      syncFile(`${aside}${suffix}.part`)
    }
    for (const suffix of suffixes) renameSync(`${aside}${suffix}.part`, aside + suffix)
    syncFolder(dirname(path))
  } catch (error) {
    for (const suffix of suffixes) {
      rmSync(`${aside}${suffix}.part`, { force: true })
      rmSync(aside + suffix, { force: true })
    }
    throw error
  }
  return aside
}

/** Renames the keys or the log that stand here without their vault: they may belong to one that was moved. */
export function moveLeftoversAside(path: string, now: number): void {
  for (const suffix of COMPANIONS) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.left-${fileStamp(now)}${suffix}`)
  }
  syncFolder(dirname(path))
}

/** Removes an unfinished database with all that the engine puts beside it. */
export function removeUnfinished(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}
