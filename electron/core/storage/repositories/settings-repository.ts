import { z } from 'zod'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { currencySchema } from '../../../../shared/model/primitives.ts'
import { type VaultSettings, vaultSettingsSchema } from '../../../../shared/model/settings.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

const FALLBACK = parseCurrencyCode('CNY')
const rowsSchema = z.object({
  baseCurrency: currencySchema.catch(FALLBACK),
  ownerName: vaultSettingsSchema.shape.ownerName.catch(''),
})

/** The vault's own settings; what is missing or unreadable takes its default. */
export function loadVaultSettings(vault: Vault): VaultSettings {
  const rows = sqlRows<{ key: string; value: string }>(vault, 'select key, value from settings')
  const values = Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]))
  return rowsSchema.parse(values)
}
