import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real file system of a fixed size, which can be filled and made read-only. */
export interface SmallDisk {
  readonly folder: string
  makeReadOnly(): void
  remove(): void
}

/** Mounts a small disk in memory, which needs Linux and the rights of root; null where that is not allowed. */
export function mountSmallDisk(kibibytes: number): SmallDisk | null {
  if (process.platform !== 'linux') return null
  const folder = mkdtempSync(join(tmpdir(), 'onebook-disk-'))
  const run = (command: string, ...rest: string[]): void => {
    execFileSync(command, rest, { stdio: 'ignore' })
  }
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder)
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  return {
    folder,
    makeReadOnly: () => run('mount', '-o', 'remount,ro', folder),
    remove() {
      run('umount', folder)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether this machine lets a test mount a small disk; tests that need one say plainly when they did not run. */
export const canMountSmallDisk = ((): boolean => {
  const disk = mountSmallDisk(16)
  disk?.remove()
  return disk !== null
})()
