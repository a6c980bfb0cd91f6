/** Every way a call can fail. The renderer has a text for each in both languages, under `error.*`. */
export const errorCodes = [
  'unknown-channel',
  'invalid-input',
  'internal',
  'cancelled',
  'not-found',
  'conflict',
  'locked',
  'no-vault',
  'vault-exists',
  'vault-missing',
  'vault-damaged',
  'vault-too-new',
  'vault-in-use',
  'read-only',
  'disk-full',
  'wrong-passphrase',
  'weak-passphrase',
  'keychain-unavailable',
  'backup-damaged',
  'export-damaged',
  'file-missing',
  'nothing-to-undo',
  'nothing-to-redo',
  'rate-missing',
  'import-refused',
  'password-needed',
] as const
export type ErrorCode = (typeof errorCodes)[number]

export interface CallError {
  readonly code: ErrorCode
  /** Plain English for the command line; the window shows its own text by code, with `values` filled in. */
  readonly message: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** An expected failure. Anything else that is thrown becomes `internal`, its details kept to the local log. */
export class CoreError extends Error {
  override readonly name = 'CoreError'
  readonly code: ErrorCode
  readonly values: Readonly<Record<string, string | number>>
  constructor(code: ErrorCode, message: string, values: Readonly<Record<string, string | number>> = {}) {
    super(message)
    this.code = code
    this.values = values
  }
}
