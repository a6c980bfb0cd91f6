import type { Reminder } from './reminder.ts'

/** The address of the screen where a reminder's subject is seen to. */
export function reminderAddress({ subject }: Pick<Reminder, 'subject'>): string {
  switch (subject.type) {
    case 'account':
      return subject.id === null ? '/account' : `/account/${subject.id}`
    case 'document':
      return '/life'
    case 'transaction':
      return '/account/all'
    case 'vault':
      return '/settings/backups'
    case 'recurring':
    case 'budget':
    case 'goal':
    case 'reminder':
      return '/reminders'
  }
}
