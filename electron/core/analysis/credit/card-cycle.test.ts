import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { CardTerms } from '../../../../shared/model/terms.ts'
import { nextDueOn, nextStatementOn } from './card-cycle.ts'

const card = (statementDay: number | null, due: CardTerms['due']): CardTerms => ({
  limitMinor: null,
  statementDay,
  due,
})
const day = (on: number) => ({ type: 'day' as const, day: on })
const after = (days: number) => ({ type: 'days-after' as const, days })

describe('card cycle', () => {
  it.each([
    ['2026-11-05', 5, '2026-11-05'],
    ['2026-11-06', 5, '2026-12-05'],
    ['2027-02-10', 31, '2027-02-28'],
    ['2028-02-10', 30, '2028-02-29'],
    ['2026-12-31', 29, '2027-01-29'],
  ])('on %s the next statement of day %i is on %s', (today, statementDay, expected) => {
    expect(nextStatementOn(card(statementDay, null), parseIsoDate(today))).toBe(expected)
  })

  it.each([
    ['a later day of the same month', '2026-11-06', 5, day(25), '2026-11-25'],
    ['an earlier day is in the month after', '2026-11-26', 25, day(15), '2026-12-15'],
    ['due today is still due', '2026-11-25', 5, day(25), '2026-11-25'],
    ['past it, the next statement’s', '2026-11-26', 5, day(25), '2026-12-25'],
    ['20 days after the 20th of October is the 9th', '2026-11-01', 20, after(20), '2026-11-09'],
    ['50 days after: two statements are open at once', '2026-11-01', 20, after(50), '2026-11-09'],
    ['the 31st clamps before the days are counted', '2027-03-01', 31, after(10), '2027-03-10'],
    ['the same day of month as the statement is a month later', '2026-11-05', 5, day(5), '2026-11-05'],
    ['without a statement day a fixed day is enough', '2026-11-26', null, day(10), '2026-12-10'],
  ])('%s', (_, today, statementDay, due, expected) => {
    expect(nextDueOn(card(statementDay, due), parseIsoDate(today))).toBe(expected)
  })

  it('is unknown without terms', () => {
    expect(nextStatementOn(card(null, null), parseIsoDate('2026-11-05'))).toBeNull()
    expect(nextDueOn(card(5, null), parseIsoDate('2026-11-05'))).toBeNull()
    expect(nextDueOn(card(null, after(5)), parseIsoDate('2026-11-05'))).toBeNull()
  })
})
