import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type LoopbackChild, startLoopbackChild } from '../support/loopback-child.ts'

/** In every text that is entered, imported, attached or wrong. Long enough that ciphertext never holds it by chance. */
const MARKER = 'Zq7XvW93Kd'
const mark = (word: string): string => `${MARKER}${word}`

/**
 * The marker as it would stand in a file: as text in either width, as hexadecimal digits, and in base64 at each of the
 * three places in which it can fall there (its first and last characters share theirs with the neighbours).
 */
function needles(marker: string): { form: string; bytes: Buffer }[] {
  const hex = Buffer.from(marker).toString('hex')
  const forms = [
    { form: 'utf-8', bytes: Buffer.from(marker) },
    { form: 'utf-16', bytes: Buffer.from(marker, 'utf16le') },
    { form: 'utf-16 big-endian', bytes: Buffer.from(marker, 'utf16le').swap16() },
    { form: 'hex', bytes: Buffer.from(hex) },
    { form: 'HEX', bytes: Buffer.from(hex.toUpperCase()) },
    { form: 'percent', bytes: Buffer.from([...Buffer.from(marker)].map((byte) => `%${byte.toString(16)}`).join('')) },
  ]
  for (const shift of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(marker)])
    const from = Math.ceil((shift * 8) / 6)
    const to = Math.floor((whole.length * 8) / 6)
    forms.push({ form: `base64 at ${shift}`, bytes: Buffer.from(whole.toString('base64').slice(from, to)) })
  }
  return forms
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.name.includes(MARKER)) yield `${path} (its name)`
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

const forms = needles(MARKER)

/**
 * The bytes of a file; none where it has got another name since it was listed, as a backup does when it is complete.
 * Whatever stays is read once the process has ended.
 */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

function leaksBelow(folder: string): string[] {
  return [...filesBelow(folder)].flatMap((path) => {
    if (path.endsWith(' (its name)')) return [path]
    const bytes = bytesOf(path)
    return forms.filter((form) => bytes.includes(form.bytes)).map(({ form }) => `${path}: ${form}`)
  })
}

const largestBelow = (folder: string): number =>
  Math.max(0, ...[...filesBelow(folder)].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0))

const idOf = (value: unknown): number => z.object({ id: z.int() }).parse(value).id

let home: string
let environment: NodeJS.ProcessEnv
let vaultPath: string
let host: LoopbackChild | null = null

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'onebook-plain-'))
  const place = (name: string): string => {
    const path = join(home, name)
    mkdirSync(path)
    return path
  }
  const temporary = place('tmp')
  environment = {
    ...process.env,
    HOME: home,
    USERPROFILE: home,
    APPDATA: place('AppData'),
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    SQLITE_TMPDIR: temporary,
    XDG_DATA_HOME: place('data'),
    XDG_CONFIG_HOME: place('config'),
    XDG_CACHE_HOME: place('cache'),
    XDG_STATE_HOME: place('state'),
    // a compiler's cache would be found, too: it must hold nothing of a vault
    NODE_COMPILE_CACHE: place('compiled'),
  }
  vaultPath = join(place('vault'), 'household.vault')
})
afterEach(async () => {
  await host?.kill()
  host = null
  rmSync(home, { recursive: true, force: true })
})

const passphrase = mark('-passphrase correct horse')

/** A statement; with `width`, each memo is as long as that, so that few rows make a large file. */
function statement(rows: number, width = 0): Buffer {
  const rest = mark(' and so on').repeat(Math.ceil(width / 20))
  const lines = Array.from(
    { length: rows },
    (_, row) =>
      `2025-${String((row % 12) + 1).padStart(2, '0')}-1${row % 9},${mark(`payee ${row}`)},${mark(`memo ${row}`)}${rest},-${row}.10`,
  )
  return Buffer.from(`Date,Payee,Memo,Amount\n${lines.join('\n')}\n`)
}

/** Something in every field that a user or a file can fill. */
async function fillEverything(app: LoopbackChild): Promise<void> {
  await app.value('vaultSettings.set', { ownerName: mark('owner') })
  const account = idOf(
    await app.value('account.create', {
      name: mark('account'),
      kind: 'checking',
      currency: 'CNY',
      institution: mark('institution'),
      number: mark('62220212345'),
      notes: mark('account notes'),
    }),
  )
  const category = idOf(
    await app.value('category.create', {
      parentId: null,
      kind: 'expense',
      nameZh: mark('类别'),
      nameEn: mark('category'),
      icon: null,
    }),
  )
  const tag = idOf(await app.value('tag.create', { name: mark('tag') }))
  const transaction = idOf(
    await app.value('transaction.create', {
      accountId: account,
      bookedOn: '2025-01-02',
      amountMinor: -1_000,
      payee: mark('payee'),
      memo: mark('memo'),
      notes: mark('notes'),
      categoryId: category,
    }),
  )
  await app.value('transaction.update', { ids: [transaction], patch: { notes: mark('more notes'), addTagIds: [tag] } })
  await app.value('transaction.setSplits', {
    id: transaction,
    splits: [
      { amountMinor: -400, categoryId: category, memo: mark('first split') },
      { amountMinor: -600, categoryId: null, memo: mark('second split') },
    ],
  })
  const attached = await app.upload(
    `${mark('scan')}.pdf`,
    Buffer.from(`%PDF-1.7 ${mark('attached bytes').repeat(500)}`),
  )
  await app.value('attachment.add', { owner: { type: 'transaction', id: transaction }, file: attached })
  await app.value('document.create', {
    kind: 'passport',
    name: mark('passport'),
    holder: mark('holder'),
    number: mark('E12345678'),
    issuedOn: null,
    expiresOn: '2040-01-01',
    accountId: null,
    notes: mark('document notes'),
  })
  const home = idOf(
    await app.value('home.save', {
      name: mark('home'),
      currency: 'CNY',
      value: { on: '2025-01-01', minor: 100 },
      notes: mark('home notes'),
      facts: {
        address: mark('address'),
        areaSquareMetres: null,
        purchasedOn: null,
        purchaseMinor: null,
        mortgageAccountId: null,
      },
    }),
  )
  await app.value('valuation.set', { accountId: home, on: '2025-02-01', valueMinor: 200, note: mark('valuation note') })
  await app.value('vehicle.save', {
    name: mark('car'),
    currency: 'CNY',
    value: null,
    notes: mark('car notes'),
    facts: {
      plate: mark('plate'),
      registeredOn: null,
      inspectionDueOn: null,
      insuranceDueOn: null,
      loanAccountId: null,
    },
  })
}

