import type { MenuItemConstructorOptions } from 'electron'
import type { OutputOf } from '../../shared/ipc/contract.ts'
import type { Reminder } from '../../shared/model/reminder.ts'
import { hostWord } from '../../shared/model/reminder-words.ts'
import { reminderAmount, reminderDay, reminderTitle, type Sight } from '../core/hosting/reminder-lines.ts'

export type NextReminders = OutputOf<'reminder.next'>
export type SnoozeDays = 1 | 3

export interface TrayActions {
  /** An address as in the window's links, or null for the window as it is. */
  open(reminder: Reminder | null): void
  openAll(): void
  done(key: string): void
  snooze(key: string, days: SnoozeDays): void
  lock(): void
  quit(): void
}

const LONGEST_LABEL = 60

/** In a menu `&` marks the key of an item; written twice it is itself. */
function labelText(text: string): string {
  const characters = Array.from(text)
  const short = characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : text
  return short.replaceAll('&', '&&')
}

/**
 * The tray's menu: what falls due next, each with what can be done about it. `next` is null while the vault is locked:
 * then the menu holds nothing that comes from the vault.
 */
export function trayMenu(next: NextReminders | null, sight: Sight, actions: TrayActions): MenuItemConstructorOptions[] {
  const { language } = sight
  const open = { label: hostWord('menuOpen', language), click: () => actions.open(null) }
  const quit = { label: hostWord('menuQuit', language), click: () => actions.quit() }
  const line = { type: 'separator' as const }
  if (next === null) {
    return [open, line, { label: hostWord('menuLocked', language), enabled: false }, line, quit]
  }
  return [
    open,
    line,
    { label: countLine(next.count, language), enabled: false },
    ...next.reminders.map((reminder) => reminderItem(reminder, sight, actions)),
    { label: hostWord('menuAll', language), click: () => actions.openAll() },
    line,
    { label: hostWord('menuLock', language), click: () => actions.lock() },
    quit,
  ]
}

export function countLine(count: number, language: Sight['language']): string {
  if (count === 0) return hostWord('menuNothing', language)
  return hostWord(count === 1 ? 'menuCountOne' : 'menuCount', language, { count: String(count) })
}

function reminderItem(reminder: Reminder, sight: Sight, actions: TrayActions): MenuItemConstructorOptions {
  const { language } = sight
  const amount = reminderAmount(reminder, sight)
  const name = labelText(reminderTitle(reminder, language))
  const parts = [reminderDay(reminder, language), name, ...(amount === null ? [] : [amount])]
  return {
    label: parts.join('  ·  '),
    submenu: [
      { label: hostWord('actionOpen', language), click: () => actions.open(reminder) },
      { label: hostWord('actionDone', language), click: () => actions.done(reminder.key) },
      { label: hostWord('actionTomorrow', language), click: () => actions.snooze(reminder.key, 1) },
      { label: hostWord('actionThreeDays', language), click: () => actions.snooze(reminder.key, 3) },
    ],
  }
}
