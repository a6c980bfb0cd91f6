import { writeSync } from 'node:fs'
import { restoreBackup } from '../../electron/core/storage/backup.ts'
import { createVault } from '../../electron/core/storage/create-vault.ts'
import { openVault } from '../../electron/core/storage/open-vault.ts'
import { lockVault } from '../../electron/core/storage/vault-lock.ts'
import { cheapArgon2 } from './temporary-vault.ts'
import { CoreError } from '../../shared/ipc/errors.ts'

/**
 * Another process, for the tests of faults: `vault-child.ts <what> <vault> [<key in hex> | <moment> | <backup>]`. It says what it
 * did in lines on its standard output and goes on until it is killed or its standard input ends.
 */
const [what, path = '', argument = ''] = process.argv.slice(2)
const say = (line: string): void => void writeSync(1, `${line}\n`)

/** Rows of one transaction: enough pages for the engine to write into its log long before the end. */
const ROWS = 2_000

function writeUntilKilled(): void {
  const vault = openVault({ path, dataKey: Buffer.from(argument, 'hex'), access: 'write' })
  const { driver } = vault
  driver.pragma('wal_autocheckpoint = 50')
  // a small cache makes the engine write pages of an unfinished transaction, too
  driver.pragma('cache_size = 20')
  const insert = driver.prepare(
    `insert into transactions (account_id, booked_on, amount_minor, kind, memo) values (1, ?, ?, 'other', ?)`,
  )
  const batch = driver.transaction((number: number) => {
    for (let row = 0; row < ROWS; row += 1) {
      const month = String((row % 12) + 1).padStart(2, '0')
      insert.run(`2026-${month}-15`, row % 2 === 0 ? row : -row, `batch ${number} ${'x'.repeat(100)}`)
    }
  })
  say('ready')
  for (let number = 1; ; number += 1) {
    batch(number)
    say(`committed ${number}`)
  }
}

function tryToLock(): void {
  // all start at the same moment
  while (Date.now() < Number(argument));
  try {
    lockVault(path, 'cli')
    say('locked')
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    say(`refused ${error.code} ${error.values['holder']} ${error.values['pid']}`)
  }
  process.stdin.resume()
}

/** Makes one vault after the other, each in a folder that the parent has made. */
async function createUntilKilled(): Promise<void> {
  say('ready')
  for (let number = 1; ; number += 1) {
    await createVault({ path: `${path}-${number}`, passphrase: 'a passphrase', now: number, argon2: cheapArgon2 })
    say(`created ${number}`)
  }
}

/** Restores the same backup over the vault again and again. */
async function restoreUntilKilled(): Promise<void> {
  say('ready')
  for (let now = Date.now(); ; now += 1) {
    await restoreBackup(argument, path, { now, replace: true })
    say('restored')
  }
}

if (what === 'write') writeUntilKilled()
else if (what === 'lock') tryToLock()
else if (what === 'create') await createUntilKilled()
else if (what === 'restore') await restoreUntilKilled()
else throw new Error(`unknown task: ${what}`)
