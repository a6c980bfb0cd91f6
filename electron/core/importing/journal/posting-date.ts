import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { parseJournalDate } from './journal-date.ts'
import type { OwnDate } from './journal-entry.ts'

/** hledger's tag; `date2:` is the day of the other side, and stays with the entry. */
const TAG = /(?:^|[\s,])date:[ \t]*(\d[\d/.-]*)/
/** `[DAY]` or `[DAY=OTHER]`; `[=OTHER]` gives no day. */
const BRACKET = /\[(\d[\d/.-]*)(?:=[\d/.-]*)?\]/

/** Whether a comment holds a day in brackets and nothing else: no words for people. */
export const isBareDate = (comment: string): boolean => /^\[[\d/.=-]+\]$/.test(comment)

/**
 * The day that a posting's comment gives it, as hledger's manual ("Posting dates") says: a year that is left out is the
 * entry's, the first of several holds. Null where there is none, or none that is a day.
 */
export function ownDateOf(comment: string, entryDate: IsoDate): OwnDate | null {
  const year = Number(entryDate.slice(0, 4))
  const [tag, bracket] = [TAG.exec(comment), BRACKET.exec(comment)]
  const byTag = tag !== null && (bracket === null || tag.index < bracket.index)
  const on = parseJournalDate((byTag ? tag[1] : bracket?.[1]) ?? '', year)
  return on === null ? null : { on, byTag }
}
