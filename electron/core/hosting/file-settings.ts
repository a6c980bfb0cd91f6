import Conf from 'conf'
import type { AppSettings } from '../../../shared/model/settings.ts'
import { readSettings, type SettingsPort } from './settings-port.ts'

/** Settings in `settings.json` of a folder, the same file that the Electron host uses. */
export function createFileSettings(folder: string): SettingsPort {
  const store = new Conf<AppSettings>({ cwd: folder, configName: 'settings', clearInvalidConfig: true })
  return {
    get: () => readSettings(store.store),
    set(settings): void {
      store.store = settings
    },
  }
}
