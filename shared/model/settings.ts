import { z } from 'zod'
import { currencySchema } from './primitives.ts'

/** Not secret and needed before the vault is open: kept by the host in its settings file. */
export const appSettingsSchema = z.strictObject({
  language: z.enum(['system', 'zh-CN', 'en']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Which colour means a gain; `locale`: red in 简体中文, green elsewhere. */
  gainColour: z.enum(['locale', 'green', 'red']).default('locale'),
  /** Minutes without input after which the vault locks; 0: never. */
  autoLockMinutes: z.int().min(0).max(240).default(10),
  lockOnSleep: z.boolean().default(true),
  /** Privacy mode: amounts are masked until asked for. */
  maskAmounts: z.boolean().default(false),
  railCollapsed: z.boolean().default(false),
  automaticBackups: z.boolean().default(true),
})
export type AppSettings = z.infer<typeof appSettingsSchema>

/** Kept in the vault, for it says something of its owner. */
export const vaultSettingsSchema = z.strictObject({
  baseCurrency: currencySchema,
  ownerName: z.string().max(100).default(''),
})
export type VaultSettings = z.infer<typeof vaultSettingsSchema>
