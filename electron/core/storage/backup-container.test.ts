import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cheapArgon2 } from '../../../test/support/temporary-vault.ts'
import { type BackupHeader, readContainer, readContainerHeader, writeContainer } from './backup-container.ts'
import { createKeys } from './vault-keys.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
let folder: string
let container: string
let header: BackupHeader
const database = Buffer.from('any bytes, for the container does not look into them. '.repeat(10))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  container = join(folder, 'container')
  const databasePath = join(folder, 'database')
  writeFileSync(databasePath, database)
  header = {
    createdAt: 0,
    schema: '2026-11-23-foundation',
    keys: (await createKeys('a passphrase', cheapArgon2)).keys,
    databaseBytes: database.length,
    databaseSha256: createHash('sha256').update(database).digest('hex'),
  }
  await writeContainer(container, header, databasePath, {}, [0, 1])
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('backup container', () => {
  it('gives back its header and its database', async () => {
    const extracted = join(folder, 'extracted')
    expect(await readContainer(container, extracted, {}, [0, 1])).toEqual(header)
    expect(readContainerHeader(container)).toEqual(header)
    expect(readFileSync(extracted).equals(database)).toBe(true)
  })

  it('shows every single changed byte', async () => {
    const whole = readFileSync(container)
    for (let index = 0; index < whole.length; index += 1) {
      const changed = Buffer.from(whole)
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8))
      writeFileSync(container, changed)
      await expect(readContainer(container, null, {}, [0, 1])).rejects.toThrow(code('backup-damaged'))
    }
  })

  it('of a newer version is refused as such', () => {
    const json = Buffer.from('{}')
    const fixed = readFileSync(container).subarray(0, 24)
    fixed.writeUInt32BE(2, 16)
    fixed.writeUInt32BE(json.length, 20)
    const head = Buffer.concat([fixed, json])
    writeFileSync(container, Buffer.concat([head, createHash('sha256').update(head).digest()]))
    expect(() => readContainerHeader(container)).toThrow(code('vault-too-new'))
  })
})
