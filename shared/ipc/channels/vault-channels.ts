import { z } from 'zod'
import { currencySchema, fileTokenSchema, nothingSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

const passphraseSchema = z.string().min(1).max(1024)

export const vaultStatusSchema = z.strictObject({
  state: z.enum(['absent', 'locked', 'open', 'missing-keys', 'damaged', 'too-new', 'in-use']),
  /** The vault file's name without folders. */
  name: z.string(),
  /** Who holds it, where `in-use`. */
  holder: z.string().nullable(),
  keychain: z.strictObject({ available: z.boolean(), enabled: z.boolean() }),
  /** Milliseconds until the next try is taken, after too many wrong passphrases. */
  waitMilliseconds: z.int().nonnegative(),
  demo: z.boolean(),
})
export type VaultStatus = z.infer<typeof vaultStatusSchema>

export const verifyReportSchema = z.strictObject({
  ok: z.boolean(),
  checks: z.array(z.strictObject({ check: z.string(), ok: z.boolean(), detail: z.string(), examined: z.int() })),
})

export const backupSchema = z.strictObject({
  name: z.string(),
  bytes: z.int(),
  createdAt: z.int(),
  kind: z.enum(['manual', 'scheduled', 'before-migration']),
})

export const vaultChannels = {
  'vault.status': { access: 'write', whenLocked: true, input: nothingSchema, output: vaultStatusSchema },
  'vault.create': {
    access: 'write',
    whenLocked: true,
    input: z.strictObject({ passphrase: passphraseSchema, baseCurrency: currencySchema }),
    /** The recovery key is shown once, to be printed; it is not kept anywhere. */
    output: z.strictObject({ recoveryKey: z.string() }),
  },
  /** A new vault that holds what a complete JSON export holds; nothing is left behind where that fails. */
  'vault.createFromExport': {
    access: 'write',
    whenLocked: true,
    job: true,
    input: z.strictObject({ passphrase: passphraseSchema, file: fileTokenSchema }),
    output: z.strictObject({ recoveryKey: z.string() }),
  },
  'vault.unlock': {
    access: 'write',
    whenLocked: true,
    input: z.strictObject({ passphrase: passphraseSchema }),
    output: vaultStatusSchema,
  },
  /** Sets a new passphrase in the same step: whoever needs the recovery key has lost the old one. */
  'vault.unlockWithRecoveryKey': {
    access: 'write',
    whenLocked: true,
    input: z.strictObject({ recoveryKey: z.string().min(1).max(200), newPassphrase: passphraseSchema }),
    output: vaultStatusSchema,
  },
  'vault.unlockWithKeychain': { access: 'write', whenLocked: true, input: nothingSchema, output: vaultStatusSchema },
  'vault.lock': { access: 'write', whenLocked: true, input: nothingSchema, output: vaultStatusSchema },
  'vault.changePassphrase': {
    access: 'write',
    input: z.strictObject({ current: passphraseSchema, next: passphraseSchema }),
    output: nothingSchema,
  },
  'vault.newRecoveryKey': {
    access: 'write',
    input: z.strictObject({ passphrase: passphraseSchema }),
    output: z.strictObject({ recoveryKey: z.string() }),
  },
  'vault.setKeychain': { access: 'write', input: z.strictObject({ enabled: z.boolean() }), output: vaultStatusSchema },
  'vault.verify': { access: 'read', job: true, input: nothingSchema, output: verifyReportSchema },
  /** Makes a verified encrypted backup in the vault's backups folder. */
  'vault.backup': { access: 'write', job: true, input: nothingSchema, output: backupSchema },
  'vault.listBackups': { access: 'read', input: nothingSchema, output: z.array(backupSchema) },
  /** The encrypted bytes of a backup made here, base64, for the user to save elsewhere. */
  'vault.readBackup': {
    access: 'read',
    input: z.strictObject({ name: z.string().max(200), offset: z.int().nonnegative() }),
    output: z.strictObject({ base64: z.string(), next: z.int().nullable() }),
  },
  /** Puts a backup in the vault's place after verifying it; the replaced vault is kept beside. Locks afterwards. */
  'vault.restore': {
    access: 'write',
    whenLocked: true,
    job: true,
    input: z.strictObject({ file: fileTokenSchema }),
    output: vaultStatusSchema,
  },
} as const satisfies Record<string, Channel>
