import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { openVault, type WritableVault } from '../../electron/core/storage/open-vault.ts'
import { ROUND_LINES } from '../support/import-rounds.ts'
import { ImportStand } from '../support/import-stand.ts'
import { ledgerBytes } from '../support/ledger-importer.ts'
import { makeTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

const ROUNDS = 50
const CHILD = fileURLToPath(new URL('../support/import-child.ts', import.meta.url))

/** A process that has loaded everything and waits to be told what to import. */
class Importing {
  readonly #child: ChildProcess
  readonly #exit: Promise<unknown>
  #said = ''

  constructor(path: string, key: Buffer) {
    this.#child = spawn(process.execPath, [CHILD, path, key.toString('hex')], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#exit = once(this.#child, 'close')
    this.#child.stdout?.on('data', (text: Buffer) => {
      this.#said += text.toString('utf8')
    })
  }

  async heard(line: string): Promise<void> {
    while (!this.#said.includes(`${line}\n`)) {
      if (this.#child.exitCode !== null) throw new Error(`the process ended without "${line}"`)
      await setTimeout(2)
    }
  }

  tell(round: number): void {
    this.#child.stdin?.write(`${round}\n`)
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exit
  }
}

/** What must hold of the vault at any moment: whole files or nothing, and figures that are those of its rows. */
function check(vault: WritableVault): number {
  const { driver } = vault
  const runs = driver.prepare<[], { imported: number }>('select imported from import_runs').all()
  const counts = driver
    .prepare<[], { count: number }>('select count(*) as count from transactions group by import_run_id')
    .all()
  expect(counts.every(({ count }) => count === ROUND_LINES)).toBe(true)
  expect(counts).toHaveLength(runs.length)
  const changes = driver.prepare<[], { count: number }>('select count(*) as count from changes').get()
  expect(changes?.count).toBe(runs.length)
  const balance = driver
    .prepare<[], { balance: number; months: number; opening: number }>(
      `select a.opening_minor + b.change_minor as balance, a.opening_minor as opening,
         a.opening_minor + (select sum(inflow_minor - outflow_minor) from account_months) as months
       from accounts a join account_balances b on b.account_id = a.id`,
    )
    .all()
  // one cent a line
  const expected = runs.length * ROUND_LINES
  expect(balance).toEqual(runs.length === 0 ? [] : [{ balance: expected, months: expected, opening: 0 }])
  return runs.length
}

describe('an import that is killed', () => {
  let temporary: TemporaryVault
  beforeAll(async () => {
    temporary = await makeTemporaryVault()
    await temporary.vault.close()
  })
  afterAll(() => temporary.close())

  it(
    `at any moment, ${ROUNDS} times, loses nothing, doubles nothing and leaves no half of a file`,
    { timeout: 300_000 },
    async () => {
      const { path, dataKey } = temporary
      const start = (): Importing => new Importing(path, dataKey)
      const ahead = [start(), start()]
      let committed = 0
      let killedInside = 0
      let longest = 60
      try {
        for (let round = 0; round < ROUNDS; round += 1) {
          const child = ahead.shift() ?? start()
          ahead.push(start())
          await child.heard('ready')
          child.tell(committed)
          await child.heard('importing')
          const began = performance.now()
          // moments spread over the whole import and a little beyond its end
          const moment = ((round * 0.618_034) % 1) * longest * 1.2
          await Promise.race([setTimeout(moment), child.heard('imported').catch(() => undefined)])
          if (round % 10 === 0) {
            // now and then to the end, to know how long an import takes here
            await child.heard('imported')
            longest = performance.now() - began
          }
          await child.kill()
          const vault = openVault({ path, dataKey, access: 'write' })
          const now = check(vault)
          await vault.close()
          expect([committed, committed + 1]).toContain(now)
          if (now === committed) killedInside += 1
          committed = now
        }
      } finally {
        for (const child of ahead) await child.kill()
      }
      expect(killedInside).toBeGreaterThan(5)
      expect(committed).toBeGreaterThanOrEqual(5)
      const vault = openVault({ path, dataKey, access: 'write' })
      expect(vault.driver.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(vault.driver.pragma('foreign_key_check')).toEqual([])
      await vault.close()
    },
  )
})

describe('an import that meets a full disk', () => {
  it('says so, leaves the vault as it was and works once there is room', async () => {
    const temporary = await makeTemporaryVault()
    try {
      const { vault } = temporary
      const stand = new ImportStand(vault)
      const small = ledgerBytes({ lines: [{ date: '2026-01-01', amount: '1' }] })
      await stand.commit(stand.add(small))
      const before = dumpUserTables(vault)
      const pages = Number(vault.driver.pragma('page_count', { simple: true }))
      vault.driver.pragma(`max_page_count = ${pages + 10}`)
      const lines = Array.from({ length: 5000 }, (_, index) => ({
        date: '2026-01-02',
        amount: String(index + 1),
        memo: 'y'.repeat(200),
      }))
      const choice = stand.add(ledgerBytes({ lines }))
      await expect(stand.commit(choice)).rejects.toMatchObject({ code: 'disk-full' })
      expect(vault.driver.inTransaction).toBe(false)
      expect(dumpUserTables(vault)).toBe(before)
      vault.driver.pragma('max_page_count = 4294967294')
      const [run] = await stand.commit(choice)
      expect(run?.imported).toBe(5000)
    } finally {
      await temporary.close()
    }
  })
})
