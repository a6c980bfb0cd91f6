import type { CivilTime } from '../../../shared/domain/civil-time.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Overview } from '../../../shared/model/figures.ts'
import type { Reminder } from '../../../shared/model/reminder.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import type { EngineResult } from '../reminding/engine.ts'
import { lookAtReminders } from '../reminding/look-at-reminders.ts'
import type { Vault } from '../storage/open-vault.ts'
import { accountOfReminder, reminderViewer } from './reminder-view.ts'

/** Of each series what is past and open, and the next; soonest first. */
export function nextReminders({ reminders, inSight }: Pick<EngineResult, 'reminders' | 'inSight'>): Reminder[] {
  const begun = new Set<string>()
  return reminders.filter((reminder) => {
    // a statement day asks for nothing: it stands in the list and the calendar
    if (reminder.status !== 'open' || reminder.kind === 'card-statement' || !inSight.has(reminder.key)) return false
    if (reminder.daysAway < 0) return true
    const first = !begun.has(reminder.series)
    begun.add(reminder.series)
    return first
  })
}

/** What the viewed person is to see to next, until the day where one is given; amounts are whole, as they must be paid. */
export function loadDue(vault: Vault, now: CivilTime, view: OwnershipView, until: IsoDate | null): Overview['due'] {
  return nextReminders(lookAtReminders(vault, now))
    .filter(reminderViewer(vault, view))
    .filter(({ on }) => until === null || on <= until)
    .map((reminder) => {
      const { key, on, kind, title, subject, amount } = reminder
      const documentId = subject.type === 'document' ? subject.id : null
      return { key, on, kind, name: title, accountId: accountOfReminder(reminder), documentId, amount }
    })
}
