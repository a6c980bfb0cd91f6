import { addDays, dateFromDayNumber, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'backup'
const DAY_MS = 86_400_000
/** Longer than the automatic backups of every day would ever leave, and than a holiday without the computer. */
const WAIT_DAYS = 14
/** What was never backed up is lost whole: it is told of sooner. */
const FIRST_WAIT_DAYS = 7

export interface BackupFacts {
  /** The day of the newest backup; null: there is none. */
  readonly lastOn: IsoDate | null
  /** The day that the oldest account with transactions was made here; null: there is nothing to lose yet. */
  readonly inUseSince: IsoDate | null
}

/** A vault with something in it whose newest backup is old, or that has none: from the day on that it should have one. */
export const backupSource: ReminderSource<BackupFacts> = {
  id: ID,
  load: (_vault, _window, shared) => ({
    lastOn: shared.lastBackupAt === null ? null : dateFromDayNumber(Math.floor(shared.lastBackupAt / DAY_MS)),
    inUseSince:
      shared.accounts
        .filter(({ transactionCount }) => transactionCount > 0)
        .flatMap((account) => shared.madeOn(account) ?? [])
        .sort()[0] ?? null,
  }),
  due({ lastOn, inUseSince }, { today }) {
    if (inUseSince === null) return []
    const on = lastOn === null ? addDays(inUseSince, FIRST_WAIT_DAYS) : addDays(lastOn, WAIT_DAYS)
    // until then there is nothing to do, for a backup is made by itself
    if (on > today) return []
    return [
      dueDate(ID, {
        kind: 'backup-overdue',
        on,
        title: '',
        subject: { type: 'vault', id: null },
        facts: lastOn === null ? {} : { lastOn },
      }),
    ]
  },
}
