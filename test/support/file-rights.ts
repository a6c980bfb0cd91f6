import { statSync } from 'node:fs'

/** Whether only its owner may read and write the file. Windows keeps rights elsewhere: there it is always true. */
export function isPrivate(path: string): boolean {
  return process.platform === 'win32' || (statSync(path).mode & 0o777) === 0o600
}
