import { Menu, nativeImage, Tray } from 'electron'
import { hostWord } from '../../shared/model/reminder-words.ts'
import type { Sight } from '../core/hosting/reminder-lines.ts'
import { countLine, type NextReminders, type TrayActions, trayMenu } from './tray-menu.ts'

export interface AppTray {
  /** Shows what falls due next; null while the vault is locked. */
  show(next: NextReminders | null, sight: Sight): void
  remove(): void
}

/** The tray icon with its menu, or null where the desktop has no place for one. */
export function createTray(icon: string, actions: TrayActions, platform = process.platform): AppTray | null {
  const image = nativeImage.createFromPath(icon)
  if (image.isEmpty()) return null
  if (platform === 'darwin') image.setTemplateImage(true)
  const tray = new Tray(image)
  // elsewhere a click opens the menu by itself
  if (platform === 'win32') tray.on('click', () => actions.open(null))
  return {
    show(next, sight) {
      const name = hostWord('tooltip', sight.language)
      tray.setToolTip(next === null ? name : `${name} · ${countLine(next.count, sight.language)}`)
      // beside the icon, where the system has room for it
      if (platform === 'darwin') tray.setTitle(next === null || next.count === 0 ? '' : String(next.count))
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(next, sight, actions)))
    },
    remove: () => tray.destroy(),
  }
}
