import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './durable-file.ts'

/** What may stand beside a vault file and belongs to it: its keys, and the engine's log and index of the log. */
const COMPANIONS = ['.keys', '-wal', '-shm'] as const

/** A moment as a part of a file name: `20261123T101500000Z`. */
export function fileStamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:.]/g, '')
}

/**
 * Renames whatever of a vault is there, so that it can still be opened under its new name, and makes that durable.
 * Returns the new name of the vault file, or null where there was nothing. Moves all of it or nothing.
 */
export function moveVaultAside(path: string, word: 'replaced' | 'left', now: number): string | null {
  const aside = `${path}.${word}-${fileStamp(now)}`
  const moved: string[] = []
  try {
    for (const suffix of [...COMPANIONS, '']) {
      if (!existsSync(path + suffix)) continue
      if (existsSync(aside + suffix)) throw new Error('the name to move the vault to is taken')
      renameSync(path + suffix, aside + suffix)
      moved.push(suffix)
    }
  } catch (error) {
    for (const suffix of moved.toReversed()) renameSync(aside + suffix, path + suffix)
    throw error
  }
  if (moved.length === 0) return null
  syncFolder(dirname(path))
  return aside
}

/** Removes an unfinished database with all that the engine puts beside it. */
export function removeUnfinished(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}
