import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { openVault } from '../../electron/core/storage/open-vault.ts'
import { ImportStand } from './import-stand.ts'
import { roundFile } from './import-rounds.ts'

/**
 * Another process, for the test of imports that are killed: `import-child.ts <vault> <key in hex>`. It loads everything,
 * says "ready", and imports the file of each round whose number it is told on its standard input.
 */
const [path = '', key = ''] = process.argv.slice(2)
const say = (line: string): void => void writeSync(1, `${line}\n`)

// what is killed keeps nothing of what it compiled for the next
flushCompileCache()
say('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const vault = openVault({ path, dataKey: Buffer.from(key, 'hex'), access: 'write' })
  // a small cache and log make the engine write pages of an unfinished transaction, too
  vault.driver.pragma('cache_size = 50')
  vault.driver.pragma('wal_autocheckpoint = 20')
  const stand = new ImportStand(vault)
  say('importing')
  await stand.commit(stand.add(roundFile(Number(line)), `round-${line}.ledger`))
  say('imported')
  await vault.close()
}
