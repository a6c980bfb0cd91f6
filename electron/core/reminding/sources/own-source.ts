import type { OwnReminder } from '../../../../shared/model/reminder.ts'
import { loadOwnReminders } from '../../storage/repositories/reminder-repository.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'
import { occurrences } from '../recurrence.ts'

const ID = 'own'

/** Reminders that the household wrote itself. */
export const ownSource: ReminderSource<readonly OwnReminder[]> = {
  id: ID,
  load: (vault) => loadOwnReminders(vault),
  due: (reminders, { from, until }) =>
    reminders.flatMap((own) =>
      occurrences(own.firstOn, own.recurrence, from, until).map((on): DueDate =>
        dueDate(ID, {
          kind: 'own',
          on,
          title: own.title,
          subject: { type: 'reminder', id: own.id },
          amount: own.amount,
          facts: {
            ...(own.notes === '' ? {} : { notes: own.notes }),
            ...(own.accountId === null ? {} : { accountId: own.accountId }),
          },
          roll: own.roll,
          calendar: own.calendar,
          leadDays: own.leadDays,
          tellAt: own.tellAt,
          repeatDays: own.repeatDays,
        }),
      ),
    ),
}
