import fc from 'fast-check'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { fillVault } from '../../../../test/support/fill-vault.ts'
import { RandomLife } from '../../../../test/support/random-life.ts'
import { cheapArgon2, createTemporaryVault, type TemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { vaultAtMigration } from '../../../../test/support/vault-at-migration.ts'
import { dumpUserTables } from '../../changes/dump.ts'
import { seedDemo } from '../../demo/seed-demo.ts'
import { seedVault } from '../../handlers/seed-vault.ts'
import type { ByteSource } from '../../importing/importer.ts'
import { bytesSource } from '../../importing/text/decode.ts'
import { type CreatedVault, createVault } from '../../storage/create-vault.ts'
import { openVault, type Vault, type WritableVault } from '../../storage/open-vault.ts'
import { exportedTables, leftOutTables } from './exported-tables.ts'
import { JsonCursor } from './json-cursor.ts'
import { checkImported, importJson, schemaOf } from './json-reader.ts'
import { writeJson } from './json-writer.ts'

const today = parseIsoDate('2026-11-23')
const take = async (vault: WritableVault, from: ByteSource): Promise<void> => {
  await importJson(vault, from, quietly)
  await checkImported(vault)
}
const quietly = { breathe: async () => undefined, progress: () => undefined }
const text = (vault: Vault): string => [...writeJson(vault, today).pieces(() => undefined)].join('')
const source = (json: string): ByteSource => bytesSource('export.json', new TextEncoder().encode(json))

/** As the channel does it. */
const create = (path: string, from: ByteSource): Promise<CreatedVault> =>
  createVault({
    path,
    passphrase: 'a passphrase',
    now: 0,
    holder: 'test',
    argon2: cheapArgon2,
    seedAt: schemaOf(from),
    seed: (vault) => importJson(vault, from, quietly),
    check: checkImported,
  })

let temporary: TemporaryVault
let copy: TemporaryVault
beforeEach(async () => {
  temporary = await createTemporaryVault()
  copy = await createTemporaryVault()
})
afterEach(async () => {
  await temporary.close()
  await copy.close()
})

describe('a complete JSON export', () => {
  it('holds every table of the vault but those that are known to be left out', () => {
    const sql = `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'
      and name not like 'kysely\\_%' escape '\\' order by name`
    const tables = temporary.vault.driver.prepare(sql).pluck().all()
    expect([...exportedTables, ...leftOutTables].toSorted()).toEqual(tables)
  })

  it('makes an equal vault, whose export is the same byte for byte', async () => {
    fillVault(temporary.vault, 'Ex "quoted" \\ 中文 \u2028')
    const first = text(temporary.vault)
    await take(copy.vault, source(first))
    expect(dumpUserTables(copy.vault)).toBe(dumpUserTables(temporary.vault))
    expect(text(copy.vault)).toBe(first)
    expect(JSON.parse(first)).toMatchObject({ format: 'onebook-export', version: 1, exportedOn: today })
  })

  it('makes an equal vault: the sample household', async () => {
    seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
    seedDemo(temporary.vault, { today: () => today, now: () => 1_800_000_000_000 })
    await take(copy.vault, source(text(temporary.vault)))
    expect(dumpUserTables(copy.vault)).toBe(dumpUserTables(temporary.vault))
  })

  it('makes an equal vault: random households', async () => {
    const steps = fc.array(fc.record({ action: fc.nat(60), a: fc.nat(10_000), b: fc.nat(10_000), c: fc.nat(10_000) }), {
      minLength: 40,
      maxLength: 120,
    })
    await fc.assert(
      fc.asyncProperty(steps, async (doings) => {
        const [from, to] = [await createTemporaryVault(), await createTemporaryVault()]
        try {
          seedVault(from.vault, { baseCurrency: parseCurrencyCode('CNY') })
          const life = new RandomLife(from.vault)
          for (const step of doings) await life.perform(step)
          const first = text(from.vault)
          await take(to.vault, source(first))
          expect(text(to.vault)).toBe(first)
          expect(dumpUserTables(to.vault)).toBe(dumpUserTables(from.vault))
        } finally {
          await from.close()
          await to.close()
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
  })

  it('may be laid out in any way that JSON allows', async () => {
    fillVault(temporary.vault)
    const spread = `\uFEFF${JSON.stringify(JSON.parse(text(temporary.vault)), null, 2)}`
    await take(copy.vault, source(spread))
    expect(text(copy.vault)).toBe(text(temporary.vault))
  })

  it.each([
    ['', 'not-json'],
    ['{}', 'no tables'],
    ['[]', 'no object'],
    ['{"format":"onebook-export"}', 'no tables'],
    ['{"tables":{}}', 'no header'],
    ['{"format":"onebook-export","version":2,"schema":"x","exportedOn":"2026-01-01","tables":{}}', 'version'],
  ])('%j is refused: %s', async (json) => {
    await expect(take(copy.vault, source(json))).rejects.toMatchObject({ code: 'export-damaged' })
  })

  it('of a newer version is refused as such', async () => {
    const json = text(temporary.vault).replace(/"schema":"[^"]*"/, '"schema":"2999-01-01-future"')
    await expect(take(copy.vault, source(json))).rejects.toMatchObject({ code: 'vault-too-new' })
  })

  it.each([
    ['a row that names one that is not there', /"account_id":2/g, '"account_id":99'],
    ['a text where a number belongs', /"amount_minor":100000/, '"amount_minor":"100000"'],
    ['a fraction of a minor unit', /"amount_minor":100000/, '"amount_minor":100000.5'],
    ['a member that no table has', /"amount_minor":100000/, '"__proto__":{"x":1},"amount_minor":100000'],
    ['a table that is not known', /"splits":\[/, '"vault_meta":['],
    ['a kind of category that is none', /"kind":"expense"/, '"kind":"gift"'],
  ])('is refused whole for %s, and nothing stays', async (_, from, to) => {
    fillVault(temporary.vault)
    const damaged = text(temporary.vault).replace(from, to)
    expect(damaged).not.toBe(text(temporary.vault))
    const before = dumpUserTables(copy.vault)
    await expect(take(copy.vault, source(damaged))).rejects.toMatchObject({ code: 'export-damaged' })
    expect(dumpUserTables(copy.vault)).toBe(before)
  })

  it('is refused where its figures do not add up, and no vault is left', async () => {
    fillVault(temporary.vault)
    const damaged = source(text(temporary.vault).replace('"amount_minor":-2000', '"amount_minor":-1999'))
    const path = join(temporary.folder, 'new.vault')
    await expect(create(path, damaged)).rejects.toMatchObject({ code: 'export-damaged' })
    expect(existsSync(path)).toBe(false)
  })

  it('of an older schema becomes what that vault becomes by its migrations', async () => {
    const older = await vaultAtMigration('2026-11-23-foundation')
    fillVault(older.vault)
    const json = text(older.vault)
    const path = join(temporary.folder, 'new.vault')
    const { dataKey } = await create(path, source(json))
    const made = openVault({ path, dataKey, access: 'write' })
    await older.migrateOn()
    expect(dumpUserTables(made)).toBe(dumpUserTables(older.vault))
    await made.close()
    await older.close()
  })

  it('never hangs or half-fills a vault on damaged bytes', async () => {
    fillVault(temporary.vault)
    const good = new TextEncoder().encode(text(temporary.vault))
    const before = dumpUserTables(copy.vault)
    const change = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255), cut: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(change, async ({ at, byte, cut }) => {
        const bytes = cut ? good.slice(0, at) : good.with(at, byte)
        const outcome = await take(copy.vault, bytesSource('x.json', bytes)).then(
          () => 'taken',
          (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
        )
        expect(['taken', 'export-damaged', 'vault-too-new']).toContain(outcome)
        // a changed byte may make another text: then the copy is whole, and an empty vault takes its place
        const left = outcome === 'taken' ? before : dumpUserTables(copy.vault)
        expect(left).toBe(before)
        if (outcome !== 'taken') return
        await copy.close()
        copy = await createTemporaryVault()
      }),
      { numRuns: 120 },
    )
  })
})

describe('the cursor', () => {
  it.each([1, 2, 3, 7])('reads values across windows of %i bytes', (size) => {
    const values = ['a"\\"b\\\\', { a: [1, { b: '}' }] }, 12.5, true, null, [], '中文', '\\']
    const whole = source(JSON.stringify(values))
    const narrow: ByteSource = {
      name: whole.name,
      size: whole.size,
      read: (offset, length) => whole.read(offset, Math.min(length, size)),
    }
    const cursor = new JsonCursor(narrow)
    const found: unknown[] = []
    cursor.expect('[')
    do found.push(cursor.value())
    while (cursor.take(','))
    cursor.expect(']')
    expect(found).toEqual(values)
  })
})
