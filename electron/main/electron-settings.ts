import Store from 'electron-store'
import type { AppSettings } from '../../shared/model/settings.ts'
import { readSettings, type SettingsPort } from '../core/hosting/settings-port.ts'

/** Settings in `settings.json`, the same file that the other hosts use. */
export function createElectronSettings(folder: string): SettingsPort {
  const store = new Store<AppSettings>({ cwd: folder, name: 'settings', clearInvalidConfig: true })
  return {
    get: () => readSettings(store.store),
    set(settings): void {
      store.store = settings
    },
  }
}
