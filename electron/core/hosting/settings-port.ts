import { type AppSettings, appSettingsSchema } from '../../../shared/model/settings.ts'

/** Where a host keeps the settings that are not secret. */
export interface SettingsPort {
  get(): AppSettings
  set(settings: AppSettings): void
}

/** Whatever a settings file holds, as settings: a value that is not one falls back to its default, the rest stay. */
export function readSettings(raw: unknown): AppSettings {
  const kept: Record<string, unknown> = {}
  if (typeof raw === 'object' && raw !== null) {
    for (const [name, schema] of Object.entries(appSettingsSchema.shape)) {
      const value = Object.hasOwn(raw, name) ? (raw as Record<string, unknown>)[name] : undefined
      const parsed = schema.safeParse(value)
      if (parsed.success) kept[name] = parsed.data
    }
  }
  return appSettingsSchema.parse(kept)
}

/** Settings from a store that is loaded while the core starts: defaults until then. */
export function createLateSettings(): SettingsPort & { arrive(store: SettingsPort): void } {
  let store = createMemorySettings()
  return {
    get: () => store.get(),
    set: (settings) => store.set(settings),
    arrive(next): void {
      store = next
    },
  }
}

/** Settings that last as long as the process: for the command line and tests. */
export function createMemorySettings(): SettingsPort {
  let settings = appSettingsSchema.parse({})
  return {
    get: () => settings,
    set(next): void {
      settings = next
    },
  }
}
