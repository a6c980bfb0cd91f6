import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { hostName } from '../../../shared/ipc/host-names.ts'
import { writeSyncedFile } from './durable-file.ts'
import { isExistingFile, isMissingFile, withStorageErrors } from './storage-errors.ts'

/** Who may hold a vault. */
export type HostKind = 'electron' | 'loopback' | 'cli' | 'test'

const holderSchema = z.object({
  token: z.uuid(),
  holder: z.string().max(40),
  pid: z.int().positive(),
  /** When the process started, in the system's own unit; null where the system does not say. */
  startedAt: z.string().nullable(),
  machine: z.string(),
  /** Changes at every start of the machine; null where the system does not say. */
  boot: z.string().nullable(),
  takenAt: z.number(),
})
type Holder = z.infer<typeof holderSchema>

export interface VaultLock {
  readonly path: string
  /** Gives the vault free. Releasing twice does nothing. */
  release(): void
}

const readOrNull = (read: () => string): string | null => {
  try {
    return read().trim()
  } catch {
    return null
  }
}

/** The machine and, in containers, the room of process numbers: a number means nothing outside it. */
function thisMachine(): string {
  const room = readOrNull(() => readlinkSync('/proc/self/ns/pid')) ?? ''
  const machine = readOrNull(() => readFileSync('/etc/machine-id', 'utf8')) ?? ''
  return [machine === '' ? hostname() : machine, room].filter((part) => part !== '').join(' ')
}

const thisBoot = (): string | null => readOrNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))

/** Fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets: state first, start 20th. */
function processFacts(pid: number): { state: string; startedAt: string } | null {
  const text = readOrNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  if (text === null) return null
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, startedAt] = [fields[0], fields[19]]
  return state === undefined || startedAt === undefined ? null : { state, startedAt }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // a process of another user is there, too
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether the holder is certainly gone; one on another machine never is. */
function isGone(holder: Holder): boolean {
  if (holder.machine !== thisMachine()) return false
  const boot = thisBoot()
  if (holder.boot !== null && boot !== null && holder.boot !== boot) return true
  if (!isRunning(holder.pid)) return true
  const facts = processFacts(holder.pid)
  if (facts === null) return false
  return facts.state === 'Z' || (holder.startedAt !== null && holder.startedAt !== facts.startedAt)
}

/** What stands in a lock file; null where there is none, 'unreadable' where it is not one of ours. */
function readHolder(path: string): Holder | null | 'unreadable' {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissingFile(error)) return null
    throw error
  }
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return 'unreadable'
  }
}

/** Puts a complete lock file at a free name: never half written, never over another. */
function place(content: string, path: string, token: string): boolean {
  const beside = `${path}.${token}`
  writeSyncedFile(beside, Buffer.from(content))
  try {
    linkSync(beside, path)
    return true
  } catch (error) {
    if (isExistingFile(error)) return false
    // no hard links on this file system: create and write in two steps
    try {
      writeSyncedFile(path, Buffer.from(content), 'wx')
      return true
    } catch (taken) {
      if (isExistingFile(taken)) return false
      throw taken
    }
  } finally {
    rmSync(beside, { force: true })
  }
}

/**
 * The right to replace the lock that a gone holder left: a marker named after that lock, so that of all who see it gone
 * one gets it. A marker whose own holder has gone is followed by a marker named after it. Returns the markers to remove
 * afterwards, or null where someone else was faster.
 */
function claim(lockPath: string, gone: Holder, content: string, token: string): string[] | null {
  const marker = `${lockPath}.after-${gone.token}`
  if (place(content, marker, token)) return [marker]
  const other = readHolder(marker)
  if (other === null || other === 'unreadable' || !isGone(other)) return null
  const markers = claim(lockPath, other, content, token)
  if (markers === null) return null
  const still = readHolder(marker)
  if (still !== null && still !== 'unreadable' && still.token === other.token) return [marker, ...markers]
  for (const path of markers) rmSync(path, { force: true })
  return null
}

const ATTEMPTS = 20
const wait = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25)
}

/**
 * Takes a vault for this process. A lock left by a process that has ended (also one whose number was given to another
 * since) is taken over. Throws CoreError('vault-in-use', values: holder, pid) where another host has it, 'read-only',
 * 'disk-full', 'vault-missing' (no such folder).
 */
export function lockVault(vaultPath: string, holder: HostKind): VaultLock {
  const path = `${resolve(vaultPath)}.lock`
  const own: Holder = {
    token: randomUUID(),
    holder,
    pid: process.pid,
    startedAt: processFacts(process.pid)?.startedAt ?? null,
    machine: thisMachine(),
    boot: thisBoot(),
    takenAt: Date.now(),
  }
  const content = `${JSON.stringify(own)}\n`
  return withStorageErrors(() => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      try {
        if (place(content, path, own.token)) return heldLock(path, own.token)
      } catch (error) {
        if (isMissingFile(error)) throw new CoreError('vault-missing', 'This folder does not exist.')
        throw error
      }
      const current = readHolder(path)
      if (current === null) continue
      if (current !== 'unreadable') {
        if (!isGone(current)) {
          throw new CoreError(
            'vault-in-use',
            `The vault is open in ${hostName(current.holder)} (process ${current.pid}).`,
            {
              holder: current.holder,
              pid: current.pid,
            },
          )
        }
        if (takeOver(path, current, content, own.token)) return heldLock(path, own.token)
      }
      wait()
    }
    throw new CoreError('vault-in-use', `The vault seems to be in use: see ${path}.`, { holder: 'unknown', pid: 0 })
  })
}

function takeOver(path: string, gone: Holder, content: string, token: string): boolean {
  const markers = claim(path, gone, content, token)
  if (markers === null) return false
  try {
    // only who has the marker replaces the lock: if it is still the old one now, it stays so
    const current = readHolder(path)
    if (current === null || current === 'unreadable' || current.token !== gone.token) return false
    const beside = `${path}.${token}`
    writeSyncedFile(beside, Buffer.from(content))
    renameSync(beside, path)
    return true
  } finally {
    for (const marker of markers) rmSync(marker, { force: true })
  }
}

function heldLock(path: string, token: string): VaultLock {
  let held = true
  return {
    path,
    release(): void {
      if (!held) return
      held = false
      const current = readHolder(path)
      if (current !== null && current !== 'unreadable' && current.token === token) unlinkSync(path)
    },
  }
}
