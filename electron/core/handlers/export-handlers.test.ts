import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillVault } from '../../../test/support/fill-vault.ts'
import { ImportStand, standJob } from '../../../test/support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { createExportSpool } from '../exporting/export-spool.ts'
import type { InputOf, OutputOf } from '../handler.ts'
import { exportHandlers } from './export-handlers.ts'

let temporary: TemporaryVault
let stand: ImportStand
beforeEach(async () => {
  temporary = await createTemporaryVault()
  fillVault(temporary.vault, 'Marker')
  stand = new ImportStand(temporary.vault)
})
afterEach(() => temporary.close())

const everything: InputOf<'export.run'> = { format: 'csv', accountIds: null, from: null, to: null, language: 'en' }
const run = async (input: InputOf<'export.run'> = everything): Promise<OutputOf<'export.run'>> =>
  exportHandlers['export.run'](input, stand.context)
const read = async (token: string, offset = 0): Promise<OutputOf<'export.read'>> =>
  exportHandlers['export.read']({ export: token, offset }, stand.context)
const textOf = ({ base64 }: OutputOf<'export.read'>): string => Buffer.from(base64, 'base64').toString('utf8')

async function readAll(token: string): Promise<string> {
  const pieces: Buffer[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const piece: OutputOf<'export.read'> = await read(token, offset)
    pieces.push(Buffer.from(piece.base64, 'base64'))
    offset = piece.next
  }
  return Buffer.concat(pieces).toString('utf8')
}

describe('an export', () => {
  it('is made once and read in pieces until it is released', async () => {
    const made = await run()
    expect(made).toMatchObject({ name: 'onebook-2026-11-23.csv', mediaType: 'text/csv', notes: [] })
    const whole = await read(made.export)
    expect([Buffer.from(whole.base64, 'base64').length, whole.next]).toEqual([made.bytes, null])
    expect(textOf(await read(made.export, 100))).toBe(
      Buffer.from(whole.base64, 'base64').subarray(100).toString('utf8'),
    )
    await exportHandlers['export.release']({ export: made.export }, stand.context)
    await expect(read(made.export)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('holds the accounts and days that were asked for', async () => {
    const rowsOf = async (more: Partial<InputOf<'export.run'>>): Promise<number> =>
      textOf(await read((await run({ ...everything, ...more })).export))
        .trimEnd()
        .split('\r\n').length - 1
    expect(await rowsOf({})).toBe(5)
    expect(await rowsOf({ accountIds: [1] })).toBe(3)
    expect(await rowsOf({ from: '2026-02-01' as InputOf<'export.run'>['from'] })).toBe(4)
    expect(await rowsOf({ accountIds: [2], to: '2026-02-28' as InputOf<'export.run'>['to'] })).toBe(0)
  })

  it('stops when it is cancelled, and keeps nothing', async () => {
    const insert = temporary.vault.driver.prepare(
      `insert into transactions (account_id, booked_on, amount_minor, kind) values (1, '2026-01-01', 1, 'payment')`,
    )
    temporary.vault.driver.transaction(() => {
      for (let count = 0; count < 5_000; count += 1) insert.run()
    })()
    stand.job = standJob(1)
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('sees the vault as it was when it began, whatever is written meanwhile', async () => {
    const { driver } = temporary.vault
    const insert = driver.prepare(
      `insert into transactions (account_id, booked_on, amount_minor, kind) values (1, ?, 1, 'payment')`,
    )
    driver.transaction(() => {
      for (let count = 0; count < 5_000; count += 1) insert.run('2026-01-01')
    })()
    stand.job = {
      ...standJob(),
      // another call writes while the export lets it
      breathe: async () => void insert.run('2026-12-31'),
    }
    const made = await run({ ...everything, format: 'json' })
    const parsed = JSON.parse(await readAll(made.export)) as { tables: { transactions: unknown[] } }
    expect(parsed.tables.transactions).toHaveLength(5_005)
  })

  it('drops the oldest of many that nobody reads', async () => {
    const first = await run()
    for (let count = 0; count < 4; count += 1) await run()
    await expect(read(first.export)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a finished export on the disk', () => {
  const before = process.env['TMPDIR']
  const folder = mkdtempSync(join(tmpdir(), 'onebook-spool-'))
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(folder, { recursive: true, force: true })
  })

  it('is encrypted, private, and gone when it is let go', () => {
    process.env['TMPDIR'] = folder
    const writer = createExportSpool()
    const text = 'Marker of a household '.repeat(40_000)
    writer.write(text)
    const spool = writer.finish()
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    expect(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes('Marker'))).toEqual([
      false,
    ])
    expect(Buffer.from(spool.read(0, spool.size)).toString('utf8')).toBe(text)
    expect(Buffer.from(spool.read(22, 6)).toString('utf8')).toBe('Marker')
    spool.close()
    expect(readdirSync(folder)).toEqual([])
  })
})
