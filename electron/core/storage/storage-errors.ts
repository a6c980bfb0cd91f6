import { CoreError } from '../../../shared/ipc/errors.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * What a failed file or database operation means to the user, as a CoreError; anything unexpected comes back as it is.
 * The messages never quote the engine's own text, which may hold values.
 */
export function toStorageError(error: unknown): unknown {
  if (error instanceof CoreError) return error
  const code = codeOf(error)
  // a full disk also shows when the engine cannot grow its shared-memory file
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new CoreError('disk-full', 'The disk is full; nothing was changed.')
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new CoreError('read-only', 'This place cannot be written to.')
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_IOERR_SHORT_READ') {
    return new CoreError('vault-damaged', 'The vault is damaged or does not belong to its key file.')
  }
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new CoreError('vault-in-use', 'Another program is using the vault.', { holder: 'another program', pid: 0 })
  }
  return error
}

/** Runs the work and throws its failures as CoreErrors where their meaning is known. */
export function withStorageErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStorageError(error)
  }
}

/** As `withStorageErrors`, for asynchronous work. */
export async function withStorageErrorsAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toStorageError(error)
  }
}

/** Whether the error is the system saying that no such file exists. */
export function isMissingFile(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

/** Whether the error is the system saying that the file is already there. */
export function isExistingFile(error: unknown): boolean {
  return codeOf(error) === 'EEXIST'
}
