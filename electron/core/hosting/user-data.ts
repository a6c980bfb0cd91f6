import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder that the system gives programs for a user's data, with ours in it: the same for all three hosts. */
export function userDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Onebook')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Onebook')
  const shared = environment['XDG_DATA_HOME']
  // the specification wants relative paths ignored
  return join(shared?.startsWith('/') === true ? shared : join(home, '.local', 'share'), 'Onebook')
}

export function defaultVaultPath(folder: string = userDataFolder()): string {
  return join(folder, 'onebook.vault')
}

/** The folder that is made for the calendar file, where the user cannot choose one by the system's picker. */
export function defaultCalendarFolder(home: string = homedir()): string {
  return join(home, 'Onebook Calendar')
}

/** The folder that is made to be watched, where the user cannot choose one by the system's picker. */
export function defaultInboxFolder(home: string = homedir()): string {
  return join(home, 'Onebook Inbox')
}
