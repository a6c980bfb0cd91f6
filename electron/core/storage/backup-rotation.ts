/** How many automatic backups to keep: the last one of each of so many days, weeks and months. */
export interface BackupsToKeep {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}

export const defaultBackupsToKeep: BackupsToKeep = { daily: 7, weekly: 4, monthly: 12 }

const NAME = /^(.+)\.(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z\.onebook-backup$/

const DAY = 86_400_000

/** The moment in the name of an automatic backup of this vault, in milliseconds since the epoch; null for other files. */
export function momentOfBackup(name: string, vaultName: string): number | null {
  const match = NAME.exec(name)
  if (match === null || match[1] !== vaultName) return null
  const [year, month, day, hour, minute, second, fraction] = match.slice(2).map(Number)
  if (year === undefined || month === undefined) return null
  const moment = Date.UTC(year, month - 1, day, hour, minute, second, fraction)
  // a day that does not exist would have been moved to the next month
  return new Date(moment).getUTCMonth() === month - 1 ? moment : null
}

/**
 * Which automatic backups of a vault to remove: all but the newest of each of the last so many days, weeks (from
 * Monday) and months that have one, by UTC. The newest of all always stays; files with other names are never named.
 */
export function backupsToRemove(names: readonly string[], vaultName: string, keep: BackupsToKeep): readonly string[] {
  const backups = names
    .map((name) => ({ name, moment: momentOfBackup(name, vaultName) }))
    .filter((backup): backup is { name: string; moment: number } => backup.moment !== null)
    .sort((a, b) => b.moment - a.moment)
  const kept = new Set(backups.slice(0, 1).map((backup) => backup.name))
  const keepNewestOfEach = (count: number, periodOf: (moment: number) => number | string): void => {
    const periods = new Set<number | string>()
    for (const { name, moment } of backups) {
      const period = periodOf(moment)
      if (periods.has(period)) continue
      if (periods.size === count) break
      periods.add(period)
      kept.add(name)
    }
  }
  keepNewestOfEach(keep.daily, (moment) => Math.floor(moment / DAY))
  // 1970-01-01 was a Thursday: three days later in its week than Monday
  keepNewestOfEach(keep.weekly, (moment) => Math.floor((moment / DAY + 3) / 7))
  keepNewestOfEach(keep.monthly, (moment) => new Date(moment).toISOString().slice(0, 7))
  return backups.filter((backup) => !kept.has(backup.name)).map((backup) => backup.name)
}
