import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { automaticBackupPath } from '../storage/backup.ts'
import { momentOfBackup } from '../storage/backup-rotation.ts'

export type BackupKind = 'manual' | 'scheduled' | 'before-migration'

export interface BackupFile {
  readonly name: string
  readonly path: string
  readonly bytes: number
  /** Milliseconds since the epoch, by its name. */
  readonly createdAt: number
  readonly kind: BackupKind
}

/** Where the backups of a vault are: beside it. */
export function backupsFolder(vaultPath: string): string {
  return join(dirname(vaultPath), 'backups')
}

/** What stands before the moment in a backup's name. Rotation knows the scheduled ones only. */
const stems = (vaultName: string): readonly (readonly [BackupKind, string])[] => [
  ['scheduled', vaultName],
  ['manual', `${vaultName}.manual`],
  ['before-migration', `${vaultName}.before-migration`],
]

export function backupPath(vaultPath: string, kind: BackupKind, now: number): string {
  const stem = stems(basename(vaultPath)).find(([each]) => each === kind)?.[1] ?? basename(vaultPath)
  return automaticBackupPath(backupsFolder(vaultPath), stem, now)
}

/** The backups of a vault in its folder, newest first; other files are not named. */
export function listBackups(vaultPath: string): readonly BackupFile[] {
  const folder = backupsFolder(vaultPath)
  if (!existsSync(folder)) return []
  const found: BackupFile[] = []
  for (const name of readdirSync(folder)) {
    for (const [kind, stem] of stems(basename(vaultPath))) {
      const createdAt = momentOfBackup(name, stem)
      if (createdAt === null) continue
      const path = join(folder, name)
      found.push({ name, path, bytes: statSync(path).size, createdAt, kind })
    }
  }
  return found.sort((a, b) => b.createdAt - a.createdAt)
}
