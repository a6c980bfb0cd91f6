import { closeSync, fstatSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { vaultChannels } from '../../../shared/ipc/channels/vault-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { HandlerContext, HandlersOf, Job, OutputOf } from '../handler.ts'
import type { ByteSource } from '../importing/importer.ts'
import { backUpAutomatically, backupVault, inspectBackup, restoreBackup } from '../storage/backup.ts'
import { writeAll } from '../storage/durable-file.ts'
import type { JobControl } from '../storage/job-control.ts'
import { keyFilePath } from '../storage/key-file.ts'
import type { Reader, Vault, WritableVault } from '../storage/open-vault.ts'
import { verifyVault } from '../storage/verify-vault.ts'
import { backupPath, backupsFolder, type BackupKind, listBackups } from '../workers/backup-names.ts'
import type { VaultSession } from '../workers/vault-session.ts'

/** What a new vault holds before its owner adds anything. */
export type SeedVault = (
  vault: WritableVault,
  settings: { readonly baseCurrency: CurrencyCode },
) => Promise<void> | void

const READ_BYTES = 1_048_576

/** How a storage function reports: as fractions, of one step. */
function controlOf(job: Job, step: string): JobControl {
  return { signal: job.signal, onProgress: (fraction) => job.progress(step, Math.round(fraction * 100), 100) }
}

/**
 * The vault's own channels. `session` is null on a reader, where only those of access `read` are ever called; a call
 * of another would be a defect.
 */
export function createVaultHandlers(session: VaultSession | null, seed: SeedVault): HandlersOf<typeof vaultChannels> {
  const writer = (): VaultSession => {
    if (session === null) throw new Error('a reader has no session')
    return session
  }
  return {
    'vault.status': () => writer().status(),
    'vault.create': ({ passphrase, baseCurrency }) =>
      writer().create(passphrase, { seed: async (vault) => seed(vault, { baseCurrency }) }),
    'vault.createFromExport': async ({ passphrase, file }, { files, job }) => {
      const source = files.open(file)
      try {
        const { checkImported, importJson, schemaOf } = await import('../exporting/json/json-reader.ts')
        const seed = (vault: WritableVault): Promise<void> =>
          importJson(vault, source, {
            breathe: () => job.breathe(),
            progress: (done, total) => job.progress('reading', Math.floor((done / total) * 100), 100),
          })
        return await writer().create(passphrase, { seed, seedAt: schemaOf(source), check: checkImported })
      } finally {
        source.close()
      }
    },
    'vault.unlock': ({ passphrase }) => writer().unlock(passphrase),
    'vault.unlockWithRecoveryKey': ({ recoveryKey, newPassphrase }) =>
      writer().unlockWithRecoveryKey(recoveryKey, newPassphrase),
    'vault.unlockWithKeychain': () => writer().unlockWithKeychain(),
    'vault.lock': () => writer().lock(),
    'vault.changePassphrase': async ({ current, next }) => {
      await writer().changePassphrase(current, next)
      return {}
    },
    'vault.newRecoveryKey': ({ passphrase }) => writer().newRecoveryKey(passphrase),
    'vault.setKeychain': ({ enabled }) => writer().setKeychain(enabled),
    'vault.verify': async (_, context) => {
      const vault = context.readable()
      const findings = await verifyVault(vault, controlOf(context.job, 'vault.verify'))
      const examined = await countExamined(vault.db)
      return {
        ok: findings.every((finding) => finding.ok),
        checks: findings.map(({ check, ok, detail }) => ({ check, ok, detail, examined: examined[check] ?? 0 })),
      }
    },
    'vault.backup': async (_, context) => {
      const { vault, path } = { vault: writer().vault(), path: writer().path }
      mkdirSync(backupsFolder(path), { recursive: true, mode: 0o700 })
      const now = context.clock.now()
      const target = backupPath(path, 'manual', now)
      const control = controlOf(context.job, 'vault.backup')
      await backupVault(vault, keyFilePath(path), target, { ...control, now })
      return describe(target, now, 'manual')
    },
    'vault.listBackups': (_, context) =>
      listBackups(context.readable().path).map(({ name, bytes, createdAt, kind }) => ({
        name,
        bytes,
        createdAt,
        kind,
      })),
    'vault.readBackup': ({ name, offset }, context) => readBackup(context.readable().path, name, offset),
    'vault.restore': ({ file }, context) => restore(writer(), file, context),
  }
}

function describe(path: string, createdAt: number, kind: BackupKind): OutputOf<'vault.backup'> {
  return { name: basename(path), bytes: statSync(path).size, createdAt, kind }
}

/** How many rows each check of `verifyVault` looks at. */
async function countExamined(db: Reader): Promise<Readonly<Record<string, number>>> {
  const count = async (
    table: 'transactions' | 'accounts' | 'account_months' | 'splits' | 'transfers' | 'trades',
  ): Promise<number> => {
    const row = await db
      .selectFrom(table)
      .select((expression) => expression.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
    return row.rows
  }
  const transactions = await count('transactions')
  return {
    'account-balances': await count('accounts'),
    'account-months': await count('account_months'),
    splits: await count('splits'),
    transfers: await count('transfers'),
    trades: await count('trades'),
    'learner-counts': transactions,
    'search-index': transactions,
    dates: transactions,
    amounts: transactions,
    'foreign-keys': transactions,
  }
}

function readBackup(vaultPath: string, name: string, offset: number): OutputOf<'vault.readBackup'> {
  // only names that the list gives: the text never becomes a path
  const backup = listBackups(vaultPath).find((each) => each.name === name)
  if (backup === undefined) throw new CoreError('not-found', 'There is no such backup.')
  const descriptor = openSync(backup.path, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.alloc(Math.max(0, Math.min(READ_BYTES, size - offset)))
    const count = readSync(descriptor, bytes, 0, bytes.length, offset)
    const next = offset + count
    return { base64: bytes.subarray(0, count).toString('base64'), next: next < size ? next : null }
  } finally {
    closeSync(descriptor)
  }
}

const BACKUP_BEGINS = Buffer.from('ONEBOOK BACKUP', 'latin1')

/** Anything but a backup could be plain text, which must not be copied to the disk even for a moment. */
function refuseOtherFiles(source: ByteSource): void {
  if (BACKUP_BEGINS.equals(source.read(0, BACKUP_BEGINS.length))) return
  throw new CoreError('backup-damaged', 'This file is not a backup of Onebook.')
}

/** A backup is encrypted, so that it may lie in a temporary file on its way into place. */
async function restore(
  session: VaultSession,
  token: string,
  context: HandlerContext,
): Promise<OutputOf<'vault.status'>> {
  const source = context.files.open(token)
  const folder = mkdtempSync(join(tmpdir(), 'onebook-restore-'))
  try {
    refuseOtherFiles(source)
    const copy = join(folder, 'backup')
    const descriptor = openSync(copy, 'wx', 0o600)
    try {
      for (let offset = 0; offset < source.size; offset += READ_BYTES) {
        writeAll(descriptor, source.read(offset, READ_BYTES))
        context.job.progress('vault.restore', Math.round((offset / source.size) * 20), 100)
        await context.job.breathe()
      }
    } finally {
      closeSync(descriptor)
    }
    // a damaged or newer backup is refused while the vault is still open
    inspectBackup(copy)
    mkdirSync(session.folder, { recursive: true, mode: 0o700 })
    const lock = session.hold()
    await session.lock()
    await restoreBackup(copy, session.path, {
      now: context.clock.now(),
      replace: true,
      lock,
      signal: context.job.signal,
      onProgress: (fraction) => context.job.progress('vault.restore', 20 + Math.round(fraction * 80), 100),
    })
    return session.status()
  } finally {
    source.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const DAY_MILLISECONDS = 86_400_000

/**
 * Makes the day's automatic backup if the newest one is older than a day, and lets old ones go; answers whether it did.
 * Throws CoreError('cancelled') and what a backup throws.
 */
export async function backUpIfDue(vault: Vault, control: JobControl & { readonly now: number }): Promise<boolean> {
  const { now } = control
  const newest = listBackups(vault.path).find((backup) => backup.kind === 'scheduled')
  if (newest !== undefined && now - newest.createdAt < DAY_MILLISECONDS && newest.createdAt <= now) return false
  await backUpAutomatically(vault, backupsFolder(vault.path), control)
  return true
}
