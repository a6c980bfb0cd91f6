import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'

export interface LoginPlaces {
  readonly platform: NodeJS.Platform
  /** The program that the system shall start. */
  readonly program: string
  /** `~/.config` or what the desktop says instead. */
  readonly configFolder: string
}

/** What a start at login is told by: no window comes up, only the tray. */
export const hiddenFlag = '--hidden'

/** A word of an Exec line, quoted: https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html */
function execWord(word: string): string {
  const escaped = word.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')
  // the whole value is a string of the entry, in which a backslash is written twice
  return `"${escaped}"`.replaceAll('\\', '\\\\')
}

function autostartEntry(program: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Onebook',
    'Name[zh_CN]=一本账',
    `Exec=${execWord(program)} ${hiddenFlag}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * Has the system start Onebook at login, or not any more. Electron does it on macOS and Windows; on Linux it is an entry of
 * the desktop's autostart folder: https://specifications.freedesktop.org/autostart-spec/latest/
 */
export function setStartAtLogin(wanted: boolean, { platform, program, configFolder }: LoginPlaces): void {
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: wanted, args: [hiddenFlag] })
    return
  }
  const entry = join(configFolder, 'autostart', 'onebook.desktop')
  if (!wanted) {
    rmSync(entry, { force: true })
    return
  }
  mkdirSync(dirname(entry), { recursive: true })
  writeFileSync(entry, autostartEntry(program), { mode: 0o600 })
}
