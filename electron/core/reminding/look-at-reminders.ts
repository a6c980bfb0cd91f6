import { type CivilTime, dateOfTime } from '../../../shared/domain/civil-time.ts'
import { addDays, dateFromDayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccountDates, loadAccounts, type StoredAccount } from '../storage/repositories/account-repository.ts'
import {
  loadAccountsMadeAt,
  loadLookedOn,
  loadReminderSettings,
  loadReminderStates,
  loadReminderTellings,
} from '../storage/repositories/reminder-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { untilChange } from '../storage/until-change.ts'
import { listBackups } from '../workers/backup-names.ts'
import type { DueWindow, SharedFacts } from './due-date.ts'
import { type EngineResult, lookFrom, runEngine } from './engine.ts'
import { calendarOfCurrency } from './holiday-calendar.ts'
import { reminderSources } from './sources/registry.ts'

/** Days ahead that are looked at: the longest lead time there is. */
const AHEAD_DAYS = 366
/** Days by which a day may move over a long break, or a lead begin before its window. */
const SLACK_DAYS = 35
const DAY_MS = 86_400_000

function sharedFacts(vault: Vault, today: IsoDate, lastBackupAt: number | null): SharedFacts {
  const accounts = loadAccounts(vault).filter(({ closedOn }) => closedOn === null || closedOn > today)
  let datesOf: ReturnType<typeof loadAccountDates> | null = null
  const madeAt = loadAccountsMadeAt(vault)
  return {
    accounts,
    balanceMinor(account: StoredAccount): number {
      datesOf ??= loadAccountDates(
        vault,
        accounts.map(({ id }) => id),
        today,
      )
      return account.openingMinor + account.changeMinor - datesOf(account.id).aheadMinor
    },
    madeOn({ id }: StoredAccount): IsoDate | null {
      const at = madeAt.get(id)
      return at === undefined ? null : dateFromDayNumber(Math.floor(at / DAY_MS))
    },
    lastBackupAt,
  }
}

/** Everything that falls due, as it stands at this moment: loads by index, then the pure engine. Writes nothing. */
export function lookAtReminders(
  vault: Vault,
  now: CivilTime,
  range: { readonly from?: IsoDate | null; readonly until?: IsoDate | null } = {},
): EngineResult {
  const today = dateOfTime(now)
  const usual = lookFrom(today, loadLookedOn(vault))
  const from = range.from !== null && range.from !== undefined && range.from < usual ? range.from : usual
  const ahead = addDays(today, AHEAD_DAYS)
  const until = range.until !== null && range.until !== undefined && range.until > ahead ? range.until : ahead
  const window: DueWindow = { today, from: addDays(from, -SLACK_DAYS), until: addDays(until, SLACK_DAYS) }
  const lastBackupAt = listBackups(vault.path)[0]?.createdAt ?? null
  // home, the rail, the list and the clock ask for the same; what has happened since is in the states
  const dueDates = untilChange(
    vault,
    'due dates',
    JSON.stringify([today, window.from, window.until, lastBackupAt]),
    () => {
      const shared = sharedFacts(vault, today, lastBackupAt)
      return reminderSources.flatMap((source) => source.dueDates(vault, window, shared))
    },
  )
  return runEngine({
    dueDates,
    states: loadReminderStates(vault, window.from, window.until),
    // what a wrong clock told of may lie anywhere ahead
    tellings: loadReminderTellings(vault, window.from, '9999-12-31' as IsoDate),
    settings: loadReminderSettings(vault),
    calendar: calendarOfCurrency(loadVaultSettings(vault).baseCurrency),
    now,
  })
}
