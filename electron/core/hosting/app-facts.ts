import packageFacts from '../../../package.json' with { type: 'json' }
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'

/** What a host tells of itself; `capabilities` are those of a host that has nothing of its own. */
export function appFacts(host: AppInfo['host'], demo: boolean, more: Partial<AppInfo> = {}): AppInfo {
  return {
    version: packageFacts.version,
    host,
    systemLanguage: new Intl.DateTimeFormat().resolvedOptions().locale,
    capabilities: { tray: false, keychain: false, nativeDialogs: false },
    demo,
    ...more,
  }
}
