import { addDays, dateFromDayNumber, daysBetween, dayNumber, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { loadImportMoments } from '../../storage/repositories/reminder-repository.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'statement'
const DAY_MS = 86_400_000
/** Accounts that got files in at least so many different months of the last year usually get them. */
const USUAL_MONTHS = 3
const LOOKED_BACK_DAYS = 400
/** A month and some days to fetch the file. */
const SHORTEST_WAIT = 35
const LONGEST_WAIT = 100

export interface StatementFacts {
  readonly id: number
  readonly name: string
  /** The days that files came in, rising. */
  readonly importedOn: readonly IsoDate[]
}

function dueOf({ id, name, importedOn }: StatementFacts): DueDate[] {
  const days = [...new Set(importedOn)]
  const last = days.at(-1)
  if (last === undefined || new Set(days.map((day) => day.slice(0, 7))).size < USUAL_MONTHS) return []
  const gaps = days.slice(1).map((day, index) => daysBetween(days[index] ?? day, day))
  const usual = gaps.toSorted((left, right) => left - right)[Math.floor(gaps.length / 2)] ?? 0
  const wait = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, usual + 7))
  return [
    dueDate(ID, {
      kind: 'statement-missing',
      on: addDays(last, wait),
      title: name,
      subject: { type: 'account', id },
      facts: { lastOn: last },
    }),
  ]
}

/** Accounts that usually get statements and have had none for longer than usual. */
export const statementSource: ReminderSource<readonly StatementFacts[]> = {
  id: ID,
  load(vault, { today }, { accounts }) {
    const moments = loadImportMoments(vault, (dayNumber(today) - LOOKED_BACK_DAYS) * DAY_MS)
    return accounts.flatMap(({ id, name }) => {
      const at = moments.get(id)
      if (at === undefined) return []
      return [{ id, name, importedOn: at.map((moment) => dateFromDayNumber(Math.floor(moment / DAY_MS))) }]
    })
  },
  due: (facts) => facts.flatMap((each) => dueOf(each)),
}
