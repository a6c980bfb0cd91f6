import { z } from 'zod'
import { currencySchema } from './primitives.ts'

const appSettingFields = {
  language: z.enum(['system', 'zh-CN', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Which colour means a gain; `locale`: red in 简体中文, green elsewhere. */
  gainColour: z.enum(['locale', 'green', 'red']),
  /** Minutes without input after which the vault locks; 0: never. */
  autoLockMinutes: z.int().min(0).max(240),
  lockOnSleep: z.boolean(),
  /** Privacy mode: amounts are masked until asked for. */
  maskAmounts: z.boolean(),
  railCollapsed: z.boolean(),
  automaticBackups: z.boolean(),
  /** Whether new files of the watched folder are shown first, or imported by themselves where nothing is in doubt. */
  watch: z.enum(['off', 'preview', 'commit']),
  /** Imported files of the watched folder are moved into a folder within it. */
  watchMoves: z.boolean(),
  /** Reminders are told by the system's notifications. */
  notifications: z.boolean(),
  /** While the vault is locked a notification says how many reminders wait, and nothing else. */
  notifyWhileLocked: z.boolean(),
  /** Closing the window leaves Onebook in the tray. */
  keepInTray: z.boolean(),
  startAtLogin: z.boolean(),
  /** Whether the calendar file that is kept up to date holds amounts; it is not encrypted. */
  calendarAmounts: z.boolean(),
  calendarAlarms: z.boolean(),
}

/** Not secret and needed before the vault is open: kept by the host in its settings file. */
export const appSettingsSchema = z.strictObject({
  language: appSettingFields.language.default('system'),
  theme: appSettingFields.theme.default('system'),
  gainColour: appSettingFields.gainColour.default('locale'),
  autoLockMinutes: appSettingFields.autoLockMinutes.default(10),
  lockOnSleep: appSettingFields.lockOnSleep.default(true),
  maskAmounts: appSettingFields.maskAmounts.default(false),
  railCollapsed: appSettingFields.railCollapsed.default(false),
  automaticBackups: appSettingFields.automaticBackups.default(true),
  watch: appSettingFields.watch.default('off'),
  watchMoves: appSettingFields.watchMoves.default(true),
  /** Set by the host's own picker alone; empty: none. */
  watchFolder: z.string().max(4096).default(''),
  notifications: appSettingFields.notifications.default(true),
  notifyWhileLocked: appSettingFields.notifyWhileLocked.default(false),
  keepInTray: appSettingFields.keepInTray.default(false),
  startAtLogin: appSettingFields.startAtLogin.default(false),
  calendarAmounts: appSettingFields.calendarAmounts.default(false),
  calendarAlarms: appSettingFields.calendarAlarms.default(true),
  /** Where the calendar file is kept; set by the host's own picker alone; empty: nowhere. */
  calendarFolder: z.string().max(4096).default(''),
})
/** Some of the settings. Has no defaults: what is left out stays as it is. */
export const appSettingsPatchSchema = z.strictObject(appSettingFields).partial()
export type AppSettings = z.infer<typeof appSettingsSchema>

const vaultSettingFields = { baseCurrency: currencySchema, ownerName: z.string().max(100) }

/** Kept in the vault, for it says something of its owner. */
export const vaultSettingsSchema = z.strictObject({
  baseCurrency: vaultSettingFields.baseCurrency,
  ownerName: vaultSettingFields.ownerName.default(''),
})
export type VaultSettings = z.infer<typeof vaultSettingsSchema>
/** Some of the vault's settings. Has no defaults: what is left out stays as it is. */
export const vaultSettingsPatchSchema = z.strictObject(vaultSettingFields).partial()
