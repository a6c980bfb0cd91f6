import { describe, expect, it } from 'vitest'
import { dateFromDayNumber, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { dateTicks, spanOf } from './date-ticks.ts'

const ticks = (from: string, to: string, most: number) => {
  const { days, style } = dateTicks(parseIsoDate(from), parseIsoDate(to), most)
  return { days: days.map(dateFromDayNumber), style }
}

describe('ticks stand at round dates', () => {
  it('a month: every so many days, the last day always among them', () => {
    expect(ticks('2026-03-13', '2026-04-13', 4)).toEqual({
      days: ['2026-03-20', '2026-03-28', '2026-04-05', '2026-04-13'],
      style: 'short',
    })
  })
  it('a year: first days of every second month', () => {
    expect(ticks('2025-04-13', '2026-04-13', 6)).toEqual({
      days: ['2025-05-01', '2025-07-01', '2025-09-01', '2025-11-01', '2026-01-01', '2026-03-01'],
      style: 'month',
    })
  })
  it('twenty years: every fifth first of January', () => {
    expect(ticks('2006-04-13', '2026-04-13', 6)).toEqual({
      days: ['2010-01-01', '2015-01-01', '2020-01-01', '2025-01-01'],
      style: 'year',
    })
  })
  it('a single day still has a span', () => {
    expect(spanOf([parseIsoDate('2026-04-13')])).toEqual({ from: '2026-04-12', to: '2026-04-13' })
    expect(spanOf([])).toBeNull()
  })
})
