import { openLocalFile } from '../../electron/core/importing/local-file.ts'
import { ImportStand } from '../support/import-stand.ts'
import { makeTemporaryVault } from '../support/temporary-vault.ts'

/** Imports a file in a process of its own and prints the most memory it ever held, in MB. */
const temporary = await makeTemporaryVault()
const stand = new ImportStand(temporary.vault)
await stand.commit(stand.addSource(openLocalFile(process.argv[2] ?? '')))
await temporary.close()
// Linux and macOS tell kilobytes here through libuv
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)))
