import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createFileSettings } from '../../electron/core/hosting/file-settings.ts'
import { createLocalLog } from '../../electron/core/hosting/local-log.ts'
import { startTemporaryCore } from '../support/temporary-core.ts'

const home = mkdtempSync(join(tmpdir(), 'onebook-plaintext-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true, force: true })
})

function* filesBelow(folder: string): Generator<string, void, void> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

const MARKER = 'MARKER-7f3a-'

/** Every file below the folder that holds a marker, in either encoding that programs use. */
function leaks(folder: string): readonly string[] {
  const encoded = [Buffer.from(MARKER), Buffer.from(MARKER, 'utf16le')]
  return Array.from(filesBelow(folder)).filter((path) => {
    const bytes = readFileSync(path)
    return encoded.some((marker) => bytes.includes(marker))
  })
}

describe('no plain text on the disk, ever', { timeout: 300_000 }, () => {
  it('of what is typed, imported, uploaded, pasted, backed up or failed: vault, log of the engine, temp, log, settings', async () => {
    // the temporary folder too: spools, restores and the engine's own files go there
    const temporary = join(home, 'tmp')
    mkdirSync(temporary)
    vi.stubEnv('TMPDIR', temporary)
    vi.stubEnv('SQLITE_TMPDIR', temporary)
    const core = startTemporaryCore({
      log: createLocalLog(join(home, 'logs', 'onebook.log')),
      settings: createFileSettings(join(home, 'settings')),
    })
    const { call } = core
    const marked = (word: string): string => `${MARKER}${word}`
    try {
      const secret = marked('passphrase')
      await call('vault.create', { passphrase: secret, baseCurrency: 'EUR' })
      await call('vaultSettings.set', { ownerName: marked('owner') })
      const account = await call('account.create', {
        name: marked('account'),
        kind: 'checking',
        currency: 'EUR',
        institution: marked('institution'),
        number: marked('number'),
        notes: marked('notes'),
      })
      await call('category.create', {
        parentId: null,
        kind: 'expense',
        nameZh: marked('category-zh'),
        nameEn: marked('category-en'),
        icon: null,
      })
      await call('tag.create', { name: marked('tag') })
      const rows = Array.from({ length: 200 }, (_, row) => `2026-01-02,${marked(`row${row}`)},${row}.00`)
      const pasted = await call('file.paste', {
        name: `${marked('file')}.csv`,
        text: `Date,Description,Amount\n${rows.join('\n')}\n`,
      })
      const { files } = await call('import.preview', { files: [{ file: pasted.file }] })
      expect(files.map(({ status }) => status)).toEqual(['ready'])
      await call('import.commit', { files: [{ file: pasted.file }] })
      // an upload too large for memory is spooled
      const large = Buffer.alloc(33 * 1_048_576, marked('upload'))
      const chunks = async function* () {
        yield large
      }
      await core.core.files.addStream('large.csv', large.length, chunks())
      await core.core.call('search.query', { text: marked('search'), limit: 5 })
      await core.core.call('account.get', { id: marked('wrong-input') })
      await core.core.call(marked('channel'), {})
      await core.core.call('import.preview', { files: [{ file: marked('token') }] })
      // the vault and its temporary files lie below the home as well
      expect(core.folder.startsWith(home)).toBe(true)
      expect(statSync(`${core.vaultPath}-wal`).size).toBeGreaterThan(0)
      expect(leaks(home)).toEqual([])

      await call('vault.backup', {})
      expect(account.name).toBe(marked('account'))
      expect(leaks(home)).toEqual([])
      await call('vault.lock', {})
      await core.core.call('vault.unlock', { passphrase: marked('wrong-passphrase') })
      expect(leaks(home)).toEqual([])
    } finally {
      await core.close()
    }
    expect(leaks(home)).toEqual([])
  })
})
