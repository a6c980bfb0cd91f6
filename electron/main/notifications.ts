import { Notification } from 'electron'
import type { Reminder } from '../../shared/model/reminder.ts'
import { hostWord } from '../../shared/model/reminder-words.ts'
import { reminderAmount, reminderDay, reminderTitle, type Sight } from '../core/hosting/reminder-lines.ts'
import type { Teller, Told } from '../core/hosting/reminder-clock.ts'
import type { SnoozeDays } from './tray-menu.ts'

export interface NotificationActions {
  open(reminder: Reminder | null): void
  openAll(): void
  done(key: string): void
  snooze(key: string, days: SnoozeDays): void
}

export interface NotificationWishes {
  /** Reminders are told by notifications. */
  readonly wanted: () => boolean
  /** While locked, how many wait may be told. */
  readonly whileLocked: () => boolean
  readonly sight: () => Sight
}

/** More than this at once become one notification that says how many. */
const MOST_AT_ONCE = 4

/**
 * The system's notifications: one for each reminder, with its actions where the system has buttons. They are kept until
 * they are closed, or their buttons would go with them.
 */
export function createTeller(wishes: NotificationWishes, actions: NotificationActions): Teller & { clear(): void } {
  const shown = new Set<Notification>()
  const show = (notification: Notification): void => {
    shown.add(notification)
    notification.on('close', () => shown.delete(notification))
    notification.show()
  }
  const summary = (count: number, body: string): void => {
    const { language } = wishes.sight()
    const title = hostWord(count === 1 ? 'waitingOne' : 'waiting', language, { count: String(count) })
    const notification = new Notification({ title, body })
    notification.on('click', () => actions.openAll())
    show(notification)
  }
  return {
    wanted: () => wishes.wanted() && Notification.isSupported(),
    tell(told) {
      if (told.length > MOST_AT_ONCE) {
        const { language } = wishes.sight()
        const titles = told.slice(0, MOST_AT_ONCE).map(({ reminder }) => reminderTitle(reminder, language))
        summary(told.length, titles.join('\n'))
        return
      }
      for (const each of told) show(notificationOf(each, wishes.sight(), actions))
    },
    tellWaiting(count) {
      if (!wishes.wanted() || !wishes.whileLocked() || !Notification.isSupported()) return
      summary(count, hostWord('waitingText', wishes.sight().language))
    },
    // the vault is locked: what is on the screen of it goes
    clear() {
      for (const notification of shown) notification.close()
      shown.clear()
    },
  }
}

/** Day, amount and how many earlier ones it stands for. */
export function notificationBody({ reminder, missed }: Told[number], sight: Sight): string {
  const amount = reminderAmount(reminder, sight)
  const parts = [reminderDay(reminder, sight.language), ...(amount === null ? [] : [amount])]
  if (missed > 0) parts.push(hostWord('missed', sight.language, { count: String(missed) }))
  return parts.join(' · ')
}

function notificationOf(told: Told[number], sight: Sight, actions: NotificationActions): Notification {
  const { reminder } = told
  const { language } = sight
  const buttons = [
    { text: hostWord('actionDone', language), run: () => actions.done(reminder.key) },
    { text: hostWord('actionTomorrow', language), run: () => actions.snooze(reminder.key, 1) },
  ]
  const notification = new Notification({
    title: reminderTitle(reminder, language),
    body: notificationBody(told, sight),
    actions: buttons.map(({ text }) => ({ type: 'button', text })),
  })
  notification.on('click', () => actions.open(reminder))
  notification.on('action', ({ actionIndex }) => buttons[actionIndex]?.run())
  return notification
}
