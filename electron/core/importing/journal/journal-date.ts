import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'

/** A day at the beginning of a text, as ledger and hledger write it. */
export const DATE = /^(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})(?![\d/.-])/

/** Reads a date as ledger and hledger write it; the year may be left out. */
export function parseJournalDate(text: string, year: number): IsoDate | null {
  const found = DATE.exec(text)
  if (found === null) return null
  return tryIsoDate(found[1] === undefined ? year : Number(found[1]), Number(found[2]), Number(found[3]))
}