/** Wrong in every way that could end in a message or a log. */
async function beWrong(app: LoopbackChild): Promise<void> {
  await app.call(mark('no-such-channel'), { text: mark('input') })
  await app.call('account.get', { id: mark('not a number') })
  await app.call('account.create', { name: mark('x'), kind: mark('kind'), currency: mark('CUR') })
  await app.call('file.paste', { name: mark('name'), text: 5 })
  await app.call('import.preview', { files: [{ file: mark('token') }] })
  await app.call('search.query', { text: mark('searched'), limit: 5 })
  await app.call('vault.unlock', { passphrase: mark('wrong passphrase') })
}

describe('the loopback host as a user runs it', { timeout: 300_000 }, () => {
  it('the search finds the marker in each form, wherever it stands', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = `${before}${mark('secret')} and more`
      const found = (bytes: Buffer): boolean => forms.some((form) => bytes.includes(form.bytes))
      expect(found(Buffer.from(text))).toBe(true)
      expect(found(Buffer.from(text, 'utf16le'))).toBe(true)
      expect(found(Buffer.from(Buffer.from(text).toString('base64')))).toBe(true)
      expect(found(Buffer.from(Buffer.from(text).toString('hex')))).toBe(true)
    }
  })

  it('leaves no text of the household readable: while open, locked, backed up, killed in an import, opened again', async () => {
    host = await startLoopbackChild(vaultPath, environment)
    await host.value('vault.create', { passphrase, baseCurrency: 'CNY' })
    await fillEverything(host)
    await beWrong(host)
    const small = await host.upload(`${mark('small file')}.csv`, statement(200))
    await host.value('import.preview', { files: [{ file: small }] })
    await host.value('import.commit', { files: [{ file: small }] })
    const pasted = z
      .object({ file: z.string() })
      .parse(await host.value('file.paste', { name: `${mark('pasted')}.csv`, text: statement(20).toString('utf8') }))
    await host.value('import.preview', { files: [{ file: pasted.file }] })
    // it is all in there to be read by who may
    const found = JSON.stringify(await host.value('search.query', { text: MARKER, limit: 20 }))
    expect(found).toContain(mark('account'))
    expect(statSync(`${vaultPath}-wal`).size).toBeGreaterThan(0)
    expect(leaksBelow(home)).toEqual([])

    await host.value('vault.backup', {})
    await host.value('vault.lock', {})
    await host.call('vault.unlock', { passphrase: mark('another wrong one') })
    expect(leaksBelow(home)).toEqual([])
    await host.value('vault.unlock', { passphrase })

    // more than is kept in memory, so that it is spooled to the disk, and killed while it is being imported
    const spooled = await host.upload(`${mark('large file')}.csv`, statement(60_000, 600))
    expect(largestBelow(join(home, 'tmp'))).toBeGreaterThan(33 * 1_048_576)
    expect(leaksBelow(home)).toEqual([])
    const importing = host.call('import.commit', { files: [{ file: spooled }] }).catch(() => 'killed')
    const walBefore = statSync(`${vaultPath}-wal`, { throwIfNoEntry: false })?.size ?? 0
    await expect
      .poll(() => statSync(`${vaultPath}-wal`, { throwIfNoEntry: false })?.size ?? 0, {
        timeout: 240_000,
        interval: 20,
      })
      .toBeGreaterThan(walBefore + 500_000)
    const said = host.said()
    await host.kill()
    expect(await importing).toBe('killed')
    expect(said).not.toContain(MARKER)
    expect(leaksBelow(home)).toEqual([])

    // what the crash left behind is taken up or cleared away, still unreadable
    host = await startLoopbackChild(vaultPath, environment)
    await host.value('vault.unlock', { passphrase })
    expect(leaksBelow(home)).toEqual([])
    await host.end()
    expect(host.said()).not.toContain(MARKER)
    expect(leaksBelow(home)).toEqual([])
    host = null
    const files = [...filesBelow(home)].map((path) => path.slice(home.length))
    // the vault, its keys, a backup, the log: all of it was looked through
    expect(files.length).toBeGreaterThanOrEqual(4)
  })
})
