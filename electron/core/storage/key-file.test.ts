import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { isPrivate } from '../../../test/support/file-rights.ts'
import { cheapArgon2 } from '../../../test/support/temporary-vault.ts'
import { formatKeyFile, keyFilePath, parseKeyFile, readKeyFile, writeKeyFile } from './key-file.ts'
import { createKeys, type VaultKeys } from './vault-keys.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
let folder: string
let vaultPath: string
let keys: VaultKeys

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  vaultPath = join(folder, 'home.onebook')
  ;({ keys } = await createKeys('a passphrase', cheapArgon2))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What becomes of these bytes: the same keys, or the code of the error. */
function readingOf(bytes: Buffer): unknown {
  try {
    return isDeepStrictEqual(parseKeyFile(bytes), keys) ? 'the same' : 'other keys'
  } catch (error) {
    return error instanceof CoreError ? error.code : error
  }
}

describe('key file', () => {
  it('reads back what was written, private to the user, nothing else left beside', () => {
    writeKeyFile(vaultPath, keys)
    expect(readKeyFile(vaultPath)).toEqual(keys)
    expect(readdirSync(folder)).toEqual(['home.onebook.keys'])
    expect(isPrivate(keyFilePath(vaultPath))).toBe(true)
  })

  it('says which of the two files is missing', () => {
    expect(() => readKeyFile(vaultPath)).toThrow(code('vault-missing'))
    writeFileSync(vaultPath, 'something')
    expect(() => readKeyFile(vaultPath)).toThrow(code('file-missing'))
  })

  it('is refused as damaged wherever it is cut short', () => {
    const bytes = formatKeyFile(keys)
    // the last byte is the end of the line, which carries nothing
    for (let length = 0; length < bytes.length - 1; length += 1) {
      expect(() => parseKeyFile(bytes.subarray(0, length))).toThrow(code('vault-damaged'))
    }
  })

  it('never reads as other keys when a byte changes: damaged, too new, or (in white space) the same', () => {
    const bytes = formatKeyFile(keys)
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(['the same', 'vault-damaged', 'vault-too-new']).toContain(readingOf(changed))
    }
  })

  it('of a newer version is refused as such, whatever else it holds', () => {
    const newer = JSON.stringify({ format: 'onebook-keys', version: 2, something: 'else' })
    expect(() => parseKeyFile(Buffer.from(newer))).toThrow(code('vault-too-new'))
  })

  it('stays as it was when writing its successor fails', () => {
    writeKeyFile(vaultPath, keys)
    const before = readFileSync(keyFilePath(vaultPath))
    // a folder that is not there: writing into it fails on every system and for every user
    const blocked = join(folder, 'sub')
    expect(() => writeKeyFile(join(blocked, 'home.onebook'), keys)).toThrow('ENOENT')
    expect(readFileSync(keyFilePath(vaultPath))).toEqual(before)
  })
})
