import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const entry = resolve(import.meta.dirname, 'index.ts')
const folder = mkdtempSync(join(tmpdir(), 'onebook-cli-'))
const vault = join(folder, 'family.vault')
const passphraseFile = join(folder, 'passphrase.txt')
const recoveryKeyFile = join(folder, 'recovery.txt')
const passphrase = 'correct horse battery staple'

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as a user would, in a home of its own. */
function onebook(args: readonly string[], more: { env?: NodeJS.ProcessEnv; input?: string } = {}): Promise<Run> {
  return new Promise((done) => {
    const { PATH, NODE_COMPILE_CACHE } = process.env
    const env = { PATH, NODE_COMPILE_CACHE, HOME: folder, XDG_DATA_HOME: join(folder, 'data'), ...more.env }
    const child = execFile(process.execPath, [entry, ...args], { env, cwd: folder }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      done({ code, stdout, stderr })
    })
    child.stdin?.end(more.input ?? '')
  })
}
const known = ['--vault', vault, '--passphrase-file', passphraseFile]

beforeAll(async () => {
  writeFileSync(passphraseFile, `${passphrase}\n`)
  const made = await onebook(['create', '--currency', 'EUR', '--recovery-key-file', recoveryKeyFile, ...known])
  if (made.code !== 0) throw new Error(made.stderr)
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('onebook', { timeout: 240_000 }, () => {
  it('makes a vault and writes the recovery key to a private file, not to the terminal', async () => {
    const key = readFileSync(recoveryKeyFile, 'utf8').trim()
    expect(key).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
    expect(statSync(recoveryKeyFile).mode & 0o077).toBe(0)
    expect(statSync(vault).mode & 0o077).toBe(0)
    const again = await onebook(['create', ...known])
    expect([again.code, again.stderr]).toEqual([1, 'onebook: There is already a vault here. (vault-exists)\n'])
  })

  it('reaches any channel, with JSON from the arguments or standard input', async () => {
    const draft = { name: 'Giro', kind: 'checking', currency: 'EUR' }
    const created = await onebook(['call', 'account.create', JSON.stringify(draft), ...known])
    expect([created.stderr, created.code]).toEqual(['', 0])
    const listed = await onebook(['call', 'account.list', '-', ...known], { input: '{}' })
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'Giro', currency: 'EUR' }])
  })

  it('imports statements, once', async () => {
    const file = join(folder, 'giro.qif')
    writeFileSync(file, '!Type:Bank\nD01/31/2026\nT-12.50\nPBakery\n^\nD02/15/2026\nT100.00\nPSalary\n^\n')
    const first = await onebook(['import', file, '--json', ...known])
    expect([first.stderr, first.code]).toEqual(['', 0])
    expect(JSON.parse(first.stdout)).toMatchObject({ runs: [{ fileName: 'giro.qif', imported: 2, failed: 0 }] })
    const status = await onebook(['call', 'import.history', ...known])
    expect(JSON.parse(status.stdout)).toHaveLength(1)
  })

  it('verifies and backs up to a new file only', async () => {
    const verified = await onebook(['verify', ...known])
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('account-balances')])
    const target = join(folder, 'out.onebook-backup')
    expect((await onebook(['backup', target, ...known])).code).toBe(0)
    expect(existsSync(target)).toBe(true)
    expect((await onebook(['backup', target, ...known])).code).toBe(2)
    const elsewhere = join(folder, 'restored', 'family.vault')
    const restored = await onebook(['restore', target, '--vault', elsewhere])
    expect([restored.stderr, restored.code]).toEqual(['', 0])
    const env = { ONEBOOK_PASSPHRASE: passphrase }
    const listed = await onebook(['call', 'account.list', '--vault', elsewhere], { env })
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'Giro' }, {}])
  })

  it('exports to a new private file, says that it is not encrypted, and makes a vault of a JSON export', async () => {
    const journal = join(folder, 'giro.beancount')
    const exported = await onebook(['export', '--format', 'beancount', journal, ...known])
    expect([exported.code, exported.stderr]).toEqual([0, expect.stringContaining('not encrypted')])
    expect(readFileSync(journal, 'utf8')).toContain('"Bakery"')
    expect(statSync(journal).mode & 0o077).toBe(0)
    expect((await onebook(['export', '--format', 'beancount', journal, ...known])).code).toBe(2)
    const json = join(folder, 'all.json')
    expect((await onebook(['export', '--format', 'json', json, ...known])).code).toBe(0)
    const copy = ['--vault', join(folder, 'copy.vault'), '--passphrase-file', passphraseFile]
    expect((await onebook(['import-json', json, ...copy])).code).toBe(0)
    const again = join(folder, 'again.json')
    expect((await onebook(['export', '--format', 'json', again, ...copy])).code).toBe(0)
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(json, 'utf8'))
    const refused = await onebook(['import-json', journal, '--vault', join(folder, 'no.vault'), ...copy.slice(2)])
    expect([refused.code, existsSync(join(folder, 'no.vault'))]).toEqual([1, false])
    expect(refused.stderr).toContain('(export-damaged)')
  })

  it.each([
    [['export', 'out.csv', ...known], 2, 'usage: onebook export'],
    [['export', '--format', 'pdf', 'out.pdf', ...known], 2, 'usage: onebook export'],
    [['export', '--format', 'json', '--from', '2026-01-01', 'out.json', ...known], 2, 'whole vault'],
    [['call', 'account.list', '--vault', vault], 2, 'ONEBOOK_PASSPHRASE'],
    [['call', 'no.such', ...known], 1, '(unknown-channel)'],
    [['call', 'account.list', '{', ...known], 2, 'not JSON'],
    [['call', 'account.get', '{"id":0}', ...known], 1, '(invalid-input)'],
    [['nonsense', ...known], 2, 'no command nonsense'],
    [['status', '--nonsense'], 2, '--nonsense'],
    [['backup', ...known], 2, 'usage: onebook backup FILE'],
    [['import', 'not-there.ofx', ...known], 1, '(file-missing)'],
    [['verify', '--vault', join(folder, 'none.vault'), '--passphrase-file', passphraseFile], 1, '(no-vault)'],
    [['create', '--currency', 'XXXX', '--vault', 'n.vault', '--passphrase-file', passphraseFile], 2, 'ISO 4217'],
  ])('%j ends with status %d and one clear line', async (args, code, words) => {
    const run = await onebook(args)
    expect([run.code, run.stdout, run.stderr.trimEnd().split('\n').length]).toEqual([code, '', 1])
    expect(run.stderr).toContain(words)
  })

  it('says errors as JSON where JSON is asked for, and never repeats a secret', async () => {
    const env = { ONEBOOK_PASSPHRASE: 'secret-marker-wrong' }
    const run = await onebook(['verify', '--vault', vault, '--json'], { env })
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'wrong-passphrase' } })
    expect(run.stdout + run.stderr).not.toContain('secret-marker-wrong')
  })

  it('prints every channel with its schemas, and its help', async () => {
    const channels = await onebook(['channels', '--json'])
    expect(JSON.parse(channels.stdout)).toContainEqual(expect.objectContaining({ channel: 'account.list' }))
    expect((await onebook([])).stdout).toContain('onebook import FILES')
  })
})
