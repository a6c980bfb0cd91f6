import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import { passphrase, startTemporaryCore, type TemporaryCore } from '../../../test/support/temporary-core.ts'
import type { KeyStore } from '../ports.ts'

const running: TemporaryCore[] = []
const start = (...options: Parameters<typeof startTemporaryCore>): TemporaryCore => {
  const temporary = startTemporaryCore(...options)
  running.push(temporary)
  return temporary
}
afterEach(async () => {
  for (const each of running.splice(0)) await each.close()
})

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'ok'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
const create = (each: TemporaryCore): Promise<{ recoveryKey: string }> =>
  each.call('vault.create', { passphrase, baseCurrency: 'EUR' })

describe('the vault through the core', () => {
  it('goes from absent to open to locked to open', async () => {
    const each = start()
    expect(await each.call('vault.status', {})).toMatchObject({ state: 'absent', name: 'test.vault', demo: false })
    expect(await codeOf(each.call('vault.unlock', { passphrase }))).toBe('no-vault')
    await create(each)
    expect((await each.call('vault.status', {})).state).toBe('open')
    expect((await each.call('vault.lock', {})).state).toBe('locked')
    expect(await codeOf(each.call('vault.listBackups', {}))).toBe('locked')
    expect((await each.call('vault.unlock', { passphrase })).state).toBe('open')
    expect(await each.call('vault.listBackups', {})).toBeInstanceOf(Array)
  })

  it('never replaces a vault by a new one', async () => {
    const each = start()
    await create(each)
    expect(await codeOf(create(each))).toBe('vault-exists')
    await each.call('vault.lock', {})
    expect(await codeOf(create(each))).toBe('vault-exists')
  })

  it('slows down after five wrong passphrases and takes the right one no sooner', async () => {
    const each = start()
    await create(each)
    await each.call('vault.lock', {})
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await each.call('vault.status', {})).waitMilliseconds).toBe(0)
      expect(await codeOf(each.call('vault.unlock', { passphrase: 'wrong' }))).toBe('wrong-passphrase')
    }
    expect((await each.call('vault.status', {})).waitMilliseconds).toBeGreaterThan(0)
    expect(await codeOf(each.call('vault.unlock', { passphrase }))).toBe('wrong-passphrase')
  })

  it('changes the passphrase, and opens by the recovery key with a new one', async () => {
    const each = start()
    const { recoveryKey } = await create(each)
    await each.call('vault.changePassphrase', { current: passphrase, next: 'second' })
    await each.call('vault.lock', {})
    expect(await codeOf(each.call('vault.unlock', { passphrase }))).toBe('wrong-passphrase')
    expect((await each.call('vault.unlock', { passphrase: 'second' })).state).toBe('open')
    await each.call('vault.lock', {})
    const opened = await each.call('vault.unlockWithRecoveryKey', { recoveryKey, newPassphrase: 'third' })
    expect(opened.state).toBe('open')
    await each.call('vault.lock', {})
    expect((await each.call('vault.unlock', { passphrase: 'third' })).state).toBe('open')
  })

  it('opens by the keychain of the host where the user wants that, across the threads', async () => {
    const seen: Uint8Array[] = []
    const turned = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (byte) => byte ^ 0xff)
    const keyStore: KeyStore = {
      available: true,
      seal: (secret) => {
        seen.push(secret)
        return turned(secret)
      },
      unseal: turned,
    }
    const each = start({ keyStore })
    await create(each)
    expect((await each.call('vault.setKeychain', { enabled: true })).keychain).toEqual({
      available: true,
      enabled: true,
    })
    await each.call('vault.lock', {})
    expect((await each.call('vault.unlockWithKeychain', {})).state).toBe('open')
    expect(seen).toHaveLength(1)
    await each.call('vault.setKeychain', { enabled: false })
    await each.call('vault.lock', {})
    expect(await codeOf(each.call('vault.unlockWithKeychain', {}))).toBe('keychain-unavailable')
  })

  it('says who holds a vault to the second host, and lets it in when the first has ended', async () => {
    const first = start()
    await create(first)
    const second = first.another()
    // one process has one lock, so the second host here is told apart by its holder only
    expect(await second.call('vault.status', {})).toMatchObject({ state: 'in-use', holder: 'loopback' })
    expect(await codeOf(second.call('vault.unlock', { passphrase }))).toBe('vault-in-use')
    await first.core.close()
    expect((await second.call('vault.unlock', { passphrase })).state).toBe('open')
  })

  it('tells a missing key file and a damaged vault apart', async () => {
    const each = start()
    writeFileSync(each.vaultPath, 'not a vault')
    expect((await each.call('vault.status', {})).state).toBe('missing-keys')
    writeFileSync(`${each.vaultPath}.keys`, 'not keys')
    expect((await each.call('vault.status', {})).state).toBe('damaged')
  })

  it('backs up and restores: the restored vault opens, the replaced one is kept', async () => {
    const each = start()
    await create(each)
    const backup = await each.call('vault.backup', {}, 'backup-job')
    const { base64, next } = await each.call('vault.readBackup', { name: backup.name, offset: 0 })
    expect(next).toBeNull()
    const bytes = Buffer.from(base64, 'base64')
    expect(bytes.length).toBe(backup.bytes)
    const { file } = each.core.files.addBytes('my.backup', bytes)
    expect((await each.call('vault.restore', { file })).state).toBe('locked')
    expect((await each.call('vault.unlock', { passphrase })).state).toBe('open')
    expect(readdirSync(each.folder).some((name) => name.startsWith('test.vault.replaced-'))).toBe(true)
  })

  it('refuses to restore what is no backup, before anything is written or locked', async () => {
    const each = start()
    await create(each)
    const { file } = each.core.files.addBytes('statement.csv', Buffer.from('date,amount\n'))
    expect(await codeOf(each.call('vault.restore', { file }))).toBe('backup-damaged')
    expect((await each.call('vault.status', {})).state).toBe('open')
  })

  it('never reads a backup by a path', async () => {
    const each = start()
    await create(each)
    for (const name of ['../test.vault', each.vaultPath, '..\\test.vault', 'test.vault.keys']) {
      expect(await codeOf(each.call('vault.readBackup', { name, offset: 0 }))).toBe('not-found')
    }
  })

  it('verifies, with progress under the caller’s job', async () => {
    const each = start()
    await create(each)
    const events: CoreEvent[] = []
    each.core.subscribe((event) => events.push(event))
    const report = await each.call('vault.verify', {}, 'verify-job')
    expect(report.ok).toBe(true)
    expect(report.checks.map(({ check }) => check)).toContain('account-balances')
    expect(events.some((event) => event.type === 'progress' && event.job === 'verify-job')).toBe(true)
  })

  it('makes the day’s automatic backup when a window’s host opens a vault', async () => {
    const each = start({ backupDelay: 0 })
    await create(each)
    await expect
      .poll(async () => (await each.call('vault.listBackups', {})).map(({ kind }) => kind), { timeout: 60_000 })
      .toEqual(['scheduled'])
  })

  it('drops uploads when it locks, and leaves nothing but the vault behind when it ends', async () => {
    const each = start()
    await create(each)
    const { file } = each.core.files.addBytes('a.csv', Buffer.from('x'))
    await each.call('vault.lock', {})
    await each.call('vault.unlock', { passphrase })
    expect(await codeOf(each.call('vault.restore', { file }))).toBe('not-found')
    await each.core.close()
    expect(readdirSync(each.folder).toSorted()).toEqual(['test.vault', 'test.vault.keys'])
    expect(existsSync(join(each.folder, 'test.vault.lock'))).toBe(false)
  })

  it.each([
    ['rules run over what is there', 'rule.apply', {}],
    ['series are looked for', 'recurring.refresh', {}],
  ] as const)('keeps an export that waits to be read while %s', async (_, channel, input) => {
    const each = start()
    await create(each)
    const made = await each.call('export.run', { format: 'json' })
    await each.call(channel, input)
    const read = await each.call('export.read', { export: made.export, offset: 0 })
    expect(Buffer.from(read.base64, 'base64')).toHaveLength(made.bytes)
  })

  it('keeps an export that waits to be read while a statement is imported', async () => {
    const each = start()
    await create(each)
    const made = await each.call('export.run', { format: 'json' })
    const { file } = each.core.files.addBytes('a.qif', Buffer.from('!Type:Bank\nD01/31/2026\nT-12.50\nPBakery\n^\n'))
    await each.call('import.commit', { files: [{ file }] })
    const read = await each.call('export.read', { export: made.export, offset: 0 })
    expect(Buffer.from(read.base64, 'base64')).toHaveLength(made.bytes)
    await each.call('export.release', { export: made.export })
    expect(await codeOf(each.call('export.read', { export: made.export, offset: 0 }))).toBe('not-found')
  })

  it('tells of opening and locking', async () => {
    const each = start()
    const states: string[] = []
    each.core.subscribe((event) => {
      if (event.type === 'vault') states.push(event.state)
    })
    await create(each)
    await each.core.lock()
    expect(states).toEqual(['open', 'locked'])
  })

  it('answers calls with `cancelled` once it closes', async () => {
    const each = start()
    await each.core.close()
    expect(await codeOf(each.call('vault.status', {}))).toBe('cancelled')
  })
})

describe('the host’s own channels', () => {
  it('changes one setting and leaves the others', async () => {
    const each = start()
    await each.call('settings.set', { autoLockMinutes: 3 })
    await each.call('settings.set', { theme: 'dark' })
    expect(await each.call('settings.get', {})).toMatchObject({ autoLockMinutes: 3, theme: 'dark', lockOnSleep: true })
  })

  it('takes pasted text as a file, and lets it go', async () => {
    const each = start()
    const pasted = await each.call('file.paste', { name: '../../a/b.csv', text: '日期,金额' })
    expect(pasted).toMatchObject({ name: 'b.csv', bytes: Buffer.byteLength('日期,金额') })
    await each.call('file.release', { files: [pasted.file] })
    expect([...each.core.files.entries()]).toEqual([])
  })

  it('refuses what no channel is', async () => {
    const each = start()
    for (const name of ['', 'nope', '__proto__', 'constructor', 'toString', 'vault']) {
      const reply = await each.core.call(name, {})
      expect(reply).toMatchObject({ ok: false, error: { code: 'unknown-channel' } })
    }
  })
})
