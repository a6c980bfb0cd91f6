import type { Reminder } from './reminder.ts'

/** Where each kind of subject is seen to; an account has a page of its own. */
const places: Readonly<Record<Exclude<Reminder['subject']['type'], 'account'>, string>> = {
  document: '/life',
  // payments that stand out
  transaction: '/account/checks',
  vault: '/settings/backups',
  recurring: '/account/bills',
  budget: '/account/budgets',
  goal: '/reminders',
  reminder: '/reminders',
}

/** The address of the screen where a reminder's subject is seen to. */
export function reminderAddress({ subject }: Pick<Reminder, 'subject'>): string {
  const { type, id } = subject
  if (type === 'account') return id === null ? '/account' : `/account/${id}`
  return places[type]
}
