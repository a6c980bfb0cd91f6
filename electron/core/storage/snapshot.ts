import { dataKeyOf, openVault, type ReadableVault, type Vault } from './open-vault.ts'

/**
 * A second connection that keeps seeing the vault as it is now, whatever is written meanwhile: for work that reads it
 * whole and lets other calls in between. The caller closes it, soon: while it is open the log of writes cannot shrink.
 */
export function openSnapshot(vault: Vault): ReadableVault {
  const snapshot = openVault({ path: vault.path, dataKey: dataKeyOf(vault), access: 'read' })
  try {
    snapshot.driver.exec('begin')
    // a transaction sees what is there at its first read
    snapshot.driver.prepare('select count(*) from vault_meta').get()
  } catch (error) {
    snapshot.driver.close()
    throw error
  }
  return snapshot
}
