import { addDays, dateFromDayNumber, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'backup'
const DAY_MS = 86_400_000
/** Longer than the automatic backups of every day would ever leave, and than a holiday without the computer. */
const WAIT_DAYS = 14

export interface BackupFacts {
  /** The day of the newest backup; null: there is none. */
  readonly lastOn: IsoDate | null
  readonly hasTransactions: boolean
}

/** A vault with something in it whose newest backup is old. */
export const backupSource: ReminderSource<BackupFacts> = {
  id: ID,
  load: (_vault, _window, { accounts, lastBackupAt }) => ({
    lastOn: lastBackupAt === null ? null : dateFromDayNumber(Math.floor(lastBackupAt / DAY_MS)),
    hasTransactions: accounts.some(({ transactionCount }) => transactionCount > 0),
  }),
  due: ({ lastOn, hasTransactions }) =>
    lastOn === null || !hasTransactions
      ? []
      : [
          dueDate(ID, {
            kind: 'backup-overdue',
            on: addDays(lastOn, WAIT_DAYS),
            title: '',
            subject: { type: 'vault', id: null },
            facts: { lastOn },
          }),
        ],
}
