import { readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openVault } from '../../electron/core/storage/open-vault.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { startChild } from '../support/child-process.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'

const ROUNDS = 12
const ROWS = 2_000
const childFile = new URL('../support/vault-child.ts', import.meta.url)

it(`kill −9 in the middle of large transactions, ${ROUNDS} times: what was committed is there, nothing else is`, async () => {
  const temporary = await createTemporaryVault()
  const { path, dataKey, vault } = temporary
  vault.driver.exec(`insert into accounts (id, name, kind, currency, created_at) values (1, 'Cash', 'cash', 'EUR', 0)`)
  await vault.close()
  let known = 0
  let withoutEnd = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = startChild(childFile, 'write', path, dataKey.toString('hex'))
    await child.line('ready')
    // spread over the length of a few transactions
    await pause(Math.random() * 250)
    await child.kill()
    const acknowledged = child.lines.filter((line) => line.startsWith('committed')).length
    if (readdirSync(temporary.folder).includes('test.onebook-wal')) withoutEnd += 1

    const reopened = openVault({ path, dataKey, access: 'write' })
    const count = Number(reopened.driver.prepare('select count(*) from transactions').pluck().get())
    // the commit before its line was said may also have happened; half a transaction never
    expect(count % ROWS).toBe(0)
    expect(count).toBeGreaterThanOrEqual(known + acknowledged * ROWS)
    expect(count).toBeLessThanOrEqual(known + (acknowledged + 1) * ROWS)
    expect((await verifyVault(reopened)).filter((finding) => !finding.ok)).toEqual([])
    known = count
    await reopened.close()
  }
  // the rounds did meet a vault that had not been closed
  expect(withoutEnd).toBe(ROUNDS)
  await temporary.close()
}, 120_000)
