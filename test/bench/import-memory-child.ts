import { openLocalFile } from '../../electron/core/importing/local-file.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'

/**
 * Imports a file in a process of its own and prints the most memory it ever held, in MB. With `preview` behind the file
 * it then looks at it once more, as if another source had told of the same rows.
 */
const [path = '', then] = process.argv.slice(2)
const temporary = await createTemporaryVault()
const stand = new ImportStand(temporary.vault)
await stand.commit(stand.addSource(openLocalFile(path)))
if (then === 'preview') {
  temporary.vault.driver.exec(
    `update transactions set fingerprint = randomblob(16), payee = upper(payee), raw_payee = upper(raw_payee),
       import_run_id = null`,
  )
  const [seen] = await stand.preview(stand.addSource(openLocalFile(path)))
  if ((seen?.counts.duplicate ?? 0) <= (seen?.counts.new ?? 0)) throw new Error('rows of another source are not known')
}
await temporary.close()
// Linux and macOS tell kilobytes here through libuv
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)))
