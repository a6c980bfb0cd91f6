import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

describe('key file', () => {
  it('reads back what was written, private to the user, nothing else left beside', () => {
    writeKeyFile(vaultPath, keys)
    expect(readKeyFile(vaultPath)).toEqual(keys)
    expect(readdirSync(folder)).toEqual(['home.onebook.keys'])
    if (process.platform !== 'win32') expect(statSync(keyFilePath(vaultPath)).mode & 0o777).toBe(0o600)
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
      try {
        expect(parseKeyFile(changed)).toEqual(keys)
      } catch (error) {
        expect(['vault-damaged', 'vault-too-new']).toContain(error instanceof Error && 'code' in error && error.code)
      }
    }
  })

  it('of a newer version is refused as such, whatever else it holds', () => {
    const newer = JSON.stringify({ format: 'onebook-keys', version: 2, something: 'else' })
    expect(() => parseKeyFile(Buffer.from(newer))).toThrow(code('vault-too-new'))
  })

  it('stays as it was when writing its successor fails', () => {
    writeKeyFile(vaultPath, keys)
    const before = readFileSync(keyFilePath(vaultPath))
    // a folder in the place of the file written beside: opening it fails on every system and for every user
    const blocked = join(folder, 'sub')
    expect(() => writeKeyFile(join(blocked, 'home.onebook'), keys)).toThrow()
    expect(readFileSync(keyFilePath(vaultPath))).toEqual(before)
  })
})
