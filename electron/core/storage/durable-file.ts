import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isExistingFile } from './storage-errors.ts'

/** Makes the names in a folder durable. Windows has no such call and keeps its names by journalling. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes the bytes of a file durable. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Writes all bytes, whatever the system takes at a time. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(descriptor, bytes, written, bytes.length - written)
}

/** Creates (or empties) a private file with these bytes and makes them durable; removes it again if that fails. */
export function writeSyncedFile(path: string, bytes: Uint8Array, flags: 'w' | 'wx' = 'w'): void {
  const descriptor = openSync(path, flags, 0o600)
  try {
    writeAll(descriptor, bytes)
    fsyncSync(descriptor)
  } catch (error) {
    closeSync(descriptor)
    rmSync(path, { force: true })
    throw error
  }
  closeSync(descriptor)
}

/** Replaces a file as a whole: written beside, read back, renamed; after a crash either the old or the new is there. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const beside = `${path}.new`
  writeSyncedFile(beside, bytes)
  try {
    if (!readFileSync(beside).equals(bytes)) throw new Error('the file does not read back as it was written')
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/**
 * Gives a finished file its name unless that name is taken. False where it is.
 * Where the file system has no hard links (exFAT, some network shares) the check and the rename are two steps.
 */
export function renameUnlessTaken(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    unlinkSync(from)
  } catch (error) {
    if (isExistingFile(error)) return false
    try {
      closeSync(openSync(to, 'wx', 0o600))
    } catch (taken) {
      if (isExistingFile(taken)) return false
      throw taken
    }
    renameSync(from, to)
  }
  syncFolder(dirname(to))
  return true
}
